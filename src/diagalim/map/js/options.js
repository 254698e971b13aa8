/**
 * What does the map draw, and where does it go? Colours and places to jump to stand above the map,
 * circles and borders under it.
 */
import { element } from "./popup.js";

/**
 * @param {Document} doc
 * @param {{id: string, label: string, group: string}[]} colours from `colourings`
 * @param {{jumps: string[], epci: boolean}} offered
 * @param {Record<string, any>} texts
 * @param {{colour: (id: string) => void, circles: (on: boolean) => void,
 *   communes: (on: boolean) => void, epci: (on: boolean) => void, jump: (at: number) => void}} chosen
 * @param {string} prefix
 * @returns {{root: HTMLElement, colour: HTMLElement|null, places: HTMLElement|null, show: (state: {colour: string, circles: boolean,
 *   communes: boolean, epcis: boolean}) => void}}
 */
export function optionsBar(doc, colours, offered, texts, chosen, prefix) {
  const root = element(doc, "div", "diagalim-options");
  const field = element(doc, "div", "diagalim-field");
  const label = element(doc, "label", "", texts.colour);
  const select = /** @type {HTMLSelectElement} */ (element(doc, "select", ""));
  select.id = `${prefix}-colour`;
  label.setAttribute("for", select.id);
  for (const group of new Set(colours.map((one) => one.group))) {
    const own = colours.filter((one) => one.group === group).map(({ id, label: text }) => {
      const option = element(doc, "option", "", text);
      option.setAttribute("value", id);
      return option;
    });
    if (!group) {
      select.append(...own);
      continue;
    }
    const box = element(doc, "optgroup", "");
    box.setAttribute("label", group);
    box.append(...own);
    select.append(box);
  }
  select.addEventListener("change", () => chosen.colour(select.value));
  field.append(label, select);
  const circles = toggle(texts.circles, false, chosen.circles);
  const communes = toggle(texts.outlines, true, chosen.communes);
  const epcis = offered.epci ? toggle(texts.outlines_epci, false, chosen.epci) : null;
  const places = element(doc, "div", "diagalim-jumps");
  places.setAttribute("role", "group");
  places.setAttribute("aria-label", texts.jump);
  const reached = offered.jumps.length ? [texts.jump_whole, ...offered.jumps] : [];
  places.append(...reached.map((name, k) => button(doc, name, () => chosen.jump(k - 1))));

  /** @type {(text: string, on: boolean, done: (on: boolean) => void) => HTMLInputElement} */
  function toggle(text, on, done) {
    const line = element(doc, "label", "diagalim-toggle");
    const box = /** @type {HTMLInputElement} */ (element(doc, "input", ""));
    box.type = "checkbox";
    box.checked = on;
    box.addEventListener("change", () => done(box.checked));
    line.append(box, element(doc, "span", "", text));
    root.append(line);
    return box;
  }

  return {
    root,
    colour: colours.length > 1 ? field : null,
    places: reached.length ? places : null,
    show(state) {
      select.value = state.colour;
      circles.checked = state.circles;
      communes.checked = state.communes;
      if (epcis) epcis.checked = state.epcis;
    },
  };
}

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
