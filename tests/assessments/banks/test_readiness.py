"""The shipped readiness bank: what it covers, and how its questions are put."""

from __future__ import annotations

import re

import pytest

from assessments.services.banks.documents import BankDocument, QuestionDocument
from assessments.services.banks.store import shipped_bank, shipped_codes

# Written by hand from the method: element, its facets, the question that covers each.
FACETS = {
    "common-pain": {
        "own problem is real and costly": "CP1",
        "cannot be solved alone": "CP2",
        "shared by the others": "CP3",
        "no easier way out": "CP4",
        "willing to give up some independence": "CP5",
        "urgency lasts": "CP6",
    },
    "convener-of-stature": {
        "trusted reputation": "CS1",
        "relevant influence": "CS2",
        "adequate independence": "CS3",
        "diplomatic skill": "CS4",
        "an instinct for setting the stage": "CS5",
        "astute perception": "CS6",
        "ability to apply pressure": "CS7",
        "defines the problem": "CS8",
    },
    "representatives-of-substance": {
        "authoritative": "RS1",
        "cognitive": "RS2",
        "reputational": "RS3",
        "every interest is spoken for": "RS4",
        "principals come themselves": "RS5",
        "substance seen at work": "RS6",
    },
    "committed-leaders": {
        "leaders are named": "CL1",
        "skill, creativity, dedication, tenacity": "CL2",
        "time given by their employer": "CL3",
        "work between meetings": "CL4",
        "no contest for control": "CL5",
        "survive setbacks": "CL6",
    },
    "clearly-defined-purpose": {
        "written, short": "DP1",
        "the same in everyone’s words": "DP2",
        "clear, specific, aimed at a goal": "DP3",
        "big enough to matter": "DP4",
        "agreed by all": "DP5",
        "small enough to do": "DP6",
    },
    "formal-charter": {
        "problem, purpose, scope": "FC1",
        "how decisions are made": "FC2",
        "what happens when consensus fails": "FC3",
        "operating parameters, depth that fits": "FC4",
        "commitments": "FC5",
        "signing is a moral pledge": "FC6",
    },
    "northbound-train": {
        "will reach its goal": "NT1",
        "matters to my principals": "NT2",
        "people want in": "NT3",
        "resources arrive": "NT4",
        "meetings are worth it": "NT5",
        "early results": "NT6",
        "losing speed is noticed and answered": "NT7",
    },
    "common-ground": {
        "assumptions, in the open": "CG1",
        "what counts as success": "CG2",
        "sources": "CG3",
        "standards": "CG4",
        "shared information, not advocacy": "CG5",
        "the hardest disagreement": "CG6",
    },
}
# Agreeing with these is bad news.
REVERSED = {
    "CP2", "CP6", "CS3", "CS6", "RS5", "CL3", "CL5",
    "DP2", "DP6", "FC3", "NT4", "NT7", "CG3", "CG5",
}  # fmt: skip


@pytest.fixture(scope="module")
def bank() -> BankDocument:
    return shipped_bank("readiness")


@pytest.fixture(scope="module")
def questions(bank: BankDocument) -> list[QuestionDocument]:
    return [question for dimension in bank.dimensions for question in dimension.questions]


def test_it_is_shipped() -> None:
    assert "readiness" in shipped_codes()


def test_elements_facets_and_codes_are_those_of_the_method(bank: BankDocument) -> None:
    found = [
        (dimension.code, [(question.facet, question.code) for question in dimension.questions])
        for dimension in bank.dimensions
    ]
    assert found == [(code, list(facets.items())) for code, facets in FACETS.items()]


def test_head(bank: BankDocument) -> None:
    assert (bank.code, bank.version, bank.title, bank.language) == (
        "readiness",
        2,
        "Readiness",
        "en",
    )
    assert (bank.copyright, bank.minutes) == ("Northbound", 12)
    assert (bank.band_strong, bank.band_mixed) == (75, 50)
    assert [mark for mark, _work in bank.sources] == ["C", "HW", "K", "VA"]


def test_it_can_be_answered_in_its_minutes(
    bank: BankDocument, questions: list[QuestionDocument]
) -> None:
    """Statement, help and pages' texts at 200 words a minute, and 5 seconds to choose."""
    words = sum(len(f"{question.text} {question.help}".split()) for question in questions)
    words += sum(len(dimension.question.split()) for dimension in bank.dimensions)
    words += len(bank.introduction.split())
    assert words / 200 + len(questions) * 5 / 60 <= bank.minutes


def test_one_scale_of_agreement_and_one_weight(questions: list[QuestionDocument]) -> None:
    assert {(question.minimum, question.maximum, question.labels) for question in questions} == {
        (
            1,
            5,
            (
                "Strongly disagree",
                "Disagree",
                "Neither agree nor disagree",
                "Agree",
                "Strongly agree",
            ),
        )
    }
    assert {question.weight for question in questions} == {1}


def test_the_reversed_ones(bank: BankDocument, questions: list[QuestionDocument]) -> None:
    assert {question.code for question in questions if question.reverse} == REVERSED
    assert 0.20 <= len(REVERSED) / len(questions) <= 0.35
    places = [
        [place for place, question in enumerate(dimension.questions, 1) if question.reverse]
        for dimension in bank.dimensions
    ]
    assert all(1 <= len(found) <= 2 for found in places)
    # Nobody learns where to expect them: no first ones, and no place holds more than a third.
    flat = [place for found in places for place in found]
    assert 1 not in flat
    assert max(flat.count(place) for place in set(flat)) <= len(flat) / 3


@pytest.mark.parametrize("code", [code for facets in FACETS.values() for code in facets.values()])
def test_craft_of_a_statement(questions: list[QuestionDocument], code: str) -> None:
    (question,) = [question for question in questions if question.code == code]
    text = question.text
    words = re.findall(r"[\w’]+", text.lower())
    assert len(text) <= 90
    assert text.endswith(".")
    assert "?" not in text
    assert "and" not in words  # one thought
    assert not {"not", "no", "never", "nobody", "none", "cannot", "neither", "nor"} & set(words)
    assert not [word for word in words if word.endswith("n’t")]
    assert not {"stakeholder", "stakeholders", "synergy", "governance", "leverage"} & set(words)
    assert not {"always", "completely", "totally", "very"} & set(words)  # one-sided extremes
    assert 10 <= len(question.help) <= 90
    assert question.help != text


def test_nothing_is_said_twice(questions: list[QuestionDocument]) -> None:
    assert len({question.text.lower() for question in questions}) == len(questions)
    assert len({question.help.lower() for question in questions}) == len(questions)


def test_every_element_says_what_it_is_and_what_to_do(bank: BankDocument) -> None:
    for dimension in bank.dimensions:
        assert dimension.question
        assert len(dimension.question) <= 160
        sentences = re.findall(r"[.!?](?:\s|$)", dimension.what_it_is)
        assert 2 <= len(sentences) <= 4, dimension.code
        assert len(dimension.advice) == 3
        assert all(
            step.title.endswith(".") and step.text.endswith(".") for step in dimension.advice
        )
        assert 2 <= len(dimension.asked_of_members) <= 3
        assert all(len(asked) <= 100 for asked in dimension.asked_of_members)
        assert not dimension.in_sentence.endswith(".")
        assert dimension.in_sentence[0].islower()
        assert "!" not in f"{dimension.what_it_is} {dimension.advice}"


def test_every_source_is_listed(bank: BankDocument, questions: list[QuestionDocument]) -> None:
    marks = {mark for mark, _work in bank.sources}
    used = {
        mark.strip() for item in [*bank.dimensions, *questions] for mark in item.source.split(",")
    }
    assert used == marks
