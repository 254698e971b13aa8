/**
 * What do the colours of the map stand for: the class of the score, a dimension, or an indicator?
 * Each gives classes of equal numbers of IRIS, 5 the most exposed, so that the same five colours
 * always read the same way.
 *
 * @typedef {import("../data/columns.js").Colouring} Colouring
 */
import { STATUS } from "../data/columns.js";
import { capitalised, fill, withUnit } from "../data/french.js";
import { certaintyChoices, certaintyColouring } from "./certainty.js";
import { ranked } from "./score.js";

/**
 * @param {import("./score.js").Sent|null} sent null where the page has nothing but classes
 * @param {Record<string, any>} texts
 * @param {any} [data] published columns, where they say how sure the score is
 * @returns {{id: string, label: string, group: string}[]} what the reader may choose
 */
export function colourings(sent, texts, data = {}) {
  const classes = { id: "classe", label: texts.colour_class, group: "" };
  const first = [classes, ...certaintyChoices(data, texts)];
  if (!sent) return first;
  return [
    ...first,
    ...sent.dimensions.map(({ id, label }) => ({ id: `d-${id}`, label, group: texts.colour_dimensions })),
    ...sent.indicators.map(({ id, label }) => ({ id: `i-${id}`, label: capitalised(label), group: texts.colour_indicators })),
  ];
}

/**
 * @param {any} shown columns under the present weights
 * @param {import("./score.js").Basis|null} basis
 * @param {import("./score.js").Scored|null} result
 * @param {Float64Array[]} raw
 * @param {string} id of `colourings`; one that is not there gives the classes of the score
 * @param {Record<string, any>} texts
 * @returns {Colouring}
 */
export function colouringOf(shown, basis, result, raw, id, texts) {
  const sure = certaintyColouring(shown, id, texts);
  if (sure) return sure;
  const [kind, name] = [id.slice(0, 2), id.slice(2)];
  const among = kind === "d-" ? basis?.sent.dimensions : kind === "i-" ? basis?.sent.indicators : [];
  const at = (among ?? []).findIndex((one) => one.id === name);
  if (!basis || !result || !among || at < 0) {
    return {
      title: texts.legend, labels: texts.classes, class: shown.class, status: shown.status, secret: shown.secret,
      hatched: texts.indicatif, missing: texts.non_note, note: texts.legend_note,
    };
  }
  const column = kind === "d-" ? result.dimensions[at] : basis.percentiles[at];
  const borrowed = kind === "i-" ? basis.borrowed[at] : null;
  const { class: cut } = ranked(column, basis.sent.limits.classes);
  const classes = Array.from(cut, (one) => (Number.isNaN(one) ? null : one));
  const label = among[at].label;
  return {
    title: fill(texts.legend_of, { nom: label }),
    labels: kind === "d-" ? texts.classes : ranges(classes, raw[at], basis.sent.indicators[at].unit, texts),
    class: classes,
    status: classes.map((one, i) => statusOf(one, shown.status[i], borrowed?.[i])),
    hatched: texts.borrowed,
    missing: texts.unknown_value,
    note: kind === "d-" ? texts.legend_note_dimension : texts.legend_note_indicator,
  };
}

/** @type {(one: number|null, status: number, borrowed?: number) => number} */
function statusOf(one, status, borrowed) {
  if (status === STATUS.sans_population) return status;
  if (one == null) return STATUS.non_note;
  return borrowed ? STATUS.indicatif : STATUS.note;
}

/**
 * What values each class holds: « 3 · 14 à 19 % ».
 * @type {(classes: (number|null)[], values: Float64Array, unit: string,
 *   texts: Record<string, any>) => string[]}
 */
function ranges(classes, values, unit, texts) {
  return texts.classes.map((/** @type {string} */ _, /** @type {number} */ k) => {
    const own = Array.from(values).filter((value, i) => classes[i] === k + 1 && !Number.isNaN(value));
    if (!own.length) return `${k + 1}\u00a0· –`;
    const [low, high] = [Math.min(...own), Math.max(...own)].map((v) => withUnit(v, unit));
    const bare = low.replace(/\u00a0.*$/, "");
    return `${k + 1}\u00a0· ${low === high ? high : fill(texts.range, { bas: bare, haut: high })}`;
  });
}
