/** What do the colours stand for once the reader asks for the equipment in food shops? */
import { fill } from "../data/french.js";
import { UNKNOWN_LEVEL } from "../data/offer.js";

export const LEVELS = "offre-commerces";

/**
 * @param {{id: string, label: string, group: string}[]} colours
 * @param {import("../data/offer.js").Offer} offer
 * @param {Record<string, any>} texts
 * @returns {{id: string, label: string, group: string}[]} the same, then what the offer adds
 */
export function withOffer(colours, offer, texts) {
  if (!offer.shops) return colours;
  const label = fill(texts.colour_levels, { annee: offer.shops.year });
  return [...colours, { id: LEVELS, label, group: texts.colour_offer }];
}

/**
 * Colours of the levels of under-equipment: a pattern for each, so that none is told by colour
 * alone.
 * @param {import("../data/offer.js").Shops} shops
 * @param {any} shown columns of the map, whose statuses do not matter here
 * @param {Record<string, any>} texts
 * @returns {import("../data/columns.js").Colouring & {byIris: string[],
 *   rows: {fill: string, label: string, count: number}[], caution: string}}
 */
export function levelColouring(shops, shown, texts) {
  const byIris = shops.level.map((level) => `level-${level}`);
  const rows = texts.levels.map((/** @type {string} */ label, /** @type {number} */ level) => (
    { fill: `level-${level}`, label, count: shops.level.filter((one) => one === level).length }));
  return {
    title: fill(texts.legend_levels, { annee: shops.year }),
    labels: texts.classes, class: shown.class, status: shown.status, byIris,
    rows: rows.filter((/** @type {{count: number}} */ row, /** @type {number} */ level) => (
      level !== UNKNOWN_LEVEL || row.count)),
    hatched: "", missing: "", note: texts.legend_levels_note, caution: texts.legend_levels_caution,
  };
}
