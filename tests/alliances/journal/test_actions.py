"""Actions: done by one press, dropped, opened again; and what their page says."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alliances.errors import Refused
from alliances.models import Action
from alliances.services.actions import (
    actions_page,
    add_action,
    change_action,
    drop_action,
    finish_action,
    reopen_action,
)
from alliances.services.records import Overtaken
from tests.alliances.conftest import House, told
from tests.alliances.journal.conftest import TODAY, ago, make_entry


def add(
    house: House, what: str = "Measure", who: str = "Ana Reis", due: int = 0, **fields: Any
) -> Action:
    return add_action(
        alliance=house.alliance,
        by=house.convener,
        today=TODAY,
        **{"what": what, "who": who, "due_on": ago(due), **fields},
    )


def test_an_action_of_a_meeting(house: House) -> None:
    entry = make_entry(house)
    action = add(house, entry=entry, participant=house.rail)
    assert list(entry.actions.all()) == [action]
    with pytest.raises(Refused, match="What is to be done is missing"):
        add(house, " ")
    with pytest.raises(Refused, match="Who does it is missing"):
        add(house, who="")
    with pytest.raises(Refused, match="lies ahead"):
        add(house, done_on=ago(-1))
    other = make_entry(House(**{**vars(house), "alliance": house.other}))
    with pytest.raises(Refused, match="choose one of this alliance"):
        add(house, entry=other)
    assert Action.objects.count() == 1


def test_done_once_and_for_all(house: House) -> None:
    action = add(house)
    assert finish_action(action=action, by=house.member, today=TODAY).done_on == TODAY
    # whoever presses later changes nothing
    again = finish_action(action=action, by=house.convener, today=ago(-3))
    assert (again.done_on, again.edition, again.changed_by) == (TODAY, 2, house.member)
    with pytest.raises(Refused, match="was done on 21\u00a0November\u00a02026"):
        drop_action(action=action, by=None, today=TODAY)
    opened = reopen_action(action=action, by=None)
    assert (opened.done_on, opened.dropped_on) == (None, None)


def test_dropped_and_opened_again(house: House) -> None:
    action = add(house)
    assert drop_action(action=action, by=None, today=TODAY).dropped_on == TODAY
    assert drop_action(action=action, by=None, today=ago(-1)).dropped_on == TODAY
    with pytest.raises(Refused, match="was dropped on 21\u00a0November\u00a02026"):
        finish_action(action=action, by=None, today=TODAY)
    reopen_action(action=action, by=None)
    assert finish_action(action=action, by=None, today=TODAY).done_on == TODAY


def test_who_is_overtaken_changes_nothing(house: House) -> None:
    action = add(house)
    finish_action(action=action, by=house.member, today=TODAY)
    with pytest.raises(Overtaken):
        change_action(action=action, edition=1, by=None, today=TODAY, what="Mine")
    assert Action.objects.get().what == "Measure"


def finding(house: House) -> tuple[str, str]:
    page = actions_page(alliance=house.alliance, today=TODAY)
    return page.finding, page.addition


def test_the_finding(house: House) -> None:
    assert actions_page(alliance=house.alliance, today=TODAY).is_empty
    ahead = add(house, "Call the harbour.", due=-9)
    assert finding(house) == (
        "No action is overdue.",
        "Next, until 30\u00a0November\u00a02026: Call the harbour.",
    )
    add(house, "Due today", due=0)  # the day is not over
    assert finding(house)[0] == "No action is overdue."
    add(house, due=1, who="Tomas Rekdal")
    assert finding(house) == ("One action is overdue.", "It is with Tomas Rekdal.")
    add(house, due=5, who="TOMAS  REKDAL")
    assert finding(house) == ("Two actions are overdue.", "Both are with TOMAS REKDAL.")
    add(house, due=1, who="Ana")
    assert finding(house) == ("Three actions are overdue.", "TOMAS REKDAL has most of them: two.")
    add(house, due=1, who="Ana")
    assert finding(house) == ("Four actions are overdue.", "")
    Action.objects.exclude(pk=ahead.pk).delete()
    finish_action(action=ahead, by=None, today=TODAY)
    assert finding(house) == ("Nothing is waiting to be done.", "")


def test_overdue_first_then_open_then_closed(house: House) -> None:
    for what, due in (("late", 2), ("very late", 20), ("soon", -1), ("later", -20)):
        add(house, what, due=due)
    add(house, "long done", due=9, done_on=ago(9))
    add(house, "done", due=30, done_on=ago(3))
    drop_action(action=add(house, "dropped"), by=None, today=TODAY)
    page = actions_page(alliance=house.alliance, today=TODAY)
    assert [(line.action.what, line.days_late) for line in page.overdue] == [
        ("very late", 20),
        ("late", 2),
    ]
    assert [line.action.what for line in page.ahead] == ["soon", "later"]
    assert [action.what for action in page.closed] == ["dropped", "done", "long done"]


# Pages


def test_a_member_marks_those_of_the_own_organisation(house: House, member: Client) -> None:
    own = add(house, "Ours", participant=house.council)
    other = add(house, "Theirs", participant=house.rail)
    nobodys = add(house, "Of nobody")
    page = member.get(reverse("actions", args=[house.alliance.pk]))
    assert page.content.decode().count(">Done<") == 1
    answer = member.post(reverse("action_done", args=[own.pk]), follow=True)
    assert told(answer) == ["Done: Ours"]
    for action in (other, nobodys):
        assert member.post(reverse("action_done", args=[action.pk])).status_code == 404
    own.refresh_from_db()
    assert (own.done_on, own.changed_by) == (timezone.localdate(), house.member)
    assert Action.objects.filter(done_on=None).count() == 2


def test_what_cannot_be_done_is_said(house: House, convener: Client) -> None:
    action = add(house)
    drop_action(action=action, by=None, today=TODAY)
    answer = convener.post(reverse("action_done", args=[action.pk]), follow=True)
    assert told(answer) == [
        "This action was dropped on 21\u00a0November\u00a02026. Open it again first."
    ]


def test_the_convener_keeps_them(house: House, convener: Client) -> None:
    convener.post(
        reverse("action_new", args=[house.alliance.pk]),
        {"what": "<b>Dig</b>", "who": "Ana", "participant": house.rail.pk, "due_on": "2026-11-30"},
    )
    action = Action.objects.get()
    page = convener.get(reverse("actions", args=[house.alliance.pk])).content.decode()
    assert "&lt;b&gt;Dig&lt;/b&gt;" in page
    assert "<b>Dig" not in page
    edit = reverse("action_edit", args=[action.pk])
    written = {"what": "Dig", "who": "Ana", "due_on": "2026-11-30", "edition": 1}
    assert convener.post(edit, written).status_code == 302
    # the participant was taken out, and that is the second edition
    action.refresh_from_db()
    assert (action.what, action.participant, action.edition) == ("Dig", None, 2)
    overtaken = convener.post(edit, {**written, "what": "Dig deeper"})
    assert overtaken.status_code == 409
    assert "Dig deeper" in overtaken.content.decode()
    for name, message in (("drop", "Dropped: Dig"), ("reopen", "Open again: Dig")):
        answer = convener.post(reverse(f"action_{name}", args=[action.pk]), follow=True)
        assert told(answer) == [message]
    convener.post(reverse("action_remove", args=[action.pk]))
    assert Action.objects.count() == 0


@pytest.mark.parametrize("number", [3, 300])
def test_constant_queries(
    house: House, number: int, convener: Client, django_assert_num_queries: Any
) -> None:
    entry = make_entry(house)
    Action.objects.bulk_create(
        Action(
            alliance=house.alliance,
            entry=entry,
            participant=house.council,
            what=f"Action {place}",
            who="Ana",
            due_on=ago(place % 5 - 2),
            done_on=ago(1) if place % 2 else None,
        )
        for place in range(number)
    )
    # session, user, alliance, membership (twice), and three of the page's own
    with django_assert_num_queries(8):
        assert convener.get(reverse("actions", args=[house.alliance.pk])).status_code == 200
