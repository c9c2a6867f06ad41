"""Every form of the alliance's pages and of the question banks' is sent what no form expects, field by field.

Whatever comes: an answer and never an exception; what is refused leaves nothing behind; what is
stored is text that every database takes, and is shown as text. The choice of values is the same in
every run (SEED).
"""

from __future__ import annotations

import datetime as dt
import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote_plus

import pytest
from django.db import connection, transaction
from django.test import TestCase
from django.urls import URLPattern, get_resolver, reverse

from alliances.models import (
    Alliance,
    Contribution,
    JournalEntry,
    Participant,
    WorkingRule,
)
from alliances.services.charter.sections import SECTIONS
from assessments.evidence import collect_evidence
from tests.form_fields import Form, forms_of
from tests.permissions.rows.row import A
from tests.permissions.rows.table import TABLE
from tests.permissions.world import World, world_of_a_module  # noqa: F401

pytestmark = pytest.mark.django_db

SEED = 3
TRIES = 3
"""So many of the values for each kind of field of each form and role."""
LOOKS = 0.4
"""The share of what was stored after which further pages are opened."""

ROLES = ("convener", "member")
ANSWERS = {200, 302, 400, 404, 405, 409, 413, 422}
MARKUP = (
    "</textarea></title><script>alert(1)</script><img src=x onerror=alert(2)>"
    "{{ 31337|add:31337 }}{% now 'Y' %}\"'"
)
OPENED = (b"<script>alert", b"<img src=x", b"62674")
"""What stands in a page where MARKUP was taken for the page's own."""

NASTY: dict[str, str | bytes] = {
    "nothing": "",
    "blanks": " \t\u00a0\u2003\u3000 ",
    "NUL": "a\0b",
    "half a pair": b"a%ED%A0%80b",
    "no UTF-8": b"%FF%FE%C0",
    "100 KB": "wörd " * 17_000,
    "one long word": "x" * 100_000,
    "100 KB of lines": "a\n" * 50_000,
    "markup": MARKUP,
    "a sheet's formula": '=cmd|"/c calc"!A1',
    "right to left": "\u202eevil\u2066\u200f אבג",
    "pictures": "👩‍👩‍👧‍👦🏳️‍🌈 \U0001f9ff",
    "marks upon marks": "a" + "\u0301" * 2000,
    "from Word": "“Aims”\v\uf0b7\tfirst\u2028\u00adsecond\f\u200b\ufeff\x1c\x85",
    "into the mail's head": "Ada\r\nBcc: eve@example.org",
    "placeholders": "%s %(name)s %d {0} {name} %%",
    "path": "../../etc/passwd",
    "10^30": "1" + "0" * 30,
    "5000 digits": "9" * 5000,
    "2^63": str(2**63),
    "2^31": str(2**31),
    "-1": "-1",
    "0": "0",
    "a small part": "0.0000001",
    "NaN": "NaN",
    "Infinity": "Infinity",
    "1e400": "1e400",
    "raised two": "²",
    "Arabic digits": "١٢",
    "underscore": "1_000",
    "no such day": "2026-02-30",
    "year 0": "0000-01-01",
    "the first day": "0001-01-01",
    "year 1000": "1000-06-15",
    "the last day": "9999-12-31",
    "year 99999": "99999-01-01",
    "no such choice": "no-such-choice",
    "True": "True",
    "brackets": "[" * 100_000,
    "JSON": '{"1": null, "x": {"\\ud800": 1e999}}',
}
SAVES = ("save", "go", "step")
"""How the names of buttons end that do what a form is there for."""
QUERIES = ("page", "kind", "with", "party", "check", "withdraw", "participant", "next")


@dataclass(frozen=True)
class Attack:
    """One thing that is sent: to which address, what is nasty about it, and as which bytes."""

    address: str
    about: str
    body: bytes


def ours(views: str = "alliances.") -> list[str]:
    """Names of the addresses whose views stand in this package."""

    def walk(patterns: list[Any]) -> Iterator[str]:
        for pattern in patterns:
            if not isinstance(pattern, URLPattern):
                yield from walk(pattern.url_patterns)
            elif pattern.callback.__module__.startswith(views):
                yield str(pattern.name)

    return sorted(set(walk(get_resolver().url_patterns)))


def addresses(world: World, name: str) -> list[str]:
    """Where `name` stands in this world: more than once where it is a page of several kinds."""
    row = TABLE[name]
    arguments = {key: world.objects.get(value, value) for key, value in row.arguments.items()}
    kinds: dict[str, list[dict[str, Any]]] = {
        "journal_new": [{"kind": kind} for kind in JournalEntry.Kind.values],
        "charter_section": [{"code": section.code} for section in SECTIONS],
        "journal_entry": [{"pk": pk} for pk in world.objects["entries"]],
        "journal_edit": [{"pk": pk} for pk in world.objects["entries"]],
        "receipt_new": [{"pk": pk} for pk in world.objects["pledges"]],
    }
    return [reverse(name, kwargs=arguments | other) for other in kinds.get(name, [{}])]


@pytest.fixture(scope="module")
def fuller(world: World) -> World:
    """The world of the permission table, with an entry of each kind, a pledge of each kind, and with
    things of the other alliance, whose keys are sent as if they were this one's."""
    alliance = Alliance.objects.get(pk=world.objects["alliance"])
    ash = Participant.objects.get(pk=world.objects["participant"])
    day = dt.date(2026, 5, 4)
    entries = [
        JournalEntry.objects.create(
            alliance=alliance,
            kind=kind,
            on=day,
            title=f"A {kind}",
            due_on=day if kind == "milestone" else None,
            level="like" if kind == "marker" else "",
        )
        for kind in JournalEntry.Kind.values
    ]
    pledges = [
        Contribution.objects.create(
            participant=ash,
            kind=kind,
            what=f"Some {kind}",
            amount=None if kind == "influence" else 3,
            pledged_on=day,
        )
        for kind in Contribution.Kind.values
    ]
    other = Alliance.objects.get(pk=world.objects["other alliance"])
    theirs = (
        Participant.objects.create(alliance=other, name="Yew", status="accepted"),
        JournalEntry.objects.create(alliance=other, kind="meeting", on=day, title="Theirs"),
        WorkingRule.objects.create(alliance=other, text="Theirs"),
    )
    world.objects["entries"] = [entry.pk for entry in entries]
    world.objects["pledges"] = [pledge.pk for pledge in pledges]
    world.objects["theirs"] = [str(thing.pk) for thing in theirs]
    return world


def encoded(pairs: list[tuple[str, str | bytes]]) -> bytes:
    """A body as a form sends it; bytes are sent as they stand."""
    return b"&".join(
        quote_plus(name).encode()
        + b"="
        + (value if isinstance(value, bytes) else quote_plus(value).encode())
        for name, value in pairs
    )


def kinds_of_fields(form: Form, chance: random.Random) -> list[str]:
    """A name for each kind of field: of those for each participant, or each kind of value, one."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for name, field in form.fields.items():
        key = re.sub(r"\d+", "", name)
        key = key.rsplit("-", 1)[-1] if key.endswith(("-named", "-note")) else key
        kinds.setdefault((field.kind, key), []).append(name)
    return [chance.choice(names) for names in kinds.values()]


def attacks(form: Form, address: str, theirs: list[str], chance: random.Random) -> Iterator[Attack]:
    """What is sent to one form: nothing at all, what is meant, each kind of field spoilt by some of
    the values, a field sent twice, and all of them spoilt together."""
    to = form.action or address
    sound: list[tuple[str, str | bytes]] = [
        (name, value) for name, field in form.fields.items() for value in field.sound
    ]
    presses: list[tuple[str, str | bytes]] = [button for button in form.buttons if button[0]]
    presses = presses or [("", "")]
    nasty = NASTY | {f"another alliance's {key}": key for key in theirs}
    yield Attack(to, "nothing", b"")
    for press in presses:
        yield Attack(to, f"as it is meant, by {press}", encoded([*sound, press]))
    for name in kinds_of_fields(form, chance):
        others = [pair for pair in sound if pair[0] != name]
        for about in chance.sample(list(nasty), min(TRIES, len(nasty))):
            spoilt = [*others, (name, nasty[about]), chance.choice(presses)]
            yield Attack(to, f"{name}: {about}", encoded(spoilt))
    if form.fields:
        name, about = chance.choice(list(form.fields)), chance.choice(list(nasty))
        yield Attack(to, f"{name}, twice: {about}", encoded([*sound, (name, nasty[about])]))
        about = chance.choice(list(nasty))
        everywhere = [(name, nasty[about]) for name in form.fields]
        yield Attack(to, f"all: {about}", encoded([*everywhere, chance.choice(presses)]))


def stored() -> dict[str, list[tuple[Any, ...]]]:
    """Everything that is stored, by table."""
    found = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            if name.startswith(("alliances_", "assessments_")):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)} ORDER BY id")
                found[name] = cursor.fetchall()
    return found


def no_texts(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """What is new in the tables and is no text that every database and every page takes."""
    return [
        f"{name} holds {value[:60]!r}"
        for name, rows in after.items()
        if rows != before[name]
        for row in rows
        for value in row
        if isinstance(value, str)
        and any(unicodedata.category(mark) in {"Cc", "Cs"} and mark not in "\n\t" for mark in value)
    ]


class Assault:
    """Sends as one role, looks, and keeps what went wrong in `faults`."""

    def __init__(self, world: World, role: str, chance: random.Random) -> None:
        self.alliance = Alliance.objects.get(pk=world.objects["alliance"])
        self.client, self.role, self.chance = world.client(role), role, chance
        self.faults: list[str] = []
        self.before = stored()
        self.pages = [
            reverse(name, args=[self.alliance.pk])
            for name in ("desk", "rounds", *ours())
            if TABLE[name].arguments == A and TABLE[name].get == "members"
        ]

    def ask(self, about: str, call: Callable[[], Any]) -> Any:
        """The answer; None where there is none, which is a fault."""
        try:
            response = call()
        except Exception as error:  # whatever it is, it is a fault
            self.faults.append(f"{self.role}, {about}: {type(error).__name__}: {error!s:.200}")
            return None
        if response.status_code not in ANSWERS:
            self.faults.append(f"{self.role}, {about}: {response.status_code}")
        elif response.get("Content-Type", "").startswith("text/html"):
            self.faults += [
                f"{self.role}, {about}: {mark!r}" for mark in OPENED if mark in response.content
            ]
        return response

    def look(self, address: str) -> str:
        """The page, with things in its query that nobody meant; "" where it is none to look at."""
        response = self.ask(address, lambda: self.client.get(address))
        if response is None or response.status_code != 200:
            return ""
        for query in self.chance.sample(QUERIES, 2):
            about = self.chance.choice(list(NASTY))
            value = NASTY[about]
            sent = value.decode() if isinstance(value, bytes) else quote_plus(value[:3000])
            spoilt = f"{address}?{query}={sent}"
            self.ask(f"{address}?{query}: {about}", partial(self.client.get, spoilt))
        if not response["Content-Type"].startswith("text/html"):
            return ""
        return response.content.decode()

    def send(self, attack: Attack) -> None:
        """Sends it, and undoes what it changed."""
        about = f"{attack.address}, {attack.about}"
        with transaction.atomic():
            # with the mail that goes out once all is stored
            with TestCase.captureOnCommitCallbacks(execute=True):
                response = self.ask(
                    about,
                    lambda: self.client.generic(
                        "POST", attack.address, attack.body, "application/x-www-form-urlencoded"
                    ),
                )
            after = stored()
            if after != self.before:
                if response is None or response.status_code != 302:
                    self.faults.append(f"{self.role}, {about}: refused, and something is stored")
                self.faults += [
                    f"{self.role}, {about}: {one}" for one in no_texts(self.before, after)
                ]
                if response is not None and response.status_code == 302:
                    self.look_after(response["Location"], about)
            transaction.set_rollback(True)

    def look_after(self, address: str, about: str) -> None:
        """Where it leads now that it is stored, and what else is read from it."""
        self.ask(f"{about}, then {address}", lambda: self.client.get(address))
        if self.chance.random() >= LOOKS:
            return
        page = self.chance.choice(self.pages)
        self.ask(f"{about}, then {page}", lambda: self.client.get(page))
        try:
            collect_evidence(self.alliance, dt.date(2026, 6, 1))
        except Exception as error:
            self.faults.append(f"{self.role}, {about}, then evidence: {error!r:.200}")


@pytest.mark.parametrize(
    ("name", "role"),
    [
        *((name, role) for name in ours() for role in ROLES),
        *((name, "admin") for name in ours("assessments.views.banks.")),
        *((name, "stranger") for name in ours("assessments.views.appraisal")),
    ],
)
def test_a_form_bears_what_is_sent(fuller: World, name: str, role: str) -> None:
    chance = random.Random(f"{SEED} {name} {role}")  # noqa: S311 - nothing is kept secret by it
    assault = Assault(fuller, role, chance)
    for address in addresses(fuller, name):
        for form in forms_of(assault.look(address)):
            if form.method != "post" or form.action == reverse("account_logout"):
                continue
            if form.on_enter and not form.on_enter.endswith(SAVES):
                assault.faults.append(f"{address}: Enter presses {form.on_enter}")
            for attack in attacks(form, address, fuller.objects["theirs"], chance):
                assault.send(attack)
    assert assault.faults == []
