"""The facts of the chapter « Contexte »: what its sentences and the home page quote."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import pandas as pd

from diagalim.analysis.context.framing import PooledRate
from diagalim.analysis.context.published import CONFIRMED, GAP, INCOHERENT, UNVERIFIABLE
from diagalim.report.contexte.tables import gap_sentence
from diagalim.sources.official.filosofi import COMMUNE_HALF_WIDTH
from diagalim.wording import french
from diagalim.wording.place_kinds import places

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter
    from diagalim.settings.territory import Territory

LEGAL, INCOMES, IRIS_INCOMES = ["populations_legales"], ["filosofi_communes"], ["filosofi_iris"]


def state_framing(
    chapter: Chapter,
    table: pd.DataFrame,
    total: float,
    rates: dict[str, PooledRate],
    territory: Territory,
) -> None:
    """State the facts of the framing table."""
    chapter.state(
        "population",
        total,
        "habitants",
        "Population municipale",
        LEGAL,
        certainty="population légale, fixée par décret",
    )
    for fact, source in (("annee_population", LEGAL), ("annee_taux", INCOMES)):
        year = str(chapter.resolved(source[0]).vintage)
        chapter.state(fact, year, "", "Année des données", source)
    half = french.with_unit(COMMUNE_HALF_WIDTH, "point", 1)
    chapter.state("arrondi_communal", half, "", "Demi-arrondi du taux communal", INCOMES)
    _state_city_rates(chapter, table["taux_pauvrete"].dropna())
    names = {f"D{territory.code}": territory.nom, f"R{territory.region.code}": territory.region.nom}
    for fact, (code, name) in zip(("departement", "region"), names.items(), strict=True):
        _state_pooled(chapter, fact, rates[code], name)


def _state_city_rates(chapter: Chapter, known: pd.Series) -> None:
    """State the lowest and the highest rate of the cities; nothing when all are withheld."""
    if known.empty:
        return
    for end, name in (("min", known.idxmin()), ("max", known.idxmax())):
        chapter.state(f"ville_taux_{end}", name, "", "Ville", INCOMES)
        _state_rate(chapter, f"taux_ville_{end}", known[name], name)
    place = french.at_place(known.idxmax())
    chapter.state("lieu_taux_max", place, "", "Ville au taux le plus élevé", INCOMES)
    if known.nunique() == 1:
        cities = french.listed(list(known.index))
        chapter.state("villes_du_taux", cities, "", "Villes qui ont ce taux", INCOMES)


def _state_rate(chapter: Chapter, fact: str, rate: float, place: str) -> None:
    half = chapter.facts["arrondi_communal"].text
    chapter.state(
        fact,
        rate,
        "%",
        f"Taux de pauvreté, {place}",
        INCOMES,
        interval=(rate - COMMUNE_HALF_WIDTH, rate + COMMUNE_HALF_WIDTH),
        certainty=f"arrondi à l'unité par l'Insee (± {half})",
    )


def _state_pooled(chapter: Chapter, fact: str, rate: PooledRate, place: str) -> None:
    masked, beside = _counted(rate.masked), _left_out(rate)
    if rate.is_one_commune:
        _state_rate(chapter, f"taux_{fact}", rate.published_only, place)
    else:
        chapter.state(
            f"taux_{fact}",
            french.interval(*rate.plausible, "%", 1),
            "",
            f"Taux de pauvreté approché, {place}",
            INCOMES,
            interval=rate.plausible,
            certainty=f"estimation : {masked} au taux masqué{beside} ; à coup sûr, "
            f"{french.interval(*rate.certain, '%', 1)}",
        )
        have = {0: "n'a", 1: "a"}.get(rate.masked, "ont")
        sentence = f"{masked} {have} un taux masqué"
        label = "Communes au taux masqué"
        chapter.state(f"phrase_masquees_{fact}", sentence, "", label, INCOMES)
    chapter.state(
        f"taux_{fact}_certain",
        f"{french.interval(*rate.certain, '%', 1)} ({place}{beside})",
        "",
        f"Bornes certaines du taux, {place}",
        INCOMES,
        interval=rate.certain,
        certainty="communes masquées entre 0 et 100 %, arrondis tous dans le même sens",
    )
    chapter.state(f"masquees_{fact}", masked, "", "Communes au taux masqué", INCOMES)


def _left_out(rate: PooledRate) -> str:
    """Return how many communes the rate leaves out, for want of a number of persons."""
    if not rate.left_out:
        return ""
    aside = "laissées" if rate.left_out > 1 else "laissée"
    return f", {french.plural(rate.left_out, 'commune')} sans effectif publié {aside} de côté"


def _counted(communes: int) -> str:
    return french.plural(communes, "commune") if communes else "aucune commune"


def state_thresholds(chapter: Chapter, thresholds: pd.DataFrame, printed: pd.DataFrame) -> bool:
    """State the threshold of the year of the rates, and the one that the study quotes, if any.

    Parameters
    ----------
    thresholds : DataFrame
        ``annee``, ``montant``, ``unite``, ``champ``, ``source``, ``releve``: amounts read in
        published texts.
    printed : DataFrame
        Figures of the study, of which one is its threshold; empty where there is no study.

    Returns
    -------
    bool
        Whether that of the year is known; when not, the page says that it is missing.
    """
    year = chapter.resolved("filosofi_communes").vintage
    same = thresholds[thresholds["annee"] == year]
    if same.empty:
        return False
    own = same.iloc[0]
    cited = printed[printed["indicateur"] == "seuil_pauvrete"]
    documents = [f"{own['source']}, relevé dans : {own['releve']}", *cited["document"]]
    origin = " ; ".join(documents)
    amounts = [("seuil_meme_annee", own["montant"], own["unite"], own["annee"])]
    dated = int(own["annee"])
    for theirs in cited.itertuples():
        dated = int(theirs.annee_indiquee)
        amounts.append(("seuil_cite", theirs.valeur, theirs.unite, dated))
        chapter.quote(
            "annee_seuil_cite", str(dated), "", "Seuil de pauvreté", year=dated, source=origin
        )
    for fact, amount, unit, of in amounts:
        chapter.quote(
            fact, int(amount), unit.replace("/", " par "),
            "Seuil de pauvreté d'une personne seule", year=int(of), source=origin,
        )  # fmt: skip
    chapter.quote("source_seuils", origin, "", "Seuil de pauvreté", year=dated, source=origin)
    return True


def state_extremes(
    chapter: Chapter, rates: pd.Series, names: pd.Series, districts: Collection[str]
) -> None:
    """State the place of the highest rate, and how many places have none."""
    top = rates.idxmax()
    name = french.place_name(names[top])
    chapter.state("commune_taux_max", name, "", "Taux le plus élevé", INCOMES)
    _state_rate(chapter, "taux_max", rates[top], name)
    counts = {"communes_carte": len(rates), "communes_carte_masquees": int(rates.isna().sum())}
    words = places(rates.index, districts)
    for fact, value in counts.items():
        chapter.state(fact, value, "", words.capitalize(), INCOMES)
    chapter.choose("lieux_carte", words, "Lieux de la carte")
    split = int(rates[rates.index.isin(list(districts))].isna().sum())
    dont = f", dont {french.plural(split, 'arrondissement')}" if split else ""
    chapter.choose("dont_arrondissements", dont, "Arrondissements sans taux publié")


def state_spread(chapter: Chapter, spread: pd.DataFrame, medians: pd.Series) -> None:
    """State how far apart the cities are, and the city whose IRIS are the furthest apart.

    One city is no gap between cities, and too few published IRIS are none inside a city: what
    cannot be said is not stated.
    """
    year = str(chapter.resolved("filosofi_iris").vintage)
    chapter.state("annee_revenus_iris", year, "", "Année des revenus par IRIS", IRIS_INCOMES)
    if medians.notna().sum() > 1:
        chapter.state(
            "ecart_villes",
            medians.max() / medians.min(),
            "",
            "Rapport entre les niveaux de vie médians des villes",
            INCOMES,
            decimals=1,
        )
    if spread["rapport"].isna().all():
        return
    top = spread["rapport"].idxmax()
    where = french.at_place(top)
    chapter.state("ville_ecart_max", top, "", "Plus grand écart entre quartiers", IRIS_INCOMES)
    chapter.state("lieu_ecart_max", where, "", "Plus grand écart entre quartiers", IRIS_INCOMES)
    chapter.state(
        "ecart_max",
        spread.loc[top, "rapport"],
        "",
        f"Rapport entre neuvième et premier déciles des IRIS, {top}",
        IRIS_INCOMES,
        decimals=1,
    )


def state_checked(chapter: Chapter, checked: pd.DataFrame) -> bool:
    """State how many published figures have each status, and one line to read aloud.

    Returns
    -------
    bool
        Whether any figure was published about this territory.
    """
    if checked.empty:
        return False
    sources = [*LEGAL, *INCOMES]
    chapter.state("document_publie", checked["document"].iloc[0], "", "Document", sources)
    chapter.state("nombre_publies", len(checked), "", "Chiffres publiés comparés", sources)
    for status, fact in (
        (CONFIRMED, "confirmes"),
        (GAP, "ecarts"),
        (UNVERIFIABLE, "non_verifiables"),
        (INCOHERENT, "incoherents"),
    ):
        count = int((checked["statut"] == status).sum())
        chapter.state(f"publies_{fact}", count, "", f"Chiffres publiés : {status}", sources)
    whole = checked[
        checked["code"].str.startswith("D") & (checked["indicateur"] == "taux_pauvrete")
    ]
    bounded = whole[(whole["statut"] == UNVERIFIABLE) & whole["bas"].notna()]
    if len(bounded):
        said = french.with_unit(bounded["valeur"].iloc[0], "%", int(bounded["decimales"].iloc[0]))
        chapter.state("taux_departement_publie", said, "", "Taux du département, publié", sources)
    most_telling = [INCOHERENT, GAP, UNVERIFIABLE, CONFIRMED]
    row = checked.iloc[checked["statut"].map(most_telling.index).argmin()]
    chapter.state("lecture_controle", gap_sentence(row), "", "Exemple de comparaison", sources)
    return True
