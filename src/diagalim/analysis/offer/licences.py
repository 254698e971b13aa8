"""Which bodies may receive public help for food aid (*habilitation*)?

A licence is given to a private body, national or regional; public bodies (CCAS, CIAS, communes)
need none. It says nothing of the network that supplies the food (METHODS 1.7).
"""

from __future__ import annotations

import pandas as pd

SIREN_LENGTH = 9
"""First digits of a SIRET: the body, whatever its address."""
PUBLIC = ("ccas_cias", "commune")
NATIONAL, REGIONAL, BY_RIGHT, UNKNOWN = "nationale", "regionale", "de_droit", "inconnue"
KINDS = (NATIONAL, REGIONAL, BY_RIGHT, UNKNOWN)


def in_force(licences: pd.DataFrame, today: str | pd.Timestamp) -> pd.Series:
    """Tell which licences run at a date; one without an end runs on."""
    reference = pd.Timestamp(today)
    started = licences["date_arrete"] <= reference
    return started & (licences["date_fin"].isna() | (licences["date_fin"] >= reference))


def licence_of(
    places: pd.DataFrame, licences: pd.DataFrame, today: str | pd.Timestamp
) -> pd.Series:
    """Return the kind of licence of each place, by the number of its body.

    A place without a SIRET, or whose body no list names, is unknown and never « none »: the lists
    are typed by hand and lack numbers.

    Parameters
    ----------
    places : DataFrame
        ``siret``, ``statut_juridique``.
    licences : DataFrame
        ``siret``, ``type_habilitation``, ``date_arrete``, ``date_fin``.
    today : date
        Reference date.

    Returns
    -------
    Series of str
        One of `KINDS`.
    """
    running = licences[in_force(licences, today) & licences["siret"].notna()]
    kinds = running.assign(siren=running["siret"].str[:SIREN_LENGTH]).sort_values(
        "type_habilitation"  # national before regional when a body has both
    )
    by_body = kinds.drop_duplicates("siren").set_index("siren")["type_habilitation"]
    found = places["siret"].str[:SIREN_LENGTH].map(by_body)
    public = places["statut_juridique"].isin(PUBLIC)
    return found.astype("object").mask(public, BY_RIGHT).fillna(UNKNOWN).rename("habilitation")
