"""Two write the same section at the same moment: one is stored, and the other one is told."""

from __future__ import annotations

import pytest

from alliances.models import CharterSection, CharterVersion
from alliances.services.charter.draft import start_charter, write_section
from alliances.services.charter.life import circulate
from alliances.services.charter.sections import sentences
from alliances.services.charter.text import digest_of
from tests.alliances.charter.worlds import make_charter
from tests.factories import make_alliance
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("stood", [False, True])
def test_of_six_who_write_a_section_one_is_stored(stood: bool) -> None:
    made = make_charter(circulated=False, contents={"rules": {"rules": "Old."}} if stood else {})
    found = at_once(
        *(
            lambda number=number: write_section(
                version=made.version,
                code="rules",
                edition=1 if stood else 0,
                by=None,
                content={"rules": f"Rule {number}."},
            )
            for number in range(6)
        )
    )
    assert sorted(found) == ["done"] + ["overtaken"] * 5
    stored = CharterSection.objects.get()
    assert stored.content == {"rules": f"Rule {found.index('done')}."}
    assert stored.edition == (2 if stood else 1)


def test_of_six_who_begin_a_charter_one_does() -> None:
    alliance = make_alliance()
    found = at_once(
        *(
            lambda: start_charter(
                alliance=alliance, depth="full", ratify_by="all", ratify_share=None, by=None
            )
            for _ in range(6)
        )
    )
    assert sorted(found) == ["done"] + ["refused"] * 5
    assert CharterVersion.objects.count() == 1


@pytest.mark.parametrize("turn", range(4))
def test_writing_and_circulating_leave_one_text(turn: int) -> None:
    """Whatever comes first: what is stored in the section is what stands in the frozen text."""
    made = make_charter(2, circulated=False)
    found = at_once(
        lambda: write_section(
            version=made.version,
            code="rules",
            edition=0,
            by=None,
            content={"rules": "Be on time."},
        ),
        lambda: circulate(version=made.version, by=made.convener),
    )
    assert found[1] == "done"
    version = made.fresh()
    stored = version.sections.filter(code="rules").first()
    assert (found[0] == "done") == (stored is not None) == ("Be on time." in version.text)
    assert version.digest == digest_of(version.text)
    if stored is not None:
        assert sentences("rules", stored.content) == ["Be on time."]
