"""What does a chapter say of each fact, table and figure? Models of ``<chapter>.yml``.

Code gives numbers; these words say what each is: label, unit, decimals, sources, certainty; title,
columns, Lecture, Champ. A text may quote facts in braces (`diagalim.wording.quotes`) and decides
nothing. What only a run knows is left out here and given by the code, never both.
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from diagalim.wording.quotes import misquoted, quoted

READ, BY_CODE = "lues", "du_calcul"
"""Instead of a list of datasets: all those read or cited so far; those that the code names."""
CERTAINTY = "certitude"
"""In a foot that takes the source of a fact, ``{certitude}`` is the certainty of that fact."""
NAMED = {"nom": "territoire", "nom_de": "territoire_de", "nom_dans": "territoire_dans"}
"""Names of the territory that texts may quote, when the plan gives the key to the chapter."""
SETTINGS = "fichier_territoire"
"""A fact of every chapter: the file of its territory."""
OTHERS = "*"
"""Stands for the columns that the data decide, in `Shown.colonnes`."""


def _rightly_quoted(text: str) -> str:
    if wrong := misquoted(text):
        raise ValueError(f"un texte où seuls des faits sont entre accolades ({wrong})")
    return text


Text = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_rightly_quoted)]
FactId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\*[a-z0-9_]*)?$")]
"""A ``*`` makes a family of facts, whose number the data decide."""
FactName = Annotated[str, StringConstraints(pattern=r"^([0-9a-z_]+\.)?[a-z0-9_]+$")]
Datasets = list[str] | Literal["lues", "du_calcul"]


class Origin(BaseModel):
    """Where figures come from; the origin decides their nature.

    Attributes
    ----------
    sources : list of str, "lues" or "du_calcul"
        Datasets of the registry; those without a file are left out.
    document : str
        Published text that they are quoted from; "du_calcul" when the code names it. A fact that
        one run collects and another quotes has both ``collecte`` and ``document`` "du_calcul".
    collecte : str
        What was collected for the study.
    releve : str
        What a team read in documents on its territory.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    sources: Datasets = []
    document: Text = ""
    collecte: Text = ""
    releve: Text = ""

    @property
    def told(self) -> dict[str, str]:
        """The origin that is words, by its key; empty for datasets."""
        kinds = {name: getattr(self, name) for name in ("document", "collecte", "releve")}
        return {name: words for name, words in kinds.items() if words}


class Common(Origin):
    """What most facts of a chapter share, said once."""

    unite: str = ""
    decimales: int = Field(default=0, ge=0)
    de: FactName | Literal[""] = ""
    certitude: Text = ""
    annee: Text = ""


class FactWords(Common):
    """What one fact is.

    Attributes
    ----------
    libelle : str
        What it is, in French; "du_calcul" where the code takes it from elsewhere (the name of an
        indicator).
    unite, decimales
        Printed after the value, ``singular|plural`` where it is a word, "du_calcul" where the same
        fact is a number here and words there; decimals printed.
    de : str
        Fact of a chapter upstream, ``chapter.fact``, whose year and sources it takes; datasets
        named beside are added to them.
    choix : bool
        A choice of the territory file or of the report.
    certitude, annee : str
        What is known of its error; year described, where that of the sources will not do.
    parfois : bool
        Stated only where the data allow it.
    arrondi : bool
        Kept as it is shown: all its decimals would give back counts of people or places.
    """

    libelle: Text
    choix: bool = False
    parfois: bool = False
    arrondi: bool = False

    @model_validator(mode="after")
    def _one_origin(self) -> FactWords:
        told = self.told
        ways = [bool(self.de or self.sources), self.choix, *told]
        left_to_code = len(told) > 1 and set(told.values()) == {BY_CODE}  # the run says which
        if sum(map(bool, ways)) != (len(told) if left_to_code else 1):
            raise ValueError(
                "une origine et une seule : sources ou de, document, collecte, releve, choix"
            )
        if self.de and self.annee:
            raise ValueError("l'année du fait que nomme « de », sans « annee »")
        return self


class ColumnWords(BaseModel):
    """What one column of a table shown is.

    Attributes
    ----------
    libelle : str
        Its header; that of the published schema where the table has one.
    unite, decimales
        Of its cells, where they are numbers.
    signe : bool
        Show the sign of positive numbers.
    texte : bool
        Words, aligned on the left.
    manquant : str
        What stands where there is no value.
    parfois : bool
        The column may be absent.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    libelle: Text = ""
    unite: str | None = None
    decimales: int | None = Field(default=None, ge=0)
    signe: bool = False
    texte: bool = False
    manquant: str = "n.d."
    parfois: bool = False


class Shown(Origin):
    """What one table or figure shows, and the four parts under it.

    Attributes
    ----------
    titre : str
        Of a table. A figure has none here: its caption is in the metadata of its cell.
    ligne : str
        Header of the first column.
    colonnes : dict of str to ColumnWords
        Columns shown, in order; ``"*"`` stands for those that the data decide.
    publie : str
        Schema of ``data/schemas/publie`` that describes columns of this table: their header, unit
        and decimals are read there.
    lecture, champ, certitude : str
        Parts of the foot; where one is missing, the code gives it.
    fait : str
        Fact whose source stands in the foot, in place of another origin.
    pied : str
        Entry shown next whose foot is its own too, in place of all that makes a foot.
    debout : bool
        One line a column, for few places and many indicators.
    hauteur : str
        CSS height over which a long table scrolls.
    avant : str
        Said before it, with it only.
    sans_ligne : str
        Said in place of an empty table and of its foot; nothing is shown when it is "".
    """

    titre: Text = ""
    ligne: Text = ""
    colonnes: dict[str, ColumnWords] = {}
    publie: str = ""
    lecture: Text = ""
    champ: Text = ""
    certitude: Text = ""
    fait: FactName | Literal[""] = ""
    pied: str = ""
    debout: bool = False
    hauteur: str = ""
    avant: Text = ""
    sans_ligne: Text | None = None

    @model_validator(mode="after")
    def _whole(self) -> Shown:
        if bool(self.pied) + bool(self.fait) + bool(self.sources) + len(self.told) != 1:
            raise ValueError(
                "une origine et une seule : fait, sources, document, collecte, releve (ou pied)"
            )
        if self.pied and (self.lecture or self.champ or self.certitude):
            raise ValueError("le pied d'une autre entrée, sans lecture, champ ni certitude à côté")
        if self.ligne and not self.colonnes:
            raise ValueError("les colonnes d'un tableau, dont « ligne » nomme la première")
        return self

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield each text with its key."""
        yield from _texts(self)
        for name, column in self.colonnes.items():
            yield f"colonnes.{name}.libelle", column.libelle


class ChapterWords(BaseModel):
    """The words of one chapter: its facts, and what it shows.

    A fact that names its own origin takes none from ``par_defaut``. ``sans_donnees`` is what the
    page says when what the chapter requires is not there; it quotes no fact.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    par_defaut: Common = Common()
    faits: dict[FactId, FactWords] = {}
    montre: dict[str, Shown] = {}
    sans_donnees: Text = ""

    def fact(self, fact_id: str) -> FactWords | None:
        """Return the words of a fact, its own before those of a family; None for an unknown one."""
        own = self.faits.get(fact_id)
        families = (
            w for name, w in self.faits.items() if "*" in name and fnmatchcase(fact_id, name)
        )
        return own or next(families, None)

    def always(self) -> list[str]:
        """Return the facts that every run states."""
        return [name for name, w in self.faits.items() if not w.parfois and "*" not in name]

    def quotes(self) -> Iterator[tuple[str, str]]:
        """Yield each fact that a text or a key names, with the key where it does."""
        for place, words in (("faits", self.faits), ("montre", self.montre)):
            for name, entry in words.items():
                texts = entry.texts() if isinstance(entry, Shown) else _texts(entry)
                for key, text in texts:
                    yield from ((f"{place}.{name}.{key}", fact) for fact in quoted(text))
                if linked := getattr(entry, "de", "") or getattr(entry, "fait", ""):
                    yield f"{place}.{name}.{'de' if place == 'faits' else 'fait'}", linked


def _texts(entry: BaseModel) -> Iterator[tuple[str, str]]:
    kept = ("libelle", "annee", "titre", "ligne", "lecture", "champ", CERTAINTY, "avant")
    for key in (*kept, "sans_ligne", "document", "collecte", "releve"):
        yield key, getattr(entry, key, "") or ""
