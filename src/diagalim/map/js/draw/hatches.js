/**
 * Which ground and which lines has each fill? The flat colours of the classes, the same hatched where
 * a score rests on estimates, greys that no class has, and for certainty colours and lines of their
 * own, so that nothing rests on colour alone.
 *
 * @typedef {{classes: string[], levels?: string[]}} Palette
 * @typedef {{ground: string, line: string, angle: number, step: number, width: number}} Hatch
 */
import { CERTAINTY_FILLS } from "../score/certainty.js";
import { svgElement } from "./element.js";

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
/** Fills of certainty; `certitude-1` is the surest to be exposed, or the widest. */
const OWN = /^certitude-(\d)$/;
const [WHITE, INK] = ["#ffffff", "#2c1236"];

/** Dark and plain, then lighter and lined, pale and plain: in grey they keep their order. @type {Hatch[]} */
const HATCHES = [
  { ground: "#3f1a52", line: "#3f1a52", angle: 0, step: 8, width: 0 },
  { ground: "#7b3f8c", line: WHITE, angle: 45, step: 8, width: 1.4 },
  { ground: "#b57fbf", line: INK, angle: 90, step: 5, width: 1.5 },
  { ground: "#dcb8de", line: INK, angle: -45, step: 9, width: 1 },
  { ground: "#f4e3f1", line: "#f4e3f1", angle: 0, step: 8, width: 0 },
];

/**
 * @param {string} name of a fill
 * @returns {Hatch|null} null for a fill that is not of certainty
 */
export function certaintyHatch(name) {
  const found = OWN.exec(name);
  return found ? HATCHES[Number(found[1]) - 1] : null;
}

/**
 * @param {string} name as given by `fillName`; of a flat colour only the ground is drawn
 * @param {Palette} palette
 * @returns {Hatch}
 */
export function hatchOf(name, palette) {
  const level = LEVEL_HATCHES[name];
  if (level) {
    const ground = palette.levels?.[level.at] ?? NOT_SCORED.ground;
    const line = level.at === 3 ? NOT_SCORED.line : lineOn(ground);
    return { ground, line, angle: level.angle, step: level.step, width: level.width };
  }
  if (name === "non_note") return { ...NOT_SCORED, angle: -45, step: 5, width: 1 };
  if (name === "secret") return { ...WITHHELD, angle: 90, step: 5, width: 1.4 };
  if (name === "sans_population") return { ...NO_POPULATION, angle: 0, step: 6, width: 2 };
  const own = certaintyHatch(name);
  if (own) return own;
  const ground = palette.classes[Number.parseInt(name, 10) - 1];
  return { ground, line: lineOn(ground), angle: 45, step: 6, width: 1.6 };
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
 * @param {string} ground
 * @returns {string} a line that stands out on it
 */
export function lineOn(ground) {
  return isDark(ground) ? LIGHT_LINE : DARK_LINE;
}

/**
 * Patterns of everything that is not a flat colour, to be put in the page once.
 * @param {Document} doc
 * @param {Palette} palette
 * @param {string} prefix
 * @returns {SVGElement}
 */
export function patternSheet(doc, palette, prefix) {
  // Not display: none, under which Firefox no longer draws the patterns.
  const sheet = svgElement(doc, "svg", {
    width: 0, height: 0, "aria-hidden": "true", class: "diagalim-patterns",
  });
  const estimated = palette.classes.map((_, k) => `${k + 1}-indicatif`);
  const levels = palette.levels ? Object.keys(LEVEL_HATCHES) : [];
  const names = [...levels, "non_note", "secret", "sans_population", ...estimated, ...CERTAINTY_FILLS];
  sheet.append(...names.map((name) => hatching(doc, `${prefix}-${name}`, hatchOf(name, palette))));
  return sheet;
}

/**
 * One pattern of parallel lines.
 * @type {(doc: Document, id: string, hatch: Hatch) => SVGElement}
 */
function hatching(doc, id, { ground, line, angle, step, width }) {
  const pattern = svgElement(doc, "pattern", {
    id,
    width: step,
    height: step,
    patternUnits: "userSpaceOnUse",
    patternTransform: `rotate(${angle})`,
  });
  pattern.append(
    svgElement(doc, "rect", { width: step, height: step, fill: ground }),
    svgElement(doc, "rect", { width, height: step, fill: line }),
  );
  return pattern;
}
