"""Alliances with something in every corner, and everybody's way in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Permission
from django.core.mail import send_mail
from django.db import transaction
from django.test import Client, override_settings
from django.test.client import ClientHandler
from django.urls import reverse
from django.utils import timezone

from alliances.models import (
    Alliance,
    CharterVersion,
    JournalEntry,
    Membership,
    PurposeCheck,
    User,
    WorkingRule,
)
from alliances.services.charter.life import circulate
from assessments.models import Answer as GivenAnswer
from assessments.models import Bank, Comment, Response
from assessments.services.links import pseudonym, token_hash
from assessments.services.mailbox import list_mail
from assessments.services.rounds import close_round
from assessments.services.working_rules_check import working_rules_bank
from tests.factories import (
    make_alliance,
    make_participant,
    make_representative,
    make_response,
    make_round,
    make_user,
)
from tests.permissions.asking import FORM, Answer, answer_of
from tests.permissions.canaries import forbidden, found_in
from tests.permissions.rows.row import ROLES, Seats
from tests.permissions.rows.table import PAPERS, TABLE

STAFF = "clerk"
"""Staff who may write question banks, for Django's admin alone."""


@dataclass
class World:
    """What there is, by the names that rows use, and everybody's browser."""

    objects: dict[str, Any]
    sessions: dict[str, str]
    cookie: tuple[str, str, str]
    """Name, value and path of the respondent's cookie."""
    mail: Path
    forbidden: dict[str, dict[str, str]]
    """By role, what it may never read, and what that is."""
    handler: ClientHandler = field(default_factory=lambda: ClientHandler(enforce_csrf_checks=False))
    """One server for all: each would look at every static file first."""

    def client(self, role: str) -> Client:
        """A new browser of somebody who came in before."""
        client = Client()
        client.handler = self.handler
        if role == "respondent":
            name, value, path = self.cookie
            client.cookies[name] = value
            client.cookies[name]["path"] = path
        elif role in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        return client

    def arguments(self, name: str) -> dict[str, Any]:
        """What stands in the address of the row `name`."""
        given = TABLE[name].arguments
        return {key: self.objects.get(value, value) for key, value in given.items()}

    def address(self, name: str) -> str:
        return reverse(name, kwargs=self.arguments(name))

    def ask(
        self, role: str, method: str, address: str, sends: dict[str, Any] | None = None
    ) -> Answer:
        """The answer, with whatever it changed undone. Raises AssertionError where it gives away what
        the role may not read."""
        body = "&".join(f"{name}={value}" for name, value in (sends or {}).items())
        kept = {mail.name for mail in self.mail.iterdir()}
        with transaction.atomic():
            response = self.client(role).generic(
                method, address, body if method == "POST" else "", content_type=FORM
            )
            answer = answer_of(response)
            transaction.set_rollback(True)
        for mail in self.mail.iterdir():
            if mail.name not in kept:
                mail.unlink()
        self.look_through(role, address, answer)
        return answer

    def look_through(self, role: str, address: str, answer: Answer) -> None:
        words = self.forbidden[role]
        link = reverse("link", args=[self.objects["token"]])
        found = found_in(answer.readable, words, holds_link=address.startswith(link))
        assert not found, f"{[words[word] for word in found]}: {found} read by {role} at {address}"


@contextmanager
def whole_world(mail: Path) -> Iterator[World]:
    """The world in a transaction that is undone at the end."""
    with (
        transaction.atomic(),
        pytest.MonkeyPatch.context() as monkeypatch,
        override_settings(
            EMAIL_BACKEND="django.core.mail.backends.filebased.EmailBackend",
            EMAIL_FILE_PATH=mail,
            MAIL_DIR=mail,
        ),
    ):
        yield make_world(mail, monkeypatch)
        transaction.set_rollback(True)


@pytest.fixture(scope="module", name="world")
def world_of_a_module(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """For the tests of one module elsewhere. Whatever a question changes is undone by `World.ask`, and
    all of it at the end."""
    with django_db_blocker.unblock(), whole_world(tmp_path_factory.mktemp("mail")) as made:
        yield made


def make_world(mail_folder: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    # Who gets a PDF is asked of all; what stands in them, tests/permissions/test_files.py reads.
    for name in ("render_report", "render_scorecard"):
        monkeypatch.setattr(f"assessments.views.results.{name}", lambda **_: b"%PDF-")
    for name in ("render_charter", "render_certificate"):
        monkeypatch.setattr(f"assessments.views.charter_pdf.{name}", lambda **_: b"%PDF-")
    monkeypatch.setattr("assessments.views.banks.preview.render_paper_form", lambda **_: b"%PDF-")
    send_mail("Hello", "Text", "a@example.org", ["b@example.org"])
    [mail] = list_mail(mail_folder)
    users = make_users()
    alliance = make_alliance("Marlinspike", convener=users["convener"], member=users["member"])
    Membership.objects.create(alliance=alliance, user=users["fellow"], role="member")
    ash, birch = make_participant(alliance, "Ash"), make_participant(alliance, "Birch")
    Membership.objects.filter(user=users["member"]).update(participant=ash)
    Membership.objects.filter(user=users["fellow"]).update(participant=birch)
    seats = Seats(alliance, ash, birch, users)
    papers = {name: thing for kind in PAPERS for name, thing in kind.make_objects(seats).items()}
    papers["own bank"] = Bank.objects.get(alliance=alliance).pk
    papers["mail"] = mail.name
    objects = papers | make_other(users) | make_vault()
    sessions = {role: logged_in(user) for role, user in users.items()}
    objects["keys"] |= keys_of([objects["token"], *objects["tokens"], *objects["other tokens"]])
    objects["keys"]["a session"] = list(sessions.values())
    return World(
        objects=objects,
        forbidden=forbidden(objects),
        sessions=sessions,
        cookie=papers["cookie"],
        mail=mail_folder,
    )


def make_users() -> dict[str, User]:
    """An account for each role that has one, and a clerk's."""
    users = {role: make_user(f"{role}@example.org") for role in (*ROLES[2:], STAFF)}
    users["admin"].is_staff = users["admin"].is_superuser = True
    users["operator"].is_staff = users[STAFF].is_staff = True
    for user in users.values():
        user.save()
    for writer in ("curator", STAFF):
        users[writer].user_permissions.add(Permission.objects.get(codename="change_bank"))
    return users


def make_vault() -> dict[str, Any]:
    """An account with a password and a second factor, whom nobody plays; and the keys to it."""
    vault = make_user("vault@example.org", password="Only the owner knows")
    factor = Authenticator.objects.create(
        pk=5_000_003,
        user=vault,
        type=Authenticator.Type.TOTP,
        data={"secret": "JBSWY3DPEHPK3PXPVAULTSEED"},
    )
    keys = {
        "a password's hash": [vault.password.rsplit("$", 1)[1]],
        "a second factor": [factor.data["secret"]],
    }
    return {"vault": vault.pk, "factor": factor.pk, "keys": keys}


def keys_of(tokens: list[str]) -> dict[str, list[str]]:
    """What leads to somebody's answers, and is to be read nowhere: a link's token, its two one-way values,
    the keys of what was answered."""
    rows = [*Response.objects.all(), *GivenAnswer.objects.all(), *Comment.objects.all()]
    return {
        "a link": tokens,
        "what is kept of a link": [
            one(token) for token in tokens for one in (token_hash, pseudonym)
        ],
        "the key of an answer": [form for row in rows for form in (str(row.pk), row.pk.hex)],
    }


def logged_in(user: User) -> str:
    """The cookie of a session of `user`."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def make_other(users: dict[str, User]) -> dict[str, Any]:
    """Another alliance, with papers and a result of its own."""
    other: Alliance = make_alliance("Quillmere", convener=users["rival"], member=users["foreign"])
    participant = make_participant(other, "Oxbowton")
    make_participant(other, "Pewsbury")
    Membership.objects.filter(user=users["foreign"]).update(participant=participant)
    check = PurposeCheck.objects.create(alliance=other, opened_at=timezone.now())
    WorkingRule.objects.create(
        alliance=other, text="Ask last at Otherrule.", agreed_on=dt.date(2026, 3, 2)
    )
    own = working_rules_bank(alliance=other, by=None)
    person = make_representative(participant, "Theo Thornaby", email="peltonvale@example.org")
    entry = JournalEntry.objects.create(
        alliance=other, kind="meeting", on=dt.date(2026, 4, 1), title="Met at Wexcombe"
    )
    version = CharterVersion.objects.create(alliance=other, number=1, depth="light")
    version.sections.create(code="scope", content={"in": "All of Ravenglass."})
    circulate(version=version, by=None, despite_gaps=True)
    made = make_round(other, organisations=5, name="Zennorby")
    part = made.round.bank.dimensions.get(code="part-1")
    for place in range(5):
        answers = {"A1": 4, "A2": 2, "A3": 2, "B1": 4, "B2": 3}
        response = make_response(made, place, answers=answers, submitted=True)
        Comment.objects.create(response=response, dimension=part, text=f"Overheard {place}.")
    close_round(round=made.round)
    going = make_round(other, organisations=1, name="Otherscan")
    return {
        "other alliance": other.pk,
        "other participant": participant.pk,
        "other purpose check": check.pk,
        "other bank": own.pk,
        "other representative": person.pk,
        "other entry": entry.pk,
        "other charter": version.pk,
        "other closed": made.round.pk,
        "other open": going.round.pk,
        "other invitation": going.invitations[0].pk,
        "other membership": other.memberships.get(user=users["foreign"]).pk,
        "other tokens": [*made.tokens, *going.tokens],
    }
