"""What every bank that comes with the product must be."""

from __future__ import annotations

from collections import Counter

import pytest

from assessments.services.banks.findings import findings_of, missing_texts
from assessments.services.banks.store import shipped_bank, shipped_codes
from assessments.services.banks.texts import texts_of

KNOWN = {
    # Each says “or” between examples of one thing.
    "readiness": {("two-thoughts", "DP1"), ("two-thoughts", "FC4")},
}
IN_ENGLISH_ALONE = {"readiness"}


@pytest.mark.parametrize("code", shipped_codes())
def test_nothing_in_it_is_worth_a_look(code: str) -> None:
    found = {
        (finding.kind, finding.question)
        for finding in findings_of(shipped_bank(code))
        if code not in IN_ENGLISH_ALONE or finding.kind != "readings"
    }
    assert found == KNOWN.get(code, set())


@pytest.mark.parametrize("code", sorted(set(shipped_codes()) - IN_ENGLISH_ALONE))
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
