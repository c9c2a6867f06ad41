"""The pages of contributions, values and metrics, as a browser without JavaScript uses them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alliances.models import (
    Alliance,
    Contribution,
    ExpectedValue,
    Membership,
    Participant,
    Receipt,
    RunningCost,
)
from tests.alliances.conftest import House, form_errors
from tests.alliances.progress.made import cost, metric, pledge

FAR = 10**30  # more than a column can hold
HOSTILE = '<script>alert("x")</script>'


def days_ago(days: int) -> str:
    return (timezone.localdate() - dt.timedelta(days=days)).isoformat()


@pytest.mark.parametrize(
    "name",
    [
        "contributions",
        "contribution_new",
        "contribution",
        "contribution_edit",
        "contribution_remove",
        "receipt_new",
        "receipt_edit",
        "receipt_remove",
        "cost_new",
        "cost_edit",
        "cost_remove",
        "values",
        "values_edit",
        "metrics",
        "metric_new",
        "metric",
        "metric_edit",
        "metric_remove",
        "reading_new",
        "reading_edit",
        "reading_remove",
    ],
)
def test_keys_that_lead_nowhere_are_404(convener: Client, name: str) -> None:
    assert convener.get(reverse(name, args=[FAR])).status_code == 404
    assert convener.get(reverse(name, args=[0])).status_code == 404


# Contributions


def test_an_empty_page_says_what_to_do_next(house: House, convener: Client, member: Client) -> None:
    address = reverse("contributions", args=[house.alliance.pk])
    for client in (convener, member):
        text = client.get(address).content.decode()
        assert "Nothing is pledged." in text
        assert reverse("contribution_new", args=[house.alliance.pk]) in text
    Membership.objects.filter(user=house.member).update(participant=None)
    text = member.get(address).content.decode()
    assert "Pledges are recorded by the organisations and by the convener." in text
    assert reverse("contribution_new", args=[house.alliance.pk]) not in text
    assert member.get(reverse("contribution_new", args=[house.alliance.pk])).status_code == 404


def test_a_member_pledges_for_the_own_organisation_alone(house: House, member: Client) -> None:
    address = reverse("contribution_new", args=[house.alliance.pk])
    assert 'name="participant"' not in member.get(address).content.decode()
    answer = member.post(
        address,
        {
            "participant": house.rail.pk,  # not asked, and not heard
            "kind": "money",
            "what": "Pumps",
            "amount": "1,200.50 EUR",
            "pledged_on": days_ago(3),
        },
    )
    made = Contribution.objects.get()
    assert answer["Location"] == reverse("contribution", args=[made.pk])
    assert (made.participant, made.amount, made.changed_by) == (
        house.council,
        Decimal("1200.50"),
        house.member,
    )
    text = member.get(answer["Location"]).content.decode()
    assert reverse("contribution_edit", args=[made.pk]) in text
    assert reverse("receipt_new", args=[made.pk]) not in text


def test_a_convener_pledges_for_any_organisation_at_the_table(
    house: House, convener: Client
) -> None:
    address = reverse("contribution_new", args=[house.alliance.pk])
    elsewhere = Participant.objects.create(alliance=house.other, name="Elsewhere")
    gone = Participant.objects.create(alliance=house.alliance, name="Gone", status="left")
    fields = {"kind": "time", "what": "Planner", "amount": "12.5 days", "pledged_on": days_ago(0)}
    for wrong in (elsewhere.pk, gone.pk, "x", ""):
        answer = convener.post(address, {**fields, "participant": wrong})
        assert answer.status_code == 422
        assert answer.context["form"].errors["participant"]
    convener.post(address, {**fields, "participant": house.rail.pk})
    assert Contribution.objects.get().participant == house.rail


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"kind": "gold"},
        {"what": ""},
        {"what": "x" * 100_000},
        {"what": "a\0b"},
        {"amount": "1,5"},
        {"amount": "9" * 100_000},
        {"amount": "1e999"},
        {"amount": "-3"},
        {"amount": ""},
        {"kind": "influence"},
        {"pledged_on": "yesterday"},
        {"pledged_on": "0000-00-00"},
        {"pledged_on": "9999-12-31"},
        {"due_on": "0001-01-01"},
        {"note": "x" * 100_000},
    ],
)
def test_a_wrong_pledge_is_told_on_the_page(
    house: House, member: Client, fields: dict[str, str]
) -> None:
    good = {"kind": "money", "what": "Pumps", "amount": "100", "pledged_on": days_ago(3)}
    answer = member.post(
        reverse("contribution_new", args=[house.alliance.pk]), {**good, **fields} if fields else {}
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not Contribution.objects.exists()


def test_who_is_overtaken_sees_both_and_loses_nothing(
    house: House, convener: Client, member: Client
) -> None:
    made = pledge(house.council, "100", what="Pumps")
    address = reverse("contribution_edit", args=[made.pk])
    assert 'value="100"' in member.get(address).content.decode()
    fields = {"kind": "money", "pledged_on": "2026-01-01", "edition": 1}
    convener.post(address, {**fields, "what": "Two pumps", "amount": "1,200.50"})
    answer = member.post(address, {**fields, "what": "Three pumps", "amount": "1 500"})
    assert answer.status_code == 409
    assert form_errors(answer)[0].startswith("Convener saved this while you were writing.")
    beside = {one.label: (one.stored, one.written) for one in answer.context["form"].beside}
    assert beside == {"What": ("Two pumps", "Three pumps"), "How much": ("1,200.5", "1,500")}
    text = answer.content.decode()
    assert 'value="Three pumps"' in text
    assert 'value="1 500"' in text
    made.refresh_from_db()
    assert (made.what, made.edition) == ("Two pumps", 2)
    member.post(
        address,
        {
            **fields,
            "what": "Three pumps",
            "amount": "1 500",
            "edition": answer.context["form"]["edition"].value(),
        },
    )
    made.refresh_from_db()
    assert (made.what, made.amount, made.edition) == ("Three pumps", 1500, 3)


def test_a_member_removes_a_pledge_only_while_nothing_has_arrived(
    house: House, member: Client, convener: Client
) -> None:
    made = pledge(house.council, "100", arrived=(("2026-02-01", "40"),))
    address = reverse("contribution_remove", args=[made.pk])
    answer = member.post(address, {"confirm": "yes"})
    assert answer.status_code == 422
    assert "Something of it has arrived" in answer.content.decode()
    receipt = made.receipts.get()
    convener.post(reverse("receipt_remove", args=[receipt.pk]), {"confirm": "yes"})
    answer = member.post(address, {"confirm": "yes"})
    assert answer["Location"] == reverse("contributions", args=[house.alliance.pk])
    assert not Contribution.objects.exists()


def test_a_member_changes_only_the_words_of_a_pledge_whose_day_is_over(
    house: House, member: Client, convener: Client
) -> None:
    made = pledge(house.council, "100", due=days_ago(1))
    address = reverse("contribution_edit", args=[made.pk])
    remove = reverse("contribution_remove", args=[made.pk])
    page = member.get(address)
    text = page.content.decode()
    assert list(page.context["form"].fields) == ["what", "note", "edition"]
    assert "a convener alone changes its kind, its amount and its dates, or removes it" in text
    assert remove not in text
    asked = convener.get(address)
    assert "amount" in asked.context["form"].fields
    assert remove in asked.content.decode()
    words = {"what": "Two pumps", "note": "Held up.", "edition": "1"}
    assert member.post(address, words)["Location"] == reverse("contribution", args=[made.pk])
    # a page that was opened while it was not due yet: heard, refused, and all of it kept
    old = words | {
        "kind": "money",
        "amount": "0.01",
        "pledged_on": "2026-01-01",
        "due_on": "",
        "what": "Mine",
        "edition": "2",
    }
    answer = member.post(address, old)
    assert answer.status_code == 422
    assert "its dates are for a convener to change now" in form_errors(answer)[0]
    assert 'value="0.01"' in answer.content.decode()
    assert member.post(address, old | {"amount": "100", "due_on": days_ago(1)}).status_code == 302
    made.refresh_from_db()
    assert (made.what, made.note, made.amount, str(made.due_on)) == (
        "Mine",
        "Held up.",
        100,
        days_ago(1),
    )
    kept = "The day of this pledge is over. Only a convener can remove it now."
    asked = member.get(remove)
    assert (asked.status_code, asked.context["consequences"], asked.context["label"]) == (
        200,
        [kept],
        "",
    )
    answer = member.post(remove, {"confirm": "yes"})
    assert (answer.status_code, answer.context["refusal"]) == (422, kept)
    assert answer.content.decode().count(kept) == 1
    assert convener.post(remove, {"confirm": "yes"}).status_code == 302


@pytest.mark.parametrize(
    ("kind", "typed", "amount"),
    [
        ("money", {"amount": "1,200.50 EUR"}, Decimal("1200.50")),
        ("in-kind", {"amount": "40"}, Decimal(40)),
        ("time", {"amount": "0.5 days"}, Decimal("0.5")),
        ("influence", {"amount": "12"}, None),  # not asked, and not heard
    ],
)
def test_a_convener_records_what_arrives(
    house: House, convener: Client, kind: str, typed: dict[str, str], amount: Decimal | None
) -> None:
    made = pledge(house.council, None if kind == "influence" else "100", kind=kind)
    here = reverse("contribution", args=[made.pk])
    answer = convener.post(
        reverse("receipt_new", args=[made.pk]), {"on": days_ago(0), "note": HOSTILE, **typed}
    )
    assert answer["Location"] == here
    receipt = Receipt.objects.get()
    assert (receipt.amount, receipt.note, receipt.changed_by) == (amount, HOSTILE, house.convener)
    text = convener.get(here).content.decode()
    assert reverse("receipt_edit", args=[receipt.pk]) in text
    assert HOSTILE not in text
    answer = convener.post(
        reverse("receipt_edit", args=[receipt.pk]),
        {"on": days_ago(0), "note": "Better", "edition": 1, **typed},
    )
    assert answer["Location"] == here
    receipt.refresh_from_db()
    assert (receipt.amount, receipt.note, receipt.edition) == (amount, "Better", 2)


def test_what_has_not_arrived_yet_is_not_recorded(house: House, convener: Client) -> None:
    made = pledge(house.council, "100")
    answer = convener.post(
        reverse("receipt_new", args=[made.pk]), {"on": days_ago(-1), "amount": "5"}
    )
    assert answer.status_code == 422
    assert form_errors(answer) == ["The day lies ahead. Record what arrives once it has arrived."]


def test_the_page_names_who_is_late_and_who_pledged_nothing(
    house: House, convener: Client, member: Client
) -> None:
    Participant.objects.filter(pk=house.rail.pk).update(status="accepted", name=HOSTILE)
    pledge(house.council, "100", due=days_ago(45), what=HOSTILE, on="2025-01-01")
    cost(house.alliance, "3650", days_ago(100), days_ago(-264))
    for client in (convener, member):
        text = client.get(reverse("contributions", args=[house.alliance.pk])).content.decode()
        assert "County Council is 45 days late with 100." in text
        assert "One organisation has pledged nothing" in text
        assert HOSTILE not in text
        assert "&lt;script&gt;" in text
        assert "3,650 EUR a year" in text  # 10 a day
    assert reverse("cost_new", args=[house.alliance.pk]) not in text  # the member's page


def test_costs_are_recorded_changed_and_removed(house: House, convener: Client) -> None:
    costs = reverse("contributions", args=[house.alliance.pk]) + "#costs"
    fields = {
        "what": "Rooms",
        "amount": "1,200",
        "begins_on": "2026-01-01",
        "ends_on": "2026-12-31",
    }
    answer = convener.post(
        reverse("cost_new", args=[house.alliance.pk]), {**fields, "ends_on": "2025-12-31"}
    )
    assert form_errors(answer) == ["The cost ends before it begins. Check the two dates."]
    answer = convener.post(reverse("cost_new", args=[house.alliance.pk]), fields)
    assert answer["Location"] == costs
    made = RunningCost.objects.get()
    address = reverse("cost_edit", args=[made.pk])
    answer = convener.post(address, {**fields, "amount": "1,300", "edition": 1})
    assert answer["Location"] == costs
    assert convener.post(address, {**fields, "edition": 1}).status_code == 409
    made.refresh_from_db()
    assert made.amount == 1300
    answer = convener.post(reverse("cost_remove", args=[made.pk]), {"confirm": "yes"})
    assert answer["Location"] == costs
    assert not RunningCost.objects.exists()


# Constant queries


def fill(alliance: Alliance, many: int) -> None:
    for number in range(many - 2):
        one = Participant.objects.create(alliance=alliance, name=f"No {number}", status="accepted")
        ExpectedValue.objects.create(participant=one, kind="learning", note="Such")
    for one in alliance.participants.all():
        pledge(one, "100", due="2026-02-01", arrived=(("2026-01-05", "10"), ("2026-01-06", "20")))
        pledge(one, "5", kind="time", arrived=(("2026-01-05", "1"),))
        cost(alliance, "10", "2026-01-01", "2026-12-31")
        metric(alliance, ("2026-01-01", "3"), ("2026-02-01", "2"))


@pytest.mark.parametrize("many", [3, 300])
@pytest.mark.parametrize(
    ("who", "contributions"),
    # session, user, alliance, may edit, (own,) participants, pledges, receipts, costs, charter
    [("convener", 9), ("member", 10)],
)
def test_the_overviews_take_the_same_queries_for_many(
    house: House, django_assert_num_queries: Any, many: int, who: str, contributions: int
) -> None:
    fill(house.alliance, many)
    client = Client()
    client.force_login(getattr(house, who))
    with django_assert_num_queries(contributions):
        answer = client.get(reverse("contributions", args=[house.alliance.pk]))
    assert len(answer.context["overview"].lines) == many
    # session, user, alliance, may edit, own, participants, values
    with django_assert_num_queries(7):
        answer = client.get(reverse("values", args=[house.alliance.pk]))
    assert answer.context["overview"].rows[0].count == many - 2
    # session, user, alliance, may edit, metrics, readings
    with django_assert_num_queries(6):
        answer = client.get(reverse("metrics", args=[house.alliance.pk]))
    assert len(answer.context["overview"].groups[0].lines) == many


@pytest.mark.parametrize("many", [3, 300])
def test_one_record_takes_the_same_queries_for_many(
    house: House, convener: Client, django_assert_num_queries: Any, many: int
) -> None:
    made = pledge(house.council, "100", arrived=(("2026-01-05", "0.01"),) * many)
    first = dt.date(2025, 1, 1)
    read = metric(
        house.alliance,
        *(((first + dt.timedelta(days=number)).isoformat(), str(number)) for number in range(many)),
    )
    # session, user, the record, may edit, may receive, received, own side, receipts
    with django_assert_num_queries(8):
        answer = convener.get(reverse("contribution", args=[made.pk]))
    assert len(answer.context["page"].receipts) == many
    # session, user, the metric, readings, may edit
    with django_assert_num_queries(5):
        answer = convener.get(reverse("metric", args=[read.pk]))
    assert len(answer.context["page"].rows) == many
