"""What is asked of a rule, whatever stands in it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliances.errors import Refused
from alliances.services.texts import decoded
from assessments.services.banks.documents import BankDocument
from assessments.services.banks.findings import missing_texts
from assessments.services.banks.texts import texts_in
from assessments.services.banks.working_rules import (
    FRAME,
    Rule,
    read_frame,
    rules_document,
    rules_to_ask,
)

LONG = "We " + "look into it " * 22 + "at once"
"""296 characters."""


def document(*texts: str, example: str = "") -> BankDocument:
    rules = rules_to_ask([(7 + place, text, example) for place, text in enumerate(texts)])
    return rules_document(rules=rules, code="working-rules-1")


def test_each_rule_is_a_dimension_with_one_question() -> None:
    made = document("We warn early.", "We ask why first!")
    assert [dimension.code for dimension in made.dimensions] == ["rule-7", "rule-8"]
    assert [dimension.title for dimension in made.dimensions] == [
        "We warn early",
        "We ask why first!",
    ]
    assert made.dimensions[0].in_sentence == "“We warn early”"
    [[one], [two]] = [dimension.questions for dimension in made.dimensions]
    assert (one.code, one.text) == ("WR7", "We keep to this rule: We warn early.")
    assert (two.code, two.text) == ("WR8", "We keep to this rule: We ask why first!")
    assert one.labels == ("Never", "Seldom", "Sometimes", "Often", "Always")
    assert not one.reverse
    assert made.audience == "everyone"
    assert made.reading.rule == "mean"


# A minute to begin with, then 20 seconds a rule.
@pytest.mark.parametrize(("rules", "minutes"), [(1, 2), (3, 2), (4, 3), (7, 4), (50, 18)])
def test_how_long_it_takes(rules: int, minutes: int) -> None:
    assert document(*(f"Rule {number}" for number in range(rules))).minutes == minutes


def test_an_example_is_the_help() -> None:
    [dimension] = document("We warn early", example="A call\nthe day before.").dimensions
    assert dimension.questions[0].help == "A call the day before."
    assert dimension.what_it_is == "We warn early.\n\nA call\nthe day before."
    [without] = document("We warn early").dimensions
    assert without.questions[0].help == "Think of the last time it was put to the test."
    [long] = document("We warn early", example="word " * 24_000).dimensions
    # 59 words of 4 letters with a blank after each are 295, and 4 more letters 299.
    assert long.questions[0].help == "word " * 59 + "word…"


def test_a_long_rule_is_the_statement_itself() -> None:
    assert len(LONG) == 296
    edge = "x" * 79
    made = document(edge, edge + "x", LONG, "y" * 300)
    assert [dimension.questions[0].text for dimension in made.dimensions] == [
        f"We keep to this rule: {edge}.",
        f"{edge}x.",
        f"{LONG}.",
        "y" * 300,
    ]
    # Six times 13 and 3 are 81; cut after a whole word.
    assert made.dimensions[2].title == "We " + "look into it " * 5 + "look into…"


def test_in_french_the_words_of_the_rule_stay() -> None:
    made = document("We warn early.")
    assert missing_texts(made) == {"fr": []}
    texts = texts_in(made, "fr")
    at = ("dimensions", "rule-7")
    assert texts["title",] == "Point sur les règles de travail"
    assert texts[*at, "title"] == "We warn early"
    assert texts[*at, "in_sentence"] == "«\u00a0We warn early\u00a0»"
    assert texts[*at, "questions", "WR7", "text"] == (
        "Nous respectons cette règle\u00a0: We warn early."
    )
    assert texts["labels", "Never"] == "Jamais"
    for place, text in made.translations[0].texts:
        for mark in ":;?!»":
            before = text.split(mark)[:-1]
            assert all(part.endswith("\u00a0") for part in before), (place, mark)


def test_what_says_the_same_is_asked_once_and_nothing_not_at_all() -> None:
    found = [(3, "Ask first.", ""), (4, " ask  FIRST. ", "x"), (5, " \u200b ", ""), (6, "Ask", "")]
    assert rules_to_ask(found) == [Rule(3, "Ask first."), Rule(6, "Ask")]


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("“Ask” first", "“Ask” first."),
        ("Say “we ask.”", "Say “we ask.”"),
        ("=SUM(A1)", "=SUM(A1)."),
        ("One\r\ntwo", "One two."),
        ("<b>Ask</b> 100 %(rule)s {x} %d", "<b>Ask</b> 100 %(rule)s {x} %d."),
        ("a\x00b\x1b\ud800\ufffe\u202ec", "a b c."),
        ("yes", "yes."),
        ("…", "…"),
    ],
)
def test_odd_rules_are_quoted_as_they_are(text: str, statement: str) -> None:
    [dimension] = document(text).dimensions
    assert dimension.questions[0].text == f"We keep to this rule: {statement}"


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.text(max_size=400), st.text(max_size=400)), min_size=1, max_size=4).map(
        lambda found: rules_to_ask([(n, *texts) for n, texts in enumerate(found, 1)])
    )
)
def test_whatever_stands_in_a_rule_a_bank_is_made(rules: list[Rule]) -> None:
    if rules:
        made = rules_document(rules=rules, code="working-rules-1")
        assert len(made.dimensions) == len(rules)
        assert missing_texts(made) == {"fr": []}


# The frame ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("was", "becomes", "complaint"),
    [
        ("seconds_a_rule: 20", "seconds_a_rule: never", "'seconds_a_rule' must be a whole number"),
        ("longest: 80", "longst: 80", "'longst' is not a key that is known here"),
        ('long: "%(rule)s"', "long: A rule", "'long' must hold %(rule)s once"),
        ("      help: Pensez", "      hilfe: Pensez", "'help' is missing"),
        ("rule: mean", "rule: worst", "'rule' must be one of"),
        ("      Never: Jamais", "      Nie: Jamais", "there is no 'labels, Nie' in the bank"),
        ("title: Point", "titel: Point", "'titel' is not a key that is known here"),
        ("translations:\n  fr:", "translations:\n - fr:", "must be a mapping"),
        ("source: HW", "source: XX", "'source' 'XX' is not in 'sources'"),
    ],
)
def test_a_frame_is_read_as_strictly_as_a_bank(was: str, becomes: str, complaint: str) -> None:
    text = decoded(FRAME.read_bytes())
    read_frame(text=text)
    assert was in text
    with pytest.raises(Refused) as refusal:
        read_frame(text=text.replace(was, becomes, 1))
    assert complaint in " ".join(refusal.value.details)


def test_every_text_of_the_frame_is_set_as_it_should_be() -> None:
    assert not any("'" in text for text in texts_in(document("Rule")).values())
