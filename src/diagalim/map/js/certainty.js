/**
 * How sure is what the map says? The word of certainty of each IRIS, or the width of the interval
 * of its rank, in colours of their own: a reader must not take them for classes of risk. Each has
 * its lines too, so that nothing rests on colour alone.
 *
 * @typedef {import("./colouring.js").Colouring} Colouring
 * @typedef {{ground: string, line: string, angle: number, step: number, width: number}} Hatch
 */
import { fill, frenchNumber } from "./french.js";

/** Prefix of the fills of this module; `certitude-1` is the surest to be exposed, or the widest. */
const OWN = /^certitude-(\d)$/;
const [WHITE, INK] = ["#ffffff", "#2c1236"];
const STATUS_NOTE = 0;
const STATUS_MISSING = 2;
const STATUS_EMPTY = 3;

/** Dark and plain, then lighter and lined, pale and plain: in grey they keep their order. @type {Hatch[]} */
const HATCHES = [
  { ground: "#3f1a52", line: "#3f1a52", angle: 0, step: 8, width: 0 },
  { ground: "#7b3f8c", line: WHITE, angle: 45, step: 8, width: 1.4 },
  { ground: "#b57fbf", line: INK, angle: 90, step: 5, width: 1.5 },
  { ground: "#dcb8de", line: INK, angle: -45, step: 9, width: 1 },
  { ground: "#f4e3f1", line: "#f4e3f1", angle: 0, step: 8, width: 0 },
];

/** Names of the fills of this module, first the darkest. */
export const CERTAINTY_FILLS = HATCHES.map((_, k) => `certitude-${k + 1}`);

/**
 * @param {string} name of a fill
 * @returns {Hatch|null} null for a fill that is not of this module
 */
export function certaintyHatch(name) {
  const found = OWN.exec(name);
  return found ? HATCHES[Number(found[1]) - 1] : null;
}

/**
 * @param {any} data published columns
 * @param {Record<string, any>} texts
 * @returns {{id: string, label: string, group: string}[]} what the data let a reader choose
 */
export function certaintyChoices(data, texts) {
  const group = texts.colour_certainties;
  const choices = [];
  if (data.words) choices.push({ id: "certitude", label: texts.certainty, group });
  if (data.low && data.high) choices.push({ id: "intervalle", label: texts.colour_interval, group });
  return choices;
}

/**
 * @param {any} data published columns: new weights have no certainty
 * @param {string} id of `certaintyChoices`
 * @param {Record<string, any>} texts
 * @returns {Colouring|null} null when the id is not of this module
 */
export function certaintyColouring(data, id, texts) {
  if (id === "certitude" && data.words) {
    const place = (/** @type {string|null} */ word) => texts.certainty_words.indexOf(word) + 1 || null;
    return colouring(data, data.words.map(place), texts, {
      labels: texts.certainty_labels,
      title: texts.legend_certainty,
      note: texts.legend_note_certainty,
    });
  }
  if (id === "intervalle" && data.low && data.high) {
    const widths = intervalWidths(data);
    const classes = fifths(widths);
    return colouring(data, classes, texts, {
      labels: CERTAINTY_FILLS.map((_, k) => span(widths.filter((__, i) => classes[i] === k + 1), texts)),
      title: texts.legend_interval,
      note: texts.legend_note_interval,
    });
  }
  return null;
}

/**
 * @param {{low: (number|null)[], high: (number|null)[]}} data
 * @returns {(number|null)[]} ranks between the two ends of each interval
 */
export function intervalWidths(data) {
  return data.low.map((low, i) => {
    const high = data.high[i];
    return low == null || high == null ? null : high - low;
  });
}

/**
 * @param {(number|null)[]} widths
 * @returns {(number|null)[]} 1 for the widest fifth to 5 for the narrowest; equal widths together
 */
function fifths(widths) {
  const known = /** @type {number[]} */ (widths.filter((width) => width != null)).sort((a, b) => b - a);
  return widths.map((width) => (
    width == null ? null : Math.min(5, 1 + Math.floor((5 * known.indexOf(width)) / known.length))));
}

/** @param {(number|null)[]} widths @param {Record<string, any>} texts @returns {string} */
function span(widths, texts) {
  if (!widths.length) return "–";
  const [low, high] = [Math.min, Math.max].map((of) => frenchNumber(of(.../** @type {number[]} */ (widths))));
  return fill(texts.interval_span, { bas: low, haut: high });
}

/**
 * @param {any} data
 * @param {(number|null)[]} classes
 * @param {Record<string, any>} texts
 * @param {{labels: string[], title: string, note: string}} said
 * @returns {Colouring}
 */
function colouring(data, classes, texts, said) {
  return {
    ...said,
    class: classes,
    status: classes.map((one, i) => {
      if (data.status[i] === STATUS_EMPTY) return STATUS_EMPTY;
      return one == null ? STATUS_MISSING : STATUS_NOTE;
    }),
    fills: CERTAINTY_FILLS,
    secret: data.secret,
    hatched: "",
    missing: texts.non_note,
  };
}
