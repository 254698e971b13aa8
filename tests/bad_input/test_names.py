"""Names that come from the data are shown as text, whatever they hold: the real pages are made."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

from diagalim.cli.build import build_command
from diagalim.site.staging import SiteFacts, territory_settings

REPOSITORY = Path(__file__).resolve().parents[2]
TABLES = (
    "insee/communes/table_iris_insee_epci.csv",
    "insee/recensement/rp2018_modes_transport_iris_centroides.csv",
)
LEGAL = "populations_legales/donnees_communes.csv"
COMMUNES = {
    "Ambrelles": '<img src="x" onerror="piege()">Ambrelles',
    "Auberoche-l'Étang": "<b class=piege>Auberoche</b>-l'Étang",
    "Corvelle": '=HYPERLINK("http://piege.example/","Corvelle")',
    "Port-Vermeil": "Port \"Vermeil\" </script><script>piege()</script> 'q' & $x$",
    "Brévannes-les-Marais": "[Brévannes](javascript:piege()) <u class=piege>*gras*</u> |",
}
IRIS = (
    "<script>piege()</script>",
    "</td></tr></table><h1 class=piege>gros</h1>",
    "'\"><svg onload=piege()>",
    "=1+piege",
    "@SUM(A1) $\\piege$",
)
ELSEWHERE = "<script>piege()</script>"


def renamed(text):
    for name, trap in COMMUNES.items():
        text = text.replace(name, trap)
    return text


@pytest.fixture
def trapped(study):
    """The fictitious department where every name is a trap."""
    for place, separator in [*[(table, ",") for table in TABLES], (LEGAL, ";")]:
        header, *lines = study.file(place).read_text(encoding="utf-8").splitlines()
        rows = [
            separator.join(
                f'"{renamed(cell).replace(chr(34), chr(34) * 2)}"' for cell in line.split(separator)
            )
            for line in lines
        ]
        study.file(place).write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    study.shapes(
        lambda s: s.assign(
            NOM_COM=s["NOM_COM"].map(renamed),
            NOM_IRIS=[f"{IRIS[k % len(IRIS)]} {name}" for k, name in enumerate(s["NOM_IRIS"])],
        )
    )
    settings = yaml.safe_load(study.territory.read_text(encoding="utf-8"))
    for commune in settings["communes_focus"]:
        commune["nom"] = renamed(commune["nom"])
    for key in ("nom", "nom_de", "nom_dans", "titre"):
        settings[key] += f" {ELSEWHERE}"
    settings["region"]["nom"] += ELSEWHERE
    settings["epci"] = {code: f"{ELSEWHERE} {name}" for code, name in settings["epci"].items()}
    text = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False)
    study.territory.write_text(text, encoding="utf-8")
    return study


def traps(page):
    """Return what a browser would make of the names of a page, beside text."""
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    found = [tag for tag in soup.find_all(True) if any(k.startswith("on") for k in tag.attrs)]
    found += soup.select(".piege, a[href^='javascript:piege'], img[src=x]")
    found += [s for s in soup.find_all("script") if s.get_text().strip() == "piege()"]
    return [str(tag)[:200] for tag in found if "piege" in str(tag)]


@pytest.mark.site
@pytest.mark.long
def test_no_name_of_the_data_becomes_a_tag_a_link_or_a_script(trapped, capfd):
    scripts = REPOSITORY / "_build" / "vendor"
    if scripts.is_dir():  # else they are fetched, as by any first build
        (trapped.root / "_build" / "vendor").symlink_to(scripts)
    code = build_command("exemple", quiet=True)
    assert code == 0, capfd.readouterr().err
    site = trapped.root / "_build" / "exemple" / "html"
    pages = [p for p in site.rglob("*.html") if "_static" not in p.parts]
    assert len(pages) > 5
    assert {page.name: traps(page) for page in pages if traps(page)} == {}
    shown = "".join(page.read_text(encoding="utf-8") for page in pages)
    for name in ("&lt;b class=piege&gt;Auberoche", "piege.example"):
        assert name in shown, "the names are on the pages, as text"


def test_the_title_of_the_site_is_escaped_where_the_theme_does_not():
    settings = {"html": {}, "sphinx": {"config": {"html_static_path": []}}}
    made = territory_settings(settings, SiteFacts("L'<b>aide</b> & nous", "officiel", ()))
    logo = made["sphinx"]["config"]["html_theme_options"]["logo"]
    assert logo == {"text": "L'&lt;b&gt;aide&lt;/b&gt; &amp; nous"}
    assert made["title"] == "L'<b>aide</b> & nous"
