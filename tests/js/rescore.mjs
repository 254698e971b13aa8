/**
 * Scores a basis under each set of weights read from a file, for the test that compares the browser
 * with Python: node rescore.mjs cases.json > results.json
 */
import { readFileSync, writeFileSync } from "node:fs";
import { leadingOf, rawValues } from "../../src/diagalim/map/js/score/leading.js";
import { basisOf, contributions, scoreOf } from "../../src/diagalim/map/js/score/score.js";

const [, , cases, results] = process.argv;
const { sent, weights, texts } = JSON.parse(readFileSync(cases, "utf-8"));
const basis = basisOf(sent);
const raw = rawValues(sent);
const plain = (/** @type {ArrayLike<number>} */ numbers) => Array.from(numbers, (x) => (Number.isNaN(x) ? null : x));

writeFileSync(results, JSON.stringify(weights.map((/** @type {any} */ given) => {
  const found = scoreOf(basis, given);
  return {
    score: plain(found.score),
    rank: plain(found.rank),
    class: plain(found.class),
    tooBorrowed: plain(found.tooBorrowed),
    indicative: plain(found.indicative),
    said: Array.from(found.score, (_, i) => leadingOf(basis, found, raw, i, texts).map(({ said }) => said)),
    dimensions: found.dimensions.map(plain),
    contributions: Array.from(found.score, (x, i) => (
      Number.isNaN(x) ? null : contributions(basis, found, i)
    )),
  };
})));
