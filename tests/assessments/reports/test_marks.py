"""Places on the line from 0 to 100, worked out by hand."""

from __future__ import annotations

from decimal import Decimal as D
from itertools import pairwise

import pytest

from assessments.reports.marks import (
    COVER_WIDTH,
    LETTER,
    PageLine,
    Places,
    PrintLine,
    band_of,
    cover,
    drawing,
    element_places,
    scale,
    statement_place,
)
from assessments.reports.texts import StatementText

from .documents import element


def test_all_marks_of_an_element() -> None:
    entry = element(
        "formal-charter",
        38.2,
        ad=1.08,
        forecast=16.8,
        records={"score": 22.22, "checks": []},
    )
    # AD of 1.08 on four steps is 27 points: from 11.2 to 65.2.
    assert element_places(entry, steps=4, previous=30) == Places(
        score=D("38.2"),
        spread=(D("11.2"), D("65.2")),
        reach=D("27"),
        record=D("22.22"),
        forecast=D("55.0"),
        last=D("30"),
    )


def test_what_is_missing_has_no_place() -> None:
    entry = element("formal-charter", 38.2, ad=None, agreed=None)
    assert element_places(entry, steps=4, previous=None) == Places(score=D("38.2"))
    nothing = element("formal-charter", None, forecast=None)
    assert element_places(nothing, steps=4, previous=None) == Places()
    assert drawing(Places(), PageLine()) == drawing(Places(), PrintLine())


@pytest.mark.parametrize(
    ("score", "ad", "spread"),
    [(90, 1.0, (D(65), D(100))), (10, 1.0, (D(0), D(35))), (50, 4.0, (D(0), D(100)))],
)
def test_the_spread_is_cut_at_0_and_100(score: float, ad: float, spread: tuple[D, D]) -> None:
    assert element_places(element("c", score, ad=ad), steps=4, previous=None).spread == spread


def test_no_spread_where_statements_have_several_scales() -> None:
    assert element_places(element("c", 50), steps=None, previous=None).spread is None


@pytest.mark.parametrize(
    ("mean", "minimum", "maximum", "reverse", "place"),
    [
        (1, 1, 5, False, D(0)),
        (5, 1, 5, False, D(100)),
        (3.92, 1, 5, False, D(73)),
        (3.92, 1, 5, True, D(27)),
        (0, 0, 10, True, D(100)),
        (-1, -3, 3, False, D(200) / D(6)),
    ],
)
def test_a_statement_stands_where_its_mean_lies_on_its_scale(
    mean: float, minimum: int, maximum: int, reverse: bool, place: D
) -> None:
    statement = StatementText("Q", "Text", minimum, maximum, reverse)
    assert statement_place(mean, statement) == place
    assert statement_place(None, statement) is None


@pytest.mark.parametrize(
    ("place", "band"), [("49.99", "weak"), ("50", "mixed"), ("74.99", "mixed"), ("75", "strong")]
)
def test_bands_begin_at_their_limits(place: str, band: str) -> None:
    assert band_of(D(place), mixed_from=50, strong_from=75) == band


def test_places_on_page_and_paper() -> None:
    places = Places(score=D("38.2"), spread=(D("11.2"), D("65.2")))
    assert drawing(places, PageLine()).spread_length == "54%"
    assert drawing(places, PageLine()).score == "38.2%"
    assert drawing(places, PrintLine()).score == "162.8"  # 10 + 4 · 38.2
    assert drawing(places, PrintLine()).spread_length == "216"


def test_a_bank_may_set_other_limits() -> None:
    assert scale(PageLine(), mixed_from=40, strong_from=80).limits == ("40%", "80%")
    assert scale(PrintLine(), mixed_from=40, strong_from=80).words == ("90", "250", "370")


TITLES = ("Representatives of substance", "Clearly defined purpose", "Northbound train", "A")


@pytest.mark.parametrize(
    "scores",
    [
        (92, 92, 92, 92, 92, 92, 92, 92),
        (0, 0, 0, 0, 100, 100, 100, 100),
        (5, 10, 20, 30, 40, 60, 90, 97),
        (38, 47, 58, 64, 69, 72, 77, 81),
    ],
)
def test_labels_on_the_cover_never_overlap_nor_leave_it(scores: tuple[int, ...]) -> None:
    marks = [
        (f"{TITLES[n % 4]} {score}", "mixed", D(score), False) for n, score in enumerate(scores)
    ]
    drawn = cover(marks, mixed_from=50, strong_from=75)
    assert [pin.label for pin in drawn.pins] == [mark[0] for mark in marks]
    for higher, lower in pairwise(drawn.pins):
        assert lower.label_y - higher.label_y >= 27, "each label has a row to itself"
        assert lower.stem_top > higher.label_y - 19, "a later stem begins below an earlier label"
        assert float(lower.x) >= float(higher.x)
    for pin in drawn.pins:
        assert float(pin.label_x) + len(pin.label) * LETTER <= COVER_WIDTH + 0.1
        assert pin.label_y < drawn.line_y
