"""Make the fictitious department 00: every official file, and what was planted in them.

Anyone can start from it, without a file from an office: ``python -m exemple.make`` writes
``data/exemple/`` again, the same to the byte. One seed drives everything, in this order: the land,
what each place is like, who lives there, then what each office would publish of them.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from exemple.land import names
from exemple.land.borders import draw
from exemple.land.mesh import make_mesh
from exemple.offer.files import write_offer
from exemple.offices import census, filosofi, food, registers, zones
from exemple.people.hardship import places_of
from exemple.people.households import People, settle
from exemple.people.incomes import earn, house, travel
from exemple.reports.coordination import write_coordination
from exemple.reports.files import write_reports
from exemple.reports.listening import write_listening
from exemple.survey.files import write_survey
from exemple.writing import write_layer, write_sheet, write_table

SEED = 20251121
ROOT = Path(__file__).resolve().parents[1]
IGN = ["INSEE_COM", "NOM_COM", "IRIS", "CODE_IRIS", "NOM_IRIS", "TYP_IRIS", "geometry"]
BASES = {
    "recensement_population/base-ic-evol-struct-pop-2022.CSV": lambda c, r: census.structure(c),
    "recensement_menages/base-ic-couples-familles-menages-2022.CSV": lambda c, r: census.families(
        c
    ),
    "recensement_logement/base-ic-logement-2022.CSV": census.housing,
    "recensement_activite/base-ic-activite-residents-2022.CSV": census.activity,
    "recensement_diplomes/base-ic-diplomes-formation-2022.CSV": lambda c, r: census.diplomas(c),
}


def make(target: Path, seed: int = SEED) -> None:
    """Write the fictitious department under a folder.

    Parameters
    ----------
    target : Path
        Receives ``officiel/``, ``collecte/`` and the truth files.
    seed : int
        Seed of the one generator.
    """
    rng = np.random.default_rng(seed)
    mesh = make_mesh(rng)
    iris, of_cell = draw(mesh, rng)
    places = places_of(iris, rng)
    people = settle(iris, places, rng)
    earn(people, places, rng)
    house(people, places, rng)
    travel(people, places, rng)
    out = target / "officiel"
    write_layer(
        out / "contours_iris/CONTOURS-IRIS_2-1_GPKG_LAMB93_D000-2020.gpkg",
        iris[IGN],
        "contours_iris",
    )
    _incomes(out, people, iris, rng)
    _census(out, people, iris, rng)
    _registers(out, people, iris, rng)
    points = zones.homes_on_land(people, mesh, of_cell, rng)
    quarters = zones.priority_quarters(iris, places, rng)
    write_layer(out / "qpv/qp2024_l93.gpkg", quarters, "qpvs")
    write_layer(
        out / "carreaux/filosofi2017_200m_l93.gpkg", zones.grid(people, points, iris, rng), "grid"
    )
    shops = food.equipment(people, iris, mesh, of_cell, rng)
    write_table(out / "bpe/bpe18_ensemble.csv", food.counts(shops, iris, rng))
    write_table(out / "bpe/BPE24.csv", food.located(shops, iris, quarters, rng))
    _truth(target / "verite.json", seed, people, iris, places)
    _later_registers(out, people, iris, seed)
    write_survey(target, people, iris, places, seed)
    sites = write_offer(target, people, iris, places, seed)
    write_reports(target, sites, seed)
    write_listening(target, seed)
    write_coordination(target)


def _incomes(out: Path, people: People, iris: gpd.GeoDataFrame, rng: np.random.Generator) -> None:
    disposable, declared, _ = filosofi.by_iris(people.households, iris, rng)
    write_table(out / "filosofi_iris/BASE_TD_FILO_IRIS_2021_DISP.csv", disposable)
    write_table(out / "filosofi_iris/BASE_TD_FILO_IRIS_2021_DEC.csv", declared)
    communes = filosofi.by_commune(people.households, iris)
    write_table(out / "filosofi_communes/cc_filosofi_2021_COM.csv", communes)


def _census(out: Path, people: People, iris: gpd.GeoDataFrame, rng: np.random.Generator) -> None:
    counted = census.Census(people, iris, rng)
    label = np.where(
        iris["TYP_IRIS"] == "Z",
        "5",
        rng.choice(["1", "2", "3", "4"], len(iris), p=[0.9, 0.05, 0.03, 0.02]),
    )
    keys = {
        "IRIS": iris["CODE_IRIS"],
        "COM": iris["INSEE_COM"],
        "TYP_IRIS": iris["TYP_IRIS"],
        "LAB_IRIS": label,
    }
    for place, count in BASES.items():
        write_table(out / place, pd.DataFrame(keys | count(counted, rng)))


def _registers(out: Path, people: People, iris: gpd.GeoDataFrame, rng: np.random.Generator) -> None:
    legal = registers.legal_populations(people, iris, rng)
    write_table(out / "populations_legales/donnees_communes.csv", legal)
    write_table(out / "caf/caf_arsas_iris.csv", registers.rsa(people, iris, rng), ",", "\r\n", "")
    write_table(
        out / "insee/communes/table_iris_insee_epci.csv",
        registers.affiliations(iris),
        ",",
        index="",
    )
    shares = registers.commune_shares(people, iris, rng)
    write_table(
        out / "insee/communes/rp2017_data_scol_menage_demandeurEmplois.csv", shares, ",", index=""
    )
    cars = registers.carless(people, iris, rng)
    write_table(out / "insee/recensement/rp2020_iris_data_perc_voit.csv", cars, ",")
    modes = registers.commuting(people, iris, rng)
    write_table(out / "insee/recensement/rp2018_modes_transport_iris_centroides.csv", modes, ",")
    write_table(out / "anct-mednum/ifn2020_iris_long.csv", zones.digital(people, iris, rng), ",")
    write_table(out / "cog/v_commune_2024.csv", registers.codes(iris), ",")
    write_sheet(
        out / "densite/grille_densite_7_niveaux_2024.xlsx",
        zones.density_rows(people, iris, legal),
        "Maille communale",
    )


def _later_registers(out: Path, people: People, iris: gpd.GeoDataFrame, seed: int) -> None:
    """Write the registers added after the others, from a generator of their own."""
    rng = np.random.default_rng([seed, 2023])
    write_table(out / "caf_rsa/rsa_s_type_iris_f.csv", registers.rsa_by_type(people, iris, rng))
    write_sheet(
        out / "epci/EPCI_au_01-01-2025.xlsx",
        registers.composition_rows(iris),
        "Composition_communale",
    )


def _truth(
    path: Path, seed: int, people: People, iris: gpd.GeoDataFrame, places: pd.DataFrame
) -> None:
    """Write what was planted, by IRIS: nothing rounded as an office would, nothing withheld."""
    homes, persons = people.households, people.persons
    groups = dict(tuple(homes.groupby("iris")))
    living = persons["iris"].value_counts()
    table = {}
    for row, code in iris["CODE_IRIS"].items():
        here = groups.get(row)
        entry = {"type": iris["TYP_IRIS"][row]} | places.loc[row].round(6).to_dict()
        entry |= {
            "population": int(living.get(row, 0)),
            "menages": 0 if here is None else len(here),
        }
        if here is not None:
            figures = filosofi.disposable(here)
            entry |= {
                "taux_pauvrete": round(figures["TP60"], 6),
                "niveau_vie_median": round(figures["MED"], 2),
                "part_minima_sociaux": round(figures["PPMINI"], 6),
                "foyers_rsa": int(here["rsa"].sum()),
                "part_hlm": round(100 * here["social"].mean(), 6),
                "part_sans_voiture": round(100 * (here["cars"] == 0).mean(), 6),
            }  # fmt: skip
        table[code] = entry
    content = {
        "note": "Département fictif : ce qui a été planté. hard (difficulté latente) n'est dans "
        "aucun fichier.",
        "graine": seed,
        "effectifs": {
            "iris": len(iris), "menages": len(homes), "personnes": len(persons),
            "hors_menages": int((persons["home"] < 0).sum()),
            "communes": int(iris["commune"].nunique()), "arrondissements": len(names.DISTRICTS),
        },
        "taux_pauvrete_departement": round(filosofi.disposable(homes)["TP60"], 6),
        "iris": table,
    }  # fmt: skip
    path.write_text(
        json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )


def main() -> None:
    """Read the folder to write in, and write."""
    parser = argparse.ArgumentParser(description="Fabrique le département fictif 00.")
    parser.add_argument("--dossier", type=Path, default=ROOT / "data" / "exemple")
    parser.add_argument("--graine", type=int, default=SEED)
    asked = parser.parse_args()
    make(asked.dossier, asked.graine)


if __name__ == "__main__":
    main()
