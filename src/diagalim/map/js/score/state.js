/**
 * What may the reader ask of the page? Every choice that an address keeps, and the first view.
 *
 * @typedef {{iris: number|null, filter: import("../data/filters.js").Filter, colour: string,
 *   circles: boolean, communes: boolean, epcis: boolean, beside: string, shops: boolean,
 *   quarters: boolean, aid: import("../data/sites.js").Aid,
 *   weights: import("./score.js").Weights|null}} State
 */
import { NO_FILTER } from "../data/filters.js";
import { NO_AID } from "../data/sites.js";

/** @type {State} */
export const FIRST_STATE = {
  iris: null, filter: NO_FILTER, colour: "classe", circles: false, communes: true, epcis: false,
  beside: "", weights: null, shops: false, quarters: false, aid: NO_AID,
};
