/** What does a reader take away? The IRIS shown, as a table that a spreadsheet opens as text. */
import { groupOf } from "./filters.js";
import { STATUS } from "./paint.js";

/**
 * @param {any} data columns shown
 * @param {boolean[]} kept
 * @param {{label: string, column: ArrayLike<number>}[]} dimensions scores of dimensions
 * @param {Record<string, any>} texts `csv_columns` names the first columns
 * @returns {string} UTF-8 text, commas between fields, in the order of the data
 */
export function csvText(data, kept, dimensions, texts) {
  const lines = [[...texts.csv_columns, ...dimensions.map(({ label }) => label)]];
  kept.forEach((wanted, i) => {
    if (!wanted) return;
    const scored = groupOf(data, i) !== "0";
    lines.push([
      data.code[i], data.name[i], data.communes[data.commune[i]], data.epcis?.[data.epci?.[i]] ?? "",
      data.population[i] == null ? "" : Math.round(data.population[i]), texts.csv_status[data.status[i]], scored ? data.class[i] : "",
      scored ? Number(data.score[i].toFixed(1)) : "", scored ? data.rank[i] : "",
      data.status[i] === STATUS.note ? "" : data.reasons[data.reason[i]],
      ...dimensions.map(({ column }) => (Number.isNaN(column[i]) ? "" : Number(column[i].toFixed(1)))),
    ]);
  });
  return lines.map((line) => line.map(csvField).join(",")).join("\r\n") + "\r\n";
}

/**
 * A name that begins like a formula is preceded by an apostrophe: no spreadsheet computes it.
 * @param {string|number} value
 * @returns {string}
 */
export function csvField(value) {
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
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
