/**
 * What weighs the most in an IRIS, and how does it compare with its commune and the territory? The
 * sentences are those of `diagalim.chapter.leading_words`, under whatever weights are in force.
 *
 * @typedef {import("./score.js").Basis} Basis
 * @typedef {import("./score.js").Scored} Scored
 * @typedef {{at: number, said: string, here: number, whole: number, commune: number}} Leading
 */
import { unpacked } from "../data/bytes.js";
import { fill, withUnit } from "../data/french.js";
import { contributions, medianOf } from "./score.js";

const NAMED = 3;

/**
 * @param {import("./score.js").Sent} sent
 * @returns {Float64Array[]} raw values of each indicator, NaN where missing
 */
export function rawValues(sent) {
  return sent.indicators.map(({ values }) => /** @type {Float64Array} */ (unpacked(values)));
}

/**
 * @param {Basis} basis
 * @param {Scored} result
 * @param {Float64Array[]} raw
 * @param {number} i
 * @param {Record<string, any>} texts
 * @param {ArrayLike<number>} [commune] commune of each IRIS
 * @returns {Leading[]} the indicators that raise this score the most, the first one first; at most
 *   three are looked at, and one whose value prints as its median is not named
 */
export function leadingOf(basis, result, raw, i, texts, commune) {
  if (Number.isNaN(result.score[i])) return [];
  const points = contributions(basis, result, i);
  const { indicators } = basis.sent;
  return points.map((_, j) => j)
    .filter((j) => points[j] > 0)
    .sort((a, b) => points[b] - points[a] || (indicators[a].id < indicators[b].id ? -1 : 1))
    .slice(0, NAMED)
    .map((at) => {
      const here = raw[at][i];
      const whole = medianOf(raw[at], result.score);
      return { at, here, whole, said: sentence(indicators[at], here, whole, texts), commune: beside(raw[at], i, commune) };
    })
    .filter(({ said }) => said);
}

/**
 * One decimal more where a value and its median would print the same; nothing if still so.
 * @type {(indicator: import("./score.js").Indicator, value: number, median: number,
 *   texts: Record<string, any>) => string}
 */
function sentence(indicator, value, median, texts) {
  for (const decimals of [0, 1]) {
    const [shown, other] = [value, median].map((v) => withUnit(v, indicator.unit, decimals));
    if (shown !== other) {
      return fill(texts.leading_sentence, {
        phrase: fill(indicator.phrase, { valeur: shown }), mediane: other,
      });
    }
  }
  return "";
}

/**
 * Median of the IRIS of the same commune, NaN where the IRIS is alone in it.
 * @type {(column: Float64Array, i: number, commune?: ArrayLike<number>) => number}
 */
function beside(column, i, commune) {
  if (!commune) return NaN;
  const own = column.filter((_, k) => commune[k] === commune[i]);
  return own.length > 1 ? medianOf(own) : NaN;
}
