/**
 * Which IRIS does the reader want to see? Class, commune, intercommunalité and certainty; the map
 * fades the others, the table hides them, and both always keep the same ones.
 *
 * @typedef {{hidden: string[], commune: number|null, epci: number|null, word: string|null}} Filter
 */
import { element } from "./popup.js";
import { STATUS } from "./paint.js";

/** @type {Filter} */
export const NO_FILTER = { hidden: [], commune: null, epci: null, word: null };

/**
 * @param {any} data columns shown
 * @param {Filter} filter
 * @returns {boolean[]} whether each IRIS passes
 */
export function passing(data, filter) {
  const hidden = new Set(filter.hidden);
  return data.code.map((/** @type {string} */ _, /** @type {number} */ i) => (
    !hidden.has(groupOf(data, i))
    && (filter.commune == null || data.commune[i] === filter.commune)
    && (filter.epci == null || data.epci?.[i] === filter.epci)
    && (filter.word == null || data.words?.[i] === filter.word)
  ));
}

/**
 * @param {any} data
 * @param {number} i
 * @returns {string} "1" to "5", or "0" where there is no score
 */
export function groupOf(data, i) {
  return data.status[i] < STATUS.non_note && data.class[i] != null ? String(data.class[i]) : "0";
}

/**
 * @param {Document} doc
 * @param {any} data
 * @param {Record<string, any>} texts
 * @param {(change: Partial<Filter>) => void} chosen
 * @returns {{root: HTMLElement, show: (filter: Filter) => void}}
 */
export function classFilter(doc, data, texts, chosen) {
  const root = element(doc, "fieldset", "diagalim-classes");
  root.append(element(doc, "legend", "", texts.filter_classes));
  const names = [...texts.classes, texts.non_note];
  const boxes = names.map((name, k) => {
    const label = element(doc, "label", "diagalim-toggle");
    const box = /** @type {HTMLInputElement} */ (element(doc, "input", ""));
    box.type = "checkbox";
    box.checked = true;
    box.value = k < texts.classes.length ? String(k + 1) : "0";
    box.addEventListener("change", () => {
      chosen({ hidden: boxes.filter((one) => !one.checked).map((one) => one.value) });
    });
    label.append(box, element(doc, "span", "", name));
    root.append(label);
    return box;
  });
  const words = certainty(doc, data, texts, (word) => chosen({ word }));
  if (words) root.append(words);
  return {
    root,
    show(filter) {
      for (const box of boxes) box.checked = !filter.hidden.includes(box.value);
      const word = words?.querySelector("select");
      if (word) word.value = filter.word ?? "";
    },
  };
}

/**
 * Where the chapter says how certain each rank is, in words.
 * @type {(doc: Document, data: any, texts: Record<string, any>,
 *   chosen: (word: string|null) => void) => HTMLElement|null}
 */
function certainty(doc, data, texts, chosen) {
  if (!data.words) return null;
  const label = element(doc, "label", "diagalim-field", texts.filter_certainty);
  const select = /** @type {HTMLSelectElement} */ (element(doc, "select", ""));
  const order = texts.certainty_words ?? [];
  const known = [...new Set(data.words)].filter(Boolean).sort((a, b) => order.indexOf(a) - order.indexOf(b));
  for (const word of ["", ...known]) {
    const option = element(doc, "option", "", word || texts.all_certainties);
    option.setAttribute("value", word);
    select.append(option);
  }
  select.addEventListener("change", () => chosen(select.value || null));
  label.append(select);
  return label;
}
