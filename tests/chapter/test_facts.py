"""A sentence names facts; a fact carries its year, nature and source."""

from __future__ import annotations

import pytest

from diagalim.chapter.facts import Fact, Facts, read_facts


def fact(name="taux", value=15.0, **more) -> Fact:
    content = {
        "label": "Taux de pauvreté",
        "unit": "%",
        "decimals": 0,
        "year": "2021",
        "nature": "repris",
        "source": "Insee",
        "notebook": "contexte",
    }
    return Fact(id=name, value=value, **{**content, **more})


def test_a_sentence_is_filled_with_french_numbers():
    facts = Facts([fact(), fact("ville", "Arles", unit="")])
    assert facts.fill("À {ville}, {taux} des personnes") == "À Arles, 15\u00a0% des personnes"


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 site est"), (1, "1 site est"), (2, "2 sites sont")]
)
def test_a_word_agrees_with_its_figure(count, said):
    facts = Facts([fact("n", count, unit="")])
    assert facts.fill("{n} {n:site est|sites sont}") == said


def test_a_word_cannot_agree_with_a_name_nor_without_a_plural():
    facts = Facts([fact("ville", "Arles", unit=""), fact()])
    for sentence in ("{ville:est|sont}", "{taux:site}"):
        with pytest.raises(ValueError, match=r"singular\|plural"):
            facts.fill(sentence)


def test_a_sentence_that_names_an_unknown_fact_says_which_are_known():
    with pytest.raises(KeyError, match="no fact 'tau'; known: taux"):
        Facts([fact()]).fill("{tau}")


def test_the_same_name_cannot_say_two_things():
    facts = Facts([fact()])
    facts.add(fact())
    with pytest.raises(ValueError, match="stated twice"):
        facts.add(fact(value=16.0))


def test_a_missing_value_is_no_fact():
    with pytest.raises(ValueError, match="not finite"):
        fact(value=float("nan"))


def test_an_unknown_nature_is_refused():
    with pytest.raises(ValueError, match="nature 'sûr'"):
        fact(nature="sûr")


def test_facts_written_and_read_are_the_same_and_the_same_bytes(tmp_path):
    facts = Facts([fact(interval=(14.5, 15.5)), fact("ville", "Arles", unit="")])
    facts.write(tmp_path / "a.json")
    again = read_facts(tmp_path / "a.json")
    again.write(tmp_path / "b.json")
    assert list(again) == list(facts)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
