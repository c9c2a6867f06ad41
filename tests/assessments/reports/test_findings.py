"""The sentences: every form of the finding, worked out by hand from small documents."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from assessments.reports.elements import lowest_statement, sentences, title
from assessments.reports.facts import facts, movement
from assessments.reports.findings import (
    forecast_value,
    headline,
    lowest_first,
    score_words,
    standfirst,
)
from assessments.reports.readings import finding_of

from .documents import (
    CODES,
    SAMPLES,
    bank_texts,
    checks,
    conditional,
    document,
    element,
    extreme,
    not_ready,
    one_extreme,
    one_withheld,
    open_mode,
    ready,
    too_few,
    undecided,
    withheld,
)

TEXTS = bank_texts()
NBSP = "\u00a0"


def scored(*scores: float) -> list[dict[str, Any]]:
    return [element(code, score) for code, score in zip(CODES, scores, strict=True)]


def firm_ready() -> dict[str, Any]:
    made = ready()
    made["verdict"]["firm"] = True
    return made


def ready_missing(missing: int) -> dict[str, Any]:
    made = ready()
    made["responses"]["organisations"] = 9 - missing
    return made


def few_organisations(answered: int, roster: int) -> dict[str, Any]:
    made = undecided()
    made["roster"]["organisations"] = roster
    made["responses"] = {"organisations": answered, "people": 6}
    return made


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (not_ready(), "Not ready: two of eight elements are weak. The formal charter decides."),
        (
            document(scored(80, 80, 30, 80, 80, 80, 80, 80)),
            "Not ready: one of eight elements is weak. The representatives of substance decide.",
        ),
        (
            document(scored(10, 11, 12, 13, 14, 15, 16, 17)),
            "Not ready: all eight elements are weak. Common pain decides.",
        ),
        (
            conditional(),
            "Ready on conditions: three elements are mixed. Committed leaders come first.",
        ),
        (
            document(scored(80, 80, 80, 80, 80, 80, 80, 74.99)),
            "Ready on conditions: one element is mixed. Common ground comes first.",
        ),
        (firm_ready(), "Ready: all eight elements are strong."),
        (
            ready(),
            "Ready: all eight elements are strong. (Not firm: one organisation has not answered.)",
        ),
        (
            ready_missing(2),
            "Ready: all eight elements are strong. (Not firm: two organisations have not answered.)",
        ),
        (
            ready_missing(0),
            "Ready: all eight elements are strong. "
            "(Not firm: not every organisation has a score on every element.)",
        ),
        (
            undecided(),
            "No verdict: three of nine organisations answered, and five are needed.",
        ),
        (
            few_organisations(4, 10),
            "No verdict: four of 10 organisations answered, and five are needed.",
        ),
        (too_few(), "No verdict: three people answered, and five are needed."),
        (
            one_withheld(),
            "No verdict: one of eight elements has no score. "
            "So that nobody’s answer shows, nothing is told of the formal charter.",
        ),
        (
            document([element(CODES[0], None), *scored(*[80] * 8)[1:]], mode="open", k=1),
            "No verdict: one of eight elements has no score.",
        ),
    ],
)
def test_the_headline_says_verdict_number_and_what_decides(
    published: dict[str, Any], expected: str
) -> None:
    assert str(headline(published, TEXTS)) == expected


def with_agreement(scores: tuple[float, ...], agreed: tuple[bool | None, ...]) -> dict[str, Any]:
    made = document(scored(*scores))
    for entry, views in zip(made["elements"], agreed, strict=True):
        entry["agreed"] = views
    return made


HALF = (80, 79, 78, 77, 40, 41, 60, 61)


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (
            not_ready(),
            [
                "People agree about five of eight elements, among them common pain and the "
                "convener’s stature.",
                "They are divided on the formal charter, common ground and committed leaders, "
                "and two of these three are weak.",
            ],
        ),
        (
            with_agreement(HALF, (True, True, None, None, False, None, None, None)),
            [
                "People agree about common pain and the convener’s stature.",
                "They are divided on the purpose, which is weak.",
            ],
        ),
        (
            with_agreement(HALF, (None, None, None, None, False, False, None, None)),
            ["People are divided on the purpose and the formal charter, and both are weak."],
        ),
        (
            with_agreement(HALF, (False,) * 8),
            ["People are divided on all eight elements, and two of these eight are weak."],
        ),
        (
            with_agreement(HALF, (False, False, False, False, True, True, False, True)),
            [
                "People agree about common ground, the formal charter and the purpose.",
                "They are divided on five of eight elements, among them the northbound train and "
                "committed leaders.",
            ],
        ),
        (
            ready(),
            [
                "People see all eight elements much the same way.",
                "The lowest is common ground, at 76; the highest the purpose, at 97.",
            ],
        ),
        (
            one_extreme(),
            [
                "People see the elements much the same way.",
                "The lowest is common ground, at 5 or below; the highest common pain, at 95 or above.",
            ],
        ),
        (
            too_few(),
            [
                "Nothing is told of what fewer than five people said, so that nobody’s answer shows.",
                "The same questions can be asked again in another round.",
            ],
        ),
    ],
)
def test_the_standfirst_says_where_people_agree_in_two_sentences(
    published: dict[str, Any], expected: list[str]
) -> None:
    assert standfirst(published, TEXTS) == expected


@pytest.mark.parametrize(
    ("elements", "expected"),
    [
        # All at 41 when rounded down.
        (
            [element(code, 41 + n / 10, agreed=None) for n, code in enumerate(CODES)],
            ["All eight elements stand at 41."],
        ),
        (
            [element(code, 100, agreed=None) for code in CODES[:2]],
            ["Both elements stand at 100."],
        ),
        (
            [extreme(code, 95) for code in CODES[:3]],
            ["All three elements stand at 95 or above."],
        ),
        (
            [element(code, 41, agreed=None) for code in CODES[:2]] + [withheld(CODES[2])],
            ["All elements that have a score stand at 41."],
        ),
        (
            [element(code, 41 + n, agreed=None) for n, code in enumerate(CODES[:2])],
            ["The lowest is common pain, at 41; the highest the convener’s stature, at 42."],
        ),
    ],
)
def test_equal_scores_have_no_lowest_and_no_highest(
    elements: list[dict[str, Any]], expected: list[str]
) -> None:
    assert standfirst(document(elements), TEXTS) == expected
    # Of tasks, pairs and a decision it is never told which is lowest.
    unknown = ["How far people agree cannot be told from these answers."]
    for rule in ("checklist", "pairs", "decision"):
        assert standfirst(document(elements, reading={"rule": rule}), TEXTS) == unknown
    alone = document(elements, responses={"organisations": 1, "people": 1}, mode="open")
    assert standfirst(alone | {"reading": {"rule": "decision"}}, TEXTS) == []


def test_the_mean_of_equal_scores_names_no_lowest() -> None:
    elements = [element(code, score) for code, score in zip(CODES[:2], (80.9, 80.1), strict=True)]
    reading = {"rule": "mean", "lowest": CODES[1], "highest": CODES[0]}
    finding = finding_of(document(elements, reading=reading), TEXTS)
    assert str(finding) == "Readiness: two of two elements are strong, none weak."
    elements[0]["score"] = 81.1
    finding = finding_of(document(elements, reading=reading), TEXTS)
    assert finding.last == "The convener’s stature: the lowest."


def test_the_four_facts_of_a_result_with_everything() -> None:
    assert [(fact.term, fact.text) for fact in facts(not_ready(), TEXTS)] == [
        (
            "The verdict is firm",
            "It would be the same whatever the one missing organisation had said.",
        ),
        (
            "8 of 9 organisations answered",
            "14 of 16 people. Each organisation counts as one voice.",
        ),
        (
            "One gap between words and record",
            "Clearly defined purpose: people say 69, the record says 33.",
        ),
        (
            f"Better than in March{NBSP}2026",
            "The northbound train up 9, committed leaders up 9, the purpose up 8 and one more "
            "among those that answered both times: more than noise.",
        ),
    ]


def changed(**changes: Any) -> dict[str, Any]:
    """The not-ready result whose every movement has these figures."""
    made = not_ready()
    for entry in made["change"]["elements"]:
        entry |= changes
    return made


def one_up_one_down() -> dict[str, Any]:
    made = changed(more_than_noise=False)
    made["change"]["elements"][0] |= {"more_than_noise": True, "paired_difference": 12.9}
    made["change"]["elements"][1] |= {"more_than_noise": True, "paired_difference": -4.99}
    return made


@pytest.mark.parametrize(
    ("published", "term", "text"),
    [
        (
            changed(more_than_noise=False),
            f"No clear movement since March{NBSP}2026",
            "What has moved is within noise.",
        ),
        (
            changed(more_than_noise=None, paired_difference=None, pairs=None),
            f"Since March{NBSP}2026",
            "Too few organisations answered both times, or too alike, to tell movement from noise.",
        ),
        (
            one_up_one_down(),
            f"Up and down since March{NBSP}2026",
            "Common pain up 12 and the convener’s stature down 4 among those that answered both "
            "times: more than noise.",
        ),
        (
            conditional(),
            "The first figures",
            "No earlier round asked these questions. Asked again, they show what has moved.",
        ),
        (
            one_extreme(),
            "Higher than the convener expected",
            "Common pain: forecast 80, score 95 or above.",
        ),
    ],
)
def test_the_fourth_fact_is_movement_or_forecast(
    published: dict[str, Any], term: str, text: str
) -> None:
    fact = facts(published, TEXTS)[3]
    assert (fact.term, fact.text) == (term, text)


@pytest.mark.parametrize(
    ("firm", "answered", "term", "text"),
    [
        (True, 9, "The verdict is firm", "Every organisation that was asked has answered."),
        (
            True,
            7,
            "The verdict is firm",
            "It would be the same whatever the two missing organisations had said.",
        ),
        (
            False,
            8,
            "The verdict is not firm",
            "What the one missing organisation had said could have changed it.",
        ),
        (
            False,
            9,
            "The verdict is not firm",
            "Not every organisation has a score on every element; they could change it.",
        ),
    ],
)
def test_firmness_is_about_who_is_missing(firm: bool, answered: int, term: str, text: str) -> None:
    made = conditional()
    made["verdict"]["firm"] = firm
    made["responses"]["organisations"] = answered
    fact = facts(made, TEXTS)[0]
    assert (fact.term, fact.text) == (term, text)


@pytest.mark.parametrize(
    ("score", "record", "told"),
    [(69, 36.01, False), (69, 36, True), (69.99, 33.33, True), (20, 53, True), (69, None, False)],
)
def test_a_gap_of_33_between_words_and_record_is_told(
    score: float, record: float | None, told: bool
) -> None:
    entry = element("common-ground", score, records={"score": record, "checks": []})
    said = " ".join(sentences(document([entry]), entry, TEXTS))
    assert ("the record says" in said) is told


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (element("formal-charter", 38.2), "Formal charter: weak at 38, and views agree"),
        (
            element("formal-charter", 74.99, agreed=False),
            "Formal charter: mixed at 74, and views divide",
        ),
        (element("formal-charter", 75, agreed=None), "Formal charter: strong at 75"),
        (extreme("common-pain", 95), "Common pain: strong at 95 or above"),
        (extreme("common-pain", 5), "Common pain: weak at 5 or below"),
        (withheld("common-pain"), "Common pain: withheld"),
        (element("common-pain", None), "Common pain: no score"),
    ],
)
def test_an_element_has_a_finding_of_its_own(entry: dict[str, Any], expected: str) -> None:
    published = document([entry])
    assert title(published, entry, TEXTS.element(entry["code"])) == expected


def test_sentences_on_one_element_begin_with_its_lowest_statement() -> None:
    published = not_ready()
    charter = published["elements"][5]
    assert sentences(published, charter, TEXTS) == [
        # Statement 1 has 38.2 − 2.5·6 = 23.2 on the line.
        "Lowest, at 23: “How we decide is clear, also when we do not agree.”",
        "The convener expected 55, people say 38.",
        f"Since March{NBSP}2026 it is up 8 among those that answered both times: more than noise.",
    ]


def test_a_reversed_statement_is_read_from_the_other_end() -> None:
    entry = element("formal-charter", 50)
    for question in entry["questions"]:
        question["mean"] = 3.0
    entry["questions"][5]["mean"] = 4.5  # agreeing that we break what we agreed: (5 − 4.5) / 4
    assert (
        lowest_statement(entry, TEXTS.element("formal-charter"))
        == "Lowest, at 12, where agreeing counts against it: “I have seen us break what we agreed.”"
    )


def test_dont_know_is_told_from_a_fifth_on() -> None:
    for share, told in ((0.19, False), (0.2, True), (0.209, True)):
        entry = element("common-ground", 60, dont_know=share)
        said = " ".join(sentences(document([entry]), entry, TEXTS))
        assert ("“I don’t know” is 20% of its answers" in said) is told


def test_nothing_of_a_withheld_element_is_told() -> None:
    published = one_withheld()
    said = " ".join(sentences(published, published["elements"][5], TEXTS))
    assert said == (
        "Fewer than five people have a score on it, or they answered too much alike. So that nobody’s answer can be worked out, "
        "none of its figures is in any page or file."
    )


def test_an_extreme_element_tells_neither_movement_nor_statements() -> None:
    published = not_ready()
    published["elements"][0] = extreme("common-pain", 95)
    assert sentences(published, published["elements"][0], TEXTS) == []
    assert "common pain" not in facts(published, TEXTS)[3].text.lower()


@pytest.mark.parametrize(
    ("difference", "expected"),
    [
        (8.99, "up 8"),
        (-4.01, "down 4"),
        (0.99, "up by less than 1"),
        (-0.2, "down by less than 1"),
    ],
)
def test_movement_is_rounded_towards_nothing(difference: float, expected: str) -> None:
    assert movement(difference) == expected


def test_whole_numbers_are_rounded_down_also_where_binary_floats_err() -> None:
    assert score_words(element("common-pain", 74.99)) == "74"
    assert score_words(element("common-pain", 29.0)) == "29"
    assert score_words(element("common-pain", 0.57 * 100)) == "56"  # 56.99999999999999 as stored
    assert forecast_value(element("common-pain", 64.3, forecast=5.7)) == 70


def test_equal_scores_stand_in_the_order_asked_and_withheld_ones_last() -> None:
    published = document([element("b", 60), withheld("c"), element("a", 60), element("d", 59.99)])
    assert [e["code"] for e in lowest_first(published)] == ["d", "b", "a", "c"]


def test_several_gaps_are_counted_and_the_widest_is_told() -> None:
    published = conditional()
    published["elements"][0]["records"] = checks("not")
    published["elements"][3]["records"] = checks("not", "met", "not")
    fact = facts(published, TEXTS)[2]
    assert (fact.term, fact.text) == (
        "One gap between words and record",
        "Common pain: people say 80, the record says 0.",
    )
    published["elements"][3]["records"] = checks("not")
    assert facts(published, TEXTS)[2].term == "Two gaps between words and record"


@pytest.mark.parametrize("name", SAMPLES)
def test_reading_a_document_changes_nothing_in_it(name: str) -> None:
    published = SAMPLES[name]()
    before = copy.deepcopy(published)
    headline(published, TEXTS)
    standfirst(published, TEXTS)
    facts(published, TEXTS)
    assert published == before


def test_an_open_round_of_few_people_is_told() -> None:
    made = open_mode(3)
    made["k"] = 1
    assert str(headline(made, TEXTS)).startswith("Not ready:")
