/**
 * How does a text enter the page? By textContent alone: a name that holds HTML is shown as it is
 * written.
 */

const SVG_SPACE = "http://www.w3.org/2000/svg";

/**
 * @param {Document} doc
 * @param {string} tag
 * @param {string} name of the class, may be empty
 * @param {string} [text]
 * @returns {HTMLElement}
 */
export function element(doc, tag, name, text) {
  const node = doc.createElement(tag);
  if (name) node.className = name;
  if (text != null) node.textContent = text;
  return node;
}

/**
 * Change a text in place. Setting `textContent` makes a new node, which the icon script of the theme
 * then looks through, touching the style of the whole page: at each step of a slider that is felt.
 * @param {any} node that holds nothing but text
 * @param {string} text
 */
export function retext(node, text) {
  const own = node.firstChild;
  if (!own) node.textContent = text;
  else if (own.data !== text) own.data = text;
}

/**
 * @param {Document} doc
 * @param {string} tag
 * @param {Record<string, string|number>} attributes
 * @returns {any} a part of a drawing
 */
export function svgElement(doc, tag, attributes) {
  const node = doc.createElementNS(SVG_SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  return node;
}
