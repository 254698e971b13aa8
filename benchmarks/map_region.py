"""How soon is the map usable, and how soon does it follow a slider: its own IRIS, then a region?

Opens the page of a territory already built (``make report``) as it is, then with a made-up coverage
of 5,000 polygons in place of its map, and prints for both the weight of what is sent, the time from
navigation to a usable map, and two times from a slider to the repainted screen:

- from an input given at the start of a frame to that frame painted by the page, with the part of
  the script. A browser delivers the moves of a pointer there, just before it paints; the same
  change made at any other moment first waits for the next frame of the screen, up to 17 ms at 60 Hz
  that the page does not spend;
- what Event Timing says of real presses of the arrow keys, from the press to the screen. The
  browser rounds it to 8 ms and reports none under 16 ms: those count as 16 ms at most.

Figures are printed, never asserted: machines differ.

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
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from ipywidgets.embed import dependency_state
from playwright.sync_api import Browser, Page, sync_playwright

from diagalim.analysis.score.classes import quantile_classes
from diagalim.analysis.score.rules import ScoreRules, scored
from diagalim.map.risks import risk_map
from diagalim.map.scoring import scoring_basis
from diagalim.settings.indicators_file import load_indicators
from diagalim.settings.territory_file import load_territory
from diagalim.site.page_weight import SCRIPT
from diagalim.site.widget_state import STATE

OWN_BUDGETS, REGION_BUDGETS = (2000, 16), (5000, 100)
"""Milliseconds to a usable map, and from a slider to the screen."""
RUNS, MOVES = 5, 40
SIDE = 900.0
VIEW = re.compile(r'"model_id": "[0-9a-f]+"')
SLIDER = ".diagalim-slider input"
SHORTEST = 16
"""Milliseconds under which Event Timing reports nothing."""

MOVE_IN_FRAME = """async ([slider, moves]) => {
  const input = document.querySelector(slider);
  const frame = () => new Promise(requestAnimationFrame);
  const afterPaint = () => new Promise((done) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = done;
    channel.port2.postMessage(0);
  });
  const times = [];
  for (let k = 0; k < moves; k++) {
    await frame();
    await afterPaint();
    await frame();
    const start = performance.now();
    input.value = String(0.5 + ((k * 7) % 40) / 20);
    input.dispatchEvent(new Event('input', { bubbles: true }));
    const script = performance.now() - start;
    await afterPaint();
    times.push([performance.now() - start, script]);
  }
  return times;
}"""
WATCH_KEYS = """(shortest) => {
  window.presses = [];
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) {
      if (one.name === 'keydown') window.presses.push(one.duration);
    }
  }).observe({ type: 'event', durationThreshold: shortest });
}"""


class Times(NamedTuple):
    """Milliseconds of one opening of the page; of the slider, medians of `MOVES` moves."""

    usable: float
    painted: float
    script: float
    pressed: float


def main(count: int, code: str) -> int:
    """Open the map of the territory, then the made-up region, and print the medians."""
    site = Path(__file__).resolve().parents[1] / "_build" / code / "html"
    page = site / "notebooks/accueil/carte.html"
    if not page.is_file():
        print(f"Rapport non construit : {page.name} manque. À faire : make report.")
        return 1
    own = page.read_text(encoding="utf-8")
    widgets = (site / "_static" / "widgets" / "notebooks/accueil/carte.js").read_text(
        encoding="utf-8"
    )
    drawn = len(pd.read_parquet(site.parent / "results" / "score" / "iris.geoparquet"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/notebooks/accueil/carte.html"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        runs = [measured(browser, address) for _ in range(RUNS)]
        say(drawn, own, widgets, runs, OWN_BUDGETS)
        html, script = with_region(own, count)
        runs = [measured(browser, address, (html, script)) for _ in range(RUNS)]
        say(count, html, script, runs, REGION_BUDGETS)
        browser.close()
    server.shutdown()
    return 0


def say(count: int, html: str, script: str, runs: list[Times], budgets: tuple[int, int]) -> None:
    """Print the medians of the runs, beside what the map may take."""
    times = Times(*(statistics.median(values) for values in zip(*runs, strict=True)))
    sizes = [len(text.encode()) / 1e6 for text in (html, script)]
    print("{} polygones, page de {:.1f} Mo, données de {:.1f} Mo".format(count, *sizes))
    print(f"  carte utilisable : {times.usable:.0f} ms (budget {budgets[0]})")
    print(
        f"  curseur, du début de l'image à l'image peinte : {times.painted:.1f} ms, "
        f"dont script {times.script:.1f} ms (budget {budgets[1]})"
    )
    print(f"  touche à écran, d'après Event Timing : {times.pressed:.0f} ms")


def measured(browser: Browser, address: str, replaced: tuple[str, str] | None = None) -> Times:
    """Return the times of the page, or of the same with another map in it.

    Parameters
    ----------
    replaced : tuple of str, optional
        The page and the script of its widgets.
    """
    context = browser.new_context(viewport={"width": 1300, "height": 900}, locale="fr-FR")
    page = context.new_page()
    page.on("pageerror", lambda error: print(error))
    if replaced is not None:
        html = {"body": replaced[0], "content_type": "text/html"}
        widgets = {"body": replaced[1], "content_type": "text/javascript"}
        page.route("**/carte.html", lambda route: route.fulfill(**html))
        page.route("**/widgets/notebooks/accueil/carte.js*", lambda route: route.fulfill(**widgets))
    page.goto(address, wait_until="commit")
    page.wait_for_selector(".diagalim-controller[data-ready]", timeout=120_000)
    usable = page.evaluate("performance.now()")
    page.locator(".diagalim-weights > summary").click()
    page.locator(".diagalim-map").scroll_into_view_if_needed()
    page.wait_for_timeout(1000)
    painted, script = zip(*page.evaluate(MOVE_IN_FRAME, [SLIDER, MOVES]), strict=True)
    page.wait_for_timeout(1000)
    pressed = presses(page)
    context.close()
    return Times(usable, *(statistics.median(times) for times in (painted, script, pressed)))


def presses(page: Page) -> list[float]:
    """Return the milliseconds from each press of an arrow key on the slider to the screen."""
    page.locator(SLIDER).first.focus()
    page.evaluate(WATCH_KEYS, SHORTEST)
    for k in range(MOVES):
        page.keyboard.press("ArrowLeft" if k % 8 > 3 else "ArrowRight")
        page.wait_for_timeout(60)
    page.wait_for_timeout(500)
    told = page.evaluate("window.presses")
    return [*told, *[float(SHORTEST)] * (MOVES - len(told))]


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
    rules = ScoreRules.of(territory, registry)
    names = rules.weights.names
    raw = pd.DataFrame(rng.gamma(4, 5, (count, len(names))), index, names)
    raw = raw.mask(rng.random(raw.shape) < 0.1)
    result = scored(raw, pd.Series(True, index), rules)
    given = result.score.notna()
    iris = gpd.GeoDataFrame(
        {
            "nom": [f"IRIS {k}" for k in range(count)],
            "type_iris": "H",
            "population": rng.integers(900, 5000, count).astype(float),
            "statut": np.where(given, "note", "non_note"),
            "motif": np.where(given, "", "trop peu d'indicateurs connus"),
            "classe": quantile_classes(result.score, 5),
            "score": result.score,
            "rang": result.rank,
            "nb_notes": int(given.sum()),
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
    return iris, communes, scoring_basis(values, iris, registry, rules)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: Any) -> None:
        """Say nothing."""


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(main(int(given[0]) if given else 5000, given[1] if len(given) > 1 else "13"))
