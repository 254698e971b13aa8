/** What the book puts in a page before the scripts of `book/assets` run. */

/** Settings of Sphinx's search. */
declare const DOCUMENTATION_OPTIONS: { SHOW_SEARCH_SUMMARY: boolean };

interface Window {
  /** require.js, which loads the widgets. */
  requirejs: {
    (names: string[], done: () => void, failed: () => void): void;
    config(settings: { paths: Record<string, string>; waitSeconds: number }): void;
  };
}
