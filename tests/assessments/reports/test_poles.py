"""Opposed pairs: the poles at both ends, and divided views before any direction."""

from __future__ import annotations

from typing import Any

import pytest

from assessments.reports.poles import ends
from assessments.reports.report import make_report
from assessments.reports.texts import Advice, BankTexts, ElementText, StatementText

from .documents import document, element

CODES = ("plenty", "chance", "calm", "sight")


def line(code: str, *, reverse: bool = False) -> StatementText:
    labels = (f"{code} little", "", "", "", f"{code} much")
    return StatementText(code, f"About {code}", 1, 5, reverse, labels)


TEXTS = BankTexts(
    title="Spiral",
    code="spiral",
    version=1,
    elements={
        code: ElementText(
            code=code,
            title=code.capitalize(),
            in_sentence=f"the {code}",
            readings={"strong": f"{code} high", "mixed": f"{code} half", "weak": f"{code} low"},
            asked_of_members=(Advice(f"Give {code}."),),
            statements={f"{code}1": line(f"{code}1"), f"{code}2": line(f"{code}2", reverse=True)},
        )
        for code in CODES
    },
    told={
        "outward": Advice("Spiralling out", "Take a step."),
        "inward": Advice("Spiralling in", "Step back."),
        "level": Advice("Holding", "Answers lie near the middle."),
    },
)


def spiral(
    direction: str | None, *agreed: bool | None, score: float = 50, since: str | None = None
) -> dict[str, Any]:
    """Four pairs, all at `score`, with these agreements."""
    elements = [
        element(code, score, agreed=agrees) for code, agrees in zip(CODES, agreed, strict=True)
    ]
    for entry in elements:
        entry["questions"] = [
            {"code": f"{entry['code']}{n}", "mean": mean, "people": 14, "withheld": False}
            for n, mean in ((1, 2), (2, 2))
        ]
    return document(
        elements,
        verdict={"level": "none", "deciding": [], "firm": False},
        index=None,
        reading={"rule": "pairs", "direction": direction, "since": since, "lowest": "plenty"},
    )


DIVIDED = [
    (
        spiral("level", False, False, False, False),
        "Views divide: people see all four pairs differently.",
        [
            "The mean of all lines lies near the middle. Where views divide, a mean says little of "
            "what people think: talk about those pairs before anything else."
        ],
    ),
    (
        spiral("level", True, False, None, True, since="level"),
        "Views divide: people see the chance differently.",
        [
            "The mean of all lines lies near the middle. Where views divide, a mean says little of "
            "what people think: talk about those pairs before anything else.",
            "Since the last round the mean held its place.",
            "People agree about the plenty and the sight.",
        ],
    ),
    (
        # One of four: what the bank says of the whole still holds.
        spiral("outward", True, False, True, True, score=70),
        "Views divide: people see the chance differently. On the whole: spiralling out.",
        ["Take a step.", "People agree about the plenty, the calm and the sight."],
    ),
    (
        # Two of four: it need not.
        spiral("inward", True, False, False, None, score=30, since="inward"),
        "Views divide: people see the chance and the calm differently. "
        "On the whole: spiralling in.",
        [
            "The mean of all lines leans to the left. Where views divide, a mean says little of what "
            "people think: talk about those pairs before anything else.",
            "Since the last round the mean moved inward.",
            "People agree about the plenty.",
        ],
    ),
    (
        spiral(None, True, False, True, True),
        "Views divide: people see the chance differently. "
        "No direction: too little is known of some elements.",
        ["People agree about the plenty, the calm and the sight."],
    ),
]


@pytest.mark.parametrize(("published", "finding", "under_it"), DIVIDED)
def test_divided_views_come_before_any_direction(
    published: dict[str, Any], finding: str, under_it: list[str]
) -> None:
    report = make_report(published, TEXTS)
    assert str(report.headline) == finding
    assert report.standfirst == under_it
    assert "Holding" not in report.title


def test_where_nobody_is_divided_the_direction_is_the_finding() -> None:
    report = make_report(spiral("level", True, True, True, None), TEXTS)
    assert str(report.headline) == "Holding."
    # All four stand at 50: neither lowest nor highest is told, of pairs it never is.
    assert report.standfirst == [
        "Answers lie near the middle.",
        "People see the elements much the same way.",
    ]
    assert report.overview_title == "Where each line stands"


def test_a_line_has_its_poles_at_both_ends() -> None:
    assert ends(line("AB")) == ("AB little", "AB much")
    # Where agreeing counts against it the line is turned round, and its poles with it.
    assert ends(line("AB", reverse=True)) == ("AB much", "AB little")
    assert ends(StatementText("AB", "AB")) == ("", "")
    first, second = make_report(spiral("level", *[True] * 4), TEXTS).as_asked[0].statements
    # 2 of 1 to 5 is at 25; turned round at 75.
    assert (first.left, first.right, first.score) == ("plenty1 little", "plenty1 much", "25")
    assert (second.left, second.right, second.score) == ("plenty2 much", "plenty2 little", "75")
    assert not second.reverse


def test_a_pair_has_no_band_and_the_axis_only_a_middle() -> None:
    report = make_report(spiral("outward", True, False, True, True, score=80), TEXTS)
    assert not report.judges
    assert report.page_scale.poles
    assert report.page_scale.limits[0] == "50%"
    for shown in report.as_asked:
        assert (shown.band, shown.band_word) == ("", "")
        assert {row.band for row in shown.statements} == {""}
    plenty, chance = report.as_asked[:2]
    assert plenty.title == "Plenty: 80, and views agree"
    assert chance.title == "Chance: 80, and views divide"
    # What the bank says of a mean is not said where people are divided.
    assert (plenty.means, chance.means) == ("plenty high", "")
    assert chance.lead.startswith("People see it differently.")
    # From 75 on nothing is asked.
    assert report.asked == []
    assert report.overview_title == "Views divide on one pair"
