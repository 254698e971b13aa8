/**
 * What does a reader take away? The IRIS shown, as a table that a French spreadsheet opens by a click:
 * a byte order mark, or Excel reads « Été » as « Ã‰tÃ© »; semicolons between fields; decimal commas.
 * The tables published for programs (page « Données ») keep the comma and the point.
 */
import { STATUS } from "../data/columns.js";
import { groupOf } from "../data/filters.js";
import { UNKNOWN_LEVEL } from "../data/offer.js";

/**
 * @typedef {{label: string, of: (i: number) => string|number}} Column what follows the first columns
 * @param {any} data columns shown
 * @param {boolean[]} kept
 * @param {Column[]} columns scores of dimensions, then the offer
 * @param {Record<string, any>} texts `csv_columns` names the first columns
 * @param {boolean} [measured] false under the reader's weights, whose certainty nobody measured
 * @returns {string} in the order of the data
 */
export function csvText(data, kept, columns, texts, measured = true) {
  const lines = [[...texts.csv_columns, ...columns.map(({ label }) => label)]];
  kept.forEach((wanted, i) => {
    if (!wanted) return;
    const scored = groupOf(data, i) !== "0";
    const sure = scored && measured;
    lines.push([
      data.code[i], data.name[i], data.communes[data.commune[i]], data.epcis?.[data.epci?.[i]] ?? "",
      data.population[i] == null ? "" : Math.round(data.population[i]), texts.csv_status[data.status[i]], scored ? data.class[i] : "",
      scored ? Number(data.score[i].toFixed(1)) : "", scored ? data.rank[i] : "",
      sure ? data.low?.[i] ?? "" : "", sure ? data.high?.[i] ?? "" : "", sure ? data.words?.[i] ?? "" : "",
      data.status[i] === STATUS.note ? "" : data.reasons[data.reason[i]],
      ...columns.map(({ of }) => of(i)),
    ]);
  });
  return fileOf(lines);
}

/**
 * @param {(string|number)[][]} lines the names of the columns first
 * @returns {string} text of a file, to be written in UTF-8
 */
export function fileOf(lines) {
  return "\ufeff" + lines.map((line) => line.map(csvField).join(";") + "\r\n").join("");
}

/**
 * @param {string} label
 * @param {ArrayLike<number>} scores from 0 to 100
 * @returns {Column}
 */
export function scoreColumn(label, scores) {
  return { label, of: (i) => (Number.isNaN(scores[i]) ? "" : Number(scores[i].toFixed(1))) };
}

/**
 * The same as numbers and names, for the file.
 * @param {import("../data/offer.js").Offer} offer
 * @param {Record<string, any>} texts
 * @returns {Column[]}
 */
export function offerColumns({ shops, quarters, metres }, texts) {
  const [level, total, near, far] = texts.csv_offer;
  const columns = [];
  if (shops) {
    // the count of an unknown level holds only what could be placed: it is no number of shops
    const told = (/** @type {ArrayLike<number>} */ counts) => (/** @type {number} */ i) =>
      shops.level[i] === UNKNOWN_LEVEL ? "" : counts[i];
    columns.push(
      { label: level, of: (/** @type {number} */ i) => texts.csv_levels[shops.level[i]] },
      { label: total, of: told(shops.total) },
      ...shops.labels.map((label, k) => ({ label, of: told(shops.counts[k]) })),
    );
  }
  if (quarters) {
    columns.push({ label: near, of: (/** @type {number} */ i) => quarters.touched[i].map((at) => quarters.names[at]).join(" | ") });
  }
  if (metres) columns.push({ label: far, of: (/** @type {number} */ i) => metres[i] ?? "" });
  return columns;
}

/**
 * A name that begins like a formula is preceded by an apostrophe: no spreadsheet computes it.
 * @param {string|number} value
 * @returns {string}
 */
export function csvField(value) {
  if (typeof value === "number") return String(value).replace(".", ",");
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * @param {Document} doc
 * @param {Blob} content
 * @param {string} name of the file
 */
export function download(doc, content, name) {
  const link = doc.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
