/**
 * How sure is what the map says? The word of certainty of each IRIS, or the width of the interval
 * of its rank, with fills of their own: a reader must not take them for classes of risk.
 *
 * @typedef {import("../data/columns.js").Colouring} Colouring
 */
import { STATUS } from "../data/columns.js";
import { fill, frenchNumber } from "../data/french.js";

/** Names of the fills of this module, the surest to be exposed or the widest interval first. */
export const CERTAINTY_FILLS = [1, 2, 3, 4, 5].map((place) => `certitude-${place}`);

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
      if (data.status[i] === STATUS.sans_population) return STATUS.sans_population;
      return one == null ? STATUS.non_note : STATUS.note;
    }),
    fills: CERTAINTY_FILLS,
    secret: data.secret,
    hatched: "",
    missing: texts.non_note,
  };
}
