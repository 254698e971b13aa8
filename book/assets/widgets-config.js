// Where the AMD modules of the widgets stand: beside this file, whatever the depth of the page and
// from disk as well as over http. Without it the manager would ask a public CDN for them.
(function () {
  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  const here = new URL(".", own.src).href;
  /** @type {Record<string, string>} */
  const paths = {};
  for (const name of ["jupyter-leaflet", "anywidget"]) {
    paths[name] = here + "vendor/" + name + "/index";
  }
  // the manager is loaded by its own tag; this is where it looks for its icon fonts
  paths["@jupyter-widgets/html-manager/dist"] = here + "vendor/html-manager";
  // ipyleaflet's module weighs 1 MB: a slow line must not make it fail
  window.requirejs.config({ paths, waitSeconds: 60 });
})();
