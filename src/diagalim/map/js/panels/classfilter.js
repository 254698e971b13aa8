/**
 * How does the reader leave IRIS out, by class and by certainty? What they see is decided in
 * `filters.js`, for the map and the table alike.
 *
 * @typedef {import("../data/filters.js").Filter} Filter
 */
import { element } from "../draw/element.js";
import { checkbox, option } from "./controls.js";

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
    const { line, box } = checkbox(doc, name, () => {
      chosen({ hidden: boxes.filter((one) => !one.checked).map((one) => one.value) });
    });
    box.checked = true;
    box.value = k < texts.classes.length ? String(k + 1) : "0";
    root.append(line);
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
  select.append(...["", ...known].map((word) => option(doc, word, word || texts.all_certainties)));
  select.addEventListener("change", () => chosen(select.value || null));
  label.append(select);
  return label;
}
