"""Internal stakeholders: one's own rows for oneself, for others a sum from which nobody is read."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from alliances.errors import Refused
from alliances.models import (
    Alliance,
    InternalStakeholder,
    JournalEntry,
    Membership,
    Participant,
    StakeholderTally,
)
from alliances.services.records import Overtaken
from alliances.services.stakeholders.keeping import (
    StakeholderSum,
    add_stakeholder,
    change_stakeholder,
    remove_stakeholder,
    stakeholder_sum,
)
from alliances.services.stakeholders.page import read_own
from tests.alliances.conduct.conftest import NASTY, TODAY, Parties, more_parties

SECRET = "Legal department of Ash"


def unit(
    participant: Participant, stance: str = "supports", name: str = "The board", **fields: Any
) -> InternalStakeholder:
    return add_stakeholder(
        participant=participant, by=None, today=TODAY, unit=name, stance=stance, **fields
    )


def turn(row: InternalStakeholder, stance: str) -> None:
    row.refresh_from_db()
    change_stakeholder(stakeholder=row, edition=row.edition, by=None, today=TODAY, stance=stance)


def shown(parties: Parties) -> tuple[int, ...] | None:
    """The sum: organisations, units, supports, undecided, against."""
    found = stakeholder_sum(alliance=parties.alliance)
    if found is None:
        return None
    return (found.participants, found.units, found.supports, found.undecided, found.against)


# The sum


def test_there_is_no_sum_below_three_organisations(parties: Parties) -> None:
    assert shown(parties) is None
    unit(parties.ash)
    unit(parties.ash, "against", "The works council")
    unit(parties.birch)
    assert shown(parties) is None
    unit(parties.cedar, "undecided")
    assert shown(parties) == (3, 4, 2, 1, 1)


def test_one_organisation_more_is_not_seen_in_the_sum(parties: Parties) -> None:
    first = [unit(seat) for seat in (parties.ash, parties.birch, parties.cedar)]
    fourth, fifth = more_parties(parties.alliance, 2)
    before = shown(parties)
    assert before == (3, 3, 3, 0, 0)
    # A fourth comes, all against: whoever looks before and after learns nothing.
    unit(fourth, "against", "One")
    unit(fourth, "against", "Two")
    assert shown(parties) == before
    # A change of one more is still the work of two.
    turn(first[0], "undecided")
    assert shown(parties) == before
    # With the third, the difference is that of three organisations together.
    unit(fifth, "against")
    assert shown(parties) == (5, 6, 2, 1, 3)


def test_what_goes_back_to_what_was_counted_is_no_change(parties: Parties) -> None:
    first, second, third = (unit(seat) for seat in (parties.ash, parties.birch, parties.cedar))
    turn(first, "against")
    turn(second, "against")
    turn(first, "supports")
    turn(third, "against")
    assert shown(parties) == (3, 3, 3, 0, 0)
    turn(first, "undecided")
    assert shown(parties) == (3, 3, 0, 1, 2)


def test_a_note_is_no_change_of_the_figures(parties: Parties) -> None:
    rows = [unit(seat) for seat in (parties.ash, parties.birch, parties.cedar)]
    counted = StakeholderTally.objects.get().counted_at
    for row in rows:
        change_stakeholder(stakeholder=row, edition=1, by=None, today=TODAY, note="New.")
    assert StakeholderTally.objects.get().counted_at == counted


def test_that_one_is_removed_or_leaves_is_not_seen_in_the_sum(parties: Parties) -> None:
    [fourth] = more_parties(parties.alliance, 1)
    unit(fourth, "against")
    rows = [unit(seat) for seat in (parties.ash, parties.birch, parties.cedar)]
    turn(rows[0], "undecided")
    assert shown(parties) == (3, 3, 2, 0, 1)  # counted when the third of them recorded: Birch
    before = shown(parties)
    # The convener can say that an organisation has left, look, and take it back.
    Participant.objects.filter(pk=fourth.pk).update(status="left")
    assert shown(parties) == before
    Participant.objects.filter(pk=fourth.pk).update(status="accepted")
    remove_stakeholder(stakeholder=rows[1])
    assert shown(parties) == before
    fourth.delete()
    # Two are left with units: no sum at all, rather than one of fewer than three.
    assert shown(parties) is None


def test_a_status_tells_nothing_of_who_has_units(parties: Parties) -> None:
    rows = [unit(seat) for seat in (parties.ash, parties.birch, parties.cedar)]
    for seat in (parties.ash, parties.birch, parties.cedar):
        # Two are left at the table: were the sum to go, it would say that this one has units.
        Participant.objects.filter(pk=seat.pk).update(status="left")
        assert shown(parties) == (3, 3, 3, 0, 0)
        Participant.objects.filter(pk=seat.pk).update(status="accepted")
    remove_stakeholder(stakeholder=rows[0])
    assert shown(parties) is None


@pytest.mark.parametrize("status", ["left", "declined", "invited", "accepted"])
def test_a_status_takes_nobody_out_of_the_next_sum(parties: Parties, status: str) -> None:
    """Else the convener could have it counted with the fourth and without, and subtract."""
    [fourth] = more_parties(parties.alliance, 1)
    rows = [unit(seat) for seat in (parties.ash, parties.birch, parties.cedar)]
    unit(fourth, "against")
    Participant.objects.filter(pk=fourth.pk).update(status=status)
    for row in rows:
        turn(row, "undecided")
    # Counted with the second of them: the fourth and two that turned make three that differ.
    assert shown(parties) == (4, 4, 1, 2, 1)


def test_a_status_set_before_anybody_recorded_gives_no_sum_to_subtract_from(
    parties: Parties,
) -> None:
    """Ash and Birch alone were counted, and the sum of three was worked out anew at each look."""
    [fourth] = more_parties(parties.alliance, 1)
    for seat in (parties.cedar, fourth):
        Participant.objects.filter(pk=seat.pk).update(status="left")
    for seat in (parties.ash, parties.birch, parties.cedar):
        unit(seat)
    unit(fourth, "against")
    Participant.objects.filter(pk=parties.cedar.pk).update(status="accepted")
    before = shown(parties)
    Participant.objects.filter(pk=fourth.pk).update(status="accepted")
    assert shown(parties) == before == (3, 3, 3, 0, 0)


def test_what_is_counted_says_of_which_day(parties: Parties) -> None:
    at = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
    for seat in (parties.ash, parties.birch, parties.cedar):
        unit(seat, at=at)
    assert stakeholder_sum(alliance=parties.alliance) == StakeholderSum(
        3, 3, 3, 0, 0, dt.date(2026, 3, 1)
    )
    text = page(parties, "convener")
    assert "Counted on 1\N{NO-BREAK SPACE}March\N{NO-BREAK SPACE}2026" in text


@pytest.mark.parametrize("many", [3, 300])
def test_the_sum_takes_the_same_queries_for_many(
    parties: Parties, django_assert_num_queries: Any, many: int
) -> None:
    for seat in more_parties(parties.alliance, many):
        InternalStakeholder.objects.create(participant=seat, unit="The board", stance="against")
    # those with units, and the tally
    with django_assert_num_queries(2):
        found = stakeholder_sum(alliance=parties.alliance)
    assert found == StakeholderSum(many, many, 0, 0, many)


# One's own


def test_the_sentence(parties: Parties) -> None:
    JournalEntry.objects.create(
        alliance=parties.alliance, kind="meeting", on=TODAY - dt.timedelta(days=7), title="Seventh"
    )
    JournalEntry.objects.create(
        alliance=parties.alliance, kind="meeting", on=TODAY + dt.timedelta(days=7), title="Next"
    )
    day = TODAY - dt.timedelta(days=1)
    unit(parties.ash, "supports", "a", aligned_on=day)
    unit(parties.ash, "against", "b", aligned_on=TODAY - dt.timedelta(days=7))
    unit(parties.ash, "undecided", "c")
    unit(parties.birch, "against")
    own = read_own(participant=parties.ash, on=TODAY)
    assert own.finding == (
        "Three units of your own house have a say: one supports it, one is undecided, one is "
        "against it."
    )
    # Whoever was talked to on the day of the meeting itself was talked to before that one.
    assert own.addition == (
        "Two have not been talked to since the joint meeting of "
        "8\N{NO-BREAK SPACE}June\N{NO-BREAK SPACE}2026."
    )
    assert [(found.row.unit, found.since_meeting) for found in own.units] == [
        ("b", False),
        ("c", False),
        ("a", True),
    ]
    assert [(segment.begins_at, segment.length) for segment in own.bar] == [
        ("0.00%", "33.33%"),
        ("33.33%", "33.33%"),
        ("66.67%", "33.33%"),
    ]


def test_the_sentence_without_a_meeting(parties: Parties) -> None:
    unit(parties.ash)
    own = read_own(participant=parties.ash, on=TODAY)
    assert (own.finding, own.addition) == (
        "One unit of your own house has a say: one supports it.",
        "",
    )
    assert own.units[0].since_meeting is None


def test_wrong_values_are_refused(parties: Parties) -> None:
    with pytest.raises(Refused, match="has not come"):
        unit(parties.ash, aligned_on=TODAY + dt.timedelta(days=1))
    with pytest.raises(Refused, match="Unit or body is missing"):
        unit(parties.ash, name=" ")
    row = unit(parties.ash)
    change_stakeholder(stakeholder=row, edition=1, by=None, today=TODAY, who="Ines")
    with pytest.raises(Overtaken):
        change_stakeholder(stakeholder=row, edition=1, by=None, today=TODAY, who="Tom")
    with pytest.raises(Refused, match="has not come"):
        change_stakeholder(
            stakeholder=row, edition=2, by=None, today=TODAY, aligned_on=TODAY + dt.timedelta(1)
        )


# Who sees what


def page(parties: Parties, who: str) -> str:
    address = reverse("stakeholders", args=[parties.alliance.pk])
    return parties.client(who).get(address).content.decode()


def test_only_the_own_organisation_sees_a_row(parties: Parties) -> None:
    row = unit(parties.ash, "against", SECRET, note="A secret note.", who="A secret person")
    for seat in (parties.birch, parties.cedar):
        unit(seat)
    assert SECRET in page(parties, "of_ash")
    addresses = [
        reverse(name, args=[parties.alliance.pk])
        for name in ("stakeholders", "records", "desk", "people", "decisions")
    ]
    rows = [reverse(name, args=[row.pk]) for name in ("stakeholder_edit", "stakeholder_remove")]
    for who in ("convener", "admin", "of_birch", "of_nobody"):
        client = parties.client(who)
        for address in addresses:
            text = client.get(address).content.decode()
            assert "ecret" not in text
            assert SECRET not in text
        for address in rows:
            sent = {"unit": "Mine", "stance": "supports", "edition": "7", "confirm": "yes"}
            for answer in (client.get(address), client.post(address, sent)):
                assert answer.status_code == 404
                assert SECRET not in answer.content.decode()
    row.refresh_from_db()
    assert (row.unit, row.edition) == (SECRET, 1)


def test_a_convener_of_an_organisation_sees_its_rows_and_the_sum(parties: Parties) -> None:
    Membership.objects.filter(user=parties.convener).update(participant=parties.birch)
    unit(parties.ash, "against", SECRET)
    unit(parties.birch, "undecided", "Works council of Birch")
    text = page(parties, "convener")
    assert "Works council of Birch" in text
    assert SECRET not in text
    assert "It needs three organisations with units on record, and fewer have any." in text
    unit(parties.cedar)
    text = page(parties, "convener")
    assert "Three organisations count on three units of their own" in text
    assert SECRET not in text
    # Their own organisation's people are not told the sum.
    assert "count on three units" not in page(parties, "of_birch")


def test_an_admin_sees_the_sum_alone(parties: Parties) -> None:
    for seat in (parties.ash, parties.birch, parties.cedar):
        unit(seat, "supports", SECRET)
    text = page(parties, "admin")
    assert "Three organisations count on three units of their own: three support it." in text
    assert SECRET not in text
    from django.contrib import admin

    assert InternalStakeholder not in admin.site._registry
    assert StakeholderTally not in admin.site._registry


def test_who_belongs_to_no_organisation_is_told_so(parties: Parties) -> None:
    for seat in (parties.ash, parties.birch, parties.cedar):
        unit(seat, "against")
    text = page(parties, "of_nobody")
    assert "You belong to no organisation here." in text
    assert "count on" not in text
    new = reverse("stakeholder_new", args=[parties.alliance.pk])
    assert parties.client("of_nobody").get(new).status_code == 404
    assert parties.client("convener").get(new).status_code == 404


def test_the_page_says_who_reads_it(parties: Parties) -> None:
    text = page(parties, "of_ash")
    assert "Who in your own house has a say?" in text
    assert "One account reads them now: Of Ash." in text
    Membership.objects.filter(user=parties.of_nobody).update(participant=parties.ash)
    assert "These accounts read them now: Of Ash, Of Nobody." in page(parties, "of_ash")


def test_a_row_of_ones_own_is_added_changed_overtaken_and_removed(parties: Parties) -> None:
    client = parties.client("of_ash")
    home = reverse("stakeholders", args=[parties.alliance.pk])
    sent = {"unit": NASTY, "stance": "against", "who": NASTY, "note": NASTY}
    # Whose it is, nobody says from outside.
    client.post(
        reverse("stakeholder_new", args=[parties.alliance.pk]),
        {**sent, "participant": parties.birch.pk},
    )
    row = InternalStakeholder.objects.get()
    assert row.participant == parties.ash
    edit = reverse("stakeholder_edit", args=[row.pk])
    for address in (home, edit, reverse("stakeholder_remove", args=[row.pk])):
        text = client.get(address).content.decode()
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert" in text
    client.post(edit, {**sent, "unit": "Legal", "edition": "1"})
    overtaken = client.post(edit, {**sent, "unit": "Law", "edition": "1"})
    assert overtaken.status_code == 409
    assert "Legal" in overtaken.content.decode()
    client.post(reverse("stakeholder_remove", args=[row.pk]))
    assert InternalStakeholder.objects.count() == 0


def test_a_member_elsewhere_has_no_rows_here(parties: Parties) -> None:
    other = Alliance.objects.create(name="Other")
    theirs = Participant.objects.create(alliance=other, name="Ash", status="accepted")
    Membership.objects.create(
        alliance=other, user=parties.of_birch, role="member", participant=theirs
    )
    unit(theirs, "against", SECRET)
    assert SECRET not in page(parties, "of_birch")


@pytest.mark.parametrize("many", [3, 300])
def test_the_page_takes_the_same_queries_for_many(
    parties: Parties, django_assert_num_queries: Any, many: int
) -> None:
    Membership.objects.filter(user=parties.convener).update(participant=parties.ash)
    for seat in [*more_parties(parties.alliance, many), *[parties.ash] * many]:
        InternalStakeholder.objects.create(participant=seat, unit="The board", stance="against")
    client = parties.client("convener")
    # session, user, alliance, own organisation, may edit, two of the sum, rows, meeting, readers
    with django_assert_num_queries(10):
        client.get(reverse("stakeholders", args=[parties.alliance.pk]))
