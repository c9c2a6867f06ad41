"""What every bank that comes with the product must be."""

from __future__ import annotations

from collections import Counter

import pytest

from assessments.services.banks.findings import findings_of, missing_texts
from assessments.services.banks.store import shipped_bank, shipped_codes
from assessments.services.banks.texts import texts_of

SHIPPED = {
    "collaborative-intelligence": (5, 24),
    "continue-as-enterprise": (3, 13),
    "convener-stature": (7, 25),
    "invitation-appraisal": (8, 24),
    "levels-of-shared-action": (7, 14),
    "management-features": (6, 28),
    "readiness": (8, 51),
    "start-up-checklist": (5, 25),
    "strategic-or-tactical": (3, 12),
    "trust-spiral": (5, 10),
    "type-of-collaboration": (3, 16),
    "value-alliance-traits": (9, 27),
    "working-relationship": (5, 48),
}
"""The instruments of the method, section 2, in the order of their codes; dimensions and questions."""

KNOWN = {
    # Each says “or” between examples of one thing.
    "readiness": {("two-thoughts", "DP1"), ("two-thoughts", "FC4")},
}


def test_the_instruments_of_the_method_are_there() -> None:
    found = {code: shipped_bank(code) for code in shipped_codes()}
    assert {
        code: (
            len(bank.dimensions),
            sum(len(dimension.questions) for dimension in bank.dimensions),
        )
        for code, bank in found.items()
    } == SHIPPED
    assert {code: bank.code for code, bank in found.items()} == {code: code for code in SHIPPED}


@pytest.mark.parametrize("code", shipped_codes())
def test_nothing_in_it_is_worth_a_look(code: str) -> None:
    found = {(finding.kind, finding.question) for finding in findings_of(shipped_bank(code))}
    assert found == KNOWN.get(code, set())


@pytest.mark.parametrize("code", shipped_codes())
def test_it_is_in_french_too_and_whole(code: str) -> None:
    document = shipped_bank(code)
    assert missing_texts(document) == {"fr": []}
    # A colon, a semicolon and the like never begin a line in French.
    for at, text in document.translations[0].texts:
        for mark in ":;?!»":
            before = text.split(mark)[:-1]
            assert all(part.endswith(("\u00a0", "\u202f")) for part in before), (at, mark)


@pytest.mark.parametrize("code", shipped_codes())
def test_no_facet_is_covered_twice_in_a_dimension(code: str) -> None:
    for dimension in shipped_bank(code).dimensions:
        facets = Counter(question.facet for question in dimension.questions)
        assert max(facets.values()) == 1


@pytest.mark.parametrize("code", shipped_codes())
def test_every_text_is_set_as_it_should_be(code: str) -> None:
    for at, text in texts_of(shipped_bank(code).as_data()).items():
        assert "'" not in text, at
        assert '"' not in text, at
        assert "  " not in text, at
