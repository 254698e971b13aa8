/** What do the colours mean, and how many IRIS have each? */
import { STATUS } from "../data/columns.js";
import { frenchNumber } from "../data/french.js";
import { element, retext, svgElement } from "./element.js";

/**
 * @param {Document} doc
 * @param {string} filling value of an SVG `fill`
 * @returns {SVGElement} a square filled as the polygons are
 */
export function swatch(doc, filling) {
  const square = svgElement(doc, "svg", { class: "diagalim-swatch", "aria-hidden": "true" });
  square.append(svgElement(doc, "rect", { width: "100%", height: "100%", fill: filling }));
  return square;
}

/**
 * Rows of the legend: five classes, then what is estimated, not known, without population.
 * @param {{class: (number|null)[], status: number[], labels?: string[], hatched?: string,
 *   missing?: string, fills?: string[], secret?: boolean[],
 *   rows?: {fill: string, label: string, count: number}[]}} colouring
 * @param {Record<string, any>} texts
 * @returns {{fill: string, label: string, count: number}[]} a class counts its hatched IRIS too
 */
export function legendRows(colouring, texts) {
  if (colouring.rows) return colouring.rows;
  const classes = texts.classes.map(() => 0);
  /** @type {Record<string, number>} */
  const states = { note: 0, indicatif: 0, secret: 0, non_note: 0, sans_population: 0 };
  const names = Object.keys(STATUS);
  colouring.status.forEach((status, i) => {
    states[status === STATUS.non_note && colouring.secret?.[i] ? "secret" : names[status]] += 1;
    const rank = colouring.class[i];
    if (status < STATUS.non_note && rank != null) classes[rank - 1] += 1;
  });
  const labels = colouring.labels ?? texts.classes;
  const rows = classes.map((/** @type {number} */ count, /** @type {number} */ k) => (
    { fill: colouring.fills?.[k] ?? String(k + 1), label: labels[k], count }));
  for (const name of /** @type {const} */ (["indicatif", "secret", "non_note", "sans_population"])) {
    const count = states[name];
    const filling = name === "indicatif" ? "3-indicatif" : name;
    const other = states.secret ? texts.non_note_other : colouring.missing;
    const own = { indicatif: colouring.hatched, secret: undefined, non_note: other, sans_population: undefined }[name];
    const label = own ?? texts[name];
    if (count) rows.push({ fill: filling, label, count });
  }
  return rows;
}

/**
 * @param {Document} doc
 * @param {Parameters<typeof legendRows>[0] & {title?: string, note?: string, caution?: string}} colouring
 * @param {Record<string, any>} texts
 * @param {(name: string) => string} fillFor
 * @param {boolean} open whether there is room to show it unfolded
 * @returns {HTMLElement}
 */
export function legend(doc, colouring, texts, fillFor, open) {
  const box = /** @type {HTMLDetailsElement} */ (element(doc, "details", "diagalim-legend"));
  box.open = open;
  const list = element(doc, "ul", "");
  box.append(
    element(doc, "summary", "", colouring.title ?? texts.legend), list,
    element(doc, "p", "diagalim-legend-note diagalim-legend-what", colouring.note ?? texts.legend_note),
    element(doc, "p", "diagalim-legend-note", texts.legend_caution),
  );
  fillLegend(doc, box, colouring, texts, fillFor);
  return box;
}

/**
 * Say the present classes and counts in a legend that stands: it stays open, and keeps the focus.
 * @param {Document} doc
 * @param {any} box from `legend`
 * @param {Parameters<typeof legend>[1]} colouring
 * @param {Record<string, any>} texts
 * @param {(name: string) => string} fillFor
 */
export function fillLegend(doc, box, colouring, texts, fillFor) {
  const [summary, list, note, caution] = box.children;
  retext(caution, colouring.caution ?? texts.legend_caution);
  retext(summary, colouring.title ?? texts.legend);
  retext(note, colouring.note ?? texts.legend_note);
  const rows = legendRows(colouring, texts);
  const fills = rows.map((row) => row.fill).join();
  if (list.fills !== fills) {
    list.fills = fills;
    list.replaceChildren(...rows.map((row) => {
      const item = element(doc, "li", "");
      const [label, count] = ["label", "count"].map((part) => element(doc, "span", `diagalim-legend-${part}`));
      item.append(swatch(doc, fillFor(row.fill)), label, count);
      return item;
    }));
  }
  rows.forEach((row, k) => {
    const [, label, count] = list.children[k].children;
    retext(label, row.label);
    retext(count, frenchNumber(row.count));
  });
}

const PHONE = "(max-width: 700px)";

/**
 * Put the legend in its corner, before the view is chosen: the territory stands beside it.
 * @param {import("./scene.js").Scene} scene
 */
export function placeLegend(scene) {
  const { map, doc, colouring, texts, fillFor } = scene;
  const phone = () => doc.defaultView.matchMedia(PHONE).matches;
  const box = legend(doc, colouring, texts, fillFor, !phone());
  box.classList.add("leaflet-control");
  // A click on the legend must not close a sheet or zoom the map below it.
  for (const kind of ["click", "dblclick", "pointerdown", "mousedown", "touchstart"]) {
    box.addEventListener(kind, (event) => event.stopPropagation());
  }
  // A phone has no room for both: the sheet that the reader asks for comes first.
  map.on("popupopen", () => { if (phone()) box.removeAttribute("open"); });
  map.getContainer().querySelector(".leaflet-bottom.leaflet-left").prepend(box);
}
