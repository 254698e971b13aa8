/**
 * Which priority neighbourhood is this outline? Its name comes under the mouse, in the sheet of an
 * IRIS touched inside it, and in a sheet of its own, which a list leads to. IRIS keep their clicks:
 * an outline says its name, it opens nothing.
 *
 * @typedef {import("../data/topology.js").Shape} Shape
 */
import { fill } from "../data/french.js";
import { polygonFeatures } from "../data/topology.js";
import { element } from "./element.js";
import { fit, roomFor } from "./framing.js";

const CLOSEST = 15;

/**
 * Draw the neighbourhoods once, when they are first asked for.
 * @param {import("./scene.js").Scene} scene
 */
export function drawQuarters(scene) {
  const { outlines, state } = scene;
  if (!state.quarters || scene.quartersDrawn || !quarterShapes(scene).length) return;
  scene.quartersDrawn = true;
  for (const part of ["casing", "line"]) {
    const features = quarterShapes(scene).map((shape) => ({ ...shape, id: `quarter-${part}` }));
    outlines.addData({ type: "FeatureCollection", features });
  }
  outlines.eachLayer((/** @type {any} */ line) => {
    const [kind, part] = String(line.feature.id).split("-");
    if (kind !== "quarter") return;
    line.getElement()?.classList.add("diagalim-border", part === "line" ? "diagalim-quarter" : "diagalim-quarter-casing");
  });
  nameUnderMouse(scene);
}

/** @type {(scene: import("./scene.js").Scene) => Shape[]} in the order of their names */
function quarterShapes(scene) {
  const { quarters } = scene.offer;
  scene.quarterShapes ??= quarters ? polygonFeatures(quarters.arcs) : [];
  return scene.quarterShapes;
}

/**
 * @param {Shape[]} shapes
 * @param {number[]} point longitude, latitude
 * @returns {number[]} positions of the shapes that hold the point
 */
export function shapesAt(shapes, point) {
  return shapes.flatMap(({ geometry }, at) => (
    geometry.coordinates.some((rings) => rings.filter((ring) => insideRing(ring, point)).length % 2) ? [at] : []));
}

/**
 * Whether a line to the east leaves the ring (even-odd rule).
 * @type {(ring: number[][], point: number[]) => boolean}
 */
function insideRing(ring, [x, y]) {
  let inside = false;
  ring.forEach(([x1, y1], k) => {
    const [x0, y0] = ring[(k || ring.length) - 1];
    if ((y0 > y) !== (y1 > y) && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) inside = !inside;
  });
  return inside;
}

/**
 * @param {import("./scene.js").Scene} scene
 * @param {{lat: number, lng: number}|undefined} where
 * @returns {string} names of the neighbourhoods drawn that hold a point, "" where there is none
 */
export function quartersNamed(scene, where) {
  if (!where || !scene.state.quarters) return "";
  const { names } = scene.offer.quarters;
  return shapesAt(quarterShapes(scene), [where.lng, where.lat]).map((at) => names[at]).join(", ");
}

/** @type {(scene: import("./scene.js").Scene) => void} */
function nameUnderMouse(scene) {
  const { map, doc } = scene;
  /** @type {any} */
  let shown = null;
  let said = "";
  map.on("tooltipopen", (/** @type {any} */ event) => { shown = event.tooltip; });
  map.on("mousemove", (/** @type {any} */ event) => {
    const name = quartersNamed(scene, event.latlng);
    if (name === said) return void (name && shown?.setLatLng(event.latlng));
    said = name;
    if (shown) map.closeTooltip(shown);
    shown = null;
    // An element, not a text: Leaflet would read a text as HTML.
    if (name) map.openTooltip(element(doc, "span", "diagalim-quarter-name", name), event.latlng, { direction: "top", offset: [0, -8] });
  });
  map.on("mouseout", () => {
    if (shown) map.closeTooltip(shown);
    [shown, said] = [null, ""];
  });
}

/**
 * Go to a neighbourhood and say its name and its IRIS.
 * @param {import("./scene.js").Scene} scene
 * @param {number} at
 */
export function openQuarter(scene, at) {
  const { map, doc, data, offer: { quarters }, texts, spoken } = scene;
  const points = quarterShapes(scene)[at].geometry.coordinates.flat(2);
  const [west, south, east, north] = [Math.min, Math.max].flatMap((most) => (
    [0, 1].map((axis) => most(...points.map((point) => point[axis])))));
  fit(scene, [[south, west], [north, east]], { maxZoom: CLOSEST });
  const own = data.name.filter((/** @type {string} */ _, /** @type {number} */ i) => quarters.touched[i].includes(at));
  const lines = [
    fill(texts.quarter_said, { dit: quarters.said }),
    ...(own.length ? [fill(texts.quarter_iris, { noms: own.join(", ") })] : []),
  ];
  const root = element(doc, "div", "diagalim-quarter-sheet");
  root.append(element(doc, "p", "diagalim-sheet-title", quarters.names[at]), ...lines.map((line) => element(doc, "p", "", line)));
  map.openPopup(root, [north, (west + east) / 2], roomFor(scene, 200));
  spoken.textContent = [quarters.names[at], ...lines].join(". ").replace("..", ".");
}
