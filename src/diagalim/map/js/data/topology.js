/**
 * How do shared arcs become polygons, and the borders between groups of them? See
 * `diagalim.map.topology` for how they are written.
 *
 * @typedef {{step: number, origin: [number, number], arcs: string, shapes: string}} Topology
 * @typedef {{arcs: [number, number][][], shapes: number[][][][]}} Arcs arcs in degrees; shapes as
 *   parts, rings, arcs
 * @typedef {import("geojson").Feature<import("geojson").MultiPolygon>} Shape
 */
import { varints } from "./bytes.js";

/**
 * @param {Topology} topology
 * @returns {Arcs}
 */
export function readTopology(topology) {
  return { arcs: readArcs(topology), shapes: readShapes(varints(topology.shapes)) };
}

/**
 * @param {Arcs} read
 * @returns {Shape[]} one a shape, its position as `id`
 */
export function polygonFeatures({ arcs, shapes }) {
  return shapes.map((parts, id) => ({
    type: "Feature",
    id,
    properties: {},
    geometry: {
      type: "MultiPolygon",
      coordinates: parts.map((rings) => rings.map((ring) => joinedRing(arcs, ring))),
    },
  }));
}

/**
 * @param {Arcs} read
 * @param {ArrayLike<number|string|null>} group of each shape
 * @returns {import("geojson").Feature<import("geojson").MultiLineString>} each border between two
 *   groups, or of the whole, once
 */
export function borderFeature({ arcs, shapes }, group) {
  /** @type {Map<number, (number|string|null)[]>} */
  const owners = new Map();
  shapes.forEach((parts, i) => {
    for (const at of parts.flat(2)) {
      const arc = at < 0 ? -1 - at : at;
      owners.set(arc, [...(owners.get(arc) ?? []), group[i]]);
    }
  });
  const kept = [...owners].filter(([, [one, other]]) => other === undefined || one !== other);
  const lines = joinedLines(kept.map(([arc]) => arcs[arc]));
  /** @type {import("geojson").MultiLineString} */
  const geometry = { type: "MultiLineString", coordinates: lines };
  return { type: "Feature", id: "border", properties: {}, geometry };
}

/**
 * @param {Arcs} read
 * @returns {[[number, number], [number, number]]} south-west and north-east, latitude first
 */
export function extent({ arcs }) {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const arc of arcs) {
    for (const [x, y] of arc) {
      if (x < west) west = x;
      if (x > east) east = x;
      if (y < south) south = y;
      if (y > north) north = y;
    }
  }
  return [[south, west], [north, east]];
}

/** @type {(topology: Topology) => Arcs["arcs"]} */
function readArcs({ step, origin, arcs }) {
  const written = varints(arcs);
  const scale = Math.round(1 / step);
  /** @type {Arcs["arcs"]} */
  const found = [];
  let first = [0, 0];
  for (let at = 0; at < written.length;) {
    const count = written[at++];
    let [x, y] = first;
    /** @type {[number, number][]} */
    const arc = [];
    for (let k = 0; k < count; k++) {
      x += written[at++];
      y += written[at++];
      if (k === 0) first = [x, y];
      arc.push([(x + origin[0]) / scale, (y + origin[1]) / scale]);
    }
    found.push(arc);
  }
  return found;
}

/** @type {(written: Int32Array) => Arcs["shapes"]} */
function readShapes(written) {
  let at = 0;
  const many = (/** @type {() => any} */ one) => Array.from({ length: written[at++] }, one);
  const shapes = [];
  while (at < written.length) shapes.push(many(() => many(() => many(() => written[at++]))));
  return shapes;
}

/** @type {(arcs: Arcs["arcs"], ring: number[]) => [number, number][]} */
function joinedRing(arcs, ring) {
  return ring.flatMap((at, k) => {
    const arc = at < 0 ? [...arcs[-1 - at]].reverse() : arcs[at];
    return k ? arc.slice(1) : arc;
  });
}

/**
 * Lines laid end to end where just two meet: their dashes and ends then do not show.
 * @type {(lines: Arcs["arcs"]) => Arcs["arcs"]}
 */
function joinedLines(lines) {
  const key = (/** @type {[number, number]} */ point) => point.join();
  /** @type {Map<string, Arcs["arcs"]>} */
  const ends = new Map();
  for (const line of lines) {
    for (const end of [line[0], line[line.length - 1]]) {
      ends.set(key(end), [...(ends.get(key(end)) ?? []), line]);
    }
  }
  const used = new Set();
  const follow = (/** @type {[number, number][]} */ path) => {
    for (;;) {
      const tip = path[path.length - 1];
      const meeting = ends.get(key(tip)) ?? [];
      const next = meeting.length === 2 && meeting.find((line) => !used.has(line));
      if (!next) return path;
      used.add(next);
      path.push(...(key(next[0]) === key(tip) ? next : [...next].reverse()).slice(1));
    }
  };
  return lines.flatMap((line) => {
    if (used.has(line)) return [];
    used.add(line);
    return [follow(follow([...line]).reverse())];
  });
}
