/**
 * What is said of one IRIS? Every text from the data goes in by textContent: a name that holds
 * HTML is shown as it is written.
 *
 * @typedef {{code: string[], name: string[], communes: string[], commune: number[], kind: string,
 *   population: (number|null)[], status: number[], class: (number|null)[],
 *   score: (number|null)[], rank: (number|null)[], scored: number, reasons: string[],
 *   reason: number[], leading: string[][]}} Columns
 */
import { fill, frenchNumber, frenchRank } from "./french.js";
import { STATUS, fillName } from "./paint.js";
import { swatch } from "./legend.js";

/**
 * The sheet of one IRIS as lines, in reading order.
 * @param {Columns} data
 * @param {number} i
 * @param {Record<string, any>} texts
 * @returns {{title: string, place: string, state: string, facts: [string, string][],
 *   note: string, leading: string[]}}
 */
export function sheetOf(data, i, texts) {
  const status = data.status[i];
  const scored = status === STATUS.note || status === STATUS.indicatif;
  /** @type {[string, string][]} */
  const facts = [];
  if (scored && data.score[i] != null) facts.push([texts.score, frenchNumber(data.score[i], 1)]);
  if (scored && data.rank[i] != null) {
    const value = { rang: frenchRank(data.rank[i]), total: frenchNumber(data.scored) };
    facts.push([texts.rank, fill(texts.rank_value, value)]);
  }
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
    leading: scored ? data.leading[i] : [],
  };
}

/**
 * @param {Document} doc
 * @param {Columns} data
 * @param {number} i
 * @param {Record<string, any>} texts
 * @param {(name: string) => string} fillFor SVG fill of a named fill
 * @returns {HTMLElement}
 */
export function popupContent(doc, data, i, texts, fillFor) {
  const sheet = sheetOf(data, i, texts);
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
    list.append(...sheet.leading.map((said) => element(doc, "li", "", said)));
    root.append(list);
  }
  root.append(element(doc, "p", "diagalim-sheet-note", texts.caution));
  return root;
}

/**
 * @param {Columns} data
 * @param {number} i
 * @param {Record<string, any>} texts
 * @returns {string} the sheet as one text, for those who hear the page
 */
export function spokenSheet(data, i, texts) {
  const sheet = sheetOf(data, i, texts);
  const facts = sheet.facts.map(([label, value]) => `${label}\u00a0: ${value}`);
  const leading = sheet.leading.length ? [`${texts.leading}\u00a0: ${sheet.leading.join("\u202f; ")}`] : [];
  return [sheet.title, sheet.place, sheet.state, sheet.note, ...facts, ...leading]
    .filter(Boolean)
    .map((part) => part.replace(/\.$/, ""))
    .join(". ");
}

/**
 * @param {Document} doc
 * @param {string} tag
 * @param {string} name of the class, may be empty
 * @param {string} [text]
 * @returns {HTMLElement}
 */
export function element(doc, tag, name, text) {
  const node = doc.createElement(tag);
  if (name) node.className = name;
  if (text != null) node.textContent = text;
  return node;
}

function capitalised(text) {
  return text.charAt(0).toLocaleUpperCase("fr") + text.slice(1);
}

function stateLine(data, i, texts) {
  if (data.status[i] === STATUS.sans_population) return texts.sans_population_line;
  if (data.status[i] === STATUS.non_note || data.class[i] == null) return texts.non_note_line;
  return fill(texts.class_line, { classe: texts.classes[data.class[i] - 1] });
}
