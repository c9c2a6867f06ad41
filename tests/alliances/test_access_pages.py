"""The page that says who has access: given, changed in its row, taken away after asking."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from alliances.models import Membership, Representative, User
from alliances.services.access import change_access, mark_of
from tests.alliances.charter.test_races import posting
from tests.alliances.conftest import House, told
from tests.factories import make_participant, make_representative
from tests.races import asked_at_once

AT = dt.datetime(2026, 5, 3, 10, 30, tzinfo=dt.UTC)


def test_access_is_given_and_mailed(house: House, convener: Client) -> None:
    answer = convener.post(
        reverse("access", args=[house.alliance.pk]),
        {"email": "new@example.org", "name": "", "role": "member", "participant": house.rail.pk},
        follow=True,
    )
    assert told(answer) == ["new@example.org has access, and has been sent a mail."]
    assert User.objects.get(email="new@example.org").memberships.get().participant == house.rail
    assert "http://testserver/accounts/login/code/" in mail.outbox[0].body


def test_a_mail_that_does_not_go_is_told(house: House, convener: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.alliances.test_access_services.BrokenBackend"
    answer = convener.post(
        reverse("access", args=[house.alliance.pk]),
        {"email": "new@example.org", "role": "member"},
        follow=True,
    )
    assert told(answer) == [
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
            f"m{membership.pk}-began_from": f"member {house.council.pk}",
        },
    )
    assert answer["Location"] == reverse("access", args=[house.alliance.pk])
    membership.refresh_from_db()
    assert (membership.role, membership.participant) == ("convener", None)


def test_the_last_convener_is_told_in_the_row(house: House, convener: Client) -> None:
    membership = house.convener.memberships.get()
    answer = convener.post(
        reverse("access", args=[house.alliance.pk]),
        changing(membership, None, "member"),
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
        make_representative(house.rail, name=f"Person {number:02}")
    house.alliance.memberships.update(bound_by=house.admin, bound_at=AT)
    # session, user, alliance, participants, memberships, people without access
    with django_assert_num_queries(6):
        answer = convener.get(reverse("access", args=[house.alliance.pk]))
    assert len(answer.context["rows"]) == many
    # besides Ines Arroyo, whom the house has
    assert len(answer.context["without"]) == min(many - 1, 20)
    assert answer.context["more"] == max(many - 21, 0)


def test_people_on_the_list_are_given_access_by_their_name(house: House, convener: Client) -> None:
    Representative.objects.all().delete()
    make_representative(house.rail, name="Una Berg", email="Una@example.org")
    make_representative(house.rail, name="A Member", email="MEMBER@example.org")
    bound = Membership.objects.create(
        alliance=house.alliance,
        user=User.objects.create_user("una@home.example.org", name="Ulla Berg"),
        participant=house.rail,
    )
    make_representative(house.rail, name="Ulla Berg", email="ulla@example.org")
    assert bound.participant == house.rail, "Ulla logs in by another address"
    left = make_participant(house.alliance, "Left", status="left")
    make_representative(left, name="Gone", email="gone@example.org")
    address = reverse("access", args=[house.alliance.pk])
    page = convener.get(address)
    assert [person.name for person in page.context["without"]] == ["Una Berg"]
    person = page.context["without"][0]
    form = convener.get(f"{address}?person={person.pk}").context["form"]
    assert form.initial == {
        "email": "Una@example.org",
        "name": "Una Berg",
        "participant": house.rail.pk,
    }
    for nonsense in ("0", "x", "9" * 30):
        assert convener.get(f"{address}?person={nonsense}").context["form"].initial == {}
    # Who is typed in without a name is called as on the list.
    convener.post(address, {"email": "una@example.org", "role": "member"})
    assert User.objects.get(email="una@example.org").name == "Una Berg"
    assert convener.get(address).context["without"] == []


# --- who may speak for an organisation


def changing(membership: Membership, participant: Any, role: str = "") -> dict[str, Any]:
    """What the row of `membership` sends."""
    return {
        "membership": membership.pk,
        f"m{membership.pk}-role": role or membership.role,
        f"m{membership.pk}-participant": participant.pk if participant else "",
        f"m{membership.pk}-began_from": mark_of(membership),
    }


def test_others_are_told_who_joins_them_and_the_convener_that_they_are(
    house: House, convener: Client
) -> None:
    answer = convener.post(
        reverse("access", args=[house.alliance.pk]),
        {"email": "new@example.org", "role": "member", "participant": house.council.pk},
        follow=True,
    )
    assert told(answer) == [
        "new@example.org has access, and has been sent a mail.",
        "new@example.org now speaks for County Council, and its other people are told so by mail.",
    ]
    assert [one.to for one in mail.outbox[1:]] == [
        ["Member <member@example.org>"],
        ["Ines Arroyo <ines@council.example>"],
    ]
    assert "This was given by Convener (convener@example.org)" in mail.outbox[1].body
    assert "http://testserver/accounts/login/code/" in mail.outbox[1].body


def test_a_convener_binds_themselves_once_and_is_seen_to(house: House, convener: Client) -> None:
    address = reverse("access", args=[house.alliance.pk])
    own = house.convener.memberships.get()
    answer = convener.post(address, changing(own, house.council), follow=True)
    assert told(answer) == [
        "Saved. Convener now speaks for County Council, and its other people are told so by mail."
    ]
    assert len(mail.outbox) == 2
    own.refresh_from_db()
    refused = convener.post(address, changing(own, house.rail))
    assert refused.status_code == 422
    [row] = [row for row in refused.context["rows"] if row.errors]
    assert row.non_field_errors() == [
        "You speak for County Council here, and nobody changes that for themselves. "
        "Another convener or an admin can."
    ]
    assert len(mail.outbox) == 2


def test_mails_to_the_others_that_fail_are_told(
    house: House, convener: Client, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "tests.alliances.test_access_services.BrokenBackend"
    membership = house.member.memberships.get()
    Representative.objects.create(participant=house.rail, name="Ray", email="ray@rail.example")
    answer = convener.post(
        reverse("access", args=[house.alliance.pk]), changing(membership, house.rail), follow=True
    )
    assert told(answer) == [
        "Saved. Member now speaks for Eastline Rail, and its other people are told so by mail. "
        "They no longer speak for County Council, and all concerned are told so by mail. "
        "The mail to these people could not be sent. Tell them yourself: Ray, Member, Ines Arroyo."
    ]
    membership.refresh_from_db()
    assert membership.participant == house.rail


def test_the_page_says_who_bound_whom_and_when(house: House, convener: Client) -> None:
    address = reverse("access", args=[house.alliance.pk])

    def page() -> str:
        return " ".join(convener.get(address).content.decode().split())

    assert "County Council</p>" in page()  # from before the moment was kept
    for by, said in (
        (house.admin, "since 3 May 2026, by admin@example.org"),
        (house.member, "since 3 May 2026, by themselves"),
        (None, "since 3 May 2026"),
    ):
        Membership.objects.filter(user=house.member).update(bound_by=by, bound_at=AT)
        assert f"County Council<br>{said}</p>" in page()
    # Who speaks for nobody any more is bound to nobody.
    Membership.objects.filter(user=house.member).update(participant=None)
    assert "since 3 May" not in page()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(3))
def test_two_bindings_of_oneself_at_once_are_one(house: House, turn: int) -> None:
    own = house.convener.memberships.get()

    def asks(participant: Any) -> Any:
        sent = {name: str(value) for name, value in changing(own, participant).items()}
        return posting(house.convener, "access", house.alliance.pk, **sent)

    assert sorted(asked_at_once(asks(house.council), asks(house.rail))) == [302, 409]


# --- two conveners on the page at once


def test_who_comes_second_overwrites_nothing_and_reads_both(house: House, convener: Client) -> None:
    address = reverse("access", args=[house.alliance.pk])
    membership = house.member.memberships.get()
    page = convener.get(address).content.decode()
    assert f'name="m{membership.pk}-began_from" value="member {house.council.pk}"' in page
    mine = changing(membership, house.council, "convener")
    change_access(membership=membership, role="member", participant=house.rail, by=house.admin)
    answer = convener.post(address, mine)
    assert answer.status_code == 409
    [row] = [row for row in answer.context["rows"] if row.errors]
    said = (
        "Somebody changed this while the page was open. It now says: Member, Eastline Rail. You "
        "chose: Convener, County Council. Nothing of yours is stored. Change it once more if yours "
        "shall stand."
    )
    assert row.non_field_errors() == [said]
    assert answer.content.decode().count(said) == 1
    stored = house.member.memberships.get()
    assert (stored.role, stored.participant, mail.outbox) == ("member", house.rail, [])
    # what was chosen stays in the form; who has read both may put it there
    assert row["role"].value() == "convener"
    again = mine | {f"m{membership.pk}-began_from": row["began_from"].value()}
    assert convener.post(address, again).status_code == 302
    stored = house.member.memberships.get()
    assert (stored.role, stored.participant) == ("convener", house.council)


@pytest.mark.parametrize("mark", ["", "member", "king 0", "member 999", "\0"])
def test_a_row_that_does_not_say_what_it_began_from_changes_nothing(
    house: House, convener: Client, mark: str
) -> None:
    membership = house.member.memberships.get()
    sent = changing(membership, house.rail) | {f"m{membership.pk}-began_from": mark}
    answer = convener.post(reverse("access", args=[house.alliance.pk]), sent)
    assert answer.status_code == (422 if mark == "\0" else 409)
    assert house.member.memberships.get().participant == house.council


def test_what_stands_there_already_overtakes_nobody(house: House, convener: Client) -> None:
    """As where somebody presses the button twice."""
    membership = house.member.memberships.get()
    sent = changing(membership, house.rail)
    address = reverse("access", args=[house.alliance.pk])
    assert [convener.post(address, sent).status_code for _ in range(2)] == [302, 302]


# --- who is told of what is taken away


def test_taking_away_says_who_is_told_and_tells_them(house: House, convener: Client) -> None:
    address = reverse("access_remove", args=[house.member.memberships.get().pk])
    asks = convener.get(address).content.decode()
    assert "Member is told so by mail, and so are the other people of County Council." in asks
    answer = convener.post(address, {"confirm": "yes"}, follow=True)
    assert told(answer) == [
        "Member has no access any more. They no longer speak for County Council, and all concerned "
        "are told so by mail."
    ]
    assert [one.to for one in mail.outbox] == [
        ["Member <member@example.org>"],
        ["Ines Arroyo <ines@council.example>"],
    ]


def test_mails_about_what_was_taken_away_that_fail_are_told(
    house: House, convener: Client, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "tests.alliances.test_access_services.BrokenBackend"
    address = reverse("access_remove", args=[house.member.memberships.get().pk])
    [said] = told(convener.post(address, {"confirm": "yes"}, follow=True))
    assert said.endswith("Tell them yourself: Member, Ines Arroyo.")
    assert not house.member.memberships.exists()
    address = reverse("representative_remove", args=[house.ines.pk])
    [said] = told(convener.post(address, {"confirm": "yes"}, follow=True))
    assert said.endswith("Tell them yourself: Ines Arroyo.")
    assert not Representative.objects.exists()


def test_a_new_address_on_record_is_told_to_the_old_one(house: House, convener: Client) -> None:
    address = reverse("representative_edit", args=[house.ines.pk])
    sent = {
        "name": "Ines Arroyo",
        "email": "mine@harrow.example",
        "title": "Director",
        "role": "leader",
        "authoritative_claimed": "on",
        "authoritative_observed": "no",
        "observed_how": "Asked back each time.",
        "edition": "1",
    }
    answer = convener.post(address, sent, follow=True)
    assert told(answer) == ["The old address is told of the new one by mail.", "Saved."]
    assert [one.to for one in mail.outbox] == [["Ines Arroyo <ines@council.example>"]]
    # what is no other address is nothing to tell
    convener.post(address, sent | {"email": "MINE@harrow.example", "edition": "2"})
    assert len(mail.outbox) == 1


def test_a_removed_organisation_is_told_to_its_people(house: House, convener: Client) -> None:
    address = reverse("participant_remove", args=[house.council.pk])
    convener.post(address, {"confirm": "yes"})
    assert [one.to for one in mail.outbox] == [
        ["Member <member@example.org>"],
        ["Ines Arroyo <ines@council.example>"],
    ]
    assert "County Council has been taken off the list of those who take part" in (
        mail.outbox[0].body
    )
