"""In which words are sites of aid told: the same in the table, on the map and in its files?

Each row is a record of a tool at a point; the records of several tools are not merged. Hours,
access, tension and age are those of the record: what it does not say is said unknown.
"""

from __future__ import annotations

import pandas as pd

from diagalim.analysis.offer.hours import opening_table
from diagalim.chapter.aid_words import ACCESS, TOOLS, TYPES, tool_of
from diagalim.chapter.hours_words import hours_text
from diagalim.wording import french

NOT_SAID = "non dit"
UNDATED = "non daté"


def site_rows(
    sites: pd.DataFrame, today: str | pd.Timestamp, names: dict[str, str]
) -> pd.DataFrame:
    """Return what is said of each site, in words; no free sentence that may name somebody.

    Parameters
    ----------
    sites : DataFrame
        From `diagalim.analysis.offer.sites.sites`.
    today : date
        Reference date of the study.
    names : dict of str to str
        Name of each commune by its code.

    Returns
    -------
    DataFrame
        ``nom``, ``lieu`` (commune), ``type``, ``groupe``, ``acces``, ``horaires``, ``tension``,
        ``verifie``, ``outil`` (texts); ``jours`` (one bit a day, Monday the lowest; 0 unknown);
        ``verifie_le`` (ISO date or empty); ``code_insee``, ``lon``, ``lat``; ``sur_carte``.
    """
    weeks = opening_table(sites["horaires"], today)
    return pd.DataFrame(
        {
            "nom": sites["nom"].astype(str),
            "lieu": [french.place_name(names.get(code, code)) for code in sites["code_insee"]],
            "type": sites["type_aide"].map(TYPES),
            "groupe": sites["groupe"],
            "acces": [_access(said) for said in sites["acces"]],
            "horaires": [
                hours_text(week, said, closed, today)
                for week, said, closed in zip(
                    weeks, sites["horaires_texte"], sites["fermetures"], strict=True
                )
            ],
            "tension": sites["tension"].fillna(NOT_SAID).astype(str),
            "verifie": [
                UNDATED if pd.isna(day) else french.dated(f"{day:%Y-%m-%d}")
                for day in sites["date_verification"]
            ],
            "outil": tool_of(sites).map(TOOLS),
            "jours": [0 if week is None else sum(1 << day for day in week.days) for week in weeks],
            "verifie_le": sites["date_verification"].dt.strftime("%Y-%m-%d").fillna(""),
            "code_insee": sites["code_insee"].astype(str),
            "lon": sites["lon"],
            "lat": sites["lat"],
            "sur_carte": ["non, sans point" if pd.isna(x) else "oui" for x in sites["lon"]],
        }
    )


def _access(said: object) -> str:
    if pd.isna(said):
        return NOT_SAID
    return " ; ".join(ACCESS.get(one, one).lower() for one in str(said).split(";"))
