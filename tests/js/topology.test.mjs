/** Polygons and borders from shared arcs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { borderFeature, polygonFeatures } from "../../src/diagalim/map/js/data/topology.js";

/** Two squares side by side: arc 0 is their common side, 1 and 2 the rest of each. */
/** @type {import("../../src/diagalim/map/js/data/topology.js").Arcs} */
const arcs = {
  arcs: [
    [[1, 0], [1, 1]],
    [[1, 1], [0, 1], [0, 0], [1, 0]],
    [[1, 1], [2, 1], [2, 0], [1, 0]],
  ],
  shapes: [[[[0, 1]]], [[[0, 2]]]],
};

test("a polygon is its arcs laid end to end, closed, without a point twice", () => {
  const [left, right] = polygonFeatures(arcs);
  assert.deepEqual(left.geometry.coordinates, [[[[1, 0], [1, 1], [0, 1], [0, 0], [1, 0]]]]);
  assert.deepEqual(right.geometry.coordinates[0][0][0], right.geometry.coordinates[0][0].at(-1));
  assert.deepEqual([left.id, right.id], [0, 1]);
});

test("an arc is read backwards where its number says so", () => {
  const turned = { ...arcs, shapes: [[[[-2, -1]]]] };
  assert.deepEqual(polygonFeatures(turned)[0].geometry.coordinates[0][0],
    [[1, 0], [0, 0], [0, 1], [1, 1], [1, 0]]);
});

test("the border of two groups is drawn once, that inside a group not at all", () => {
  const length = (/** @type {ReturnType<typeof borderFeature>} */ feature) => (
    feature.geometry.coordinates.reduce((sum, line) => sum + line.length - 1, 0));
  assert.equal(length(borderFeature(arcs, ["a", "b"])), 7);
  assert.equal(length(borderFeature(arcs, ["a", "a"])), 6);
});

test("arcs that meet by two become one line", () => {
  assert.equal(borderFeature(arcs, ["a", "a"]).geometry.coordinates.length, 1);
});
