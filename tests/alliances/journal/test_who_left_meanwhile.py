"""Somebody leaves, or is removed, while a page of the journal is open: no line is lost without a word."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alliances.models import JournalEntry, Participant, ReviewSide
from tests.alliances.conftest import House, form_errors


def new(house: House, kind: str) -> str:
    return reverse("journal_new", args=[house.alliance.pk, kind])


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def meeting_of_two(house: House) -> dict[str, Any]:
    """What a page sends that asked for the council and for the rail, both of which had accepted."""
    Participant.objects.filter(pk=house.rail.pk).update(status="accepted")
    return {
        "on": "2026-05-04",
        "title": "Spring",
        "note": "",
        f"presence-{house.council.pk}": "person",
        f"who-{house.council.pk}": "Ines",
        f"presence-{house.rail.pk}": "stand-in",
        f"who-{house.rail.pk}": "Ana Reis",
    }


def came(entry: JournalEntry) -> list[tuple[str, str, str]]:
    return list(entry.attendances.values_list("participant__name", "presence", "who"))


BOTH = [("County Council", "person", "Ines"), ("Eastline Rail", "stand-in", "Ana Reis")]


@pytest.mark.parametrize("status", ["left", "declined", "invited"])
def test_who_came_is_stored_of_who_left_meanwhile(
    house: House, convener: Client, status: str
) -> None:
    sent = meeting_of_two(house)
    Participant.objects.filter(pk=house.rail.pk).update(status=status)
    # what is wrong elsewhere brings the page back with both lines
    wrong = convener.post(new(house, "meeting"), sent | {"title": ""})
    assert wrong.status_code == 422
    assert 'value="Ana Reis"' in text_of(wrong)
    assert convener.post(new(house, "meeting"), sent).status_code == 302
    entry = JournalEntry.objects.get()
    assert came(entry) == BOTH
    # and so it is where a meeting is changed
    entry.attendances.all().delete()
    edit = reverse("journal_edit", args=[entry.pk])
    assert convener.post(edit, sent | {"edition": "1"}).status_code == 302
    assert came(entry) == BOTH


def test_who_was_removed_meanwhile_is_named_and_all_else_is_kept(
    house: House, convener: Client
) -> None:
    sent = meeting_of_two(house)
    sent["shown"] = convener.get(new(house, "meeting")).context["form"]["shown"].value()
    house.rail.delete()
    answer = convener.post(new(house, "meeting"), sent)
    assert (answer.status_code, form_errors(answer)) == (
        422,
        [
            "Eastline Rail is not there any more, so its line cannot be stored. You wrote: "
            "“sent a stand-in: Ana Reis”. All else stands below as you wrote it: save again to "
            "store that."
        ],
    )
    assert not JournalEntry.objects.exists()
    form = answer.context["form"]
    again = {name: form[name].value() or "" for name in form.fields}
    assert again[f"who-{house.council.pk}"] == "Ines"
    assert convener.post(new(house, "meeting"), again).status_code == 302
    assert came(JournalEntry.objects.get()) == BOTH[:1]


@pytest.mark.parametrize("shown", ["", "x", "[" * 5000, "[]", '{"1": 1}', "null"])
def test_a_line_of_nobody_is_told_whatever_the_page_says(
    house: House, convener: Client, shown: str
) -> None:
    foreign = Participant.objects.create(alliance=house.other, name="Foreign", status="accepted")
    for key in (foreign.pk, 10**17):
        sent = {"on": "2026-05-04", "title": "x", "shown": shown, f"presence-{key}": "person"}
        answer = convener.post(new(house, "meeting"), sent)
        assert answer.status_code == 422
        assert form_errors(answer)[0].startswith("An organisation is not there any more")
        assert "Foreign" not in text_of(answer)
    # where nothing was said of it, nothing is lost; a name that holds no key says nothing
    for name, value in ((f"presence-{foreign.pk}", ""), ("who-²", "Ann"), ("who-" + "9" * 30, "A")):
        sent = {"on": "2026-05-04", "title": "x", "shown": shown, name: value}
        assert convener.post(new(house, "meeting"), sent).status_code == 302


def test_a_side_of_a_review_is_stored_of_who_left_meanwhile(house: House, convener: Client) -> None:
    Participant.objects.filter(pk=house.rail.pk).update(status="left")
    address = new(house, "review")
    written = {
        "on": "2026-11-20",
        "title": "Late",
        "slots": "2",
        "side-1": str(house.council.pk),
        "side-2": str(house.rail.pk),
        "contributed-2": "Came late.",
    }
    more = convener.post(address, written | {"more": "1"})
    assert f'value="{house.rail.pk}" selected' in text_of(more)
    assert convener.post(address, written).status_code == 302
    assert list(ReviewSide.objects.values_list("participant__name", "contributed")) == [
        ("County Council", ""),
        ("Eastline Rail", "Came late."),
    ]
    house.rail.delete()
    gone = convener.post(address, written)
    assert gone.status_code == 422
    assert gone.context["form"].errors["side-2"] == [
        "This organisation has been removed meanwhile. Choose another, or clear the texts of this "
        "side."
    ]
    assert "Came late." in text_of(gone)
