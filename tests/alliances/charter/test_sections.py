"""What a charter consists of: needed parts by depth, what is done, and a section in words."""

from __future__ import annotations

import datetime as dt

import pytest

from alliances.services.charter.sections import (
    SECTIONS,
    is_begun,
    is_done,
    is_needed,
    open_parts,
    remarks,
    section,
    sentences,
)

# By hand: section, parts needed at full depth, parts needed at light depth, all parts.
EXPECTED = [
    ("problem", ["problem"], ["problem"], ["problem", "nothing-done"]),
    ("scope", ["in", "out"], ["in", "out"], ["in", "out"]),
    ("purpose", ["statement"], ["statement"], ["statement", "success"]),
    ("decisions", ["method", "fallback"], ["method", "fallback"], ["method", "share", "fallback"]),
    ("governance", ["structure", "free-standing"], [], ["structure", "free-standing", "how"]),
    ("roles", ["roles", "time"], ["roles"], ["roles", "time"]),
    ("resources", ["model"], [], ["model", "trustees", "commitments"]),
    ("information", ["principles"], [], ["principles"]),
    ("rules", ["rules"], [], ["rules"]),
    ("disputes", ["settling", "escalating"], [], ["settling", "escalating"]),
    ("membership", ["joining", "leaving"], [], ["joining", "leaving"]),
    ("term", ["review"], ["review"], ["until", "review"]),
]


def codes(parts: list[object]) -> list[str]:
    return [part.code for part in parts]  # type: ignore[attr-defined]


def test_sections_stand_in_their_order() -> None:
    assert [one.code for one in SECTIONS] == [row[0] for row in EXPECTED]


@pytest.mark.parametrize(("code", "full", "light", "every"), EXPECTED)
def test_what_an_empty_section_lacks(
    code: str, full: list[str], light: list[str], every: list[str]
) -> None:
    assert codes(list(section(code).parts)) == every
    assert codes(open_parts(code, {}, "full")) == full
    assert codes(open_parts(code, {}, "light")) == light
    assert is_needed(code, "full") == bool(full)
    assert is_needed(code, "light") == bool(light)
    assert not is_begun(code, {})
    assert not is_done(code, {}, "full")
    assert not is_done(code, {}, "light")


@pytest.mark.parametrize("one", SECTIONS, ids=lambda one: one.code)
def test_every_section_helps(one: object) -> None:
    for text in (one.title, one.belongs, one.why):  # type: ignore[attr-defined]
        assert str(text).strip()
    for example in (one.good, one.bad):  # type: ignore[attr-defined]
        assert str(example.text)
        assert str(example.why)


def test_a_share_is_needed_with_a_qualified_majority_alone() -> None:
    said = {"method": "qualified", "fallback": "We vote again."}
    for depth in ("light", "full"):
        assert codes(open_parts("decisions", said, depth)) == ["share"]
        assert not is_done("decisions", said, depth)
        assert is_done("decisions", {**said, "share": "75"}, depth)
        assert is_done("decisions", {**said, "method": "majority"}, depth)


def test_blanks_are_nothing() -> None:
    assert codes(open_parts("scope", {"in": " \n ", "out": "Here."}, "full")) == ["in"]
    assert not is_begun("scope", {"in": "  "})


def test_a_section_that_is_not_needed_is_done_as_soon_as_it_says_something() -> None:
    assert is_done("rules", {"rules": "Be on time."}, "light")
    assert not is_done("disputes", {"settling": "By talking."}, "full")
    assert is_done("disputes", {"settling": "By talking."}, "light")


def test_unknown_sections() -> None:
    with pytest.raises(KeyError):
        section("weather")
    with pytest.raises(KeyError):
        section("scope").part("around")


METHODS = [
    ({"method": "consensus"}, "Decisions are taken by consensus: none of the parties objects."),
    (
        {"method": "consensus-less-one"},
        "Decisions are taken by consensus less one: one party alone cannot stop a decision.",
    ),
    (
        {"method": "qualified", "share": "75"},
        "Decisions are taken by a qualified majority of 75 %.",
    ),
    ({"method": "qualified"}, "Decisions are taken by a qualified majority."),
    (
        {"method": "majority"},
        "Decisions are taken by a majority: more than half of the parties.",
    ),
    ({"method": "leader"}, "Decisions are taken by the leader after hearing all parties."),
    ({"method": "dice\nor cards"}, "Method: dice or cards"),  # past the services
]


@pytest.mark.parametrize(("content", "said"), METHODS)
def test_a_choice_is_a_sentence(content: dict[str, str], said: str) -> None:
    assert sentences("decisions", content) == [said]


def test_texts_have_their_names_before_them() -> None:
    assert sentences(
        "scope", {"in": "The valley.", "out": "The coast.\nThe islands.\n\nRain."}
    ) == [
        "In scope: The valley.",
        "Out of scope:",
        "The coast.\nThe islands.",
        "Rain.",
    ]
    assert sentences("rules", {"rules": "- One\n  - Half\n \n\t\n- Two  "}) == [
        "- One\n  - Half",
        "- Two",
    ]
    assert sentences("problem", {"problem": "It floods.", "nothing-done": "More so."}) == [
        "It floods.",
        "If nothing is done: More so.",
    ]


def test_choices_of_every_section_are_spelled_out() -> None:
    for one in SECTIONS:
        for part in one.parts:
            for choice in part.choices:
                assert sentences(one.code, {part.code: choice.code}) == [str(choice.sentence)]


TERMS = [
    ({}, []),
    (
        {"review": "2029-03-01"},
        ["This charter has no end date.", "The parties review it on 1 March 2029."],
    ),
    ({"until": "2031-12-31"}, ["This charter holds until 31 December 2031."]),
    (
        {"until": "some day", "review": "2029-02-30"},
        ["This charter holds until some day.", "The parties review it on 2029-02-30."],
    ),
]


@pytest.mark.parametrize(("content", "said"), TERMS)
def test_the_term(content: dict[str, str], said: list[str]) -> None:
    assert sentences("term", content) == said


def test_an_empty_section_says_nothing() -> None:
    assert [sentences(one.code, {}) for one in SECTIONS] == [[]] * 12


REMARKS = [
    ({"until": "2029-12-31", "review": "2028-03-01"}, []),
    ({"review": "2026-06-01"}, []),  # today is early enough
    ({"review": "2026-05-31"}, ["The day of the review has passed. Set the next one."]),
    ({"until": "2026-05-31"}, ["The day until which the charter holds has passed."]),
    (
        {"until": "2027-01-01", "review": "2027-01-02"},
        ["The review comes after the charter has ended."],
    ),
    ({"until": "never"}, []),
]


@pytest.mark.parametrize(("content", "said"), REMARKS)
def test_odd_days_are_remarked_on(content: dict[str, str], said: list[str]) -> None:
    assert remarks("term", content, dt.date(2026, 6, 1)) == said
