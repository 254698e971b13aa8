"""What is the territory like? Population, poverty and inequality of its cities and of the whole.

Two traps decide this module. The income file lists Marseille *and* its 16 *arrondissements*, so
rows are never added up before one of the two is set aside. And no rate of the whole department is
in the commune file: it can only be approached, and the page must say between which bounds.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from diagalim.settings.codes import CITIES_IN_DISTRICTS

DISTRICTS = tuple(code for city in CITIES_IN_DISTRICTS.values() for code in city)
"""*Arrondissements municipaux* of Paris, Lyon and Marseille (Insee, code officiel géographique)."""

NORMAL_90 = 1.645
"""Half-width of a 90 % interval, in standard deviations."""

LOWEST_COMMUNE_RATE = 5.0
"""Lowest poverty rate published for any commune of France in Filosofi 2021, in percent."""

NAMES = {
    "TP60{y}": "taux_pauvrete",
    "MED{y}": "niveau_vie",
    "D1{y}": "d1",
    "D9{y}": "d9",
    "RD{y}": "rapport_interdecile",
    "NBPERSMENFISC{y}": "personnes",
}
"""Columns of the commune file and the names used here."""


def commune_incomes(observations: pd.DataFrame, vintage: int) -> pd.DataFrame:
    """Return one row a commune from the observations of the income file.

    Parameters
    ----------
    observations : DataFrame
        ``code``, ``variable``, ``valeur``.
    vintage : int
        Year described, which the names of the columns carry.

    Returns
    -------
    DataFrame
        Indexed by commune code, columns of `NAMES`: rates in percent, incomes in euros a year per
        consumption unit.
    """
    year = f"{vintage % 100:02d}"
    names = {official.format(y=year): name for official, name in NAMES.items()}
    wide = observations.pivot(index="code", columns="variable", values="valeur")
    return wide[list(names)].rename(columns=names)


@dataclass(frozen=True)
class PooledRate:
    """Rate of a group of communes, approached from theirs.

    Attributes
    ----------
    published_only : float
        Mean of the published rates weighted by persons, in percent.
    plausible : tuple of float
        Same, with withheld communes between the two rates lent to them.
    certain : tuple of float
        Same, with withheld communes between 0 and 100 and every rounding on the same side: what is
        certain.
    published, withheld, left_out : int
        Numbers of communes; those left out have no number of persons.
    masked : int
        Number of communes without a published rate, left out or not: the one that pages say.
    share_withheld : float
        Share of persons living in withheld communes, in percent.
    """

    published_only: float
    plausible: tuple[float, float]
    certain: tuple[float, float]
    published: int
    withheld: int
    left_out: int
    masked: int
    share_withheld: float

    @property
    def is_one_commune(self) -> bool:
        """Whether the group is a single commune: then its rate is published, not approached."""
        return self.published + self.withheld + self.left_out == 1


def district_codes(cities: Iterable[list[str]] = ()) -> list[str]:
    """Return the codes of all *arrondissements municipaux*: those of France, and those given.

    A list of cities followed is no way to know them: a study of the Rhône that does not follow Lyon
    still finds Lyon twice in the income file.

    Parameters
    ----------
    cities : iterable of list of str
        More codes, city by city (the fictitious department has its own).
    """
    return [*DISTRICTS, *(code for codes in cities for code in codes if code not in DISTRICTS)]


def without_districts(table: pd.DataFrame, districts: Iterable[str]) -> pd.DataFrame:
    """Drop the *arrondissements*, so that each inhabitant counts once.

    Parameters
    ----------
    table : DataFrame
        Indexed by commune code, holding both a commune and its *arrondissements*.
    districts : iterable of str
        From `district_codes`.
    """
    return table[~table.index.isin(list(districts))]


def on_the_map(incomes: pd.DataFrame, communes: Iterable[str]) -> pd.DataFrame:
    """Add the communes that the map draws and the income file does not hold: they have no rate.

    What is counted without a rate is then the same for the department and on its map.
    """
    return incomes.reindex(incomes.index.union(pd.Index(communes).unique()))


def pooled_rate(
    rates: pd.Series,
    persons: pd.Series,
    lent: tuple[float, float] | None = None,
    half_rounding: float = 0.0,
) -> PooledRate:
    """Approach the rate of a group of communes from their own rates.

    Parameters
    ----------
    rates : Series
        Rate of each commune, in percent; missing where withheld.
    persons : Series
        Persons of the fiscal households of each commune, same index. Communes without this count
        are left out and counted.
    lent : tuple of float, optional
        Lowest and highest rate lent to withheld communes. By default from `LOWEST_COMMUNE_RATE` to
        the mean of the others: where Filosofi withholds the rate of a commune of some size, its
        median income is higher than elsewhere.
    half_rounding : float
        Half-width of the rounding of the rates, in points. It widens ``certain`` by all it can do,
        and ``plausible`` by the 90 % interval of independent uniform errors.

    Raises
    ------
    ValueError
        When the indexes differ or no commune has both a rate and persons.
    """
    if not rates.index.equals(persons.index):
        raise ValueError("rates and persons must have the same index")
    masked = int(rates.isna().sum())
    counted = persons.notna() & (persons > 0)
    left_out = int((~counted).sum())
    rates, persons = rates[counted], persons[counted]
    known = rates.notna()
    if not known.any():
        raise ValueError("no commune has both a rate and a number of persons")

    def filled(value: float) -> float:
        return float((rates.fillna(value) * persons).sum() / persons.sum())

    mean = float((rates * persons)[known].sum() / persons[known].sum())
    low, high = lent or (LOWEST_COMMUNE_RATE, mean)
    shares = persons[known] / persons.sum()
    worst = half_rounding * float(shares.sum())
    likely = NORMAL_90 * half_rounding / math.sqrt(3) * math.sqrt(float((shares**2).sum()))
    return PooledRate(
        published_only=mean,
        plausible=(filled(low) - likely, filled(high) + likely),
        certain=(filled(0.0) - worst, filled(100.0) + worst),
        published=int(known.sum()),
        withheld=int((~known).sum()),
        left_out=left_out,
        masked=masked,
        share_withheld=float(100 * persons[~known].sum() / persons.sum()),
    )


def population_of(populations: pd.Series, codes: Iterable[str]) -> float:
    """Return the inhabitants of a commune given as its codes (its *arrondissements*, or itself).

    Raises
    ------
    KeyError
        When a code is not in the file: a missing district would silently shrink the city.
    """
    wanted = list(codes)
    lost = sorted(set(wanted) - set(populations.index))
    if lost:
        raise KeyError(f"communes absentes des populations légales : {', '.join(lost)}")
    return float(populations.loc[wanted].sum())


def framing_table(
    cities: dict[str, tuple[str, list[str]]], populations: pd.Series, incomes: pd.DataFrame
) -> pd.DataFrame:
    """Put the cities followed side by side.

    Parameters
    ----------
    cities : dict of str to (str, list of str)
        Name of each city, and its code in the income file and its codes in the population file.
    populations : Series
        Legal population (*municipale*) by commune code, the whole department.
    incomes : DataFrame
        Indexed by commune code: ``taux_pauvrete`` (%), ``niveau_vie`` (€/year/UC), ``d1``, ``d9``
        (€/year/UC), ``rapport_interdecile``.

    Returns
    -------
    DataFrame
        Indexed by name: ``code``, ``population``, ``part`` (% of the department) and the columns
        of ``incomes``.
    """
    total = float(populations.sum())
    rows = {}
    for name, (code, codes) in cities.items():
        population = population_of(populations, codes)
        rows[name] = {
            "code": code,
            "population": population,
            "part": 100 * population / total,
            **incomes.loc[code].to_dict(),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("territoire")


def check_interdecile(ratio: pd.Series, d1: pd.Series, d9: pd.Series, tolerance: float) -> None:
    """Check that a published interdecile ratio is that of its published deciles.

    Raises
    ------
    ValueError
        Naming the places where ``ratio`` and ``d9 / d1`` differ by more than ``tolerance``.
    """
    gap = (ratio - d9 / d1).abs()
    wrong = gap[gap > tolerance]
    if len(wrong):
        raise ValueError(
            f"rapport interdécile différent de D9/D1 pour {', '.join(map(str, wrong.index[:5]))} "
            f"(écart maximal {wrong.max():.2f}) : vérifier les colonnes lues"
        )


def rates_and_persons(incomes: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return the poverty rate and the persons of each commune, for `pooled_rate`."""
    return incomes["taux_pauvrete"], incomes["personnes"]


def pooled_rates(
    groups: dict[str, pd.DataFrame], districts: Iterable[str], half_rounding: float
) -> dict[str, PooledRate]:
    """Approach the rates of several groups of communes, their incomes given by the code of each."""
    return {
        code: pooled_rate(
            *rates_and_persons(without_districts(incomes, districts)), half_rounding=half_rounding
        )
        for code, incomes in groups.items()
    }


def recomputed(
    table: pd.DataFrame, total: float, rates: dict[str, PooledRate], department: str
) -> pd.DataFrame:
    """Gather what the files say, for `diagalim.analysis.context.published.compare`.

    Parameters
    ----------
    table : DataFrame
        From `framing_table`.
    total : float
        Inhabitants of the department, whose code is ``department`` (``D13``).
    rates : dict of str to PooledRate
        From `pooled_rates`: of the department and the region, known between bounds only.

    Returns
    -------
    DataFrame
        Indexed by (``code``, ``indicateur``): ``valeur``, ``bas``, ``haut``.
    """
    names = ["population", "part", "taux_pauvrete", "rapport_interdecile"]
    exact = table.set_index("code")[names].stack()
    exact.index = exact.index.set_names(["code", "indicateur"])
    rows = pd.DataFrame({"valeur": exact, "bas": exact, "haut": exact})
    rows.loc[(department, "population"), :] = total
    for name, rate in rates.items():
        rows.loc[(name, "taux_pauvrete"), :] = [float("nan"), *rate.certain]
    return rows
