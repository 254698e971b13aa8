"""What a download tells of itself while it runs; who shows it is decided above."""

from __future__ import annotations

from typing import Any, Protocol


class Reporter(Protocol):
    """Shows lines and progress bars."""

    def say(self, text: str) -> None:
        """Show one line."""

    def bar(self, label: str, done: int) -> Any:
        """Return a progress bar as pooch takes one, or False for none.

        ``close`` may be called twice: by pooch at the end, and when a download breaks off.
        """


class Silent:
    """Shows nothing."""

    def say(self, text: str) -> None:
        """Say nothing."""

    def bar(self, label: str, done: int) -> Any:
        """Return no bar."""
        return False
