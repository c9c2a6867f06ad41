"""Several at once: the check closes once, with every sentence in it or refused."""

from __future__ import annotations

import pytest

from alliances.models import PurposeCheck
from alliances.services.purpose.check import close_check, open_check, write_sentence
from tests.factories import make_alliance, make_participant
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("turn", range(3))
def test_all_write_at_once_and_the_last_closes_it(turn: int) -> None:
    alliance = make_alliance()
    parties = [make_participant(alliance, f"Party {n}") for n in range(6)]
    check = open_check(alliance=alliance)
    found = at_once(
        *(
            lambda party=party: write_sentence(
                check=check, participant=party, text=f"Dry {party.name}", edition=0, by=None
            )
            for party in parties
        )
    )
    assert found == ["done"] * 6
    check.refresh_from_db()
    assert check.closed_at is not None
    assert check.silent == []
    assert check.sentences.count() == 6


@pytest.mark.parametrize("turn", range(3))
def test_of_one_party_one_is_stored_and_the_others_are_told(turn: int) -> None:
    alliance = make_alliance()
    party, _other = make_participant(alliance, "Ash"), make_participant(alliance, "Birch")
    check = open_check(alliance=alliance)
    found = at_once(
        *(
            lambda n=n: write_sentence(
                check=check, participant=party, text=f"Dry {n}", edition=0, by=None
            )
            for n in range(4)
        )
    )
    assert sorted(found) == ["done", "overtaken", "overtaken", "overtaken"]
    assert check.sentences.get().text == f"Dry {found.index('done')}"


@pytest.mark.parametrize("turn", range(3))
def test_writing_while_it_is_closed_is_in_or_refused(turn: int) -> None:
    alliance = make_alliance()
    parties = [make_participant(alliance, f"Party {n}") for n in range(4)]
    check = open_check(alliance=alliance)
    for party in parties[:2]:
        write_sentence(check=check, participant=party, text="Dry", edition=0, by=None)
    closing, writing = at_once(
        lambda: close_check(check=check),
        lambda: write_sentence(check=check, participant=parties[2], text="Dry", edition=0, by=None),
    )
    assert closing == "done"
    check.refresh_from_db()
    written = check.sentences.filter(participant=parties[2]).exists()
    assert (writing == "done") is written
    assert check.silent == (["Party 3"] if written else ["Party 2", "Party 3"])


def test_two_open_one(db: None) -> None:
    alliance = make_alliance()
    for _n in range(2):
        make_participant(alliance)
    found = at_once(*(lambda: open_check(alliance=alliance) for _ in range(3)))
    assert sorted(found) == ["done", "refused", "refused"]
    assert PurposeCheck.objects.count() == 1
