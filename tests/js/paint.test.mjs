/** Colours: what is missing never takes the colour of a class. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isDark, patternSheet } from "../../src/diagalim/map/js/draw/hatches.js";
import { borderOf, countFills, fillName, fillOf, recolour } from "../../src/diagalim/map/js/draw/paint.js";
import { data, page, palette } from "./page.mjs";

/** What `recolour` uses of a Leaflet GeoJSON layer. */
function fakeLayer() {
  const shapes = [0, 1, 2, 3].map((id) => ({
    feature: { id },
    times: 0,
    style: /** @type {any} */ ({}),
    setStyle(/** @type {object} */ style) { this.style = style; this.times += 1; },
  }));
  const options = /** @type {any} */ ({});
  return { options, shapes, eachLayer(/** @type {(one: object) => void} */ done) { shapes.forEach(done); } };
}

test("each status has its own fill, and only a score has a class colour", () => {
  assert.deepEqual([0, 1, 2, 3].map((i) => fillName(data, i)),
    ["5", "1-indicatif", "non_note", "sans_population"]);
});

test("an IRIS without a class is grey even when its status says it is scored", () => {
  assert.equal(fillName({ class: [null], status: [0] }, 0), "non_note");
});

test("an IRIS without population is never class 1, whatever class comes with it", () => {
  assert.equal(fillName({ class: [1], status: [3] }, 0), "sans_population");
  assert.equal(fillName({ class: [1], status: [2] }, 0), "non_note");
});

test("recolour paints every polygon after new classes and counts them", () => {
  const layer = fakeLayer();
  recolour(layer, data, palette, "m");
  assert.equal(layer.shapes[0].style.fillColor, "#6a352c");
  const counts = recolour(layer, { ...data, class: [2, 2, null, null] }, palette, "m");
  assert.equal(layer.shapes[0].style.fillColor, "#eeb455");
  assert.equal(layer.shapes[1].style.fillColor, "url(#m-2-indicatif)");
  assert.deepEqual(counts, { 2: 1, "2-indicatif": 1, non_note: 1, sans_population: 1 });
});

test("recolour touches only the polygons whose fill changed", () => {
  const layer = fakeLayer();
  recolour(layer, data, palette, "m");
  recolour(layer, { ...data, class: [5, 2, null, null] }, palette, "m");
  assert.deepEqual(layer.shapes.map(({ times }) => times), [1, 2, 1, 1]);
});

test("recolour replaces the style that ipyleaflet falls back on when the mouse leaves", () => {
  const layer = fakeLayer();
  recolour(layer, data, palette, "m");
  assert.equal(layer.options.style({ id: 0 }).fillColor, "#6a352c");
});

test("each pattern that a fill can name stands in the page", () => {
  const ids = patternSheet(page, palette, "m").all("pattern").map((p) => p.getAttribute("id"));
  const ranks = [1, 2, 3, 4, 5].flatMap((k) => [`${k}-indicatif`, `certitude-${k}`]);
  const names = ["non_note", "secret", "sans_population", ...ranks];
  assert.deepEqual(ids.sort(), names.map((name) => fillOf(name, palette, "m").slice(5, -1)).sort());
});

test("two maps of one page do not share patterns", () => {
  assert.notEqual(fillOf("non_note", palette, "a"), fillOf("non_note", palette, "b"));
});

test("borders are light on dark classes and dark elsewhere", () => {
  assert.equal(isDark("#6a352c"), true);
  assert.equal(isDark("#fcf0a2"), false);
  assert.equal(borderOf("5-indicatif", palette), "#ffffff");
  assert.equal(borderOf("1", palette), borderOf("non_note", palette));
});

test("counts add up to the number of IRIS", () => {
  assert.equal(Object.values(countFills(data)).reduce((a, b) => a + b), data.code.length);
});
