/**
 * What is a commune or an intercommunalité made of, beside another? Two columns of the same counts:
 * nothing is estimated here, and people living in the highest class are exposed, not poor.
 */
import { groupOf } from "../data/filters.js";
import { fill, frenchNumber } from "../data/french.js";
import { placesOf } from "../data/places.js";
import { element } from "../draw/element.js";
import { medianOf } from "../score/score.js";
import { choiceList, option } from "./controls.js";

/**
 * @param {any} data columns shown
 * @param {boolean[]} inside which IRIS
 * @param {Float64Array[]} dimensions score of each IRIS in each dimension
 * @returns {{iris: number, scored: number, population: number, top: number, exposed: number,
 *   dimensions: number[]}} `top` IRIS in the highest class, `exposed` people living there; medians
 *   of dimensions over the scored IRIS
 */
export function summaryOf(data, inside, dimensions) {
  const total = { iris: 0, scored: 0, population: 0, top: 0, exposed: 0 };
  const highest = String(Math.max(...data.class.map((/** @type {number|null} */ c) => c ?? 0)));
  const counted = new Float64Array(inside.length).fill(NaN);
  inside.forEach((kept, i) => {
    if (!kept) return;
    const people = data.population[i] ?? 0;
    const group = groupOf(data, i);
    total.iris += 1;
    total.population += people;
    if (group !== "0") {
      total.scored += 1;
      counted[i] = 1;
    }
    if (group === highest) {
      total.top += 1;
      total.exposed += people;
    }
  });
  return { ...total, dimensions: dimensions.map((column) => medianOf(column, counted)) };
}

/**
 * @param {Document} doc
 * @param {any} data published columns
 * @param {string[]} dimensionLabels
 * @param {Record<string, any>} texts
 * @param {(place: string) => void} compared name of the second column's place, see `placesOf`
 * @param {string} prefix
 * @returns {{root: HTMLElement, fill: (first: Place, second: Place) => void,
 *   show: (place: string) => void}}
 * @typedef {{name: string, summary: ReturnType<typeof summaryOf>}} Place
 */
export function summaryTable(doc, data, dimensionLabels, texts, compared, prefix) {
  const root = /** @type {HTMLDetailsElement} */ (element(doc, "details", "diagalim-summary"));
  root.append(element(doc, "summary", "", texts.summary));
  const { field, select } = choiceList(doc, texts.summary_beside, `${prefix}-beside`);
  select.append(...placesOf(data, texts).map(({ id, name }) => option(doc, id, name)));
  select.addEventListener("change", () => compared(select.value));
  const frame = element(doc, "div", "diagalim-summary-frame");
  // On a phone the table is wider than its frame: the keyboard must be able to move it.
  const reached = { tabindex: "0", role: "region", "aria-label": texts.summary };
  for (const [name, value] of Object.entries(reached)) frame.setAttribute(name, value);
  root.append(field, frame, element(doc, "p", "diagalim-weights-help", texts.summary_help));
  return {
    root,
    fill(first, second) {
      const places = first.name === second.name ? [first] : [first, second];
      frame.replaceChildren(summaryRows(doc, places, dimensionLabels, texts));
    },
    show(place) { select.value = place; },
  };
}

/** @type {(doc: Document, places: Place[], dimensionLabels: string[],
 *   texts: Record<string, any>) => HTMLElement} */
function summaryRows(doc, places, dimensionLabels, texts) {
  const table = element(doc, "table", "");
  table.append(element(doc, "caption", "", texts.summary));
  const head = element(doc, "tr", "");
  head.append(element(doc, "td", ""), ...places.map(({ name }) => header(doc, "col", name)));
  const part = (/** @type {Place["summary"]} */ s) => (s.population ? frenchNumber((100 * s.exposed) / s.population) : "–");
  /** @type {[string, (s: Place["summary"]) => string][]} */
  const rows = [
    [texts.summary_iris, (s) => frenchNumber(s.iris)],
    [texts.summary_scored, (s) => frenchNumber(s.scored)],
    [texts.population, (s) => frenchNumber(s.population)],
    [texts.summary_top, (s) => frenchNumber(s.top)],
    [texts.summary_exposed, (s) => fill(texts.summary_part, { n: frenchNumber(s.exposed), part: part(s) })],
    ...dimensionLabels.map((name, d) => /** @type {[string, (s: Place["summary"]) => string]} */ ([
      fill(texts.summary_dimension, { nom: name }),
      (s) => (Number.isNaN(s.dimensions[d]) ? "–" : frenchNumber(s.dimensions[d])),
    ])),
  ];
  const heading = element(doc, "thead", "");
  heading.append(head);
  const body = element(doc, "tbody", "");
  for (const [name, said] of rows) {
    const row = element(doc, "tr", "");
    row.append(header(doc, "row", name), ...places.map(({ summary }) => element(doc, "td", "", said(summary))));
    body.append(row);
  }
  table.append(heading, body);
  return table;
}

/** @type {(doc: Document, scope: string, text: string) => HTMLElement} */
function header(doc, scope, text) {
  const cell = element(doc, "th", "", text);
  cell.setAttribute("scope", scope);
  return cell;
}
