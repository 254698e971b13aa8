// Excerpts of the search results are fetched from the pages, which a browser refuses from disk: there
// the search lists the pages without excerpts.
if (location.protocol === "file:" && typeof DOCUMENTATION_OPTIONS !== "undefined") {
  DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
}
