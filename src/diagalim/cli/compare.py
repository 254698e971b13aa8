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
from diagalim.sources.goalposts import goalposts_csv, read_goalposts
from diagalim.wording import french
from diagalim.wording.problems import InputError, Problem, raise_if_any
from diagalim.workspace.written_together import write_together

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
    bounds = _bounds(before, files)
    same = files.bounds is None and not changes["change"].any()
    first, second, about = (None, None, []) if same else _against_bounds(before, after, bounds)
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
    texts: dict[Path, str] = {}
    if files.table is not None:
        written = comparison.comparison_csv(table, first, second)
        texts[files.table] = written.to_csv(lineterminator="\n")
        lines.append(f"Table écrite : {files.table} ({french.plural(len(written), 'ligne')}).")
    if files.bounds_out is not None:
        texts[files.bounds_out] = goalposts_csv(bounds)
        lines.append(f"Bornes écrites : {files.bounds_out}.")
    _write(texts)
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


def _bounds(before: ScoreRun, files: Files) -> pd.DataFrame:
    """Return the bounds that the user gives, or those of the first run."""
    if files.bounds is not None:
        return read_goalposts(files.bounds)
    return over_time.goalposts(before.raw, before.iris["score"].notna())


def _against_bounds(
    before: ScoreRun, after: ScoreRun, bounds: pd.DataFrame
) -> tuple[FixedScore | None, FixedScore | None, list[str]]:
    """Score both runs against the same bounds and weights, or say why it cannot be done."""
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


def _write(texts: dict[Path, str]) -> None:
    """Write what the user asked for, all together: a table refused leaves the bounds as they were.

    A folder is not made: one that is not there is most often mistyped.
    """
    refused = [p for p in texts if not p.parent.is_dir() or (p.exists() and not p.is_file())]
    raise_if_any(map(_unwritable, refused))
    try:
        # where a link leads: the link itself stays
        write_together({path.resolve(): text.encode() for path, text in texts.items()})
    except OSError as error:
        raise InputError([_unwritable(Path(error.filename))]) from error


def _unwritable(path: Path) -> Problem:
    return Problem(
        path.name,
        "fichier",
        "ne peut pas être écrit",
        "un dossier qui existe et où l'on peut écrire",
        "choisir un autre endroit, ou fermer le fichier s'il est ouvert dans Excel",
    )
