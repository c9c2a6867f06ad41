"""What a round can ask, and of whom: chosen first, then the terms that fit."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from alliances.errors import Refused
from alliances.models import Alliance, Participant, Representative, User
from assessments.models import Bank, Round
from assessments.services.asking import banks_to_ask, next_name, read_instruments
from assessments.services.rounds import open_round
from assessments.services.workbook import save_selection
from tests.factories import (
    make_alliance,
    make_bank,
    make_participant,
    make_representative,
    make_round,
    make_user,
)

pytestmark = pytest.mark.django_db


def bank_for(code: str, **fields: Any) -> Bank:
    """A published bank of this audience, subject or reading."""
    return make_bank(code, change=lambda bank: Bank.objects.filter(pk=bank.pk).update(**fields))


@pytest.fixture
def ada() -> User:
    return make_user(name="Ada Marsh")


@pytest.fixture
def table(ada: User) -> Alliance:
    """Ash with the convener and one more, Birch and Cedar with two people each."""
    alliance = make_alliance(convener=ada)
    ash = make_participant(alliance, "Ash")
    make_representative(ash, "Ada Marsh", role="convener")
    make_representative(ash, "Abel")
    for name in ("Birch", "Cedar"):
        make_participant(alliance, name, people=2)
    return alliance


@pytest.fixture
def client(ada: User) -> Client:
    client = Client()
    client.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")
    return client


def new(alliance: Alliance) -> str:
    return f"/alliances/{alliance.pk}/rounds/new/"


def names(page: str, participants: list[str]) -> list[str]:
    return [name for name in participants if f"<legend>{name}" in page]


def sent(bank: Bank, people: list[Representative], **changes: Any) -> dict[str, Any]:
    return {
        "name": "A look",
        "bank": bank.pk,
        "mode": "open",
        "threshold": "1",
        "closes_on": (timezone.localdate() + dt.timedelta(days=9)).isoformat(),
        "people": [person.pk for person in people],
    } | changes


def test_the_readiness_comes_first_then_by_who_answers(table) -> None:
    bank_for("z-members", audience="members", reading={"rule": "mean"})
    bank_for("a-convener", audience="convener", reading={"rule": "mean"})
    bank_for("y-everyone", reading={"rule": "mean"})
    bank_for("ready")
    bank_for("invited", subject="invitation", reading={"rule": "decision", "outcomes": []})
    # In the order of audiences: everyone, the convener, members, partners.
    assert [one.bank.code for one in read_instruments(table)] == [
        "ready",
        "y-everyone",
        "a-convener",
        "z-members",
    ]
    assert {bank.code for bank in banks_to_ask()} == {
        "ready",
        "y-everyone",
        "a-convener",
        "z-members",
    }


def test_what_to_ask_is_chosen_on_a_page(client, table) -> None:
    ready = bank_for("ready")
    other = bank_for(
        "other",
        audience="convener",
        reading={
            "rule": "decision",
            "outcomes": [{"code": "a", "title": "Stay", "text": ""}, {"code": "b", "title": "Go"}],
        },
    )
    page = client.get(new(table)).content.decode()
    assert "What do you want to ask?" in page
    for bank in (ready, other):
        assert f"?bank={bank.pk}" in page
    assert "Part 1 · Part 2 · Part 3" in page
    assert "Comes to: Stay · Go" in page
    make_round(table, other, name="Under way")
    page = client.get(new(table)).content.decode()
    assert "Open a round: A small bank" in page  # only one is left to choose
    third = bank_for("third")
    page = client.get(new(table)).content.decode()
    assert f"?bank={other.pk}" not in page
    assert f"?bank={third.pk}" in page
    assert "Go to Under way" in page


@pytest.mark.parametrize("bank", ["", "0", "x", "999999999999999999999"])
def test_what_cannot_be_asked_is_not_asked(client, table, bank: str) -> None:
    bank_for("one")
    bank_for("two")
    assert client.get(f"{new(table)}?bank={bank}").status_code == 200
    answer = client.post(new(table), {"bank": bank or "-", "name": "A look"})
    assert answer.status_code == 422
    assert "These questions can no longer be asked." in answer.content.decode()


def test_a_bank_for_the_convener_asks_those_who_convene(client, table, mailoutbox) -> None:
    bank = bank_for("own", audience="convener")
    page = client.get(new(table)).content.decode()
    assert names(page, ["Ash", "Birch", "Cedar"]) == ["Ash"]
    assert "Ada Marsh" in page
    assert "Abel" not in page
    assert 'name="mode"' not in page
    assert "scores and comments are shown to all members" in page
    ada = Representative.objects.get(role="convener")
    # Whatever else is sent, it is open.
    client.post(new(table), sent(bank, [ada], mode="confidential", threshold="9"))
    round_ = Round.objects.get()
    assert (round_.mode, round_.threshold, len(mailoutbox)) == ("open", 1, 1)


def test_nobody_has_that_role(client, ada) -> None:
    alliance = make_alliance("New", convener=ada)
    make_participant(alliance, "Ash", people=2)
    bank_for("own", audience="convener")
    assert "nobody on the list has that role" in client.get(new(alliance)).content.decode()


def test_a_bank_for_members_leaves_out_who_convenes(client, table) -> None:
    bank = bank_for("members", audience="members", subject="person")
    page = client.get(new(table)).content.decode()
    assert names(page, ["Ash", "Birch", "Cedar"]) == ["Ash", "Birch", "Cedar"]
    assert ">Abel " in page
    assert page.count('name="people"') == 5
    ada = Representative.objects.get(role="convener")
    with pytest.raises(Refused, match="for the members") as refusal:
        opened(table, bank, list(Representative.objects.all()))
    assert refusal.value.details == [ada.name]


def opened(alliance: Alliance, bank: Bank, people: list[Representative]) -> Round:
    return open_round(
        alliance=alliance,
        bank=bank,
        name="A look",
        mode="open",
        threshold=1,
        closes_on=timezone.localdate(),
        representatives=people,
    )


def test_only_who_convenes_is_asked_as_convener(table) -> None:
    bank = bank_for("own", audience="convener")
    with pytest.raises(Refused, match="for those who convene"):
        opened(table, bank, list(Representative.objects.all()))
    assert Round.objects.count() == 0


def test_two_partners_are_two_organisations(client, table) -> None:
    bank = bank_for("pair", audience="partners", subject="organisation")
    page = client.get(new(table)).content.decode()
    assert page.count('name="people"') == 6
    assert " checked" not in page.split('id="people-help"')[1]
    of = {
        participant.name: list(participant.representatives.all())
        for participant in Participant.objects.all()
    }
    for people in (of["Ash"], [*of["Ash"], *of["Birch"], *of["Cedar"]]):
        answer = client.post(new(table), sent(bank, people))
        assert answer.status_code == 422
        assert "Choose people of two organisations." in answer.content.decode()
    for name in ("Birch", "Cedar"):
        save_selection(
            participant=of[name][0].participant, bank=bank, edition=0, by=None, codes=["A1"]
        )
    client.post(new(table), sent(bank, [*of["Birch"], *of["Cedar"]]))
    assert set(Round.objects.get().organisations.values_list("name", flat=True)) == {
        "Birch",
        "Cedar",
    }


def test_a_name_to_begin_with(table) -> None:
    ready, look = bank_for("ready"), bank_for("look", reading={"rule": "mean"})
    assert next_name(table, ready) == "First round"
    assert next_name(table, look) == "A small bank"
    make_round(table, look, name="a small bank", closed=True)
    assert next_name(table, look) == "A small bank 2"
    assert next_name(table, ready) == "First round"
    make_round(table, ready, name="First round", closed=True)
    assert next_name(table, ready) == "Second round"
