/**
 * Which colour or hatching does each IRIS take? A class has a flat colour; a score that rests on
 * estimates has the colour of its class, hatched; what is not scored has a pattern of grey, which
 * no class has.
 *
 * @typedef {import("./hatches.js").Palette} Palette
 * @typedef {{class: (number|null)[], status: number[], fills?: string[],
 *   byIris?: string[], secret?: boolean[]}} Painted columns read here; `fills` name what fills
 *   each class where it is not a colour of risk, `byIris` each IRIS where it has no class at all
 * @typedef {{fill: boolean, fillOpacity: number, fillColor: string, color: string}} Fill
 */
import { STATUS } from "../data/columns.js";
import { hatchOf, lineOn } from "./hatches.js";

/**
 * @param {Painted} data
 * @param {number} i
 * @returns {string} name of what fills IRIS `i`: "1" to "5", "1-indicatif"…, or a status
 */
export function fillName(data, i) {
  if (data.byIris) return data.byIris[i];
  if (data.status[i] === STATUS.sans_population) return "sans_population";
  const rank = data.class[i];
  // Without a class an IRIS is grey whatever its status says: never the colour of a class.
  if (data.status[i] === STATUS.non_note || rank == null) return data.secret?.[i] ? "secret" : "non_note";
  if (data.fills) return data.fills[rank - 1];
  return data.status[i] === STATUS.indicatif ? `${rank}-indicatif` : String(rank);
}

/**
 * @param {string} name as given by `fillName`
 * @param {Palette} palette
 * @param {string} prefix of the ids of patterns, one a map
 * @returns {string} value of an SVG `fill`
 */
export function fillOf(name, palette, prefix) {
  return /^\d$/.test(name) ? palette.classes[Number(name) - 1] : `url(#${prefix}-${name})`;
}

/**
 * Neighbours of one class are told apart by their border: light on the dark classes, where a dark
 * line would drown.
 * @param {string} name as given by `fillName`
 * @param {Palette} palette
 * @returns {string}
 */
export function borderOf(name, palette) {
  return lineOn(hatchOf(name, palette).ground);
}

/**
 * Paint the shapes of a Leaflet GeoJSON layer after their classes; those whose fill is the same as
 * before are left alone, for a slider must not repaint a department. Also replaces the style the
 * layer falls back on: ipyleaflet resets a polygon to it whenever the mouse leaves.
 * @param {any} layer
 * @param {Painted} data
 * @param {Palette} palette
 * @param {string} prefix
 * @returns {Record<string, number>} how many IRIS took each fill
 */
export function recolour(layer, data, palette, prefix) {
  const style = styleOf(data, palette, prefix);
  layer.options.style = style;
  layer.eachLayer((/** @type {any} */ shape) => {
    const name = fillName(data, shape.feature.id);
    if (shape.painted === name) return;
    shape.painted = name;
    repaintShape(shape, style(shape.feature));
  });
  return countFills(data);
}

/**
 * Leaflet writes twelve attributes a shape; two have changed.
 * @type {(shape: any, style: Fill) => void}
 */
function repaintShape(shape, style) {
  const path = shape.getElement?.();
  if (!path) return void shape.setStyle(style);
  Object.assign(shape.options, style);
  path.setAttribute("fill", style.fillColor);
  path.setAttribute("stroke", style.color);
}

/**
 * @param {Painted} data
 * @param {Palette} palette
 * @param {string} prefix
 * @returns {(feature: {id: number}) => Fill}
 */
export function styleOf(data, palette, prefix) {
  return (feature) => {
    const name = fillName(data, feature.id);
    return {
      fill: true,
      fillColor: fillOf(name, palette, prefix),
      fillOpacity: 1,
      color: borderOf(name, palette),
    };
  };
}

/**
 * @param {Painted} data
 * @returns {Record<string, number>}
 */
export function countFills(data) {
  /** @type {Record<string, number>} */
  const counts = {};
  data.status.forEach((_, i) => {
    const name = fillName(data, i);
    counts[name] = (counts[name] ?? 0) + 1;
  });
  return counts;
}
