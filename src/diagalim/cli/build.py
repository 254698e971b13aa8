"""What each command says and with which code it ends: the French side of the engine."""

from __future__ import annotations

import functools
import http.server
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console

from diagalim.chapter.facts import read_facts
from diagalim.collected.inputs import read_remarks
from diagalim.pipeline.availability import (
    built_territory,
    chosen_territory,
    plan_problems,
    remarks_of,
    require_data,
    unavailable,
)
from diagalim.pipeline.check import check_inputs
from diagalim.pipeline.engine import Outcome
from diagalim.pipeline.parameters import parameter_problems
from diagalim.pipeline.progress import Journal, step_name
from diagalim.pipeline.run import Inputs, build_report
from diagalim.settings.plan import load_plan
from diagalim.settings.territory_file import load_territory
from diagalim.site.publication import recover
from diagalim.site.vendor import ensure_vendor
from diagalim.sources.official.commune_lists import cog_at_hand
from diagalim.wording import french
from diagalim.wording.failures import BuildFailure, refusal
from diagalim.wording.problems import InputError, raise_if_any
from diagalim.workspace.folders import Folders
from diagalim.workspace.paths import project_root
from diagalim.workspace.results import are_whole

DONE, FAILED, WRONG_INPUT, NO_DATA, INTERRUPTED = 0, 1, 2, 3, 130
SCORE_CHAPTER = "score"
TRIED_PORTS = 20


def _said(command: Callable[..., int]) -> Callable[..., int]:
    """Turn what went wrong into a French message on the error stream and an exit code."""

    @functools.wraps(command)
    def run(*arguments: Any, **options: Any) -> int:
        try:
            return command(*arguments, **options)
        except InputError as error:
            _complain(str(error))
            return WRONG_INPUT
        except BuildFailure as error:
            _complain(str(error))
            return error.exit_code
        except OSError as error:
            _complain(f"{refusal(error)}\nLe dernier site complet est resté en place.")
            return FAILED
        except KeyboardInterrupt:
            _complain("\nInterrompu. Le dernier site complet est resté en place.")
            return INTERRUPTED

    return run


@_said
def build_command(
    asked: str, *, quiet: bool = False, force: bool = False, inputs: Inputs | None = None
) -> int:
    """Build the report of a territory and say where to open it.

    Without a name it is that of 13 where its official files are, else of the fictitious department.
    """
    journal = Journal(quiet=quiet)
    code, fallen_back = chosen_territory(asked)
    if fallen_back:
        journal.say(fallen_back)
    territory = (inputs or Inputs()).load_territory(code)
    if inputs is None:
        require_data(territory)
    folders = Folders(project_root(), code)
    journal.say(f"{_described(territory, folders)} — construction du rapport.")
    outcome = build_report(code, force=force, journal=journal, inputs=inputs)
    journal.say(_work_done(outcome))
    journal.say(
        f"{_described(territory, folders)} — à ouvrir : {(outcome.site / 'index.html').as_uri()} "
        f"(ou : diagalim serve --territoire {code})"
    )
    if fallen_back:
        journal.say(fallen_back)
    return DONE


@_said
def chapter_command(names: list[str], asked: str, *, quiet: bool = False) -> int:
    """Run some chapters and those whose results they read."""
    journal = Journal(quiet=quiet)
    code, fallen_back = chosen_territory(asked)
    if fallen_back:
        journal.say(fallen_back)
    require_data(load_territory(code))
    journal.say(_work_done(build_report(code, only=names, journal=journal)))
    return DONE


@_said
def check_command(asked: str, *, quiet: bool = False) -> int:
    """Check every setting and input of a territory and list every problem."""
    journal = Journal(quiet=quiet)
    code, fallen_back = chosen_territory(asked)
    if fallen_back:
        journal.say(fallen_back)
    territory = load_territory(code)
    require_data(territory)
    plan = load_plan()
    settings = parameter_problems(plan, Folders(project_root(), code), territory.chapitres)
    checked = check_inputs(territory)
    raise_if_any(plan_problems(plan) + settings + checked)
    for line in unavailable(territory, plan) + remarks_of(checked):
        journal.say(line)
    cog = cog_at_hand(territory)
    for name, remarks in read_remarks(territory, cog.names if cog else None).items():
        for remark in remarks:
            journal.say(f"{name} : {remark}")
    journal.say(f"{territory.nom} ({code}) : toutes les données d'entrée sont lisibles.")
    return DONE


@_said
def serve_command(asked: str, port: int) -> int:
    """Serve the built site on this computer until interrupted."""
    code = built_territory(asked)
    folders = Folders(project_root(), code)
    recover(folders)
    if not (folders.site / "index.html").is_file():
        raise BuildFailure(
            f"Aucun site construit pour le territoire {code}. "
            f"À faire : diagalim build --territoire {code}"
        )
    server = open_server(folders, port)
    Journal().say(f"Site : http://127.0.0.1:{server.server_port}/ (Ctrl+C pour arrêter)")
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return DONE
    return DONE


@_said
def lab_command() -> int:
    """Open JupyterLab on the notebooks; it may reach the whole project."""
    return subprocess.run(lab_words(project_root()), cwd=project_root(), check=False).returncode


def lab_words(root: Path) -> list[str]:
    """Return the command that opens JupyterLab on the notebooks of a project."""
    options = [f"--ServerApp.root_dir={root}", "--LabApp.default_url=/lab/tree/notebooks"]
    # no question about news of Jupyter over the page; news_url=None does not take it away
    options.append(f"--LabApp.app_settings_dir={Path(__file__).parent / 'lab'}")
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # in a container there is no other user
        options.append("--allow-root")
    return [sys.executable, "-m", "jupyterlab", *options]


@_said
def setup_command() -> int:
    """Fetch what the site needs, once."""
    if ensure_vendor(Folders(project_root(), "").vendor):
        Journal().say("Composants du site téléchargés.")
    return DONE


def open_server(folders: Folders, port: int) -> http.server.ThreadingHTTPServer:
    """Return a server of the built site, on the first free port from the one wished.

    Raises
    ------
    BuildFailure
        When no port is free.
    """
    handler = functools.partial(_QuietHandler, directory=str(folders.site))
    for candidate in range(port, port + TRIED_PORTS):
        try:
            return http.server.ThreadingHTTPServer(("127.0.0.1", candidate), handler)
        except OSError:  # the port is taken
            continue
    raise BuildFailure(
        f"Aucun port libre de {port} à {port + TRIED_PORTS - 1}. À faire : --port avec un autre."
    )


class _QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files without a line for each."""

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing: the terminal keeps the address in sight."""


def _described(territory: Any, folders: Folders) -> str:
    """Return the territory with its number of IRIS and of inhabitants once they are known."""
    name = f"Territoire {territory.code}, {territory.nom}"
    results = folders.results / SCORE_CHAPTER
    # what a power cut emptied is known only to the build that comes next, and made again there
    if not are_whole(results):
        return name
    facts = {fact.id: fact for fact in read_facts(results / "facts.json")}
    known = [
        f"{french.number(facts[fact].value)} {unit}"
        for fact, unit in (("nb_iris", "IRIS"), ("population_totale", "habitants"))
        if fact in facts
    ]
    return ", ".join([name, *known])


def _work_done(outcome: Outcome) -> str:
    if not outcome.ran:
        return "Rien n'a changé : le site est à jour, rien n'a été recalculé."
    done = ", ".join(step_name(task) for task in outcome.ran)
    kept = f" ; inchangé : {len(outcome.kept)} étape(s)" if outcome.kept else ""
    return f"Refait : {done}{kept}."


def _complain(text: str) -> None:
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    console.print(text, markup=False)
