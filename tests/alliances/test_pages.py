"""The pages of people and access, as a browser without JavaScript uses them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from alliances.models import Alliance, Membership, Participant, Representative, User
from tests.alliances.conftest import House

FAR = 10**30  # more than a column can hold


def _messages(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def _errors(answer: Any) -> list[str]:
    return list(answer.context["form"].non_field_errors())


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
        reverse("alliance_new"), {"name": "New", "summary": "", "founded_on": "2026-01-12"}
    )
    alliance = Alliance.objects.get(name="New")
    assert answer["Location"] == reverse("people", args=[alliance.pk])
    assert alliance.founded_on is not None
    assert alliance.founded_on.isoformat() == "2026-01-12"
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
    ],
)
def test_a_wrong_alliance_is_told_on_the_page(
    house: House, member: Client, fields: dict[str, str]
) -> None:
    answer = member.post(reverse("alliance_new"), fields)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert Alliance.objects.count() == 2


def test_an_alliance_is_changed(house: House, convener: Client) -> None:
    address = reverse("alliance_edit", args=[house.alliance.pk])
    assert 'value="Tessel Valley"' in convener.get(address).content.decode()
    answer = convener.post(address, {"name": "Tessel", "summary": "Dry feet."})
    assert answer["Location"] == reverse("desk", args=[house.alliance.pk])
    house.alliance.refresh_from_db()
    assert (house.alliance.name, house.alliance.summary) == ("Tessel", "Dry feet.")
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
        {"name": "Harrow Water", "interest": "", "status": "declined"},
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
    assert (answer.status_code, _errors(answer)) == (422, expected)
    answer = convener.post(
        reverse("participant_edit", args=[house.council.pk]),
        {"name": "eastline rail", "status": "invited"},
    )
    assert (answer.status_code, _errors(answer)) == (422, expected)


def test_the_page_that_asks_says_what_goes_with_it(house: House, convener: Client) -> None:
    answer = convener.get(reverse("participant_remove", args=[house.council.pk]))
    assert answer.context["consequences"][0] == (
        "Its pain and the 1 person who speaks for it are deleted."
    )


# Pains


def test_a_member_states_and_withdraws_the_own_pain(house: House, member: Client) -> None:
    address = reverse("participant_pain", args=[house.council.pk])
    member.post(address, {"pain": "New words", "drive": "greatness", "strength": "3"})
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
    member.post(address, {"confirm": "withdraw"})
    house.council.refresh_from_db()
    assert (house.council.pain, house.council.drive, house.council.strength) == ("", "", None)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, {"pain", "drive", "strength"}),
        ({"pain": "x", "drive": "love", "strength": "3"}, {"drive"}),
        ({"pain": "x", "drive": "fear", "strength": "11"}, {"strength"}),
        ({"pain": "x", "drive": "fear", "strength": "strong"}, {"strength"}),
        ({"pain": "x", "drive": "fear", "strength": "3.5"}, {"strength"}),
        ({"pain": "\0", "drive": "fear", "strength": "3"}, {"pain"}),
        ({"pain": "x" * 1_000_000, "drive": "fear", "strength": "3"}, {"pain"}),
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
    convener.post(edit, {"name": "Mara Lind", "email": "mara@rail.example", "role": "sponsor"})
    mara.refresh_from_db()
    assert (mara.name, mara.role, mara.cognitive_claimed, mara.cognitive_observed) == (
        "Mara Lind",
        "sponsor",
        False,
        "",
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
        ({"name": "M", "email": "INES@council.example", "role": "leader"}, {"__all__"}),
    ],
)
def test_a_wrong_person_is_told_on_the_page(
    house: House, convener: Client, fields: dict[str, str], wrong: set[str]
) -> None:
    answer = convener.post(reverse("representative_new", args=[house.rail.pk]), fields)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, wrong)
    assert not house.rail.representatives.exists()


# Import


def test_a_pasted_list_is_shown_changed_and_added(house: House, convener: Client) -> None:
    address = reverse("people_import", args=[house.alliance.pk])
    pasted = 'Mill\t\t\t"Ann ""A"" Lee"\tann@mill.example\r\nMill\t\t\tBo\tbo@mill.example'
    shown = convener.post(address, {"text": pasted})
    assert shown.status_code == 200
    assert (shown.context["plan"].new_organisations, shown.context["plan"].new_people) == (1, 2)
    assert "Nothing is stored yet." in shown.content.decode()
    assert shown.context["text"] == pasted
    assert not Participant.objects.filter(name="Mill").exists()

    back = convener.post(address, {"text": pasted, "step": "change"})
    assert (back.status_code, back.context["form"]["text"].value()) == (200, pasted)

    added = convener.post(address, {"text": pasted, "step": "add"}, follow=True)
    assert _messages(added) == ["Added: 1 organisation, 2 people."]
    assert [p.name for p in Participant.objects.get(name="Mill").representatives.all()] == [
        'Ann "A" Lee',
        "Bo",
    ]
    again = convener.post(address, {"text": pasted, "step": "add"}, follow=True)
    assert _messages(again) == ["Everybody on the list was there already. Nothing is added."]


def test_a_file_travels_on_as_text(house: House, convener: Client) -> None:
    address = reverse("people_import", args=[house.alliance.pk])
    file = SimpleUploadedFile("people.csv", "organisation;name\nFluß;".encode("utf-8-sig"))
    shown = convener.post(address, {"text": "", "file": file})
    assert shown.context["text"] == "organisation;name\nFluß;"
    convener.post(address, {"text": shown.context["text"], "step": "add"})
    assert Participant.objects.filter(name="Fluß").exists()


def test_wrong_lines_come_back_to_be_put_right(house: House, convener: Client) -> None:
    address = reverse("people_import", args=[house.alliance.pk])
    file = SimpleUploadedFile("people.csv", b"Mill,,,Ann,ann\nMill,,asleep")
    for step in ("look", "add"):
        file.seek(0)
        answer = convener.post(address, {"file": file, "step": step})
        assert answer.status_code == 422
        assert answer.context["refusal"].details == [
            "Line 1: “ann” is not an e-mail address. Write it like name@example.org.",
            "Line 2: “asleep” is no status. Write one of: invited, accepted, declined, left.",
        ]
        assert answer.context["form"]["text"].value() == "Mill,,,Ann,ann\nMill,,asleep"
        assert "Line 2: “asleep” is no status." in answer.content.decode()
    assert Participant.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "file", "message"),
    [
        ("", None, "The list is empty. Paste cells or choose a file."),
        ("  \n", None, "The list is empty. Paste cells or choose a file."),
        ("", b"", "The list is empty. Paste cells or choose a file."),
        ("Mill", b"Mill", "There is a pasted list and a file. Send one of the two."),
        ("", b"x" * 1_200_000, "The file is larger than 1 MB. Split it."),
        ("", b"PK\x03\x04", "This is a workbook, not a CSV file."),
        ("", "Fluß".encode("cp1252"), "The file is not in UTF-8 (see line 1)"),
    ],
)
def test_lists_that_cannot_be_taken(
    house: House, convener: Client, text: str, file: bytes | None, message: str
) -> None:
    fields: dict[str, Any] = {"text": text}
    if file is not None:
        fields["file"] = SimpleUploadedFile("people.csv", file)
    answer = convener.post(reverse("people_import", args=[house.alliance.pk]), fields)
    assert answer.status_code == 422
    (error,) = _errors(answer)
    assert error.startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Mi\0ll", "Nothing is stored. Put these lines right and send the list again."),
        ("x" * 1_200_000, "The list is larger than 1 MB. Split it."),
    ],
)
def test_text_that_cannot_be_read(house: House, convener: Client, text: str, message: str) -> None:
    for step in ("look", "add"):
        answer = convener.post(
            reverse("people_import", args=[house.alliance.pk]), {"text": text, "step": step}
        )
        assert (answer.status_code, answer.context["refusal"].message) == (422, message)
    assert Participant.objects.count() == 2


def test_markup_in_a_list_stays_text(house: House, convener: Client) -> None:
    answer = convener.post(
        reverse("people_import", args=[house.alliance.pk]), {"text": '"<script>alert(1)</script>"'}
    )
    assert "<script>alert" not in answer.content.decode()
    assert "&lt;script&gt;alert(1)" in answer.content.decode()


# Access


def test_access_is_given_and_mailed(house: House, convener: Client) -> None:
    answer = convener.post(
        reverse("access", args=[house.alliance.pk]),
        {"email": "new@example.org", "name": "", "role": "member", "participant": house.rail.pk},
        follow=True,
    )
    assert _messages(answer) == ["new@example.org has access, and has been sent a mail."]
    assert User.objects.get(email="new@example.org").memberships.get().participant == house.rail
    assert "http://testserver/accounts/login/code/" in mail.outbox[0].body


def test_a_mail_that_does_not_go_is_told(house: House, convener: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.alliances.test_access_services.BrokenBackend"
    answer = convener.post(
        reverse("access", args=[house.alliance.pk]),
        {"email": "new@example.org", "role": "member"},
        follow=True,
    )
    assert _messages(answer) == [
        "new@example.org has access, but the mail could not be sent. "
        "Tell them to log in with this address, by a code."
    ]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, {"email", "role"}),
        ({"email": "x", "role": "member"}, {"email"}),
        ({"email": "x@example.org", "role": "king"}, {"role"}),
        ({"email": "x@example.org", "role": "member", "participant": "999"}, {"participant"}),
        ({"email": "x@example.org\0", "role": "member"}, {"email"}),
        ({"email": "MEMBER@example.org", "role": "member"}, {"__all__"}),
    ],
)
def test_wrong_access_is_told_on_the_page(
    house: House, convener: Client, fields: dict[str, str], wrong: set[str]
) -> None:
    answer = convener.post(reverse("access", args=[house.alliance.pk]), fields)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, wrong)
    assert (User.objects.count(), house.alliance.memberships.count(), mail.outbox) == (4, 2, [])


def test_access_is_changed_in_its_row(house: House, convener: Client) -> None:
    membership = house.member.memberships.get()
    answer = convener.post(
        reverse("access", args=[house.alliance.pk]),
        {
            "membership": membership.pk,
            f"m{membership.pk}-role": "convener",
            f"m{membership.pk}-participant": "",
        },
    )
    assert answer["Location"] == reverse("access", args=[house.alliance.pk])
    membership.refresh_from_db()
    assert (membership.role, membership.participant) == ("convener", None)


def test_the_last_convener_is_told_in_the_row(house: House, convener: Client) -> None:
    membership = house.convener.memberships.get()
    answer = convener.post(
        reverse("access", args=[house.alliance.pk]),
        {"membership": membership.pk, f"m{membership.pk}-role": "member"},
    )
    assert answer.status_code == 422
    (row,) = [row for row in answer.context["rows"] if row.errors]
    assert row.membership == membership
    assert row.non_field_errors() == [
        "Convener is the only convener. Make somebody else convener first."
    ]
    removed = convener.post(reverse("access_remove", args=[membership.pk]), {"confirm": "yes"})
    assert (removed.status_code, removed.context["refusal"]) == (
        422,
        "Convener is the only convener. Make somebody else convener first.",
    )
    assert house.alliance.memberships.count() == 2


@pytest.mark.parametrize("key", ["999", "x", "", "\0"])
def test_a_row_that_is_not_there_is_404(house: House, convener: Client, key: str) -> None:
    answer = convener.post(reverse("access", args=[house.alliance.pk]), {"membership": key})
    assert answer.status_code == 404


def test_another_alliances_row_is_404(house: House, convener: Client) -> None:
    foreign = house.stranger.memberships.get()
    answer = convener.post(
        reverse("access", args=[house.alliance.pk]),
        {"membership": foreign.pk, f"m{foreign.pk}-role": "member"},
    )
    assert answer.status_code == 404
    foreign.refresh_from_db()
    assert foreign.role == "convener"


def test_access_is_taken_away_after_asking(house: House, convener: Client, member: Client) -> None:
    membership = house.member.memberships.get()
    address = reverse("access_remove", args=[membership.pk])
    assert convener.get(address).status_code == 200
    assert Membership.objects.filter(pk=membership.pk).exists()
    assert convener.post(address, {"confirm": "yes"})["Location"] == reverse(
        "access", args=[house.alliance.pk]
    )
    assert member.get(reverse("people", args=[house.alliance.pk])).status_code == 404


def test_who_gives_up_the_own_access_goes_home(house: House, convener: Client) -> None:
    Membership.objects.filter(user=house.member).update(role="convener")
    own = house.convener.memberships.get()
    answer = convener.post(reverse("access_remove", args=[own.pk]), {"confirm": "yes"})
    assert answer["Location"] == reverse("home")


@pytest.mark.parametrize("many", [3, 60])
def test_the_access_page_takes_the_same_queries_for_many(  # type: ignore[no-untyped-def]
    house: House, convener: Client, django_assert_num_queries, many: int
) -> None:
    for number in range(many - 2):
        Membership.objects.create(
            alliance=house.alliance,
            user=User.objects.create_user(f"u{number}@example.org"),
            participant=house.rail,
        )
    # session, user, alliance, participants, memberships
    with django_assert_num_queries(5):
        answer = convener.get(reverse("access", args=[house.alliance.pk]))
    assert len(answer.context["rows"]) == many
