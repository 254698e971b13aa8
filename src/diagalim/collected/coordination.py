"""Which bodies does a study know, who sits in them, and do its tables agree with each other?

Bodies, members and links are read in documents by a team; each body and each member names its
document, so that a reader can go and look. A study keeps its tables among its collected files, and
no other report shows them. All that is wrong in all of the tables is said at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from diagalim.analysis.coordination.instances import ANNOUNCED, CITY, ESTABLISHED
from diagalim.sources.documents import read_published
from diagalim.sources.schemas import collected_schema
from diagalim.sources.studies import DOCUMENTS, Document, document, published_study, quotable
from diagalim.sources.tables.cells import Grid, problems_at
from diagalim.sources.tables.collected import Rules, read_collected, unopened_problem
from diagalim.wording.problems import InputError, Problem, raise_if_any

if TYPE_CHECKING:
    from diagalim.settings.territory import Territory

OWN, BODIES, MEMBERS, LINKS = "documents", "instances", "membres", "liens"
COORDINATION = (OWN, BODIES, MEMBERS, LINKS)
"""Keys of ``collecte:``, in an order such that foreign keys find what they name."""


class Coordination(NamedTuple):
    """What a study knows of coordination, every cell as text, empty where nothing is known.

    Attributes
    ----------
    bodies : DataFrame
        Indexed by id: ``nom``, ``niveau``, ``commune``, ``etat``, ``annee``, ``pilote``, ``objet``,
        ``document``, then how that document is cited (``source``) and its year
        (``annee_source``).
    members : DataFrame
        ``instance``, ``organisme``, ``type``, ``document``, ``source``, ``annee_source``.
    links : DataFrame
        ``de``, ``vers``, ``type``, ``etat``.
    """

    bodies: pd.DataFrame
    members: pd.DataFrame
    links: pd.DataFrame


def read_coordination(files: Mapping[str, Sequence[Path]], territory: Territory) -> Coordination:
    """Read the tables of a study; one that is not there is empty.

    Parameters
    ----------
    files : mapping of str to sequence of Path
        The file of each of `COORDINATION`, or none.
    territory : Territory
        The study, or the part of it that a chapter declares: ``code`` and ``etude_publiee``.

    Raises
    ------
    InputError
        Everything wrong in all the tables, in French.
    """
    known = _quotable_documents(territory) if any(files.values()) else {}
    tables = {OWN: _keys_of(known)}
    problems = _without_bodies(files)
    for name in COORDINATION:
        for path in files.get(name, ()):
            table = _read_one(path, name, tables, territory.code, problems)
            if table is None:
                tables.pop(name, None)  # nothing is compared with what could not be read
                continue
            known |= _documents_of(table) if name == OWN else {}
            tables[name] = _keys_of(known) if name == OWN else table
    raise_if_any(problems)
    bodies, members, links = (_as_text(name, tables, known) for name in COORDINATION[1:])
    return Coordination(bodies.set_index("id"), members, links)


def _read_one(
    path: Path,
    name: str,
    tables: Mapping[str, pd.DataFrame],
    code: str,
    problems: list[Problem],
) -> pd.DataFrame | None:
    """Read one table, or add what is wrong with it to the problems."""
    try:
        return read_collected(path, collected_schema(name), tables, _rules_of(name, tables, code))
    except InputError as error:
        problems += error.problems
    except OSError:  # a folder under the name of a file, a file without permission
        problems.append(unopened_problem(path))
    return None


def _quotable_documents(territory: Territory) -> dict[str, Document]:
    """Return the documents of the project that this study may cite: no study of another one."""
    listed = read_published("documents")
    known = territory.etude_publiee in listed.index  # where it is not, `check_study` says so
    own = published_study(territory) if known else None
    return {key: document(key) for key in quotable(listed, own).index}


def _documents_of(table: pd.DataFrame) -> dict[str, Document]:
    return {
        row.cle: Document(row.cle, row.titre, row.auteurs, row.date[:4])
        for row in table.itertuples()
    }


def _keys_of(documents: Mapping[str, Document]) -> pd.DataFrame:
    return pd.DataFrame({"cle": list(documents)}, dtype="string")


def _as_text(
    name: str, tables: Mapping[str, pd.DataFrame], documents: Mapping[str, Document]
) -> pd.DataFrame:
    """Return a table as text, with how the document of each row is cited."""
    columns = [field["name"] for field in collected_schema(name)["fields"]]
    table = tables.get(name, pd.DataFrame(columns=columns)).astype("string").fillna("").astype(str)
    if "document" in table:
        table["source"] = [documents[key].cited for key in table["document"]]
        table["annee_source"] = [documents[key].year for key in table["document"]]
    return table


def _without_bodies(files: Mapping[str, Sequence[Path]]) -> list[Problem]:
    """Return the tables that speak of bodies when no table lists these."""
    if files.get(BODIES):
        return []
    return [
        Problem(
            path.name,
            "fichier",
            f"pas de tableau « {BODIES} » à côté",
            f"les instances dont parle ce tableau, dans {BODIES}.csv",
            f"ajouter {BODIES}.csv, ou retirer ce fichier",
        )
        for name in (MEMBERS, LINKS)
        for path in files.get(name, ())
    ]


def _rules_of(name: str, tables: Mapping[str, pd.DataFrame], code: str) -> Rules | None:
    """Return the rules of a table that its schema cannot say."""
    if name == OWN:
        return _document_problems
    if name == BODIES:
        return lambda table, grid: _commune_problems(table, grid, code)
    if name == LINKS:
        return lambda table, grid: _link_problems(table, grid, tables.get(BODIES))
    return None


def _document_problems(table: pd.DataFrame, grid: Grid) -> list[Problem]:
    return _wrong(
        table["cle"].isin(read_published("documents").index),
        table,
        grid,
        "cle",
        f"une clé qui n'est pas déjà celle d'un document de {DOCUMENTS}",
        "donner une autre clé ; si c'est le même document, retirer cette ligne",
    )


def _commune_problems(table: pd.DataFrame, grid: Grid, code: str) -> list[Problem]:
    nowhere = (table["niveau"] == CITY) & table["commune"].isna()
    outside = table["commune"].notna() & ~table["commune"].str.startswith(code)
    return [
        *_wrong(
            nowhere, table, grid, "commune", "la commune d'une instance de ville",
            "écrire son code Insee ; pour une instance plus large, corriger le niveau",
        ),
        *_wrong(
            outside, table, grid, "commune", f"une commune du département {code}",
            "corriger le code Insee",
        ),
    ]  # fmt: skip


def _link_problems(table: pd.DataFrame, grid: Grid, bodies: pd.DataFrame | None) -> list[Problem]:
    problems = _wrong(
        table["de"] == table["vers"], table, grid, "vers", "une autre instance que celle de départ",
        "corriger l'une des deux",
    )  # fmt: skip
    if bodies is None:
        return problems
    announced = bodies.loc[bodies["etat"] == ANNOUNCED, "id"]
    early = table["de"].isin(announced) & (table["etat"] == ESTABLISHED)
    return problems + _wrong(
        early, table, grid, "etat", "un lien proposé : l'instance de départ est seulement annoncée",
        "corriger l'état du lien, ou celui de l'instance",
    )  # fmt: skip


def _wrong(
    mask: pd.Series, table: pd.DataFrame, grid: Grid, name: str, expected: str, remedy: str
) -> list[Problem]:
    rows = mask.fillna(False).to_numpy(dtype=bool).nonzero()[0]
    return problems_at(table, grid, name, rows, expected, remedy)
