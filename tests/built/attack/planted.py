"""Small sites made for the tests: a page written line by line, with what stands beside it.

A line « # » opens a table and is its caption, the next ones are its cells parted by « | »; other
lines are sentences. « @flow eligible answers complete » writes the stages of a survey, « @csv » and
« @xlsx » a line of the files of figures, « @bars » and « @curves » a picture; after « @source » or
« @widget », tables stand in the notebook given beside the page, or in the state of a widget.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from openpyxl import Workbook

HEAD = ("page", "id", "libelle", "valeur", "texte", "bas", "haut")
FIGURES = "fictif_00_chiffres_du_rapport"
COLOURS = ("#8c510a", "#d8b365", "#d9d9d9", "#7fb8b0", "#01665e")
STATE = "application/vnd.jupyter.widget-state+json"


@dataclass
class Planted:
    """What is written of a site: blocks of HTML by place, lines of figures by file, pictures."""

    html: dict[str, list[str]] = field(default_factory=dict)
    figures: dict[str, list[str]] = field(default_factory=dict)
    pictures: list[tuple[str, list[float]]] = field(default_factory=list)


def lines_of(text: str, leaking: bool) -> list[str]:
    """Return the lines of a page that leaks, or of the same page well protected."""
    mark, other = ("! ", "= ") if leaking else ("= ", "! ")
    kept = (line for line in text.splitlines() if line and not line.startswith(other))
    return [line.removeprefix(mark) for line in kept]


def read_plan(lines: list[str]) -> Planted:
    """Read the lines of a page."""
    plan, place, rows = Planted(), "page", []
    for line in [*lines, "@end"]:
        if rows and line[0] in "#@" or rows and "|" not in line:
            plan.html.setdefault(place, []).append(table(rows))
            rows = []
        word, _, rest = line.partition(" ")
        if word in ("@source", "@widget"):
            place = word[1:]
        elif word in ("@csv", "@xlsx"):
            plan.figures.setdefault(word[1:], []).append(rest)
        elif word in ("@bars", "@curves"):
            plan.pictures.append((word[1:], [float(number) for number in rest.split()]))
        elif word == "@flow":
            plan.html.setdefault(place, []).append(table(stages(*rest.split())))
        elif word == "#" or rows:
            rows.append(rest if word == "#" else line)
        elif word != "@end":
            plan.html.setdefault(place, []).append(f"<p>{escape(line)}</p>")
    return plan


def stages(eligible: str, answers: str, complete: str) -> list[str]:
    """Return the table of the stages of a survey, from the contacts to the complete answers."""
    numbers = {
        "Structures éligibles": eligible,
        "Réponses": answers,
        "Réponses complètes": complete,
    }
    return ["Contacts", "Étape|Effectif", *(f"{stage}|{n}" for stage, n in numbers.items())]


def table(rows: list[str]) -> str:
    """Return a caption and its lines as HTML."""
    cells = (line.split("|") for line in rows[1:])
    body = "".join(f"<tr>{''.join(f'<td>{escape(c)}</td>' for c in line)}</tr>" for line in cells)
    return f"<table><caption>{escape(rows[0])}</caption>{body}</table>"


def plant(folder: Path, text: str, leaking: bool = True) -> Path:
    """Write a site of one page and return its folder."""
    plan = read_plan(lines_of(text, leaking))
    for part in ("notebooks", "telechargements", "_sources/notebooks"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for number, (kind, numbers) in enumerate(plan.pictures):
        (bars if kind == "bars" else curves)(folder / f"notebooks/{number}.png", numbers)
        plan.html["page"].append(f'<img src="{number}.png" alt="">')
    state = json.dumps({"state": {"x": {"value": plan.html.get("widget", [])}}})
    body = "".join(plan.html["page"]) + f'<script type="{STATE}">{state}</script>'
    (folder / "notebooks/page.html").write_text(body, encoding="utf-8")
    outputs = [{"data": {"text/html": [block]}} for block in plan.html.get("source", [])]
    beside = json.dumps({"cells": [{"outputs": outputs}]})
    (folder / "_sources/notebooks/page.ipynb").write_text(beside, encoding="utf-8")
    write_figures(folder / "telechargements", plan.figures)
    return folder


def write_figures(folder: Path, figures: dict[str, list[str]]) -> None:
    """Write the files of figures."""
    with (folder / f"{FIGURES}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD, *(line.split("|") for line in figures.get("csv", []))])
    book = Workbook()
    for line in ("|".join(HEAD), *figures.get("xlsx", [])):
        book.active.append(line.split("|"))
    book.save(folder / f"{FIGURES}.xlsx")


def bars(path: Path, shares: list[float]) -> None:
    """Draw one bar of shares that add up to a hundred, one colour an answer."""
    figure = Figure(figsize=(8, 3), dpi=110)
    axes, left = figure.subplots(), 0.0
    for part, colour in zip(shares, COLOURS, strict=True):
        axes.barh(0, part, left=left, color=colour, edgecolor="white")
        left += part
    FigureCanvasAgg(figure).print_png(path)


def curves(path: Path, indices: list[float]) -> None:
    """Draw a curve of indices, with the line at 100 and the marks of two axes."""
    figure = Figure(figsize=(8, 3.8), dpi=110)
    axes = figure.subplots()
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color("#9ca3af")
    axes.plot(range(len(indices)), indices, marker="o", lw=1.8)
    axes.axhline(100, color="#9ca3af", lw=1)
    axes.set_xticks(range(len(indices)))
    axes.set_ylim(bottom=90)
    FigureCanvasAgg(figure).print_png(path)
