/**
 * How is each site of aid reached on the map? Markers that a thumb could not tell apart at the
 * present scale stand as one, with their number: pressed, it brings the map closer, or lists the
 * sites where no scale would part them. For the keyboard all markers are one stop, which arrows go
 * through: 300 stops would help nobody, and the table beside the map leads to each site too.
 */
import { counted, fill, frenchNumber } from "../data/french.js";
import { saidOf } from "../data/sites.js";
import { focusPopup, openList, openSite } from "./aidsheet.js";
import { element } from "./element.js";
import { fit } from "./framing.js";
import { grouped, parted } from "./grouping.js";
import { drawSymbol, symbol } from "./symbols.js";

const DISC = 15;
const [DISC_COLOUR, DISC_INK] = ["#1d1d1b", "#ffffff"];
const ARROWS = /** @type {Record<string, number>} */ ({ ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 });

/**
 * Bring the markers to the present choice and scale.
 * @param {import("./scene.js").Scene} scene
 */
export function drawSites(scene) {
  const { sites: layer, offer, state, sitesKept, map } = scene;
  if (!layer || !offer.sites || (!state.aid.shown && !scene.markers.size)) return;
  const key = state.aid.shown ? `${map.getZoom()} ${sitesKept.key}` : "";
  if (scene.sitesKey === key) return;
  scene.sitesKey = key;
  const { point } = offer.sites;
  const shown = state.aid.shown ? Array.from(point.keys()).filter((k) => point[k] && sitesKept.kept[k]) : [];
  const groups = grouped(map, offer.sites, shown, map.getZoom())
    .sort(([a], [b]) => point[a][1] - point[b][1]);
  scene.groups = new Map(groups.map((members) => [members[0], members]));
  prepare(scene);
  layer.clearLayers();
  layer.addData({ type: "FeatureCollection", features: groups.map(([k]) => (
    { type: "Feature", id: k, properties: {}, geometry: { type: "Point", coordinates: [point[k][1], point[k][0]] } })) });
  nameGroup(scene, groups.length > 0);
  reachable(scene);
}

/**
 * Say what the markers are together, as long as there are any.
 * @type {(scene: import("./scene.js").Scene, drawn: boolean) => void}
 */
function nameGroup({ map, texts }, drawn) {
  const pane = map.getPane("markerPane");
  for (const [name, value] of [["role", "group"], ["aria-label", texts.aid_markers]]) {
    if (drawn) pane.setAttribute(name, value);
    else pane.removeAttribute(name);
  }
}

/**
 * Leaflet gives its own marker where no other is asked for; its picture is replaced before it is
 * drawn, for the default one would be looked for beside the page.
 * @param {import("./scene.js").Scene} scene
 */
function prepare(scene) {
  if (scene.markersReady) return;
  scene.markersReady = true;
  const { sites: layer, map } = scene;
  layer.options.pointToLayer = null;
  layer.options.style = null;
  layer.options.onEachFeature = (/** @type {any} */ feature, /** @type {any} */ marker) => {
    marker.options.icon = icon(scene, feature.id);
    marker.options.keyboard = false;
    scene.markers.set(feature.id, marker);
  };
  map.getPane("markerPane").addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => byKeys(scene, event));
  map.on("zoomend", () => drawSites(scene));
  map.on("moveend", () => reachable(scene));
}

/**
 * What Leaflet asks of an icon, without its classes, which the page does not give.
 * @param {import("./scene.js").Scene} scene
 * @param {number} k the site on which the marker stands
 */
function icon(scene, k) {
  const { doc, offer: { sites }, texts, groups, map } = scene;
  const members = groups.get(k) ?? [k];
  return {
    options: { popupAnchor: [0, -8] },
    createIcon() {
      const box = element(doc, "div", "diagalim-site leaflet-marker-icon");
      box.dataset.site = String(k);
      box.setAttribute("role", "button");
      box.setAttribute("aria-label", markerName(map, sites, members, texts));
      if (members.length > 1) box.append(element(doc, "b", "diagalim-site-group", frenchNumber(members.length)));
      else box.append(symbol(doc, sites.groups[sites.group[k]], sites.days[k] !== 0));
      return box;
    },
    createShadow: () => null,
  };
}

/** @type {(map: any, sites: import("../data/sites.js").Sites, members: number[], texts: Record<string, any>) => string} */
function markerName(map, sites, members, texts) {
  const [k] = members;
  if (members.length === 1) return `${sites.name[k]}, ${saidOf(sites, k, "type")}`;
  const pattern = parted(map, sites, members) ? texts.aid_group : texts.aid_same;
  return fill(pattern, { n: frenchNumber(members.length) });
}

/**
 * One marker in sight takes part in the order of the keyboard, the one last used if there is.
 * @param {import("./scene.js").Scene} scene
 */
function reachable(scene) {
  const seen = inSight(scene);
  if (!seen.includes(scene.markerAt)) [scene.markerAt] = seen;
  for (const [k, marker] of scene.markers) {
    if (scene.groups.has(k)) marker._icon?.setAttribute("tabindex", k === scene.markerAt ? "0" : "-1");
  }
}

/** @type {(scene: import("./scene.js").Scene) => number[]} markers in sight, from west to east */
function inSight({ map, groups, offer }) {
  const bounds = map.getBounds();
  return [...groups.keys()].filter((k) => bounds.contains(offer.sites.point[k]));
}

/** @type {(scene: import("./scene.js").Scene, event: KeyboardEvent) => void} */
function byKeys(scene, event) {
  const { key, target } = event;
  const k = Number(/** @type {HTMLElement} */ (target).dataset.site);
  const seen = inSight(scene);
  if (key === "Enter" || key === " ") {
    pressSite(scene, k, true);
  } else if (ARROWS[key]) {
    scene.markerAt = seen[(seen.indexOf(k) + ARROWS[key] + seen.length) % seen.length];
    reachable(scene);
    focusMarker(scene);
  } else {
    return;
  }
  event.preventDefault();
  // The same arrows move the map when it has the focus itself.
  event.stopPropagation();
}

/** @type {(scene: import("./scene.js").Scene) => void} */
function focusMarker(scene) {
  // Leaflet places the map by itself: a browser that scrolls it would part markers and shapes.
  scene.markers.get(scene.markerAt)?._icon?.focus({ preventScroll: true });
}

/**
 * A marker is pressed: the sheet of its site, a closer map, or the list of those that no scale parts.
 * @param {import("./scene.js").Scene} scene
 * @param {number} k
 * @param {boolean} [keys] whether the focus follows
 */
export function pressSite(scene, k, keys = false) {
  const { map, offer: { sites }, groups, texts } = scene;
  const members = groups.get(k) ?? [k];
  scene.markerAt = k;
  if (members.length === 1) {
    openSite(scene, k);
  } else if (parted(map, sites, members)) {
    const points = members.map((/** @type {number} */ one) => sites.point[one]);
    const [south, west, north, east] = [Math.min, Math.max].flatMap((most) => (
      [0, 1].map((axis) => most(...points.map((/** @type {number[]} */ point) => point[axis])))));
    const before = map.getZoom();
    fit(scene, [[south, west], [north, east]], { maxZoom: map.getMaxZoom() });
    if (map.getZoom() <= before) map.setView(sites.point[k], before + 1, { animate: false });
    scene.spoken.textContent = counted(texts.aid_closer, members.length);
    if (keys) focusMarker(scene);
    return;
  } else {
    openList(scene, members, keys);
  }
  if (keys) focusPopup(scene);
}

/**
 * Escape closes what a marker opened; the focus goes back to it.
 * @param {import("./scene.js").Scene} scene
 */
export function closeSites(scene) {
  const { map } = scene;
  const inside = map.getPane("popupPane").contains(scene.doc.activeElement);
  map.closePopup();
  if (inside) focusMarker(scene);
}

/**
 * Draw the markers on the picture of the view.
 * @param {CanvasRenderingContext2D} pen whose origin is that of the layers of the map
 * @param {import("./scene.js").Scene} scene
 */
export function paintSites(pen, { map, doc, offer, state, groups }) {
  if (!offer.sites || !state.aid.shown) return;
  const { sites } = offer;
  const family = doc.defaultView.getComputedStyle(doc.body).fontFamily;
  for (const [k, members] of groups) {
    const { x, y } = map.latLngToLayerPoint(sites.point[k]);
    pen.save();
    pen.translate(x, y);
    if (members.length > 1) drawDisc(pen, frenchNumber(members.length), family);
    else drawSymbol(pen, sites.groups[sites.group[k]], sites.days[k] !== 0, family);
    pen.restore();
  }
}

/** @type {(pen: CanvasRenderingContext2D, text: string, family: string) => void} */
function drawDisc(pen, text, family) {
  pen.globalAlpha = 1;
  pen.setLineDash([]);
  pen.beginPath();
  pen.arc(0, 0, DISC, 0, 2 * Math.PI);
  pen.fillStyle = DISC_COLOUR;
  pen.fill();
  pen.lineWidth = 2;
  pen.strokeStyle = DISC_INK;
  pen.stroke();
  pen.fillStyle = DISC_INK;
  pen.font = `600 13px ${family}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(text, 0, 1);
}
