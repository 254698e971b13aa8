/**
 * How does a number read in French? Same rules as the rest of the report: decimal comma, thousands
 * parted by a narrow no-break space.
 */

/**
 * @param {number} value
 * @param {number} [decimals] decimals always shown
 * @returns {string}
 */
export function frenchNumber(value, decimals = 0) {
  return new Intl.NumberFormat("fr-FR", {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(value);
}

/**
 * @param {number} rank
 * @returns {string} « 1er », « 37e »
 */
export function frenchRank(rank) {
  return frenchNumber(rank) + (rank === 1 ? "er" : "e");
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
