"""Two people change the same participant, pain or person: the second is told and loses nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from alliances.models import Representative
from alliances.services.people import update_participant, update_representative
from tests.alliances.conftest import House


def test_who_is_overtaken_sees_both_and_what_they_wrote_stays(
    house: House, convener: Client
) -> None:
    address = reverse("participant_edit", args=[house.council.pk])
    text = convener.get(address).content.decode()
    assert '<input type="hidden" name="edition" value="1"' in text
    update_participant(participant=house.council, by=house.admin, interest="all households")
    mine = {"name": "Shire Council", "interest": "tenants", "status": "accepted", "edition": "1"}
    answer = convener.post(address, mine)
    assert answer.status_code == 409
    form = answer.context["form"]
    assert [(field.label, field.stored, field.written) for field in form.beside] == [
        ("Organisation", "County Council", "Shire Council"),
        ("Interest spoken for", "all households", "tenants"),
    ]
    text = answer.content.decode()
    # said once, before the two texts and the form
    assert text.count("admin@example.org saved this while you were writing.") == 1
    assert text.index("saved this while") < text.index("Stored now") < text.index('name="edition"')
    assert 'name="edition" value="2"' in text
    assert 'value="tenants"' in text
    house.council.refresh_from_db()
    assert (house.council.name, house.council.interest) == ("County Council", "all households")
    # who has seen both may put theirs in its place
    assert convener.post(address, mine | {"edition": "2"}).status_code == 302
    house.council.refresh_from_db()
    assert (house.council.name, house.council.interest) == ("Shire Council", "tenants")


@pytest.mark.parametrize("edition", ["", "0", "7", "x"])
def test_a_page_that_does_not_say_what_it_began_from_overwrites_nothing(
    house: House, convener: Client, edition: str
) -> None:
    answer = convener.post(
        reverse("participant_edit", args=[house.council.pk]),
        {"name": "Mine", "interest": "", "status": "left", "edition": edition},
    )
    assert answer.status_code == (422 if edition == "x" else 409)
    house.council.refresh_from_db()
    assert house.council.name == "County Council"


def test_a_pain_that_two_state_at_once(house: House, convener: Client, member: Client) -> None:
    address = reverse("participant_pain", args=[house.council.pk])
    theirs = {"pain": "Three floods.", "drive": "fear", "strength": "9", "edition": "1"}
    mine = {"pain": "Two floods, and more.", "drive": "greed", "strength": "9", "edition": "1"}
    assert member.post(address, theirs).status_code == 302
    answer = convener.post(address, mine)
    assert answer.status_code == 409
    assert [
        (field.label, field.stored, field.written) for field in answer.context["form"].beside
    ] == [
        ("Pain", "Three floods.", "Two floods, and more."),
        (
            "Drive",
            "Fear: something unacceptable would happen",
            "Greed: more is made together than alone",
        ),
    ]
    assert "Member saved this while you were writing." in answer.content.decode()
    house.council.refresh_from_db()
    assert house.council.pain == "Three floods."


def test_a_person_whom_two_change_at_once(house: House, convener: Client) -> None:
    address = reverse("representative_edit", args=[house.ines.pk])
    update_representative(representative=house.ines, days_a_month=Decimal(4))
    answer = convener.post(
        address,
        {
            "name": "Ines Arroyo",
            "email": "ines@council.example",
            "title": "Director",
            "role": "leader",
            "authoritative_claimed": "on",
            "authoritative_observed": "yes",
            "observed_how": "Asked back each time.",
            "edition": "1",
        },
    )
    assert answer.status_code == 409
    assert [
        (field.label, field.stored, field.written) for field in answer.context["form"].beside
    ] == [
        ("Days a month for this work", "4", ""),
        ("May decide: observed", "Looked for, not seen", "Seen"),
    ]
    assert "Somebody else saved this while you were writing." in answer.content.decode()


def test_the_days_pledged_stand_on_the_people_page(house: House, member: Client) -> None:
    address = reverse("people", args=[house.alliance.pk])
    assert "Days a month missing" in member.get(address).content.decode()
    update_representative(representative=house.ines, days_a_month=Decimal("2.5"))
    text = member.get(address).content.decode()
    assert "2.5\xa0days a month for it" in text
    assert "Days a month missing" not in text
    # of others than leaders, nobody asks
    update_representative(
        representative=Representative.objects.get(), days_a_month=None, role="observer"
    )
    assert "Days a month missing" not in member.get(address).content.decode()
