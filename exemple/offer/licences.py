"""Which private bodies does the State allow to receive public help for food aid?

The lists of *habilitations* are annexes of orders, typed by hand: capitals, missing SIRET, a body
nobody knows of, one that has lapsed. Public bodies (CCAS) need none, and are not in them.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd

from exemple.offer.sites import Site

ORDERS = (("regionale", "00-2023-118"), ("regionale", "00-2024-042"), ("nationale", "AGRI-2022-07"))
LICENCES = (
    "denomination", "siret", "rna", "commune_siege", "code_insee", "type_habilitation",
    "numero_arrete", "date_arrete", "date_fin", "observation",
)  # fmt: skip


def write_licences(path: Path, sites: list[Site], rng: np.random.Generator) -> dict[str, int]:
    """Write the *habilitations*: private bodies only, typed by hand, some missing, one lapsed."""
    heads: dict[str, Site] = {}
    for site in sites:
        if site.legal == "association" and site.aids[0] in ("colis", "epicerie", "maraude"):
            heads.setdefault(site.operator, site)
    kept = [s for s in heads.values() if s.network or rng.random() < 0.75]
    rows = []
    for rank, site in enumerate(kept):
        kind, order = ORDERS[2] if site.network else ORDERS[rank % 2]
        year = int(re.findall(r"20\d\d", order)[0])
        lapsed = rank == len(kept) - 1
        rows.append({
            "denomination": site.operator.upper() if rng.random() < 0.5 else site.operator,
            "siret": site.siret if rng.random() < 0.7 else "", "rna": site.rna,
            "commune_siege": site.city, "code_insee": site.commune, "type_habilitation": kind,
            "numero_arrete": order, "date_arrete": f"{year - 4 * lapsed}-0{2 + rank % 3}-15",
            "date_fin": f"{year + 5 - 4 * lapsed}-0{2 + rank % 3}-14",
            "observation": "renouvellement demandé" if lapsed else "",
        })  # fmt: skip
    strangers = (("Association La Besace", "00041", "Les Trois-Vannes"),
                 ("Secours des Étangs", "00004", "Auberoche-l'Étang"))  # fmt: skip
    for name, code, city in strangers:
        rows.append({
            "denomination": name, "rna": f"W000{rng.integers(0, 10**6):06d}",
            "commune_siege": city, "code_insee": code, "type_habilitation": ORDERS[0][0],
            "numero_arrete": ORDERS[0][1], "date_arrete": "2023-03-15", "date_fin": "2028-03-14",
        })  # fmt: skip
    table = pd.DataFrame(rows).reindex(columns=LICENCES).astype(object).fillna("")
    table.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
    return {
        "habilitations": len(rows), "habilitations_sans_lieu": len(strangers),
        "habilitations_echues": 1, "operateurs_prives_sans_habilitation": len(heads) - len(kept),
    }  # fmt: skip
