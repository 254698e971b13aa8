/**
 * How do numbers and names read in French? Same rules as the rest of the report: decimal comma,
 * thousands parted by a narrow no-break space.
 */

/** @type {Record<number, Intl.NumberFormat>} made once: each takes longer than a hundred uses */
const formats = {};

/**
 * @param {number} value
 * @param {number} [decimals] decimals always shown
 * @returns {string}
 */
export function frenchNumber(value, decimals = 0) {
  // As `diagalim.wording.french.number`: a true minus sign, no « -0 », the exact value of the number
  // rounded (toFixed does, Intl rounds its decimal text), half to even where it is a half.
  const options = {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    roundingMode: "halfEven",
    signDisplay: "negative",
  };
  formats[decimals] ??= new Intl.NumberFormat("fr-FR", /** @type {any} */ (options));
  const tie = Number.isInteger(value * 2 ** (decimals + 1));
  const rounded = tie ? value : Number(value.toFixed(decimals));
  return formats[decimals].format(rounded).replace("-", "\u2212");
}

/**
 * @param {number} rank
 * @returns {string} « 1er », « 37e »
 */
export function frenchRank(rank) {
  return frenchNumber(rank) + (rank === 1 ? "er" : "e");
}

/**
 * What follows the value of an indicator; the sentence of a per-thousand rate already says so.
 * @type {Record<string, string>}
 */
const TIGHT = { "%": "\u00a0%", "€/an": "\u00a0€ par an", "‰": "" };

/**
 * @param {number} value
 * @param {string} unit of an indicator
 * @param {number} [decimals]
 * @returns {string}
 */
export function withUnit(value, unit, decimals = 0) {
  return Number.isNaN(value) ? "n.d." : frenchNumber(value, decimals) + (TIGHT[unit] ?? ` ${unit}`);
}

/**
 * @param {string} pattern « {n} IRIS change de classe|{n} IRIS changent de classe »: one, then more
 * @param {number} count
 * @returns {string}
 */
export function counted(pattern, count) {
  const [one, more] = pattern.split("|");
  return fill(count < 2 ? one : more ?? one, { n: frenchNumber(count) });
}

/**
 * @param {string} pattern text with names between braces
 * @param {Record<string, string>} values
 * @returns {string}
 */
export function fill(pattern, values) {
  return pattern.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/**
 * Names in the order of a French index: accents ignored, « 2e » before « 10e ».
 * @param {string[]} names
 * @returns {number[]} positions of the names, sorted
 */
export function frenchOrder(names) {
  const collator = new Intl.Collator("fr", { numeric: true });
  return names.map((_, i) => i).sort((a, b) => collator.compare(names[a], names[b]));
}

/**
 * @param {string} text
 * @returns {string}
 */
export function capitalised(text) {
  return text.charAt(0).toLocaleUpperCase("fr") + text.slice(1);
}
