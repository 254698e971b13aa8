/**
 * Where does the enlarged city hide the least? The top left corner holds the zoom and the bottom
 * left one the legend: it stands at the right, above or below, whichever covers less of the IRIS and
 * of the sites of aid. A territory wider than its map leaves sea above and below: it moves towards
 * the other side as far as that helps.
 *
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box
 * @typedef {[number, number][]} Ring in pixels of the map
 */
import { extent, polygonFeatures } from "../data/topology.js";
import { fit } from "./framing.js";
import { insetOf } from "./inset.js";

/** Around the enlargement: its frame and its distance to the edges; above it, its title too. */
const FRAME = { x: 40, y: 78 };
/** Height of the scale of the map, which stays below it in the bottom corner. */
const SCALE = 34;
/** Surface that a marker is worth: what a thumb needs. */
const MARKER = 44 * 44;
/** Room kept above or below a territory that was moved. */
const EDGE = SCALE;

/**
 * Surface of a polygon inside a box: it is cut at each side of the box in turn (Sutherland and
 * Hodgman, 1974); its first ring is its border, the others are holes.
 * @param {Ring[]} polygon
 * @param {Box} box
 * @returns {number} square pixels
 */
export function coveredArea(polygon, box) {
  const areas = polygon.map((ring) => surface(clipped(ring, box)));
  return areas.reduce((rest, hole, k) => (k ? rest - hole : hole), 0);
}

/** @type {(ring: Ring, box: Box) => Ring} */
function clipped(ring, { left, top, right, bottom }) {
  /** @type {[0|1, number, 1|-1][]} */
  const sides = [[0, left, 1], [0, right, -1], [1, top, 1], [1, bottom, -1]];
  return sides.reduce((/** @type {Ring} */ points, [axis, limit, way]) => {
    const inside = (/** @type {[number, number]} */ point) => (point[axis] - limit) * way >= 0;
    return points.flatMap((point, k) => {
      const before = points[(k || points.length) - 1];
      if (inside(before) === inside(point)) return inside(point) ? [point] : [];
      const part = (limit - before[axis]) / (point[axis] - before[axis]);
      /** @type {[number, number]} */
      const cut = [before[0] + part * (point[0] - before[0]), before[1] + part * (point[1] - before[1])];
      return inside(point) ? [cut, point] : [cut];
    });
  }, ring);
}

/** @type {(ring: Ring) => number} */
function surface(ring) {
  return Math.abs(ring.reduce((sum, [x, y], k) => {
    const [nextX, nextY] = ring[(k + 1) % ring.length];
    return sum + x * nextY - nextX * y;
  }, 0)) / 2;
}

/**
 * @param {Ring[][]} polygons
 * @param {[number, number][]} markers
 * @param {{x: number, y: number}} size of the map
 * @param {{width: number, height: number}} room that the enlargement takes in its corner
 * @returns {{corner: "top"|"bottom", shift: number, hidden: number}} how many pixels the territory
 *   goes away from the corner; square pixels still hidden
 */
export function quietPlace(polygons, markers, size, room) {
  const [high, low] = extentOf(polygons.map(([border]) => border), size.y);
  const near = polygons.filter(([border]) => border.some(([x]) => x > size.x - room.width))
    .map((rings) => ({ rings, ends: extentOf(rings.slice(0, 1), size.y) }));
  const most = { top: Math.max(0, size.y - EDGE - low), bottom: Math.max(0, high - EDGE) };
  const places = (/** @type {const} */ (["top", "bottom"])).flatMap((corner) => (
    [0, 0.5, 1].map((part) => ({ corner, shift: Math.round(part * most[corner]) }))));
  let best = { ...places[0], hidden: Infinity };
  // What moves less comes first: it is left only for what hides less.
  for (const { corner, shift } of places.sort((a, b) => a.shift - b.shift)) {
    const top = corner === "top" ? -shift : size.y - SCALE - room.height + shift;
    const box = { left: size.x - room.width, top, right: size.x, bottom: top + room.height };
    const under = markers.filter(([x, y]) => x > box.left && y > box.top && y < box.bottom);
    const hidden = near.filter(({ ends }) => ends[0] < box.bottom && ends[1] > box.top)
      .reduce((sum, { rings }) => sum + coveredArea(rings, box), MARKER * under.length);
    if (hidden < best.hidden - 1) best = { corner, shift, hidden };
    if (!hidden) break;
  }
  return best;
}

/** @type {(rings: Ring[], height: number) => [number, number]} the highest and the lowest pixel */
function extentOf(rings, height) {
  let [high, low] = [height, 0];
  for (const ring of rings) {
    for (const [, y] of ring) {
      if (y < high) high = y;
      if (y > low) low = y;
    }
  }
  return [high, low];
}

/**
 * Draw the dense city in its corner and move the territory out of its way, before the shapes are
 * drawn: each would else be projected twice.
 * @param {import("./scene.js").Scene} scene
 * @param {{iris: (i: number) => void, jump: (inside: boolean[]) => void}} act
 */
export function placeInset(scene, act) {
  const { map, doc, data, arcs, texts, offer } = scene;
  const size = map.getSize();
  const inset = insetOf(doc, data, arcs, texts, { iris: act.iris, city: act.jump }, size);
  if (!inset) return;
  const place = projection(map, size);
  scene.features = polygonFeatures(arcs);
  const polygons = scene.features.flatMap(({ geometry }) => (
    geometry.coordinates.map((rings) => rings.map((ring) => ring.map(place)))));
  const markers = (offer.sites?.point ?? []).filter(Boolean).map((/** @type {any} */ [lat, lng]) => place([lng, lat]));
  const room = { width: inset.width + FRAME.x, height: inset.height + FRAME.y };
  const { corner, shift } = quietPlace(polygons, markers, size, room);
  map.getContainer().querySelector(`.leaflet-${corner}.leaflet-right`)?.prepend(inset.root);
  for (const kind of ["click", "dblclick", "mousedown", "touchstart", "wheel"]) {
    inset.root.addEventListener(kind, (event) => event.stopPropagation(), { passive: true });
  }
  scene.inset = inset;
  // A narrow screen does not show it: there the territory stays where it was.
  if (!shift || !inset.root.offsetParent) return;
  scene.aside = { corner, shift };
  fit(scene, extent(arcs), { whole: true });
}

/**
 * Longitude and latitude to pixels: the map makes two objects a point, and there are 20,000.
 * @type {(map: any, size: {x: number, y: number}) => (point: number[]) => [number, number]}
 */
function projection(map, size) {
  const bounds = map.getBounds();
  const height = (/** @type {number} */ lat) => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));
  const [west, east] = [bounds.getWest(), bounds.getEast()];
  const [south, north] = [height(bounds.getSouth()), height(bounds.getNorth())];
  return ([lng, lat]) => [
    ((lng - west) / (east - west)) * size.x, ((north - height(lat)) / (north - south)) * size.y];
}
