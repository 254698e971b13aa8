/**
 * How is a table of the page sorted? By a button in the head of each column, whose direction those
 * who hear the page are told.
 *
 * @typedef {{missing: (i: number) => boolean, compare: (a: number, b: number) => number}} Key
 */
import { element } from "../draw/element.js";

/**
 * @param {Document} doc
 * @param {any} table
 * @param {any[]} rows in the order of the data
 * @param {(Key|null|undefined)[]} keys one a column, none where it is not sorted
 */
export function makeSortable(doc, table, rows, keys) {
  const order = rows.map((_, i) => i);
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((cell, column) => {
    const key = keys[column];
    if (!key) return;
    const by = element(doc, "button", "diagalim-sort", cell.textContent);
    by.setAttribute("type", "button");
    cell.replaceChildren(by);
    by.addEventListener("click", () => {
      const down = cell.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      cell.setAttribute("aria-sort", down ? "descending" : "ascending");
      table.tBodies[0].append(...sorted(order, key, down).map((i) => rows[i]));
    });
  });
}

/**
 * @param {number[]} order
 * @param {Key} key
 * @param {boolean} down
 * @returns {number[]} sorted; what has no value comes last either way
 */
export function sorted(order, key, down) {
  return [...order].sort((a, b) => (
    Number(key.missing(a)) - Number(key.missing(b))
    || (down ? key.compare(b, a) : key.compare(a, b)) || a - b));
}
