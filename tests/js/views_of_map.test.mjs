/** Certainty, enlargement and base map: what a reader may choose to look at. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { coveredArea, quietPlace } from "../../src/diagalim/map/js/draw/corner.js";
import { certaintyHatch } from "../../src/diagalim/map/js/draw/hatches.js";
import { denseCity, projected } from "../../src/diagalim/map/js/draw/inset.js";
import { legendRows } from "../../src/diagalim/map/js/draw/legend.js";
import { fillName } from "../../src/diagalim/map/js/draw/paint.js";
import { readAddress } from "../../src/diagalim/map/js/panels/address.js";
import { basemapSwitch } from "../../src/diagalim/map/js/panels/options.js";
import { CERTAINTY_FILLS, certaintyColouring, intervalWidths } from "../../src/diagalim/map/js/score/certainty.js";
import { colouringOf, colourings } from "../../src/diagalim/map/js/score/colouring.js";
import { data, page, texts } from "./page.mjs";

const words = {
  ...texts, certainty_words: ["assuré", "probable", "indécis", "probable hors", "assuré hors"],
  certainty_labels: ["Assuré", "Probable", "Indécis", "Probable hors", "Assuré hors"],
  interval_span: "{bas} à {haut}", non_note_other: "Autre motif", secret: "Secret",
};
const sure = { ...data, words: ["indécis", "assuré", null, null], low: [10, 1, null, null], high: [50, 3, null, null] };

test("certainty is offered only where the data say it", () => {
  assert.deepEqual(colourings(null, words, data).map(({ id }) => id), ["classe"]);
  assert.deepEqual(colourings(null, words, sure).map(({ id }) => id), ["classe", "certitude", "intervalle"]);
});

test("each word has its own fill and is counted; what is not scored stays grey", () => {
  const seen = colouringOf(sure, null, null, [], "certitude", words);
  assert.deepEqual([0, 1, 2, 3].map((i) => fillName(seen, i)), ["certitude-3", "certitude-1", "non_note", "sans_population"]);
  const rows = legendRows(seen, words);
  assert.deepEqual(rows.slice(0, 3).map(({ label, count }) => [label, count]), [["Assuré", 1], ["Probable", 0], ["Indécis", 1]]);
  assert.equal(rows.reduce((sum, { count }) => sum + count, 0), 4);
});

test("the five fills of certainty differ by their lines or lightness, not by colour alone", () => {
  const hatches = CERTAINTY_FILLS.map((name) => (
    /** @type {import("../../src/diagalim/map/js/draw/hatches.js").Hatch} */ (certaintyHatch(name))));
  const looks = hatches.map((one) => (one.width ? `${one.angle}/${one.step}` : `plain ${one.ground}`));
  assert.equal(new Set(looks).size, 5);
  assert.equal(certaintyHatch("1-indicatif"), null);
});

test("the widest interval is the darkest, and a missing one has no class", () => {
  assert.deepEqual(intervalWidths(sure), [40, 2, null, null]);
  const seen = certaintyColouring(sure, "intervalle", words);
  assert.ok(seen);
  assert.deepEqual(seen.class, [1, 3, null, null]);
  assert.equal(seen.labels[0], "40 à 40");
});

test("statistical confidentiality has its own fill and its own row", () => {
  const seen = colouringOf({ ...data, secret: [false, false, true, false] }, null, null, [], "classe", words);
  assert.equal(fillName(seen, 2), "secret");
  assert.deepEqual(legendRows(seen, words).slice(-2).map(({ label }) => label), ["Secret", "Sans population"]);
});

test("the enlarged city has the most arrondissements, and none is enlarged when it is nearly all", () => {
  const code = Array.from({ length: 20 }, (_, i) => `0000${1 + (i % 2)}${String(i).padStart(4, "0")}`);
  const jumps = [{ name: "Une", communes: ["00001"] }, { name: "Deux", communes: ["00002", "00003"] }];
  assert.equal(denseCity({ code, jumps })?.name, "Deux");
  assert.equal(denseCity({ code, jumps: [{ name: "Tout", communes: ["00001", "00002"] }] }), null);
  assert.equal(denseCity({ code, jumps: [] }), null);
});

test("the enlargement keeps the shape: a square on the ground is a square on the screen", () => {
  const north = 1 / Math.cos((60 * Math.PI) / 180);
  const ring = [[0, 60], [north * 0.001, 60], [north * 0.001, 60.001], [0, 60.001], [0, 60]];
  const { width, height, paths } = projected([{ id: 7, geometry: { coordinates: [[ring]] } }], { width: 100, height: 200 });
  assert.ok(Math.abs(width - height) < 0.1);
  assert.deepEqual([paths[0][0], paths[0][1].slice(0, 1), paths[0][1].slice(-1)], [7, "M", "Z"]);
});

/** @type {(left: number, top: number, right: number, bottom: number) => [number, number][]} */
const square = (left, top, right, bottom) => [[left, top], [right, top], [right, bottom], [left, bottom]];

test("what a box covers of a shape is cut at its sides, less its holes", () => {
  const box = { left: 10, top: 10, right: 20, bottom: 20 };
  assert.equal(coveredArea([square(0, 0, 40, 40)], box), 100);
  assert.equal(coveredArea([square(15, 15, 40, 40)], box), 25);
  assert.equal(coveredArea([square(0, 0, 40, 40), square(12, 12, 14, 14)], box), 96);
  assert.equal(coveredArea([square(21, 0, 40, 40)], box), 0);
  assert.equal(coveredArea([[[10, 10], [30, 10], [10, 30]]], box), 100, "a triangle that holds the box");
  assert.equal(coveredArea([[[0, 10], [20, 10], [0, 30]]], box), 50, "half of it");
});

test("the enlargement takes the corner that hides the least, sites of aid counted", () => {
  const [size, room] = [{ x: 900, y: 700 }, { width: 200, height: 200 }];
  const whole = [square(0, 40, 600, 640)];
  const at = (/** @type {[number, number][]} */ east, /** @type {[number, number][]} */ ...markers) => {
    const { corner, hidden } = quietPlace([whole, [east]], markers, size, room);
    return [corner, Math.round(hidden)];
  };
  assert.deepEqual(at(square(800, 50, 850, 60)), ["bottom", 0]);
  assert.deepEqual(at(square(800, 630, 850, 640)), ["top", 0]);
  assert.deepEqual(at(square(600, 300, 700, 310), [850, 690]), ["top", 0]);
  assert.deepEqual(at(square(600, 300, 700, 310), [850, 60]), ["bottom", 0]);
});

test("a territory with sea above and below moves away from the enlargement, no further than it helps", () => {
  const [size, room] = [{ x: 900, y: 700 }, { width: 200, height: 200 }];
  const moved = quietPlace([[square(0, 180, 900, 520)]], [], size, room);
  assert.deepEqual(moved, { corner: "top", shift: 73, hidden: 0 });
  assert.equal(quietPlace([[square(0, 250, 900, 300)]], [], size, room).shift, 0);
});

test("the base map is off at first, says what it entails, and is in no address", () => {
  /** @type {boolean[]} */
  const heard = [];
  /** @type {any} a node of `page` */
  const root = basemapSwitch(page, { basemap: "Fond", basemap_note: "IP" }, (on) => heard.push(on), "m");
  const box = root.all("input")[0];
  assert.ok(!box.checked);
  assert.equal(box.getAttribute("aria-describedby"), "m-basemap");
  assert.match(root.textContent, /IP/);
  box.checked = true;
  box.emit("change");
  assert.deepEqual(heard, [true]);
  const read = readAddress("#vue&fond=1&basemap=true", data, null, ["classe"]);
  assert.ok(read);
  assert.ok(!Object.keys(read.state).some((name) => /fond|base|tiles/.test(name)));
});
