"""Checklists: a task by its state, a part by its scale's own label; no bands anywhere."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from assessments.reports.report import make_report
from assessments.reports.tasks import answer_words, means_by, parts_done, parts_sentence, state_at
from assessments.reports.texts import Advice, BankTexts, ElementText, StatementText

from .documents import checks, document, element

THREE = ("Not begun", "Under way", "Done")
CODES = ("roles", "money", "watch", "talk")


def statement(code: str = "R1", **changes: Any) -> StatementText:
    return StatementText(
        **{"code": code, "text": code, "minimum": 0, "maximum": 2, "labels": THREE, **changes}
    )


def task_text(code: str, **changes: Any) -> ElementText:
    return ElementText(
        code=code,
        title=code.capitalize(),
        in_sentence=f"the {code}",
        readings={"strong": f"{code} all", "mixed": f"{code} part", "weak": f"{code} little"},
        advice=(Advice(f"Do {code}."),),
        asked_of_members=(Advice(f"Help {code}."),),
        statements={f"{code}{n}": statement(f"{code}{n}", **changes) for n in range(1, 5)},
    )


TEXTS = BankTexts(
    title="List",
    code="list",
    version=1,
    elements={code: task_text(code) for code in CODES},
    told={"open": Advice("Still open", "Go on."), "done": Advice("All done", "")},
)


def task(code: str, *means: float | None, people: int = 1, **changes: Any) -> dict[str, Any]:
    """A task whose four parts have these means on a scale from 0 to 2; its score is their mean place."""
    known = [mean for mean in means if mean is not None]
    score = sum(known) * 50 / len(known) if known else None
    made = element(code, score, rwg=None, ad=None, agreed=None, people=people, records=checks())
    made["questions"] = [
        {"code": f"{code}{n}", "mean": mean, "people": people, "withheld": False}
        for n, mean in enumerate(means, start=1)
    ]
    return made | changes


def checklist(people: int = 1) -> dict[str, Any]:
    """Scores of 62.5, 100, 0 and 80 (four fifths of its answers)."""
    return document(
        [
            task("roles", 2, 2, 1, 0, people=people),
            task("money", 2, 2, 2, 2, people=people),
            task("watch", 0, 0, 0, 0, people=people),
            task("talk", 2, 1, None, 2, people=people),
        ],
        mode="open",
        k=1,
        roster={"organisations": people, "people": people},
        responses={"organisations": people, "people": people},
        verdict={"level": "none", "deciding": [], "firm": False},
        index=None,
        reading={
            "rule": "checklist",
            "done": ["money"],
            "under_way": ["roles", "talk"],
            "not_begun": ["watch"],
            "open": [],
        },
    )


@pytest.mark.parametrize(
    ("mean", "people", "expected"),
    [
        (2, 1, "Done"),
        (1, 1, "Under way"),
        (0, 1, "Not begun"),
        (2, 5, "Done"),  # all five said so
        (0, 5, "Not begun"),
        (1, 2, "On average: Under way"),  # or one said “Done”, one “Not begun”
        (1.5, 2, "On average: Under way"),  # 75 of 100, under way as a task would be
        (1.89, 20, "On average: Under way"),  # 94.5
        (1.9, 20, "On average: Done"),  # 95
        (0.1, 20, "On average: Not begun"),  # 5
        (0.11, 20, "On average: Under way"),  # 5.5
        (None, 0, ""),
    ],
)
def test_a_part_is_told_by_its_label(mean: float | None, people: int, expected: str) -> None:
    assert answer_words({"mean": mean, "people": people}, statement()) == expected


def test_other_scales() -> None:
    two = statement(minimum=0, maximum=1, labels=("No", "Yes"))
    assert answer_words({"mean": 0.8, "people": 5}, two) == "On average: Yes"
    assert answer_words({"mean": 0.2, "people": 5}, two) == "On average: No"
    # 6 on a scale from 1 to 11 is half way; no label stands there.
    eleven = statement(minimum=1, maximum=11, labels=("None", *[""] * 9, "All"))
    assert answer_words({"mean": 6, "people": 1}, eleven) == "50 of 100"
    assert answer_words({"mean": 11, "people": 1}, eleven) == "All"
    # What was said stays what was said, where it counts against the task.
    assert answer_words({"mean": 0, "people": 1}, statement(reverse=True)) == "Not begun"


@pytest.mark.parametrize(
    ("score", "expected"),
    [(100, "done"), (95, "done"), (94.99, "under_way"), (5.01, "under_way"), (5, "not_begun")],
)
def test_a_score_goes_by_the_limits_of_the_reading(score: float, expected: str) -> None:
    assert state_at(score) == expected


def test_the_parts_are_counted() -> None:
    talk, text = checklist()["elements"][3], TEXTS.element("talk")
    assert parts_done(talk, text) == "Done: 2 of 4"
    expected = "Of four parts: two “Done”, one “Under way”, one without an answer."
    assert parts_sentence(talk, text) == expected
    watch = checklist()["elements"][2]
    assert parts_sentence(watch, TEXTS.element("watch")) == "Of four parts: four “Not begun”."


def test_parts_are_not_counted_where_one_is_withheld_or_scales_differ() -> None:
    roles = copy.deepcopy(checklist()["elements"][0])
    roles["questions"][1] |= {"mean": None, "people": None, "withheld": True}
    assert parts_done(roles, TEXTS.element("roles")) == ""
    assert parts_sentence(roles, TEXTS.element("roles")) == ""
    mixed = task_text("roles")
    other = {**mixed.statements, "roles4": statement("roles4", labels=("No", "Part", "Yes"))}
    text = ElementText("roles", "Roles", "roles", statements=other)
    assert parts_done(checklist()["elements"][0], text) == ""


def test_what_a_state_means_goes_by_the_banks_readings() -> None:
    states = ("done", "under_way", "not_begun", "")
    assert [means_by(state) for state in states] == ["strong", "mixed", "weak", ""]


def test_a_checklist_is_told_by_states() -> None:
    report = make_report(checklist(), TEXTS)
    assert str(report.headline) == (
        "Still open: one of four elements is done. Not begun: the watch."
    )
    # Neither lowest and highest, nor how far one person agrees.
    assert report.standfirst == ["Go on."]
    assert [element.title for element in report.lowest_first] == [
        "Roles: under way",
        "Money: done",
        "Watch: not begun",
        "Talk: under way",
    ]
    assert [element.means for element in report.as_asked] == [
        "roles part",
        "money all",
        "watch little",
        "talk part",
    ]
    # Talk is at 83, which a band would call strong; it is not done, and so something is to do.
    assert [element.code for element in report.to_do] == ["roles", "watch", "talk"]
    assert [element.code for element in report.asked] == ["roles", "watch", "talk"]
    assert report.overview_title == "One of four elements is done"
    assert not report.tells_views
    for shown in report.as_asked:
        assert (shown.band, shown.band_word, shown.views_sentence) == ("", "", "")
        assert all(not row.band for row in shown.statements)
    # In the order of the list, not the lowest first.
    assert [row.answer for row in report.as_asked[0].statements] == [
        "Done",
        "Done",
        "Under way",
        "Not begun",
    ]
    assert report.as_asked[3].statements[2].answer == ""
    said = [line.text for element in report.as_asked for line in element.reached]
    assert not [text for text in said if "two answers to a statement" in text]


def test_what_each_organisation_says_is_a_state_too() -> None:
    published = checklist()
    for entry, score in zip(published["elements"], (95, 94.99, 5, None), strict=True):
        entry["by_organisation"] = [{"organisation": "Port", "score": score}]
    (row,) = make_report(published, TEXTS).organisations
    assert [cell.score or cell.band_word for cell in row.cells] == [
        "Done",
        "Under way",
        "Not begun",
        "missing",
    ]
    assert {cell.shade for cell in row.cells} == {None}


def test_a_task_without_a_score_says_why() -> None:
    published = checklist()
    published["elements"][0] = task("roles", None, None, None, None, people=0)
    published["reading"] |= {"under_way": ["talk"], "open": ["roles"]}
    report = make_report(published, TEXTS)
    roles = report.as_asked[0]
    assert (roles.state, roles.parts, roles.missing) == ("", "", "No score")
    assert roles.title == "Roles: no score"
    assert [element.code for element in report.to_do] == ["watch", "talk"]
