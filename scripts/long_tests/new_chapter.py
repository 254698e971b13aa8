"""What does a new chapter take? A notebook, its words, an entry in the plan, one in the contents.

One is added to a built copy, built and looked for in the site, then taken away.
"""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from long_tests.copies import Difference, build, changed, copy_built, out, whole_build

KEY, PART = "essai", "coordination"
WORDS = """\
faits:
  nb_essais: {libelle: Essais, choix: true}
"""
PLAN = """
essai:
  territoire: [code]
  modules: [diagalim.chapter]
"""
CELLS = (
    "from diagalim.chapter.chapter import open_chapter",
    f'chapter = open_chapter("{KEY}", territoire)\nchapter.state({{"nb_essais": 7}})',
    "%%texte\n- On compte **{nb_essais} essais**.",
    "chapter.close()",
)
SAID = "<strong>7 essais</strong>"


def a_chapter_comes_and_goes(folder: Path) -> None:
    """Un chapitre ajouté (carnet, mots, plan, sommaire) paraît ; retiré, le site est comme avant"""
    project = copy_built(folder, "chapitre")
    before = whole_build(project)
    held = {name: (project / name).read_text("utf-8") for name in ("_toc.yml", "data/chapters.yml")}
    added = add(project, held)
    build(project)
    page = out(project) / "html" / "notebooks" / PART / f"{KEY}.html"
    if not page.is_file() or SAID not in page.read_text("utf-8"):
        raise Difference(f"la page du nouveau chapitre ne dit pas « {SAID} » : {page.name}")
    for file in added:
        file.unlink()
    for name, text in held.items():
        (project / name).write_text(text, "utf-8", newline="\n")
    build(project)
    differences = changed(before, whole_build(project))
    if differences:
        raise Difference(f"fichiers qui ne sont pas redevenus ce qu'ils étaient : {differences}")


def add(project: Path, held: dict[str, str]) -> list[Path]:
    """Add the chapter to a project and return its two files."""
    notebook, words = (project / "notebooks" / PART / f"{KEY}{end}" for end in (".ipynb", ".yml"))
    nbformat.write(empty_notebook(), notebook)
    words.write_text(WORDS, "utf-8", newline="\n")
    neighbour = next(line for line in held["_toc.yml"].splitlines() if f"notebooks/{PART}/" in line)
    entry = f"{neighbour.partition('- ')[0]}- file: notebooks/{PART}/{KEY}"
    contents = held["_toc.yml"].replace(neighbour, f"{neighbour}\n{entry}")
    (project / "_toc.yml").write_text(contents, "utf-8", newline="\n")
    plan = held["data/chapters.yml"] + PLAN
    (project / "data/chapters.yml").write_text(plan, "utf-8", newline="\n")
    return [notebook, words]


def empty_notebook() -> nbformat.NotebookNode:
    """Return the notebook of a chapter that states one figure and quotes it."""
    parameters = new_code_cell('territoire = "exemple"', metadata={"tags": ["parameters"]})
    shown = [new_code_cell(source) for source in CELLS]
    cells = [new_markdown_cell("# Essai\n\n**Combien d'essais ?**"), parameters, *shown]
    for number, cell in enumerate(cells):
        cell["id"] = f"essai-{number:02}"
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})
