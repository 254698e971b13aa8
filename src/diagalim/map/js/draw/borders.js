/** Which borders are drawn over the IRIS: communes, intercommunalités, priority neighbourhoods? */
import { borderFeature } from "../data/topology.js";
import { drawQuarters } from "./quarters.js";

/**
 * The same borders twice, dark on light: one line alone drowns on the darkest class.
 * @type {(outlines: any, feature: object, name: string) => void}
 */
export function addBorders(outlines, feature, name) {
  for (const part of ["casing", "line"]) {
    outlines.addData({ ...feature, id: `${name}-${part}` });
  }
  outlines.eachLayer((/** @type {any} */ line) => {
    const [kind, part] = String(line.feature.id).split("-");
    line.getElement()?.classList.add(part === "line" ? `diagalim-${kind}` : `diagalim-${kind}-casing`);
    line.getElement()?.classList.add("diagalim-border");
  });
}

/** @type {(scene: import("./scene.js").Scene) => void} */
export function drawBorders(scene) {
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
