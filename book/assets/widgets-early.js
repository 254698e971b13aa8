// The widget manager waits for the whole page before it asks for the scripts of the map. Asked for
// here, once the manager's own modules are known, they are ready by the time it needs them.
// A failure is left to the manager, which asks again and says it.
window.requirejs(["jupyter-leaflet", "anywidget"], function () {}, function () {});
