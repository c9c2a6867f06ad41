"""A confidential round is played twice: the same acts of the convener at the same moments, answered by
other people, in another order, at other times. The log says the same of both, to the letter."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse

from alliances.models import User
from alliances.models.audit import AuditEntry
from alliances.services.audit.acting import acting_for
from assessments.models import Invitation, Response, Round
from assessments.services.invitations import send_invitations
from assessments.services.rounds import open_round
from tests.factories import (
    make_alliance,
    make_bank,
    make_participant,
    make_representative,
    make_user,
)

pytestmark = pytest.mark.django_db

DAY = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
ANSWERS = {"A1": "4", "A2": "5", "A3": "2", "B1": "4", "B2": "2", "C1": "3", "C2": "3"}


@dataclass
class Play:
    """Who answers, by their place among the seven asked, and so many minutes after the opening.

    `own` answers without a mail, as somebody who is logged in; `asks` gets a new link; `begins` begins
    and never sends in.
    """

    answers: list[tuple[int, int]]
    own: tuple[int, int]
    asks: int
    begins: tuple[int, int]
    moments: set[str] = field(default_factory=set)


FIRST = Play([(0, 7), (1, 31), (2, 95), (3, 170)], own=(4, 12), asks=6, begins=(5, 20))
SECOND = Play([(6, 113), (5, 3), (3, 44), (1, 139)], own=(2, 151), asks=1, begins=(0, 66))


class Clock:
    """What `timezone.now` says."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = DAY
        monkeypatch.setattr("django.utils.timezone.now", lambda: self.now)

    def at(self, minutes: int) -> None:
        self.now = DAY + dt.timedelta(minutes=minutes)


def played(play: Play, clock: Clock) -> list[tuple[Any, ...]]:
    """The whole round, and what the log says of it; undone at the end."""
    with transaction.atomic():
        first = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        found = _play(play, clock, first)
        transaction.set_rollback(True)
    return found


def _play(play: Play, clock: Clock, first: int) -> list[tuple[Any, ...]]:
    clock.at(-60)
    mail.outbox.clear()
    ada = make_user("ada@example.org", name="Ada Marsh")
    people = [make_user(f"asked{place}@example.org") for place in range(7)]
    alliance = make_alliance("Indigo Bay", convener=ada)
    for person in people:
        alliance.memberships.create(user=person, role="member")
    asked = [
        make_representative(
            make_participant(alliance, f"Organisation {place}"), f"P{place}", email=person.email
        )
        for place, person in enumerate(people)
    ]
    clock.at(0)
    with acting_for(lambda: ada):
        round_ = open_round(
            alliance=alliance,
            bank=make_bank(),
            name="Spring 2026",
            mode=Round.Mode.CONFIDENTIAL,
            threshold=5,
            closes_on=dt.date(2026, 3, 20),
            representatives=asked,
        )
        send_invitations(round=round_, base_url="https://alliance.example")
    convener = browser_of(ada)
    acts = {
        # each of the convener's, at a moment of its own
        60: lambda: press(convener, "round_remind", round_.pk),
        90: lambda: press(convener, "round_link", invitation_of(round_, play.asks).pk),
        150: lambda: press(convener, "round_remind", round_.pk),
        200: lambda: press(convener, "round_close", round_.pk),
        210: lambda: look(convener, "result", round_.pk),
        211: lambda: look(convener, "result_csv", round_.pk),
        # looked at by two members who are the same in both
        220: lambda: look(browser_of(people[3]), "result", round_.pk),
        230: lambda: look(browser_of(people[1]), "result_json", round_.pk),
    }
    letters = {place: link_of(people[place]) for place in range(7)}
    for place, minutes in play.answers:
        acts[minutes] = lambda place=place: answer(Client(), round_, letters[place])
    place, minutes = play.own
    acts[minutes] = lambda place=place: answer(browser_of(people[place]), round_, "")
    place, minutes = play.begins
    acts[minutes] = lambda place=place: answer(Client(), round_, letters[place], sends=False)
    for minutes in sorted(acts):
        clock.at(minutes)
        acts[minutes]()
    assert Response.objects.filter(round=round_, submitted=True).count() == 5
    places: dict[Any, int] = {}
    return [
        (
            entry.number, entry.at, entry.who, entry.action, entry.kind, entry.label, entry.details,
            # keys of the database, by the order in which they come
            *(places.setdefault(key, len(places)) for key in (
                entry.chain, ("account", entry.account), (entry.kind, entry.thing)
            )),
        )
        for entry in AuditEntry.objects.filter(pk__gt=first).order_by("pk")
    ]  # fmt: skip


def browser_of(user: User) -> Client:
    """Of somebody whose address is proven theirs."""
    EmailAddress.objects.get_or_create(user=user, email=user.email, verified=True)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def press(client: Client, name: str, pk: int) -> None:
    assert client.post(reverse(name, args=[pk])).status_code == 302


def look(client: Client, name: str, pk: int) -> None:
    assert client.get(reverse(name, args=[pk])).status_code == 200


def invitation_of(round_: Round, place: int) -> Invitation:
    return Invitation.objects.get(round=round_, email=f"asked{place}@example.org")


def link_of(person: User) -> str:
    """The path of the link in the mail to this person."""
    [letter] = [one for one in mail.outbox if person.email in one.to[0]]
    [path] = re.findall(r"https://alliance\.example(/a/\S+)", str(letter.body))
    return path


def answer(client: Client, round_: Round, link: str, *, sends: bool = True) -> None:
    """As a browser does it: opened, begun, each answer saved, sent in, and read once more."""
    if link:
        assert client.get(link).status_code == 200
        assert client.post(link).status_code == 302
    else:
        assert client.post(reverse("questionnaire_own", args=[round_.pk])).status_code == 302
    assert client.get(reverse("questionnaire", args=[round_.pk])).status_code == 200
    for code, value in ANSWERS.items():
        saved = client.post(
            reverse("questionnaire_save", args=[round_.pk]), {"code": code, "value": value}
        )
        assert saved.json() == {"saved": True}
    if sends:
        client.get(reverse("questionnaire_review", args=[round_.pk]))
        assert client.post(reverse("questionnaire_submit", args=[round_.pk])).status_code == 302
        client.get(reverse("questionnaire_done", args=[round_.pk]))


def test_who_answered_when_does_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    first, second = played(FIRST, clock), played(SECOND, clock)
    assert first == second
    told = [entry[3] for entry in first if entry[1] >= DAY]
    assert told == [
        "round_opened", "links_sent", "round_reminded", "link_replaced", "round_reminded",
        "round_closed", "result_published", "result_read", "exported", "result_read", "exported",
    ]  # fmt: skip


def test_the_log_holds_no_moment_of_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {entry[1] for entry in played(FIRST, Clock(monkeypatch))}
    answered = {
        DAY + dt.timedelta(minutes=m) for _place, m in (*FIRST.answers, FIRST.own, FIRST.begins)
    }
    assert not found & answered
