/**
 * What does the page answer to what the reader asked? Columns under the weights in force, the IRIS
 * and the sites that a choice keeps, what the colours stand for, and what a sheet says beyond them.
 *
 * @typedef {import("./state.js").State} State
 * @typedef {object} Answer
 * @property {State} state what the reader asked
 * @property {Record<string, any>} texts from `wording.py`
 * @property {any} data columns as published
 * @property {any} sent what a score is made of, null where the page cannot score
 * @property {import("./score.js").Basis|null} basis the same, unpacked
 * @property {Float64Array[]} raw values of the indicators
 * @property {any} offer what `readOffer` gives
 * @property {{id: string, label: string, group: string}[]} colours that the reader may choose
 * @property {any} shown columns under the present weights
 * @property {import("./score.js").Scored|null} own score under the reader's weights
 * @property {import("./score.js").Scored|null} published score, once it was needed
 * @property {boolean[]} kept IRIS that the filter keeps
 * @property {any} colouring what the colours stand for
 * @property {any} sitesKept sites of aid that the choice keeps
 * @property {string} [quarterHere] neighbourhoods at the point that was touched
 * @typedef {{dimensions: {label: string, score: number}[], leading: {said: string, beside: string}[],
 *   offer?: string[], own?: boolean}}
 *   Detail what a new score adds; without it the sentences are those that came with the columns;
 *   own: under the reader's weights, whose certainty nobody measured
 */
import { passing } from "../data/filters.js";
import { fill, withUnit } from "../data/french.js";
import { offerLines, readOffer } from "../data/offer.js";
import { insideChosen } from "../data/places.js";
import { keptSites } from "../data/sites.js";
import { colouringOf, colourings } from "./colouring.js";
import { leadingOf, rawValues } from "./leading.js";
import { LEVELS, levelColouring, withOffer } from "./levels.js";
import { rescoredColumns } from "./rescored.js";
import { basisOf, publishedWeights, scoreOf } from "./score.js";

/**
 * @param {any} model of the controller
 * @param {State} state
 * @returns {Answer} the published columns, before anything was asked: `refresh` brings it to the state
 */
export function firstAnswer(model, state) {
  const data = model.get("data");
  const scoring = model.get("scoring");
  const sent = scoring?.units ? scoring : null;
  const texts = model.get("texts");
  const offer = readOffer(model.get("offer"), data.code.length);
  return {
    state, data, sent, texts, offer,
    basis: sent ? basisOf(sent) : null,
    raw: sent ? rawValues(sent) : [],
    colours: withOffer(colourings(sent, texts, data), offer, texts),
    shown: data, own: null, published: null, kept: [], colouring: null, sitesKept: null,
  };
}

/**
 * Bring columns, filter and colours to the present state.
 * @param {Answer} answer
 */
export function refresh(answer) {
  const { state, data, basis, sent, raw, texts } = answer;
  answer.own = state.weights && basis ? scoreOf(basis, state.weights) : null;
  answer.shown = answer.own ? rescoredColumns(data, answer.own, sent.reasons) : data;
  answer.kept = passing(answer.shown, state.filter);
  const result = ["classe", LEVELS].includes(state.colour) ? null : resultOf(answer);
  answer.colouring = colouringOf(answer.shown, basis, result, raw, state.colour, texts);
  if (answer.own && state.colour === "classe") answer.colouring.note = texts.legend_note_weights;
  const { shops, sites } = answer.offer;
  if (state.colour === LEVELS && shops) answer.colouring = levelColouring(shops, answer.shown, texts);
  if (sites) answer.sitesKept = keptSites(sites, state.aid, insideChosen(data, state.filter));
}

/**
 * The score under the present weights with all its parts; that of the published ones is computed
 * when something first needs more than its columns, which the opening of the page does not.
 * @param {Answer} answer
 * @returns {import("./score.js").Scored|null}
 */
export function resultOf(answer) {
  const { basis, sent } = answer;
  if (!basis) return null;
  answer.published ??= scoreOf(basis, publishedWeights(sent));
  return answer.own ?? answer.published;
}

/**
 * What a sheet says beyond the columns, under the present weights.
 * @param {Answer} answer
 * @param {number} i
 * @returns {Detail|null}
 */
export function detailOf(answer, i) {
  const { basis, raw, texts, data, sent } = answer;
  const result = resultOf(answer);
  if (!basis || !result) return null;
  const said = leadingOf(basis, result, raw, i, texts, data.commune);
  return {
    own: Boolean(answer.own),
    offer: [
      ...(answer.quarterHere ? [fill(texts.sheet_quarter_here, { noms: answer.quarterHere })] : []),
      ...offerLines(answer.offer, i, texts),
    ],
    leading: said.map(({ said: text, commune, at }) => ({
      said: text,
      beside: Number.isNaN(commune) ? "" : fill(texts.beside_commune, {
        valeur: withUnit(commune, sent.indicators[at].unit),
      }),
    })),
    dimensions: sent.dimensions.map((/** @type {import("./score.js").Dimension} */ dimension, /** @type {number} */ d) => (
      { label: dimension.label, score: result.dimensions[d][i] })),
  };
}
