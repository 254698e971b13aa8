/** Words: French numbers, sheets, legend, lists. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fill, frenchNumber, frenchOrder, frenchRank } from "../../src/diagalim/map/js/data/french.js";
import { legend, legendRows } from "../../src/diagalim/map/js/draw/legend.js";
import { popupContent, sheetOf, spokenSheet } from "../../src/diagalim/map/js/draw/popup.js";
import { chooser } from "../../src/diagalim/map/js/panels/chooser.js";
import { HOSTILE, data, page, texts } from "./page.mjs";

const flat = (/** @type {string} */ name) => name;
/** @type {any} nobody listens */
const unheard = {};

test("numbers are French: decimal comma, narrow no-break space, one decimal kept", () => {
  assert.equal(frenchNumber(71, 1), "71,0");
  assert.equal(frenchNumber(2019717), "2\u202f019\u202f717");
  assert.equal(frenchRank(1), "1er");
  assert.equal(frenchRank(1037), "1\u202f037e");
});

test("names follow a French index: É with E, 2e before 10e", () => {
  const names = ["Zède", "Marseille 10e", "Éguilles", "Marseille 2e", "Eyragues"];
  assert.deepEqual(frenchOrder(names).map((i) => names[i]),
    ["Éguilles", "Eyragues", "Marseille 2e", "Marseille 10e", "Zède"]);
});

test("a name between braces that nobody gave stays visible", () => {
  assert.equal(fill("{a} et {b}", { a: "1" }), "1 et {b}");
});

test("a scored IRIS shows score with one decimal, rank, class in words, population, reasons", () => {
  const sheet = sheetOf(data, 0, texts);
  assert.deepEqual(sheet.facts, [
    ["Score", "71,0"], ["Rang", "1er sur 1\u202f234"], ["Population", "2\u202f345 habitants"],
  ]);
  assert.equal(sheet.state, "Classe 5 · e");
  assert.deepEqual(sheet.leading.map(({ said }) => said), ["38 % sans voiture"]);
});

test("an IRIS that is not scored says why and shows neither score nor rank", () => {
  const sheet = sheetOf(data, 2, texts);
  assert.deepEqual(sheet.facts, [["Population", "120 habitants"]]);
  assert.equal(sheet.state, "Non noté");
  assert.equal(sheet.note, "Trop peu de données");
});

test("an unknown population is left out rather than shown as zero", () => {
  assert.deepEqual(sheetOf(data, 3, texts).facts, []);
});

test("an indicative score says so in its sheet", () => {
  assert.match(sheetOf(data, 1, texts).note, /indicatif/);
});

test("HTML in a name is shown as text, in the sheet and in the lists", () => {
  const sheet = popupContent(page, data, 1, texts, flat);
  assert.equal(sheet.all("img").length, 0);
  assert.ok(sheet.textContent.includes(HOSTILE));
  const { root } = chooser(page, data, texts, unheard, "m");
  assert.equal(root.all("img").length, 0);
});

test("what is heard holds all that is seen", () => {
  const heard = spokenSheet(data, 0, texts);
  for (const part of ["Le Port", "Éguilles", "Classe 5 · e", "71,0", "1er", "38 % sans voiture"]) {
    assert.ok(heard.includes(part), part);
  }
});

test("legend counts hatched IRIS in their class, and shows each missing state", () => {
  const rows = legendRows(data, texts);
  assert.deepEqual(rows.map((row) => row.count), [1, 0, 0, 0, 1, 1, 1, 1]);
  assert.deepEqual(rows.slice(5).map((row) => row.fill),
    ["3-indicatif", "non_note", "sans_population"]);
});

test("legend does not list a state that no IRIS has", () => {
  const rows = legendRows({ status: [0], class: [2] }, texts);
  assert.equal(rows.length, 5);
});

test("a new score adds its profile and what the commune has to the sheet", () => {
  const detail = {
    leading: [{ said: "40 % en HLM", beside: "commune : 12 %" }],
    dimensions: [{ label: "Ressources", score: 61.5 }, { label: "Âges", score: NaN }],
  };
  const seen = popupContent(page, data, 0, texts, flat, detail).textContent;
  const heard = spokenSheet(data, 0, texts, detail);
  for (const part of ["40 % en HLM", "commune : 12 %", "Ressources", "62", "n.d"]) {
    assert.ok(seen.includes(part), part);
    assert.ok(heard.includes(part), part);
  }
  assert.ok(!seen.includes("38 % sans voiture"));
});

test("the interval of a rank and its certainty are said where the chapter gives them", () => {
  const known = { ...data, low: [3, null, null, null], high: [41, null, null, null], words: ["probable", null, null, null] };
  assert.deepEqual(sheetOf(known, 0, texts).facts.slice(2, 4),
    [["Intervalle", "du 3e au 41e"], ["Certitude", "probable"]]);
  assert.equal(sheetOf(known, 1, texts).facts.length, 3);
});

test("a sheet under the reader's weights gives no interval measured for others", () => {
  const known = { ...data, low: [1, null, null, null], high: [4, null, null, null], words: ["assuré", null, null, null] };
  const own = { dimensions: [], leading: [], own: true };
  assert.deepEqual(sheetOf(known, 0, texts, own).facts.slice(2, 3), [["Certitude", "non mesurée"]]);
  assert.ok(!spokenSheet(known, 0, texts, own).includes("assuré"));
  assert.deepEqual(sheetOf(data, 0, texts, own).facts.map(([label]) => label), ["Score", "Rang", "Population"]);
});

test("halves go to the even digit and the rest to the nearest, as in Python", () => {
  assert.deepEqual([0.5, 1.5, 16.5].map((x) => frenchNumber(x)), ["0", "2", "16"]);
  assert.deepEqual([0.25, 2.45, 0.35].map((x) => frenchNumber(x, 1)), ["0,2", "2,5", "0,3"]);
  assert.equal(frenchNumber(-3), "\u22123");
  assert.equal(frenchNumber(-0.01, 1), "0,0");
});

test("legend is folded where there is no room", () => {
  assert.equal(/** @type {HTMLDetailsElement} */ (legend(page, data, texts, flat, false)).open, false);
});

test("the second list holds the IRIS of the commune chosen in the first", () => {
  /** @type {[string, number|null][]} */
  const seen = [];
  const hear = (/** @type {string} */ kind) => (/** @type {number|null} */ at) => void seen.push([kind, at]);
  const chosen = { commune: hear("c"), iris: hear("i"), epci: hear("e") };
  const [commune, iris] = chooser(page, data, texts, chosen, "m").root.all("select");
  assert.equal(iris.disabled, true);
  commune.value = "1";
  commune.emit("change");
  assert.deepEqual(iris.all("option").map((/** @type {Element} */ o) => o.textContent), ["—", "École", "Le Bois"]);
  iris.value = "3";
  iris.emit("change");
  assert.deepEqual(seen, [["c", 1], ["i", 3]]);
});

test("a click on the map sets both lists on the IRIS", () => {
  const lists = chooser(page, data, texts, unheard, "m");
  lists.show(2);
  assert.deepEqual(lists.root.all("select").map((s) => s.value), ["1", "2"]);
});
