"""Banks in the database: published once, never changed, and out again as they came in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import ProtectedError
from django.utils import timezone

from alliances.errors import Refused
from alliances.models import Alliance
from assessments.models import Bank, Dimension, Question, Round
from assessments.services.banks import store as stored_banks
from assessments.services.banks.store import (
    bank_digest,
    bank_text,
    ensure_shipped_banks,
    find_bank,
    import_bank,
    latest_bank,
    parse_bank,
    shipped_bank,
)
from tests.assessments.banks.documents import minimal
from tests.assessments.banks.test_shipped import SHIPPED

pytestmark = pytest.mark.django_db


def parse(data: object) -> Any:
    return parse_bank(text=json.dumps(data))


def store(**changes: Any) -> Bank:
    return import_bank(document=parse({**minimal(), **changes}))


def counts() -> tuple[int, int, int]:
    return Bank.objects.count(), Dimension.objects.count(), Question.objects.count()


def test_a_minimal_bank_is_stored_and_published() -> None:
    bank = store()
    assert (bank.code, bank.version, bank.title) == ("tiny", 1, "Tiny")
    assert (bank.status, bank.band_strong, bank.band_mixed) == (Bank.Status.PUBLISHED, 75, 50)
    rows = list(
        Question.objects.order_by("dimension__position", "position").values_list(
            "bank", "dimension__code", "dimension__position", "position",
            "code", "minimum", "maximum", "reverse", "weight",
        )
    )  # fmt: skip
    assert rows == [
        (bank.pk, "common-pain", 1, 1, "A1", 1, 5, False, Decimal(1)),
        (bank.pk, "common-pain", 1, 2, "A2", 0, 10, True, Decimal("0.5")),
        (bank.pk, "trust_and_speed", 2, 1, "B1", -3, 3, False, Decimal(2)),
    ]


def test_digest_of_a_bank_can_be_worked_out_by_anyone() -> None:
    """SHA-256 of the exported JSON with sorted keys, no spaces, UTF-8."""
    bank = store(title="Zürich")
    exported = json.loads(bank_text(bank=bank, format="json"))
    canonical = json.dumps(exported, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert bank.digest == "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()


def test_digest_does_not_depend_on_layout_or_on_defaults_left_out() -> None:
    data = minimal()
    digest = bank_digest(parse(data))
    assert bank_digest(parse(dict(reversed(data.items())))) == digest
    assert bank_digest(parse({**data, "language": "en", "minutes": 12})) == digest
    data["dimensions"][0]["questions"][0]["weight"] = 1.000
    assert bank_digest(parse(data)) == digest


def _swap(data: dict[str, Any]) -> None:
    data["dimensions"].reverse()


def _swap_questions(data: dict[str, Any]) -> None:
    data["dimensions"][0]["questions"].reverse()


def _question(key: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda data: data["dimensions"][0]["questions"][0].update({key: value})


@pytest.mark.parametrize(
    "change",
    [
        _swap,
        _swap_questions,
        lambda data: data.update(code="other"),
        lambda data: data.update(version=2),
        lambda data: data.update(title="Other"),
        lambda data: data.update(introduction="Other"),
        lambda data: data.update(language="de"),
        lambda data: data.update(copyright="Other"),
        lambda data: data.update(minutes=11),
        lambda data: data.update(sources={"VA": "A work"}),
        lambda data: data.update(bands={"strong": 76, "mixed": 50}),
        lambda data: data.update(bands={"strong": 75, "mixed": 51}),
        lambda data: data["dimensions"][0].update(code="other"),
        lambda data: data["dimensions"][0].update(title="Other"),
        lambda data: data["dimensions"][0].update(in_sentence="other"),
        lambda data: data["dimensions"][0].update(question="Other?"),
        lambda data: data["dimensions"][0].update(what_it_is="Other."),
        lambda data: data["dimensions"][0].update(advice=[{"title": "Other."}]),
        lambda data: data["dimensions"][0].update(asked_of_members=["Other."]),
        lambda data: data["dimensions"][0].update(source="VA"),
        _question("code", "A9"),
        _question("text", "Other."),
        _question("help", "Other."),
        _question("facet", "other"),
        _question("source", "VA"),
        _question("min", 0),
        _question("max", 6),
        _question("labels", list("abcde")),
        _question("reverse", True),
        _question("weight", 1.001),
    ],
)
def test_every_difference_changes_the_digest(change: Callable[[dict[str, Any]], None]) -> None:
    data = minimal()
    change(data)
    assert bank_digest(parse(data)) != bank_digest(parse(minimal()))


def test_the_same_bank_again_is_the_stored_one() -> None:
    first = store()
    assert store() == first
    assert counts() == (1, 2, 3)


def test_other_content_under_a_stored_version_is_refused() -> None:
    first = store()
    with pytest.raises(Refused) as refusal:
        store(title="Other")
    assert refusal.value.message == (
        "Version 1 of tiny is published with other content, and never changes. "
        "Give the file a new version."
    )
    assert counts() == (1, 2, 3)
    first.refresh_from_db()
    assert first.title == "Tiny"
    assert store(title="Other", version=2).version == 2
    assert counts() == (2, 4, 6)


def test_importing_takes_a_constant_number_of_queries(django_assert_num_queries: Any) -> None:
    document = shipped_bank("readiness")
    # savepoints 4, look, the version it was made from, bank, dimensions, questions, publish
    # and eight to record it, of which three begin the installation's log
    with django_assert_num_queries(10 + 8):
        import_bank(document=document)
    with django_assert_num_queries(3):  # savepoint 2, look
        import_bank(document=document)


@pytest.mark.parametrize("format", ["yaml", "json"])
def test_round_trip_of_the_shipped_bank(format: str, django_assert_num_queries: Any) -> None:
    bank = latest_bank("readiness")
    with django_assert_num_queries(2):
        text = bank_text(bank=bank, format=format)
    again = parse_bank(text=text)
    assert again == shipped_bank("readiness")
    assert bank_digest(again) == bank.digest
    assert import_bank(document=again) == bank


def test_export_of_a_minimal_bank() -> None:
    exported = json.loads(bank_text(bank=store(), format="json"))
    assert (exported["code"], exported["version"]) == ("tiny", 1)
    assert exported["dimensions"][0]["questions"][1] == {
        "code": "A2",
        "text": "A2",
        "help": "",
        "facet": "",
        "source": "",
        "min": 0,
        "max": 10,
        "labels": ["0", "", "", "", "", "", "", "", "", "", "10"],
        "reverse": True,
        "weight": 0.5,
    }
    assert parse(exported) == parse(minimal())


def test_the_shipped_banks_are_loaded_once() -> None:
    first = ensure_shipped_banks()
    before = counts()
    assert [(bank.code, why_not) for bank, why_not in first] == [(code, "") for code in SHIPPED]
    dimensions, questions = (sum(counts) for counts in zip(*SHIPPED.values(), strict=True))
    assert before == (len(SHIPPED), dimensions, questions)
    assert ensure_shipped_banks() == first
    assert counts() == before


def test_the_latest_bank_is_loaded_on_demand() -> None:
    bank = latest_bank("readiness")
    assert (bank.code, bank.version, counts()) == ("readiness", 2, (1, 8, 51))
    assert latest_bank("readiness") == bank


def test_the_latest_bank_is_the_highest_that_is_published() -> None:
    store()
    third, second = store(version=3), store(version=2)
    Bank.objects.create(code="tiny", version=4, title="Draft")
    assert latest_bank("tiny") == third
    assert find_bank(code="tiny", version=2) == second
    assert find_bank(code="tiny") == third
    Bank.objects.filter(version=3).update(status=Bank.Status.RETIRED)
    assert latest_bank("tiny") == second


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("none", "'none'"),
        ("", "''"),
        ("../readiness", "'../readiness'"),
        ("a\0b", "'a\\x00b'"),
        ("\udcff", "'\\udcff'"),
    ],
)
def test_a_bank_that_is_not_there(code: str, shown: str) -> None:
    store()
    with pytest.raises(Refused) as refusal:
        latest_bank(code)
    assert refusal.value.message == (
        f"There is no question bank {shown}. There are: {', '.join(sorted([*SHIPPED, 'tiny']))}."
    )


@pytest.mark.parametrize("version", [3, 0, -1, 10**30])
def test_a_version_that_is_not_there(version: int) -> None:
    with pytest.raises(Refused) as refusal:
        find_bank(code="readiness", version=version)
    assert refusal.value.message == (
        f"There is no version {version} of a question bank 'readiness'."
    )


def test_a_bank_with_a_round_cannot_be_deleted() -> None:
    bank = store()
    Round.objects.create(
        alliance=Alliance.objects.create(name="Harbour"),
        bank=bank,
        name="First",
        mode=Round.Mode.OPEN,
        opened_at=timezone.now(),
        closes_on=date(2027, 1, 31),
    )
    with pytest.raises(ProtectedError):
        bank.delete()
    assert counts() == (1, 2, 3)


def test_two_who_import_the_same_bank_at_once_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second looks before the first has stored, and stores after."""
    first = store()
    look, looks = stored_banks.stored_version, iter([True])
    monkeypatch.setattr(
        stored_banks, "stored_version", lambda *given: None if next(looks, False) else look(*given)
    )
    assert store() == first
    assert counts() == (1, 2, 3)
