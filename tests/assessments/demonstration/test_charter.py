"""The demonstration's charter: one version in force, one that is a signature short, and all of it fits."""

from __future__ import annotations

import datetime as dt

import pytest

from alliances.models import Alliance, CharterComment
from alliances.services.charter.life import gaps_of
from alliances.services.charter.signing import standing_of
from alliances.services.charter.verification import verify_charter
from assessments.demonstration.cast import SEATS
from assessments.demonstration.charter import load_charter
from tests.factories import make_alliance, make_participant, make_user

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def alliance() -> Alliance:
    convener = make_user("convener@marrow-bay.example", name="Ingrid Solheim")
    member = make_user("member@marrow-bay.example", name="Sile Brannigan")
    alliance = make_alliance("Marrow Bay", convener=convener, member=member)
    for seat in SEATS:
        participant = make_participant(alliance, seat.name, status=seat.status)
        for user in (convener, member):
            if user.name in [person.name for person in seat.people]:
                user.memberships.update(participant=participant)
    load_charter(alliance=alliance, convener=convener, today=TODAY)
    return alliance


def test_two_versions(alliance: Alliance) -> None:
    first, second = alliance.charter_versions.order_by("number")
    assert (first.status, first.depth) == ("ratified", "light")
    assert first.ratified_at is not None
    assert (TODAY - first.ratified_at.date()).days == 210
    assert standing_of(version=first).is_whole
    assert (second.status, second.depth) == ("circulated", "full")
    assert (TODAY - second.circulated_at.date()).days == 20  # type: ignore[union-attr]
    standing = standing_of(version=second)
    assert (standing.count, standing.parties, standing.still_needed) == (5, 8, 1)
    assert [one.organisation for one in standing.missing] == [
        "Harbour Pilots’ Guild",
        "Marrow Bay Fishers’ Cooperative",
        "Ostrel Shipping Line",
    ]
    assert [gap.code for gap in gaps_of(second, list(second.sections.all()))] == ["disputes"]


def test_who_has_not_signed_says_why(alliance: Alliance) -> None:
    silent = {"Harbour Pilots’ Guild", "Marrow Bay Fishers’ Cooperative", "Ostrel Shipping Line"}
    assert set(CharterComment.objects.values_list("organisation", flat=True)) > silent
    assert CharterComment.objects.exclude(answer="").count() == 2


def test_all_of_it_fits(alliance: Alliance) -> None:
    verification = verify_charter(alliance=alliance)
    assert verification.faults == []
    assert verification.signatures == 13
