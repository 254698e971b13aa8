"""Which indicators does ``data/indicators.yml`` describe, and is each of them sound?"""

from __future__ import annotations

from functools import lru_cache

from pydantic import ValidationError

from diagalim.settings.checked_yaml import load_checked_yaml, problems_of, read_settings
from diagalim.settings.indicators import FILE, Registry
from diagalim.wording.problems import InputError
from diagalim.workspace.paths import project_root


def load_indicators() -> Registry:
    """Read and check ``data/indicators.yml``.

    Raises
    ------
    InputError
        With every unknown key and bad value (a direction other than 1 or -1, a contradictory
        recipe…), each with its place.
    """
    return parse_indicators(read_settings(project_root() / FILE, FILE))


@lru_cache
def parse_indicators(text: str) -> Registry:
    """Check the text of a registry of indicators."""
    content = load_checked_yaml(text, FILE)
    try:
        return Registry.model_validate(content)
    except ValidationError as error:
        raise InputError(problems_of(error, FILE, Registry)) from error
