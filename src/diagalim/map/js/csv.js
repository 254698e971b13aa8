/**
 * What does a reader take away? The IRIS shown, as a table that a French spreadsheet opens by a click:
 * a byte order mark, or Excel reads « Été » as « Ã‰tÃ© »; semicolons between fields; decimal commas.
 * The tables published for programs (page « Données ») keep the comma and the point.
 */
import { groupOf } from "./filters.js";
import { STATUS } from "./paint.js";

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
