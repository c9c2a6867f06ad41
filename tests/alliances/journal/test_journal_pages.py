"""The journal's pages, as a browser without JavaScript uses them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alliances.models import Action, Attendance, JournalEntry, Participant, ReviewSide
from alliances.services.journal import SHAPES, journal_page
from tests.alliances.conftest import House, form_errors, told
from tests.alliances.journal.conftest import TODAY, ago, make_entry, make_meeting

NASTY = "<script>alert(1)</script> \u202eעברית\u202c {{ 7|add:7 }} " + "x" * 150


def new(house: House, kind: str) -> str:
    return reverse("journal_new", args=[house.alliance.pk, kind])


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


# The page's sentence


def test_the_finding(house: House) -> None:
    def sentence() -> tuple[str, str, str]:
        page = journal_page(alliance=house.alliance, today=TODAY)
        return page.finding, page.addition, page.overdue

    assert journal_page(alliance=house.alliance, today=TODAY).is_empty
    make_entry(house, "offer", who="A neighbour")
    assert sentence() == ("No meeting is on record yet.", "No milestone lies ahead.", "")
    make_entry(house, on=ago(400), title="Long ago")
    assert sentence()[0] == "Last meeting, 17\u00a0October\u00a02025: nobody wrote down who came."
    make_meeting(house, ago(18), ["person", "stand-in", "stand-in", "absent"])
    make_entry(house, on=ago(-3), title="Ahead")
    assert sentence()[0] == "Last meeting, 3\u00a0November: three of four came, two by stand-ins."
    make_entry(house, "milestone", on=ago(90), due_on=ago(-40), title="Second.")
    make_entry(house, "milestone", on=ago(90), due_on=ago(-9), title="First.")
    make_entry(house, "milestone", on=ago(90), due_on=ago(9), title="Missed")
    make_entry(house, "milestone", on=ago(90), due_on=ago(9), done_on=ago(2), title="Met")
    assert sentence()[1:] == (
        "Next milestone, 30\u00a0November\u00a02026: First.",
        "Overdue: one milestone.",
    )
    for due, dropped in ((1, None), (2, None), (3, TODAY), (0, None)):
        Action.objects.create(
            alliance=house.alliance, what="x", who="y", due_on=ago(due), dropped_on=dropped
        )
    assert sentence()[2] == "Overdue: one milestone and two actions."


def test_an_entry_asks_for_what_is_still_to_be_said(house: House, convener: Client) -> None:
    def button(entry: JournalEntry) -> str:
        text = text_of(convener.get(reverse("journal_entry", args=[entry.pk])))
        found = re.search(r'class="btn( btn-primary)?" href="[^"]*/edit/">([^<]+)<', text)
        assert found is not None
        assert (found[2] == "Change") == (found[1] is None), "what is still to be said is filled"
        return found[2]

    meeting = make_entry(house, on=ago(3))
    assert button(meeting) == "Say who came"
    Attendance.objects.create(
        entry=meeting, participant=house.alliance.participants.first(), presence="person"
    )
    assert button(meeting) == "Change"
    assert button(make_entry(house, on=ago(-3), title="Ahead")) == "Change"
    for kind, words, values in (
        ("milestone", "Say when it was met", {"due_on": ago(9)}),
        ("marker", "Say when it was seen", {"level": "like"}),
        ("escalation", "Say how it was settled", {}),
        ("expectation", "Say what was answered", {}),
    ):
        entry = make_entry(house, kind, on=ago(30), **values)
        assert button(entry) == words
        JournalEntry.objects.filter(pk=entry.pk).update(done_on=ago(2))
        assert button(entry) == "Change"
    offer = make_entry(house, "offer", who="A neighbour")
    assert button(offer) == "Say what came of it"
    JournalEntry.objects.filter(pk=offer.pk).update(outcome="declined")
    assert button(offer) == "Change"
    assert button(make_entry(house, "departure", who="A neighbour")) == "Change"
    assert button(make_entry(house, "problem")) == "Go on with the steps"


def test_months_kinds_and_pages(house: House) -> None:
    for number in range(60):
        make_entry(house, on=ago(number), title=f"Meeting {number}")
    make_entry(house, "offer", who="A neighbour", on=ago(1))
    page = journal_page(alliance=house.alliance, today=TODAY)
    assert [(one.kind, one.label, one.count) for one in page.kinds] == [
        ("", "All", 61),
        ("meeting", "Meetings", 60),
        ("offer", "Offers", 1),
    ]
    # 22 entries in November (the 1st to the 21st, and the offer), the rest of fifty in October
    assert [(month.first.month, len(month.lines)) for month in page.months] == [(11, 22), (10, 28)]
    assert (page.page, page.pages, page.newer, page.older) == (1, 2, None, 2)
    last = journal_page(alliance=house.alliance, today=TODAY, page="99")
    assert (last.page, last.older, last.newer) == (2, None, 1)
    assert journal_page(alliance=house.alliance, today=TODAY, page="nonsense").page == 1
    offers = journal_page(alliance=house.alliance, today=TODAY, kind="offer")
    assert [line.fact for month in offers.months for line in month.lines] == [
        "A neighbour. Not decided yet."
    ]
    assert journal_page(alliance=house.alliance, today=TODAY, kind="nonsense").total == 61


@pytest.mark.parametrize(("entries", "parties"), [(10, 3), (200, 300)])
def test_constant_queries(
    house: House, entries: int, parties: int, convener: Client, django_assert_num_queries: Any
) -> None:
    participants = Participant.objects.bulk_create(
        Participant(alliance=house.alliance, name=f"Organisation {number}", status="accepted")
        for number in range(parties)
    )
    kinds = list(SHAPES)
    made = [
        make_entry(house, kinds[number % len(kinds)], on=ago(number)) for number in range(entries)
    ]
    Attendance.objects.bulk_create(
        Attendance(entry=entry, participant=participant, presence="person")
        for entry in made[:: len(kinds)][:10]
        for participant in participants
    )
    ReviewSide.objects.bulk_create(
        ReviewSide(entry=made[7], participant=participant) for participant in participants
    )
    # session, user, alliance, membership; counts by kind, number, entries, attendance, sides; the last
    # meeting with its attendance, the next milestone, overdue milestones, overdue actions
    with django_assert_num_queries(14):
        assert convener.get(reverse("journal", args=[house.alliance.pk])).status_code == 200
    meeting, review = made[0], made[7]
    # session, user, entry, membership; attendance, sides, actions; choices of the action's form
    for entry in (meeting, review):
        with django_assert_num_queries(8):
            convener.get(reverse("journal_entry", args=[entry.pk]))
    # session, user, entry; participants, and what is stored
    for entry in (meeting, review):
        with django_assert_num_queries(5):
            convener.get(reverse("journal_edit", args=[entry.pk]))


# Writing


def test_a_meeting_is_written_down(house: House, convener: Client) -> None:
    address = new(house, "meeting")
    page = convener.get(address)
    assert page.context["form"]["on"].value() == timezone.localdate()
    # Rail has not accepted and is not asked for
    assert [seat.participant for seat in page.context["form"].seats] == [house.council]
    pk = house.council.pk
    wrong = convener.post(
        address, {"on": "2026-05-04", "title": "Spring", f"who-{pk}": "Ines", f"presence-{pk}": ""}
    )
    assert wrong.status_code == 422
    assert "Say how they came, or take the name out." in text_of(wrong)
    answer = convener.post(
        address,
        {"on": "2026-05-04", "title": NASTY, f"presence-{pk}": "stand-in", f"who-{pk}": "A clerk"},
        follow=True,
    )
    assert told(answer) == ["It stands in the journal."]
    entry = JournalEntry.objects.get()
    assert [(row.participant, row.presence, row.who) for row in entry.attendances.all()] == [
        (house.council, "stand-in", "A clerk")
    ]
    for address in (answer.redirect_chain[-1][0], reverse("journal", args=[house.alliance.pk])):
        page = text_of(convener.get(address))
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "<script>alert" not in page
        assert "{{ 7|add:7 }}" in page


def test_a_hundred_kilobytes_from_word(house: House, convener: Client) -> None:
    text = "Decided\x0bline by line\u2028with dashes – and “quotes”.\r\n" * 2100
    convener.post(new(house, "meeting"), {"on": "2026-05-04", "title": "Long", "note": text})
    entry = JournalEntry.objects.get()
    assert len(text) > 100_000
    assert entry.note == ("Decided\nline by line\nwith dashes – and “quotes”.\n" * 2100).strip()
    # too much is refused, and comes back whole
    refused = convener.post(
        new(house, "meeting"), {"on": "2026-05-04", "title": "Long", "note": text * 2}
    )
    assert refused.status_code == 422
    assert "there is room for 120000. Shorten it." in text_of(refused)
    assert refused.context["form"]["note"].value() == text * 2


@pytest.mark.parametrize("kind", list(SHAPES))
def test_each_kind_has_its_form_and_says_what_is_missing(
    house: House, kind: str, convener: Client
) -> None:
    address = new(house, kind)
    page = convener.get(address)
    assert page.status_code == 200
    fields = set(page.context["form"].fields)
    shape = SHAPES[kind]
    assert {*shape.columns, *(part.code for part in shape.parts)} <= fields
    assert convener.post(address, {}).status_code == 422
    assert JournalEntry.objects.count() == 0


def test_a_kind_that_is_none(house: House, convener: Client) -> None:
    assert convener.get(new(house, "party")).status_code == 404


def test_the_second_of_two_who_edit_sees_both(house: House, convener: Client) -> None:
    entry = make_entry(house, title="Spring", note="Decided.")
    Attendance.objects.create(entry=entry, participant=house.council, presence="person", who="Ines")
    address, pk = reverse("journal_edit", args=[entry.pk]), house.council.pk
    first = {
        "on": "2026-11-21",
        "title": "Spring meeting",
        "note": "Decided.",
        f"presence-{pk}": "stand-in",
        f"who-{pk}": "A clerk",
        "edition": 1,
    }
    assert convener.post(address, first).status_code == 302
    second = {**first, "title": "Meeting of spring", f"presence-{pk}": "absent", f"who-{pk}": ""}
    answer = convener.post(address, second)
    assert answer.status_code == 409
    form = answer.context["form"]
    assert [(one.label, one.stored, one.written) for one in form.beside] == [
        ("In a few words", "Spring meeting", "Meeting of spring"),
        ("County Council", "sent a stand-in: A clerk", "stayed away"),
    ]
    assert form_errors(answer)[0].startswith("Convener saved this while you were writing.")
    # what was written stands in the form, and saving again puts it in place
    assert form["title"].value() == "Meeting of spring"
    again = convener.post(address, {**second, "edition": form["edition"].value()})
    assert again.status_code == 302
    entry.refresh_from_db()
    assert (entry.title, entry.edition) == ("Meeting of spring", 3)
    assert entry.attendances.get().presence == "absent"


def test_a_review_without_javascript(house: House, convener: Client) -> None:
    Participant.objects.filter(pk=house.rail.pk).update(status="accepted")
    ash = Participant.objects.create(alliance=house.alliance, name="Ash", status="accepted")
    address = new(house, "review")
    written = {
        "on": "2026-11-20",
        "title": "Late",
        "trouble": "Two crews came.",
        "slots": "2",
        "side-1": str(house.council.pk),
        "contributed-1": "Called the second one.",
        "can-do-1": "Ask first.",
        "side-2": str(house.rail.pk),
    }
    # one side more: all that was written stays, and nothing is stored
    more = convener.post(address, {**written, "more": "1"})
    assert more.status_code == 200
    form = more.context["form"]
    assert form.number_of_sides == 3
    assert (form["contributed-1"].value(), form["on"].value()) == (
        "Called the second one.",
        "2026-11-20",
    )
    assert 'name="side-3"' in text_of(more)
    assert JournalEntry.objects.count() == 0
    lost = convener.post(address, {**written, "slots": "3", "can-do-3": "Help."})
    assert lost.status_code == 422
    assert "Choose whose side this is." in text_of(lost)
    convener.post(address, {**written, "slots": "3", "side-3": str(ash.pk), "can-do-3": "Help."})
    entry = JournalEntry.objects.get()
    assert list(entry.sides.values_list("participant__name", "contributed", "can_do")) == [
        ("Ash", "", "Help."),
        ("County Council", "Called the second one.", "Ask first."),
        ("Eastline Rail", "", ""),
    ]
    page = text_of(convener.get(reverse("journal_entry", args=[entry.pk])))
    assert "Called the second one." in page
    # changed later, by one who was overtaken
    edit = reverse("journal_edit", args=[entry.pk])
    shown = convener.get(edit).context["form"]
    assert shown.number_of_sides == 3
    assert (shown["side-1"].value(), shown["can-do-1"].value()) == (str(ash.pk), "Help.")
    entry.edition = 7
    entry.save()
    answer = convener.post(edit, {**written, "slots": "2", "edition": "1"})
    assert answer.status_code == 409
    assert [(one.label, one.stored, one.written) for one in answer.context["form"].beside] == [
        ("Ash: what it can do", "Help.", "")
    ]


@pytest.mark.parametrize("slots", ["-1", "1e9", "99999999", "²", "", "x", "999"])
def test_a_review_has_no_more_sides_than_a_page_takes(
    house: House, convener: Client, slots: str
) -> None:
    answer = convener.post(new(house, "review"), {"slots": slots, "more": "1"})
    assert answer.status_code == 200
    assert 2 <= answer.context["form"].number_of_sides <= 40
    assert convener.post(new(house, "review"), {"slots": slots}).status_code == 422


def test_an_action_is_decided_on_the_page_of_its_meeting(house: House, convener: Client) -> None:
    entry = make_entry(house)
    address = reverse("journal_action_new", args=[entry.pk])
    page = text_of(convener.get(reverse("journal_entry", args=[entry.pk])))
    assert f'action="{address}"' in page
    wrong = convener.post(address, {"what": "Dig"})
    assert wrong.status_code == 422
    assert wrong.context["form"]["what"].value() == "Dig"
    answer = convener.post(address, {"what": "Dig", "who": "Ana", "due_on": "2026-12-01"})
    assert answer["Location"] == reverse("journal_entry", args=[entry.pk]) + "#actions"
    assert Action.objects.get().entry == entry


def test_what_is_removed_is_named_first(house: House, convener: Client) -> None:
    entry = make_entry(house)
    Action.objects.create(alliance=house.alliance, entry=entry, what="Dig", who="Ana", due_on=TODAY)
    address = reverse("journal_remove", args=[entry.pk])
    page = text_of(convener.get(address))
    assert "The 1 action decided in it stays in the list of actions." in page
    assert convener.post(address).status_code == 302
    assert JournalEntry.objects.count() == 0
    assert Action.objects.get().entry is None


# Members


def test_members_read_everything_and_change_nothing(house: House, member: Client) -> None:
    entry = make_entry(house, title="Spring", note="Decided.")
    page = text_of(member.get(reverse("journal", args=[house.alliance.pk])))
    assert "Spring" in page
    assert "Record" not in page.replace("Records", "")
    page = text_of(member.get(reverse("journal_entry", args=[entry.pk])))
    assert "Decided." in page
    assert reverse("journal_edit", args=[entry.pk]) not in page
    assert "Add an action" not in page


def test_empty_pages_say_what_to_do(house: House, convener: Client, member: Client) -> None:
    for name, told_convener, told_member in (
        ("journal", "Begin with the last meeting", "When the convener records a meeting"),
        ("actions", "An action is what one person does", "When the convener writes down"),
        ("momentum", "Too little is on record to say", "Too little is on record to say"),
    ):
        address = reverse(name, args=[house.alliance.pk])
        assert told_convener in text_of(convener.get(address))
        assert told_member in text_of(member.get(address))
