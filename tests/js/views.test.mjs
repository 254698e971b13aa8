/** Waiting for the map, which may be drawn after the controller. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { drawnLayer, layerModel } from "../../src/diagalim/map/js/draw/views.js";

const pace = { patience: 200, step: 5 };
const container = {};
/** @type {any} what is used of the controller's element */
const beside = { parentElement: { contains: (/** @type {object} */ node) => node === container } };
const drawn = (/** @type {object} */ where) => ({ obj: { _map: { _loaded: true, getContainer: () => where } } });

test("a layer drawn later than the controller is found", async () => {
  /** @type {{views: Record<string, Promise<object>>}} */
  const layer = { views: {} };
  setTimeout(() => { layer.views.a = Promise.resolve(drawn(container)); }, 20);
  const found = await drawnLayer(layer, beside, undefined, pace);
  assert.equal(found._map.getContainer(), container);
});

test("of two displays of one map, the controller acts on the one beside it", async () => {
  const ours = drawn(container);
  const layer = { views: { a: Promise.resolve(drawn({})), b: Promise.resolve(ours) } };
  assert.equal(await drawnLayer(layer, beside, undefined, pace), ours.obj);
});

test("a map that is never drawn is an error, not an endless wait", async () => {
  await assert.rejects(drawnLayer({ views: {} }, beside, undefined, pace), /not drawn in time/);
});

test("waiting ends when the view is removed", async () => {
  const signal = AbortSignal.abort();
  await assert.rejects(drawnLayer({ views: {} }, beside, signal, pace), /removed/);
});

test("a reference to a model is followed in both forms that widgets write", async () => {
  const manager = { get_model: async (/** @type {string} */ id) => id };
  for (const written of ["IPY_MODEL_abc", "anywidget:abc"]) {
    assert.equal(await layerModel({ get: () => written, widget_manager: manager }, "layer"), "abc");
  }
});
