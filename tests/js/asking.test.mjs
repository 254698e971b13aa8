/** Questions to the map: places, filters, summaries, addresses, files. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_FILTER, passing } from "../../src/diagalim/map/js/data/filters.js";
import { insidePlace, placesOf } from "../../src/diagalim/map/js/data/places.js";
import { circleFeatures, radiusOf } from "../../src/diagalim/map/js/draw/circles.js";
import { readAddress, writeAddress } from "../../src/diagalim/map/js/panels/address.js";
import { findPlace } from "../../src/diagalim/map/js/panels/chooser.js";
import { classFilter } from "../../src/diagalim/map/js/panels/classfilter.js";
import { csvField, csvText, fileOf, scoreColumn } from "../../src/diagalim/map/js/panels/csv.js";
import { summaryOf, summaryTable } from "../../src/diagalim/map/js/panels/summary.js";
import { sorted } from "../../src/diagalim/map/js/panels/sorting.js";
import { FIRST_STATE } from "../../src/diagalim/map/js/score/state.js";
import { HOSTILE, data, page, scoring, texts } from "./page.mjs";

const placed = { ...data, epcis: ["Métropole", HOSTILE], epci: [0, 0, 1, null] };
const colours = ["classe", "d-ressources"];

test("a place is found without its accents, its capitals or its end", () => {
  assert.deepEqual(findPlace(data, "eguilles"), { commune: 0, iris: null });
  assert.deepEqual(findPlace(data, "ÉGUI"), { commune: 0, iris: null });
  assert.deepEqual(findPlace(data, "ecole"), { commune: 1, iris: 3 });
  assert.deepEqual(findPlace(data, "École (Abers)"), { commune: 1, iris: 3 });
  assert.deepEqual(findPlace(data, " 000020101 "), { commune: 1, iris: 2 });
  assert.equal(findPlace(data, "Lyon"), null);
  assert.equal(findPlace(data, "  "), null);
});

test("an IRIS of a commune is not hidden by the commune of the same name", () => {
  const twice = { ...data, name: ["Éguilles", "b", "c", "d"] };
  assert.deepEqual(findPlace(twice, "Éguilles (Éguilles)"), { commune: 0, iris: 0 });
});

test("a filter keeps what every condition keeps; what has no score has its own box", () => {
  assert.deepEqual(passing(placed, NO_FILTER), [true, true, true, true]);
  assert.deepEqual(passing(placed, { ...NO_FILTER, hidden: ["5", "0"] }), [false, true, false, false]);
  assert.deepEqual(passing(placed, { ...NO_FILTER, commune: 1 }), [false, false, true, true]);
  assert.deepEqual(passing(placed, { ...NO_FILTER, epci: 1 }), [false, false, true, false]);
  const known = { ...placed, words: ["assuré", "indécis", null, null] };
  assert.deepEqual(passing(known, { ...NO_FILTER, word: "indécis" }), [false, true, false, false]);
});

test("unticking a class hides it, and the words of certainty are offered where there are any", () => {
  /** @type {object[]} */
  const heard = [];
  const { root } = classFilter(page, { ...placed, words: ["assuré", null] }, texts, (x) => heard.push(x));
  const boxes = root.all("input");
  boxes[4].checked = false;
  boxes[4].emit("change");
  const select = root.all("select")[0];
  select.value = "assuré";
  select.emit("change");
  assert.deepEqual(heard, [{ hidden: ["5"] }, { word: "assuré" }]);
  assert.equal(classFilter(page, placed, texts, () => {}).root.all("select").length, 0);
});

test("a summary adds up people, and counts as exposed those of the highest class only", () => {
  const inside = insidePlace(placed, "c0");
  const found = summaryOf(placed, inside, [Float64Array.of(10, 30, NaN, NaN)]);
  assert.deepEqual(found,
    { iris: 2, scored: 2, population: 3145, top: 1, exposed: 2345, dimensions: [20] });
  assert.deepEqual(insidePlace(placed, "e1"), [false, false, true, false]);
  assert.equal(placesOf(placed, texts)[0].id, "");
});

test("two places stand side by side, their names as text", () => {
  const table = summaryTable(page, placed, ["Ressources"], texts, () => {}, "m");
  const whole = { name: HOSTILE, summary: summaryOf(placed, insidePlace(placed, ""), [new Float64Array(4)]) };
  table.fill(whole, { ...whole, name: "autre" });
  assert.equal(table.root.all("th").filter((th) => th.getAttribute("scope") === "col").length, 2);
  assert.equal(table.root.all("img").length, 0);
  table.fill(whole, whole);
  assert.equal(table.root.all("th").filter((th) => th.getAttribute("scope") === "col").length, 1);
});

test("what has no value comes last, whichever way a column is sorted", () => {
  const values = [null, 2, 1];
  const key = {
    missing: (/** @type {number} */ i) => values[i] == null,
    compare: (/** @type {number} */ a, /** @type {number} */ b) => Number(values[a]) - Number(values[b]),
  };
  assert.deepEqual(sorted([0, 1, 2], key, false), [2, 1, 0]);
  assert.deepEqual(sorted([0, 1, 2], key, true), [1, 2, 0]);
});

test("an address holds the whole view and gives it back", () => {
  const state = {
    ...FIRST_STATE, iris: 1, filter: { hidden: ["1", "0"], commune: 0, epci: null, word: null }, colour: "d-ressources",
    circles: true, communes: false, epcis: true, beside: "e1",
    weights: { dimensions: [2.5, 1], indicators: [1, 0, 1] },
  };
  const hash = writeAddress(state, placed, scoring, [43.29649, 5.36978, 12.34]);
  assert.match(hash, /^#vue&/);
  assert.ok(!/[<> "]/.test(hash), hash);
  const read = readAddress(hash, placed, scoring, colours);
  assert.ok(read);
  assert.deepEqual(read.state, state);
  assert.deepEqual(read.view, [43.2965, 5.3698, 12.3]);
});

test("the first view has no address", () => {
  assert.equal(writeAddress(FIRST_STATE, placed, scoring, null), "");
  assert.equal(readAddress("#le-tableau-de-la-carte", placed, scoring, colours), null);
});

test("what an address asks and the page does not have is left out", () => {
  const hash = "#vue&iris=999999999&commune=x&couleur=i-autre&poids=ressources:0&sans=9.2&carte=200,1,3&avec=c:zz";
  const read = readAddress(hash, placed, scoring, colours);
  assert.deepEqual(read?.state, { ...FIRST_STATE, filter: { ...NO_FILTER, hidden: ["2"] } });
  assert.equal(read?.view, null);
  const without = readAddress("#vue&poids=ressources:2", data, null, ["classe"]);
  assert.equal(without?.state.weights, null);
  assert.ok(without);
});

test("a field that begins like a formula is text, quotes and lines are kept", () => {
  assert.equal(csvField("=1+1"), "'=1+1");
  assert.equal(csvField("@x"), "'@x");
  assert.equal(csvField("-2"), "'-2");
  assert.equal(csvField(-2), "-2");
  assert.equal(csvField('a "b", c\n'), '"a ""b"", c\n"');
  assert.equal(csvField("a; b"), '"a; b"');
  assert.equal(csvField("3,5 m"), "3,5 m");
  assert.equal(csvField(-51.25), "-51,25");
});

test("a French spreadsheet opens the file: a mark, semicolons, decimal commas", () => {
  const bytes = new TextEncoder().encode(fileOf([["Été", "a;b"], [51.2, 3]]));
  assert.deepEqual([...bytes.slice(0, 3)], [0xef, 0xbb, 0xbf]);
  assert.equal(new TextDecoder().decode(bytes), 'Été;"a;b"\r\n51,2;3\r\n');
});

const file = (/** @type {Parameters<typeof csvText>} */ ...of) => csvText(...of).slice(1).split("\r\n");

test("the file holds the IRIS shown and no other, missing values empty", () => {
  const ages = scoreColumn("Âges", [1.239, 0, NaN, 0]);
  assert.deepEqual(file(placed, [true, false, true, false], [ages], texts), [
    "code;nom;commune;epci;population;statut;classe;score;rang;bas;haut;certitude;motif;Âges",
    "000010101;Le Port;Éguilles;Métropole;2345;note;5;71;1;;;;;1,2",
    '000020101;Le Bois;Abers;"<img src=x onerror=""window.pwned=1"">";120;non_note;;;;;;;trop peu de données;',
    "",
  ]);
});

test("the file says how sure each rank is, for the published weights only", () => {
  const sure = { ...placed, low: [1, 2, null, null], high: [4, 2, null, null], words: ["assuré", "indécis", null, null] };
  const all = [true, true, true, true];
  const [said, own] = [true, false].map((measured) => file(sure, all, [], texts, measured).map((line) => line.split(";")));
  assert.deepEqual(said[1].slice(8, 12), ["1", "1", "4", "assuré"]);
  assert.deepEqual(said[3].slice(-5), ["", "", "", "", "trop peu de données"]);
  assert.deepEqual(own[1].slice(8, 12), ["1", "", "", ""]);
});

test("surfaces of circles are in the ratio of the inhabitants, and grow with the map", () => {
  assert.equal(radiusOf(1000, 4000, 9, 9) * 2, radiusOf(4000, 4000, 9, 9));
  assert.ok(radiusOf(4000, 4000, 12, 9) > radiusOf(4000, 4000, 9, 9));
});

test("the largest circle is drawn first, and an empty IRIS has none", () => {
  const shape = (/** @type {number} */ id) => ({ feature: { id }, getCenter: () => ({ lat: id, lng: 5 }) });
  const layer = { eachLayer: (/** @type {(one: object) => void} */ done) => [0, 1, 2].map(shape).forEach(done) };
  assert.deepEqual(circleFeatures(layer, [10, null, 30]).map(({ id }) => id), [2, 0]);
});
