"""What does the registry say of a dataset? Models of an entry of ``data/sources.yml``."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator

from diagalim.settings.download_facts import Download
from diagalim.settings.territory import Territory

Nature = Literal["officiel", "repris", "collecté", "publié", "synthétique"]


class Pattern(BaseModel):
    """A way a dataset may be found on disk.

    Attributes
    ----------
    motif : str
        Glob below one of the data folders.
    nature : str
        What a file found there is.
    format : str
        Name of the layout that the reader must expect.
    note : str
        What was changed on the way, in French, for the page of sources.
    territoires : list of str
        Departments that the file covers, when its name says nothing of it; all of them when empty.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    motif: str
    nature: Nature
    format: str
    note: str = ""
    territoires: list[str] = []

    def covers(self, territory_code: str) -> bool:
        """Tell whether the file may speak of a department."""
        return not self.territoires or territory_code in self.territoires


class Edition(BaseModel):
    """One vintage of a dataset: when, on which geography, and the files that may hold it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    millesime: int
    geographie: int | None = None
    mise_a_jour: str | None = None
    telechargement: list[Download] = []
    fichiers: list[Pattern]

    def motifs(self, territory: Territory) -> list[str]:
        """Return the patterns that may answer for a study, below a data folder."""
        here = [pattern for pattern in self.fichiers if pattern.covers(territory.code)]
        return [pattern.motif.format(territoire=territory.code) for pattern in here]

    @model_validator(mode="after")
    def _downloads_are_found_again(self) -> Edition:
        official = [p.motif for p in self.fichiers if p.nature == "officiel"]
        lost = [d.fichier for d in self.telechargement if not any(map(d.matches, official))]
        if lost:
            raise ValueError(
                f"telechargement.fichier qui réponde à un motif officiel : {', '.join(lost)}"
            )
        return self


class Source(BaseModel):
    """One dataset of the registry."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    titre: str
    court: str
    producteur: str
    licence: str
    page: str
    lecteur: str
    champ: str
    obligatoire: bool = True
    editions: list[Edition]

    def edition(self, vintage: int | None) -> Edition | None:
        """Return the edition of a vintage (the latest one when None), or None."""
        if vintage is None:
            return max(self.editions, key=lambda edition: edition.millesime)
        return next((e for e in self.editions if e.millesime == vintage), None)
