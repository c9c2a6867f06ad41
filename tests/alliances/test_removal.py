"""A participant is removed only while nothing that others count on is on record of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alliances.errors import Refused
from alliances.models import (
    Action,
    Attendance,
    Contribution,
    Decision,
    DecisionPart,
    DifferencePair,
    DifferenceView,
    ExpectedValue,
    GroundItem,
    InternalStakeholder,
    JournalEntry,
    Membership,
    PairHistory,
    Participant,
    Position,
    Profile,
    PurposeCheck,
    Receipt,
    ReviewSide,
)
from alliances.services.people import remove_participant
from alliances.services.removal import read_removal
from tests.alliances.conftest import House

DAY = dt.date(2026, 3, 2)


def pledge(house: House, what: str = "Pumps") -> Contribution:
    return Contribution.objects.create(
        participant=house.council, kind="money", what=what, amount=10, pledged_on=DAY
    )


def receive(house: House) -> None:
    Receipt.objects.create(contribution=pledge(house), on=DAY, amount=5)


def attend(house: House) -> None:
    entry = JournalEntry.objects.create(
        alliance=house.alliance, kind="meeting", on=DAY, title="First"
    )
    Attendance.objects.create(entry=entry, participant=house.council, presence="absent")


def write(house: House, *, closed: bool = True) -> None:
    now = timezone.now()
    check = PurposeCheck.objects.create(
        alliance=house.alliance, opened_at=now, closed_at=now if closed else None
    )
    check.sentences.create(participant=house.council, text="A dry valley.")


def look(house: House, *, revealed: bool = True) -> None:
    now = timezone.now()
    first, second = sorted((house.council, house.rail), key=lambda one: one.pk)
    pair = DifferencePair.objects.create(
        alliance=house.alliance,
        first=first,
        second=second,
        opened_at=now,
        revealed_at=now if revealed else None,
    )
    DifferenceView.objects.create(pair=pair, participant=house.rail, itself="Slow.", other="Fast.")


def review(house: House) -> None:
    entry = JournalEntry.objects.create(
        alliance=house.alliance, kind="review", on=DAY, title="Late boats"
    )
    ReviewSide.objects.create(entry=entry, participant=house.council, contributed="We were late.")


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (receive, "what arrived of its pledges"),
        (attend, "its attendance at meetings"),
        (write, "its sentence in a closed purpose check"),
        (look, "differences that were revealed to both sides"),
        (review, "its side of a joint review"),
    ],
)
def test_what_others_count_on_is_kept(
    house: House, convener: Client, make: Callable[[House], None], what: str
) -> None:
    make(house)
    expected = (
        f"County Council is on record with {what}, which others count on. Change its status to "
        "left instead: all of it then stays."
    )
    with pytest.raises(Refused) as refusal:
        remove_participant(participant=house.council)
    assert refusal.value.message == expected
    # The page says so before anybody asks for it, and offers no button.
    address = reverse("participant_remove", args=[house.council.pk])
    asked = convener.get(address)
    assert (asked.status_code, asked.context["consequences"]) == (200, [expected])
    assert 'name="confirm"' not in asked.content.decode()
    answer = convener.post(address, {"confirm": "yes"})
    assert (answer.status_code, answer.context["refusal"]) == (422, expected)
    assert answer.content.decode().count("which others count on") == 1
    assert Participant.objects.filter(pk=house.council.pk).exists()


def test_all_reasons_stand_in_one_sentence(house: House) -> None:
    receive(house)
    attend(house)
    with pytest.raises(Refused) as refusal:
        remove_participant(participant=house.council)
    assert "with what arrived of its pledges and its attendance at meetings, which" in str(
        refusal.value
    )


def test_the_page_names_all_that_goes_with_it(
    house: House, convener: Client, django_assert_num_queries: Any
) -> None:
    council, rail = house.council, house.rail
    first, second = sorted((council, rail), key=lambda one: one.pk)
    pledge(house)
    pledge(house, "Boats")
    ExpectedValue.objects.create(participant=council, kind="learning")
    item = GroundItem.objects.create(
        alliance=house.alliance, kind="assumption", text="It rains more.", raised_by=council
    )
    Position.objects.create(item=item, participant=council, stance="agree")
    Profile.objects.create(participant=council)
    PairHistory.objects.create(
        alliance=house.alliance, first=first, second=second, together="A dam."
    )
    look(house, revealed=False)
    for what in ("Dykes", "Gates", "Fees"):
        decision = Decision.objects.create(alliance=house.alliance, what=what)
        DecisionPart.objects.create(decision=decision, participant=council, part="decides")
    InternalStakeholder.objects.create(participant=council, unit="The board", stance="against")
    write(house, closed=False)
    Action.objects.create(
        alliance=house.alliance, what="Call", who="Ann", due_on=DAY, participant=council
    )
    address = reverse("participant_remove", args=[council.pk])
    expected = [
        "Its pain and the person who speaks for it are deleted.",
        "So is all that it put on record: two pledges, one kind of value that it expects, one "
        "position in the register, its profile, one history with another organisation, one look at "
        "differences that is not revealed yet (and what the other side wrote) and its parts in "
        "three decisions.",
        "What nobody else sees goes too: the units in its own house, and its sentence where a "
        "purpose check is open.",
        "The account that belongs to it stays, and speaks for nobody then.",
        "Journal entries, actions and items of the register stay, without its name.",
        "Rounds that it was asked in keep its name, and what was answered.",
        "If it has left, change its status instead: the history then stays.",
    ]
    assert convener.get(address).context["consequences"] == expected
    Contribution.objects.bulk_create(
        Contribution(participant=council, kind="money", what="x", amount=1, pledged_on=DAY)
        for _number in range(300)
    )
    # signatures, parties, and all that is counted
    with django_assert_num_queries(3):
        assert read_removal(participant=council).goes.startswith("302 pledges, ")
    assert convener.post(address, {"confirm": "yes"}).status_code == 302
    assert not Participant.objects.filter(pk=council.pk).exists()
    assert Membership.objects.get(user=house.member).participant is None
    assert GroundItem.objects.get().raised_by is None
