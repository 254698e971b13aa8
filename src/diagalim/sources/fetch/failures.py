"""Why a file could not be brought, in French: what was seen, and what to do about it."""

from __future__ import annotations


class FetchFailure(Exception):
    """One file could not be brought; nothing that a reader would take for it was left.

    Parameters
    ----------
    seen : str
        What happened.
    remedy : str
        What to do.
    """

    def __init__(self, seen: str, remedy: str) -> None:
        super().__init__(seen, remedy)
        self.seen = seen
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.seen}. À faire : {self.remedy}."


class Unreachable(FetchFailure):
    """No answer at all from a host: another file of the same host is not worth trying."""

    def __init__(self, host: str, cause: str) -> None:
        super().__init__(
            f"{host} ne répond pas ({cause})",
            "vérifier la connexion au réseau, ou le proxy (variable HTTPS_PROXY), puis relancer : "
            "ce qui est déjà téléchargé est gardé",
        )
        self.host = host


class DiskFull(FetchFailure):
    """No room is left: no other file is worth trying."""

    def __init__(self, need: str) -> None:
        super().__init__(
            f"plus assez de place sur le disque ({need})",
            "libérer de la place, puis relancer ; aucun fichier incomplet n'a été gardé sous un "
            "nom lisible",
        )


class Damaged(FetchFailure):
    """What was received is not what the archive says of itself; worth one fresh download."""

    def __init__(self, seen: str) -> None:
        super().__init__(
            seen,
            "relancer ; si cela se répète, télécharger le fichier depuis la page du producteur",
        )


class Unsupported(FetchFailure):
    """The archive is whole and our libraries cannot open it: bringing it again changes nothing."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"archive d'une forme non prise en charge ({why})",
            "la décompresser avec un autre logiciel (7-Zip, par exemple) et déposer le fichier "
            "dans le dossier indiqué",
        )
