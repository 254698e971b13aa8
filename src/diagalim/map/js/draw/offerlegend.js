/**
 * What does the legend say of the offer drawn over the risk, and the picture after it? Circles by
 * number of shops, priority neighbourhoods, sites of aid: each only while it is shown.
 */
import { fill, frenchNumber } from "../data/french.js";
import { element } from "./element.js";
import { symbol } from "./symbols.js";

/**
 * What the legend adds under the classes: circles, neighbourhoods, sites.
 * @param {import("./scene.js").Scene} scene
 */
export function fillOfferLegend(scene) {
  const { map, doc, state, offer, texts } = scene;
  const box = map.getContainer().querySelector(".diagalim-legend");
  const key = [state.shops, state.quarters, state.aid.shown, scene.sitesKept?.key].join();
  if (!box || scene.legendKey === key) return;
  scene.legendKey = key;
  box.querySelector(".diagalim-legend-offer")?.remove();
  const part = element(doc, "div", "diagalim-legend-offer");
  if (state.shops && offer.shops) part.append(element(doc, "p", "diagalim-legend-note", shopsSaid(offer.shops, texts)));
  if (state.quarters && offer.quarters) {
    const line = element(doc, "p", "diagalim-legend-line");
    line.append(element(doc, "span", "diagalim-legend-dots"),
      element(doc, "span", "", fill(texts.legend_quarters, { dit: offer.quarters.said })));
    part.append(line);
  }
  if (state.aid.shown && offer.sites) part.append(...siteLegend(scene));
  if (part.children.length) box.append(part);
}

/**
 * @param {import("../data/offer.js").Shops} shops
 * @param {Record<string, any>} texts
 * @returns {string}
 */
export function shopsSaid(shops, texts) {
  const without = shops.total.filter((count) => count === 0).length;
  const most = Math.max(...shops.total);
  return fill(texts.legend_shops, {
    annee: shops.year, plus: frenchNumber(most), sans: frenchNumber(without),
  });
}

/**
 * @param {import("./scene.js").Scene} scene
 * @returns {HTMLElement[]}
 */
function siteLegend({ doc, offer, texts, sitesKept }) {
  const list = element(doc, "ul", "");
  offer.sites.groups.forEach((/** @type {import("../data/sites.js").Group} */ group, /** @type {number} */ g) => {
    const count = sitesKept.placed[g];
    if (!count) return;
    const item = element(doc, "li", "");
    item.append(symbol(doc, group, true), element(doc, "span", "diagalim-legend-label", group.label),
      element(doc, "span", "diagalim-legend-count", frenchNumber(count)));
    list.append(item);
  });
  const title = element(doc, "p", "diagalim-legend-head", texts.legend_sites);
  return [title, list, element(doc, "p", "diagalim-legend-note", texts.legend_sites_open)];
}

/**
 * Lines that the picture adds under its legend, for a view that shows the offer.
 * @param {import("./scene.js").Scene} scene
 * @returns {string[]}
 */
export function offerNotes({ state, offer, texts, sitesKept }) {
  const notes = [];
  if (state.shops && offer.shops) notes.push(shopsSaid(offer.shops, texts));
  if (state.quarters && offer.quarters) notes.push(fill(texts.legend_quarters, { dit: offer.quarters.said }));
  if (state.aid.shown && offer.sites) {
    const types = offer.sites.groups.flatMap((/** @type {import("../data/sites.js").Group} */ group, /** @type {number} */ g) => (
      sitesKept.placed[g] ? [`${group.letter}\u00a0: ${group.label} (${frenchNumber(sitesKept.placed[g])})`] : []));
    notes.push(texts.aid_not_directory, fill(texts.aid_picture, { types: types.join(", ") }), ...texts.aid_foot);
  }
  return notes;
}
