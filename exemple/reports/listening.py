"""What did people and professionals say? A register of interviews, its coding, four focus groups.

Nobody said any of it: the sentences are composed for the fictitious department and stand in
``textes/``. The identifiers are drawn at random and follow no order.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from exemple.land import names
from exemple.offer.files import generator_of

TOWNS = ("Auberoche-l'Étang", "Brévannes-les-Marais", "Corvelle", names.CITY_NAME)
"""The four focus towns of the department."""
KINDS = (
    "colis",
    "epicerie",
    "repas_assis",
    "colis",
    "epicerie",
    "colis",
    "repas_emporter",
    "colis",
)
"""Type of aid of the eight sites, two in each town."""
INTERVIEWS = 34
HOUSEHOLDS = {
    "seul": 0.4, "monoparental": 0.28, "couple sans enfant": 0.1, "couple avec enfant": 0.22,
}  # fmt: skip
NOT_READ = 0.12
"""Share of the passages that nobody has read again: they cannot be published."""
QUOTED = 0.45
FIRST = date(2025, 2, 3)
SESSIONS = {"premier échange": date(2025, 6, 12), "second échange": date(2025, 9, 25)}
TEXTS = Path(__file__).parent / "textes"


def write_listening(target: Path, seed: int) -> None:
    """Write ``entretiens.csv``, ``segments.csv`` and ``groupes.csv`` under ``collecte/ecoute/``.

    Parameters
    ----------
    target : Path
        The folder of the department.
    seed : int
        Seed of the department.
    """
    rng = generator_of(seed, "ecoute")
    folder = target / "collecte" / "ecoute"
    folder.mkdir(parents=True, exist_ok=True)
    register = _register(rng)
    for stem, table in (
        ("entretiens", register),
        ("segments", _segments(register, rng)),
        ("groupes", _groups()),
    ):
        table.to_csv(folder / f"{stem}.csv", index=False, lineterminator="\n", encoding="utf-8")


def _register(rng: np.random.Generator) -> pd.DataFrame:
    sites = [f"L{n:02d}" for n in rng.choice(np.arange(10, 100), len(KINDS), replace=False)]
    numbers = rng.choice(np.arange(100, 1000), INTERVIEWS, replace=False)
    rows = []
    for rank, number in enumerate(numbers):
        site = rank % len(sites)
        day = FIRST + timedelta(days=int(rng.integers(0, 120)))
        home = str(rng.choice(list(HOUSEHOLDS), p=list(HOUSEHOLDS.values())))
        two = home.startswith("couple") and rng.random() < 0.4
        rows.append({
            "id_entretien": f"E{number}", "id_site": sites[site], "ville": TOWNS[site // 2],
            "type_dispositif": KINDS[site], "mois": f"{day:%Y-%m}",
            "duree_min": int(rng.integers(8, 50)),
            "langue": "anglais" if rng.random() < 0.12 else "français",
            "modalite": "couple" if two else "individuel",
            "tranche_age": str(rng.choice(["18-24", "25-39", "40-59", "60 et plus"])),
            "genre": str(rng.choice(["femme", "homme", "non dit"], p=[0.56, 0.4, 0.04])),
            "situation_menage": home,
            "consentement": "écrit" if rng.random() < 0.3 else "oral",
            "consentement_date": day.isoformat(), "enqueteur": f"Q{rng.integers(1, 4)}",
            "support": "enregistrement" if rng.random() < 0.25 else "notes",
            "destruction_prevue": "2026-12-31",
        })  # fmt: skip
    return pd.DataFrame(rows)


def _segments(register: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Code each interview: three to seven themes, each sentence quoted once at most."""
    said = dict(list(pd.read_csv(TEXTS / "paroles.csv", dtype=str).groupby("theme", sort=False)))
    left = {theme: rng.permutation(len(lines)).tolist() for theme, lines in said.items()}
    themes, rows = list(said), []
    for interview in register["id_entretien"]:
        count = int(rng.integers(3, 8))
        for number, at in enumerate(rng.choice(len(themes), count, replace=False), start=1):
            theme = themes[at]
            quoted = bool(left[theme]) and rng.random() < QUOTED
            which = left[theme].pop() if quoted else int(rng.integers(0, len(said[theme])))
            line = said[theme].iloc[which]
            rows.append({
                "id_entretien": interview, "segment": number, "theme": theme,
                "sous_theme": line["sous_theme"], "ton": line["ton"],
                "verbatim_court": line["phrase"] if quoted else "",
                "relu_par": "" if rng.random() < NOT_READ else f"R{rng.integers(1, 3)}",
            })  # fmt: skip
    return pd.DataFrame(rows)


def _groups() -> pd.DataFrame:
    table = pd.read_csv(TEXTS / "groupes.csv", dtype=str)
    town = table.pop("rang_ville").astype(int)
    first = table["seance"] == "premier échange"
    days = [
        SESSIONS[session] + timedelta(days=7 * k if apart else 0)
        for session, k, apart in zip(table["seance"], town, first, strict=True)
    ]
    table.insert(1, "date", [day.isoformat() for day in days])
    table.insert(0, "ville", [TOWNS[k] for k in town])
    table.insert(0, "id_ligne", [f"G{k:02d}" for k in range(1, len(table) + 1)])
    return table.assign(source=[f"Compte rendu du {day:%d/%m/%Y}" for day in days])
