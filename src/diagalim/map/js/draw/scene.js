/**
 * What does the map hold? The scene is the answer to what the reader asked, and what is drawn of it.
 *
 * @typedef {import("../score/answer.js").Answer & Drawn} Scene
 * @typedef {object} Drawn
 * @property {any} model of the controller, and `layerModel` that of the layer of IRIS
 * @property {HTMLElement} el where the controls are
 * @property {any} doc the page
 * @property {string} prefix of the ids of this map
 * @property {import("./hatches.js").Palette} palette
 * @property {import("../data/topology.js").Arcs} arcs of the IRIS
 * @property {(name: string) => string} fillFor SVG fill of a named fill
 * @property {any} map Leaflet map; it and its layers are null until they are drawn
 * @property {any} layer of the IRIS
 * @property {any} outlines
 * @property {any} circles
 * @property {any} sites
 * @property {any} [layerModel]
 * @property {any} panels the controls, from `makePanels`
 * @property {HTMLElement} spoken what is said to those who hear the page
 * @property {import("../data/topology.js").Shape[]} [features] shapes of the IRIS, once they were needed
 * @property {number} wholeZoom at which the whole territory is seen
 * @property {import("./inset.js").Inset} [inset] the enlarged city
 * @property {{corner: string, shift: number}} [aside] how far the territory makes room for it
 * @property {any} [tiles] base map
 * @property {Map<number, any>} [byId] shape of each IRIS
 * @property {import("../score/score.js").Scored|null} [saidOf] score that the open sheet says
 * @property {any} [drawnSizes] what the circles drawn stand for
 * @property {string} [legendKey] what the legend of the offer says
 * @property {boolean} [epciDrawn]
 * @property {boolean} [quartersDrawn]
 * @property {import("../data/topology.js").Shape[]} [quarterShapes]
 * @property {Map<number, number[]>} groups sites that each marker stands for
 * @property {Map<number, any>} markers Leaflet markers ever drawn
 * @property {boolean} [markersReady] whether their layer makes them
 * @property {number} markerAt marker that the keyboard reaches
 * @property {string|null} [sitesKey] choice and scale of the markers drawn
 * @property {number|null} [frame] next frame asked for
 * @property {boolean} [late] whether a change waits for it
 * @property {ReturnType<typeof setTimeout>} [pause]
 */
import { readTopology } from "../data/topology.js";
import { firstAnswer } from "../score/answer.js";
import { element } from "./element.js";
import { fillOf } from "./paint.js";

/**
 * @param {any} model of the controller
 * @param {HTMLElement} el
 * @param {string} prefix
 * @param {import("../score/state.js").State} state
 * @returns {Scene}
 */
export function makeScene(model, el, prefix, state) {
  const doc = el.ownerDocument;
  const palette = model.get("palette");
  return {
    ...firstAnswer(model, state),
    model, el, prefix, doc, palette,
    arcs: readTopology(model.get("shapes")),
    spoken: element(doc, "p", "diagalim-spoken"), panels: null, wholeZoom: NaN,
    map: null, layer: null, outlines: null, circles: null, sites: null,
    groups: new Map(), markers: new Map(), markerAt: -1,
    fillFor: (/** @type {string} */ name) => fillOf(name, palette, prefix),
  };
}
