/**
 * When is the map drawn? Widgets of a page come in any order: the controller may stand there
 * before the map, and the layer it holds is a model that can have several views, or none yet.
 */

const PATIENCE_MS = 30_000;
const STEP_MS = 60;

/**
 * @param {{get: (name: string) => any, widget_manager: any}} model
 * @param {string} name of the trait that refers to a layer
 * @returns {Promise<any>} the model of that layer
 */
export function layerModel(model, name) {
  const reference = String(model.get(name));
  return model.widget_manager.get_model(reference.replace(/^(IPY_MODEL_|anywidget:)/, ""));
}

/**
 * Wait for the Leaflet layer that is drawn in the same output as the controller.
 * @param {any} layer model of the layer
 * @param {HTMLElement} el of the controller
 * @param {AbortSignal} [signal]
 * @param {{patience?: number, step?: number}} [pace]
 * @returns {Promise<any>} the layer, on its map; rejects when patience is over
 */
export async function drawnLayer(layer, el, signal, pace = {}) {
  const { patience = PATIENCE_MS, step = STEP_MS } = pace;
  for (let waited = 0; waited <= patience; waited += step) {
    if (signal?.aborted) throw new Error("diagalim: the view was removed");
    for (const promised of Object.values(layer.views ?? {})) {
      const drawn = (await promised)?.obj;
      // Each display of the widget has its own map: the one next to this controller is ours.
      const map = drawn?._map;
      if (map?._loaded && el.parentElement?.contains(map.getContainer())) return drawn;
    }
    await new Promise((resolve) => setTimeout(resolve, step));
  }
  throw new Error("diagalim: the map was not drawn in time");
}
