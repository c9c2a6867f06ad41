"""What must hold for every round that could be: hypothesis plays the respondents."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction as F

from hypothesis import given
from hypothesis import strategies as st

from assessments.scoring import (
    AnswerSheet,
    Bands,
    DimensionRules,
    QuestionRules,
    geometric_mean_rounded,
    score_element,
    verdict,
)

QUESTIONS = (
    QuestionRules("Q1"),
    QuestionRules("Q2", reverse=True),
    QuestionRules("Q3", weight=F(5, 2)),
    QuestionRules("Q4"),
)
RULES = DimensionRules("d", QUESTIONS)
answers = st.dictionaries(
    st.sampled_from([question.code for question in QUESTIONS]),
    st.one_of(st.integers(1, 5), st.just("dk"), st.just("na")),
)
sheets = st.lists(st.builds(AnswerSheet, st.sampled_from("ABCDE"), answers), max_size=12)


@given(sheets, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: list[AnswerSheet], rng: random.Random) -> None:
    mixed = list(rows)
    rng.shuffle(mixed)
    assert score_element(RULES, mixed) == score_element(RULES, rows)


@given(sheets, st.sampled_from("ABCDE"))
def test_doubling_an_organisation_changes_no_element_score(
    rows: list[AnswerSheet], organisation: str
) -> None:
    doubled = rows + [sheet for sheet in rows if sheet.organisation == organisation]
    assert score_element(RULES, doubled).score == score_element(RULES, rows).score


@given(sheets.filter(bool), st.data())
def test_a_better_answer_never_lowers_its_element(
    rows: list[AnswerSheet], data: st.DataObject
) -> None:
    row = data.draw(st.integers(0, len(rows) - 1))
    question = data.draw(st.sampled_from(QUESTIONS))
    value = rows[row].answers.get(question.code)
    better = (value - 1 if question.reverse else value + 1) if isinstance(value, int) else None
    if better is None or not 1 <= better <= 5:
        return
    changed = list(rows)
    changed[row] = replace(rows[row], answers={**rows[row].answers, question.code: better})
    before, after = score_element(RULES, rows).score, score_element(RULES, changed).score
    assert (before is None) == (after is None)
    assert before is None or after >= before


@given(sheets)
def test_figures_stay_in_their_range(rows: list[AnswerSheet]) -> None:
    found = score_element(RULES, rows)
    if found.score is not None:
        assert 0 <= found.score <= 100
        assert 0 <= found.person_mean <= 100
    if found.agreement is not None:
        assert 0 <= found.agreement.rwg <= 1
        assert 0 <= found.agreement.ad <= 2
    assert found.people <= len(rows)
    assert found.organisations <= found.people


@given(sheets)
def test_turning_every_answer_and_scale_round_gives_the_same(rows: list[AnswerSheet]) -> None:
    turned_rules = DimensionRules("d", tuple(replace(q, reverse=not q.reverse) for q in QUESTIONS))
    turned = [
        AnswerSheet(
            sheet.organisation,
            {code: 6 - a if isinstance(a, int) else a for code, a in sheet.answers.items()},
        )
        for sheet in rows
    ]
    before, after = score_element(RULES, rows), score_element(turned_rules, turned)
    assert (before.score, before.person_mean) == (after.score, after.person_mean)
    assert before.agreement == after.agreement


scores = st.lists(
    st.fractions(min_value=0, max_value=100, max_denominator=400), min_size=1, max_size=9
)


@given(scores)
def test_the_weakest_element_decides(values: list[F]) -> None:
    found = verdict(
        {f"e{n}": value for n, value in enumerate(values)},
        bands=Bands(),
        roster_organisations=1,
        answered_organisations=1,
        respondents=5,
        threshold=5,
    )
    lowest = min(values)
    assert found.level == (
        "ready" if lowest >= 75 else "conditional" if lowest >= 50 else "not-ready"
    )
    if found.deciding:
        assert values[int(found.deciding[0][1:])] == lowest


@given(scores)
def test_the_index_is_the_nearest_hundredth(values: list[F]) -> None:
    index = geometric_mean_rounded(values)
    product = F(1)
    for value in values:
        product *= max(value, F(1))
    assert (index - F(1, 200)) ** len(values) <= product < (index + F(1, 200)) ** len(values)
