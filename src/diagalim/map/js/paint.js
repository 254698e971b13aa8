/**
 * Which colour or hatching does each IRIS take? A class has a flat colour; a score that rests on
 * estimates has the colour of its class, hatched; what is not scored has a pattern of grey, which
 * no class has.
 *
 * @typedef {{classes: string[], levels?: string[]}} Palette
 * @typedef {{class: (number|null)[], status: number[], fills?: string[],
 *   byIris?: string[], secret?: boolean[]}} Painted columns read here; `fills` name what fills
 *   each class where it is not a colour of risk, `byIris` each IRIS where it has no class at all
 * @typedef {{fill: boolean, fillOpacity: number, fillColor: string, color: string}} Fill
 */
import { CERTAINTY_FILLS, certaintyHatch } from "./certainty.js";

/** Positions of the statuses, as Python sends them. */
export const STATUS = { note: 0, indicatif: 1, non_note: 2, sans_population: 3 };

const SVG = "http://www.w3.org/2000/svg";
const LIGHT_LINE = "#ffffff";
const DARK_LINE = "#26221f";
const NOT_SCORED = { ground: "#d3d6da", line: "#5d636b" };
const WITHHELD = { ground: "#c6cad0", line: "#3d434b" };
/** @type {Record<string, {at: number, angle: number, step: number, width: number}>} */
const LEVEL_HATCHES = {
  "level-0": { at: 0, angle: 0, step: 6, width: 0 },
  "level-1": { at: 1, angle: 45, step: 7, width: 1.2 },
  "level-2": { at: 2, angle: -45, step: 5, width: 1.4 },
  "level-3": { at: 3, angle: 90, step: 5, width: 1 },
};
const NO_POPULATION = { ground: "#b4b8bd", line: "#f4f4f2" };

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
  return isDark(hatchOf(name, palette).ground) ? LIGHT_LINE : DARK_LINE;
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

/**
 * Patterns of everything that is not a flat colour, to be put in the page once.
 * @param {Document} doc
 * @param {Palette} palette
 * @param {string} prefix
 * @returns {SVGElement}
 */
export function patternSheet(doc, palette, prefix) {
  const sheet = doc.createElementNS(SVG, "svg");
  // Not display: none, under which Firefox no longer draws the patterns.
  for (const [name, value] of Object.entries({ width: "0", height: "0", "aria-hidden": "true" })) {
    sheet.setAttribute(name, value);
  }
  sheet.setAttribute("class", "diagalim-patterns");
  const estimated = palette.classes.map((_, k) => `${k + 1}-indicatif`);
  const levels = palette.levels ? Object.keys(LEVEL_HATCHES) : [];
  const names = [...levels, "non_note", "secret", "sans_population", ...estimated, ...CERTAINTY_FILLS];
  sheet.append(...names.map((name) => hatching(doc, `${prefix}-${name}`, hatchOf(name, palette))));
  return sheet;
}

/**
 * @param {string} colour #rrggbb
 * @returns {boolean} whether white stands out on it better than black (WCAG 2 luminance)
 */
export function isDark(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 0.179;
}

/**
 * @param {string} name as given by `fillName`; of a flat colour only the ground is drawn
 * @param {Palette} palette
 * @returns {{ground: string, line: string, angle: number, step: number, width: number}}
 */
export function hatchOf(name, palette) {
  const level = LEVEL_HATCHES[name];
  if (level) {
    const ground = palette.levels?.[level.at] ?? NOT_SCORED.ground;
    const line = level.at === 3 ? NOT_SCORED.line : isDark(ground) ? LIGHT_LINE : DARK_LINE;
    return { ground, line, angle: level.angle, step: level.step, width: level.width };
  }
  if (name === "non_note") return { ...NOT_SCORED, angle: -45, step: 5, width: 1 };
  if (name === "secret") return { ...WITHHELD, angle: 90, step: 5, width: 1.4 };
  if (name === "sans_population") return { ...NO_POPULATION, angle: 0, step: 6, width: 2 };
  const own = certaintyHatch(name);
  if (own) return own;
  const ground = palette.classes[Number.parseInt(name, 10) - 1];
  return { ground, line: isDark(ground) ? LIGHT_LINE : DARK_LINE, angle: 45, step: 6, width: 1.6 };
}

/**
 * One pattern of parallel lines.
 * @type {(doc: Document, id: string, hatch: ReturnType<typeof hatchOf>) => SVGElement}
 */
function hatching(doc, id, { ground, line, angle, step, width }) {
  const make = (/** @type {"pattern"|"rect"} */ tag, /** @type {Record<string, string|number>} */ attributes) => {
    const node = doc.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
    return node;
  };
  const pattern = make("pattern", {
    id,
    width: step,
    height: step,
    patternUnits: "userSpaceOnUse",
    patternTransform: `rotate(${angle})`,
  });
  pattern.append(
    make("rect", { width: step, height: step, fill: ground }),
    make("rect", { width, height: step, fill: line }),
  );
  return pattern;
}
