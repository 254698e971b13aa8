/**
 * Scores a basis under each set of weights read from a file, for the test that compares the browser
 * with Python: node rescore.mjs cases.json > results.json
 */
import { readFileSync, writeFileSync } from "node:fs";
import { basisOf, contributions, scoreOf } from "../../src/diagalim/publish/leaflet/js/score.js";

const [, , cases, results] = process.argv;
const { sent, weights } = JSON.parse(readFileSync(cases, "utf-8"));
const basis = basisOf(sent);
const plain = (numbers) => Array.from(numbers, (x) => (Number.isNaN(x) ? null : x));

writeFileSync(results, JSON.stringify(weights.map((given) => {
  const found = scoreOf(basis, given);
  return {
    score: plain(found.score),
    rank: plain(found.rank),
    class: plain(found.class),
    tooBorrowed: plain(found.tooBorrowed),
    indicative: plain(found.indicative),
    dimensions: found.dimensions.map(plain),
    contributions: Array.from(found.score, (x, i) => (
      Number.isNaN(x) ? null : contributions(basis, found, i)
    )),
  };
})));
