"""What disclosure must hold for every confidential round that could be."""

from __future__ import annotations

import json
import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assessments.disclosure import publish
from assessments.scoring import AnswerSheet

from .builders import ELEMENTS, earlier, findings, person

value = st.one_of(st.integers(1, 5), st.sampled_from([5, 5, 1, "dk", "na", None]))
row = st.builds(
    person,
    st.sampled_from("ABCD"),
    st.tuples(value, value, value),
    st.tuples(value, value, value),
)
rounds = st.lists(row, max_size=14)


def _figures(node: Any) -> list[Any]:
    if isinstance(node, dict):
        return [figure for part in node.values() for figure in _figures(part)]
    if isinstance(node, list):
        return [figure for part in node for figure in _figures(part)]
    return [node]


@given(rounds, st.integers(5, 8))
def test_fewer_than_k_shows_nothing(rows: list[AnswerSheet], k: int) -> None:
    document = publish(findings(rows, threshold=k)).document
    for entry, code in zip(document["elements"], ELEMENTS, strict=True):
        scored = [
            sheet
            for sheet in rows
            if sum(isinstance(sheet.answers.get(f"{code}{n}"), int) for n in (1, 2, 3))
            and 2 * sum(isinstance(sheet.answers.get(f"{code}{n}"), int) for n in (1, 2, 3))
            >= sum(sheet.answers.get(f"{code}{n}") != "na" for n in (1, 2, 3))
        ]
        assert entry["withheld"] or not (len(rows) < k or len(scored) < k)
        if entry["withheld"]:
            del entry["code"], entry["withheld"], entry["extreme"]
            figures = {f for q in entry.pop("questions") for f in (q["mean"], q["people"])}
            assert figures | set(_figures(entry)) - {True} <= {None}


@given(rounds)
def test_no_question_is_shown_that_few_answered_or_all_but_one_alike_at_an_end(
    rows: list[AnswerSheet],
) -> None:
    document = publish(findings(rows)).document
    for entry in document["elements"]:
        for question in entry["questions"]:
            values = [
                answer
                for sheet in rows
                if isinstance(answer := sheet.answers.get(question["code"]), int)
            ]
            if question["withheld"]:
                assert (question["mean"], question["people"]) == (None, None)
            else:
                assert len(values) >= 5
                assert max(values.count(1), values.count(5)) < len(values) - 1


@given(rounds)
def test_a_score_at_the_very_end_is_never_shown(rows: list[AnswerSheet]) -> None:
    for entry in publish(findings(rows)).document["elements"]:
        everyone = entry["person_mean"]
        assert everyone is None or 0 < everyone < 100


@given(rounds, rounds, st.randoms(use_true_random=False))
def test_the_order_of_rows_shows_nowhere(
    rows: list[AnswerSheet], before: list[AnswerSheet], rng: random.Random
) -> None:
    comments = {"pain": [(sheet.organisation, f"comment {n}") for n, sheet in enumerate(rows)]}
    first = publish(findings(rows, earlier=earlier(before), comments=comments))
    mixed, mixed_before = rng.sample(rows, len(rows)), rng.sample(before, len(before))
    mixed_comments = {"pain": rng.sample(comments["pain"], len(rows))}
    second = publish(findings(mixed, earlier=earlier(mixed_before), comments=mixed_comments))
    assert json.dumps([first.document, first.comments]) == json.dumps(
        [second.document, second.comments]
    )


@given(rounds)
def test_organisations_are_named_in_open_rounds_alone(rows: list[AnswerSheet]) -> None:
    confidential = publish(findings(rows)).document
    opened = publish(findings(rows, confidential=False)).document
    assert all("by_organisation" not in entry for entry in confidential["elements"])
    assert all(
        [line["organisation"] for line in entry["by_organisation"]]
        == sorted({sheet.organisation for sheet in rows})
        for entry in opened["elements"]
    )
