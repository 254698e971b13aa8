"""How are several files written so that either all of them are new, or none is?"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

PARTIAL = ".partiel"


def write_together(contents: Mapping[Path, bytes]) -> None:
    """Write files beside their places, then move them there; on a refusal, put the old ones back.

    Parameters
    ----------
    contents : mapping of Path to bytes
        What to write; folders are made.

    Raises
    ------
    OSError
        When one cannot be written, with its path as ``filename``; the others are as they were.
    """
    partial = {path: path.with_name(path.name + PARTIAL) for path in contents}
    before: dict[Path, bytes | None] = {}
    try:
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            partial[path].write_bytes(content)
        for path in contents:
            held = path.read_bytes() if path.exists() else None
            partial[path].replace(path)
            before[path] = held
    except OSError as error:
        error.filename = str(path)
        for moved, held in before.items():
            moved.unlink() if held is None else moved.write_bytes(held)
        raise
    finally:
        for one in partial.values():
            one.unlink(missing_ok=True)
