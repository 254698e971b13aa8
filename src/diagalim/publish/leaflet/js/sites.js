/**
 * Which sites of aid does the reader see, and what is said of each? A marker, the row of the table
 * and the line of the file say the same words. Hours that are not known are never hours of closure.
 *
 * @typedef {import("./symbols.js").Group} Group
 * @typedef {{name: string[], group: number[], commune: (number|null)[], days: number[],
 *   checkedOn: string[], point: ([number, number]|null)[], groups: Group[],
 *   said: Record<string, string[]>, typeAt: number[], accesAt: number[], horairesAt: number[],
 *   tensionAt: number[], verifieAt: number[], outilAt: number[], lieuAt: number[]}} Sites
 *   days: one bit a day, Monday the lowest, 0 when they are not known
 * @typedef {{shown: boolean, hidden: string[], days: number[], unknown: boolean}} Aid
 *   hidden: ids of groups; days: none is every site
 * @typedef {{kept: boolean[], count: number, points: number, unknown: number, placed: number[],
 *   key: string}} Kept placed: sites with a point, by group
 */
import { counted } from "./french.js";
import { element } from "./popup.js";
import { drawSymbol, symbol } from "./symbols.js";

/** @type {Aid} */
export const NO_AID = { shown: false, hidden: [], days: [], unknown: true };
const MOST_TOGETHER = 4;
const NEAR_PIXELS = 14;

/**
 * @param {Sites} sites
 * @param {Aid} aid
 * @param {(commune: number|null) => boolean} inside whether a commune is in the place chosen
 * @returns {Kept}
 */
export function keptSites(sites, aid, inside) {
  const hidden = new Set(aid.hidden);
  const asked = aid.days.reduce((mask, day) => mask | (1 << day), 0);
  const kept = sites.name.map((_, k) => (
    !hidden.has(sites.groups[sites.group[k]].id) && inside(sites.commune[k])
    && (asked === 0 || (sites.days[k] === 0 ? aid.unknown : (sites.days[k] & asked) !== 0))));
  const count = (/** @type {(k: number) => boolean} */ true_) => kept.filter((one, k) => one && true_(k)).length;
  return {
    kept,
    count: count(() => true),
    points: count((k) => sites.point[k] != null),
    unknown: count((k) => sites.days[k] === 0),
    placed: sites.groups.map((_, g) => count((k) => sites.group[k] === g && sites.point[k] != null)),
    key: kept.map(Number).join(""),
  };
}

/**
 * @param {Sites} sites
 * @param {number} k
 * @param {string} name of a column of words
 * @returns {string}
 */
export function saidOf(sites, k, name) {
  const at = /** @type {any} */ (sites)[`${name}At`][k];
  return sites.said[name][at];
}

/**
 * Bring the markers to the present choice; they are made when they are first asked for.
 * @param {Record<string, any>} scene
 */
export function drawSites(scene) {
  const { sites: layer, offer, state, sitesKept } = scene;
  if (!layer || !offer.sites || (!state.aid.shown && !scene.markers)) return;
  scene.markers ??= makeMarkers(layer, offer.sites, scene.doc);
  const key = state.aid.shown ? sitesKept.key : "";
  if (scene.sitesKey === key) return;
  scene.sitesKey = key;
  for (const [k, marker] of scene.markers) {
    marker._icon?.classList.toggle("diagalim-hidden", !(state.aid.shown && sitesKept.kept[k]));
  }
}

/**
 * Leaflet gives its own marker where no other is asked for; its picture is replaced before it is
 * drawn, for the default one would be looked for beside the page.
 * @param {any} layer of ipyleaflet, empty
 * @param {Sites} sites
 * @param {Document} doc
 * @returns {Map<number, any>} Leaflet marker of each site that has a point
 */
function makeMarkers(layer, sites, doc) {
  const markers = new Map();
  layer.options.pointToLayer = null;
  layer.options.style = null;
  layer.options.onEachFeature = (/** @type {any} */ feature, /** @type {any} */ marker) => {
    marker.options.icon = icon(doc, sites, feature.id);
    // 400 stops of the keyboard would help nobody: the table beside the map leads to each.
    marker.options.keyboard = false;
    markers.set(feature.id, marker);
  };
  const features = sites.point.flatMap((point, k) => (point ? [{
    type: "Feature", id: k, properties: {}, geometry: { type: "Point", coordinates: [point[1], point[0]] },
  }] : []));
  layer.addData({ type: "FeatureCollection", features });
  return markers;
}

/**
 * What Leaflet asks of an icon, without its classes, which the page does not give.
 * @param {Document} doc
 * @param {Sites} sites
 * @param {number} k
 */
function icon(doc, sites, k) {
  return {
    options: { popupAnchor: [0, -8] },
    createIcon() {
      const box = element(doc, "div", "diagalim-site leaflet-marker-icon");
      box.append(symbol(doc, sites.groups[sites.group[k]], sites.days[k] !== 0));
      return box;
    },
    createShadow: () => null,
  };
}

/**
 * Open the sheet of a site, with those that stand on the same spot of the screen.
 * @param {Record<string, any>} scene
 * @param {number} k
 */
export function openSite(scene, k) {
  const { map, offer, texts, doc, spoken } = scene;
  const size = map.getSize();
  const together = [k, ...nearby(scene, k)];
  map.openPopup(siteContent(doc, offer.sites, together, texts), offer.sites.point[k], {
    maxWidth: Math.min(320, size.x - 110),
    minWidth: Math.min(250, size.x - 110),
    maxHeight: Math.max(160, size.y - 130),
    autoPanPaddingTopLeft: [60, 10],
    autoPanPaddingBottomRight: [8, 52],
  });
  spoken.textContent = [texts.aid_not_directory, spokenSite(offer.sites, k, texts)].join(" ");
}

/**
 * @param {Record<string, any>} scene
 * @param {number} k
 * @returns {number[]} other sites shown within a finger's reach, the nearest first
 */
function nearby({ map, offer, sitesKept, state }, k) {
  const spot = (/** @type {number} */ at) => map.latLngToLayerPoint(offer.sites.point[at]);
  const here = spot(k);
  return offer.sites.point
    .map((/** @type {any} */ point, /** @type {number} */ at) => (
      point && at !== k && state.aid.shown && sitesKept.kept[at] ? { at, far: here.distanceTo(spot(at)) } : null))
    .filter((/** @type {any} */ one) => one && one.far <= NEAR_PIXELS)
    .sort((/** @type {any} */ a, /** @type {any} */ b) => a.far - b.far)
    .map((/** @type {any} */ one) => one.at);
}

/**
 * @param {Sites} sites
 * @param {number} k
 * @param {Record<string, any>} texts
 * @returns {[string, string][]} what is said of a site under its name, in reading order
 */
export function siteFacts(sites, k, texts) {
  return [
    [texts.aid_hours, saidOf(sites, k, "horaires")],
    [texts.aid_access, saidOf(sites, k, "acces")],
    [texts.aid_tension, saidOf(sites, k, "tension")],
    [texts.aid_checked, saidOf(sites, k, "verifie")],
    [texts.aid_tool, saidOf(sites, k, "outil")],
  ];
}

/**
 * @param {Document} doc
 * @param {Sites} sites
 * @param {number[]} together positions, the one asked for first
 * @param {Record<string, any>} texts
 * @returns {HTMLElement} names from the data go in as text
 */
export function siteContent(doc, sites, together, texts) {
  const root = element(doc, "div", "diagalim-aid-sheet");
  root.append(element(doc, "p", "diagalim-aid-warning", texts.aid_not_directory));
  if (together.length > 1) root.append(element(doc, "p", "diagalim-sheet-leading", counted(texts.aid_here, together.length)));
  for (const k of together.slice(0, MOST_TOGETHER)) {
    const title = element(doc, "p", "diagalim-sheet-state");
    title.append(symbol(doc, sites.groups[sites.group[k]], sites.days[k] !== 0), element(doc, "span", "diagalim-aid-name", sites.name[k]));
    root.append(title, element(doc, "p", "diagalim-sheet-place", `${saidOf(sites, k, "type")} · ${saidOf(sites, k, "lieu")}`));
    for (const [label, value] of siteFacts(sites, k, texts)) {
      const line = element(doc, "p", "diagalim-aid-fact");
      line.append(element(doc, "b", "", `${label}\u00a0:`), " ", element(doc, "span", "", value));
      root.append(line);
    }
  }
  const more = together.length - MOST_TOGETHER;
  if (more > 0) root.append(element(doc, "p", "diagalim-sheet-leading", counted(texts.aid_more, more)));
  return root;
}

/**
 * @param {Sites} sites
 * @param {number} k
 * @param {Record<string, any>} texts
 * @returns {string}
 */
export function spokenSite(sites, k, texts) {
  const facts = siteFacts(sites, k, texts).map(([label, value]) => `${label}\u00a0: ${value}`);
  return [sites.name[k], saidOf(sites, k, "type"), saidOf(sites, k, "lieu"), ...facts].join(". ");
}

/**
 * Draw the sites shown on the picture of the view.
 * @param {CanvasRenderingContext2D} pen whose origin is that of the layers of the map
 * @param {Record<string, any>} scene
 */
export function paintSites(pen, { map, doc, offer, state, sitesKept }) {
  if (!offer.sites || !state.aid.shown) return;
  const { sites } = offer;
  const family = doc.defaultView.getComputedStyle(doc.body).fontFamily;
  const scale = map.getContainer().dataset.scale === "far" ? 0.55 : 1;
  sites.point.forEach((/** @type {any} */ point, /** @type {number} */ k) => {
    if (!point || !sitesKept.kept[k]) return;
    const { x, y } = map.latLngToLayerPoint(point);
    pen.save();
    pen.translate(x, y);
    pen.scale(scale, scale);
    drawSymbol(pen, sites.groups[sites.group[k]], sites.days[k] !== 0, family);
    pen.restore();
  });
}

