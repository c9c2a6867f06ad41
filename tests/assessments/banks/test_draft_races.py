"""Several at one bank at once: one draft, one publication, and what is published fits its digest."""

from __future__ import annotations

import itertools
import threading
import time

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from alliances.errors import Refused
from assessments.models import Bank, Dimension, Question
from assessments.services.banks.documents import bank_digest
from assessments.services.banks.drafts import (
    create_bank,
    discard_draft,
    draft_next_version,
    publish_draft,
)
from assessments.services.banks.imports import import_draft
from assessments.services.banks.order import move_question
from assessments.services.banks.parts import add_question, change_question, remove_question
from assessments.services.banks.rows import document_of
from assessments.services.banks.store import import_bank
from tests.assessments.banks.documents import minimal
from tests.assessments.banks.drafts import first_version, parse, question, seen
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def begun() -> tuple[Bank, Bank]:
    """A published bank and the draft of its next version."""
    bank = import_bank(document=parse(first_version()))
    return bank, draft_next_version(bank=bank, by=None)


@pytest.mark.parametrize("turn", range(3))
def test_one_draft_of_the_next_version(turn: int) -> None:
    bank = import_bank(document=parse(first_version()))
    found = at_once(*(lambda: draft_next_version(bank=bank, by=None) for _ in range(4)))
    assert sorted(map(str, found)) == ["done", "refused", "refused", "refused"]
    assert list(Bank.objects.values_list("version", flat=True)) == [1, 2]
    assert (Dimension.objects.count(), Question.objects.count()) == (4, 6)


@pytest.mark.parametrize("turn", range(3))
def test_one_bank_of_a_code(turn: int) -> None:
    found = at_once(
        *(lambda: create_bank(code="mine", title="Mine", language="en", by=None) for _ in range(3)),
        lambda: import_draft(document=parse(minimal() | {"code": "mine"}), by=None),
    )
    assert sorted(map(str, found)) == ["done", "refused", "refused", "refused"]
    assert Bank.objects.count() == 1


@pytest.mark.parametrize("turn", range(3))
def test_one_of_two_files_takes_the_drafts_place(turn: int) -> None:
    _bank, draft = begun()
    looked = seen(draft)
    files = [
        parse(minimal() | {"code": "whole", "version": 2, "title": title}) for title in ("A", "B")
    ]
    found = at_once(
        *(lambda file=file: import_draft(document=file, by=None, over=looked) for file in files)
    )
    assert sorted(map(str, found)) == ["done", "refused"]
    now = document_of(Bank.objects.get(version=2))
    assert now == files[found.index("done")]


@pytest.mark.parametrize("turn", range(3))
def test_of_two_who_save_a_question_one_is_shown_the_other(turn: int) -> None:
    _bank, draft = begun()
    asked = question(draft)
    found = at_once(
        *(
            lambda text=text: change_question(
                question=asked, edition=1, by=None, data={"text": text}
            )
            for text in ("One.", "Two.")
        )
    )
    assert sorted(map(str, found)) == ["done", "overtaken"]
    assert question(draft).text == ["One.", "Two."][found.index("done")]


@pytest.mark.parametrize("turn", range(3))
def test_what_is_written_at_once_keeps_its_order(turn: int) -> None:
    _bank, draft = begun()
    trust, speed = draft.dimensions.order_by("position")
    tr1, tr2 = question(draft), question(draft, "TR2")
    found = at_once(
        lambda: add_question(dimension=trust, by=None, data={"code": "TR3"}),
        lambda: add_question(dimension=trust, by=None, data={"code": "TR4"}),
        lambda: move_question(question=tr1, by=1),
        lambda: move_question(question=tr2, by=1),
        lambda: remove_question(question=question(draft, "SP1")),
        lambda: add_question(dimension=speed, by=None, data={"code": "SP2"}),
    )
    assert found == ["done"] * 6
    assert draft.questions.count() == 5
    for part in (trust, speed):
        places = list(part.questions.order_by("position").values_list("position", flat=True))
        assert places == list(range(1, len(places) + 1))


@pytest.mark.parametrize("turn", range(3))
def test_publishing_what_is_being_changed_publishes_what_was_seen(turn: int) -> None:
    _bank, draft = begun()
    asked, looked = question(draft), seen(draft)
    published, changed, discarded = at_once(
        lambda: publish_draft(bank=draft, seen=looked, by=None),
        lambda: change_question(question=asked, edition=1, by=None, data={"facet": "late"}),
        lambda: discard_draft(bank=draft),
    )
    now = Bank.objects.filter(version=2).first()
    if now is None:
        assert (published, discarded) == ("refused", "done")
        return
    assert (published, changed, discarded) == ("done", "refused", "refused")
    assert now.status == Bank.Status.PUBLISHED
    assert now.digest == bank_digest(document_of(now)) == bank_digest(document_of(draft))
    assert question(now).facet == "secrets"


@pytest.mark.parametrize("turn", range(3))
def test_nobody_changes_a_question_past_the_services_while_it_is_published(turn: int) -> None:
    """Statements as somebody with a shell would send them, on and on, until they are refused."""
    _bank, draft = begun()
    asked = question(draft)
    looked: list[str] = []
    ready = threading.Event()

    def keep_changing() -> None:
        for number in itertools.count():
            try:
                with transaction.atomic():
                    Question.objects.filter(pk=asked.pk).update(text=f"Text {number}.")
                    Question.objects.filter(pk=asked.pk).update(help=f"Help {number}.")
            except IntegrityError:
                raise Refused("It is published.") from None
            except OperationalError:
                # It holds the question and waits for the bank; who publishes, the other way round.
                # PostgreSQL lets one of them go on.
                continue
            ready.set()
            time.sleep(0.002 * (turn + 1))

    def publish() -> None:
        ready.wait()
        # It looks and publishes until nobody came between.
        for _attempt in range(500):
            looked[:] = [seen(draft)]
            try:
                publish_draft(bank=draft, seen=looked[0], by=None, marks={"TR1": "wording"})
            except (Refused, OperationalError):
                continue
            return
        raise AssertionError("never published")

    assert at_once(publish, keep_changing) == ["done", "refused"]
    now = Bank.objects.get(pk=draft.pk)
    assert now.status == Bank.Status.PUBLISHED
    assert now.digest == bank_digest(document_of(now))
    number = question(now).text.removeprefix("Text ")
    assert question(now).help == f"Help {number}"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.parametrize("statement", ["update", "insert", "move"])
def test_a_change_waits_for_who_publishes_and_is_then_refused(statement: str) -> None:
    _bank, draft = begun()
    asked, speed = question(draft), draft.dimensions.get(code="speed")
    held, tried = threading.Event(), threading.Event()

    def publish() -> None:
        with transaction.atomic():
            publish_draft(bank=draft, seen=seen(draft), by=None)
            held.set()
            tried.wait()
            time.sleep(0.3)

    def change() -> None:
        held.wait()
        tried.set()
        try:
            with transaction.atomic():
                if statement == "update":
                    Question.objects.filter(pk=asked.pk).update(text="Late.")
                elif statement == "move":
                    Question.objects.filter(pk=asked.pk).update(dimension=speed, position=9)
                else:
                    Question.objects.create(
                        bank_id=draft.pk, dimension=speed, code="L1", text="Late.", position=9
                    )
        except IntegrityError:
            raise Refused("It is published.") from None

    assert at_once(publish, change) == ["done", "refused"]
    now = Bank.objects.get(pk=draft.pk)
    assert now.digest == bank_digest(document_of(now))
