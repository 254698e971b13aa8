"""Which items does the questionnaire hold, who is shown them, which answers are known?

The codebook, in the spirit of XLSForm: ``dictionnaire.csv`` (items) and ``modalites.csv`` (codes of
the answers). The answers are checked against it, and it says which columns are contacts and free
text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from diagalim.sources.schemas import SCHEMA_DIR, load_schema
from diagalim.sources.tables.cell_problems import closest
from diagalim.sources.tables.collected import read_collected
from diagalim.wording.problems import Problem, raise_if_any
from diagalim.workspace.paths import project_root

CODEBOOK_FILES = ("dictionnaire.csv", "modalites.csv")
CONDITION = re.compile(r"\$\{(?P<item>\w+)\} = '(?P<code>[^']*)'")
"""The one form of filter that the questionnaires of the study use."""


@dataclass(frozen=True)
class Codebook:
    """Items and answers of a questionnaire.

    Parameters
    ----------
    items : DataFrame
        Indexed by name, in the order of the questionnaire: columns of ``dictionnaire.csv``.
    choices : dict of str to dict of str to str
        Label of each code, by list.
    """

    items: pd.DataFrame
    choices: dict[str, dict[str, str]]

    def choice_list(self, item: str) -> str:
        """Return the list of answers of an item, empty when it is open."""
        kind, _, name = self.items.at[item, "type"].partition(" ")
        return name if kind.startswith("select_") else ""

    def is_multiple(self, item: str) -> bool:
        """Tell whether several answers may be ticked."""
        return self.items.at[item, "type"].startswith("select_multiple ")

    def codes_by_label(self, item: str) -> dict[str, list[str]]:
        """Return the codes that each label of an item stands for, none being a code itself."""
        choices = self.choices.get(self.choice_list(item), {})
        codes: dict[str, list[str]] = {}
        for code, label in choices.items():
            if label not in choices:
                codes.setdefault(label, []).append(code)
        return codes

    def doubtful_labels(self, item: str, *, full: bool = False) -> dict[str, list[str]]:
        """Return the labels of an item that several answers share, with their codes.

        In an export as ``full`` text, a label that is also the code of another answer is one.
        """
        choices = self.choices.get(self.choice_list(item), {})
        codes = {label: found for label, found in self.codes_by_label(item).items() if found[1:]}
        crossed = {b: [a, b] for a, b in choices.items() if full and b in choices and a != b}
        return codes | crossed

    def columns_of(self, item: str) -> list[str]:
        """Return the columns of an item in the answers: one, or one for each box to tick."""
        if not self.is_multiple(item):
            return [item]
        return [f"{item}_{code}" for code in self.choices[self.choice_list(item)]]

    def columns(self) -> dict[str, str]:
        """Return the item of each column of the answers."""
        return {column: item for item in self.items.index for column in self.columns_of(item)}

    def filter_of(self, item: str) -> tuple[str, str] | None:
        """Return the item and the code that must be answered for this item to be shown."""
        relevant = self.items.at[item, "relevant"]
        if pd.isna(relevant):
            return None
        found = CONDITION.fullmatch(relevant)
        return found["item"], found["code"]

    def substantive(self) -> list[str]:
        """Return the items that are neither contacts nor free text."""
        apart = self.items["contact"] | self.items["libre"]
        return list(self.items.index[~apart])


def read_codebook(folder: Path) -> Codebook:
    """Read ``dictionnaire.csv`` and ``modalites.csv`` of a folder.

    Raises
    ------
    InputError
        With everything wrong in each, then between them: lists that are not there, filters that
        name no earlier item or no known answer.
    """
    schemas = project_root() / SCHEMA_DIR / "collecte"
    items = read_collected(
        folder / CODEBOOK_FILES[0], load_schema(schemas / "dictionnaire.json")
    ).set_index("name")
    choices: dict[str, dict[str, str]] = {}
    for row in read_collected(
        folder / CODEBOOK_FILES[1], load_schema(schemas / "modalites.json")
    ).itertuples():
        choices.setdefault(row.list_name, {})[row.name] = row.label
    codebook = Codebook(items, choices)
    raise_if_any(_inner_problems(codebook))
    return codebook


def _inner_problems(codebook: Codebook) -> list[Problem]:
    problems = []
    seen: list[str] = []
    for item, row in codebook.items.iterrows():
        wanted = codebook.choice_list(item)
        if wanted and wanted not in codebook.choices:
            near = closest(wanted, list(codebook.choices))
            problems.append(
                _problem(
                    item,
                    "type",
                    wanted,
                    f"une liste de modalites.csv : {', '.join(codebook.choices)}",
                    f"vouliez-vous « {near} »\u202f?" if near else "ajouter la liste",
                )
            )
        if not pd.isna(row["relevant"]):
            problems += _filter_problems(codebook, item, row["relevant"], seen)
        seen.append(item)
    return problems or _clash_problems(codebook)


def _clash_problems(codebook: Codebook) -> list[Problem]:
    """Columns of two items: the box ``SQ001`` of ``freins`` and a question ``freins_SQ001``."""
    owners: dict[str, list[str]] = {}
    for item in codebook.items.index:
        for column in codebook.columns_of(item):
            owners.setdefault(column, []).append(item)
    return [
        _problem(
            items[-1],
            "name",
            column,
            f"une colonne par question : celle-ci est aussi de « {items[0]} »",
            "changer l'un des deux codes, ici et dans LimeSurvey",
        )
        for column, items in owners.items()
        if len(items) > 1
    ]


def _filter_problems(
    codebook: Codebook, item: str, relevant: str, seen: list[str]
) -> list[Problem]:
    found = CONDITION.fullmatch(relevant)
    if found is None:
        return [
            _problem(
                item,
                "relevant",
                relevant,
                "une condition simple : ${question} = 'code'",
                "écrire le filtre sous cette forme",
            )
        ]
    if found["item"] not in seen:
        return [
            _problem(
                item,
                "relevant",
                found["item"],
                "une question posée avant celle-ci",
                "corriger le nom de la question du filtre",
            )
        ]
    known = codebook.choices.get(codebook.choice_list(found["item"]), {})
    if found["code"] in known:
        return []
    return [
        _problem(
            item,
            "relevant",
            found["code"],
            f"un code de « {found['item']} » : {', '.join(known)}",
            "corriger le code du filtre",
        )
    ]


def _problem(item: str, column: str, seen: str, expected: str, remedy: str) -> Problem:
    return Problem("dictionnaire.csv", f"item {item}, colonne {column}", seen, expected, remedy)
