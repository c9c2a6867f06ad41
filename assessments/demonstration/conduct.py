"""How the demonstration's alliance works together: launch, decision map, rules, internal stakeholders.

Faults worth finding: a step of the launch that was never done, two decisions that nobody or two take,
rules that were proposed and never agreed, and houses that are not behind their own people.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from alliances.models import Alliance, InternalStakeholder, LaunchStep, Participant, User
from alliances.services.decisions.keeping import add_decision
from alliances.services.launch.keeping import add_step, change_step, lay_out_track
from alliances.services.stakeholders.keeping import add_stakeholder
from alliances.services.working_rules import add_rule, take_over

PORT, CITY = "Marrow Bay Port Authority", "City of Ostrel"
FERRIES, LINE = "Lantern Ferries", "Ostrel Shipping Line"
GRID, FISHERS = "Fennick Energy", "Marrow Bay Fishers’ Cooperative"
INSTITUTE, PILOTS = "Institute for Coastal Air", "Harbour Pilots’ Guild"

LAUNCH_BEGAN = 305
"""Days before today on which the launch began."""
RULES_AGREED = 262


@dataclass(frozen=True)
class Step:
    """What became of a step of the launch: days from its due day to when it was done, None never."""

    code: str
    who: str
    late: int | None
    note: str


STEPS = (
    Step(
        "challenges",
        "Ingrid Solheim, Amira Haddad",
        -1,
        "A day at the pilots’ station. Three things came up that no paper had: who pays while a "
        "ship waits for a plug, the ice house during the works, and crews who have not been asked.",
    ),
    Step(
        "differences",
        "Sile Brannigan",
        0,
        "Ferries plan by the hour, the grid by the decade. Each side drew its calendar on the wall.",
    ),
    Step(
        "protocols",
        "Ingrid Solheim",
        11,
        "Seven rules after two meetings. The one about speaking to the press took longest.",
    ),
    Step(
        "decisions",
        "Amira Haddad, Oliver Tan",
        4,
        "Nine decisions on the map. Shutting down a berth is still open between the port and the "
        "pilots.",
    ),
    Step("mechanisms", "Tomas Rekdal", None, ""),
)


@dataclass(frozen=True)
class Mapped:
    """A decision, and the parties by the letter of their part: D, A, C, I."""

    what: str
    decides: tuple[str, ...] = ()
    approves: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    by_alliance: bool = False
    note: str = ""


DECISIONS = (
    Mapped(
        "Which berth gets its cable next",
        by_alliance=True,
        consulted=(INSTITUTE,),
        note="By the charter’s method. The Institute says first which berth weighs most on the schools.",
    ),
    Mapped(
        "Which voltage and plug a berth has",
        decides=(PORT,),
        approves=(GRID, LINE, FERRIES, PILOTS),
        consulted=(FISHERS,),
        informed=(CITY, INSTITUTE),
        note="Four approvals were agreed in a tired hour. Nobody has dared to cut them since.",
    ),
    Mapped(
        "When a berth is shut for the works",
        decides=(PORT, PILOTS),
        consulted=(FERRIES, LINE, FISHERS),
        informed=(CITY,),
        note="Both say that it is theirs: the port by its lease, the pilots by the harbour rules.",
    ),
    Mapped(
        "What soot figures the alliance publishes",
        decides=(INSTITUTE,),
        approves=(PORT,),
        consulted=(CITY, LINE),
        informed=(FERRIES, GRID, FISHERS, PILOTS),
    ),
    Mapped(
        "What is said to the press after an accident",
        decides=(PORT,),
        consulted=(CITY, PILOTS),
        informed=(FERRIES, LINE, GRID, FISHERS, INSTITUTE),
        note="Within two hours, day and night.",
    ),
    Mapped(
        "How large the new substation becomes", decides=(GRID,), consulted=(PORT, FERRIES, LINE)
    ),
    Mapped(
        "What a ship pays for a night’s power",
        approves=(CITY,),
        consulted=(FERRIES, LINE, FISHERS),
        note="The grid says that the port sets it, the port that the grid does.",
    ),
    Mapped("Whether a new member is asked to join", by_alliance=True),
    Mapped(
        "Where the ice house stands during the works",
        decides=(PORT,),
        approves=(FISHERS,),
        informed=(CITY,),
    ),
)

AGREED_PROPOSALS = ("jointly", "solution", "first-to-know", "why")
OPEN_PROPOSALS = ("criteria", "own-house")
OWN_RULES = (
    (
        "A date that one of us names in a meeting is that house’s date.",
        "Whoever cannot promise says so in the meeting, and by when they can.",
    ),
    (
        "Nobody speaks to the press for another.",
        "We name who can be asked, and give their number.",
    ),
    (
        "The small boats are asked before anything that touches their berths.",
        "By telephone, before six in the morning: afterwards they are at sea.",
    ),
)


@dataclass(frozen=True)
class Unit:
    """A unit in an organisation's own house; `talked` is how many days ago it was last talked to."""

    organisation: str
    unit: str
    stance: str
    who: str = ""
    talked: int | None = None
    note: str = ""


UNITS = (
    Unit(FERRIES, "The owners’ council", "supports", "Sile Brannigan", 9),
    Unit(
        FERRIES,
        "Ships’ engineers",
        "against",
        "Piet Okafor",
        96,
        "They fear for the second engineer on each boat. Nobody has told them that the post stays.",
    ),
    Unit(FERRIES, "Purchasing", "undecided", "", None, "Has fuel under contract for three years."),
    Unit(FERRIES, "Crew on the night boats", "supports", "Piet Okafor", 40),
    Unit(PORT, "The supervisory board", "supports", "Ingrid Solheim", 12),
    Unit(PORT, "Quay operations", "supports", "Tomas Rekdal", 5),
    Unit(PORT, "Finance", "undecided", "Ingrid Solheim", 33, "Waits for the costs after 2031."),
    Unit(CITY, "The city council", "supports", "Amira Haddad", 20),
    Unit(CITY, "The treasurer", "undecided", "Amira Haddad", 70),
    Unit(GRID, "The investment committee", "undecided", "Oliver Tan", 54),
    Unit(GRID, "Grid control", "supports", "Helena Marsh", 15),
    Unit(FISHERS, "Skippers of the long boats", "against", "Nuala Kerr", 28),
    Unit(FISHERS, "The ice house", "against", "Eirik Dahl"),
    Unit(INSTITUTE, "The field station", "supports", "Paula Ferreira", 18),
)


def load_conduct(*, alliance: Alliance, convener: User, today: dt.date) -> None:
    """Fills launch, decision map, working rules and internal stakeholders, as of `today`."""
    parties = {participant.name: participant for participant in alliance.participants.all()}
    _launch(alliance, convener, today)
    _map(alliance, convener, parties)
    _rules(alliance, convener, today)
    for unit in UNITS:
        add_stakeholder(
            participant=parties[unit.organisation],
            by=convener if unit.organisation == PORT else None,
            today=today,
            at=timezone.now() - dt.timedelta(days=33),
            unit=unit.unit,
            stance=InternalStakeholder.Stance(unit.stance),
            who=unit.who,
            aligned_on=None if unit.talked is None else today - dt.timedelta(days=unit.talked),
            note=unit.note,
        )


def _launch(alliance: Alliance, convener: User, today: dt.date) -> None:
    began = today - dt.timedelta(days=LAUNCH_BEGAN)
    laid = lay_out_track(alliance=alliance, by=convener, decided_on=began, weeks=6)
    told = {step.code: step for step in STEPS}
    for step in laid:
        story = told[step.code]
        change_step(
            step=step,
            edition=step.edition,
            by=convener,
            today=today,
            who=story.who,
            note=story.note,
            done_on=None if story.late is None else step.due_on + dt.timedelta(days=story.late),
        )
    add_step(
        alliance=alliance,
        by=convener,
        today=today,
        code=LaunchStep.Code.OWN,
        title="Sail the bay together by night",
        starts_on=began + dt.timedelta(days=9),
        due_on=began + dt.timedelta(days=20),
        done_on=began + dt.timedelta(days=19),
        who="Gareth Pryce",
        note="The pilots took everybody out. After that nobody said “just plug in” any more.",
    )


def _map(alliance: Alliance, convener: User, parties: dict[str, Participant]) -> None:
    for decision in DECISIONS:
        roles = {
            "decides": decision.decides,
            "approves": decision.approves,
            "consulted": decision.consulted,
            "informed": decision.informed,
        }
        add_decision(
            alliance=alliance,
            by=convener,
            what=decision.what,
            by_alliance=decision.by_alliance,
            note=decision.note,
            parts={parties[name].pk: part for part, names in roles.items() for name in names},
        )


def _rules(alliance: Alliance, convener: User, today: dt.date) -> None:
    agreed_on = today - dt.timedelta(days=RULES_AGREED)
    take_over(
        alliance=alliance, by=convener, codes=AGREED_PROPOSALS, today=today, agreed_on=agreed_on
    )
    for text, example in OWN_RULES:
        add_rule(
            alliance=alliance,
            by=convener,
            today=today,
            text=text,
            example=example,
            agreed_on=agreed_on,
        )
    take_over(alliance=alliance, by=convener, codes=OPEN_PROPOSALS, today=today)
