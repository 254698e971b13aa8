/** What are the controls made of? A button, a box to tick, a list and what it offers. */
import { element } from "../draw/element.js";

/**
 * @param {Document} doc
 * @param {string} text
 * @param {() => void} done
 * @returns {HTMLButtonElement}
 */
export function button(doc, text, done) {
  const node = /** @type {HTMLButtonElement} */ (element(doc, "button", "diagalim-button", text));
  node.type = "button";
  node.addEventListener("click", done);
  return node;
}

/**
 * @param {Document} doc
 * @param {string} text
 * @param {(on: boolean) => void} done
 * @returns {{line: HTMLElement, box: HTMLInputElement}} the box, in the line that names it
 */
export function checkbox(doc, text, done) {
  const line = element(doc, "label", "diagalim-toggle");
  const box = /** @type {HTMLInputElement} */ (element(doc, "input", ""));
  box.type = "checkbox";
  box.addEventListener("change", () => done(box.checked));
  line.append(box, element(doc, "span", "", text));
  return { line, box };
}

/**
 * @param {Document} doc
 * @param {string} text
 * @param {string} id
 * @returns {{field: HTMLElement, select: HTMLSelectElement}} an empty list, under its name
 */
export function choiceList(doc, text, id) {
  const field = element(doc, "div", "diagalim-field");
  const label = element(doc, "label", "", text);
  const select = /** @type {HTMLSelectElement} */ (element(doc, "select", ""));
  select.id = id;
  label.setAttribute("for", id);
  field.append(label, select);
  return { field, select };
}

/**
 * @param {Document} doc
 * @param {string} value
 * @param {string} text
 * @returns {HTMLElement}
 */
export function option(doc, value, text) {
  const node = element(doc, "option", "", text);
  node.setAttribute("value", value);
  return node;
}
