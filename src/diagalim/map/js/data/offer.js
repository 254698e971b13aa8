/**
 * What does the page know of food shops, priority neighbourhoods and aid around each IRIS? What a
 * territory does not have is null here, and leaves neither colour, nor line, nor control.
 *
 * @typedef {{year: string, labels: string[], counts: Int32Array[], total: number[],
 *   level: number[]}} Shops counts by type, then all types; level 3 is unknown
 * @typedef {{said: string, names: string[], arcs: import("./topology.js").Arcs,
 *   touched: number[][]}} Quarters positions of the neighbourhoods that each IRIS touches
 * @typedef {{shops: Shops|null, quarters: Quarters|null, metres: number[]|null,
 *   sites: import("./sites.js").Sites|null}} Offer
 */
import { varints } from "./bytes.js";
import { fill, frenchNumber } from "./french.js";
import { readTopology } from "./topology.js";

/** Of an IRIS where a shop that is not placed could stand. */
export const UNKNOWN_LEVEL = 3;
const HERE = 0;
const TENS = 10;
const KILOMETRE = 1000;

/**
 * @param {any} sent trait `offer` of the controller
 * @param {number} count of IRIS
 * @returns {Offer}
 */
export function readOffer(sent, count) {
  const { shops, quarters, aid, sites } = sent ?? {};
  return {
    shops: shops ? readShops(shops) : null,
    quarters: quarters ? readQuarters(quarters, count) : null,
    metres: aid ? Array.from(varints(aid), (tens) => tens * TENS) : null,
    sites: sites ?? null,
  };
}

/**
 * @param {any} sent
 * @returns {Shops}
 */
function readShops({ year, labels, counts, level }) {
  const columns = counts.map(varints);
  const levels = Array.from(varints(level));
  const total = levels.map((_, i) => columns.reduce(
    (/** @type {number} */ sum, /** @type {Int32Array} */ column) => sum + column[i], 0));
  return { year, labels, counts: columns, total, level: levels };
}

/**
 * @param {any} sent
 * @param {number} count
 * @returns {Quarters}
 */
function readQuarters({ said, names, shapes, touched }, count) {
  /** @type {number[][]} */
  const by = Array.from({ length: count }, () => []);
  const pairs = varints(touched);
  for (let at = 0; at < pairs.length; at += 2) by[pairs[at]].push(pairs[at + 1]);
  return { said, names, arcs: readTopology(shapes), touched: by };
}

/**
 * What the sheet of an IRIS says of the offer, in reading order.
 * @param {Offer} offer
 * @param {number} i
 * @param {Record<string, any>} texts
 * @returns {string[]}
 */
export function offerLines(offer, i, texts) {
  const { shops, quarters, metres } = offer;
  const lines = [];
  if (shops) lines.push(shopLine(shops, i, texts));
  if (metres && metres[i] != null) {
    lines.push(fill(texts.sheet_aid, { distance: distance(metres[i], texts) }));
  }
  const near = quarters?.touched[i] ?? [];
  if (near.length) {
    lines.push(fill(texts.sheet_quarters, { noms: near.map((at) => quarters?.names[at]).join(", ") }));
  }
  return lines;
}

/**
 * @param {Shops} shops
 * @param {number} i
 * @param {Record<string, any>} texts
 * @returns {string}
 */
function shopLine(shops, i, texts) {
  const level = shops.level[i];
  const said = fill(texts.sheet_level[level], { annee: shops.year, n: frenchNumber(shops.total[i]) });
  if (level !== HERE) return said;
  const kinds = shops.labels.flatMap((type, k) => (shops.counts[k][i]
    ? [fill(texts.sheet_shops_kinds, { n: frenchNumber(shops.counts[k][i]), type: type.toLowerCase() })] : []));
  return `${said} (${kinds.join(", ")})`;
}

/**
 * @param {number} metres
 * @param {Record<string, any>} texts
 * @returns {string} no finer than a straight line from a centre can be
 */
export function distance(metres, texts) {
  if (metres < 100) return texts.under_metres;
  if (metres < KILOMETRE) return fill(texts.metres, { n: frenchNumber(Math.round(metres / 50) * 50) });
  return fill(texts.kilometres, { n: frenchNumber(metres / KILOMETRE, 1) });
}
