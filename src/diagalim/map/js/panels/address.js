/**
 * How is a view shared? Its state stands in the address, after `#vue`, written with the codes of
 * places and the names of indicators: a link still leads there after new data. What an address asks
 * and the page does not have is left out, never shown.
 *
 * @typedef {import("../score/state.js").State} State
 * @typedef {{state: State, view: [number, number, number]|null}} Asked
 */
import { NO_AID } from "../data/sites.js";
import { SIDES, publishedWeights, whyNoScore } from "../score/score.js";
import { FIRST_STATE } from "../score/state.js";

const DAYS = ["lu", "ma", "me", "je", "ve", "sa", "di"];

/**
 * @param {State} state
 * @param {any} data
 * @param {import("../score/score.js").Sent|null} sent
 * @param {[number, number, number]|null} view latitude, longitude, zoom
 * @returns {string} "" for the first view, else `#vue&…`
 */
export function writeAddress(state, data, sent, view) {
  const { filter } = state;
  const said = {
    iris: state.iris == null ? "" : data.code[state.iris],
    commune: filter.commune == null ? "" : data.codes[filter.commune],
    epci: filter.epci == null ? "" : data.epcis[filter.epci],
    sans: filter.hidden.join("."),
    mot: filter.word ?? "",
    couleur: state.colour === FIRST_STATE.colour ? "" : state.colour,
    cercles: state.circles ? "1" : "",
    limites: [state.communes ? "" : "-communes", state.epcis ? "epci" : ""].filter(Boolean).join("."),
    offre: [state.shops ? "commerces" : "", state.quarters ? "qpv" : "", state.aid.shown ? "aide" : ""].filter(Boolean).join("."),
    aide_sans: state.aid.hidden.join("."),
    jours: state.aid.days.map((day) => DAYS[day]).join("."),
    horaires: state.aid.unknown ? "" : "connus",
    avec: writePlace(state.beside, data),
    poids: writeWeights(state.weights, sent),
  };
  const parts = Object.entries(said).filter(([, value]) => value)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  if (view) parts.push(`carte=${view.map((x, k) => x.toFixed(k < 2 ? 4 : 1)).join(",")}`);
  return parts.length ? `#vue&${parts.join("&")}` : "";
}

/**
 * A link of another page asks for a view after `?`: the theme takes what follows `#` in a link for
 * the name of a heading, and reports an error. What the reader then does is written after `#`.
 * @param {{hash: string, search: string}} location
 * @returns {string} the view asked for, as `#vue&…`
 */
export function askedIn({ hash, search }) {
  return hash || search.replace(/^\?/, "#");
}

/**
 * @param {string} hash of the page
 * @param {any} data
 * @param {import("../score/score.js").Sent|null} sent
 * @param {string[]} colours ids that the page offers
 * @param {import("../data/offer.js").Offer|null} [offer]
 * @returns {Asked|null} null when it holds no view
 */
export function readAddress(hash, data, sent, colours, offer = null) {
  if (!/^#vue(&|$)/.test(hash)) return null;
  const asked = new URLSearchParams(hash.slice(5));
  const place = (/** @type {string[]|undefined} */ names, /** @type {string|null} */ name) => (
    orNull((names ?? []).indexOf(name ?? "\0")));
  const hidden = (asked.get("sans") ?? "").split(".").filter((one) => /^[0-5]$/.test(one));
  const colour = asked.get("couleur") ?? "";
  const limits = (asked.get("limites") ?? "").split(".");
  const word = asked.get("mot");
  const numbers = (asked.get("carte") ?? "").split(",").map(Number);
  const [lat, lon, zoom] = numbers;
  const shown = numbers.length === 3 && Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && zoom >= 1 && zoom <= 20;
  return {
    state: {
      iris: place(data.code, asked.get("iris")),
      filter: {
        hidden,
        commune: place(data.codes, asked.get("commune")),
        epci: place(data.epcis, asked.get("epci")),
        word: word && data.words?.includes(word) ? word : null,
      },
      colour: colours.includes(colour) ? colour : FIRST_STATE.colour,
      circles: asked.get("cercles") === "1",
      communes: !limits.includes("-communes"),
      epcis: limits.includes("epci"),
      ...readOfferState(asked, offer),
      beside: readPlace(asked.get("avec") ?? "", data),
      weights: readWeights(asked.get("poids") ?? "", sent),
    },
    view: shown ? [lat, lon, zoom] : null,
  };
}

/** @type {(place: string, data: any) => string} */
function writePlace(place, data) {
  if (!place) return "";
  const at = Number(place.slice(1));
  return place[0] === "e" ? `e:${data.epcis[at]}` : `c:${data.codes[at]}`;
}

/** @type {(text: string, data: any) => string} */
function readPlace(text, data) {
  const [kind, name] = [text[0], text.slice(2)];
  const at = ((kind === "e" ? data.epcis : kind === "c" ? data.codes : []) ?? []).indexOf(name);
  return at < 0 ? "" : `${kind}${at}`;
}

/**
 * Weights that differ from the published ones: `ressources:2.5_taux_rsa:0`, parted by commas.
 * @type {(weights: import("../score/score.js").Weights|null, sent: import("../score/score.js").Sent|null) => string}
 */
function writeWeights(weights, sent) {
  if (!weights || !sent) return "";
  const published = publishedWeights(sent);
  return SIDES.flatMap((side) => sent[side].flatMap((one, k) => (
    weights[side][k] === published[side][k] ? [] : [`${one.id}:${weights[side][k]}`]))).join(",");
}

/** @type {(text: string, sent: import("../score/score.js").Sent|null) => import("../score/score.js").Weights|null} */
function readWeights(text, sent) {
  if (!text || !sent) return null;
  const weights = publishedWeights(sent);
  for (const part of text.split(",")) {
    const [name, value] = part.split(":");
    for (const side of SIDES) {
      const at = sent[side].findIndex((one) => one.id === name);
      if (at >= 0 && /^\d+(\.\d+)?$/.test(value ?? "")) weights[side][at] = Number(value);
    }
  }
  return whyNoScore(sent, weights) ? null : weights;
}

/** @type {(at: number) => number|null} */
function orNull(at) {
  return at < 0 ? null : at;
}

/**
 * Layers and choice of sites, those that the page has.
 * @param {URLSearchParams} asked
 * @param {import("../data/offer.js").Offer|null} offer
 * @returns {Pick<State, "shops"|"quarters"|"aid">}
 */
function readOfferState(asked, offer) {
  const parts = (/** @type {string} */ name) => (asked.get(name) ?? "").split(".");
  const shown = parts("offre");
  const groups = (offer?.sites?.groups ?? []).map((one) => one.id);
  return {
    shops: Boolean(offer?.shops) && shown.includes("commerces"),
    quarters: Boolean(offer?.quarters) && shown.includes("qpv"),
    aid: offer?.sites ? {
      shown: shown.includes("aide"),
      hidden: parts("aide_sans").filter((one) => groups.includes(one)),
      days: DAYS.flatMap((one, day) => (parts("jours").includes(one) ? [day] : [])),
      unknown: asked.get("horaires") !== "connus",
    } : NO_AID,
  };
}
