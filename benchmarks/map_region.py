"""Is the map of a region, 5,000 polygons, still usable?

Draws a made-up coverage in the page of a territory already built (``make report``), in place of its
own map, and prints: the weight of what is sent, the time from navigation to a usable map, and from
a slider to the repainted screen. Figures are printed, never asserted: machines differ.

    python benchmarks/map_region.py [polygons] [territory]
"""

from __future__ import annotations

import json
import re
import shutil
import statistics
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from ipywidgets.embed import dependency_state
from playwright.sync_api import Browser, sync_playwright

from diagalim.build.page_weight import SCRIPT
from diagalim.build.widget_state import STATE
from diagalim.indicators import REQUIRED_DIMENSION, load_indicators
from diagalim.publish.leaflet import risk_map, scoring_basis
from diagalim.score.composite import Weights, composite, quantile_classes
from diagalim.territory import load_territory

BUDGETS = {"usable": 5000, "slider": 100}
"""Milliseconds."""
RUNS, MOVES = 5, 40
SIDE = 900.0
VIEW = re.compile(r'"model_id": "[0-9a-f]+"')
MOVE_AND_WAIT = """async (moves) => {
  const input = document.querySelector('.diagalim-slider input');
  const painted = () => new Promise((done) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = done;
    channel.port2.postMessage(0);
  }));
  const times = [];
  for (let k = 0; k < moves; k++) {
    await painted();
    const start = performance.now();
    input.value = String(0.5 + ((k * 7) % 40) / 20);
    input.dispatchEvent(new Event('input', { bubbles: true }));
    await painted();
    times.push(performance.now() - start);
  }
  return times;
}"""


def main(count: int, code: str) -> int:
    """Build the made-up region, open it several times and print the medians."""
    site = Path(__file__).resolve().parents[1] / "_build" / code / "html"
    page = site / "notebooks" / "carte.html"
    if not page.is_file():
        print(f"Rapport non construit : {page.name} manque. À faire : make report.")
        return 1
    html, script = with_region(page.read_text(encoding="utf-8"), count)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/notebooks/carte.html"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        runs = [measured(browser, address, html, script) for _ in range(RUNS)]
        browser.close()
    server.shutdown()
    sizes = [len(text.encode()) / 1e6 for text in (html, script)]
    print("{} polygones, page de {:.1f} Mo, données de {:.1f} Mo".format(count, *sizes))
    usable, slider = (statistics.median(times) for times in zip(*runs, strict=True))
    print(f"carte utilisable : {usable:.0f} ms (budget {BUDGETS['usable']})")
    print(f"curseur à écran repeint : {slider:.0f} ms (budget {BUDGETS['slider']})")
    return 0


def measured(browser: Browser, address: str, html: str, script: str) -> tuple[float, float]:
    """Return the milliseconds to a usable map, and the median from a slider to the screen."""
    context = browser.new_context(viewport={"width": 1300, "height": 900}, locale="fr-FR")
    page = context.new_page()
    page.on("pageerror", lambda error: print(error))
    page.route("**/carte.html", lambda route: route.fulfill(body=html, content_type="text/html"))
    answer = {"body": script, "content_type": "text/javascript"}
    page.route("**/widgets/notebooks/carte.js*", lambda route: route.fulfill(**answer))
    page.goto(address, wait_until="commit")
    page.wait_for_selector(".diagalim-controller[data-ready]", timeout=120_000)
    usable = page.evaluate("performance.now()")
    page.locator(".diagalim-weights > summary").click()
    page.locator(".diagalim-map").scroll_into_view_if_needed()
    page.wait_for_timeout(1000)
    times = page.evaluate(MOVE_AND_WAIT, MOVES)
    context.close()
    return usable, statistics.median(times)


def with_region(html: str, count: int) -> tuple[str, str]:
    """Return the page and the script of its widgets, with the made-up region in it."""
    iris, communes, scoring = region(count)
    drawn = risk_map(iris, communes, scoring=scoring)
    state = {
        "version_major": 2,
        "version_minor": 0,
        "state": dependency_state([drawn], drop_defaults=False),
    }
    script = SCRIPT.format(kind=STATE, state=json.dumps(state))
    return VIEW.sub(f'"model_id": "{drawn.model_id}"', html), script


def region(count: int) -> tuple[gpd.GeoDataFrame, pd.DataFrame, dict[str, Any]]:
    """Return IRIS, communes and scoring of a coverage with as many points a polygon as 13."""
    rng = np.random.default_rng(5)
    side = int(np.ceil(np.sqrt(count)))
    nodes = np.stack(np.meshgrid(np.arange(side + 1), np.arange(side + 1), indexing="ij"), -1)
    nodes = (nodes + rng.uniform(-0.25, 0.25, nodes.shape)) * SIDE + [800_000, 6_250_000]
    lines: dict[tuple, np.ndarray] = {}

    def border(a: tuple[int, int], b: tuple[int, int]) -> np.ndarray:
        if (b, a) in lines:
            return lines[b, a][::-1]
        if (a, b) not in lines:
            along = np.linspace(0, 1, 9)[:, None]
            points = nodes[a] + along * (nodes[b] - nodes[a])
            points[1:-1] += rng.normal(0, 45, (7, 2))
            lines[a, b] = points
        return lines[a, b]

    cells = [(i, j) for i in range(side) for j in range(side)][:count]
    shapes = []
    for i, j in cells:
        corners = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1), (i, j)]
        ring = np.concatenate(
            [border(a, b)[:-1] for a, b in zip(corners, corners[1:], strict=False)]
        )
        shapes.append(shapely.Polygon(ring).buffer(0))
    codes = [f"{10001 + k // 8:05d}{k % 8:04d}" for k in range(count)]
    index = pd.Index(codes, name="code_iris")
    territory, registry = load_territory("13"), load_indicators()
    weights = Weights.of(territory.score)
    raw = pd.DataFrame(rng.gamma(4, 5, (count, len(weights.names))), index, weights.names)
    raw = raw.mask(rng.random(raw.shape) < 0.1)
    limits = territory.seuils
    result = composite(
        raw,
        {name: registry.indicateurs[name].sens for name in raw},
        weights,
        scorable=pd.Series(True, index),
        known_weight=limits.poids_observe_minimal,
        least_dimensions=limits.dimensions_minimales,
        required=REQUIRED_DIMENSION,
    )
    scored = result.score.notna()
    iris = gpd.GeoDataFrame(
        {
            "nom": [f"IRIS {k}" for k in range(count)],
            "type_iris": "H",
            "population": rng.integers(900, 5000, count).astype(float),
            "statut": np.where(scored, "note", "non_note"),
            "motif": np.where(scored, "", "trop peu d'indicateurs connus"),
            "classe": quantile_classes(result.score, 5),
            "score": result.score,
            "rang": result.rank,
            "nb_notes": int(scored.sum()),
            "incidences": [[] for _ in range(count)],
        },
        index=index,
        geometry=shapes,
        crs="EPSG:2154",
    )
    communes = pd.DataFrame({"code": sorted(set(index.str[:5]))})
    communes["nom"] = "Commune " + communes["code"]
    long = raw.rename_axis(columns="indicateur").stack(future_stack=True).rename("valeur")
    values = long.reset_index().assign(statut="observe", recette=1)
    return iris, communes, scoring_basis(values, iris, registry, territory.score, limits)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: Any) -> None:
        """Say nothing."""


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(main(int(given[0]) if given else 5000, given[1] if len(given) > 1 else "13"))
