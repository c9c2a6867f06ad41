"""The demonstration's journal: ten meetings that fewer and fewer come to, milestones, actions, and what
went wrong in between. Days are days before the day on which it is loaded."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.utils import timezone

from alliances.models import Alliance, JournalEntry, Participant, User
from alliances.services.actions import add_action
from alliances.services.journal import Came, Side, add_entry

PORT = "Marrow Bay Port Authority"
CITY = "City of Ostrel"
FERRIES = "Lantern Ferries"
LINE = "Ostrel Shipping Line"
ENERGY = "Fennick Energy"
FISHERS = "Marrow Bay Fishers’ Cooperative"
INSTITUTE = "Institute for Coastal Air"
PILOTS = "Harbour Pilots’ Guild"

# Who comes in person, where they do.
WHO = {
    PORT: "Ingrid Solheim, Tomas Rekdal",
    CITY: "Amira Haddad",
    FERRIES: "Sile Brannigan",
    LINE: "Rasmus Thygesen",
    ENERGY: "Oliver Tan",
    FISHERS: "Nuala Kerr",
    INSTITUTE: "Dr Wen Ishikawa",
    PILOTS: "Gareth Pryce",
}
STAND_IN = "Bente Foss, ship’s agent"


@dataclass(frozen=True)
class Task:
    """An action: `done` is None while it is open."""

    what: str
    who: str
    party: str
    due: int
    done: int | None = None


@dataclass(frozen=True)
class Meeting:
    """A meeting so many days ago; `by_agent` where the shipping line sent its agent."""

    ago: int
    title: str
    decided: str
    by_agent: bool = False
    away: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = field(default=())


MEETINGS = (
    Meeting(
        298,
        "Why we are here",
        "Each said what idling ships cost them. All eight want to go on.\n"
        "The port authority convenes. We meet every month in the pilots’ house.",
        tasks=(
            Task("List the berths that a cable can reach", "Tomas Rekdal", PORT, 268, 270),
            Task("Send last year’s soot figures to all", "Dr Wen Ishikawa", INSTITUTE, 275, 279),
        ),
    ),
    Meeting(
        270,
        "Which berth comes first",
        "The ferry berth comes first: two calls a day, always the same ships.\n"
        "The container quay follows.",
        tasks=(
            Task("Ask three makers what a ferry cable costs", "Piet Okafor", FERRIES, 245, 247),
            Task("Say how much power the old line can give", "Helena Marsh", ENERGY, 240, 241),
        ),
    ),
    Meeting(
        242,
        "First round of readiness",
        "We read the result together. The charter and our common ground are weak. "
        "Charter talks begin.",
        by_agent=True,
        tasks=(
            Task("Draft the charter’s problem and scope", "Ingrid Solheim", PORT, 215, 216),
            Task("Find out what the permits need", "Joost Vermeer", CITY, 212, 214),
        ),
    ),
    Meeting(
        211,
        "The light charter",
        "We agree on the light charter and put the costs after 2031 off.",
        tasks=(
            Task("Order the ferry cable", "Sile Brannigan", FERRIES, 196, 205),
            Task("Plan the soot stations on four quays", "Paula Ferreira", INSTITUTE, 185, 188),
        ),
    ),
    Meeting(
        176,
        "After the first cable",
        "The ferries lie still without smoke since last month. The city paper wrote about it.\n"
        "We keep the pace: container quay by autumn.",
        by_agent=True,
        tasks=(
            Task("Show the ferry berth to the container lines", "Ingrid Solheim", PORT, 160, 162),
            Task("Ask crews what the switch-over takes", "Piet Okafor", FERRIES, 155, 157),
        ),
    ),
    Meeting(
        150,
        "Soot, and which plug",
        "The institute showed a month of measurements. No decision on the voltage of the plugs.",
        by_agent=True,
        away=(FISHERS,),
        tasks=(
            Task("Compare the two voltages on one page", "Helena Marsh", ENERGY, 128, 130),
            Task("Write to head office about the plug", "Rasmus Thygesen", LINE, 120, 121),
        ),
    ),
    Meeting(
        118,
        "Summer meeting",
        "Work on the container quay goes on without a meeting in the holidays.",
        by_agent=True,
        away=(PILOTS,),
        tasks=(
            Task("Mark out the cable trench", "Tomas Rekdal", PORT, 95, 97),
            Task("Give the pilots a drawing of the cable arm", "Tomas Rekdal", PORT, 70, 71),
        ),
    ),
    Meeting(
        85,
        "The grid study",
        "The grid study is not ready. The line’s agent could not name a date for the refit.",
        by_agent=True,
        away=(FISHERS, PILOTS),
        tasks=(
            Task("Finish the grid study", "Helena Marsh", ENERGY, 66, 60),
            Task("Get two offers for the trench", "Tomas Rekdal", PORT, 41),
        ),
    ),
    Meeting(
        48,
        "Second round, and what is late",
        "We read the second result. The container quay is late, and the tariff is not agreed.",
        by_agent=True,
        away=(FISHERS, PILOTS, ENERGY),
        tasks=(
            Task("Put the tariff on two pages", "Amira Haddad", CITY, 25, 27),
            Task("Show the fishers where the ice house can go", "Tomas Rekdal", PORT, 19),
        ),
    ),
    Meeting(
        17,
        "The full charter goes round",
        "Version 2 goes out to be signed. What happens when we cannot settle a dispute is still open.",
        by_agent=True,
        away=(FISHERS, PILOTS, ENERGY),
        tasks=(
            Task("Call each party that has not signed", "Ingrid Solheim", PORT, -9),
            Task("Draft how disputes are settled", "Amira Haddad", CITY, -16),
        ),
    ),
)

# What, set, due, met: days ago; below nought lies ahead.
MILESTONES = (
    ("Berths for the first two cables are chosen", 298, 240, 243),
    ("First cable at the ferry berth works", 270, 190, 204),
    ("Soot is measured on four quays for a month", 242, 165, 166),
    ("It is known which ships can plug in", 211, 130, 131),
    ("The grid study is delivered", 176, 84, 60),
    ("Second cable, at the container quay, works", 211, 62, None),
    ("The tariff for shore power is agreed", 150, 36, None),
    ("One night without engines at the ferry berth", 118, 28, 29),
    ("Two ships of the shipping line are refitted", 150, -47, None),
    ("All berths of the container quay have power", 85, -190, None),
)

# What, how much is hoped, set, seen.
MARKERS = (
    ("Both quays plan their berths at one table", "expect", 270, 231),
    ("Crews switch over without calling the control room", "expect", 204, 140),
    ("A line asks for a cable before we offer one", "like", 270, None),
    ("The fishers bring a proposal of their own", "like", 242, None),
    ("Another port asks for our drawings", "love", 270, None),
)


def load_journal(*, alliance: Alliance, convener: User, today: dt.date) -> None:
    """Fills the journal and the actions of the demonstration's alliance."""
    parties = {participant.name: participant for participant in alliance.participants.all()}

    def day(ago: int | None) -> dt.date | None:
        return None if ago is None else today - dt.timedelta(days=ago)

    def add(kind: str, ago: int, **fields: object) -> JournalEntry:
        entry = add_entry(
            alliance=alliance,
            kind=kind,
            by=convener,
            today=today,
            on=day(ago),
            **fields,  # type: ignore[arg-type]
        )
        # Written down in the evening of the same day.
        written = dt.datetime.combine(entry.on, dt.time(18, 40), timezone.get_current_timezone())
        JournalEntry.objects.filter(pk=entry.pk).update(changed_at=written)
        return entry

    for meeting in MEETINGS:
        entry = add(
            "meeting",
            meeting.ago,
            title=meeting.title,
            note=meeting.decided,
            attendance=_attendance(meeting, parties),
        )
        for task in meeting.tasks:
            add_action(
                alliance=alliance,
                by=convener,
                today=today,
                entry=entry,
                what=task.what,
                who=task.who,
                participant=parties[task.party],
                due_on=day(task.due),
                done_on=day(task.done),
            )
    for title, set_ago, due, met in MILESTONES:
        add("milestone", set_ago, title=title, due_on=day(due), done_on=day(met))
    for title, level, set_ago, seen in MARKERS:
        add("marker", set_ago, title=title, level=level, done_on=day(seen))
    add(
        "offer",
        124,
        title="Lends two mobile soot meters for a year",
        who="Kestrel Tugs, from the next bay",
        outcome="accepted",
        note="They read about the ferry berth, and would like a cable for their own night berths.",
    )
    add(
        "departure",
        55,
        title="The planner of the cable works changes her job",
        participant=parties[ENERGY],
        who="Karin Vold",
        note="She goes to a wind farm. Nobody follows her before spring.",
    )
    add(
        "escalation",
        101,
        title="Who pays for the transformer house",
        jointly=True,
        note="The port says it belongs to the grid. The grid says it stands on the quay and serves "
        "nobody else.",
        done_on=day(73),
        content={
            "settled": "Ingrid Solheim and Oliver Tan split it by the power that each side may use "
            "later: two thirds the port, one third the grid. Neither was asked to give in first."
        },
    )
    add(
        "expectation",
        70,
        participant=parties[FISHERS],
        who="Nuala Kerr",
        title="To see a place for the ice house before the trench is marked out",
        note="The trench was marked out in summer, and it runs through the ice house’s yard.",
    )
    add(
        "review",
        40,
        title="Why the second cable is late",
        content={
            "trouble": "The trench was to be dug in summer. It was not, and the cable lies in a shed.",
            "agreed": "One list of open questions, read aloud on the first Monday of each month.",
        },
        sides=[
            Side(
                parties[PORT],
                "We marked out the trench before the fishers had seen it, and then stopped.",
                "Name one person for the trench who has no other berth to look after.",
            ),
            Side(
                parties[ENERGY],
                "The grid study came three weeks late, and nobody told the port that it would.",
                "Say two weeks ahead when something slips.",
            ),
        ],
    )
    add(
        "problem",
        33,
        title="Two figures for the soot",
        note="The institute and the shipping line measure on the same quay and find different soot.",
        content={
            "perspectives": "The institute measures all day. The line measures while a ship loads. "
            "The fishers trust neither: both stand upwind of their boats.",
            "neutralise": "Nobody measures wrongly. The two meters answer two questions.",
            "opportunity": "With both figures one can say which hour of a call matters most, and "
            "where a cable helps first.",
        },
    )


def _attendance(meeting: Meeting, parties: dict[str, Participant]) -> list[Came]:
    """How each of the eight was there."""
    came = []
    for name, who in WHO.items():
        if name in meeting.away:
            came.append(Came(parties[name], "absent"))
        elif name == LINE and meeting.by_agent:
            came.append(Came(parties[name], "stand-in", STAND_IN))
        else:
            came.append(Came(parties[name], "person", who))
    return came
