"""Completed tables travel in a file by what differs between them, and come back the same."""

from __future__ import annotations

import numpy as np
import pandas as pd

from diagalim.analysis.estimation.imputations import Imputations, completed, varying_cells

CODES = pd.Index(["130010101", "130010102", "130010103"], name="code_iris")
NAMES = ["taux", "part"]


def tables() -> tuple[pd.DataFrame, Imputations]:
    point = np.array([[10.0, 1.0], [20.0, np.nan], [30.0, 3.0]])
    draws = np.repeat(point[None], 4, axis=0)
    draws[:, 1, 0] = [18.0, 22.0, 20.5, 19.0]
    draws[:, 2, 1] = [2.5, 3.5, 3.0, 3.1]
    values = pd.DataFrame(point, CODES, NAMES).rename_axis(columns="indicateur")
    long = values.T.stack(future_stack=True).rename("valeur").reset_index()
    return long, Imputations(NAMES, CODES, draws)


def test_only_the_cells_that_differ_are_kept():
    _, imputations = tables()
    cells = varying_cells(imputations)
    assert cells[["code_iris", "indicateur"]].to_numpy().tolist() == [
        ["130010102", "taux"],
        ["130010103", "part"],
    ]
    assert cells.loc[0, ["t0", "t1", "t2", "t3"]].tolist() == [18.0, 22.0, 20.5, 19.0]


def test_the_tables_come_back_as_they_were():
    values, imputations = tables()
    back = completed(values, varying_cells(imputations))
    assert back.names == NAMES and list(back.codes) == list(CODES)
    assert np.array_equal(back.draws, imputations.draws, equal_nan=True)


def test_without_anything_estimated_one_table_comes_back():
    values, imputations = tables()
    still = Imputations(NAMES, CODES, imputations.draws[:1].repeat(4, axis=0))
    cells = varying_cells(still)
    assert cells.empty
    back = completed(values, cells)
    known = values.pivot(index="code_iris", columns="indicateur", values="valeur")[NAMES]
    for table in back.draws:
        assert np.array_equal(table, known.to_numpy(), equal_nan=True)
