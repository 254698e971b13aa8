"""What is known of bodies is shown, however little; practices are read by what is left out."""

from __future__ import annotations

import pandas as pd

from diagalim.collected.coordination import read_coordination
from diagalim.report.acteurs.page import (
    instances_figure,
    instances_text,
    links_text,
    practices_reading,
    presence_text,
    tables_place,
)
from diagalim.report.acteurs.words import source_of, year_of
from diagalim.settings.territory_file import load_territory
from diagalim.workspace.paths import project_root


def test_the_foot_counts_the_practices_of_which_something_is_not_said():
    practices = pd.DataFrame({"inconnu": ["", "moyens"]}, index=["Paris", "Bordeaux"])
    said = practices_reading(practices)
    assert said == "pour 1\u00a0démarche sur 2, le document tait quelque chose ; Bordeaux : moyens"
    assert practices_reading(practices.iloc[:1]) == (
        "pour 0\u00a0démarche sur 1, le document tait quelque chose"
    )


def test_bodies_of_which_neither_members_nor_links_are_known_are_still_shown(tmp_path):
    path = tmp_path / "instances.csv"
    path.write_text(
        "id,nom,niveau,commune,etat,annee,pilote,objet,document\n"
        "x,Comité,département,,annoncée,,,Financer,synthese\n"
        "y,Forum,région,,en place,,,Se voir,reseau_paca\n",
        encoding="utf-8",
    )
    found = read_coordination({"instances": [path]}, load_territory("13"))
    assert (
        instances_text(found.bodies, found.members)["Membres cités"].tolist() == ["non cités"] * 2
    )
    assert (presence_text(found.bodies, found.members) == "non cité").all(axis=None)
    assert links_text(found.bodies, found.links).empty
    assert len(instances_figure(found.bodies, found.links).axes) == 1
    assert year_of(found.bodies) == "2025" and source_of(found.members) == ""


def test_the_latest_dated_document_gives_the_year_of_what_is_told():
    assert year_of(pd.DataFrame({"annee_source": ["2023", "sans", "2024"]})) == "2024"
    assert year_of(pd.DataFrame({"annee_source": ["sans"]})) == "sans date"


def test_tables_laid_in_several_folders_are_each_named():
    root = project_root() / "data" / "collecte" / "13"
    files = [root / "a" / "instances.csv", root / "a" / "membres.csv", root / "b" / "liens.csv"]
    assert tables_place(files) == (
        "tableaux instances.csv et membres.csv du dossier data/collecte/13/a et liens.csv du "
        "dossier data/collecte/13/b"
    )
