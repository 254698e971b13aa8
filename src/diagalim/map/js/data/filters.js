/**
 * Which IRIS does the reader want to see? Class, commune, intercommunalité and certainty; the map
 * fades the others, the table hides them, and both always keep the same ones.
 *
 * @typedef {{hidden: string[], commune: number|null, epci: number|null, word: string|null}} Filter
 */
import { STATUS } from "./columns.js";

/** @type {Filter} */
export const NO_FILTER = { hidden: [], commune: null, epci: null, word: null };

/**
 * @param {any} data columns shown
 * @param {Filter} filter
 * @returns {boolean[]} whether each IRIS passes
 */
export function passing(data, filter) {
  const hidden = new Set(filter.hidden);
  return data.code.map((/** @type {string} */ _, /** @type {number} */ i) => (
    !hidden.has(groupOf(data, i))
    && (filter.commune == null || data.commune[i] === filter.commune)
    && (filter.epci == null || data.epci?.[i] === filter.epci)
    && (filter.word == null || data.words?.[i] === filter.word)
  ));
}

/**
 * @param {any} data
 * @param {number} i
 * @returns {string} "1" to "5", or "0" where there is no score
 */
export function groupOf(data, i) {
  return data.status[i] < STATUS.non_note && data.class[i] != null ? String(data.class[i]) : "0";
}
