"""An entry is written with what it tells, holds on to the one before, and says who did it."""

from __future__ import annotations

import datetime as dt
import hashlib
import threading

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction

from alliances.models.audit import GROUPS, Action, AuditChain, AuditEntry
from alliances.services.audit.acting import acting_for
from alliances.services.audit.chain import digest_of
from alliances.services.audit.verification import verify_audit
from alliances.services.audit.writing import DETAILS, Thing, record, record_reading
from tests.alliances.audit.chains import INDIGO, write
from tests.factories import make_user
from tests.races import at_once

pytestmark = pytest.mark.django_db

READ = {"action": Action.RESULT_READ, "alliance": 7, "thing": Thing("round", 3, "Spring")}


def test_the_digest_is_the_documented_one() -> None:
    """Written out by hand after docs/audit.md, and hashed without the code under test."""
    entry = AuditEntry(
        chain="alliance-7",
        number=2,
        at=dt.datetime(2026, 3, 2, 10, 30, 0, 45, tzinfo=dt.timezone(dt.timedelta(hours=1))),
        who="account",
        account=12,
        action="round_opened",
        kind="round",
        thing=3,
        label="Früh “1”",
        details='{"mode":"confidential","people":9}',
        previous="a" * 64,
    )
    text = (
        "northbound.audit/1\n"
        '{"account":12,"action":"round_opened","at":"2026-03-02T09:30:00.000045Z",'
        '"chain":"alliance-7","details":"{\\"mode\\":\\"confidential\\",\\"people\\":9}",'
        '"kind":"round","label":"Fr\\u00fch \\u201c1\\u201d","number":2,'
        '"previous":"' + "a" * 64 + '","thing":3,"who":"account"}'
    )
    assert digest_of(entry) == hashlib.sha256(text.encode("ascii")).hexdigest()


def test_each_entry_holds_on_to_the_one_before() -> None:
    first, second = write(2)
    [other] = write(alliance=None)
    assert (first.chain, first.number, first.previous) == ("alliance-7", 1, "0" * 64)
    assert (second.chain, second.number, second.previous) == ("alliance-7", 2, first.digest)
    assert (other.chain, other.number, other.previous) == ("installation", 1, "0" * 64)
    assert set(AuditChain.objects.values_list("code", "length", "digest")) == {
        ("alliance-7", 2, second.digest),
        ("installation", 1, other.digest),
    }


def test_what_is_read_back_fits_its_digest() -> None:
    """Also the moment, to the microsecond, as the database keeps it."""
    [written] = write()
    assert digest_of(AuditEntry.objects.get()) == written.digest


def test_an_entry_is_undone_with_what_it_tells() -> None:
    write()
    with transaction.atomic():
        write(2)
        transaction.set_rollback(True)
    assert list(AuditEntry.objects.values_list("number", flat=True)) == [1]
    [chain] = verify_audit()
    assert (chain.length, chain.fault) == (1, "")


def test_who_is_at_work() -> None:
    user = make_user()
    AuditChain.objects.all()
    with acting_for(lambda: user):
        [by_account] = write()
    with acting_for(AnonymousUser):
        [by_visitor] = write()
        given = record(action=Action.ALLIANCE_CHANGED, alliance=7, thing=INDIGO, by=user)
        with acting_for(None):
            [by_server] = write()
    [by_command] = write()
    assert [(one.who, one.account) for one in (by_account, by_visitor, given)] == [
        ("account", user.pk),
        ("visitor", None),
        ("account", user.pk),
    ]
    assert {(one.who, one.account) for one in (by_server, by_command)} == {("operator", None)}


def test_there_is_no_place_for_what_was_not_thought_of() -> None:
    with pytest.raises(ValueError, match="email"):
        record(action=Action.ROUND_OPENED, alliance=7, thing=INDIGO, details={"email": "a@b.c"})
    with pytest.raises(ValueError, match="people"):
        record(action=Action.ROUND_REMINDED, alliance=7, thing=INDIGO, details={"people": 3})


def test_every_action_belongs_to_one_group() -> None:
    grouped = [action for actions in GROUPS.values() for action in actions]
    assert sorted(grouped) == sorted(Action)
    assert DETAILS.keys() <= set(Action)


def test_a_long_label_is_cut() -> None:
    [entry] = write(thing=Thing("round", 1, "x" * 300))
    assert len(entry.label) == 160


def test_a_reading_is_recorded_once_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    ada, ben = make_user(), make_user()
    now = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
    told = []
    for user, minutes in [(ada, 0), (ada, 30), (ben, 31), (ada, 59), (ada, 60), (ada, 61)]:
        moment = now + dt.timedelta(minutes=minutes)
        monkeypatch.setattr("django.utils.timezone.now", lambda moment=moment: moment)
        with acting_for(lambda user=user: user):
            told.append(record_reading(**READ) is not None)
    assert told == [True, False, True, False, True, False]
    with acting_for(lambda: ada):
        another = record_reading(**{**READ, "thing": Thing("round", 4, "Autumn")})
    assert another is not None


def test_a_second_reading_costs_one_query(django_assert_num_queries: object) -> None:
    record_reading(**READ)
    with django_assert_num_queries(1):  # type: ignore[operator]
        record_reading(**READ)


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_come_one_behind_the_other() -> None:
    """The first entry of a chain too, of which nobody holds a head yet."""

    def some() -> None:
        for _ in range(5):
            with transaction.atomic():
                write()

    assert at_once(*[some] * 4) == ["done"] * 4
    assert list(AuditEntry.objects.values_list("number", flat=True)) == list(range(1, 21))
    [chain] = verify_audit()
    assert (chain.length, chain.fault) == (20, "")


@pytest.mark.django_db(transaction=True)
def test_readers_at_once_are_one_reading() -> None:
    assert at_once(*[lambda: record_reading(**READ)] * 4) == ["done"] * 4
    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_gives_up_leaves_no_gap() -> None:
    """Somebody waits for a writer who then takes everything back."""
    holds, given_up = threading.Event(), threading.Event()

    def gives_up() -> None:
        with transaction.atomic():
            write()
            holds.set()
            given_up.wait(0.5)
            transaction.set_rollback(True)

    def waits() -> None:
        assert holds.wait(10)
        with transaction.atomic():
            write()

    assert at_once(gives_up, waits) == ["done", "done"]
    assert list(AuditEntry.objects.values_list("number", "previous")) == [(1, "0" * 64)]
    assert connection.in_atomic_block is False


@pytest.mark.django_db(transaction=True)
def test_an_entry_is_written_with_its_head_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also by whoever calls it outside of a transaction: where the head cannot move on, nothing is left behind."""

    def breaks(self: AuditChain, *args: object, **kwargs: object) -> None:
        raise RuntimeError("The machine stops.")

    write()
    monkeypatch.setattr(AuditChain, "save", breaks)
    with pytest.raises(RuntimeError):
        write()
    assert AuditEntry.objects.count() == 1
