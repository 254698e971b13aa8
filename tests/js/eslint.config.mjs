/**
 * What may a script of this project not do? ESLint's recommended rules, and no name that comes from
 * nowhere. Scripts of the page know the browser, those of the tests know Node; the files of
 * `book/assets` are plain scripts and name what the book loads before them.
 */
import js from "@eslint/js";
import globals from "globals";

const OF_SPHINX = ["DOCUMENTATION_OPTIONS", "Search", "SphinxHighlight", "stopwords"];

export default [
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  {
    files: ["src/**/*.js"],
    languageOptions: { sourceType: "module", globals: globals.browser },
  },
  {
    files: ["book/assets/*.js"],
    languageOptions: {
      sourceType: "script",
      globals: {
        ...globals.browser,
        ...Object.fromEntries(OF_SPHINX.map((name) => [name, "readonly"])),
      },
    },
  },
  { files: ["tests/js/*.mjs"], languageOptions: { globals: globals.node } },
];
