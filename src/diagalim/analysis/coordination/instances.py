"""Which bodies exist at which level, who sits in them, and where does information stop?

Bodies, members and links are tables; a link counts only when it is *constaté*, a proposed one does
not carry information yet (METHODS 8.1).
"""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx
import pandas as pd

LEVELS = ("ville", "département", "région", "national")
"""From the nearest to the widest."""
CITY = LEVELS[0]
ESTABLISHED, PROPOSED = "constaté", "proposé"
IN_PLACE, ANNOUNCED = "en place", "annoncée"
EXPECTED = (
    "État",
    "collectivité",
    "CCAS",
    "association",
    "santé",
    "personnes concernées",
    "production et logistique",
    "recherche",
)
"""Kinds of actors that the working days of the network expect around the table (METHODS 8.1)."""


def graph(instances: pd.DataFrame, links: pd.DataFrame) -> nx.DiGraph:
    """Return the bodies as nodes (``niveau``, ``nom``) and the links as arrows (``etat``).

    Parameters
    ----------
    instances : DataFrame
        Indexed by id: ``nom``, ``niveau``, ``etat``.
    links : DataFrame
        ``de``, ``vers``, ``type``, ``etat``.
    """
    drawn = nx.DiGraph()
    for body, row in instances.iterrows():
        drawn.add_node(body, nom=row["nom"], niveau=row["niveau"])
    for row in links.itertuples():
        drawn.add_edge(row.de, row.vers, type=row.type, etat=row.etat)
    return drawn


def without_link_upward(instances: pd.DataFrame, links: pd.DataFrame) -> list[str]:
    """Return the bodies that no established link ties to a body of a wider level.

    The widest level of the table is left out, it has nobody above it here; so is a body that is
    only announced.
    """
    rank = instances["niveau"].map(LEVELS.index)
    drawn = graph(instances, links[links["etat"] == ESTABLISHED])
    return [
        body
        for body in instances.index[(rank < rank.max()) & (instances["etat"] == IN_PLACE)]
        if not any(rank[other] > rank[body] for other in drawn.successors(body))
    ]


def without_body(instances: pd.DataFrame, communes: Iterable[str]) -> list[str]:
    """Return the communes, among some, that have no body of their own.

    Parameters
    ----------
    instances : DataFrame
        ``niveau`` and ``commune`` (INSEE code, empty for a wider body).
    communes : iterable of str
        INSEE codes to look for, in the order to keep.
    """
    held = set(instances.loc[instances["niveau"] == CITY, "commune"])
    return [commune for commune in communes if commune not in held]


def seats(members: pd.DataFrame) -> pd.DataFrame:
    """Return the organisations that sit in several bodies, the most present first.

    Returns
    -------
    DataFrame
        Indexed by ``organisme``: ``instances`` (number), ``type``.
    """
    count = members.groupby("organisme").agg(
        instances=("instance", "nunique"), type=("type", "first")
    )
    several = count[count["instances"] > 1]
    return several.sort_values(["instances", "type"], ascending=[False, True], kind="stable")


def presence(instances: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Return how many organisations of each expected kind sit at each level.

    Returns
    -------
    DataFrame of int
        Index `EXPECTED` and any other kind met, columns the levels of the table.
    """
    level = members["instance"].map(instances["niveau"])
    counted = members.assign(niveau=level).drop_duplicates(["organisme", "niveau"])
    table = pd.crosstab(counted["type"], counted["niveau"])
    kinds = [*EXPECTED, *sorted(set(table.index) - set(EXPECTED))]
    met = [name for name in LEVELS if name in set(instances["niveau"])]
    return table.reindex(index=kinds, columns=met, fill_value=0)


def animation_cost(
    shares: tuple[float, float], full_cost: float, cities: int
) -> tuple[float, float]:
    """Return what it costs a year to run a coordination in some cities.

    Parameters
    ----------
    shares : tuple of float
        Least and greatest share of a full-time post for one city, 0 to 1.
    full_cost : float
        Yearly cost of a full-time post, in euros, charges included.
    cities : int
        Number of cities.

    Raises
    ------
    ValueError
        When a share is out of 0 to 1, or the cost is negative.
    """
    low, high = shares
    if not 0 <= low <= high <= 1 or full_cost < 0 or cities < 0:
        raise ValueError(f"shares {shares}, cost {full_cost}, cities {cities}")
    return low * full_cost * cities, high * full_cost * cities
