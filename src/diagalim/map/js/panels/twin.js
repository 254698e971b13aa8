/**
 * How does the table of the page keep step with the map? It is there without a script, in the order
 * of the published ranks; this module lets it be sorted, hides what the filter leaves out, and
 * writes what new weights give. Its rows are known by their id: `iris-` and the code.
 */
import { groupOf } from "../data/filters.js";
import { counted, fill, frenchNumber } from "../data/french.js";
import { UNKNOWN_LEVEL } from "../data/offer.js";
import { element, retext } from "../draw/element.js";
import { intervalWidths } from "../score/certainty.js";
import { makeSortable } from "./sorting.js";

const DASH = "–";
/** Rows that a printed page holds, as `diagalim.chapter.tables` says. */
const PRINTED = 60;

/**
 * @param {Document} doc
 * @param {any} data published columns
 * @param {Record<string, any>} texts
 * @param {import("../data/offer.js").Shops|null} [shops]
 * @returns {{update: (shown: any, kept: boolean[], leading: (i: number) => string[],
 *   changed: boolean) => void}|null} null where the page holds no such table
 */
export function twinTable(doc, data, texts, shops = null) {
  const rows = data.code.map((/** @type {string} */ code) => doc.getElementById(`iris-${code}`));
  const table = rows[0]?.closest("table");
  if (!table || rows.some((/** @type {any} */ row) => !row)) return null;
  if (table.dataset.sortable) return null;
  table.dataset.sortable = "true";
  const published = rows.map((/** @type {any} */ row) => [...row.cells].map((cell) => cell.textContent));
  let shown = data;
  let written = false;
  const said = element(doc, "p", "diagalim-twin-said");
  said.setAttribute("role", "status");
  table.closest(".tableau").before(said);
  const collator = new Intl.Collator("fr", { numeric: true });
  makeSortable(doc, table, rows, sortKeys(() => shown, texts, shops, collator));
  return {
    update(now, kept, leading, changed) {
      shown = now;
      if (changed || written) {
        rows.forEach((/** @type {any} */ row, /** @type {number} */ i) => write(row, changed ? cells(now, i, leading, texts) : published[i].slice(2)));
      }
      written = changed;
      rows.forEach((/** @type {any} */ row, /** @type {number} */ i) => { row.hidden = !kept[i]; });
      const count = kept.filter(Boolean).length;
      table.closest(".tableau").classList.toggle("tableau-long", count > PRINTED);
      said.textContent = fill(counted(texts.twin_said, count), { total: frenchNumber(kept.length) });
    },
  };
}

/**
 * Name, commune, class, score, rank, its interval (by width) and certainty, inhabitants, a sentence
 * that is not sorted, the offer (by number of shops).
 * @type {(data: () => any, texts: any, shops: import("../data/offer.js").Shops|null,
 *   collator: Intl.Collator) => (import("./sorting.js").Key|null)[]}
 */
function sortKeys(data, texts, shops, collator) {
  const text = (/** @type {(d: any, i: number) => string} */ of) => ({
    missing: () => false,
    compare: (/** @type {number} */ a, /** @type {number} */ b) => collator.compare(of(data(), a), of(data(), b)),
  });
  const number = (/** @type {string} */ name) => ({
    missing: (/** @type {number} */ i) => data()[name][i] == null,
    compare: (/** @type {number} */ a, /** @type {number} */ b) => (data()[name][a] ?? 0) - (data()[name][b] ?? 0),
  });
  const listed = (/** @type {(d: any) => (number|null)[]} */ of) => {
    /** @type {[any, (number|null)[]]} */
    let [from, values] = [null, []];
    return (/** @type {number} */ i) => {
      if (from !== data()) [from, values] = [data(), of(data())];
      return values[i];
    };
  };
  const by = (/** @type {(i: number) => any} */ value) => ({
    missing: (/** @type {number} */ i) => value(i) == null,
    compare: (/** @type {number} */ a, /** @type {number} */ b) => value(a) - value(b),
  });
  const width = listed((/** @type {any} */ d) => (d.low && d.high ? intervalWidths(d) : []));
  const place = listed((/** @type {any} */ d) => (d.words ?? []).map((/** @type {string|null} */ word) => (word ? texts.certainty_words.indexOf(word) : null)));
  return [
    text((d, i) => d.name[i]), text((d, i) => d.communes[d.commune[i]]), number("class"),
    number("score"), number("rank"), by(width), by(place), number("population"),
    null, shops && by((i) => (shops.level[i] === UNKNOWN_LEVEL ? null : shops.total[i])),
  ];
}

/**
 * Cells after name and commune, as the chapter writes them; the offer, last, knows no weight.
 * @type {(data: any, i: number, leading: (i: number) => string[], texts: Record<string, any>) => string[]}
 */
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

/** @type {(row: any, said: string[]) => void} */
function write(row, said) {
  said.forEach((text, k) => {
    const cell = row.cells[k + 2];
    retext(cell, text);
  });
}
