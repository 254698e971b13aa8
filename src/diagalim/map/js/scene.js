/**
 * What is drawn, from what the reader asked? The scene holds the data, the state and what follows
 * from them; `repaint` brings the map to it, touching only what changed.
 *
 * @typedef {import("./address.js").State} State
 * @typedef {object} Scene
 * @property {any} model of the controller, and `layerModel` that of the layer of IRIS
 * @property {HTMLElement} el where the controls are
 * @property {any} doc the page
 * @property {string} prefix of the ids of this map
 * @property {Record<string, any>} texts from `wording.py`
 * @property {import("./paint.js").Palette} palette
 * @property {any} data columns as published
 * @property {any} sent what a score is made of, null where the page cannot score
 * @property {import("./score.js").Basis|null} basis the same, unpacked
 * @property {Float64Array[]} raw values of the indicators
 * @property {import("./topology.js").Arcs} arcs of the IRIS
 * @property {any} offer what `readOffer` gives
 * @property {{id: string, label: string, group: string}[]} colours that the reader may choose
 * @property {(name: string) => string} fillFor SVG fill of a named fill
 * @property {State} state what the reader asked
 * @property {any} shown columns under the present weights
 * @property {import("./score.js").Scored|null} own score under the reader's weights
 * @property {import("./score.js").Scored|null} published score, once it was needed
 * @property {boolean[]} kept IRIS that the filter keeps
 * @property {any} colouring what the colours stand for
 * @property {any} sitesKept sites of aid that the choice keeps
 * @property {any} map Leaflet map; it and its layers are null until they are drawn
 * @property {any} layer of the IRIS
 * @property {any} outlines
 * @property {any} circles
 * @property {any} sites
 * @property {any} [layerModel]
 * @property {any} panels the controls, from `makePanels`
 * @property {HTMLElement} spoken what is said to those who hear the page
 * @property {ReturnType<typeof polygonFeatures>} [features] shapes of the IRIS, once they were needed
 * @property {number} wholeZoom at which the whole territory is seen
 * @property {import("./inset.js").Inset} [inset] the enlarged city
 * @property {{corner: string, shift: number}} [aside] how far the territory makes room for it
 * @property {any} [tiles] base map
 * @property {Map<number, any>} [byId] shape of each IRIS
 * @property {import("./score.js").Scored|null} [saidOf] score that the open sheet says
 * @property {any} [drawnSizes] what the circles drawn stand for
 * @property {string} [legendKey] what the legend of the offer says
 * @property {boolean} [epciDrawn]
 * @property {boolean} [quartersDrawn]
 * @property {import("./quarters.js").Shape[]} [quarterShapes]
 * @property {string} [quarterHere] neighbourhoods at the point that was touched
 * @property {Map<number, number[]>} groups sites that each marker stands for
 * @property {Map<number, any>} markers Leaflet markers ever drawn
 * @property {boolean} [markersReady] whether their layer makes them
 * @property {number} markerAt marker that the keyboard reaches
 * @property {string} [sitesKey] choice and scale of the markers drawn
 * @property {number|null} [frame] next frame asked for
 * @property {boolean} [late] whether a change waits for it
 * @property {ReturnType<typeof setTimeout>} [pause]
 */
import { circleSizes, fillOfferLegend } from "./layers.js";
import { drawQuarters } from "./quarters.js";
import { LEVELS, levelColouring, offerLines, readOffer, withOffer } from "./offer.js";
import { drawSites } from "./markers.js";
import { keptSites } from "./sites.js";
import { circleFeatures, resizeCircles } from "./circles.js";
import { colouringOf, colourings } from "./colouring.js";
import { passing } from "./filters.js";
import { fill, withUnit } from "./french.js";
import { leadingOf, rawValues } from "./leading.js";
import { paintInset } from "./inset.js";
import { fillLegend, legend } from "./legend.js";
import { fillOf, recolour, styleOf } from "./paint.js";
import { element } from "./popup.js";
import { rescoredColumns } from "./rescored.js";
import { basisOf, publishedWeights, scoreOf } from "./score.js";
import { borderFeature, polygonFeatures, readTopology } from "./topology.js";

const PHONE = "(max-width: 700px)";

/**
 * @param {any} model of the controller
 * @param {HTMLElement} el
 * @param {string} prefix
 * @param {State} state
 * @returns {Scene}
 */
export function makeScene(model, el, prefix, state) {
  const data = model.get("data");
  const scoring = model.get("scoring");
  const sent = scoring?.units ? scoring : null;
  const basis = sent ? basisOf(sent) : null;
  const offer = readOffer(model.get("offer"), data.code.length);
  const texts = model.get("texts");
  const colours = withOffer(colourings(sent, texts, data), offer, texts);
  return {
    model, el, prefix, state, data, sent, basis, offer, colours, sites: null, sitesKept: null,
    panels: null, spoken: element(el.ownerDocument, "p", "diagalim-spoken"), colouring: null, wholeZoom: NaN,
    groups: new Map(), markers: new Map(), markerAt: -1,
    doc: el.ownerDocument,
    texts,
    palette: model.get("palette"),
    raw: sent ? rawValues(sent) : [],
    arcs: readTopology(model.get("shapes")),
    shown: data, own: null, published: null, kept: [], map: null, layer: null, outlines: null, circles: null,
    fillFor: (/** @type {string} */ name) => fillOf(name, model.get("palette"), prefix),
  };
}

/**
 * Bring columns, filter and colours to the present state.
 * @param {Scene} scene
 */
export function refresh(scene) {
  const { state, data, basis, sent, raw, texts } = scene;
  scene.own = state.weights && basis ? scoreOf(basis, state.weights) : null;
  scene.shown = scene.own ? rescoredColumns(data, scene.own, sent.reasons) : data;
  scene.kept = passing(scene.shown, state.filter);
  const result = ["classe", LEVELS].includes(state.colour) ? null : resultOf(scene);
  scene.colouring = colouringOf(scene.shown, basis, result, raw, state.colour, texts);
  if (scene.own && state.colour === "classe") scene.colouring.note = texts.legend_note_weights;
  const { shops, sites } = scene.offer;
  if (state.colour === LEVELS && shops) scene.colouring = levelColouring(shops, scene.shown, texts);
  if (sites) scene.sitesKept = keptSites(sites, state.aid, insideChosen(scene));
}

/**
 * The score under the present weights with all its parts; that of the published ones is computed
 * when something first needs more than its columns, which the opening of the page does not.
 * @param {Scene} scene
 * @returns {import("./score.js").Scored|null}
 */
export function resultOf(scene) {
  const { basis, sent } = scene;
  if (!basis) return null;
  scene.published ??= scoreOf(basis, publishedWeights(sent));
  return scene.own ?? scene.published;
}

/**
 * What a sheet says beyond the columns, under the present weights.
 * @param {Scene} scene
 * @param {number} i
 * @returns {import("./popup.js").Detail|null}
 */
export function detailOf(scene, i) {
  const { basis, raw, texts, data, sent } = scene;
  const result = resultOf(scene);
  if (!basis || !result) return null;
  const said = leadingOf(basis, result, raw, i, texts, data.commune);
  return {
    own: Boolean(scene.own),
    offer: [
      ...(scene.quarterHere ? [fill(texts.sheet_quarter_here, { noms: scene.quarterHere })] : []),
      ...offerLines(scene.offer, i, texts),
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

/**
 * Fill the empty layers that ipyleaflet drew.
 * @param {Scene} scene
 */
export async function fillLayers(scene) {
  const { layer, outlines, arcs, data, prefix, palette, colouring } = scene;
  await outOfThePage(scene, () => {
    layer.options.style = styleOf(colouring, palette, prefix);
    layer.addData({ type: "FeatureCollection", features: scene.features ?? polygonFeatures(arcs) });
    layer.eachLayer((/** @type {any} */ polygon) => polygon.getElement()?.classList.add("diagalim-iris"));
    addBorders(outlines, borderFeature(arcs, data.commune), "commune");
  });
}

/**
 * Draw many shapes at once. The icon script of the theme looks through a whole drawing each time a
 * shape comes into it: 5,000 shapes take it seconds. It does not see a drawing that is out of the
 * page, once the news of its leaving has been given (hence the pause of no time).
 * @type {(scene: Scene, draw: () => void) => Promise<void>}
 */
async function outOfThePage({ map, layer }, draw) {
  const drawing = map.getRenderer(layer)._container;
  const pane = drawing.parentNode;
  drawing.remove();
  await Promise.resolve();
  draw();
  pane.append(drawing);
}

/**
 * The same borders twice, dark on light: one line alone drowns on the darkest class.
 * @type {(outlines: any, feature: object, name: string) => void}
 */
function addBorders(outlines, feature, name) {
  for (const part of ["casing", "line"]) {
    outlines.addData({ ...feature, id: `${name}-${part}` });
  }
  outlines.eachLayer((/** @type {any} */ line) => {
    const [kind, part] = String(line.feature.id).split("-");
    line.getElement()?.classList.add(part === "line" ? `diagalim-${kind}` : `diagalim-${kind}-casing`);
    line.getElement()?.classList.add("diagalim-border");
  });
}

/**
 * Colours, legend, fading, borders and circles after the present state.
 * @param {Scene} scene
 */
export function repaint(scene) {
  const { layer, colouring, palette, prefix, kept, map } = scene;
  map.getContainer().dataset.circles = String(Boolean(circleSizes(scene)));
  recolour(layer, colouring, palette, prefix);
  fade(layer, kept);
  if (scene.inset) paintInset(scene.inset, colouring, kept, palette, scene.fillFor);
  drawCircles(scene);
  drawBorders(scene);
  drawSites(scene);
  const standing = map.getContainer().querySelector(".diagalim-legend");
  fillLegend(scene.doc, standing, colouring, scene.texts, scene.fillFor);
  fillOfferLegend(scene);
}

/**
 * Put the legend in its corner, before the view is chosen: the territory stands beside it.
 * @param {Scene} scene
 */
export function placeLegend(scene) {
  const { map, doc, colouring, texts, fillFor } = scene;
  const phone = () => doc.defaultView.matchMedia(PHONE).matches;
  const box = legend(doc, colouring, texts, fillFor, !phone());
  box.classList.add("leaflet-control");
  // A click on the legend must not close a sheet or zoom the map below it.
  for (const kind of ["click", "dblclick", "pointerdown", "mousedown", "touchstart"]) {
    box.addEventListener(kind, (event) => event.stopPropagation());
  }
  // A phone has no room for both: the sheet that the reader asks for comes first.
  map.on("popupopen", () => { if (phone()) box.removeAttribute("open"); });
  map.getContainer().querySelector(".leaflet-bottom.leaflet-left").prepend(box);
}

/** @type {(layer: any, kept: boolean[]) => void} */
function fade(layer, kept) {
  layer.eachLayer((/** @type {any} */ shape) => {
    const out = !kept[shape.feature.id];
    if (shape.faded === out) return;
    shape.faded = out;
    shape.getElement()?.classList.toggle("diagalim-out", out);
  });
}

/** @type {(scene: Scene) => void} */
function drawCircles(scene) {
  const { circles, layer, map, colouring, palette, prefix, kept } = scene;
  const sizes = circleSizes(scene);
  if (scene.drawnSizes !== sizes && circles.getLayers().length) circles.clearLayers();
  scene.drawnSizes = sizes;
  if (!sizes) return;
  circles.options.style = styleOf(colouring, palette, prefix);
  if (circles.getLayers().length) {
    recolour(circles, colouring, palette, prefix);
    fade(circles, kept);
    return;
  }
  outOfThePage(scene, () => {
    if (circles.getLayers().length || circleSizes(scene) !== sizes) return;
    circles.addData({ type: "FeatureCollection", features: circleFeatures(layer, sizes) });
    circles.eachLayer((/** @type {any} */ one) => one.getElement()?.classList.add("diagalim-circle"));
    resizeCircles(circles, sizes, map.getZoom(), scene.wholeZoom);
    recolour(circles, scene.colouring, palette, prefix);
    fade(circles, scene.kept);
  });
}

/** @type {(scene: Scene) => void} */
function drawBorders(scene) {
  const { outlines, state, arcs, data } = scene;
  if (state.epcis && data.epci && !scene.epciDrawn) {
    scene.epciDrawn = true;
    addBorders(outlines, borderFeature(arcs, data.epci), "epci");
  }
  drawQuarters(scene);
  /** @type {Record<string, boolean>} */
  const shown = { commune: state.communes, epci: state.epcis, quarter: state.quarters };
  outlines.eachLayer((/** @type {any} */ line) => {
    const kind = String(line.feature.id).split("-")[0];
    line.getElement()?.classList.toggle("diagalim-hidden", !shown[kind]);
  });
}

/**
 * Whether a commune lies in the commune or intercommunalité that the reader chose.
 * @param {Scene} scene
 * @returns {(commune: number|null) => boolean}
 */
function insideChosen({ state, data }) {
  const { commune, epci } = state.filter;
  if (commune != null) return (at) => at === commune;
  if (epci == null) return () => true;
  const inside = new Set(data.commune.filter((/** @type {number} */ _, /** @type {number} */ i) => data.epci[i] === epci));
  return (at) => inside.has(at);
}
