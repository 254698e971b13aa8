/**
 * Which weights would the reader rather give? One slider a dimension, those of its indicators
 * behind a fold, and always the way back to the published ones. What a slider says is the share of
 * the whole score: only the ratios of weights count.
 *
 * @typedef {import("../score/score.js").Sent} Sent
 * @typedef {import("../score/score.js").Weights} Weights
 */
import { fill, frenchNumber } from "../data/french.js";
import { element, retext } from "../draw/element.js";
import { SIDES, publishedWeights, whyNoScore } from "../score/score.js";
import { button } from "./controls.js";

/** A weight goes up to this many times the largest published one. */
const REACH = 3;
const STEPS = 20;

/**
 * @param {Document} doc
 * @param {Sent} sent
 * @param {Record<string, any>} texts
 * @param {(weights: Weights|null) => void} chosen null for the published weights
 * @param {string} prefix of the ids, one a map
 * @returns {{root: HTMLDetailsElement, show: (weights: Weights|null) => void,
 *   say: (line: string) => void}} `show` sets the sliders, `say` tells what moved
 */
export function weightsPanel(doc, sent, texts, chosen, prefix) {
  const published = publishedWeights(sent);
  let now = copied(published);
  const root = /** @type {HTMLDetailsElement} */ (element(doc, "details", "diagalim-weights"));
  root.append(element(doc, "summary", "", texts.weights));
  root.append(element(doc, "p", "diagalim-weights-help", texts.weights_help));
  /** @type {{side: "dimensions"|"indicators", at: number, input: any, output: any}[]} */
  const sliders = [];
  const list = element(doc, "div", "diagalim-weights-list");
  sent.dimensions.forEach((dimension, d) => {
    const group = element(doc, "div", "diagalim-weights-group");
    group.append(slider("dimensions", d, dimension.label));
    const own = sent.indicators.map((_, j) => j).filter((j) => sent.indicators[j].dimension === d);
    if (own.length > 1) {
      const inner = element(doc, "details", "");
      const summary = element(doc, "summary", "", texts.weights_inside);
      // Five folds of the same name would be told apart by sight only.
      summary.append(element(doc, "span", "diagalim-spoken", `\u00a0: ${dimension.label}`));
      inner.append(summary, ...own.map((j) => slider("indicators", j, sent.indicators[j].label)));
      group.append(inner);
    }
    list.append(group);
  });
  const back = button(doc, texts.weights_back, () => { show(null); chosen(null); });
  const moved = element(doc, "p", "diagalim-moved");
  root.append(moved, list, back);
  show(null);

  /** @type {(side: "dimensions"|"indicators", at: number, text: string) => HTMLElement} */
  function slider(side, at, text) {
    const field = element(doc, "p", "diagalim-slider");
    const label = element(doc, "label", "", text);
    const input = /** @type {HTMLInputElement} */ (element(doc, "input", ""));
    const output = element(doc, "output", "");
    input.id = `${prefix}-${side}-${at}`;
    const most = REACH * (Math.max(...published[side]) || 1);
    const attributes = { type: "range", min: 0, max: most, step: "any" };
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, String(value));
    label.setAttribute("for", input.id);
    output.setAttribute("for", input.id);
    input.addEventListener("input", () => {
      const asked = copied(now);
      asked[side][at] = onStep(Number(input.value), most / REACH / STEPS);
      const wrong = whyNoScore(sent, asked);
      if (wrong) {
        input.value = String(now[side][at]);
        say(texts[`weights_${wrong}`]);
        return;
      }
      now = asked;
      labelAll();
      chosen(isPublished() ? null : copied(now));
    });
    field.append(label, input, output);
    sliders.push({ side, at, input, output });
    return field;
  }

  function labelAll() {
    const shares = sharesOf(sent, now);
    for (const { side, at, input, output } of sliders) {
      const share = `${frenchNumber(100 * shares[side][at])}\u00a0%`;
      retext(output, share);
      input.setAttribute("aria-valuetext", fill(texts.weight_spoken, { part: share }));
    }
    back.disabled = isPublished();
  }

  function isPublished() {
    return SIDES.every((side) => (
      now[side].every((weight, at) => weight === published[side][at])
    ));
  }

  /** @type {(weights: Weights|null) => void} */
  function show(weights) {
    now = copied(weights ?? published);
    for (const { side, at, input } of sliders) input.value = String(now[side][at]);
    labelAll();
  }

  /** @type {(line: string) => void} */
  function say(line) {
    retext(moved, line);
  }

  return { root, show, say };
}

/**
 * @param {Sent} sent
 * @param {Weights} weights
 * @returns {Weights} the share of each dimension and indicator in a score where all is known
 */
export function sharesOf(sent, weights) {
  const inner = sent.dimensions.map((_, d) => weights.indicators.reduce(
    (sum, weight, j) => sum + (sent.indicators[j].dimension === d ? weight : 0), 0));
  const counted = weights.dimensions.map((weight, d) => (inner[d] > 0 ? weight : 0));
  const total = counted.reduce((sum, weight) => sum + weight, 0) || 1;
  const dimensions = counted.map((weight) => weight / total);
  const indicators = weights.indicators.map((weight, j) => {
    const d = sent.indicators[j].dimension;
    return inner[d] > 0 ? (dimensions[d] * weight) / inner[d] : 0;
  });
  return { dimensions, indicators };
}

/** @type {(weights: Weights) => Weights} */
function copied(weights) {
  return { dimensions: [...weights.dimensions], indicators: [...weights.indicators] };
}

/**
 * Rounded to a step, and to what the address of the page can hold.
 * @type {(value: number, step: number) => number}
 */
function onStep(value, step) {
  return Number((Math.round(value / step) * step).toFixed(4));
}
