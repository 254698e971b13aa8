/**
 * Which sites of aid does the reader see, and what is said of each? A marker, the row of the table
 * and the line of the file say the same words. Hours that are not known are never hours of closure.
 *
 * @typedef {import("./symbols.js").Group} Group
 * @typedef {{name: string[], group: number[], commune: (number|null)[], days: number[],
 *   checkedOn: string[], point: ([number, number]|null)[], groups: Group[],
 *   said: Record<string, string[]>, typeAt: number[], accesAt: number[], horairesAt: number[],
 *   tensionAt: number[], verifieAt: number[], outilAt: number[], lieuAt: number[]}} Sites
 *   days: one bit a day, Monday the lowest, 0 when they are not known
 * @typedef {{shown: boolean, hidden: string[], days: number[], unknown: boolean}} Aid
 *   hidden: ids of groups; days: none is every site
 * @typedef {{kept: boolean[], count: number, points: number, unknown: number, placed: number[],
 *   key: string}} Kept placed: sites with a point, by group
 */
import { element } from "./popup.js";
import { symbol } from "./symbols.js";

/** @type {Aid} */
export const NO_AID = { shown: false, hidden: [], days: [], unknown: true };

/**
 * @param {Sites} sites
 * @param {Aid} aid
 * @param {(commune: number|null) => boolean} inside whether a commune is in the place chosen
 * @returns {Kept}
 */
export function keptSites(sites, aid, inside) {
  const hidden = new Set(aid.hidden);
  const asked = aid.days.reduce((mask, day) => mask | (1 << day), 0);
  const kept = sites.name.map((_, k) => (
    !hidden.has(sites.groups[sites.group[k]].id) && inside(sites.commune[k])
    && (asked === 0 || (sites.days[k] === 0 ? aid.unknown : (sites.days[k] & asked) !== 0))));
  const count = (/** @type {(k: number) => boolean} */ true_) => kept.filter((one, k) => one && true_(k)).length;
  return {
    kept,
    count: count(() => true),
    points: count((k) => sites.point[k] != null),
    unknown: count((k) => sites.days[k] === 0),
    placed: sites.groups.map((_, g) => count((k) => sites.group[k] === g && sites.point[k] != null)),
    key: kept.map(Number).join(""),
  };
}

/**
 * @param {Sites} sites
 * @param {number} k
 * @param {string} name of a column of words
 * @returns {string}
 */
export function saidOf(sites, k, name) {
  const at = /** @type {any} */ (sites)[`${name}At`][k];
  return sites.said[name][at];
}

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
