"""Pledges and receipts: what is stored, what is refused, and what the page says of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from alliances.errors import Refused
from alliances.models import (
    Contribution,
    Receipt,
)
from alliances.services.contributions.keeping import (
    change_contribution,
    change_receipt,
    pledge_contribution,
    record_receipt,
    remove_contribution,
)
from alliances.services.records import Overtaken
from tests.alliances.conftest import House
from tests.alliances.progress.made import TODAY, day, pledge

GOOD: dict[str, Any] = {
    "kind": "money",
    "what": "Pumps",
    "amount": Decimal(100),
    "pledged_on": TODAY,
}


# What is stored


def test_a_pledge_is_recorded(house: House) -> None:
    made = pledge_contribution(
        participant=house.rail,
        by=house.member,
        today=TODAY,
        kind="time",
        what="  Two \n engineers ",
        amount=Decimal("12.5"),
        pledged_on=day("2026-11-01"),
        due_on=day("2026-12-01"),
        note="From May\r\nto July\x0b",
    )
    made.refresh_from_db()
    assert (made.participant, made.kind, made.what, made.amount) == (
        house.rail,
        "time",
        "Two engineers",
        Decimal("12.5"),
    )
    assert (made.pledged_on, made.due_on) == (day("2026-11-01"), day("2026-12-01"))
    assert (made.note, made.changed_by, made.edition) == ("From May\nto July", house.member, 1)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"kind": "gold"}, "Kind must be one of: money, time, in-kind, influence."),
        ({"what": " "}, "What is missing."),
        ({"what": "x" * 201}, "What has 201 characters"),
        ({"note": "x" * 5001}, "Note has 5001 characters"),
        ({"amount": None}, "Say how much: in the alliance’s currency."),
        ({"kind": "in-kind", "amount": None}, "Say how much: in the alliance’s currency."),
        ({"kind": "time", "amount": None}, "Say how many days."),
        ({"kind": "influence"}, "Influence is not counted."),
        ({"amount": Decimal(0)}, "How much: "),
        ({"amount": Decimal(10) ** 12}, "How much: "),
        ({"pledged_on": day("2026-11-21")}, "The day of the pledge lies ahead."),
        ({"due_on": day("2026-11-19")}, "It cannot be due before it was pledged."),
    ],
)
def test_a_wrong_pledge_is_refused(house: House, fields: dict[str, Any], message: str) -> None:
    with pytest.raises(Refused) as refusal:
        pledge_contribution(participant=house.rail, by=None, today=TODAY, **{**GOOD, **fields})
    assert refusal.value.message.startswith(message)
    assert not Contribution.objects.exists()


def test_two_who_change_a_pledge_lose_nothing(house: House) -> None:
    made = pledge(house.rail, "100")
    change_contribution(
        contribution=made,
        edition=1,
        by=house.convener,
        today=TODAY,
        convenes=True,
        amount=Decimal(150),
    )
    with pytest.raises(Overtaken) as overtaken:
        change_contribution(
            contribution=made,
            edition=1,
            by=house.member,
            today=TODAY,
            convenes=False,
            amount=Decimal(120),
        )
    assert overtaken.value.current.amount == 150  # type: ignore[attr-defined]
    made.refresh_from_db()
    assert (made.amount, made.edition, made.changed_by) == (150, 2, house.convener)


def test_what_has_arrived_keeps_its_unit(house: House) -> None:
    made = pledge(house.rail, "100", arrived=(("2026-02-01", "40"),))
    with pytest.raises(Refused, match="What has arrived is recorded as “Money” already"):
        change_contribution(
            contribution=made, edition=1, by=None, today=TODAY, convenes=True, kind="time"
        )
    # money and things in kind are counted alike
    change_contribution(
        contribution=made, edition=1, by=None, today=TODAY, convenes=True, kind="in-kind"
    )
    made.refresh_from_db()
    assert made.kind == "in-kind"


def test_a_pledge_of_which_nothing_arrived_may_change_its_kind(house: House) -> None:
    made = pledge(house.rail, "100")
    with pytest.raises(Refused, match="Influence is not counted"):
        change_contribution(
            contribution=made, edition=1, by=None, today=TODAY, convenes=True, kind="influence"
        )
    change_contribution(
        contribution=made,
        edition=1,
        by=None,
        today=TODAY,
        convenes=True,
        kind="influence",
        amount=None,
    )
    made.refresh_from_db()
    assert (made.kind, made.amount) == ("influence", None)


def test_a_pledge_goes_only_while_nothing_of_it_has_arrived(house: House) -> None:
    made = pledge(house.rail, "100", arrived=(("2026-02-01", "40"),))
    with pytest.raises(Refused, match="Something of it has arrived"):
        remove_contribution(contribution=made, today=TODAY, convenes=True)
    Receipt.objects.all().delete()
    remove_contribution(contribution=made, today=TODAY, convenes=True)
    assert not Contribution.objects.exists()


# Once its day is over


@pytest.mark.parametrize(
    ("due", "arrived"),
    [("2026-11-19", ()), ("2027-01-01", (("2026-02-01", "40"),)), (None, (("2026-02-01", "40"),))],
)
@pytest.mark.parametrize(
    "fields",
    [
        {"amount": Decimal("0.01")},
        {"due_on": day("2027-11-19")},
        {"pledged_on": day("2026-01-02")},
        {"kind": "in-kind"},
    ],
)
def test_its_own_organisation_changes_no_promise_that_is_settled(
    house: House, due: str | None, arrived: tuple[tuple[str, str], ...], fields: dict[str, Any]
) -> None:
    made = pledge(house.rail, "100", due=due, arrived=arrived)
    change: dict[str, Any] = {"contribution": made, "edition": 1, "by": None, "today": TODAY}
    with pytest.raises(Refused, match="its amount and its dates are for a convener to change now"):
        change_contribution(**change, convenes=False, **fields)
    made.refresh_from_db()
    assert (made.amount, made.kind, made.edition) == (100, "money", 1)
    # the words are still its own, also where the rest is sent as it stands
    change_contribution(
        **change, convenes=False, what="Two pumps", amount=Decimal("100.00"), kind="money"
    )
    change_contribution(**change | {"edition": 2}, convenes=True, **fields)
    made.refresh_from_db()
    assert (made.what, made.edition) == ("Two pumps", 3)
    assert {name: getattr(made, name) for name in fields} == fields


@pytest.mark.parametrize("due", ["2026-11-20", "2027-01-01", None])
def test_until_then_its_own_organisation_changes_it_and_removes_it(
    house: House, due: str | None
) -> None:
    made = pledge(house.rail, "100", due=due)
    change_contribution(
        contribution=made, edition=1, by=None, today=TODAY, convenes=False, amount=Decimal(5)
    )
    made.refresh_from_db()
    assert made.amount == 5
    remove_contribution(contribution=made, today=TODAY, convenes=False)
    assert not Contribution.objects.exists()


def test_a_late_pledge_is_removed_by_a_convener_alone(house: House) -> None:
    made = pledge(house.rail, "100", due="2026-11-19")
    with pytest.raises(Refused, match="Only a convener can remove it now"):
        remove_contribution(contribution=made, today=TODAY, convenes=False)
    remove_contribution(contribution=made, today=TODAY, convenes=True)
    assert not Contribution.objects.exists()


def test_what_arrives_is_recorded(house: House) -> None:
    made = pledge(house.rail, "100")
    receipt = record_receipt(
        contribution=made,
        by=house.convener,
        today=TODAY,
        on=TODAY,
        amount=Decimal("40.5"),
        note="By bank",
    )
    receipt.refresh_from_db()
    assert (receipt.amount, receipt.note, receipt.changed_by) == (
        Decimal("40.5"),
        "By bank",
        house.convener,
    )
    change_receipt(receipt=receipt, edition=1, by=None, today=TODAY, amount=Decimal(41))
    with pytest.raises(Overtaken):
        change_receipt(receipt=receipt, edition=1, by=None, today=TODAY, amount=Decimal(42))


@pytest.mark.parametrize(
    ("kind", "fields", "message"),
    [
        ("money", {"on": day("2026-11-21"), "amount": Decimal(1)}, "The day lies ahead."),
        ("money", {"on": TODAY}, "Say how much"),
        ("time", {"on": TODAY}, "Say how many days."),
        ("influence", {"on": TODAY, "amount": Decimal(1)}, "Influence is not counted."),
        ("money", {"on": TODAY, "amount": Decimal(-1)}, "How much: "),
    ],
)
def test_a_wrong_receipt_is_refused(
    house: House, kind: str, fields: dict[str, Any], message: str
) -> None:
    made = pledge(house.rail, None if kind == "influence" else "100", kind=kind)
    with pytest.raises(Refused) as refusal:
        record_receipt(contribution=made, by=None, today=TODAY, **fields)
    assert refusal.value.message.startswith(message)
    assert not Receipt.objects.exists()


def test_a_changed_receipt_is_checked_too(house: House) -> None:
    made = pledge(house.rail, "100", arrived=(("2026-02-01", "40"),))
    receipt = made.receipts.get()
    with pytest.raises(Refused, match="The day lies ahead"):
        change_receipt(receipt=receipt, edition=1, by=None, today=TODAY, on=day("2026-11-21"))
    with pytest.raises(Refused, match="Say how much"):
        change_receipt(receipt=receipt, edition=1, by=None, today=TODAY, amount=None)


def test_nothing_is_recorded_of_a_pledge_that_is_gone(house: House) -> None:
    made = pledge(house.rail, "100")
    Contribution.objects.all().delete()
    with pytest.raises(Refused, match="“Pumps” has been removed meanwhile"):
        record_receipt(contribution=made, by=None, today=TODAY, on=TODAY, amount=Decimal(1))
