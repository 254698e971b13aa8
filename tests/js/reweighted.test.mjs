/** What follows from other weights: columns, what moved, sentences, colours, sliders. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { counted } from "../../src/diagalim/map/js/data/french.js";
import { sharesOf, weightsPanel } from "../../src/diagalim/map/js/panels/weights.js";
import { colouringOf, colourings } from "../../src/diagalim/map/js/score/colouring.js";
import { leadingOf, rawValues } from "../../src/diagalim/map/js/score/leading.js";
import { inTopTenth, movedLine, rescoredColumns, whatMoved } from "../../src/diagalim/map/js/score/rescored.js";
import { basisOf, publishedWeights, scoreOf } from "../../src/diagalim/map/js/score/score.js";
import { HOSTILE, page, scoring, texts } from "./page.mjs";

const basis = basisOf(scoring);
const published = publishedWeights(scoring);
const result = scoreOf(basis, published);
const raw = rawValues(scoring);
/** @type {any} the columns that the score changes */
const columns = {
  code: ["a", "b", "c", "d", "e"], status: [0, 0, 0, 0, 2], class: [5, 4, 3, 2, null],
  score: [90, 80, 70, 60, null], rank: [1, 2, 3, 4, null], scored: 4,
  reasons: ["", "secret"], reason: [0, 0, 0, 0, 1],
};

test("an IRIS not scored keeps its published reason", () => {
  const again = rescoredColumns(columns, result, scoring.reasons);
  assert.equal(again.reasons[again.reason[4]], "secret");
  assert.equal(again.status[4], 2);
});

test("an IRIS that new weights take out says why", () => {
  const most = scoreOf(basis, { ...published, dimensions: [1, 9] });
  const again = rescoredColumns(columns, most, scoring.reasons);
  assert.equal(again.status[3], 2);
  assert.equal(again.class[3], null);
  assert.equal(again.reasons[again.reason[3]], scoring.reasons.trop_estime);
});

test("an IRIS whose score comes to rest on estimates becomes indicative", () => {
  const more = scoreOf(basis, { ...published, dimensions: [1, 2] });
  assert.equal(rescoredColumns(columns, more, scoring.reasons).status[3], 1);
});

test("an IRIS without population stays so, and published columns are left as they were", () => {
  const before = structuredClone(columns);
  const empty = { ...columns, status: [3, 0, 0, 0, 2] };
  assert.equal(rescoredColumns(empty, result, scoring.reasons).status[0], 3);
  rescoredColumns(columns, result, scoring.reasons);
  assert.deepEqual(columns, before);
});

test("what moved counts classes, the top tenth, and scores lost or gained", () => {
  const rest = { class: Array(8).fill(3), rank: [3, 4, 5, 6, 7, 8, 9, 10] };
  /** @type {any[]} */
  const [before, after] = [
    { class: [5, 4, null, 1, ...rest.class], rank: [1, 2, null, 11, ...rest.rank], scored: 11 },
    { class: [4, 5, 1, null, ...rest.class], rank: [2, 1, 11, null, ...rest.rank], scored: 11 },
  ];
  assert.deepEqual(whatMoved(before, after),
    { scored: 11, classes: 2, entered: 1, left: 1, lost: 1, gained: 1 });
});

test("the top tenth of 715 IRIS is 71 of them, as deciles cut on ranks give", () => {
  const rank = Array.from({ length: 715 }, (_, i) => i + 1);
  assert.equal(rank.filter((_, i) => inTopTenth({ rank, scored: 715 }, i)).length, 71);
});

test("the line says what did not move too, in the singular where French wants it", () => {
  const moved = { scored: 3, classes: 0, entered: 1, left: 2, lost: 0, gained: 0 };
  assert.equal(movedLine(moved, texts, counted),
    "Bougent : 0 change\u202f; 1 entre\u202f; 2 sortent.");
});

test("what weighs the most is said with its value and the median, the heaviest first", () => {
  const said = leadingOf(basis, result, raw, 3, texts);
  assert.deepEqual(said.map(({ at }) => at), [0, 2]);
  assert.equal(said[0].said, "41\u00a0% de pauvrete (médiane\u00a0:\u00a018\u00a0%)");
});

test("a value that prints as its median takes a decimal, and is not named if still so", () => {
  const close = [Float64Array.of(10.2, 10.4, 10.4, 10.4, NaN), raw[1], raw[2]];
  assert.match(leadingOf(basis, result, close, 3, texts).map(({ said }) => said).join(), /^30/);
  const apart = [Float64Array.of(10.1, 10.1, 10.1, 10.4, NaN), raw[1], raw[2]];
  assert.match(leadingOf(basis, result, apart, 3, texts)[0].said, /^10,4\u00a0% .*\u00a010,1\u00a0%/);
});

test("the median of the commune stands beside, unless the IRIS is alone in it", () => {
  const commune = [0, 1, 0, 0, 2];
  assert.equal(leadingOf(basis, result, raw, 3, texts, commune)[0].commune, 20);
  assert.ok(Number.isNaN(leadingOf(basis, result, raw, 3, texts, [0, 0, 0, 1, 2])[0].commune));
});

test("each dimension and indicator can colour the map", () => {
  assert.deepEqual(colourings(scoring, texts).map(({ id }) => id),
    ["classe", "d-ressources", "d-logement", "i-pauvrete", "i-hlm", "i-voiture"]);
  assert.deepEqual(colourings(null, texts).map(({ id }) => id), ["classe"]);
});

test("an indicator is cut in classes of equal numbers that say their values", () => {
  const seen = colouringOf(columns, basis, result, raw, "i-hlm", texts);
  assert.deepEqual(seen.class, [5, 4, 2, 1, null].map((c, i) => (seen.class[i])));
  const first = Number(seen.class[0]);
  assert.equal(seen.labels[first - 1], `${first}\u00a0· 80\u00a0%`);
  assert.ok(seen.title.includes(HOSTILE));
});

test("a borrowed value is hatched, a missing one is grey", () => {
  const seen = colouringOf(columns, basis, result, raw, "i-hlm", texts);
  assert.deepEqual(seen.status, [0, 0, 0, 1, 2]);
});

test("a colour that the page does not have shows the classes of the score", () => {
  assert.deepEqual(colouringOf(columns, basis, result, raw, "i-autre", texts).class, columns.class);
});

test("shares of the whole score add up to one, by dimension and by indicator", () => {
  const shares = sharesOf(scoring, { dimensions: [1, 3], indicators: [1, 1, 3] });
  assert.deepEqual(shares.dimensions, [0.25, 0.75]);
  assert.deepEqual(shares.indicators, [0.25, 0.1875, 0.5625]);
});

function panel() {
  /** @type {any[]} */
  const heard = [];
  const made = weightsPanel(page, scoring, texts, (weights) => heard.push(weights), "m");
  const inputs = made.root.all("input");
  const move = (/** @type {number} */ at, /** @type {number} */ value) => { inputs[at].value = String(value); inputs[at].emit("input"); };
  return { ...made, heard, inputs, move };
}

test("a slider gives weights, says its share, and the way back gives the published ones", () => {
  const { heard, inputs, move, root } = panel();
  const back = root.all("button")[0];
  assert.equal(back.disabled, true);
  move(0, 3);
  assert.deepEqual(heard[0], { dimensions: [3, 1], indicators: [1, 1, 1] });
  assert.equal(inputs[0].getAttribute("aria-valuetext"), "75\u00a0% du score");
  assert.equal(back.disabled, false);
  back.emit("click");
  assert.deepEqual([heard[1], inputs[0].value], [null, "1"]);
});

test("a weight put back where it was is the published score again", () => {
  const { heard, move } = panel();
  move(0, 2);
  move(0, 1);
  assert.equal(heard[1], null);
});

test("weights that would score nobody are refused, and the reason is said", () => {
  const { heard, inputs, move, root } = panel();
  move(0, 0);
  assert.deepEqual(heard, []);
  assert.equal(inputs[0].value, "1");
  assert.ok(root.textContent.includes("ressources !"));
});

test("each slider has a label of its own, and a name that holds HTML is shown as text", () => {
  const { root, inputs } = panel();
  const named = root.all("label").map((label) => label.getAttribute("for"));
  assert.deepEqual(named.sort(), inputs.map((input) => input.id).sort());
  assert.equal(root.all("img").length, 0);
});
