"""What a docstring sends the reader to exists."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src"
NAMED = sorted(
    {
        (file.relative_to(SOURCE).as_posix(), name)
        for file in (SOURCE / "diagalim").rglob("*.py")
        for name in re.findall(r"`(diagalim(?:\.\w+)+)`", file.read_text(encoding="utf-8"))
    }
)


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_name_given_in_a_docstring_leads_to_a_module_or_something_in_it(file, name):
    try:
        importlib.import_module(name)
    except ModuleNotFoundError:
        module, _, thing = name.rpartition(".")
        assert hasattr(importlib.import_module(module), thing), f"{file} : {name}"
