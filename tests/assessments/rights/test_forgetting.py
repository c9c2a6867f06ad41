"""Whoever is taken off the list of people is erased from the lists of rounds that are closed."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from alliances.models import Representative
from alliances.services.people import remove_participant, remove_representative
from assessments.models import Invitation, Round
from assessments.services.forgetting import forget_address
from tests.factories import (
    MadeRound,
    invite,
    make_alliance,
    make_participant,
    make_representative,
    make_round,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Representative:
    """Asked in a closed round and an open one of her alliance, and in a closed one of another."""
    alliance = make_alliance("Tessel")
    person = make_representative(make_participant(alliance, "Ash"), "Ada", email="Ada@example.org")
    asked(make_round(alliance, name="Closed", closed=True))
    asked(make_round(alliance, name="Open"))
    asked(make_round(make_alliance("Other"), name="Elsewhere", closed=True))
    return person


def asked(made: MadeRound) -> None:
    invite(made, made.invitations[0].organisation, "Ada", "ada@example.org")


def where_named() -> list[str]:
    named = Invitation.objects.filter(email="ada@example.org", name="Ada")
    return sorted(named.values_list("round__name", flat=True))


def test_removed_from_the_list_of_people(ada: Representative) -> None:
    assert where_named() == ["Closed", "Elsewhere", "Open"]
    others = Invitation.objects.exclude(email="ada@example.org").count()
    remove_representative(representative=ada)
    assert where_named() == ["Elsewhere", "Open"]
    # A place on the list is left, and nobody else's is touched.
    assert Invitation.objects.filter(round__name="Closed").count() == 3
    assert Invitation.objects.exclude(email="").exclude(email="ada@example.org").count() == others


def test_removed_with_the_organisation(ada: Representative) -> None:
    remove_participant(participant=ada.participant)
    assert where_named() == ["Elsewhere", "Open"]


def test_everywhere(ada: Representative) -> None:
    assert forget_address(email="ADA@example.org") == 2
    assert where_named() == ["Open"]
    assert forget_address(email="ada@example.org") == 0


def test_on_request(ada: Representative) -> None:
    out = StringIO()
    call_command("forget_address", " Ada@Example.org ", stdout=out)
    assert out.getvalue() == "Erased from the lists of closed rounds: 2.\n"
    assert where_named() == ["Open"]


def test_no_address_is_nobody(ada: Representative) -> None:
    Invitation.objects.filter(round__name="Closed").update(email="")
    assert forget_address(email="") == 0
    assert Invitation.objects.filter(name="").count() == 0


def test_a_round_about_a_person_stays_one(ada: Representative) -> None:
    Round.objects.filter(name="Closed").update(about=ada, about_name="Ada")
    Invitation.objects.filter(name="Ada", round__name="Closed").update(of_oneself=True)
    remove_representative(representative=ada)
    round_ = Round.objects.get(name="Closed")
    assert (round_.about, round_.about_name) == (None, "–")
    assert round_.is_about_a_person
