/**
 * What is a commune or an intercommunalité made of, beside another? Two columns of the same counts:
 * nothing is estimated here, and people living in the highest class are exposed, not poor.
 */
import { fill, frenchNumber, frenchOrder } from "./french.js";
import { groupOf } from "./filters.js";
import { element } from "./popup.js";
import { medianOf } from "./score.js";

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
  const field = element(doc, "div", "diagalim-field");
  const label = element(doc, "label", "", texts.summary_beside);
  const select = /** @type {HTMLSelectElement} */ (element(doc, "select", ""));
  select.id = `${prefix}-beside`;
  label.setAttribute("for", select.id);
  for (const { id, name } of placesOf(data, texts)) {
    const option = element(doc, "option", "", name);
    option.setAttribute("value", id);
    select.append(option);
  }
  select.addEventListener("change", () => compared(select.value));
  field.append(label, select);
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

/**
 * @param {any} data
 * @param {Record<string, any>} texts
 * @returns {{id: string, name: string}[]} the whole, each EPCI, each commune
 */
export function placesOf(data, texts) {
  const named = (/** @type {string} */ kind, /** @type {string[]} */ names) => (
    frenchOrder(names).map((at) => ({ id: `${kind}${at}`, name: names[at] })));
  return [{ id: "", name: texts.all_communes }, ...named("e", data.epcis ?? []), ...named("c", data.communes)];
}

/**
 * @param {any} data
 * @param {string} place id of `placesOf`
 * @returns {boolean[]}
 */
export function insidePlace(data, place) {
  const at = Number(place.slice(1));
  return data.code.map((/** @type {string} */ _, /** @type {number} */ i) => (
    !place || (place[0] === "e" ? data.epci[i] === at : data.commune[i] === at)));
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
