"""The chapter « Publics »: who the networks say that they receive, beside the published profiles.

A share that rests on too few households is hidden, and so is what would give it away.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from itertools import groupby

import pandas as pd

from diagalim.analysis.disclosure.quantities import safe_sets, too_few
from diagalim.analysis.disclosure.relations import line_relations
from diagalim.analysis.disclosure.suppression import protect
from diagalim.analysis.publics.profiles import Profile
from diagalim.chapter.facts import literal
from diagalim.chapter.tables import HIDDEN
from diagalim.wording import french
from diagalim.wording.french import sentence_case

LABELS = {
    "menage_seul": "personnes seules",
    "menage_monoparental": "familles monoparentales",
    "menage_couple_sans": "couples sans enfant",
    "menage_couple_avec": "couples avec enfant",
    "menage_autre": "autres ménages",
    "ressources_aucune": "sans ressources",
    "ressources_rsa": "RSA",
    "ressources_emploi": "emploi",
    "ressources_retraite": "retraite",
    "ressources_autre": "autres ressources",
}
"""French names of the fields of a profile."""


def shown_shares(profile: Profile) -> pd.Series:
    """Return the shares of a profile, in percent; missing where a count may not be shown."""
    if too_few(profile.by_line.sum(axis=1)):
        return profile.shares * float("nan")
    few = {("", field) for field, held in profile.by_line.items() if too_few(held)}
    hidden = protect(line_relations(profile.counts.to_dict()), also=few).hidden
    return profile.shares.mask([("", field) in hidden for field in profile.shares.index])


def shown_bases(
    profiles: Iterable[Profile], declared: Mapping[tuple[str, str], frozenset[Hashable]]
) -> set[tuple[str, str]]:
    """Return which profiles may say how many households they rest on: network and first field.

    A base is a sum over the lines that fill one part of the sheet. Beside the total of the network,
    or the base of its other profile, it would give those of the few lines that do not.

    Parameters
    ----------
    profiles : iterable of Profile
        Of every part.
    declared : mapping of (network, period) to frozenset of line
        From `diagalim.analysis.publics.shown.counted_lines`: totals shown in households.
    """
    kept = set()
    for network, own in groupby(sorted(profiles, key=lambda one: one.network), _network):
        sets, amounts = {}, {}
        found = list(own)
        for one in found:
            total = declared.get((network, one.period))
            sets |= {one.period: total} if total else {}
            amounts |= dict.fromkeys(total or (), 1.0)
        for one in found:
            sets[network, one.counts.index[0]] = frozenset(one.by_line.index)
            amounts |= one.by_line.sum(axis=1).to_dict()
        kept |= set(safe_sets(sets, amounts))
    return kept


def _network(profile: Profile) -> str:
    return profile.network


def profiles_table(
    profiles: Iterable[Profile], national: pd.Series, bases: Collection[tuple[str, str]]
) -> pd.DataFrame:
    """Return the profile of each network, with its difference to a national one where there is one.

    Parameters
    ----------
    profiles : iterable of Profile
        One a network, of the same group of fields.
    national : Series of float
        National share of some of the fields, in percent.
    bases : collection of (network, first field)
        From `shown_bases`.
    """
    columns, fields = {}, []
    for one in profiles:
        shares = shown_shares(one)
        heading = f"{one.network}, {one.period}"
        if (one.network, one.counts.index[0]) in bases:
            heading += f" ({french.number(one.base)} foyers)"
        columns[heading] = [_beside(share, national.get(field)) for field, share in shares.items()]
        fields = list(shares.index)
    table = pd.DataFrame(columns, index=[sentence_case(LABELS[field]) for field in fields])
    return table.assign(national=[national.get(field) for field in fields])


def _beside(share: float, national: float | None) -> str:
    """Return a share and its difference in points."""
    if pd.isna(share):
        return HIDDEN
    said = french.with_unit(share, "%")
    if national is None:
        return said
    gap = round(share) - national
    unit = "point" if abs(gap) < 2 else "points"
    return f"{said} ({french.with_unit(gap, unit, sign=True)})"


def profile_reading(profiles: Iterable[Profile]) -> str:
    """Return how to read the profiles: the largest share that may be shown."""
    for one in profiles:
        shown = shown_shares(one).dropna()
        if len(shown):
            first = shown.idxmax()
            share = french.with_unit(shown[first], "%")
            said = f"{one.network} : {LABELS.get(first, first)}, {share} des foyers"
            return literal(said)
    return "aucun réseau n'a de profil à montrer"


def national_table(profiles: pd.DataFrame) -> pd.DataFrame:
    """Return the national figures as they were published, with their source and their doubt."""
    return pd.DataFrame(
        {
            "valeur": [
                row.precision or french.with_unit(float(row.valeur), row.unite)
                for row in profiles.itertuples()
            ],
            "annee": profiles["annee"],
            "champ": (profiles["territoire"] + " : " + profiles["champ"]).map(french.spaced),
            "source": (profiles["source"] + " ; " + profiles["verification"]).map(french.spaced),
        }
    ).set_axis(profiles["caracteristique"])


def national_shares(profiles: pd.DataFrame, least_recent: str) -> pd.Series:
    """Return the national shares that have a field of the sheet, of one study.

    Parameters
    ----------
    profiles : DataFrame
        The table ``profils``.
    least_recent : str
        First characters of the identifiers of the study.
    """
    kept = profiles[profiles.index.str.startswith(least_recent) & (profiles["champ_fiche"] != "")]
    return pd.Series(kept["valeur"].astype(float).to_numpy(), index=kept["champ_fiche"])


def national_reading(profiles: pd.DataFrame) -> str:
    """Return how to read the national figures: the first, with its year."""
    first = national_table(profiles).iloc[0]
    return f"« {first.name} » : {first['valeur']}, en {first['annee']}"
