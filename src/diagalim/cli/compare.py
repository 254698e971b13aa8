"""What `diagalim compare` says: what moved between two runs of the score, and by how much."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from diagalim.analysis.certainty import over_certainty
from diagalim.analysis.score.composite import Composite
from diagalim.analysis.score.rules import ScoreRules, scored
from diagalim.analysis.solidity import over_time
from diagalim.analysis.solidity.over_time import FixedScore
from diagalim.cli import comparison
from diagalim.cli.score_runs import ScoreRun, check_comparable, read_run
from diagalim.settings.indicators_file import load_indicators
from diagalim.sources.goalposts import read_goalposts, write_goalposts
from diagalim.wording import french
from diagalim.wording.problems import InputError, Problem

DONE, WRONG_INPUT = 0, 2
SAME_SCORE = 1e-6


@dataclass(frozen=True)
class Files:
    """Files that a user names besides the two runs; None for none."""

    table: Path | None = None
    bounds: Path | None = None
    bounds_out: Path | None = None


def compare_command(
    before: str, after: str, files: Files | None = None, *, quiet: bool = False
) -> int:
    """Compare two runs of the score on the same IRIS and return the exit code.

    Parameters
    ----------
    before, after : str
        A territory, its file, or a folder of results (`diagalim.cli.score_runs.read_run`).
    files : Files, optional
        The table to write, bounds to read or to write.
    quiet : bool
        Say nothing but errors.
    """
    files = files or Files()
    try:
        lines = _compare(before, after, files)
    except InputError as error:
        print(error, file=sys.stderr)
        return WRONG_INPUT
    if not quiet:
        print("\n".join(french.spaced(line) for line in lines))
    return DONE


def _compare(asked_before: str, asked_after: str, files: Files) -> list[str]:
    before, after = read_run(asked_before), read_run(asked_after)
    check_comparable(before, after)
    registry = load_indicators()
    table = over_time.moves(before.iris, after.iris)
    table, certain = _with_certainty(table, before, after)
    changes = over_time.differing(before.raw, after.raw.reindex(before.raw.index))
    first, second, about = _against_bounds(before, after, files, changed=changes["change"].any())
    lines = [
        f"Avant : {before.name} ({before.file}, données {before.years}).",
        f"Après : {after.name} ({after.file}, données {after.years}).",
        *certain,
        *comparison.values_sentences(changes, registry),
        *comparison.rank_sentences(over_time.summary(table), table),
        *comparison.commune_sentences(over_time.by_commune(table)),
        *about,
    ]
    if first is not None and second is not None:
        lines += comparison.fixed_sentences(first, second, registry)
    lines.append(comparison.CAUTION)
    if files.table is not None:
        written = comparison.comparison_csv(table, first, second)
        _write(files.table, written)
        lines.append(f"Table écrite : {files.table} ({french.plural(len(written), 'ligne')}).")
    if files.bounds_out is not None:
        lines.append(f"Bornes écrites : {files.bounds_out}.")
    return lines


def _with_certainty(
    table: pd.DataFrame, before: ScoreRun, after: ScoreRun
) -> tuple[pd.DataFrame, list[str]]:
    """Set the intervals of both runs beside the ranks, or say which run has none."""
    if before.ranges is None or after.ranges is None:
        without = dict.fromkeys(run.name for run in (before, after) if run.ranges is None)
        return table, [comparison.no_ranges_sentence(list(without))]
    table = over_certainty.with_ranges(table, before.ranges, after.ranges)
    found, whole = over_certainty.beyond(table), over_time.summary(table)
    return table, comparison.certainty_sentences(found, whole.gained + whole.lost)


def _against_bounds(
    before: ScoreRun, after: ScoreRun, files: Files, *, changed: bool
) -> tuple[FixedScore | None, FixedScore | None, list[str]]:
    """Score both runs against the same bounds and weights, or say why it cannot be done."""
    bounds = (
        read_goalposts(files.bounds)
        if files.bounds is not None
        else over_time.goalposts(before.raw, before.iris["score"].notna())
    )
    if files.bounds_out is not None:
        _writing(files.bounds_out, lambda path: write_goalposts(path, bounds))
    if not changed and files.bounds is None:
        return None, None, []
    territory = before.territory
    if territory is None:
        return None, None, [_no_fixed(f"{before.file} n'est plus dans le projet")]
    known = [name for name in before.raw if before.raw[name].notna().any()]
    rules = ScoreRules.of(territory, load_indicators())
    rules = rules.without(set(rules.weights.names) - set(known))
    first = _scored(before, rules)
    if (first.score - before.iris["score"]).abs().max() > SAME_SCORE:
        return None, None, [_no_fixed(f"{before.file} a changé depuis ce calcul")]
    names = rules.weights.names
    short = [name for name in names if name not in bounds.index]
    gone = [name for name in names if after.raw.get(name, pd.Series()).isna().all()]
    if short or gone:
        reason = "sans bornes" if short else "sans valeur après"
        return None, None, [_no_fixed(f"{reason} : {', '.join(short or gone)}")]
    second = _scored(after, rules)
    runs = ((before, first), (after, second))
    fixed = [over_time.against(r.raw, bounds, rules.directions, made) for r, made in runs]
    return fixed[0], fixed[1], []


def _scored(run: ScoreRun, rules: ScoreRules) -> Composite:
    """Score the values of a run by the rules of the first, where the run itself gives a score."""
    made = scored(run.raw, rules.scorable(run.iris), rules)
    return made.keeping(run.iris["score"].notna())


def _no_fixed(reason: str) -> str:
    return f"Score à bornes fixes non calculé : {reason}."


def _write(path: Path, table: pd.DataFrame) -> None:
    _writing(path, lambda p: table.to_csv(p, encoding="utf-8", lineterminator="\n"))


def _writing(path: Path, write) -> None:
    try:
        write(path)
    except OSError as error:
        raise InputError(
            [
                Problem(
                    path.name,
                    "fichier",
                    "ne peut pas être écrit",
                    "un dossier qui existe et où l'on peut écrire",
                    "choisir un autre endroit, ou fermer le fichier s'il est ouvert dans Excel",
                )
            ]
        ) from error
