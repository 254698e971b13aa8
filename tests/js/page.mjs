/**
 * The few things of a page that the map's modules use, for tests without a browser. It has no
 * innerHTML: text can only come in by textContent.
 */
class Node {
  /** @param {string} tag */
  constructor(tag) {
    this.tagName = tag.toUpperCase();
    /** @type {Node[]} */
    this.children = [];
    /** @type {Record<string, string>} */
    this.attributes = {};
    /** @type {Record<string, ((event: object) => void)[]>} */
    this.listeners = {};
    this.className = "";
    this.value = "";
    this.ownText = "";
  }
  get firstChild() {
    const node = this;
    return this.ownText ? { get data() { return node.ownText; }, set data(text) { node.ownText = text; } } : null;
  }
  set textContent(text) { this.ownText = String(text); this.children = []; }
  /** @returns {string} */
  get textContent() { return this.ownText + this.children.map((c) => c.textContent).join(""); }
  /** @param {(Node|string)[]} nodes */
  append(...nodes) {
    this.children.push(...nodes.map((n) => (typeof n === "string" ? text(n) : n)));
  }
  /** @param {(Node|string)[]} nodes */
  replaceChildren(...nodes) { this.children = nodes.map((n) => (typeof n === "string" ? text(n) : n)); }
  /** @param {string} name @param {string} value */
  setAttribute(name, value) { this.attributes[name] = String(value); }
  /** @param {string} name @returns {string|null} */
  getAttribute(name) { return this.attributes[name] ?? null; }
  /** @param {string} kind @param {(event: object) => void} listener */
  addEventListener(kind, listener) { (this.listeners[kind] ??= []).push(listener); }
  /** @param {string} kind */
  emit(kind) { for (const listener of this.listeners[kind] ?? []) listener({ target: this }); }
  /** @param {string} tag @returns {Node|null} */
  querySelector(tag) { return this.all(tag)[0] ?? null; }
  /** @param {string} tag @returns {Node[]} */
  all(tag) {
    const below = this.children.flatMap((child) => child.all(tag));
    return this.tagName === tag.toUpperCase() ? [this, ...below] : below;
  }
}

/** @param {string} said */
function text(said) {
  const node = new Node("#text");
  node.ownText = said;
  return node;
}

/** @type {any} a few of the things of a `Document` */
export const page = {
  createElement: (/** @type {string} */ tag) => new Node(tag),
  createElementNS: (/** @type {string} */ _, /** @type {string} */ tag) => new Node(tag),
};

export const HOSTILE = '<img src=x onerror="window.pwned=1">';

/** Four IRIS, one of each status, as Python sends them. */
export const data = {
  code: ["000010101", "000010102", "000020101", "000020102"],
  name: ["Le Port", HOSTILE, "Le Bois", "École"],
  codes: ["00001", "00002"],
  communes: ["Éguilles", "Abers"],
  commune: [0, 0, 1, 1],
  kind: "HHDA",
  population: [2345, 800, 120, null],
  status: [0, 1, 2, 3],
  class: [5, 1, null, null],
  score: [71, 12.25, null, null],
  rank: [1, 2, null, null],
  scored: 1234,
  reasons: ["", "trop peu de données"],
  reason: [0, 0, 1, 1],
  leading: [["38 % sans voiture"], [], [], []],
};

export const palette = { classes: ["#fcf0a2", "#eeb455", "#e38050", "#c24d4a", "#6a352c"] };

/** The texts that Python sends, in short: an unknown one would show as « undefined ». */
export const texts = {
  search: "Chercher", search_none: "Rien : {nom}", choose_epci: "EPCI", all_epci: "Toutes",
  all_communes: "Tout", no_iris: "—", choose_commune: "Commune", choose_iris: "IRIS",
  outlines: "Limites", outlines_epci: "Limites EPCI", circles: "Cercles", colour: "Couleurs",
  jump: "Aller à", jump_whole: "Tout",
  legend: "Légende", legend_note: "note", legend_caution: "prudence", legend_of: "Légende : {nom}",
  legend_note_dimension: "d", legend_note_indicator: "i", borrowed: "Empruntée", unknown_value: "Non connue",
  range: "{bas} à {haut}", colour_class: "Classe", colour_dimensions: "Dimensions",
  colour_indicators: "Indicateurs",
  classes: ["1 · a", "2 · b", "3 · c", "4 · d", "5 · e"],
  indicatif: "Indicatif", non_note: "Non noté", sans_population: "Sans population",
  class_line: "Classe {classe}", score: "Score", rank: "Rang", rank_value: "{rang} sur {total}",
  interval: "Intervalle", interval_value: "du {bas} au {haut}", certainty: "Certitude", certainty_own: "non mesurée",
  population: "Population", population_value: "{n} habitants", leading: "Pèse",
  leading_sentence: "{phrase} (médiane\u00a0:\u00a0{mediane})", profile: "Profil", unknown: "n.d.",
  indicatif_line: "Score indicatif.", non_note_line: "Non noté",
  sans_population_line: "Sans population : non noté",
  kind_H: "habitat", kind_A: "activité", kind_D: "divers", kind_Z: "commune",
  weights: "Poids", weights_help: "aide", weights_inside: "Dedans",
  weight_spoken: "{part} du score", weights_back: "Revenir", weights_required: "ressources !",
  weights_dimensions: "trop peu !",
  moved_start: "Bougent :", moved_classes: "{n} change|{n} changent", moved_entered: "{n} entre|{n} entrent",
  moved_left: "{n} sort|{n} sortent", moved_lost: "{n} perdu|{n} perdus", moved_gained: "{n} gagné|{n} gagnés",
  filter_classes: "Classes", filter_certainty: "Certitude", all_certainties: "Toutes",
  summary: "Résumé", summary_beside: "Comparer", summary_help: "aide", summary_iris: "IRIS",
  summary_scored: "Notés", summary_top: "En classe 5", summary_exposed: "Exposés",
  summary_part: "{n} ({part} %)", summary_dimension: "{nom} : médiane",
  csv_columns: ["code", "nom", "commune", "epci", "population", "statut", "classe", "score", "rang", "bas", "haut", "certitude", "motif"],
  csv_status: ["note", "indicatif", "non_note", "sans_population"],
};

/** @param {number[]} numbers @param {"u8"|"u16"|"f64"} type as Python packs them */
export function packed(numbers, type) {
  const made = { u8: Uint8Array, u16: Uint16Array, f64: Float64Array }[type];
  return { type, data: Buffer.from(made.from(numbers).buffer).toString("base64") };
}

/** @type {(id: string, dimension: number, ranks: number[], values: number[], borrowed?: number[]) =>
 *   import("../../src/diagalim/map/js/score/score.js").Indicator} */
const indicator = (id, dimension, ranks, values, borrowed = [0, 0, 0, 0, 0]) => ({
  id, label: `${id} ${HOSTILE}`, phrase: `{valeur} de ${id}`, unit: "%", dimension, weight: 1,
  ranks: packed(ranks, "u16"), values: packed(values, "f64"), borrowed: packed(borrowed, "u8"),
});

/** Five IRIS, three indicators in two dimensions; the fifth IRIS has no resources. */
export const scoring = {
  units: 5,
  small: packed([0, 0, 0, 0, 0], "u8"),
  dimensions: [
    { id: "ressources", label: "Ressources", weight: 1 },
    { id: "logement", label: "Logement", weight: 1 },
  ],
  indicators: [
    indicator("pauvrete", 0, [2, 4, 6, 8, 0], [10, 15.25, 20, 41, NaN]),
    indicator("hlm", 1, [8, 6, 4, 2, 0], [80, 60, 14.5, 0.04, NaN], [0, 0, 0, 2, 0]),
    indicator("voiture", 1, [4, 2, 8, 6, 0], [20, 10, 40, 30, NaN], [0, 0, 0, 2, 0]),
  ],
  limits: {
    known_weight: 0.5, least_dimensions: 2, required: "ressources", indicative_above: 0.5,
    unscored_above: 0.8, tolerance: 1e-9, classes: 5,
  },
  reasons: { trop_estime: "trop de valeurs empruntées", trop_peu: "trop peu d'indicateurs" },
};
