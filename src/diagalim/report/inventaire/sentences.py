"""Which sentences does the page say only of records that are there, and which without any?"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from diagalim.chapter.facts import Fact

UNKNOWN = (
    "**Les lieux d'aide alimentaire d'aujourd'hui ne sont pas connus ici** : cette page ne dit ni "
    "où recevoir de l'aide, ni où il en manque."
)
KNOWN = (
    "Les outils ({outils_lus}) portent **{fiches_services} fiches** d'aide alimentaire. Un lieu "
    "peut en avoir plusieurs : elles ne sont pas encore rapprochées.",
    "**Capacité d'accueil** : dite par {sites_capacite_connue} fiches ; elle n'est jamais devinée.",
)


def to_keep(services: pd.DataFrame) -> tuple[str, ...]:
    """Return what to keep of the page: what the records say, or that there is none."""
    return (UNKNOWN,) if services.empty else KNOWN


def of_reading(facts: Iterable[Fact]) -> tuple[str, ...]:
    """Return what was left out or mended, a line a reason; nothing when nothing was."""
    told = [f"- {fact.label} : {{{fact.id}}}" for fact in facts if fact.id.startswith("lecture_")]
    lead = "Ce que la lecture des fichiers a écarté ou corrigé :"
    return ("\n".join([lead, "", *told]),) if told else ()
