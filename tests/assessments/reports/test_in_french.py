"""What French asks for beyond words: forms of number that go by another count, and its decimals."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.utils import translation
from django.utils.translation import gettext

from alliances.services.figures import days, two_decimals
from assessments.reports.facts import facts
from assessments.reports.figures import is_plural
from assessments.reports.findings import why_undecided
from assessments.reports.marks import element_places
from assessments.reports.reached import reached

from .documents import bank_texts, checks, document, element, not_ready

TEXTS = bank_texts()


@pytest.fixture(autouse=True)
def french() -> Iterator[None]:
    with translation.override("fr"):
        yield


@pytest.mark.parametrize(
    ("answered", "total", "term", "reason"),
    [
        (0, 8, "0 organisation sur 8 a répondu", "aucune organisation n’a répondu"),
        (1, 8, "1 organisation sur 8 a répondu", "une organisation sur huit a répondu"),
        (2, 8, "2 organisations sur 8 ont répondu", "deux organisations sur huit ont répondu"),
    ],
)
def test_noun_and_verb_go_by_who_answered(
    answered: int, total: int, term: str, reason: str
) -> None:
    made = document([element("common-pain", None)], mode="open", k=1)
    made["responses"] = {"organisations": answered, "people": 9}
    made["roster"] = {"organisations": total, "people": 9}
    assert facts(made, TEXTS)[1].term == term
    assert why_undecided(made, TEXTS)[0] == f"{reason}, et il en faut quatre."


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("les règles", True),
        ("des chefs de file", True),
        ("le poids des représentants", False),
        ("l’engagement", False),
    ],
)
def test_the_article_says_whether_a_name_is_plural(name: str, expected: bool) -> None:
    assert is_plural(name) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(-7.456, "−7,46"), (-0.001, "0,00"), (38, "38,00"), (1234.5, "1234,50")],
)
def test_a_figure_with_two_decimals(value: float, expected: str) -> None:
    assert two_decimals(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [("0.5", "0,5 jour"), ("1.5", "1,5 jour"), ("2.5", "2,5 jours")]
)
def test_below_two_is_one(value: str, expected: str) -> None:
    assert days(Decimal(value)).replace("\u00a0", " ") == expected


def test_how_a_figure_was_reached() -> None:
    made = not_ready()
    entry = made["elements"][0] | {"ad": 0.62, "rwg": 0.8, "agreed": True}
    entry["records"] = checks("met") | {"score": 100.0}
    entry["records"]["checks"][0]["points"] = 1.5
    places = element_places(entry, steps=4, previous=None)
    lines = {one.term: str(one.text) for one in reached(made, entry, TEXTS, places)}
    assert "est de 0,80" in lines[gettext("Agreed, because")]
    assert "0,70 ou plus" in lines[gettext("Agreed, because")]
    assert "sur 1,5 point en tout" in lines[gettext("On record")]
