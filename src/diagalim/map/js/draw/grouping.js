/**
 * Which sites of aid stand too near each other to be told apart at a scale? A plain grid, as wide as
 * a thumb, is enough for hundreds of sites: no library is asked for that.
 *
 * @typedef {{k: number, x: number, y: number}} Spot a site, in pixels of a scale
 */

/** Pixels between two markers that a thumb tells apart. */
const THUMB = 44;

/**
 * Sites nearer than a reach to one that already stands join the nearest such; the others stand.
 * @param {Spot[]} spots
 * @param {number} reach in pixels
 * @returns {number[][]} sites of each marker, the one it stands on first
 */
export function groupsOf(spots, reach) {
  /** @type {Map<string, {spot: Spot, members: number[]}[]>} */
  const cells = new Map();
  const groups = [];
  for (const spot of spots) {
    const [column, line] = [Math.floor(spot.x / reach), Math.floor(spot.y / reach)];
    let [best, least] = [/** @type {{spot: Spot, members: number[]}|null} */ (null), reach];
    for (let at = 0; at < 9; at++) {
      for (const one of cells.get(`${column - 1 + (at % 3)},${line - 1 + Math.floor(at / 3)}`) ?? []) {
        const far = Math.hypot(one.spot.x - spot.x, one.spot.y - spot.y);
        if (far < least) [best, least] = [one, far];
      }
    }
    if (best) {
      best.members.push(spot.k);
      continue;
    }
    const own = { spot, members: [spot.k] };
    cells.set(`${column},${line}`, [...(cells.get(`${column},${line}`) ?? []), own]);
    groups.push(own.members);
  }
  return groups;
}

/**
 * @param {any} map
 * @param {import("../data/sites.js").Sites} sites
 * @param {number[]} among sites that have a point
 * @param {number} zoom
 * @returns {number[][]}
 */
export function grouped(map, sites, among, zoom) {
  return groupsOf(among.map((k) => ({ k, ...pixels(map.project(sites.point[k], zoom)) })), THUMB);
}

/** @type {(point: {x: number, y: number}) => {x: number, y: number}} */
function pixels({ x, y }) {
  return { x, y };
}

/** @type {(map: any, sites: import("../data/sites.js").Sites, members: number[]) => boolean} whether some scale parts them */
export function parted(map, sites, members) {
  return grouped(map, sites, members, map.getMaxZoom()).length > 1;
}
