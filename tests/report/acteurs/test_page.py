"""What is known of bodies is shown, however little."""

from __future__ import annotations

import pandas as pd

from diagalim.collected.coordination import read_coordination
from diagalim.report.acteurs.page import (
    instances_figure,
    instances_table,
    links_table,
    presence_table,
    tables_place,
)
from diagalim.report.acteurs.words import source_of, year_of
from diagalim.settings.territory_file import load_territory
from diagalim.workspace.paths import project_root


def test_bodies_of_which_neither_members_nor_links_are_known_are_still_shown(tmp_path, as_shown):
    path = tmp_path / "instances.csv"
    path.write_text(
        "id,nom,niveau,commune,etat,annee,pilote,objet,document\n"
        "x,Comité,département,,annoncée,,,Financer,synthese\n"
        "y,Forum,région,,en place,,,Se voir,reseau_paca\n",
        encoding="utf-8",
    )
    found = read_coordination({"instances": [path]}, load_territory("13"))
    bodies = as_shown("acteurs", "instances", instances_table(found.bodies, found.members))
    assert bodies["Membres cités"].tolist() == ["non cités"] * 2
    assert bodies["Depuis"].tolist() == ["n.d."] * 2
    present = as_shown("acteurs", "presence", presence_table(found.bodies, found.members))
    assert (present == "non cité").all(axis=None)
    assert links_table(found.bodies, found.links).empty
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
