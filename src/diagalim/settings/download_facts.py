"""Where the producer's file of an edition is downloaded from, as `data/sources.yml` states it.

Kept apart from the download itself: the registry must be readable, and the page of sources made,
without anything that speaks to a network.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

UNTRIED = "adresse non essayée"
"""What messages and pages add to an address that nobody of the project has ever called."""


class Download(BaseModel):
    """One file to bring: its address, what is taken from it, and how it is known to be right.

    Attributes
    ----------
    adresse : str
        Address of the file, of the archive that holds it, or of the WFS service.
    fichier : str
        Where it is laid below ``data/officiel``; one of the accepted patterns matches it.
        ``{territoire}`` stands for the code of the department.
    contenu : str, optional
        Name of the member to take out of the archive (a glob), when it is an archive.
    md5 : str, optional
        Known checksum.
    md5_de : {"fichier", "archive"}
        What the checksum is of.
    essaye : {"oui", "non"}
        Whether the project ever called the address.
    couche, filtre, cle : str, optional
        For a WFS service: layer, CQL filter, and the property that identifies a feature.
    note : str
        What a reader must know of this address, in French.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    adresse: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
    fichier: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+/[^/\\]+$")]
    contenu: str | None = None
    md5: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")] | None = None
    md5_de: Literal["fichier", "archive"] = "fichier"
    essaye: Literal["oui", "non"]
    couche: str | None = None
    filtre: str | None = None
    cle: str | None = None
    note: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> Download:
        service = (self.couche, self.filtre, self.cle)
        if any(service) and not all(service):
            raise ValueError("couche, filtre et cle ensemble (service WFS), ou aucun des trois")
        if self.couche and self.contenu:
            raise ValueError("contenu (archive) ou couche (service WFS), pas les deux")
        if self.md5_de == "archive" and not (self.md5 and self.contenu):
            raise ValueError("md5_de: archive seulement avec md5 et contenu")
        return self

    @property
    def untried(self) -> bool:
        """Whether the address was copied from public code and never called."""
        return self.essaye == "non"

    @property
    def described(self) -> str:
        """The address, and that it is untried when it is."""
        return f"{self.adresse} ({UNTRIED})" if self.untried else self.adresse

    def laid_at(self, territory_code: str) -> PurePosixPath:
        """Return where the file goes, below ``data/officiel``."""
        return PurePosixPath(self.fichier.format(territoire=territory_code))

    def matches(self, glob: str) -> bool:
        """Tell whether an accepted pattern would find the file."""
        return fnmatchcase(self.fichier, glob)
