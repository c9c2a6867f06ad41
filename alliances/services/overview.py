"""An alliance's people as one page shows them: who sits at the table, and what is not known yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.db.models import BooleanField

from alliances.models import Alliance, Participant, Representative
from alliances.services.figures import days

AT_THE_TABLE = (Participant.Status.INVITED, Participant.Status.ACCEPTED)


@dataclass(frozen=True)
class Kind:
    """One kind of substance of one person: what is claimed, and what was seen of it."""

    code: str
    label: str
    claimed: bool
    observed: str

    @property
    def is_illusion(self) -> bool:
        """Claimed, looked for, and not seen."""
        return self.claimed and self.observed == Representative.Observed.NO

    @property
    def is_nothing(self) -> bool:
        """Neither claimed nor looked for."""
        return not self.claimed and not self.observed


@dataclass(frozen=True)
class Person:
    """A representative with their three kinds, in the order of Representative.KINDS.

    `days` is what is pledged of their time, such as "4 days"; "" where nothing is.
    """

    representative: Representative
    kinds: list[Kind]
    days: str = ""

    @property
    def leads_without_time(self) -> bool:
        """They lead, and nobody has said how many days they are given for it."""
        return self.representative.role == Representative.Role.LEADER and not self.days


@dataclass(frozen=True)
class Seat:
    """A participant with its people."""

    participant: Participant
    people: list[Person]


@dataclass(frozen=True)
class Overview:
    """Seats at the table (invited or accepted), those that are not (declined, left), and counts.

    Counts are of the seats at the table.
    """

    seats: list[Seat]
    away: list[Seat]
    accepted: int
    people: int
    pains: int
    weakest_pain: int | None
    strongest_pain: int | None
    seen: int
    unrepresented: int

    @property
    def organisations(self) -> int:
        return len(self.seats)

    @property
    def pains_missing(self) -> int:
        return len(self.seats) - self.pains

    @property
    def is_empty(self) -> bool:
        return not self.seats and not self.away


def kind_label(kind: str) -> str:
    """What a kind of substance (of Representative.KINDS) is called, such as "Knows the field"."""
    claimed = cast(BooleanField, Representative._meta.get_field(f"{kind}_claimed"))
    return str(claimed.verbose_name)


def people_overview(*, alliance: Alliance) -> Overview:
    """The alliance's people, in two queries however many there are."""
    participants = alliance.participants.prefetch_related("representatives")
    everyone = [_seat(participant) for participant in participants]
    seats = [seat for seat in everyone if seat.participant.status in AT_THE_TABLE]
    strengths = [
        seat.participant.strength for seat in seats if seat.participant.strength is not None
    ]
    people = [person for seat in seats for person in seat.people]
    return Overview(
        seats=seats,
        away=[seat for seat in everyone if seat.participant.status not in AT_THE_TABLE],
        accepted=sum(seat.participant.status == Participant.Status.ACCEPTED for seat in seats),
        people=len(people),
        pains=len(strengths),
        weakest_pain=min(strengths, default=None),
        strongest_pain=max(strengths, default=None),
        seen=sum(
            any(kind.observed == Representative.Observed.YES for kind in person.kinds)
            for person in people
        ),
        unrepresented=sum(not seat.people for seat in seats),
    )


def _seat(participant: Participant) -> Seat:
    return Seat(
        participant=participant,
        people=[
            Person(
                representative=representative,
                kinds=[
                    Kind(
                        code=kind,
                        label=kind_label(kind),
                        claimed=getattr(representative, f"{kind}_claimed"),
                        observed=getattr(representative, f"{kind}_observed"),
                    )
                    for kind in Representative.KINDS
                ],
                days=days(representative.days_a_month) if representative.days_a_month else "",
            )
            for representative in participant.representatives.all()
        ],
    )
