"""The demonstration's common ground has the faults that one is meant to find."""

from __future__ import annotations

import datetime as dt

import pytest

from alliances.models import Alliance, Membership
from alliances.services.common_ground import finding_of, register_of
from alliances.services.differences import differences_of
from alliances.services.profiles import profiles_of
from assessments.demonstration import cast
from assessments.demonstration.common_ground import load_common_ground
from tests.factories import make_alliance, make_participant, make_user

TODAY = dt.date(2026, 11, 20)


@pytest.fixture
def loaded(db: None) -> Alliance:
    convener = make_user()
    alliance = make_alliance(convener=convener)
    for seat in cast.SEATS:
        make_participant(alliance, seat.name, status=seat.status)
    port = alliance.participants.get(name=cast.SEATS[0].name)
    Membership.objects.filter(user=convener).update(participant=port)
    load_common_ground(alliance=alliance, convener=convener, today=TODAY)
    return alliance


def test_the_institutes_figures_split_the_parties(loaded: Alliance) -> None:
    register = register_of(alliance=loaded)
    widest = register.items[0]
    assert (widest.agree, widest.live, widest.disagree, widest.not_asked) == (4, 1, 3, 0)
    assert {p.name for p in widest.positions if p.stance == "disagree"} == {
        "Ostrel Shipping Line",
        "Marrow Bay Fishers’ Cooperative",
        "Harbour Pilots’ Guild",
    }
    assert widest.tactic == "third-party"
    assert finding_of(register).rest == "Four agree, one can live with it, three disagree."
    assert {item.kind for item in register.items} == {"assumption", "source", "standard"}


def test_one_profile_is_missing_and_one_pair_has_read(loaded: Alliance) -> None:
    profiles = profiles_of(alliance=loaded)
    assert profiles.first == "Seven of eight organisations have a profile."
    assert [row.participant.name for row in profiles.expected if row.is_empty] == [
        "Harbour Pilots’ Guild"
    ]
    assert len(profiles.histories) == 3
    rows = differences_of(alliance=loaded, reader=None, convenes=True).rows
    assert [(str(row.pair.second), row.is_revealed, row.written) for row in rows] == [
        ("Ostrel Shipping Line", False, 1),
        ("Lantern Ferries", True, 2),
    ]
    assert rows[1].pair.revealed_at is not None
    assert rows[1].pair.revealed_at.date() == dt.date(2026, 2, 22)
