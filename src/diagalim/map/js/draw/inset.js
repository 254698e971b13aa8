/**
 * How is a dense city read while the whole territory is shown? Its IRIS are drawn once more in a
 * corner of the map, in the same colours. A touch opens the sheet of an IRIS; its title, a button,
 * leads there. Narrow screens go without: the button of the city above the map does the same.
 *
 * @typedef {{root: HTMLElement, paths: Map<number, any>, width: number, height: number,
 *   name: string}} Inset
 */
import { insideJump } from "../data/places.js";
import { polygonFeatures } from "../data/topology.js";
import { element, svgElement } from "./element.js";
import { borderOf, fillName } from "./paint.js";

/** The drawing takes no more than these parts of the map, between two sizes at which it is read. */
const PART = { width: 0.22, height: 0.27 };
const [LEAST_ROOM, MOST_ROOM] = [{ width: 120, height: 110 }, { width: 230, height: 160 }];
/** A part of the territory that is nearly all of it needs no enlargement. */
const MOST = 0.8;
const LEAST = 8;

/**
 * @param {any} data
 * @returns {{name: string, inside: boolean[]}|null} the city with the most arrondissements, then
 *   the most IRIS; null where none stands out
 */
export function denseCity(data) {
  const cities = (data.jumps ?? []).map((/** @type {any} */ { name, communes }) => {
    const inside = insideJump(data, { communes });
    return { name, inside, parts: communes.length, count: inside.filter(Boolean).length };
  });
  cities.sort((/** @type {any} */ a, /** @type {any} */ b) => b.parts - a.parts || b.count - a.count);
  const [first] = cities;
  if (!first || first.count < LEAST || first.count > MOST * data.code.length) return null;
  return { name: first.name, inside: first.inside };
}

/**
 * Path of each feature in a frame of the given room, north up, one scale both ways.
 * @param {any[]} features GeoJSON multipolygons
 * @param {{width: number, height: number}} room in pixels
 * @returns {{paths: [number, string][], width: number, height: number}}
 */
export function projected(features, room) {
  const points = features.flatMap(({ geometry }) => geometry.coordinates.flat(2));
  const [xs, ys] = [0, 1].map((k) => points.map((/** @type {number[]} */ point) => point[k]));
  const range = (/** @type {number[]} */ all) => all.reduce(([low, high], one) => (
    [Math.min(low, one), Math.max(high, one)]), [Infinity, -Infinity]);
  const [[west, east], [south, north]] = [range(xs), range(ys)];
  const shrink = Math.cos(((south + north) / 2) * (Math.PI / 180));
  const scale = Math.min(room.width / ((east - west) * shrink), room.height / (north - south));
  const place = (/** @type {number[]} */ [x, y]) => (
    `${((x - west) * shrink * scale).toFixed(1)},${((north - y) * scale).toFixed(1)}`);
  const line = (/** @type {number[][]} */ ring) => {
    const steps = ring.map(place).filter((one, k, all) => one !== all[k - 1]);
    return `M${steps.join("L")}Z`;
  };
  return {
    paths: features.map(({ id, geometry }) => [id, geometry.coordinates.flat(1).map(line).join("")]),
    width: (east - west) * shrink * scale,
    height: (north - south) * scale,
  };
}

/**
 * @param {Document} doc
 * @param {any} data
 * @param {import("../data/topology.js").Arcs} arcs
 * @param {Record<string, any>} texts
 * @param {{iris: (i: number) => void, city: (inside: boolean[]) => void}} act
 * @param {{x: number, y: number}} size of the map
 * @returns {Inset|null}
 */
export function insetOf(doc, data, arcs, texts, act, size) {
  const city = denseCity(data);
  if (!city) return null;
  const own = polygonFeatures({ ...arcs, shapes: arcs.shapes.filter((_, i) => city.inside[i]) });
  const ids = data.code.map((/** @type {string} */ _, /** @type {number} */ i) => i)
    .filter((/** @type {number} */ i) => city.inside[i]);
  const { paths: lines, width, height } = projected(own.map((one, k) => ({ ...one, id: ids[k] })), roomIn(size));
  const root = element(doc, "div", "diagalim-inset leaflet-control");
  const title = texts.inset.replace("{nom}", city.name);
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", title);
  const button = element(doc, "button", "diagalim-inset-title", title);
  button.setAttribute("type", "button");
  button.setAttribute("title", texts.inset_help);
  button.addEventListener("click", () => act.city(city.inside));
  const drawing = svgElement(doc, "svg", {
    role: "img", "aria-label": texts.inset_drawing.replace("{nom}", city.name),
    viewBox: `-2 -2 ${Math.ceil(width) + 4} ${Math.ceil(height) + 4}`,
    width: Math.ceil(width) + 4, height: Math.ceil(height) + 4,
  });
  const paths = new Map();
  drawing.append(...lines.map(([id, d]) => {
    const path = svgElement(doc, "path", { d, class: "diagalim-inset-iris" });
    path.addEventListener("click", () => act.iris(id));
    paths.set(id, path);
    return path;
  }));
  root.append(button, drawing);
  return { root, paths, width, height, name: title };
}

/** @type {(size: {x: number, y: number}) => {width: number, height: number}} */
function roomIn(size) {
  const bound = (/** @type {number} */ part, /** @type {number} */ least, /** @type {number} */ most) => (
    Math.min(most, Math.max(least, part)));
  return {
    width: bound(PART.width * size.x, LEAST_ROOM.width, MOST_ROOM.width),
    height: bound(PART.height * size.y, LEAST_ROOM.height, MOST_ROOM.height),
  };
}

/**
 * Colours and fading of the main map; what has not changed is left alone.
 * @param {Inset} inset
 * @param {import("./paint.js").Painted} painted
 * @param {boolean[]} kept
 * @param {import("./hatches.js").Palette} palette
 * @param {(name: string) => string} fillFor
 */
export function paintInset(inset, painted, kept, palette, fillFor) {
  for (const [i, path] of inset.paths) {
    const name = fillName(painted, i);
    if (path.painted !== name) {
      path.painted = name;
      path.setAttribute("fill", fillFor(name));
      path.setAttribute("stroke", borderOf(name, palette));
    }
    if (path.faded !== !kept[i]) {
      path.faded = !kept[i];
      path.classList.toggle("diagalim-out", path.faded);
    }
  }
}
