/**
 * Where do people live, or where are the shops? Circles whose surface follows their number, in the
 * colour of the class: on them a large empty IRIS no longer hides a small crowded one.
 *
 * @typedef {import("geojson").Feature<import("geojson").Point> & {id: number}} Point
 */
import { recolour, styleOf } from "./paint.js";
import { fade, outOfThePage } from "./shapes.js";

const LARGEST = 9;
const CLOSER = 1.35;
const SMALLEST = 1.5;

/**
 * Circles by number of shops take the layer of the circles of population: its other reading.
 * @param {import("./scene.js").Scene} scene
 * @returns {(number|null)[]|null} what the circles stand for, null where there are none
 */
export function circleSizes({ state, data, offer }) {
  if (state.shops && offer.shops) return offer.shops.total;
  return state.circles ? data.population : null;
}

/** @type {(scene: import("./scene.js").Scene) => void} */
export function drawCircles(scene) {
  const { circles, layer, map, colouring, palette, prefix, kept } = scene;
  const sizes = circleSizes(scene);
  if (scene.drawnSizes !== sizes && circles.getLayers().length) circles.clearLayers();
  scene.drawnSizes = sizes;
  if (!sizes) return;
  circles.options.style = styleOf(colouring, palette, prefix);
  if (circles.getLayers().length) {
    recolour(circles, colouring, palette, prefix);
    fade(circles, kept);
    return;
  }
  outOfThePage(scene, () => {
    if (circles.getLayers().length || circleSizes(scene) !== sizes) return;
    circles.addData({ type: "FeatureCollection", features: circleFeatures(layer, sizes) });
    circles.eachLayer((/** @type {any} */ one) => one.getElement()?.classList.add("diagalim-circle"));
    resizeCircles(circles, sizes, map.getZoom(), scene.wholeZoom);
    recolour(circles, scene.colouring, palette, prefix);
    fade(circles, scene.kept);
  });
}

/**
 * @param {any} polygons Leaflet layer of the IRIS, on its map
 * @param {(number|null)[]} population
 * @returns {Point[]} GeoJSON points, the most inhabited first so that it lies lowest
 */
export function circleFeatures(polygons, population) {
  /** @type {Point[]} */
  const points = [];
  polygons.eachLayer((/** @type {any} */ polygon) => {
    const { id } = polygon.feature;
    if (!population[id]) return;
    const { lat, lng } = polygon.getCenter();
    /** @type {import("geojson").Point} */
    const geometry = { type: "Point", coordinates: [lng, lat] };
    points.push({ type: "Feature", id, properties: {}, geometry });
  });
  return points.sort((a, b) => (population[b.id] ?? 0) - (population[a.id] ?? 0));
}

/**
 * @param {number} people
 * @param {number} most inhabitants of the largest circle
 * @param {number} zoom of the map
 * @param {number} whole zoom at which the whole territory is seen
 * @returns {number} radius in pixels: surfaces are in the ratio of the numbers
 */
export function radiusOf(people, most, zoom, whole) {
  const largest = LARGEST * CLOSER ** Math.max(0, zoom - whole);
  return Math.max(SMALLEST, largest * Math.sqrt(people / most));
}

/**
 * @param {any} circles Leaflet layer
 * @param {(number|null)[]} population
 * @param {number} zoom
 * @param {number} whole
 */
export function resizeCircles(circles, population, zoom, whole) {
  const most = Math.max(...population.map((people) => people ?? 0));
  circles.eachLayer((/** @type {any} */ circle) => {
    circle.setRadius(radiusOf(population[circle.feature.id] ?? 0, most, zoom, whole));
  });
}
