/**
 * What is said of a site of aid on the map, and of those that no scale parts? Names from the data go
 * in as text.
 *
 * @typedef {import("../data/sites.js").Sites} Sites
 */
import { counted } from "../data/french.js";
import { saidOf } from "../data/sites.js";
import { element } from "./element.js";
import { roomFor } from "./framing.js";
import { symbol } from "./symbols.js";

/**
 * @param {Sites} sites
 * @param {number} k
 * @param {Record<string, any>} texts
 * @returns {[string, string][]} what is said of a site under its name, in reading order
 */
export function siteFacts(sites, k, texts) {
  return [
    [texts.aid_hours, saidOf(sites, k, "horaires")],
    [texts.aid_access, saidOf(sites, k, "acces")],
    [texts.aid_tension, saidOf(sites, k, "tension")],
    [texts.aid_checked, saidOf(sites, k, "verifie")],
    [texts.aid_tool, saidOf(sites, k, "outil")],
  ];
}

/**
 * @param {Document} doc
 * @param {Sites} sites
 * @param {number} k
 * @param {Record<string, any>} texts
 * @returns {HTMLElement} names from the data go in as text
 */
export function siteContent(doc, sites, k, texts) {
  const root = element(doc, "div", "diagalim-aid-sheet");
  const title = element(doc, "p", "diagalim-sheet-state");
  title.append(symbol(doc, sites.groups[sites.group[k]], sites.days[k] !== 0), element(doc, "span", "diagalim-aid-name", sites.name[k]));
  root.append(element(doc, "p", "diagalim-aid-warning", texts.aid_not_directory), title,
    element(doc, "p", "diagalim-sheet-place", `${saidOf(sites, k, "type")} · ${saidOf(sites, k, "lieu")}`));
  for (const [label, value] of siteFacts(sites, k, texts)) {
    const line = element(doc, "p", "diagalim-aid-fact");
    line.append(element(doc, "b", "", `${label}\u00a0:`), " ", element(doc, "span", "", value));
    root.append(line);
  }
  return root;
}

/**
 * @param {Sites} sites
 * @param {number} k
 * @param {Record<string, any>} texts
 * @returns {string}
 */
export function spokenSite(sites, k, texts) {
  const facts = siteFacts(sites, k, texts).map(([label, value]) => `${label}\u00a0: ${value}`);
  return [sites.name[k], saidOf(sites, k, "type"), saidOf(sites, k, "lieu"), ...facts].join(". ");
}

/**
 * Open the sheet of a site.
 * @param {import("./scene.js").Scene} scene
 * @param {number} k
 */
export function openSite(scene, k) {
  const { offer: { sites }, texts, doc, spoken } = scene;
  show(scene, k, siteContent(doc, sites, k, texts));
  spoken.textContent = [texts.aid_not_directory, spokenSite(sites, k, texts)].join(" ");
}

/** @type {(scene: import("./scene.js").Scene, members: number[], keys: boolean) => void} */
export function openList(scene, members, keys) {
  const { doc, offer: { sites }, texts } = scene;
  const root = element(doc, "div", "diagalim-aid-sheet");
  const list = element(doc, "ul", "diagalim-aid-list");
  const title = counted(texts.aid_here, members.length);
  root.append(element(doc, "p", "diagalim-aid-warning", texts.aid_not_directory),
    element(doc, "p", "diagalim-sheet-leading", title), list);
  list.append(...members.map((k) => {
    const item = element(doc, "li", "");
    const choice = element(doc, "button", "diagalim-button");
    choice.setAttribute("type", "button");
    choice.append(symbol(doc, sites.groups[sites.group[k]], sites.days[k] !== 0),
      element(doc, "span", "diagalim-aid-name", `${sites.name[k]}, ${saidOf(sites, k, "type")}`));
    choice.addEventListener("click", () => {
      openSite(scene, k);
      if (keys) focusPopup(scene);
    });
    item.append(choice);
    return item;
  }));
  show(scene, members[0], root);
  scene.spoken.textContent = title;
}

/** @type {(scene: import("./scene.js").Scene, k: number, content: HTMLElement) => void} */
function show(scene, k, content) {
  scene.map.openPopup(content, scene.offer.sites.point[k], roomFor(scene, 250));
}

/** @type {(scene: import("./scene.js").Scene) => void} */
export function focusPopup({ map }) {
  // The last one: the sheet that it replaces is still there while it fades.
  const content = [...map.getContainer().querySelectorAll(".leaflet-popup-content")].at(-1);
  (content?.querySelector("button") ?? content)?.focus({ preventScroll: true });
}
