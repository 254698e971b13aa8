/**
 * Which sites of aid does the reader see, and what was written of each? A marker, the row of the
 * table and the line of the file say the same words. Hours that are not known are never hours of
 * closure.
 *
 * @typedef {{id: string, label: string, letter: string, colour: string}} Group
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
