/**
 * What is said of one IRIS? The same sheet is shown on the map and read to those who hear the page.
 *
 * @typedef {import("../data/columns.js").Columns} Columns
 * @typedef {import("../score/answer.js").Detail} Detail
 */
import { STATUS } from "../data/columns.js";
import { capitalised, fill, frenchNumber, frenchRank } from "../data/french.js";
import { element } from "./element.js";
import { swatch } from "./legend.js";
import { fillName } from "./paint.js";

/**
 * The sheet of one IRIS as lines, in reading order.
 * @param {Columns} data
 * @param {number} i
 * @param {Record<string, any>} texts
 * @param {Detail|null} [detail]
 * @returns {{title: string, place: string, state: string, facts: [string, string][],
 *   note: string, offer: string[], dimensions: {label: string, score: number}[],
 *   leading: {said: string, beside: string}[]}}
 */
export function sheetOf(data, i, texts, detail = null) {
  const status = data.status[i];
  const scored = status === STATUS.note || status === STATUS.indicatif;
  /** @type {[string, string][]} */
  const facts = [];
  if (scored && data.score[i] != null) facts.push([texts.score, frenchNumber(data.score[i], 1)]);
  if (scored && data.rank[i] != null) {
    const value = { rang: frenchRank(data.rank[i]), total: frenchNumber(data.scored) };
    facts.push([texts.rank, fill(texts.rank_value, value)]);
  }
  if (scored && detail?.own && data.low) {
    facts.push([texts.certainty, texts.certainty_own]);
  } else if (scored && data.low?.[i] != null && data.high?.[i] != null) {
    const bounds = { bas: frenchRank(data.low[i]), haut: frenchRank(data.high[i]) };
    facts.push([texts.interval, fill(texts.interval_value, bounds)]);
  }
  if (scored && !detail?.own && data.words?.[i]) facts.push([texts.certainty, data.words[i]]);
  if (data.population[i] != null) {
    const n = frenchNumber(data.population[i]);
    facts.push([texts.population, fill(texts.population_value, { n })]);
  }
  return {
    title: data.name[i],
    place: `${data.communes[data.commune[i]]} · ${texts[`kind_${data.kind[i]}`]} ${data.code[i]}`,
    state: stateLine(data, i, texts),
    facts,
    note: [status === STATUS.indicatif ? texts.indicatif_line : "", data.reasons[data.reason[i]]]
      .filter(Boolean)
      .map(capitalised)
      .join(" "),
    dimensions: detail?.dimensions ?? [],
    offer: detail?.offer ?? [],
    leading: scored ? detail?.leading ?? (data.leading?.[i] ?? []).map((said) => ({ said, beside: "" })) : [],
  };
}

/**
 * @param {Document} doc
 * @param {Columns} data
 * @param {number} i
 * @param {Record<string, any>} texts
 * @param {(name: string) => string} fillFor SVG fill of a named fill
 * @param {Detail|null} [detail]
 * @returns {HTMLElement}
 */
export function popupContent(doc, data, i, texts, fillFor, detail = null) {
  const sheet = sheetOf(data, i, texts, detail);
  const root = element(doc, "div", "diagalim-sheet");
  root.append(element(doc, "p", "diagalim-sheet-title", sheet.title));
  root.append(element(doc, "p", "diagalim-sheet-place", sheet.place));
  const state = element(doc, "p", "diagalim-sheet-state");
  state.append(swatch(doc, fillFor(fillName(data, i))), element(doc, "span", "", sheet.state));
  root.append(state);
  if (sheet.note) root.append(element(doc, "p", "diagalim-sheet-note", sheet.note));
  // Not a definition list: JupyterLab and the theme of the book each float or indent its parts.
  for (const [label, value] of sheet.facts) {
    const fact = element(doc, "p", "diagalim-sheet-fact");
    fact.append(element(doc, "span", "", `${label}\u00a0:`), " ", element(doc, "b", "", value));
    root.append(fact);
  }
  if (sheet.leading.length) {
    root.append(element(doc, "p", "diagalim-sheet-leading", texts.leading));
    const list = element(doc, "ul", "");
    list.append(...sheet.leading.map(({ said, beside }) => {
      const item = element(doc, "li", "", said);
      if (beside) item.append(element(doc, "span", "diagalim-sheet-beside", beside));
      return item;
    }));
    root.append(list);
  }
  if (sheet.dimensions.length) {
    root.append(element(doc, "p", "diagalim-sheet-leading", texts.profile));
    root.append(...sheet.dimensions.map((dimension) => bar(doc, dimension, texts)));
  }
  if (sheet.offer.length) {
    root.append(element(doc, "p", "diagalim-sheet-leading", texts.sheet_offer));
    const list = element(doc, "ul", "diagalim-sheet-offer");
    list.append(...sheet.offer.map((line) => element(doc, "li", "", line)));
    root.append(list);
  }
  root.append(element(doc, "p", "diagalim-sheet-note", texts.caution));
  return root;
}

/**
 * @param {Columns} data
 * @param {number} i
 * @param {Record<string, any>} texts
 * @param {Detail|null} [detail]
 * @returns {string} the sheet as one text, for those who hear the page
 */
export function spokenSheet(data, i, texts, detail = null) {
  const sheet = sheetOf(data, i, texts, detail);
  const facts = sheet.facts.map(([label, value]) => `${label}\u00a0: ${value}`);
  const weighty = sheet.leading.map(({ said, beside }) => [said, beside].filter(Boolean).join(", "));
  const leading = weighty.length ? [`${texts.leading}\u00a0: ${weighty.join("\u202f; ")}`] : [];
  const profile = sheet.dimensions.map(({ label, score }) => `${label}\u00a0: ${points(score, texts)}`);
  const dimensions = profile.length ? [`${texts.profile}\u00a0: ${profile.join("\u202f; ")}`] : [];
  return [sheet.title, sheet.place, sheet.state, sheet.note, ...facts, ...leading, ...dimensions, ...sheet.offer]
    .filter(Boolean)
    .map((part) => part.replace(/\.$/, ""))
    .join(". ");
}

/**
 * A dimension as a bar from 0 to 100, its number beside it: a profile is read before a total.
 * @type {(doc: Document, dimension: {label: string, score: number}, texts: Record<string, any>) => HTMLElement}
 */
function bar(doc, { label, score }, texts) {
  const row = element(doc, "p", "diagalim-profile");
  const track = element(doc, "span", "diagalim-profile-track");
  const filled = element(doc, "span", "diagalim-profile-bar");
  track.setAttribute("aria-hidden", "true");
  filled.setAttribute("style", `width: ${Number.isNaN(score) ? 0 : score.toFixed(1)}%`);
  track.append(filled);
  row.append(element(doc, "span", "", label), track, element(doc, "b", "", points(score, texts)));
  return row;
}

/** @type {(score: number, texts: Record<string, any>) => string} */
function points(score, texts) {
  return Number.isNaN(score) ? texts.unknown : frenchNumber(score);
}

/** @type {(data: Columns, i: number, texts: Record<string, any>) => string} */
function stateLine(data, i, texts) {
  if (data.status[i] === STATUS.sans_population) return texts.sans_population_line;
  if (data.status[i] === STATUS.non_note || data.class[i] == null) return texts.non_note_line;
  return fill(texts.class_line, { classe: texts.classes[data.class[i] - 1] });
}
