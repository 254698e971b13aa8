"""An analyst opens each notebook in JupyterLab and runs all its cells: no error, words and map."""

from __future__ import annotations

import os
import socket
import subprocess

import pytest
import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from diagalim.cli.build import lab_words
from diagalim.workspace.notebooks import all_notebooks
from diagalim.workspace.paths import project_root

pytestmark = [pytest.mark.browser, pytest.mark.long]

NOTEBOOKS = all_notebooks(project_root())
START, RUN = 120, 600_000
"""Seconds for the server, milliseconds for a notebook: far above what they take."""

OPENED = "() => window.jupyterapp?.shell?.currentWidget?.context?.isReady"
RUN_ALL = """async () => {
  const { commands, shell } = window.jupyterapp;
  await shell.currentWidget.context.sessionContext.ready;
  await commands.execute("notebook:run-all-cells");
  return shell.currentWidget.context.model.toJSON().cells;
}"""


@pytest.fixture(scope="module")
def laboratory(fictitious_site, tmp_path_factory):
    """Return the address of JupyterLab, started as ``diagalim lab`` starts it, without a browser.

    Its chapters are computed: what is looked at is the notebook that runs, not those before it.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [*lab_words(project_root()), "--no-browser", "--ip=127.0.0.1", f"--port={port}"]
    words += ["--IdentityProvider.token=", "--LabApp.expose_app_in_browser=True"]
    # a workspace of its own, and no notebook saved with its outputs
    own = tmp_path_factory.mktemp("laboratoire")
    places = {f"JUPYTER{name}_DIR": str(own / name) for name in ("_CONFIG", "LAB_WORKSPACES")}
    with (own / "journal").open("wb") as journal:
        server = subprocess.Popen(
            words, cwd=project_root(), env=os.environ | places, stdout=journal, stderr=journal
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/api", own / "journal")
            yield address
        finally:
            server.terminate()
            server.wait(START)


def wait_for(address: str, journal) -> None:
    """Wait until the server answers; fail with its words when it never does."""
    session = requests.Session()
    # the whole number of tries is bounded too, at ten, unless it is left open
    again = Retry(None, connect=2 * START, backoff_factor=0.5, backoff_max=0.5)
    session.mount("http://", HTTPAdapter(max_retries=again))
    try:
        session.get(address, timeout=START).raise_for_status()
    except requests.RequestException:
        pytest.fail(f"JupyterLab ne répond pas :\n{journal.read_text('utf-8')[-2000:]}")


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs_whole_in_jupyterlab(notebook, laboratory, chromium):
    held = notebook.read_bytes()
    context = chromium.new_context(viewport={"width": 1300, "height": 900}, locale="fr-FR")
    try:
        page = context.new_page()
        page.set_default_timeout(RUN)
        place = notebook.relative_to(project_root()).as_posix()
        page.goto(f"{laboratory}/lab/workspaces/{notebook.stem}/tree/{place}?reset")
        page.wait_for_function(OPENED)
        page.evaluate("window.jupyterapp.commands.execute('docmanager:toggle-autosave')")
        cells = [cell for cell in page.evaluate(RUN_ALL) if cell["cell_type"] == "code"]
        outputs = [output for cell in cells for output in cell["outputs"]]
        assert all(cell["execution_count"] for cell in cells)
        assert [
            o for o in outputs if o["output_type"] == "error" or o.get("name") == "stderr"
        ] == []
        assert page.locator(".jp-OutputArea-output").first.is_visible()
        if notebook.stem == "carte":
            shapes = page.locator(".leaflet-container path.leaflet-interactive")
            shapes.first.scroll_into_view_if_needed()
            assert shapes.count() > 50
    finally:
        context.close()
    assert notebook.read_bytes() == held
