/**
 * What does the map draw, and where does it go? Colours and places to jump to stand above the map,
 * circles and borders under it.
 */
import { element } from "../draw/element.js";
import { button, checkbox, choiceList, option } from "./controls.js";

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
  const { field, select } = choiceList(doc, texts.colour, `${prefix}-colour`);
  for (const group of new Set(colours.map((one) => one.group))) {
    const own = colours.filter((one) => one.group === group).map(({ id, label }) => option(doc, id, label));
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
    const { line, box } = checkbox(doc, text, done);
    box.checked = on;
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
 * @param {Record<string, any>} texts
 * @param {(on: boolean) => void} chosen
 * @param {string} prefix
 * @returns {HTMLElement} the switch and what it entails
 */
export function basemapSwitch(doc, texts, chosen, prefix) {
  const root = element(doc, "div", "diagalim-basemap");
  const { line, box } = checkbox(doc, texts.basemap, chosen);
  const warning = element(doc, "p", "diagalim-basemap-note", texts.basemap_note);
  warning.id = `${prefix}-basemap`;
  box.autocomplete = "off";
  box.setAttribute("aria-describedby", warning.id);
  root.append(line, warning);
  return root;
}
