/**
 * How does the table of the page keep step with the map? It is there without a script, in the order
 * of the published ranks; this module lets it be sorted, hides what the filter leaves out, and
 * writes what new weights give. Its rows are known by their id: `iris-` and the code.
 */
import { intervalWidths } from "./certainty.js";
import { counted, fill, frenchNumber } from "./french.js";
import { groupOf } from "./filters.js";
import { element, retext } from "./popup.js";

const DASH = "–";

/**
 * @param {Document} doc
 * @param {any} data published columns
 * @param {Record<string, any>} texts
 * @returns {{update: (shown: any, kept: boolean[], leading: (i: number) => string[],
 *   changed: boolean) => void}|null} null where the page holds no such table
 */
export function twinTable(doc, data, texts) {
  const rows = data.code.map((/** @type {string} */ code) => doc.getElementById(`iris-${code}`));
  const table = rows[0]?.closest("table");
  if (!table || rows.some((/** @type {any} */ row) => !row)) return null;
  if (table.dataset.sortable) return null;
  table.dataset.sortable = "true";
  const published = rows.map((/** @type {any} */ row) => [...row.cells].map((cell) => cell.textContent));
  const order = data.code.map((/** @type {string} */ _, /** @type {number} */ i) => i);
  let shown = data;
  let written = false;
  const said = element(doc, "p", "diagalim-twin-said");
  said.setAttribute("role", "status");
  table.closest(".tableau").before(said);
  const keys = sortKeys(() => shown, texts, new Intl.Collator("fr", { numeric: true }));
  [...table.tHead.rows[0].cells].forEach((cell, k) => {
    if (!keys[k]) return;
    const by = element(doc, "button", "diagalim-sort", cell.textContent);
    by.setAttribute("type", "button");
    cell.replaceChildren(by);
    by.addEventListener("click", () => {
      const down = cell.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      cell.setAttribute("aria-sort", down ? "descending" : "ascending");
      table.tBodies[0].append(...sorted(order, keys[k], down).map((i) => rows[i]));
    });
  });
  return {
    update(now, kept, leading, changed) {
      shown = now;
      if (changed || written) {
        rows.forEach((row, i) => write(row, changed ? cells(now, i, leading, texts) : published[i].slice(2)));
      }
      written = changed;
      rows.forEach((row, i) => { row.hidden = !kept[i]; });
      const count = kept.filter(Boolean).length;
      said.textContent = fill(counted(texts.twin_said, count), { total: frenchNumber(kept.length) });
    },
  };
}

/**
 * @param {number[]} order
 * @param {{missing: (i: number) => boolean, compare: (a: number, b: number) => number}} key
 * @param {boolean} down
 * @returns {number[]} sorted; what has no value comes last either way
 */
export function sorted(order, key, down) {
  return [...order].sort((a, b) => (
    Number(key.missing(a)) - Number(key.missing(b))
    || (down ? key.compare(b, a) : key.compare(a, b)) || a - b));
}

/**
 * Name, commune, class, score, rank, its interval (by width) and certainty, inhabitants; the last
 * column is a sentence.
 */
function sortKeys(data, texts, collator) {
  const text = (of) => ({ missing: () => false, compare: (a, b) => collator.compare(of(data(), a), of(data(), b)) });
  const number = (name) => ({
    missing: (i) => data()[name][i] == null,
    compare: (a, b) => (data()[name][a] ?? 0) - (data()[name][b] ?? 0),
  });
  const listed = (of) => {
    let [from, values] = [null, []];
    return (i) => {
      if (from !== data()) [from, values] = [data(), of(data())];
      return values[i];
    };
  };
  const by = (value) => ({ missing: (i) => value(i) == null, compare: (a, b) => value(a) - value(b) });
  const width = listed((d) => (d.low && d.high ? intervalWidths(d) : []));
  const place = listed((d) => (d.words ?? []).map((word) => (word ? texts.certainty_words.indexOf(word) : null)));
  return [
    text((d, i) => d.name[i]), text((d, i) => d.communes[d.commune[i]]), number("class"),
    number("score"), number("rank"), by(width), by(place), number("population"),
  ];
}

/** Cells after name and commune, as the chapter writes them. */
function cells(data, i, leading, texts) {
  const scored = groupOf(data, i) !== "0";
  return [
    scored ? texts.classes[data.class[i] - 1] : texts.non_note,
    scored ? frenchNumber(data.score[i], 1) : DASH,
    scored ? frenchNumber(data.rank[i]) : DASH,
    // Certainty was measured for the published weights only.
    DASH, DASH,
    data.population[i] == null ? DASH : frenchNumber(data.population[i]),
    scored ? leading(i).join(" ; ") : data.reasons[data.reason[i]],
  ];
}

function write(row, said) {
  said.forEach((text, k) => {
    const cell = row.cells[k + 2];
    retext(cell, text);
  });
}
