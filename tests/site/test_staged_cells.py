"""What of an executed notebook becomes cells of the book?"""

from __future__ import annotations

from diagalim.site.staging import staged


def cell(name, outputs, **metadata):
    return {
        "cell_type": "code", "id": name, "metadata": metadata, "outputs": outputs,
        "source": "chapter.show(1)",
    }  # fmt: skip


def test_the_foot_that_a_figure_cell_shows_stands_apart_from_the_figure():
    figure = {"figure": {"name": "fig-a", "caption": "A"}}
    cells = [
        cell("a", ["image", "pied"], mystnb=figure, tags=["hide-input"]),
        cell("b", ["tableau", "pied"], tags=["hide-input"]),
        cell("c", ["image"], mystnb=figure),
    ]
    made = staged({"cells": cells})["cells"]
    assert [c["outputs"] for c in made] == [["image"], ["pied"], ["tableau", "pied"], ["image"]]
    assert made[1]["metadata"] == {"tags": ["remove-input"]} and made[1]["id"] == "a-pied"
    assert made[1]["source"], "MyST-NB shows nothing of a cell without code"
    assert cells[0]["outputs"] == ["image", "pied"], "the executed notebook is left as it is"
