import assert from "node:assert/strict";
import { test } from "node:test";
import { distance, offerLines } from "../../src/diagalim/map/js/data/offer.js";
import { NO_AID, keptSites } from "../../src/diagalim/map/js/data/sites.js";
import { siteContent } from "../../src/diagalim/map/js/draw/aidsheet.js";
import { groupsOf } from "../../src/diagalim/map/js/draw/grouping.js";
import { hatchOf } from "../../src/diagalim/map/js/draw/hatches.js";
import { borderOf, fillName, fillOf } from "../../src/diagalim/map/js/draw/paint.js";
import { shapesAt } from "../../src/diagalim/map/js/draw/quarters.js";
import { readAddress, writeAddress } from "../../src/diagalim/map/js/panels/address.js";
import { sitesCsv } from "../../src/diagalim/map/js/panels/aidpanel.js";
import { offerColumns } from "../../src/diagalim/map/js/panels/csv.js";
import { quarterList } from "../../src/diagalim/map/js/panels/offerbar.js";
import { levelColouring, withOffer } from "../../src/diagalim/map/js/score/levels.js";
import { FIRST_STATE } from "../../src/diagalim/map/js/score/state.js";
import { HOSTILE, data, page, palette } from "./page.mjs";

/** @type {import("../../src/diagalim/map/js/data/offer.js").Shops} */
const shops = {
  year: "2018", labels: ["Supermarché", "Épicerie"], counts: [Int32Array.of(1, 0, 0, 0), Int32Array.of(2, 0, 0, 0)],
  total: [3, 0, 0, 0], level: [0, 1, 2, 3],
};
const groups = ["colis", "repas"].map((id) => ({ id, label: id, letter: id[0], colour: "#123456" }));
/** @type {import("../../src/diagalim/map/js/data/sites.js").Sites} */
const sites = {
  name: ["Bois", HOSTILE, "Sans heures"], group: [0, 1, 0], commune: [0, 1, 1], days: [1, 66, 0],
  checkedOn: ["2026-01-01", "", ""], point: [[45, 5], null, [45, 5]], groups,
  said: { type: ["Colis"], acces: ["libre"], horaires: ["lundi"], tension: ["non dit"], verifie: ["non daté"], outil: ["x"], lieu: ["=Abers"] },
  typeAt: [0, 0, 0], accesAt: [0, 0, 0], horairesAt: [0, 0, 0], tensionAt: [0, 0, 0], verifieAt: [0, 0, 0], outilAt: [0, 0, 0], lieuAt: [0, 0, 0],
};
/** @type {import("../../src/diagalim/map/js/data/offer.js").Offer} */
const none = { shops: null, quarters: null, metres: null, sites: null };
/** @type {import("../../src/diagalim/map/js/data/offer.js").Offer} */
const offer = {
  shops, metres: [40, 830, 2340, 0], sites,
  quarters: { said: "2024", names: ["Q1", "Q2"], touched: [[0, 1], [], [], []], arcs: /** @type {any} nothing is drawn */ (null) },
};
const texts = {
  levels: ["1", "2", "3", "Inconnu"], legend_levels: "{annee}", legend_levels_note: "n", legend_levels_caution: "c",
  sheet_level: ["{n} ici en {annee}", "à côté", "aucun", "non connu"], sheet_shops_kinds: "{n} {type}",
  sheet_quarters: "touche {noms}", sheet_aid: "à {distance}", under_metres: "moins de 100 m", metres: "{n} m", kilometres: "{n} km",
  colour_levels: "Commerces {annee}", colour_offer: "Offre", classes: [], aid_not_directory: "pas un annuaire",
  aid_hours: "Heures", aid_access: "Accès", aid_tension: "Tension", aid_checked: "Vérifié", aid_tool: "Source",
  aid_csv_columns: ["lieu"],
  csv_offer: ["niveau", "commerces", "quartiers", "aide"], csv_levels: ["ici", "à côté", "aucun", "inconnu"],
};
const all = () => true;

test("each level has its own pattern and the unknown one is no level", () => {
  const colouring = levelColouring(shops, data, texts);
  assert.deepEqual(colouring.rows.map(({ count }) => count), [1, 1, 1, 1]);
  assert.equal(fillName(colouring, 2), "level-2");
  assert.equal(fillOf("level-2", palette, "p"), "url(#p-level-2)");
  const shades = { ...palette, levels: ["#f4e3c1", "#c9803a", "#5e2710"] };
  const drawn = [0, 1, 2, 3].map((level) => hatchOf(`level-${level}`, shades));
  assert.equal(new Set(drawn.map(({ angle, width }) => `${angle} ${width}`)).size, 4);
  assert.notEqual(borderOf("level-2", shades), borderOf("level-0", shades), "a dark border drowns on the darkest level");
  assert.equal(withOffer([], none, texts).length, 0);
});

test("the sheet says shops, the nearest aid and the neighbourhoods touched", () => {
  assert.deepEqual(offerLines(offer, 0, texts), ["3 ici en 2018 (1 supermarché, 2 épicerie)", "à moins de 100 m", "touche Q1, Q2"]);
  assert.deepEqual(offerLines(offer, 3, texts)[0], "non connu");
  assert.deepEqual(offerLines(none, 0, texts), []);
  assert.equal(distance(2340, texts), "2,3 km");
});

test("the file says the offer in numbers and names, and only what the territory has", () => {
  const columns = offerColumns(offer, texts);
  assert.deepEqual(columns.map(({ label }) => label), ["niveau", "commerces", "Supermarché", "Épicerie", "quartiers", "aide"]);
  assert.deepEqual(columns.map(({ of }) => of(0)), ["ici", 3, 1, 2, "Q1 | Q2", 40]);
  assert.deepEqual(columns.map(({ of }) => of(3)), ["inconnu", "", "", "", "", 0], "what is unknown is no zero");
  assert.deepEqual(columns.map(({ of }) => of(2)).slice(1, 4), [0, 0, 0]);
  assert.deepEqual(offerColumns(none, texts), []);
});

test("a day keeps the sites that open then, and those whose hours nobody knows unless they are put aside", () => {
  const kept = (/** @type {Partial<import("../../src/diagalim/map/js/data/sites.js").Aid>} */ part) => keptSites(sites, { ...NO_AID, ...part }, all).kept;
  assert.deepEqual(kept({}), [true, true, true]);
  assert.deepEqual(kept({ days: [0] }), [true, false, true]);
  assert.deepEqual(kept({ days: [0, 6] }), [true, true, true]);
  assert.deepEqual(kept({ days: [2] }), [false, false, true], "unknown is not closed");
  assert.deepEqual(kept({ days: [2], unknown: false }), [false, false, false]);
  assert.deepEqual(kept({ hidden: ["colis"] }), [false, true, false]);
  assert.deepEqual(keptSites(sites, NO_AID, (at) => at === 1).kept, [false, true, true]);
  const { count, points, unknown, placed } = keptSites(sites, NO_AID, all);
  assert.deepEqual([count, points, unknown, placed], [3, 2, 1, [2, 0]]);
});

test("a name that holds HTML is text in the sheet, and a formula is none in the file", () => {
  const sheet = siteContent(page, sites, 1, texts);
  assert.ok(sheet.textContent.includes(HOSTILE));
  assert.ok(sheet.textContent.startsWith("pas un annuaire"));
  const lines = sitesCsv(sites, [false, true, false], texts).split("\r\n");
  assert.equal(lines.length, 3);
  assert.ok(lines[1].includes("'=Abers"));
});

test("sites that a thumb cannot tell apart stand as one, none is lost, and markers keep their distance", () => {
  const spots = [[0, 0], [43, 0], [100, 100], [100, 100], [87, 0], [-1, -1]].map(([x, y], k) => ({ k, x, y }));
  assert.deepEqual(groupsOf(spots, 44), [[0, 1, 5], [2, 3], [4]]);
  assert.deepEqual(groupsOf(spots, 1), [[0], [1], [2, 3], [4], [5]]);
  assert.deepEqual(groupsOf([], 44), []);
  const many = Array.from({ length: 400 }, (_, k) => ({ k, x: (k * 37) % 500, y: (k * 61) % 300 }));
  const groups = groupsOf(many, 44);
  assert.deepEqual(groups.flat().sort((a, b) => a - b), many.map(({ k }) => k));
  const seeds = groups.map(([k]) => many[k]);
  for (const a of seeds) for (const b of seeds) assert.ok(a === b || Math.hypot(a.x - b.x, a.y - b.y) >= 44);
});

test("a site joins the nearest marker, whichever came first", () => {
  assert.deepEqual(groupsOf([{ k: 7, x: 0, y: 0 }, { k: 8, x: 60, y: 0 }, { k: 9, x: 40, y: 0 }], 44), [[7], [8, 9]]);
});

test("a point is in a neighbourhood by its borders, outside in its holes", () => {
  /** @type {(low: number, high: number) => number[][]} */
  const ring = (low, high) => [[low, low], [high, low], [high, high], [low, high], [low, low]];
  const shape = (/** @type {number[][][][]} */ coordinates) => (
    { type: /** @type {const} */ ("Feature"), properties: {}, geometry: { type: /** @type {const} */ ("MultiPolygon"), coordinates } });
  const shapes = [shape([[ring(0, 10), ring(4, 6)]]), shape([[ring(5, 20)], [ring(30, 40)]])];
  assert.deepEqual(shapesAt(shapes, [1, 1]), [0]);
  assert.deepEqual(shapesAt(shapes, [5.5, 5.5]), [1], "in the hole of the first");
  assert.deepEqual(shapesAt(shapes, [8, 8]), [0, 1]);
  assert.deepEqual(shapesAt(shapes, [35, 31]), [1]);
  assert.deepEqual(shapesAt(shapes, [50, 50]), []);
});

test("the list of neighbourhoods holds every name as text, in French order", () => {
  /** @type {number[]} */
  const heard = [];
  /** @type {any} what the list reads of a scene */
  const scene = { doc: page, prefix: "p", texts: { ...texts, choose_quarter: "Aller", no_iris: "—" },
    offer: { quarters: { names: ["Zède", HOSTILE, "Étang"] } } };
  const list = quarterList(scene, (at) => heard.push(at));
  assert.ok(list);
  assert.deepEqual(list.all("option").map((one) => one.textContent).slice(-2), ["Étang", "Zède"]);
  assert.ok(list.all("option").some((one) => one.textContent === HOSTILE));
  const [select] = list.all("select");
  for (const value of ["2", "-1"]) {
    select.value = value;
    select.emit("change");
  }
  assert.deepEqual(heard, [2]);
  assert.equal(quarterList({ ...scene, offer: { quarters: null } }, () => {}), null);
});

test("layers, types and days travel in the address, and those a page lacks are left out", () => {
  const state = { ...FIRST_STATE, shops: true, quarters: true, aid: { shown: true, hidden: ["repas"], days: [0, 6], unknown: false } };
  const hash = writeAddress(state, data, null, null);
  const read = readAddress(hash, data, null, ["classe"], offer)?.state;
  assert.ok(read);
  for (const name of /** @type {const} */ (["shops", "quarters", "aid"])) assert.deepEqual(read[name], state[name]);
  const bare = readAddress(hash, data, null, ["classe"], none)?.state;
  assert.ok(bare);
  assert.deepEqual([bare.shops, bare.quarters, bare.aid], [false, false, NO_AID]);
});
