"""What is worth a look before a bank is published."""

from __future__ import annotations

from typing import Any

import pytest

from assessments.services.banks.checks import bank_document
from assessments.services.banks.findings import (
    Finding,
    findings_of,
    missing_texts,
    seconds_to_answer,
)
from assessments.services.banks.store import shipped_bank
from assessments.services.banks.wording import lix, negations

PLAIN = {
    "introduction": "Read each one.",
    "copyright": "Northbound",
    "minutes": 1,
}


def bank(*questions: dict[str, Any], dimension: dict[str, Any] | None = None, **keys: Any) -> Any:
    """A bank in which nothing is worth a look but what its caller puts there."""
    asked = [
        {"facet": f"facet {number}", "text": f"The crew keeps watch number {number}."} | question
        for number, question in enumerate(questions or ({}, {}), 1)
    ]
    whole = {
        "code": "trust",
        "what_it_is": "Whether people keep their word.",
        "advice": [{"title": "Keep one."}],
        "readings": {"strong": "They do.", "mixed": "At times.", "weak": "They do not."},
        "questions": [{"code": f"T{n}"} | question for n, question in enumerate(asked, 1)],
    }
    data = {"code": "tiny", "version": 1, **PLAIN, **keys}
    return bank_document(data=data | {"dimensions": [whole | (dimension or {})]}, draft=True)


@pytest.fixture(autouse=True)
def english_house(settings: Any) -> None:
    """Whose pages are in English alone, so that no bank lacks French."""
    settings.LANGUAGES = [("en", "English")]


def kinds(document: Any) -> list[str]:
    return [finding.kind for finding in findings_of(document)]


def test_nothing_is_found_where_all_is_well() -> None:
    assert findings_of(bank()) == []


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ({"text": "The crew keeps watch and the lamp burns."}, "two-thoughts"),
        ({"text": "The crew keeps watch or sleeps."}, "two-thoughts"),
        ({"text": "The crew keeps watch/log."}, "two-thoughts"),
        ({"text": "The crew keeps watch; the lamp burns."}, "two-thoughts"),
        ({"text": "Nobody here does not keep watch."}, "double-negative"),
        ({"text": "It isn’t impossible to keep watch."}, "double-negative"),
        ({"text": "The watch that the crew keeps at night is " + "very " * 12 + "long."}, "long"),
        ({"text": "x" * 91}, "long"),
        ({"facet": ""}, "facet"),
    ],
)
def test_a_question_is_looked_at(question: dict[str, Any], kind: str) -> None:
    [finding] = findings_of(bank(question, {}))
    assert (finding.kind, finding.question, finding.dimension) == (kind, "T1", "trust")


@pytest.mark.parametrize(
    "text",
    [
        "The harbour’s sand and",  # the next word decides; said once is enough
        "Andrea keeps the order of the day.",
        "The crew does not sleep on watch.",
        "The crew is unhappy about the organisation.",
    ],
)
def test_words_that_only_look_alike_are_let_be(text: str) -> None:
    found = kinds(bank({"text": text}, {}))
    assert found == (["two-thoughts"] if text.endswith("and") else [])


def test_french_is_read_as_french() -> None:
    texts = {
        "T1": {"text": "L’équipage veille et la lampe brûle."},
        "T2": {"text": "Personne ici n’est incapable de veiller."},
    }
    translated = {
        "fr": {"dimensions": {"trust": {"questions": texts}}},
    }
    found = [
        (finding.kind, finding.question)
        for finding in findings_of(bank({}, {}, translations=translated))
    ]
    assert ("two-thoughts", "T1") in found
    assert ("double-negative", "T2") in found


@pytest.mark.parametrize(
    ("text", "language", "times"),
    [
        ("The crew sleeps.", "en", 0),
        ("The crew does not sleep.", "en", 1),
        ("Nobody never sleeps.", "en", 2),
        ("They don't sleep without a lamp.", "en", 2),
        ("L’équipage ne dort pas.", "fr", 1),
        ("L’équipage ne dort plus.", "fr", 1),
        ("L’équipage ne dort jamais sans lampe.", "fr", 2),
        ("Il n’y a rien à dire.", "fr", 1),
        ("Die Mannschaft schläft nie nicht.", "de", 0),
        ("Such a crew is not uncommon.", "en", 2),
        ("No partner is uninvolved.", "en", 2),
        ("We are not dissatisfied.", "en", 2),
        ("Nothing here is non-binding.", "en", 2),
        ("It is not inappropriate to ask.", "en", 2),
        ("We do not understand until we discuss it.", "en", 1),
        ("No unit includes the unanimous interest.", "en", 1),
        ("Ce n’est pas inutile.", "fr", 2),
        ("Nous ne sommes pas mécontents.", "fr", 2),
        ("Personne ne dort.", "fr", 1),
        ("Aucun des membres n’est en désaccord.", "fr", 2),
        ("Il n’informe pas les membres des intérêts importants.", "fr", 1),
    ],
)
def test_how_often_a_statement_denies(text: str, language: str, times: int) -> None:
    assert negations(text, language) == times


def test_lix_by_hand() -> None:
    # 6 words in 2 sentences; one, “harbour”, of more than six letters: 6/2 + 100/6
    assert lix("The harbour sleeps. The crew wakes.") == pytest.approx(3 + 100 / 6)
    assert lix("") == 0


def test_a_dimension_of_hard_words_is_found() -> None:
    hard = "Interorganisational accountability arrangements demonstrate institutional commitment."
    found = findings_of(bank({"text": hard[:80]}, {"text": hard[:80] + "s"}))
    assert ("hard", "trust", "") in [(f.kind, f.dimension, f.question) for f in found]


@pytest.mark.parametrize(
    ("dimension", "kind"),
    [
        ({"advice": []}, "advice"),
        ({"what_it_is": ""}, "what-it-is"),
        ({"readings": {"strong": "They do."}}, "readings"),
        ({"facets": ["facet 1", "facet 2", "facet 3"]}, "facet-without-question"),
    ],
)
def test_a_dimension_is_looked_at(dimension: dict[str, Any], kind: str) -> None:
    [finding] = findings_of(bank(dimension=dimension))
    assert (finding.kind, finding.dimension, finding.question) == (kind, "trust", "")


def test_what_a_dimension_lacks_is_named() -> None:
    [finding] = findings_of(bank(dimension={"readings": {"strong": "They do."}}))
    assert finding.says == "Nothing says what it means when it is mixed, weak."
    [finding] = findings_of(bank(dimension={"facets": ["Facet 2", "promises", "facet 1"]}))
    assert finding.says == "No question covers “promises”."


def test_a_dimension_of_one_question_or_none() -> None:
    assert kinds(bank({})) == ["one-question"]
    assert kinds(bank(dimension={"questions": []})) == ["no-questions"]


def reversed_of(number: int, all_: int) -> list[dict[str, Any]]:
    return [{"reverse": place < number} for place in range(all_)]


@pytest.mark.parametrize(
    ("number", "all_", "found"),
    [
        (0, 7, []),  # too few to speak of a share
        (0, 8, ["few-reversed"]),
        (1, 11, ["few-reversed"]),  # 9 %
        (1, 10, []),  # 10 %
        (5, 10, []),  # half
        (6, 10, ["many-reversed"]),
    ],
)
def test_the_share_of_reversed_questions(number: int, all_: int, found: list[str]) -> None:
    # Ten questions of six words and a number take 81 seconds: about a minute.
    assert kinds(bank(*reversed_of(number, all_))) == found


def test_checklists_and_pairs_are_never_reversed() -> None:
    told = {"title": "T", "text": ""}
    reading = {"rule": "checklist", "done": told, "open": told}
    assert kinds(bank(*reversed_of(0, 10), reading=reading)) == []


def test_the_time_that_it_takes() -> None:
    # Words: introduction 3; title “Trust” 1; two statements of five words each (a figure is none).
    # 14 words at 200 a minute: 4.2 s; two answers: 8 s.
    assert seconds_to_answer(bank()) == 12
    assert kinds(bank(minutes=2)) == []
    assert kinds(bank(minutes=3)) == ["time"]
    forty = bank(*reversed_of(10, 40))
    # 204 words: 61.2 s; 160 s: 221 s, near 4 minutes, and 1 is too few.
    assert seconds_to_answer(forty) == 221
    [finding] = findings_of(forty)
    assert finding.says == (
        "Respondents are told 1 min. By the number of words and questions it takes about 4 min."
    )


def test_the_bank_itself() -> None:
    assert kinds(bank(introduction="", copyright="")) == ["introduction", "copyright"]


def test_codes_and_texts_that_are_all_but_the_same() -> None:
    found = findings_of(
        bank(
            {"code": "Ta"}, {"code": "TA"}, {"text": "The lamp burns!"}, {"text": "the lamp burns"}
        )
    )
    assert [(f.kind, f.question) for f in found] == [
        ("doubled-code", "Ta"),
        ("doubled-code", "TA"),
        ("doubled-text", "T3"),
        ("doubled-text", "T4"),
    ]


def test_peers_need_words_of_their_own() -> None:
    told = {"title": "T", "text": ""}
    reading = {"rule": "self-peers", "higher": told, "lower": told, "alike": told}
    found = findings_of(bank({"text_of_peers": "This person keeps watch."}, {}, reading=reading))
    assert [(f.kind, f.question) for f in found] == [("peers", "T2")]


def test_a_language_of_the_house_that_the_bank_lacks_is_told(settings: Any) -> None:
    settings.LANGUAGES = [("en", "English"), ("fr", "Français")]
    [finding] = findings_of(bank())
    assert finding == Finding(
        "language", "It is not in French. Who reads these pages so reads it in English."
    )
    assert "language" not in kinds(bank(translations={"fr-CA": {"title": "Petit"}}))


def test_wording_that_is_not_checked_is_told() -> None:
    [finding] = [f for f in findings_of(bank(language="de")) if f.kind == "unchecked"]
    assert finding.says == (
        "Wording in German is not checked for two thoughts and double negatives. "
        "These checks know English and French."
    )


@pytest.mark.parametrize(
    ("subject", "reading", "told"),
    [
        ("alliance", {"rule": "weakest"}, False),
        ("alliance", {"rule": "mean"}, False),
        ("person", {"rule": "weakest"}, True),
        ("organisation", {"rule": "weakest"}, True),
        ("organisation", {"rule": "mean"}, False),
        ("invitation", {"rule": "weakest"}, True),
        ("invitation", {"rule": "mean"}, True),
    ],
)
def test_a_reading_that_does_not_go_with_the_subject_is_told(
    subject: str, reading: dict[str, str], told: bool
) -> None:
    assert ("subject" in kinds(bank(subject=subject, reading=reading))) is told


def test_what_is_missing_in_a_language_is_told() -> None:
    document = bank(translations={"fr": {"title": "Petit"}})
    missing = missing_texts(document)["fr"]
    assert ("title",) not in missing
    assert ("dimensions", "trust", "questions", "T1", "text") in missing
    [finding] = findings_of(document)
    assert finding == Finding(
        "untranslated",
        # Title and introduction; five labels; of the dimension title, in a sentence, what it is,
        # three readings, a step; of two questions statement and facet: 2 + 5 + 7 + 4.
        "17 of 18 texts are missing in French. Readers see them in English.",
    )


def test_the_shipped_bank_has_its_two_known_findings() -> None:
    """Both say “or” between examples of one thing."""
    found = findings_of(shipped_bank("readiness"))
    assert [(f.kind, f.question) for f in found] == [
        # in English, in French
        ("two-thoughts", "DP1"),
        ("two-thoughts", "DP1"),
        ("two-thoughts", "FC4"),
        ("two-thoughts", "FC4"),
    ]
