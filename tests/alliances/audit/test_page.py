"""Who reads the log, what they read, and how it is taken out."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from alliances.models import Alliance, User
from alliances.models.audit import Action, AuditEntry
from alliances.services.audit.reading import asked_for, read_log
from alliances.services.audit.sentences import EXPORTS, SENTENCES
from alliances.services.audit.writing import DETAILS, Thing, record
from tests.alliances.audit.chains import drop_triggers, execute, restore_triggers, write
from tests.factories import make_alliance, make_user

pytestmark = pytest.mark.django_db


class World:
    def __init__(self) -> None:
        self.ada = make_user("ada@example.org", name="Ada Marsh")
        self.ben = make_user("ben@example.org", name="Ben Ode")
        self.alliance = make_alliance("Indigo Bay", convener=self.ada, member=self.ben)
        self.admin = User.objects.create_superuser("root@example.org", name="Root")
        self.rival = make_user("rival@example.org")
        make_alliance("Other", convener=self.rival)


@pytest.fixture
def world(db: None) -> World:
    return World()


def get(user: User, name: str, *arguments: int, **query: Any) -> Any:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse(name, args=arguments), query)


def opened(world: World, name: str = "Spring 2026") -> None:
    record(
        action=Action.ROUND_OPENED,
        alliance=world.alliance.pk,
        thing=Thing("round", 3, name),
        details={
            "bank": "readiness 2",
            "mode": "confidential",
            "threshold": 5,
            "people": 9,
            "organisations": 4,
        },
        by=world.ada,
    )


def test_conveners_and_admins_read_the_log_of_an_alliance(world: World) -> None:
    for name in ("audit", "audit_table"):
        found = [
            get(user, name, world.alliance.pk).status_code
            for user in (world.ada, world.admin, world.ben, world.rival)
        ]
        assert found == [200, 200, 404, 404]
    for name in ("installation_audit", "installation_audit_table"):
        found = [
            get(user, name).status_code for user in (world.admin, world.ada, world.ben, world.rival)
        ]
        assert found == [200, 404, 404, 404]


def test_the_log_of_a_former_alliance_is_read_by_admins(world: World) -> None:
    number = world.alliance.pk
    opened(world)
    world.alliance.delete()
    page = get(world.admin, "audit", number)
    assert "A former alliance, number" in page.content.decode()
    assert "opened the round “Spring 2026”" in page.content.decode()
    assert get(world.ada, "audit", number).status_code == 404
    assert (
        reverse("audit", args=[number]) in get(world.admin, "installation_audit").content.decode()
    )
    # one that never was
    assert get(world.admin, "audit", 99999).status_code == 404


def test_an_entry_is_a_sentence(world: World) -> None:
    opened(world)
    [line] = read_log(chain=f"alliance-{world.alliance.pk}", asked=asked_for(group="rounds")).lines
    assert line.sentence == "Ada Marsh opened the round “Spring 2026”."
    assert line.further == (
        "Questions: readiness 2. Mode: confidential. Threshold: 5. People asked: 9. Organisations: 4."
    )
    with translation.override("fr"):
        [line] = read_log(
            chain=f"alliance-{world.alliance.pk}", asked=asked_for(group="rounds")
        ).lines
        assert "Ada Marsh" in line.sentence
        assert "Spring 2026" in line.sentence


def test_a_name_is_looked_up_and_stored_nowhere(world: World) -> None:
    opened(world)
    chain = f"alliance-{world.alliance.pk}"
    world.ada.name = "Ada Winter"
    world.ada.save()
    told = [line.sentence for line in read_log(chain=chain, asked=asked_for()).lines]
    assert "Ada Winter opened the round “Spring 2026”." in told
    world.ada.delete()
    told = [line.sentence for line in read_log(chain=chain, asked=asked_for()).lines]
    assert "A former account opened the round “Spring 2026”." in told
    assert told[0] == "The server’s operator took away the access of a former account."
    stored = str(list(AuditEntry.objects.values()))
    for personal in ("Ada", "Marsh", "Winter", "ada@", "example.org"):
        assert personal not in stored


def test_every_action_has_words(world: World) -> None:
    """And every place in them is filled, whatever the details hold."""
    for action in Action:
        details: dict[str, Any] = {
            name: {"fields": ["name"], "people": 2, "organisations": 2, "threshold": 5}.get(
                name, "x"
            )
            for name in DETAILS.get(action, ())
        }
        for what in EXPORTS if action == Action.EXPORTED else [""]:
            if what:
                details["what"] = what
            record(action=action, alliance=7, thing=Thing("round", 1, "Spring"), details=details)
    pages = read_log(chain="alliance-7", asked=asked_for()).pages
    lines = [
        line
        for page in range(1, pages + 1)
        for line in read_log(chain="alliance-7", asked=asked_for(), page=page).lines
    ]
    assert len(lines) == len(Action) + len(EXPORTS) - 1
    for line in lines:
        assert "no words" not in line.sentence
        assert "%(" not in line.sentence
        assert line.sentence.endswith(".")
    varied = {
        Action.EXPORTED,
        Action.ACCESS_GIVEN,
        Action.ACCESS_CHANGED,
        Action.ORGANISATION_CHANGED,
    }
    assert SENTENCES.keys() == set(Action) - varied


def test_what_a_newer_version_recorded_is_shown_all_the_same(world: World) -> None:
    write()
    drop_triggers()
    execute("UPDATE alliances_auditentry SET action = 'x', details = 'no json'")
    restore_triggers()
    log = read_log(chain="alliance-7", asked=asked_for())
    assert "has no words for" in log.lines[0].sentence
    assert log.is_whole is False


def test_by_kind_and_by_day(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last moment of a day belongs to it; the time zone of the tests is UTC."""
    for name, at in (
        ("A", dt.datetime(2026, 3, 1, 23, 59, 59, tzinfo=dt.UTC)),
        ("B", dt.datetime(2026, 3, 2, 0, 0, tzinfo=dt.UTC)),
        ("C", dt.datetime(2026, 3, 2, 23, 59, 59, 999999, tzinfo=dt.UTC)),
        ("D", dt.datetime(2026, 3, 3, 0, 0, tzinfo=dt.UTC)),
    ):
        monkeypatch.setattr("django.utils.timezone.now", lambda at=at: at)
        opened(world, name)
        write(alliance=world.alliance.pk)
    chain = f"alliance-{world.alliance.pk}"

    def found(**asked: str) -> list[str]:
        lines = read_log(chain=chain, asked=asked_for(group="rounds", **asked)).lines
        return [line.sentence.split("“")[1][0] for line in lines]

    assert found() == ["D", "C", "B", "A"]
    assert found(since="2026-03-02") == ["D", "C", "B"]
    assert found(until="2026-03-02") == ["C", "B", "A"]
    assert found(since="2026-03-02", until="2026-03-02") == ["C", "B"]
    # what no day is, asks for nothing
    assert found(since="yesterday", until="9999-12-31") == ["D", "C", "B", "A"]
    assert len(read_log(chain=chain, asked=asked_for(group="people")).lines) == 4
    assert asked_for(group="x").is_all


def test_fifty_a_page_by_the_same_number_of_queries(
    world: World, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    chain = f"alliance-{world.alliance.pk}"
    for number in range(60):
        opened(world, f"Round {number}")
    with django_assert_num_queries(4):
        log = read_log(chain=chain, asked=asked_for(group="rounds"))
    assert (len(log.lines), log.total, log.pages, log.older) == (50, 60, 2, 2)
    assert log.lines[0].sentence == "Ada Marsh opened the round “Round 59”."
    last = read_log(chain=chain, asked=asked_for(group="rounds"), page="2")
    assert len(last.lines) == 10
    assert last.newer == 1
    client = Client()
    client.force_login(world.ada, backend="django.contrib.auth.backends.ModelBackend")
    with django_assert_max_num_queries(8):
        client.get(reverse("audit", args=[world.alliance.pk]))


def test_the_page_says_where_it_does_not_fit(world: World) -> None:
    opened(world)
    fits = "every entry on this page is what was written, and none is missing between them"
    assert fits in get(world.ada, "audit", world.alliance.pk).content.decode()
    drop_triggers()
    execute("UPDATE alliances_auditentry SET label = 'Autumn' WHERE label = 'Spring 2026'")
    restore_triggers()
    page = get(world.ada, "audit", world.alliance.pk).content.decode()
    assert fits not in page
    assert "Something on this page does not fit" in page


def test_the_page_misses_the_last_entry(world: World) -> None:
    """Cut off at the end, what is left fits in itself; the head knows of more."""
    opened(world)
    drop_triggers()
    execute("DELETE FROM alliances_auditentry WHERE label = 'Spring 2026'")
    restore_triggers()
    log = read_log(chain=f"alliance-{world.alliance.pk}", asked=asked_for())
    assert (len(log.lines), log.is_whole) == (2, False)


def test_taken_out_as_csv_and_recorded(world: World) -> None:
    opened(world, "=1+1")
    answer = get(world.ada, "audit_table", world.alliance.pk, group="rounds")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    [row] = csv.DictReader(io.StringIO(answer.content.decode()))
    entry = AuditEntry.objects.get(action="round_opened")
    assert row["label"] == "'=1+1"
    assert row["what"] == "Ada Marsh opened the round “=1+1”."
    assert (row["number"], row["digest"], row["details"]) == (
        str(entry.number),
        entry.digest,
        entry.details,
    )
    last = AuditEntry.objects.filter(chain=entry.chain).latest("number")
    assert (last.action, last.details, last.account) == (
        "exported",
        '{"what":"audit_csv"}',
        world.ada.pk,
    )


def test_looking_at_the_head_takes_nothing_out(world: World) -> None:
    before = AuditEntry.objects.count()
    client = Client()
    client.force_login(world.ada, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("audit_table", args=[world.alliance.pk])
    assert client.head(address).status_code == 200
    assert client.get(address, headers={"sec-purpose": "prefetch;prerender"}).status_code == 503
    assert AuditEntry.objects.count() == before
    assert isinstance(world.alliance, Alliance)
