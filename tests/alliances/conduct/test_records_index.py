"""The index of records: each kind's state in words, in few queries, and own rows for oneself alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from alliances.models import (
    Action,
    CharterParty,
    CharterVersion,
    Contribution,
    Decision,
    DifferencePair,
    ExpectedValue,
    GroundItem,
    InternalStakeholder,
    JournalEntry,
    LaunchStep,
    Metric,
    PairHistory,
    Profile,
    PurposeCheck,
    PurposeSentence,
    Reading,
    Receipt,
    Signature,
    WorkingRule,
)
from alliances.services.records_index import Index, read_index
from tests.alliances.conduct.conftest import TODAY, Parties, more_parties

NOON = dt.datetime(2026, 2, 3, 12, tzinfo=dt.UTC)
DAY = "3\N{NO-BREAK SPACE}February\N{NO-BREAK SPACE}2026"


def index(parties: Parties, *, own: bool = False, convenes: bool = False) -> Index:
    return read_index(
        alliance=parties.alliance,
        own=parties.ash if own else None,
        convenes=convenes,
        on=TODAY,
    )


def states(found: Index) -> dict[str, str]:
    return {entry.page: entry.state for shelf in found.shelves for entry in shelf.entries}


def fill(parties: Parties) -> None:
    """One or two of everything, so that each count differs from its neighbours where it can."""
    alliance, ash, birch = parties.alliance, parties.ash, parties.birch
    check = PurposeCheck.objects.create(alliance=alliance, opened_at=NOON, closed_at=NOON)
    for seat in (ash, birch):
        PurposeSentence.objects.create(check_held=check, participant=seat, text="Clean air.")
    version = CharterVersion.objects.create(
        alliance=alliance,
        number=2,
        status="circulated",
        text="x",
        digest="0" * 64,
        language="en",
        circulated_at=NOON,
    )
    CharterVersion.objects.create(
        alliance=alliance,
        number=1,
        status="ratified",
        text="x",
        digest="0" * 64,
        language="en",
        circulated_at=NOON,
        ratified_at=NOON,
    )
    for seat in (ash, birch, parties.cedar):
        CharterParty.objects.create(version=version, participant=seat, name=seat.name)
    for number, seat in enumerate((ash, birch), start=1):
        Signature.objects.create(
            version=version,
            participant=seat,
            user=None,
            account=number,
            number=number,
            organisation=seat.name,
            name="N",
            digest="0" * 64,
            signed_at=NOON,
            seal="0" * 64,
        )
    GroundItem.objects.create(alliance=alliance, kind="source", text="The Institute’s soot.")
    Profile.objects.create(participant=ash, mandate="Trees.")
    PairHistory.objects.create(alliance=alliance, first=ash, second=birch, together="A bridge.")
    DifferencePair.objects.create(
        alliance=alliance, first=ash, second=birch, opened_at=NOON, revealed_at=NOON
    )
    DifferencePair.objects.create(
        alliance=alliance, first=birch, second=parties.cedar, opened_at=NOON
    )
    LaunchStep.objects.create(alliance=alliance, code="protocols", due_on=TODAY, done_on=TODAY)
    LaunchStep.objects.create(alliance=alliance, code="decisions", due_on=TODAY)
    Decision.objects.create(alliance=alliance, what="The price")
    WorkingRule.objects.create(alliance=alliance, text="a", agreed_on=TODAY)
    WorkingRule.objects.create(alliance=alliance, text="b")
    for unit in "abc":
        InternalStakeholder.objects.create(participant=ash, unit=unit, stance="against")
    InternalStakeholder.objects.create(participant=birch, unit="d", stance="against")
    for seat in (ash, birch):
        pledge = Contribution.objects.create(
            participant=seat, kind="money", what="Fee", amount=10, pledged_on=TODAY
        )
    for day in (TODAY, TODAY - dt.timedelta(days=1)):
        Receipt.objects.create(contribution=pledge, on=day, amount=5)
    for kind in ("brand", "learning"):
        ExpectedValue.objects.create(participant=ash, kind=kind)
    metric = Metric.objects.create(alliance=alliance, kind="ends", name="Soot", unit="µg")
    for day in (TODAY, TODAY - dt.timedelta(days=1)):
        Reading.objects.create(metric=metric, on=day, value=3)
    for days in (-1, 1):
        JournalEntry.objects.create(
            alliance=alliance, kind="meeting", on=TODAY + dt.timedelta(days=days), title="M"
        )
    for due, ended in ((TODAY, None), (TODAY - dt.timedelta(days=1), None), (TODAY, TODAY)):
        Action.objects.create(alliance=alliance, what="Call", who="Tom", due_on=due, done_on=ended)


def test_states_in_words(parties: Parties) -> None:
    fill(parties)
    found = index(parties, own=True)
    assert states(found) == {
        "purpose_check": f"Two sentences, closed on {DAY}",
        "charter": "Version 1 in force; version 2 circulated, signed by two of three",
        "common_ground": "One item",
        "profiles": "One of three organisations described; one pair with a history",
        "differences": "Two pairs, one revealed",
        "launch": "One of two steps done",
        "decisions": "One decision",
        "working_rules": "Two rules, one agreed",
        "stakeholders": "Three units in your own house",
        "contributions": "Two pledges; something has arrived of one",
        "values": "One of three organisations has said",
        "metrics": "One metric, two readings",
        "journal": "Two entries, the last of 14\N{NO-BREAK SPACE}June\N{NO-BREAK SPACE}2026",
        "actions": "Two open, one overdue",
        "momentum": "Read from the journal, contributions and metrics",
    }
    assert (found.finding, found.addition) == (
        "Every kind of record is begun.",
        "One party has not signed version 2 of the charter and one action is overdue.",
    )
    parties.cedar.status = "left"  # and cannot sign any more
    parties.cedar.save()
    assert index(parties, own=True).addition == "One action is overdue."
    parties.cedar.status = "accepted"
    parties.cedar.save()
    Action.objects.all().update(done_on=TODAY)
    PurposeCheck.objects.create(alliance=parties.alliance, opened_at=NOON + dt.timedelta(days=1))
    assert index(parties, own=True).addition == (
        "Three parties have not written the purpose and one party has not signed version 2 of the "
        "charter."
    )


def test_an_empty_alliance(parties: Parties) -> None:
    found = index(parties, own=True)
    assert found.finding == "Nothing is on record yet."
    states_ = set(states(found).values()) - {"Read from the journal, contributions and metrics"}
    assert states_ == {"Nothing yet", "Not held yet"}


def test_what_is_missing_is_named_where_it_is_little(parties: Parties) -> None:
    fill(parties)
    Profile.objects.all().delete()
    PairHistory.objects.all().delete()
    Metric.objects.all().delete()
    found = index(parties)
    assert (found.finding, found.addition) == (
        "11 of 13 kinds of record are begun.",
        "Nothing yet: profiles and metrics.",
    )


def test_an_open_purpose_check_and_a_draft(parties: Parties) -> None:
    check = PurposeCheck.objects.create(alliance=parties.alliance, opened_at=NOON)
    PurposeSentence.objects.create(check_held=check, participant=parties.ash, text="Air.")
    CharterVersion.objects.create(alliance=parties.alliance, number=1)
    found = states(index(parties))
    assert found["purpose_check"] == "Open: one of three have written"
    assert found["charter"] == "Version 1 being drafted"


def test_own_units_are_counted_for_oneself_alone(parties: Parties) -> None:
    fill(parties)
    assert states(index(parties))["stakeholders"] == "Each organisation sees its own"
    assert states(index(parties, convenes=True))["stakeholders"] == (
        "Each organisation sees its own; you see the sum"
    )
    address = reverse("records", args=[parties.alliance.pk])
    expected = {
        "of_ash": "Three units in your own house",
        "of_birch": "One unit in your own house",
        "convener": "you see the sum",
        "admin": "you see the sum",
        "of_nobody": "Each organisation sees its own",
    }
    for who, words in expected.items():
        text = parties.client(who).get(address).content.decode()
        assert words in text
        if who != "of_ash":
            assert "Three units" not in text


@pytest.mark.parametrize("many", [3, 300])
def test_the_page_takes_the_same_queries_for_many(
    parties: Parties, django_assert_num_queries: Any, many: int
) -> None:
    fill(parties)
    for seat in more_parties(parties.alliance, many):
        Contribution.objects.create(
            participant=seat, kind="money", what="Fee", amount=10, pledged_on=TODAY
        )
        Profile.objects.create(participant=seat)
    client = parties.client("of_ash")
    # session, user, alliance, own organisation, may edit, counts, purpose check, charter
    with django_assert_num_queries(8):
        answer = client.get(reverse("records", args=[parties.alliance.pk]))
    assert str(many + 1) in states(answer.context["index"])["profiles"] or many == 3


def test_every_record_has_a_page(parties: Parties) -> None:
    client = parties.client("of_ash")
    text = client.get(reverse("records", args=[parties.alliance.pk])).content.decode()
    for page in states(index(parties)):
        assert f'href="{reverse(page, args=[parties.alliance.pk])}"' in text
