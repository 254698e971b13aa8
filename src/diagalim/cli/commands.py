"""The command line: fetch the official files, check them, build the report, open it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from diagalim.cli.console import write_anywhere

EXIT_CODES = """Codes de sortie : 0 tout est fait ; 1 un chapitre ou le site a échoué, le dernier
site complet reste en place ; 2 une donnée d'entrée ou un réglage est à corriger, rien n'a été
écrit ; 3 les fichiers officiels du territoire n'ont pas été trouvés ; 130 interrompu au clavier."""

FETCH_EXIT_CODES = """Codes de sortie : 0 tout est là ; 1 au moins un téléchargement a échoué, les
fichiers entiers sont gardés ; 2 un réglage est à corriger, rien n'a été demandé ; 3 il manque un
fichier nécessaire dont aucune adresse n'est connue ; 130 interrompu, relancer reprend."""

NEW_EXIT_CODES = """Codes de sortie : 0 le fichier est écrit ; 2 le code est refusé, le fichier
existe déjà ou un fichier officiel est illisible, rien n'a été écrit."""

Territory = Annotated[
    str,
    typer.Option(
        "--territoire",
        "-t",
        help="Code du territoire : un fichier de data/territories/. Par défaut le 13 si ses "
        "fichiers officiels sont là, sinon le département fictif (exemple).",
    ),
]
Quiet = Annotated[bool, typer.Option("--silencieux", "-q", help="N'écrire que les erreurs.")]


class CommandLine(typer.Typer):
    """The commands, which write to any file, pipe or screen, help and errors included."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        """Run the command that the arguments of the process name."""
        write_anywhere()
        return super().__call__(*arguments, **options)


app = CommandLine(
    help="Diagnostic territorial de la précarité alimentaire : du fichier officiel au site.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.command(epilog=EXIT_CODES)
def build(
    territoire: Territory = "",
    silencieux: Quiet = False,
    force: Annotated[bool, typer.Option("--force", help="Tout recalculer.")] = False,
) -> None:
    """Construire le site d'un territoire ; ne refait que ce qui a changé."""
    from diagalim.cli.build import build_command

    _leave(build_command(territoire, quiet=silencieux, force=force))


@app.command(epilog=EXIT_CODES)
def chapter(
    noms: Annotated[list[str], typer.Argument(help="Noms des carnets, sans .ipynb.")],
    territoire: Territory = "",
    silencieux: Quiet = False,
) -> None:
    """Calculer un ou plusieurs chapitres, et d'abord ceux dont ils lisent les résultats."""
    from diagalim.cli.build import chapter_command

    _leave(chapter_command(noms, territoire, quiet=silencieux))


@app.command(epilog=EXIT_CODES)
def check(territoire: Territory = "", silencieux: Quiet = False) -> None:
    """Contrôler toutes les données d'entrée d'un territoire, toutes les erreurs d'un coup."""
    from diagalim.cli.build import check_command

    _leave(check_command(territoire, quiet=silencieux))


@app.command(epilog=FETCH_EXIT_CODES)
def fetch(
    territoire: Annotated[
        str, typer.Argument(help="Code du territoire : un fichier de data/territories/.")
    ] = "13",
    source: Annotated[
        str | None, typer.Option("--source", help="Un seul jeu de données du registre.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Télécharger de nouveau ce qui est déjà là.")
    ] = False,
    silencieux: Quiet = False,
) -> None:
    """Télécharger les fichiers officiels d'un territoire chez leurs producteurs."""
    from diagalim.cli.fetch import fetch_command

    _leave(fetch_command(territoire, only=source, force=force, quiet=silencieux))


@app.command(epilog=NEW_EXIT_CODES)
def new(
    departement: Annotated[str, typer.Argument(help="Code du département : 69, 01, 2A…")],
    silencieux: Quiet = False,
) -> None:
    """Préparer le fichier de territoire d'un autre département."""
    from diagalim.cli.new import new_command

    _leave(new_command(departement, quiet=silencieux))


@app.command(
    epilog="Codes de sortie : 0 le modèle est écrit ; 2 le territoire ou le fichier de sortie est "
    "à corriger, rien n'a été écrit."
)
def template(
    modele: Annotated[
        str,
        typer.Argument(
            help="« remontee » : la fiche Excel des réseaux ; « coordination » : les tableaux des "
            "instances, de leurs membres et de leurs liens."
        ),
    ] = "remontee",
    territoire: Territory = "",
    sortie: Annotated[
        Path | None,
        typer.Option(
            "--sortie",
            "-o",
            help="Classeur à écrire (.xlsx), ou dossier des tableaux ; par défaut, la fiche dans "
            "le dossier courant, les tableaux là où le rapport les lit.",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Remplacer un fichier présent.")] = False,
    silencieux: Quiet = False,
) -> None:
    """Écrire un modèle vierge à faire remplir : fiche de remontée, tableaux de coordination."""
    from diagalim.cli.template import template_command

    _leave(template_command(territoire, sortie, model=modele, force=force, quiet=silencieux))


@app.command(
    epilog="Codes de sortie : 0 la comparaison est faite ; 2 un des deux calculs manque, ou ils ne "
    "portent pas sur les mêmes IRIS, ou un fichier est à corriger."
)
def compare(
    avant: Annotated[
        str, typer.Argument(help="Territoire, fichier de territoire ou dossier de résultats.")
    ],
    apres: Annotated[str, typer.Argument(help="De même : l'autre millésime, ou d'autres poids.")],
    table: Annotated[
        Path | None, typer.Option("--csv", help="Table à écrire, une ligne par IRIS.")
    ] = None,
    bornes: Annotated[
        Path | None,
        typer.Option("--bornes", help="Bornes d'un premier calcul ; sinon, celles d'AVANT."),
    ] = None,
    ecrire_bornes: Annotated[
        Path | None, typer.Option("--ecrire-bornes", help="Fichier où garder ces bornes.")
    ] = None,
    silencieux: Quiet = False,
) -> None:
    """Dire ce qui a bougé entre deux calculs du score sur les mêmes IRIS."""
    from diagalim.cli.compare import Files, compare_command

    _leave(compare_command(avant, apres, Files(table, bornes, ecrire_bornes), quiet=silencieux))


@app.command(epilog=EXIT_CODES)
def serve(
    territoire: Territory = "",
    port: Annotated[int, typer.Option("--port", help="Port souhaité.")] = 8000,
) -> None:
    """Ouvrir le site construit à une adresse de cet ordinateur (127.0.0.1)."""
    from diagalim.cli.build import serve_command

    _leave(serve_command(territoire, port))


@app.command(epilog=EXIT_CODES)
def lab() -> None:
    """Travailler sur les carnets dans JupyterLab."""
    from diagalim.cli.build import lab_command

    _leave(lab_command())


@app.command(hidden=True)
def setup() -> None:
    """Télécharger une fois les composants du site (fait par l'installation)."""
    from diagalim.cli.build import setup_command

    _leave(setup_command())


def _leave(code: int) -> None:
    raise typer.Exit(code)
