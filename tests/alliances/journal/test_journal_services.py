"""Entries of every kind: what is stored, what is refused with nothing stored, and who is overtaken."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from alliances.errors import Refused
from alliances.models import Attendance, JournalEntry, Participant, ReviewSide
from alliances.services.journal import SHAPES, Came, Side, add_entry, change_entry, read_entry
from alliances.services.records import Overtaken
from tests.alliances.conftest import House
from tests.alliances.journal.conftest import TODAY, ago


def add(house: House, kind: str, **fields: Any) -> JournalEntry:
    return add_entry(
        alliance=house.alliance,
        kind=kind,
        by=house.convener,
        today=TODAY,
        **{"title": "Something", "on": TODAY, **fields},
    )


def change(entry: JournalEntry, edition: int = 1, **fields: Any) -> JournalEntry:
    return change_entry(entry=entry, edition=edition, by=None, today=TODAY, **fields)


def attendance(entry: JournalEntry) -> list[tuple[str, str, str]]:
    return list(entry.attendances.values_list("participant__name", "presence", "who"))


def test_a_meeting_with_who_came(house: House) -> None:
    entry = add(
        house,
        "meeting",
        on=ago(3),
        title="  Spring\n meeting ",
        note="We go on.\r\nMonthly.",
        attendance=[
            Came(house.council, "person", " Ines \n Arroyo "),
            Came(house.rail, "stand-in", "A clerk"),
        ],
    )
    entry.refresh_from_db()
    assert (entry.kind, entry.on, entry.title, entry.note, entry.edition, entry.changed_by) == (
        "meeting",
        ago(3),
        "Spring meeting",
        "We go on.\nMonthly.",
        1,
        house.convener,
    )
    assert attendance(entry) == [
        ("County Council", "person", "Ines Arroyo"),
        ("Eastline Rail", "stand-in", "A clerk"),
    ]


def test_each_kind_can_be_kept(house: House) -> None:
    fields: dict[str, dict[str, Any]] = {
        "meeting": {},
        "milestone": {"due_on": TODAY},
        "marker": {"level": "love"},
        "offer": {"who": "A neighbour", "outcome": ""},
        "departure": {"participant": house.rail},
        "escalation": {"jointly": True, "content": {"settled": "By halves."}},
        "expectation": {"participant": house.council, "content": {"said": "Sorry."}},
        "review": {
            "sides": [Side(house.council, "Late", "Call"), Side(house.rail)],
            "content": {"trouble": "Two crews came."},
        },
        "problem": {"content": {"spiral": "Outwards"}},
    }
    assert set(fields) == set(SHAPES) == set(JournalEntry.Kind.values)
    for kind, given in fields.items():
        entry = add(house, kind, **given)
        assert JournalEntry.objects.get(pk=entry.pk).kind == kind
    assert list(ReviewSide.objects.values_list("participant__name", "contributed", "can_do")) == [
        ("County Council", "Late", "Call"),
        ("Eastline Rail", "", ""),
    ]


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("meeting", {"title": " "}, "In a few words is missing."),
    ("meeting", {"title": "x" * 201}, "In a few words has 201 characters"),
    ("meeting", {"note": "a\0b"}, "Note holds a character that cannot be stored"),
    ("meeting", {"note": "x" * 120_001}, "there is room for 120000"),
    ("nothing", {}, "The kind must be one of:"),
    ("milestone", {}, "A milestone needs the day by which it is due."),
    ("milestone", {"due_on": ago(1)}, "It cannot be due before it was set."),
    ("milestone", {"due_on": TODAY, "done_on": ago(-1)}, "lies ahead"),
    ("milestone", {"due_on": TODAY, "done_on": ago(1)}, "done before the day of the entry"),
    ("marker", {}, "Say how much you hope for it."),
    ("marker", {"level": "want"}, "How much is hoped must be one of: expect, like, love."),
    ("offer", {}, "Say who: choose a participant, or write a name."),
    ("offer", {"who": "A neighbour", "outcome": "maybe"}, "What came of it must be one of"),
    ("departure", {}, "Say who"),
    ("expectation", {}, "Say who"),
    ("escalation", {"jointly": False}, "Say which side brought it up"),
    ("review", {}, "A joint review has two sides or more."),
    ("problem", {"content": {"patience": "a\ud800b"}}, "Be patient holds a character"),
    ("problem", {"content": {"patience": "x" * 120_001}}, "Be patient has 120001 characters"),
]


@pytest.mark.parametrize(("kind", "fields", "message"), WRONG)
def test_what_is_wrong_is_refused_and_nothing_is_stored(
    house: House, kind: str, fields: dict[str, Any], message: str
) -> None:
    with pytest.raises(Refused, match=message):
        add(house, kind, **fields)
    assert JournalEntry.objects.count() == 0


def test_wrong_attendance_and_sides_are_refused(house: House) -> None:
    foreign = Participant.objects.create(alliance=house.other, name="Far Shore")
    gone = Participant.objects.create(alliance=house.alliance, name="Gone")
    Participant.objects.filter(pk=gone.pk).delete()
    council = Came(house.council, "person")
    for given, message in (
        ({"attendance": [council, council]}, "County Council stands here twice"),
        ({"attendance": [Came(foreign, "person")]}, "Choose participants that are at this"),
        ({"attendance": [Came(gone, "person")]}, "Choose participants that are at this"),
        ({"attendance": [Came(house.council, "late")]}, "The presence must be one of"),
        ({"attendance": [Came(house.council, "person", "x" * 201)]}, "Who came has 201"),
        ({"attendance": [council], "on": ago(-1)}, "This meeting lies ahead."),
    ):
        with pytest.raises(Refused, match=message):
            add(house, "meeting", **given)
    for sides, message in (
        ([Side(house.council)], "two sides or more"),
        ([Side(house.council), Side(house.council)], "stands here twice"),
        ([Side(house.council), Side(foreign)], "Choose participants that are at this"),
        ([Side(house.council, "x" * 20_001), Side(house.rail)], "What it contributed has 20001"),
    ):
        with pytest.raises(Refused, match=message):
            add(house, "review", sides=sides)
    assert (JournalEntry.objects.count(), Attendance.objects.count()) == (0, 0)


def test_joint_escalations_name_no_side(house: House) -> None:
    entry = add(house, "escalation", jointly=True, participant=house.rail)
    assert entry.participant is None


def test_attendance_is_changed_whole_and_counts_as_one_change(house: House) -> None:
    entry = add(
        house,
        "meeting",
        attendance=[Came(house.council, "person", "Ines"), Came(house.rail, "absent")],
    )
    ash = Participant.objects.create(alliance=house.alliance, name="Ash", status="accepted")
    changed = change(
        entry,
        title="Something else",
        attendance=[Came(ash, "person"), Came(house.council, "stand-in", "A clerk")],
    )
    assert changed.edition == 2
    assert attendance(entry) == [("Ash", "person", ""), ("County Council", "stand-in", "A clerk")]
    # attendance alone is a change too
    assert change(entry, 2, attendance=[]).edition == 3
    assert attendance(entry) == []
    # and the same again is none
    assert change(entry, 3, attendance=[], title="Something else").edition == 3


def test_what_is_not_named_stays(house: House) -> None:
    entry = add(house, "meeting", attendance=[Came(house.council, "person")], note="Decided.")
    change(entry, title="Other")
    entry.refresh_from_db()
    assert (entry.title, entry.note) == ("Other", "Decided.")
    assert len(attendance(entry)) == 1


def test_who_is_overtaken_changes_nothing(house: House) -> None:
    entry = add(house, "meeting", attendance=[Came(house.council, "person")])
    change_entry(
        entry=entry,
        edition=1,
        by=house.member,
        today=TODAY,
        attendance=[Came(house.council, "absent")],
    )
    with pytest.raises(Overtaken, match="Member saved this while you were writing"):
        change(entry, 1, title="Mine", attendance=[])
    entry.refresh_from_db()
    assert (entry.title, entry.edition) == ("Something", 2)
    assert attendance(entry) == [("County Council", "absent", "")]


def test_a_refused_change_leaves_all_as_it_was(house: House) -> None:
    review = add(house, "review", sides=[Side(house.council, "a"), Side(house.rail, "b")])
    with pytest.raises(Refused, match="two sides or more"):
        change(review, title="New", sides=[Side(house.council, "c")])
    review.refresh_from_db()
    assert (review.title, review.edition) == ("Something", 1)
    assert list(review.sides.values_list("contributed", flat=True)) == ["a", "b"]


def test_a_removed_entry_says_so(house: House) -> None:
    entry = add(house, "meeting")
    JournalEntry.objects.all().delete()
    with pytest.raises(Refused, match="“Something” has been removed meanwhile"):
        change(entry, title="Mine")


def test_six_steps_over_several_sittings(house: House) -> None:
    entry = add(house, "problem", content={"perspectives": "Each its own."})
    assert read_entry(entry=entry, today=TODAY).fact == "Next is step 2 of 6: neutralise."
    entry = change(
        entry, content={**entry.content, "neutralise": " \r\n ", "opportunity": "A second use."}
    )
    # an empty step is not taken, whatever comes after it
    assert entry.content == {"perspectives": "Each its own.", "opportunity": "A second use."}
    assert read_entry(entry=entry, today=TODAY).fact == "Next is step 2 of 6: neutralise."
    entry = change(entry, 2, content={part.code: "x" for part in SHAPES["problem"].parts})
    assert read_entry(entry=entry, today=TODAY).fact == "All six steps are taken."


# What there is to know of an entry, in words


@pytest.mark.parametrize(
    ("kind", "fields", "fact"),
    [
        ("meeting", {}, "Who came is not written down."),
        ("meeting", {"on": ago(-5)}, "Planned."),
        ("milestone", {"on": ago(40), "due_on": ago(9)}, "Was due on 12\u00a0November\u00a02026, not met yet."),
        ("milestone", {"due_on": ago(-9)}, "Due by 30\u00a0November\u00a02026."),
        ("milestone", {"due_on": TODAY}, "Due by 21\u00a0November\u00a02026."),
        (
            "milestone",
            {"on": ago(40), "due_on": ago(9), "done_on": ago(8)},
            "Met on 13\u00a0November\u00a02026, one day late.",
        ),
        (
            "milestone",
            {"on": ago(40), "due_on": ago(9), "done_on": ago(23)},
            "Met on 29\u00a0October\u00a02026, 14 days early.",
        ),
        (
            "milestone",
            {"on": ago(40), "due_on": ago(9), "done_on": ago(9)},
            "Met on 12\u00a0November\u00a02026, on the day.",
        ),
        ("marker", {"level": "love"}, "Love to see. Not seen yet."),
        ("marker", {"level": "like", "on": ago(9), "done_on": ago(1)}, "Like to see. Seen on 20\u00a0November\u00a02026."),
        ("offer", {"who": "Kestrel Tugs"}, "Kestrel Tugs. Not decided yet."),
        ("escalation", {"jointly": True}, "Brought up by both sides together. Not settled yet."),
        (
            "escalation",
            {"jointly": True, "on": ago(9), "done_on": TODAY},
            "Brought up by both sides together. Settled on 21\u00a0November\u00a02026.",
        ),
        ("expectation", {"who": "Nuala Kerr"}, "Nuala Kerr. Not answered yet."),
    ],
)  # fmt: skip
def test_facts(house: House, kind: str, fields: dict[str, Any], fact: str) -> None:
    assert read_entry(entry=add(house, kind, **fields), today=TODAY).fact == fact


def test_facts_that_name_participants(house: House) -> None:
    one_side = add(house, "escalation", jointly=False, participant=house.rail)
    assert read_entry(entry=one_side, today=TODAY).fact == (
        "Brought up by Eastline Rail alone. Not settled yet."
    )
    review = add(house, "review", sides=[Side(house.rail), Side(house.council)])
    assert read_entry(entry=review, today=TODAY).fact == "Between County Council and Eastline Rail."
    meeting = add(
        house, "meeting", attendance=[Came(house.council, "stand-in"), Came(house.rail, "absent")]
    )
    assert read_entry(entry=meeting, today=TODAY).fact == "One of two came, one by a stand-in."


def test_a_participant_that_goes_leaves_the_entry(house: House) -> None:
    entry = add(house, "departure", participant=house.rail, who="Ana Reis", on=dt.date(2026, 5, 1))
    house.rail.delete()
    entry.refresh_from_db()
    assert read_entry(entry=entry, today=TODAY).fact == "Ana Reis."
