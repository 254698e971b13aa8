/** What does the picture of the view say beside its shapes? What the page shows, and its foot. */
import { NO_FILTER } from "../data/filters.js";
import { fill, frenchNumber } from "../data/french.js";
import { LEVELS } from "../score/levels.js";
import { offerNotes } from "./offerlegend.js";

/**
 * Title, legend and notes of the picture, as the page shows them.
 * @param {import("./scene.js").Scene} scene
 */
export function pictureWords(scene) {
  const { texts, kept, state, data } = scene;
  const count = kept.filter(Boolean).length;
  const partial = state.filter !== NO_FILTER && count < kept.length
    ? [fill(texts.picture_filtered, { n: frenchNumber(count), total: frenchNumber(kept.length) })] : [];
  const colour = scene.colours.find((/** @type {{id: string}} */ { id }) => id === state.colour);
  const named = state.colour === "classe" ? texts.map_name : fill(texts.picture_name, { nom: colour?.label ?? "" });
  const place = state.filter.commune == null ? "" : data.communes[state.filter.commune];
  return {
    title: [named, place].filter(Boolean).join("\u00a0– "),
    notes: [
      ...partial, ...(state.weights ? [texts.legend_note_weights] : []),
      // The first line of the foot reads the published classes, and nothing else.
      ...texts.foot.slice(state.weights || state.colour !== "classe" ? 1 : 0),
      ...(state.colour === LEVELS ? [texts.legend_levels_caution] : []),
      ...(state.colour === LEVELS || state.shops || state.quarters ? texts.offer_foot : []),
      ...offerNotes(scene),
    ],
  };
}
