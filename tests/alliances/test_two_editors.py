"""Two people change the same participant, pain or person: the second is told and loses nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alliances.models import Participant, Representative
from alliances.services.alliances import update_alliance
from alliances.services.people import (
    PAIN_COLUMNS,
    SEAT_COLUMNS,
    state_pain,
    update_participant,
    update_representative,
)
from alliances.services.records import Overtaken, mark_of_columns
from tests.alliances.conftest import House
from tests.races import at_once


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
    assert text.count("admin saved this while you were writing.") == 1
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


def sent_back(page: Any, **written: str) -> dict[str, str]:
    """What a browser sends from this page, with what was written there."""
    form = page.context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return {name: str(value) for name, value in shown.items() if value is not None} | written


def test_the_seat_and_the_pain_are_changed_side_by_side(
    house: House, convener: Client, member: Client
) -> None:
    pain = reverse("participant_pain", args=[house.council.pk])
    seat = reverse("participant_edit", args=[house.council.pk])
    stated = sent_back(member.get(pain), pain="Three floods.")
    seated = sent_back(convener.get(seat), interest="tenants")
    again = sent_back(convener.get(pain), pain="Four floods.")
    once_more = sent_back(convener.get(seat), interest="farmers")
    assert convener.post(seat, seated).status_code == 302
    assert member.post(pain, stated).status_code == 302
    house.council.refresh_from_db()
    assert (house.council.interest, house.council.pain, house.council.edition) == (
        "tenants",
        "Three floods.",
        3,
    )
    # Who comes after a change of the same is overtaken as ever. Of two changes since, the last may
    # have been the other one: nobody is named for it.
    answer = convener.post(pain, again)
    assert answer.status_code == 409
    assert "Somebody else saved this while you were writing." in answer.content.decode()
    assert [(one.label, one.stored, one.written) for one in answer.context["form"].beside] == [
        ("Pain", "Three floods.", "Four floods.")
    ]
    answer_of_seat = convener.post(seat, once_more)
    assert answer_of_seat.status_code == 409
    assert [
        (one.label, one.stored, one.written) for one in answer_of_seat.context["form"].beside
    ] == [("Interest spoken for", "tenants", "farmers")]
    house.council.refresh_from_db()
    assert (house.council.interest, house.council.pain) == ("tenants", "Three floods.")
    # having seen both, they save theirs; the page knows now what is stored
    update_participant(participant=house.council, interest="all households")
    assert convener.post(pain, sent_back(answer)).status_code == 302
    assert convener.post(seat, sent_back(answer_of_seat)).status_code == 409
    house.council.refresh_from_db()
    assert (house.council.interest, house.council.pain) == ("all households", "Four floods.")


@pytest.mark.parametrize("mark", ["", "x", "é" * 100])
def test_a_mark_that_is_none_overwrites_nothing(house: House, mark: str) -> None:
    update_participant(participant=house.council, interest="tenants")
    with pytest.raises(Overtaken):
        state_pain(
            participant=house.council, edition=1, mark=mark, pain="x", drive="fear", strength=1
        )


def test_a_mark_tells_nothing_from_the_word_for_it() -> None:
    marks = {
        mark_of_columns(Participant(pain=pain, drive=drive, strength=strength), PAIN_COLUMNS)
        for pain, drive, strength in (
            ("", "", None),
            ("None", "", None),
            ("", "None", None),
            ("x", "fear", 1),
            ("x", "fear", 10),
            ("xfear", "", 1),
        )
    }
    assert len(marks) == 6


@pytest.mark.django_db(transaction=True)
def test_one_of_two_pains_at_once_is_overtaken_and_a_seat_is_not(house: House) -> None:
    seen = Participant.objects.get(pk=house.council.pk)
    mark = mark_of_columns(seen, PAIN_COLUMNS)

    def state(pain: str) -> Callable[[], Participant]:
        return lambda: state_pain(
            participant=seen, mark=mark, pain=pain, drive="greed", strength=2, by=None
        )

    came = at_once(
        state("Mine"),
        state("Yours"),
        lambda: update_participant(
            participant=seen, mark=mark_of_columns(seen, SEAT_COLUMNS), interest="tenants"
        ),
    )
    assert (sorted(map(str, came[:2])), came[2]) == (["done", "overtaken"], "done")
    seen.refresh_from_db()
    assert (seen.interest, seen.edition) == ("tenants", 3)
    assert seen.pain == ("Mine" if came[0] == "done" else "Yours")


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


def test_an_alliance_that_two_describe_at_once(house: House, convener: Client) -> None:
    address = reverse("alliance_edit", args=[house.alliance.pk])
    assert '<input type="hidden" name="edition" value="1"' in convener.get(address).content.decode()
    founded = dt.date(2026, 5, 3)
    update_alliance(
        alliance=house.alliance, name="Tessel Delta", founded_on=founded, by=house.admin
    )
    mine = {"name": "Tessel Valley", "summary": "Dry feet.", "currency": "chf", "edition": "1"}
    answer = convener.post(address, mine)
    assert answer.status_code == 409
    assert [
        (field.label, field.stored, field.written) for field in answer.context["form"].beside
    ] == [
        ("Name", "Tessel Delta", "Tessel Valley"),
        ("What it is about", "", "Dry feet."),
        ("Founded on", "3\xa0May\xa02026", ""),
        ("Currency", "EUR", "chf"),
    ]
    assert "admin saved this while you were writing." in answer.content.decode()
    house.alliance.refresh_from_db()
    assert (house.alliance.name, house.alliance.founded_on) == ("Tessel Delta", founded)
    assert convener.post(address, mine | {"edition": "2"}).status_code == 302
    house.alliance.refresh_from_db()
    assert (house.alliance.currency, house.alliance.founded_on) == ("CHF", None)
    assert (house.alliance.edition, house.alliance.changed_by) == (3, house.convener)
