"""Where a build reads and writes: every folder of one territory, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from diagalim.workspace.notebooks import FOLDER, notebook_of, words_beside
from diagalim.workspace.results import MANIFEST


@dataclass(frozen=True)
class Folders:
    """Folders of the build of one territory.

    Parameters
    ----------
    root : Path
        The project.
    code : str
        The territory.
    """

    root: Path
    code: str

    @property
    def build(self) -> Path:
        """Everything generated for the territory."""
        return self.root / "_build" / self.code

    @property
    def notebooks(self) -> Path:
        """Source notebooks, outputs cleared."""
        return self.root / FOLDER

    @property
    def executed(self) -> Path:
        """Executed copies of the notebooks."""
        return self.build / "executed"

    @property
    def results(self) -> Path:
        """Tables and facts that the chapters leave, one folder a chapter."""
        return self.build / "results"

    @property
    def running(self) -> Path:
        """What a chapter writes while it runs; moved into place when whole."""
        return self.build / "en_cours"

    @property
    def staged(self) -> Path:
        """Source tree of the book of this territory."""
        return self.build / "book"

    @property
    def made(self) -> Path:
        """The site while it is made and checked."""
        return self.build / "html.nouveau"

    @property
    def site(self) -> Path:
        """The site that readers open."""
        return self.build / "html"

    @property
    def previous(self) -> Path:
        """The last good site, for the instant of the swap."""
        return self.build / "html.precedent"

    @property
    def state(self) -> Path:
        """What pytask remembers from one build to the next."""
        return self.build / "etat"

    @property
    def lock(self) -> Path:
        """File that a running build holds."""
        return self.build / "verrou"

    @property
    def ticket(self) -> Path:
        """File that names the build under way."""
        return self.build / "ticket"

    @property
    def vendor(self) -> Path:
        """Scripts of the site fetched once at set-up, shared by all territories."""
        return self.root / "_build" / "vendor"

    def source(self, chapter: str) -> Path:
        """Return the source notebook of a chapter."""
        return notebook_of(self.root, chapter)

    def words(self, chapter: str) -> Path:
        """Return the words of a chapter, beside its notebook."""
        return words_beside(self.root, chapter)

    def copy(self, chapter: str) -> Path:
        """Return the executed copy of a chapter."""
        return self.executed / f"{chapter}.ipynb"

    def manifest(self, chapter: str) -> Path:
        """Return the list of a chapter's result files with their digests."""
        return self.results / chapter / MANIFEST
