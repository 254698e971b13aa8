/**
 * Which places can the reader name, and which IRIS and communes lie in each? The whole territory,
 * an intercommunalité, a commune, or a city of several communes.
 */
import { frenchOrder } from "./french.js";

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

/**
 * @param {any} data
 * @param {{communes: string[]}} [jump] a city, the whole territory when not given
 * @returns {boolean[]} which IRIS lie in it
 */
export function insideJump(data, jump) {
  const own = new Set(jump?.communes ?? []);
  return data.code.map((/** @type {string} */ code) => !jump || own.has(code.slice(0, 5)));
}

/**
 * Whether a commune lies in the commune or intercommunalité that the reader chose.
 * @param {any} data
 * @param {import("./filters.js").Filter} filter
 * @returns {(commune: number|null) => boolean}
 */
export function insideChosen(data, { commune, epci }) {
  if (commune != null) return (at) => at === commune;
  if (epci == null) return () => true;
  const inside = new Set(data.commune.filter((/** @type {number} */ _, /** @type {number} */ i) => data.epci[i] === epci));
  return (at) => inside.has(at);
}
