/**
 * Which controls stand around the map? What changes the map stands above it, what follows from it
 * below. Made once, then told what the state has become.
 */
import { counted, fill, frenchNumber } from "../data/french.js";
import { insideJump, insidePlace, placesOf } from "../data/places.js";
import { pictureWords } from "../draw/caption.js";
import { element } from "../draw/element.js";
import { legendRows } from "../draw/legend.js";
import { paintSites } from "../draw/markers.js";
import { pictureOf } from "../draw/picture.js";
import { detailOf, resultOf } from "../score/answer.js";
import { movedLine, whatMoved } from "../score/rescored.js";
import { aidPanel } from "./aidpanel.js";
import { chooser } from "./chooser.js";
import { classFilter } from "./classfilter.js";
import { button } from "./controls.js";
import { csvText, download, offerColumns, scoreColumn } from "./csv.js";
import { offerBar } from "./offerbar.js";
import { basemapSwitch, optionsBar } from "./options.js";
import { summaryOf, summaryTable } from "./summary.js";
import { twinTable } from "./twin.js";
import { weightsPanel } from "./weights.js";

/**
 * @param {import("../draw/scene.js").Scene} scene
 * @param {Record<string, (x: any) => void>} act from the controller
 * @returns {{root: HTMLElement, lower: HTMLElement, show: () => void, showIris: (i: number) => void,
 *   update: () => void, updateMoved: () => void}}
 */
export function makePanels(scene, act) {
  const { doc, data, sent, texts, prefix } = scene;
  const root = element(doc, "div", "diagalim-panels");
  const lower = element(doc, "div", "diagalim-panels diagalim-lower");
  const lists = chooser(doc, data, texts, /** @type {any} */ (act), prefix);
  const jumps = data.jumps ?? [];
  const options = optionsBar(
    doc, scene.colours, { jumps: jumps.map((/** @type {{name: string}} */ { name }) => name), epci: data.epcis?.length > 1 }, texts,
    {
      colour: (id) => act.change({ colour: id }),
      circles: (on) => act.layers({ circles: on, shops: false }),
      communes: (on) => act.change({ communes: on }),
      epci: (on) => act.change({ epcis: on }),
      jump: (at) => act.jump(insideJump(data, jumps[at])),
    },
    prefix,
  );
  const offered = offerBar(scene, act.layers, act.aid, act.quarter);
  const aid = aidPanel(scene, /** @type {any} */ (act));
  const filter = classFilter(doc, data, texts, act.filter);
  const weights = sent
    ? weightsPanel(doc, sent, texts, (chosen) => act.change({ weights: chosen }), prefix) : null;
  const labels = sent ? sent.dimensions.map((/** @type {{label: string}} */ { label }) => label) : [];
  const summary = summaryTable(doc, data, labels, texts, (place) => act.change({ beside: place }), prefix);
  const more = /** @type {HTMLDetailsElement} */ (element(doc, "details", "diagalim-filters"));
  more.append(element(doc, "summary", "", texts.filter), lists.beside, filter.root);
  const shown = element(doc, "p", "diagalim-shown");
  shown.setAttribute("role", "status");
  const heard = element(doc, "p", "diagalim-spoken diagalim-moved-said");
  heard.setAttribute("role", "status");
  const placed = (/** @type {(HTMLElement|null|undefined)[]} */ ...nodes) => (
    /** @type {HTMLElement[]} */ (nodes.filter(Boolean)));
  lists.root.append(...placed(options.colour));
  root.append(...placed(lists.root, weights?.root, options.places));
  lower.append(heard, shown, options.root, ...placed(offered?.root, aid?.root), more, summary.root, downloads(scene, act));
  if (scene.model.get("tiles")) {
    options.root.append(basemapSwitch(doc, texts, act.basemap, prefix));
  }
  let twin = null;

  function show() {
    const { state } = scene;
    lists.showPlace(state.filter.commune, state.filter.epci);
    options.show(state);
    offered?.show();
    aid?.show();
    filter.show(state.filter);
    weights?.show(state.weights);
    summary.show(state.beside);
    if (weights && state.weights) weights.root.open = true;
    if (state.filter.hidden.length) more.open = true;
    if (state.iris != null) lists.show(state.iris);
    updateMoved();
  }

  function updateMoved() {
    if (!weights) return "";
    const line = scene.state.weights
      ? movedLine(whatMoved(data, scene.shown), texts, counted) : texts.weights_published;
    weights.say(line);
    return line;
  }

  function update() {
    aid?.update();
    const { kept, state } = scene;
    const count = kept.filter(Boolean).length;
    shown.textContent = count === kept.length ? ""
      : fill(counted(texts.shown_count, count), { total: frenchNumber(kept.length) });
    const dimensions = resultOf(scene)?.dimensions ?? [];
    const here = state.filter.epci != null ? `e${state.filter.epci}`
      : state.filter.commune != null ? `c${state.filter.commune}` : "";
    const name = (/** @type {string} */ id) => placesOf(data, texts).find((one) => one.id === id)?.name ?? "";
    const place = (/** @type {string} */ id) => (
      { name: name(id), summary: summaryOf(scene.shown, insidePlace(data, id), dimensions) });
    summary.fill(place(here), place(state.beside));
    twin ??= twinTable(doc, data, texts, scene.offer.shops);
    const leading = (/** @type {number} */ i) => (detailOf(scene, i)?.leading ?? []).map(({ said }) => said);
    twin?.update(scene.shown, kept, leading, Boolean(state.weights));
    // Said when the reader pauses: a line read at each step of a slider would never end.
    const line = state.weights ? updateMoved() : "";
    if (heard.textContent !== line) heard.textContent = line;
  }

  return { root, lower, show, update, updateMoved, showIris: (i) => lists.show(i) };
}

/**
 * CSV of what is shown, picture of the view, address to copy, way back to the first view.
 * @type {(scene: import("../draw/scene.js").Scene, act: Record<string, (x: any) => void>) => HTMLElement}
 */
function downloads(scene, act) {
  const { doc, texts, palette } = scene;
  const bar = element(doc, "div", "diagalim-downloads");
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", texts.take_away);
  bar.append(
    button(doc, texts.csv, () => {
      const { shown, kept, sent, offer, own } = scene;
      const scores = (resultOf(scene)?.dimensions ?? []).map((column, d) => scoreColumn(sent.dimensions[d].label, column));
      const text = csvText(shown, kept, [...scores, ...offerColumns(offer, texts)], texts, !own);
      download(doc, new Blob([text], { type: "text/csv;charset=utf-8" }), `${texts.file_name}.csv`);
    }),
    button(doc, texts.picture, () => {
      const { title, notes } = pictureWords(scene);
      const rows = legendRows(scene.colouring, texts);
      const said = { title, rows, notes, over: (/** @type {CanvasRenderingContext2D} */ pen) => paintSites(pen, scene) };
      const canvas = pictureOf(doc, scene.map, said, palette, scene.inset);
      canvas.toBlob((blob) => blob && download(doc, blob, `${texts.file_name}.png`), "image/png");
    }),
    button(doc, texts.print, () => doc.defaultView.print()),
    button(doc, texts.reset, () => act.reset(null)),
  );
  return bar;
}
