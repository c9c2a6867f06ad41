"""The pages of an alliance and its people, as a browser without JavaScript uses them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from alliances.models import Alliance, Membership, Participant, Representative
from alliances.services.people import state_pain, update_participant
from tests.alliances.conftest import House, form_errors

FAR = 10**30  # more than a column can hold


# Who gets in


ADDRESSES: list[tuple[str, Callable[[House], int], bool]] = [
    # name, whose key, may a member of County Council see it
    ("alliance_edit", lambda house: house.alliance.pk, False),
    ("people", lambda house: house.alliance.pk, True),
    ("people_import", lambda house: house.alliance.pk, False),
    ("participant_new", lambda house: house.alliance.pk, False),
    ("participant_edit", lambda house: house.council.pk, False),
    ("participant_pain", lambda house: house.council.pk, True),
    ("participant_remove", lambda house: house.council.pk, False),
    ("representative_new", lambda house: house.council.pk, False),
    ("representative_edit", lambda house: house.ines.pk, False),
    ("representative_remove", lambda house: house.ines.pk, False),
    ("access", lambda house: house.alliance.pk, False),
    ("access_remove", lambda house: house.member.memberships.get().pk, False),
]


@pytest.mark.parametrize(("name", "key", "for_member"), ADDRESSES, ids=[a[0] for a in ADDRESSES])
def test_each_page_is_for_those_entitled_and_for_nobody_else(
    house: House, name: str, key: Callable[[House], int], for_member: bool
) -> None:
    address = reverse(name, args=[key(house)])
    seen = {}
    for who in ("convener", "admin", "member", "stranger"):
        client = Client()
        client.force_login(getattr(house, who))
        seen[who] = client.get(address).status_code
    assert seen == {
        "convener": 200,
        "admin": 200,
        "member": 200 if for_member else 404,
        "stranger": 404,
    }
    anonymous = Client().get(address)
    assert (anonymous.status_code, anonymous["Location"]) == (
        302,
        f"/accounts/login/?next={address}",
    )


@pytest.mark.parametrize(("name", "key", "for_member"), ADDRESSES, ids=[a[0] for a in ADDRESSES])
def test_nobody_else_changes_anything(
    house: House, name: str, key: Callable[[House], int], for_member: bool
) -> None:
    client = Client()
    client.force_login(house.stranger)
    address = reverse(name, args=[key(house)])
    posted = client.post(address, {"name": "Mine", "confirm": "yes", "text": "Mine", "step": "add"})
    assert posted.status_code == (405 if name == "people" else 404)
    assert client.delete(address).status_code == 405
    assert Participant.objects.count() == 2
    assert Membership.objects.count() == 3


@pytest.mark.parametrize("name", [address[0] for address in ADDRESSES])
def test_keys_that_lead_nowhere_are_404(convener: Client, name: str) -> None:
    assert convener.get(reverse(name, args=[FAR])).status_code == 404
    assert convener.get(reverse(name, args=[0])).status_code == 404


def test_a_member_of_no_organisation_states_no_pain(house: House, member: Client) -> None:
    Membership.objects.filter(user=house.member).update(participant=house.rail)
    assert member.get(reverse("participant_pain", args=[house.council.pk])).status_code == 404
    assert member.get(reverse("participant_pain", args=[house.rail.pk])).status_code == 200
    Membership.objects.filter(user=house.member).update(participant=None)
    assert member.get(reverse("participant_pain", args=[house.rail.pk])).status_code == 404


# The people page


def test_the_convener_sees_everything_and_a_way_to_change_it(
    house: House, convener: Client
) -> None:
    answer = convener.get(reverse("people", args=[house.alliance.pk]))
    text = answer.content.decode()
    assert "Two organisations are at the table." in text
    assert "One has not said what hurts." in text
    for shown in (
        "ines@council.example",
        "Asked back each time.",
        "claimed, looked for, not seen",
        "Two floods in ten years.",
        "Strength 9 of 10.",
        reverse("participant_edit", args=[house.rail.pk]),
        reverse("representative_edit", args=[house.ines.pk]),
    ):
        assert shown in text


def test_a_member_sees_no_address_and_changes_only_the_own_pain(
    house: House, member: Client
) -> None:
    text = member.get(reverse("people", args=[house.alliance.pk])).content.decode()
    assert "Ines Arroyo" in text
    assert "claimed, looked for, not seen" in text
    for hidden in (
        "ines@council.example",
        "Asked back each time.",
        reverse("participant_new", args=[house.alliance.pk]),
        reverse("participant_edit", args=[house.council.pk]),
        reverse("participant_pain", args=[house.rail.pk]),
        reverse("representative_new", args=[house.council.pk]),
        reverse("representative_edit", args=[house.ines.pk]),
        reverse("access", args=[house.alliance.pk]),
    ):
        assert hidden not in text
    assert reverse("participant_pain", args=[house.council.pk]) in text


def test_an_empty_page_says_what_to_do_next(house: House) -> None:
    client = Client()
    client.force_login(house.stranger)
    text = client.get(reverse("people", args=[house.other.pk])).content.decode()
    assert "Nobody is at the table yet." in text
    assert reverse("people_import", args=[house.other.pk]) in text


def test_who_left_stands_apart(house: House, convener: Client) -> None:
    Participant.objects.filter(pk=house.rail.pk).update(status="left")
    overview = convener.get(reverse("people", args=[house.alliance.pk])).context["overview"]
    assert [seat.participant.name for seat in overview.seats] == ["County Council"]
    assert [seat.participant.name for seat in overview.away] == ["Eastline Rail"]
    assert (overview.accepted, overview.pains, overview.pains_missing) == (1, 1, 0)
    assert (overview.people, overview.seen, overview.unrepresented) == (1, 0, 0)


@pytest.mark.parametrize("many", [3, 60])
@pytest.mark.parametrize(("who", "queries"), [("convener", 6), ("member", 7)])
def test_the_people_page_takes_the_same_queries_for_many(  # type: ignore[no-untyped-def]
    house: House, django_assert_num_queries, many: int, who: str, queries: int
) -> None:
    for number in range(many - 2):
        participant = Participant.objects.create(alliance=house.alliance, name=f"No {number}")
        for letter in "ab":
            Representative.objects.create(
                participant=participant, name=letter, email=f"{letter}{number}@x.example"
            )
    client = Client()
    client.force_login(getattr(house, who))
    # session, user, alliance, may edit, (own participants,) participants, representatives
    with django_assert_num_queries(queries):
        answer = client.get(reverse("people", args=[house.alliance.pk]))
    assert answer.context["overview"].organisations == many


# Alliances


def test_anybody_with_an_account_makes_an_alliance_and_convenes_it(
    house: House, member: Client
) -> None:
    answer = member.post(
        reverse("alliance_new"),
        {"name": "New", "summary": "", "founded_on": "2026-01-12", "currency": "nok"},
    )
    alliance = Alliance.objects.get(name="New")
    assert answer["Location"] == reverse("people", args=[alliance.pk])
    assert alliance.founded_on is not None
    assert alliance.founded_on.isoformat() == "2026-01-12"
    assert alliance.currency == "NOK"
    assert alliance.memberships.get().user == house.member


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"name": "  "},
        {"name": "a\0b"},
        {"name": "x" * 1_000_000},
        {"name": "New", "summary": "x" * 1001},
        {"name": "New", "founded_on": "yesterday"},
        {"name": "New", "currency": ""},
        {"name": "New", "currency": "EURO"},
        {"name": "New", "currency": "€"},
        {"name": "New", "currency": "ßa"},
    ],
)
def test_a_wrong_alliance_is_told_on_the_page(
    house: House, member: Client, fields: dict[str, str]
) -> None:
    answer = member.post(reverse("alliance_new"), {"currency": "EUR", **fields})
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert Alliance.objects.count() == 2


def test_an_alliance_is_changed(house: House, convener: Client) -> None:
    address = reverse("alliance_edit", args=[house.alliance.pk])
    assert 'value="Tessel Valley"' in convener.get(address).content.decode()
    assert 'value="EUR"' in convener.get(address).content.decode()
    sent = {"name": "Tessel", "summary": "Dry feet.", "currency": "CHF", "edition": "1"}
    answer = convener.post(address, sent)
    assert answer["Location"] == reverse("desk", args=[house.alliance.pk])
    house.alliance.refresh_from_db()
    assert (house.alliance.name, house.alliance.summary, house.alliance.currency) == (
        "Tessel",
        "Dry feet.",
        "CHF",
    )
    assert convener.post(address, {"name": ""}).status_code == 422


# Participants


def test_a_participant_is_added_changed_and_removed(house: House, convener: Client) -> None:
    answer = convener.post(
        reverse("participant_new", args=[house.alliance.pk]),
        {"name": "Water", "interest": "drinkers", "status": "accepted"},
    )
    water = Participant.objects.get(name="Water")
    people = reverse("people", args=[house.alliance.pk])
    assert answer["Location"] == f"{people}#participant-{water.pk}"
    convener.post(
        reverse("participant_edit", args=[water.pk]),
        {"name": "Harrow Water", "interest": "", "status": "declined", "edition": "1"},
    )
    water.refresh_from_db()
    assert (water.name, water.interest, water.status) == ("Harrow Water", "", "declined")
    remove = reverse("participant_remove", args=[water.pk])
    assert convener.get(remove).status_code == 200
    assert Participant.objects.filter(pk=water.pk).exists()
    assert convener.post(remove, {"confirm": "yes"})["Location"] == people
    assert not Participant.objects.filter(pk=water.pk).exists()


def test_a_name_that_is_taken_is_told_above_the_form(house: House, convener: Client) -> None:
    expected = ["Eastline Rail is on the list already. Change it there, or choose another name."]
    answer = convener.post(
        reverse("participant_new", args=[house.alliance.pk]),
        {"name": "eastline rail", "status": "invited"},
    )
    assert (answer.status_code, form_errors(answer)) == (422, expected)
    answer = convener.post(
        reverse("participant_edit", args=[house.council.pk]),
        {"name": "eastline rail", "status": "invited", "edition": "1"},
    )
    assert (answer.status_code, form_errors(answer)) == (422, expected)


def test_the_page_that_asks_says_what_goes_with_it(house: House, convener: Client) -> None:
    answer = convener.get(reverse("participant_remove", args=[house.council.pk]))
    assert answer.context["consequences"][0] == (
        "Its pain and the person who speaks for it are deleted."
    )


# Pains


def test_a_member_states_and_withdraws_the_own_pain(house: House, member: Client) -> None:
    address = reverse("participant_pain", args=[house.council.pk])
    member.post(
        address, {"pain": "New words", "drive": "greatness", "strength": "3", "edition": "1"}
    )
    house.council.refresh_from_db()
    assert (house.council.pain, house.council.drive, house.council.strength) == (
        "New words",
        "greatness",
        3,
    )
    asked = member.get(address, {"withdraw": "1"})
    assert "Withdraw the pain of County Council?" in asked.content.decode()
    house.council.refresh_from_db()
    assert house.council.pain == "New words"
    answer = asked.context["answer"]
    assert answer.startswith("withdraw 2 ")
    assert f'name="confirm" value="{answer}"' in asked.content.decode()
    # what is no part of the pain may be changed meanwhile
    update_participant(participant=house.council, interest="tenants")
    member.post(address, {"confirm": answer})
    house.council.refresh_from_db()
    assert (house.council.pain, house.council.drive, house.council.strength) == ("", "", None)


@pytest.mark.parametrize(
    "answer", ["withdraw 1", "withdraw 1 x", "withdraw", "withdraw x", "withdraw ٢"]
)
def test_a_pain_that_was_restated_meanwhile_is_not_withdrawn_unread(
    house: House, convener: Client, answer: str
) -> None:
    state_pain(participant=house.council, pain="Worse now", drive="fear", strength=10)
    answered = convener.post(
        reverse("participant_pain", args=[house.council.pk]), {"confirm": answer}
    )
    assert answered.status_code == 422
    text = answered.content.decode()
    assert "Somebody stated this pain anew meanwhile." in text
    assert 'value="withdraw 2 ' in text
    house.council.refresh_from_db()
    assert house.council.pain == "Worse now"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, {"pain", "drive", "strength"}),
        ({"pain": "x", "drive": "love", "strength": "3"}, {"drive"}),
        ({"pain": "x", "drive": "fear", "strength": "11"}, {"strength"}),
        ({"pain": "x", "drive": "fear", "strength": "strong"}, {"strength"}),
        ({"pain": "x", "drive": "fear", "strength": "3.5"}, {"strength"}),
        ({"pain": "\0", "drive": "fear", "strength": "3"}, {"pain"}),
        ({"pain": "x" * 1_000_000, "drive": "fear", "strength": "3"}, {"__all__"}),
    ],
)
def test_half_a_pain_is_told_on_the_page(
    house: House, convener: Client, fields: dict[str, str], wrong: set[str]
) -> None:
    answer = convener.post(reverse("participant_pain", args=[house.council.pk]), fields)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, wrong)
    house.council.refresh_from_db()
    assert house.council.pain == "Two floods in ten years."


# Representatives


def test_a_person_is_added_changed_and_removed(house: House, convener: Client) -> None:
    seat = f"{reverse('people', args=[house.alliance.pk])}#participant-{house.rail.pk}"
    answer = convener.post(
        reverse("representative_new", args=[house.rail.pk]),
        {
            "name": "Mara",
            "email": "mara@rail.example",
            "role": "leader",
            "cognitive_claimed": "on",
            "cognitive_observed": "yes",
        },
    )
    assert answer["Location"] == seat
    mara = house.rail.representatives.get()
    assert (mara.role, mara.cognitive_claimed, mara.cognitive_observed) == ("leader", True, "yes")
    edit = reverse("representative_edit", args=[mara.pk])
    assert 'value="mara@rail.example"' in convener.get(edit).content.decode()
    convener.post(
        edit,
        {
            "name": "Mara Lind",
            "email": "mara@rail.example",
            "role": "sponsor",
            "days_a_month": "2.5",
            "edition": "1",
        },
    )
    mara.refresh_from_db()
    assert (mara.name, mara.role, mara.cognitive_claimed, mara.cognitive_observed) == (
        "Mara Lind",
        "sponsor",
        False,
        "",
    )
    assert (mara.days_a_month, mara.edition, mara.changed_by) == (
        Decimal("2.5"),
        2,
        house.convener,
    )
    remove = reverse("representative_remove", args=[mara.pk])
    assert convener.get(remove).status_code == 200
    assert house.rail.representatives.exists()
    assert convener.post(remove, {"confirm": "yes"})["Location"] == seat
    assert not house.rail.representatives.exists()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, {"name", "email", "role"}),
        ({"name": "M", "email": "m", "role": "leader"}, {"email"}),
        ({"name": "M", "email": "m@r.example", "role": "boss"}, {"role"}),
        (
            {"name": "M", "email": "m@r.example", "role": "leader", "cognitive_observed": "x"},
            {"cognitive_observed"},
        ),
        ({"name": "M\0", "email": "m@r.example", "role": "leader"}, {"name"}),
        *(
            (
                {"name": "M", "email": "m@r.example", "role": "leader", "days_a_month": days},
                {where},
            )
            for where, wrong_days in (
                ("days_a_month", ("2.55", "many", "NaN")),
                ("__all__", ("0", "0.4", "31.1", "40", "-1")),
            )
            for days in wrong_days
        ),
        ({"name": "M", "email": "INES@council.example", "role": "leader"}, {"__all__"}),
    ],
)
def test_a_wrong_person_is_told_on_the_page(
    house: House, convener: Client, fields: dict[str, str], wrong: set[str]
) -> None:
    answer = convener.post(reverse("representative_new", args=[house.rail.pk]), fields)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, wrong)
    assert not house.rail.representatives.exists()
