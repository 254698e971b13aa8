/**
 * What would the score be under other weights? The same rules as `diagalim.analysis.score.composite` and
 * `diagalim.analysis.score.status`, operation by operation and in the same order, so that both give the same
 * ranks; a test compares them on random weights. Percentiles do not depend on weights: they come
 * ready, as ranks. The status of an IRIS does depend on them and is decided anew.
 *
 * @typedef {import("../data/bytes.js").Packed} Packed
 * @typedef {{id: string, label: string, weight: number}} Dimension
 * @typedef {{id: string, label: string, phrase: string, unit: string, dimension: number,
 *   weight: number, ranks: Packed, values: Packed, borrowed: Packed}} Indicator `ranks` are doubled,
 *   0 where missing; `borrowed` counts halves
 * @typedef {{known_weight: number, least_dimensions: number, required: string,
 *   indicative_above: number, unscored_above: number, tolerance: number, classes: number}} Limits
 * @typedef {{units: number, small: Packed, dimensions: Dimension[], indicators: Indicator[],
 *   limits: Limits}} Sent `small` marks whole communes of too few people: indicative at best
 * @typedef {{dimensions: number[], indicators: number[]}} Weights in the order of `Sent`
 * @typedef {{sent: Sent, percentiles: Float64Array[], borrowed: Uint8Array[],
 *   small: Uint8Array}} Basis
 * @typedef {{score: Float64Array, rank: Float64Array, class: Float64Array, scored: number,
 *   tooBorrowed: Uint8Array, indicative: Uint8Array, dimensions: Float64Array[],
 *   effective: Float64Array[], reference: Float64Array}} Scored NaN where there is nothing
 */
import { unpacked } from "../data/bytes.js";

const ROUNDING = 1e9;

/** What has a weight. @type {("dimensions"|"indicators")[]} */
export const SIDES = ["dimensions", "indicators"];

/**
 * @param {Sent} sent
 * @returns {Basis}
 */
export function basisOf(sent) {
  return {
    sent,
    percentiles: sent.indicators.map(({ ranks }) => percentiles(unpacked(ranks))),
    borrowed: sent.indicators.map(({ borrowed }) => /** @type {Uint8Array} */ (unpacked(borrowed))),
    small: /** @type {Uint8Array} */ (unpacked(sent.small)),
  };
}

/**
 * @param {Sent} sent
 * @returns {Weights} those of the published score
 */
export function publishedWeights(sent) {
  return {
    dimensions: sent.dimensions.map(({ weight }) => weight),
    indicators: sent.indicators.map(({ weight }) => weight),
  };
}

/**
 * @param {Sent} sent
 * @param {Weights} weights
 * @returns {""|"negative"|"required"|"dimensions"} why these weights give no score
 */
export function whyNoScore(sent, weights) {
  const all = [...weights.dimensions, ...weights.indicators];
  if (!all.every((weight) => Number.isFinite(weight) && weight >= 0)) return "negative";
  const counted = sent.dimensions.filter((_, d) => inside(sent, weights, d).length);
  if (!counted.some(({ id }) => id === sent.limits.required)) return "required";
  return counted.length < sent.limits.least_dimensions ? "dimensions" : "";
}

/**
 * @param {Basis} basis
 * @param {Weights} weights that `whyNoScore` accepts
 * @returns {Scored}
 */
export function scoreOf(basis, weights) {
  const { sent } = basis;
  const { units, limits } = sent;
  const known = sent.dimensions.map((_, d) => dimensionOf(basis, weights, d));
  const effective = known.flatMap(({ shares }) => shares);
  /** @type {Scored} */
  const result = {
    score: nans(units), rank: nans(units), class: nans(units), scored: 0,
    tooBorrowed: new Uint8Array(units), indicative: new Uint8Array(units),
    dimensions: known.map(({ score }) => score),
    effective: sent.indicators.map((_, j) => effective.find((e) => e.at === j)?.share ?? new Float64Array(units)),
    reference: nans(sent.indicators.length),
  };
  const required = sent.dimensions.findIndex(({ id }) => id === limits.required);
  for (let i = 0; i < units; i++) {
    let [total, count] = [0, 0];
    known.forEach(({ score }, d) => {
      if (Number.isNaN(score[i])) return;
      total += weights.dimensions[d];
      count += 1;
    });
    if (count < limits.least_dimensions || Number.isNaN(result.dimensions[required][i])) {
      for (const share of result.effective) share[i] = NaN;
      continue;
    }
    let sum = 0;
    known.forEach(({ score, shares }, d) => {
      if (Number.isNaN(score[i])) return;
      const outer = weights.dimensions[d] / total;
      sum += score[i] * outer;
      for (const { share } of shares) share[i] *= outer;
    });
    const borrowed = borrowedShare(basis, result.effective, i);
    result.tooBorrowed[i] = Number(borrowed > limits.unscored_above + limits.tolerance);
    const frail = borrowed > limits.indicative_above + limits.tolerance;
    result.indicative[i] = Number(frail || basis.small[i]);
    if (!result.tooBorrowed[i]) result.score[i] = sum;
  }
  Object.assign(result, ranked(result.score, limits.classes));
  result.reference.set(sent.indicators.map((_, j) => medianOf(basis.percentiles[j], result.score)));
  return result;
}

/**
 * Points that each indicator adds to the score of one IRIS, compared with an IRIS that would have
 * the median of every indicator.
 * @param {Basis} basis
 * @param {Scored} result
 * @param {number} i
 * @returns {number[]} in the order of the indicators; 0 where it does not count
 */
export function contributions(basis, result, i) {
  return basis.percentiles.map((column, j) => {
    const gap = column[i] - result.reference[j];
    return Number.isNaN(gap) ? 0 : result.effective[j][i] * gap;
  });
}

/**
 * @param {Float64Array} given scores, NaN where there is none
 * @param {number} classes how many
 * @returns {{rank: Float64Array, class: Float64Array, scored: number}} rank 1 the highest, mean rank
 *   for ties; classes of equal numbers, 1 the lowest, ties together
 */
export function ranked(given, classes) {
  // rounded as Python rounds, so that a sum made in another order breaks no tie
  const score = given.map((value) => Math.round(value * ROUNDING) / ROUNDING);
  const [rank, cut] = [nans(score.length), nans(score.length)];
  const order = Array.from(score.keys()).filter((i) => !Number.isNaN(score[i]));
  order.sort((a, b) => score[b] - score[a]);
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && score[order[to]] === score[order[from]]) to++;
    for (let k = from; k < to; k++) rank[order[k]] = (from + 1 + to) / 2;
  }
  for (const i of order) {
    const ascending = order.length + 1 - rank[i];
    const part = Math.ceil(((ascending - 0.5) / order.length) * classes);
    cut[i] = Math.min(Math.max(part, 1), classes);
  }
  return { rank, class: cut, scored: order.length };
}

/**
 * @param {ArrayLike<number>} column
 * @param {ArrayLike<number>} [score] count only where this is a number
 * @returns {number} median of the known values, NaN when there is none
 */
export function medianOf(column, score) {
  const kept = Float64Array.from(column)
    .filter((value, i) => !Number.isNaN(value) && !(score && Number.isNaN(score[i])))
    .sort();
  const middle = kept.length >> 1;
  if (!kept.length) return NaN;
  return kept.length % 2 ? kept[middle] : (kept[middle - 1] + kept[middle]) / 2;
}

/**
 * Indicators of a dimension that count under these weights.
 * @type {(sent: Sent, weights: Weights, d: number) => number[]}
 */
function inside(sent, weights, d) {
  if (!(weights.dimensions[d] > 0)) return [];
  return sent.indicators
    .map((_, j) => j)
    .filter((j) => sent.indicators[j].dimension === d && weights.indicators[j] > 0);
}

/**
 * Score of one dimension, and the share that each of its indicators has in it.
 * @type {(basis: Basis, weights: Weights, d: number) =>
 *   {score: Float64Array, shares: {at: number, share: Float64Array}[]}}
 */
function dimensionOf({ sent, percentiles }, weights, d) {
  const own = inside(sent, weights, d);
  const score = nans(sent.units);
  const shares = own.map((at) => ({ at, share: new Float64Array(sent.units) }));
  const given = own.reduce((sum, j) => sum + weights.indicators[j], 0);
  const { known_weight, tolerance } = sent.limits;
  for (let i = 0; i < sent.units && own.length; i++) {
    let available = 0;
    for (const j of own) if (!Number.isNaN(percentiles[j][i])) available += weights.indicators[j];
    if (!(available > 0) || available / given < known_weight - tolerance) continue;
    let sum = 0;
    own.forEach((j, k) => {
      if (Number.isNaN(percentiles[j][i])) return;
      shares[k].share[i] = weights.indicators[j] / available;
      sum += percentiles[j][i] * shares[k].share[i];
    });
    score[i] = sum;
  }
  return { score, shares };
}

/** @type {(basis: Basis, effective: Float64Array[], i: number) => number} */
function borrowedShare({ borrowed }, effective, i) {
  let sum = 0;
  borrowed.forEach((halves, j) => { sum += (halves[i] / 2) * effective[j][i]; });
  return sum;
}

/** @type {(doubled: ArrayLike<number> & Iterable<number>) => Float64Array} */
function percentiles(doubled) {
  let known = 0;
  for (const rank of doubled) known += Number(rank > 0);
  return Float64Array.from(doubled, (rank) => (rank ? (100 * (rank / 2 - 0.5)) / known : NaN));
}

/** @type {(length: number) => Float64Array} */
function nans(length) {
  return new Float64Array(length).fill(NaN);
}
