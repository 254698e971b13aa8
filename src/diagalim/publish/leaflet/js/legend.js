/** What do the colours mean, and how many IRIS have each? */
import { frenchNumber } from "./french.js";
import { element } from "./popup.js";
import { STATUS } from "./paint.js";

const SVG_SPACE = "http://www.w3.org/2000/svg";

/**
 * @param {Document} doc
 * @param {string} filling value of an SVG `fill`
 * @returns {SVGElement} a square filled as the polygons are
 */
export function swatch(doc, filling) {
  const square = doc.createElementNS(SVG_SPACE, "svg");
  square.setAttribute("class", "diagalim-swatch");
  square.setAttribute("aria-hidden", "true");
  const inside = doc.createElementNS(SVG_SPACE, "rect");
  inside.setAttribute("width", "100%");
  inside.setAttribute("height", "100%");
  inside.setAttribute("fill", filling);
  square.append(inside);
  return square;
}

/**
 * Rows of the legend: five classes, then what is estimated, not scored, without population.
 * @param {{class: (number|null)[], status: number[]}} data
 * @param {Record<string, any>} texts
 * @returns {{fill: string, label: string, count: number}[]} a class counts its hatched IRIS too
 */
export function legendRows(data, texts) {
  const number = (/** @type {(i: number) => boolean} */ of) =>
    data.status.filter((_, i) => of(i)).length;
  const scored = (/** @type {number} */ i) => data.status[i] < STATUS.non_note;
  const rows = texts.classes.map((/** @type {string} */ label, /** @type {number} */ k) => ({
    fill: String(k + 1),
    label,
    count: number((i) => scored(i) && data.class[i] === k + 1),
  }));
  for (const name of ["indicatif", "non_note", "sans_population"]) {
    const count = number((i) => data.status[i] === STATUS[name]);
    const filling = name === "indicatif" ? "3-indicatif" : name;
    if (count) rows.push({ fill: filling, label: texts[name], count });
  }
  return rows;
}

/**
 * @param {Document} doc
 * @param {Parameters<typeof legendRows>[0]} data
 * @param {Record<string, any>} texts
 * @param {(name: string) => string} fillFor
 * @param {boolean} open whether there is room to show it unfolded
 * @returns {HTMLElement}
 */
export function legend(doc, data, texts, fillFor, open) {
  const box = /** @type {HTMLDetailsElement} */ (element(doc, "details", "diagalim-legend"));
  box.open = open;
  box.append(element(doc, "summary", "", texts.legend));
  const list = element(doc, "ul", "");
  list.append(...legendRows(data, texts).map((row) => {
    const item = element(doc, "li", "");
    item.append(
      swatch(doc, fillFor(row.fill)),
      element(doc, "span", "diagalim-legend-label", row.label),
      element(doc, "span", "diagalim-legend-count", frenchNumber(row.count)),
    );
    return item;
  }));
  box.append(list, element(doc, "p", "diagalim-legend-note", texts.legend_note));
  return box;
}
