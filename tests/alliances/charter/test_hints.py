"""Hints on the wording of a purpose. `T` is today: 21 November 2026."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliances.services.charter.sections import SECTIONS
from alliances.services.purpose.hints import Hint, purpose_hints, read_wording, word_count
from alliances.services.purpose.times import has_figure, times_in

T = dt.date(2026, 11, 21)


def hint(text: str, kind: str) -> Hint:
    """The first hint of that kind."""
    return next(one for one in purpose_hints(text, T) if one.kind == kind)


def words_found(text: str) -> list[str]:
    return [one.found for one in purpose_hints(text, T) if one.kind == "words" and one.found]


def test_nothing_written_gives_no_hints() -> None:
    assert purpose_hints("", T) == []
    assert purpose_hints(" \n\t", T) == []
    assert read_wording("", T).advice == []


def test_the_good_example_is_good_and_the_bad_one_is_not() -> None:
    purpose = next(one for one in SECTIONS if one.code == "purpose")
    assert read_wording(str(purpose.good.text), T).advice == []
    kinds = {one.kind for one in read_wording(str(purpose.bad.text), T).advice}
    assert kinds == {"goal", "measure", "words"}


# --- length

LENGTHS = [(1, False), (5, False), (6, True), (35, True), (36, False), (60, False), (61, False)]


@pytest.mark.parametrize(("count", "is_good"), LENGTHS)
def test_length(count: int, is_good: bool) -> None:
    found = hint(" ".join(["ship"] * count), "length")
    assert found.is_good is is_good
    assert found.text.startswith(f"{count} word")


def test_length_has_four_steps() -> None:
    said = [hint(" ".join(["a"] * count), "length").text for count in (5, 35, 36, 61)]
    assert ["too short" in said[0], "short enough" in said[1]] == [True, True]
    assert [", long." in said[2], "too long" in said[3]] == [True, True]
    assert "500 characters" in hint("x" * 501, "length").text
    assert "500 characters" not in hint("x" * 500, "length").text


COUNTS = [
    ("Low Bridge carries 0.8 cubic metres.", 6),
    ("the lines’ well-known 1,200,000 euros", 5),
    ("— – … !", 0),
    ("Шлюзы закрыты", 2),
    ("年河", 1),
    ("到2030年", 2),  # two characters, and a figure
]


@pytest.mark.parametrize(("text", "count"), COUNTS)
def test_words_are_counted(text: str, count: int) -> None:
    assert word_count(text) == count


# --- one goal

ONE = [
    "By 2031 every ship switches off its engines and draws power from the shore.",
    "Cut soot at schools and houses by half.",
    "The St. Mary hospital and Dr. Okafor open 50 beds by 2029.",
    "Halve what ferries, tugs and pilots burn in port by 2030.",
    "Carry at least 0.8 cubic metres a second, e.g. at Low Bridge.",
    "No. 4 berth has power by May 2028.",
]
SEVERAL = [
    ("Cut soot. Then cut noise.", ""),
    ("Cut soot! And noise?  Yes", ""),
    ("Cut soot by half; train 200 welders", ";"),
    ("Reduce soot, improve safety and train welders", "Reduce, improve, train"),
    ("To reduce soot and to train welders", "reduce, train"),
    ("By reducing soot and training welders", "reducing, training"),
    ("Less soot and more jobs", "and more"),
    ("Clean air as well as quiet nights", "as well as"),
    ("Clean air and/or quiet", "and/or"),
    ("- clean air\n- quiet nights", ""),
    ("1. clean air\n2) quiet nights", ""),
    ("空气清洁。夜晚安静", ""),
]


@pytest.mark.parametrize("text", ONE)
def test_one_goal(text: str) -> None:
    assert hint(text, "goal").is_good


@pytest.mark.parametrize(("text", "found"), SEVERAL)
def test_several_goals(text: str, found: str) -> None:
    several = hint(text, "goal")
    assert (several.is_good, several.found) == (False, found)


# --- a date or a number

TIMES = [
    # text, its last day with a year, a time without one, a figure besides
    ("by 2031", dt.date(2031, 12, 31), False, False),
    ("by 2031-06-30", dt.date(2031, 6, 30), False, False),
    ("by 30 September 2029", dt.date(2029, 9, 30), False, False),
    ("by September 30th, 2029", dt.date(2029, 9, 30), False, False),
    ("in February 2028", dt.date(2028, 2, 29), False, False),
    ("by 31 February 2027", dt.date(2027, 2, 28), False, False),
    ("half of what it was in 2019 by 2031", dt.date(2031, 12, 31), False, True),
    ("到2030年", dt.date(2030, 12, 31), False, False),
    ("within three years", None, True, False),
    ("by the end of the decade", None, True, False),
    ("by next summer", None, True, False),
    ("by June", None, True, False),
    ("2000 tonnes", None, False, True),
    ("by 2031 ships stop", dt.date(2031, 12, 31), False, False),
    ("45 % of calls", None, False, True),
    ("a third of the fleet", None, False, True),
    ("twice as many", None, False, True),
    ("two hundred welders", None, False, True),
    ("٤٥ سفينة", None, False, True),
    ("€2031", None, False, True),
    ("no ship burns fuel", None, False, False),
    ("one harbour, third parties", None, False, False),
    ("8/2031-99-99", None, False, True),
]


@pytest.mark.parametrize(("text", "last", "is_open", "figure"), TIMES)
def test_times_and_figures(text: str, last: dt.date | None, is_open: bool, figure: bool) -> None:
    found = times_in(text)
    assert (found.last, found.is_open, has_figure(text)) == (last, is_open, figure)


MEASURES = [
    ("Cut soot by half until 2031", True, "A time and a figure"),
    ("Every ship by 2031", True, "A time, and no figure"),
    ("Cut soot by half", True, "A figure, and no time"),
    ("Cut soot", False, "Neither"),
    ("Cut soot by 2025", False, "has passed"),
    ("Cut soot by 20 November 2026", False, "has passed"),
    ("Cut soot by 21 November 2026", True, "A time, and no figure"),
    ("Below the soot of 2019 within two years", True, "A time, and no figure"),
]


@pytest.mark.parametrize(("text", "is_good", "said"), MEASURES)
def test_a_date_or_a_number(text: str, is_good: bool, said: str) -> None:
    found = hint(text, "measure")
    assert found.is_good is is_good
    assert said in found.text


# --- words that hide disagreement


def test_vague_words_are_named_in_their_order_as_they_were_written() -> None:
    text = "Explore SYNERGIES with relevant stakeholders, as far as possible"
    assert words_found(text) == [
        "Explore",
        "SYNERGIES",
        "relevant",
        "stakeholders",
        "as far as possible",
    ]
    assert all(one.ask for one in purpose_hints(text, T) if one.found)


def test_a_word_is_named_once_and_not_within_a_longer_one() -> None:
    assert words_found("sustainable, sustainable use") == ["sustainable"]
    assert words_found("as soon as possible") == ["as soon as possible"]
    assert words_found("Raise public awareness") == ["Raise public awareness"]


def test_whole_words_alone() -> None:
    assert words_found("unsustainable-looking keys, fairway, supporter, someone, explorer") == []


def test_improving_by_a_figure_is_plain() -> None:
    assert words_found("Improve punctuality") == ["Improve"]
    assert words_found("Improve punctuality from 71 to 90 per cent") == []
    assert words_found("Improve punctuality by 2031") == ["Improve"]  # a year says not how much


def test_where_no_word_is_found_it_is_said() -> None:
    assert hint("Cut soot by half", "words").is_good


@given(st.text(max_size=700))
def test_any_text_gets_hints(text: str) -> None:
    found = purpose_hints(text, T)
    assert (found == []) == (not text.strip())
    assert all(one.text for one in found)


@pytest.mark.parametrize(
    "piece", ["and to ", "a ", "x", "1.", "2031 ", "by the end of the ", "- a\n", "raise ", "河"]
)
def test_a_long_text_takes_no_time(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    begun = time.process_time()
    purpose_hints(text, T)
    assert time.process_time() - begun < 1.0
