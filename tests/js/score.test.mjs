/** The score of the browser, on tables small enough to compute by hand. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { unpacked, varints } from "../../src/diagalim/map/js/data/bytes.js";
import { basisOf, contributions, medianOf, publishedWeights, scoreOf, whyNoScore } from "../../src/diagalim/map/js/score/score.js";
import { scoring } from "./page.mjs";

const near = (/** @type {number} */ a, /** @type {number} */ b) => assert.ok(Math.abs(a - b) < 1e-12, `${a} is not ${b}`);
const basis = basisOf(scoring);
const published = publishedWeights(scoring);

test("numbers come out of base64 as they went in", () => {
  assert.deepEqual([...unpacked({ type: "u16", data: "AQAAAQ==" })], [1, 256]);
  assert.deepEqual([...unpacked({ type: "i32", data: "/////w==" })], [-1]);
  assert.deepEqual([...varints("AAECgAE=")], [0, -1, 1, 64]);
});

test("a percentile is the rank less a half over the number of known IRIS", () => {
  assert.deepEqual([...basis.percentiles[0]], [12.5, 37.5, 62.5, 87.5, NaN]);
});

test("the score is the mean of the dimensions, each the mean of its indicators", () => {
  const found = scoreOf(basis, published);
  near(found.dimensions[0][0], 12.5);
  near(found.dimensions[1][0], (87.5 + 37.5) / 2);
  near(found.score[0], (12.5 + 62.5) / 2);
});

test("twice the weight moves the score towards that dimension", () => {
  const found = scoreOf(basis, { ...published, dimensions: [2, 1] });
  near(found.score[0], (2 * 12.5 + 62.5) / 3);
});

test("an indicator of weight zero no longer counts", () => {
  const found = scoreOf(basis, { ...published, indicators: [1, 1, 0] });
  near(found.dimensions[1][0], 87.5);
  near(contributions(basis, found, 0)[2], 0);
});

test("an IRIS without the required dimension has no score, rank nor class", () => {
  const found = scoreOf(basis, published);
  for (const column of [found.score, found.rank, found.class]) assert.ok(Number.isNaN(column[4]));
  assert.equal(found.scored, 4);
});

test("equal scores share their mean rank and their class", () => {
  const found = scoreOf(basis, { dimensions: [1, 1], indicators: [1, 1, 0] });
  // 12.5 with 87.5, 37.5 with 62.5, and the other way round: all four are 50.
  assert.deepEqual([...found.rank].slice(0, 4), [2.5, 2.5, 2.5, 2.5]);
  assert.equal(new Set([...found.class].slice(0, 4)).size, 1);
});

test("weights that only change their scale change nothing", () => {
  const tripled = { dimensions: [3, 3], indicators: [3, 3, 3] };
  scoreOf(basis, tripled).score.forEach((x, i) => {
    if (!Number.isNaN(x)) near(x, scoreOf(basis, published).score[i]);
  });
});

test("a score that rests on borrowed values is indicative, then not given", () => {
  // All that IRIS 3 has in the second dimension is borrowed: half of its score at equal weights.
  assert.equal(scoreOf(basis, published).indicative[3], 0);
  const more = scoreOf(basis, { ...published, dimensions: [1, 2] });
  assert.equal(more.indicative[3], 1);
  assert.ok(!Number.isNaN(more.score[3]));
  const most = scoreOf(basis, { ...published, dimensions: [1, 9] });
  assert.equal(most.tooBorrowed[3], 1);
  assert.ok(Number.isNaN(most.score[3]));
});

test("weights that give no score are told apart", () => {
  assert.equal(whyNoScore(scoring, published), "");
  assert.equal(whyNoScore(scoring, { ...published, dimensions: [0, 1] }), "required");
  assert.equal(whyNoScore(scoring, { ...published, indicators: [0, 1, 1] }), "required");
  assert.equal(whyNoScore(scoring, { ...published, dimensions: [1, 0] }), "dimensions");
  assert.equal(whyNoScore(scoring, { ...published, dimensions: [1, -1] }), "negative");
  assert.equal(whyNoScore(scoring, { ...published, dimensions: [1, NaN] }), "negative");
});

test("a median leaves out what is missing and what is not scored", () => {
  assert.equal(medianOf([3, NaN, 1, 2]), 2);
  assert.equal(medianOf([3, 100, 1], [1, NaN, 1]), 2);
  assert.ok(Number.isNaN(medianOf([NaN])));
});
