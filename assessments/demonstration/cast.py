"""Who is in the demonstration's alliance, and what they would say. All names are made up."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

ALLIANCE = "Marrow Bay Clean Harbour Alliance"
SUMMARY = (
    "Nine organisations around Marrow Bay want ships to switch off their engines while they lie at "
    "the quay, and to draw their power from the shore by 2031."
)
PASSWORD = "marrow-bay-demo"  # noqa: S105 - printed on the screen; made in demonstrations alone


@dataclass(frozen=True)
class Login:
    """An account that anyone may use in the demonstration."""

    role: _StrPromise
    email: str
    password: str


LOGINS = (
    Login(_("convener"), "convener@marrow-bay.example", PASSWORD),
    Login(_("member"), "member@marrow-bay.example", PASSWORD),
    Login(_("admin"), "admin@marrow-bay.example", PASSWORD),
)


@dataclass(frozen=True)
class Person:
    """A representative: what weight is claimed for them, and what of it has been seen."""

    name: str
    title: str
    role: str = "representative"
    claimed: str = ""
    """Letters a, c, r: authoritative, cognitive, reputational."""
    seen: str = ""
    unseen: str = ""
    """Looked for, and not seen."""
    how: str = ""
    days: Decimal | None = None
    """A month, for this work."""

    @property
    def email(self) -> str:
        return f"{self.name.lower().replace(' ', '.').replace('’', '')}@marrow-bay.example"


@dataclass(frozen=True)
class Seat:
    """A participant and its people; `lean` is how much higher it answers than the others."""

    name: str
    interest: str
    people: tuple[Person, ...]
    status: str = "accepted"
    pain: str = ""
    drive: str = ""
    strength: int | None = None
    lean: float = 0.0


SEATS = (
    Seat(
        "Marrow Bay Port Authority",
        "the port and its neighbours",
        (
            Person(
                "Ingrid Solheim",
                "Chief executive",
                "convener",
                claimed="ar",
                seen="ar",
                how="Brought all nine to one table within a month.",
            ),
            Person(
                "Tomas Rekdal", "Head of quays", "leader", claimed="c", seen="c", days=Decimal(6)
            ),
        ),
        pain="Exhaust from idling ships costs us the night berths: the city limits them from 2029.",
        drive="fear",
        strength=9,
        lean=0.5,
    ),
    Seat(
        "City of Ostrel",
        "people who live by the quays",
        (
            Person(
                "Amira Haddad",
                "Deputy mayor",
                claimed="ar",
                seen="a",
                how="Committed the building permits in the meeting of 4 June.",
            ),
            Person("Joost Vermeer", "Air quality officer", claimed="c"),
        ),
        pain="Two schools lie above the legal limit for soot. A court gives us until 2028.",
        drive="fear",
        strength=9,
        lean=0.1,
    ),
    Seat(
        "Lantern Ferries",
        "passengers and crews",
        (
            Person("Sile Brannigan", "Managing director", "leader", claimed="ar", seen="a"),
            Person("Piet Okafor", "Fleet engineer", claimed="c"),
        ),
        pain="Fuel burnt in port is a tenth of what we spend, and brings nobody anywhere.",
        drive="greed",
        strength=7,
        lean=0.3,
    ),
    Seat(
        "Ostrel Shipping Line",
        "cargo lines",
        (
            Person(
                "Rasmus Thygesen",
                "Port captain",
                claimed="a",
                unseen="a",
                how="Had to ask head office each time a date was named.",
            ),
        ),
        pain="Each port wants another plug. Refitting a ship twice would cost us a season.",
        drive="fear",
        strength=6,
        lean=-0.5,
    ),
    Seat(
        "Fennick Energy",
        "the electricity grid",
        (
            Person("Helena Marsh", "Grid planner", claimed="c"),
            Person("Oliver Tan", "Regional director", claimed="ar"),
        ),
        pain="We must size the new substation now, for ships that may never come.",
        drive="greed",
        strength=7,
        lean=0.0,
    ),
    Seat(
        "Marrow Bay Fishers’ Cooperative",
        "small boats",
        (
            Person(
                "Nuala Kerr", "Chair", claimed="r", seen="r", how="The other skippers wait for her."
            ),
            Person("Eirik Dahl", "Treasurer"),
        ),
        pain="When the big ships get cables first, our ice house loses its berth for two years.",
        drive="fear",
        strength=8,
        lean=-0.6,
    ),
    Seat(
        "Institute for Coastal Air",
        "science",
        (
            Person("Dr Wen Ishikawa", "Head of measurement", claimed="cr", seen="cr"),
            Person("Paula Ferreira", "Field scientist", claimed="c"),
        ),
        pain="Our figures are doubted by whoever they do not suit. We want to see them used.",
        drive="greatness",
        strength=5,
        lean=0.0,
    ),
    Seat(
        "Harbour Pilots’ Guild",
        "safety in the fairway",
        (
            Person("Gareth Pryce", "Senior pilot", claimed="cr"),
            Person("Maja Lindqvist", "Guild secretary"),
        ),
        lean=-0.2,
    ),
    Seat(
        "Brackwater Fuels",
        "fuel suppliers",
        (Person("Leon Castellan", "Sales manager", claimed="a"),),
        status="invited",
        lean=-0.8,
    ),
)

SILENT = "Brackwater Fuels"
"""The organisation that was asked each time, and never answered."""

# Where people stand on each element, on the scale 1–5, before their organisation's lean: the mean,
# and how far people differ. The charter and common ground hold the alliance back.
FIRST_ROUND = {
    "common-pain": (4.0, 0.5),
    "convener-of-stature": (4.0, 0.5),
    "representatives-of-substance": (3.4, 0.6),
    "committed-leaders": (2.9, 0.7),
    "clearly-defined-purpose": (3.3, 0.6),
    "formal-charter": (2.1, 0.8),
    "northbound-train": (3.2, 0.6),
    "common-ground": (2.4, 0.8),
}
SECOND_ROUND = {
    "common-pain": (4.4, 0.5),
    "convener-of-stature": (4.35, 0.4),
    "representatives-of-substance": (3.6, 0.6),
    "committed-leaders": (3.5, 0.7),
    "clearly-defined-purpose": (3.9, 0.5),
    "formal-charter": (2.5, 1.2),
    "northbound-train": (3.8, 0.5),
    "common-ground": (2.1, 1.45),
}
THIRD_ROUND = {**SECOND_ROUND, "formal-charter": (3.2, 0.7), "common-ground": (3.1, 0.8)}

FORECAST = {
    "common-pain": 80,
    "convener-of-stature": 70,
    "representatives-of-substance": 70,
    "committed-leaders": 75,
    "clearly-defined-purpose": 80,
    "formal-charter": 55,
    "northbound-train": 70,
    "common-ground": 60,
}

COMMENTS = {
    "formal-charter": (
        "We agree on consensus. Nobody has said what happens when there is none.",
        "The costs after 2031 are missing, and they are what my board will ask about.",
        "I have seen three drafts. I do not know which one counts.",
        "It reads like a letter of intent. I could sign it without promising anything.",
        "Leaving must be possible, otherwise we cannot join.",
        "Put the hardest paragraph on the agenda first, while people are awake.",
    ),
    "common-ground": (
        "Two reports give two figures for the soot, and each side has its own.",
        "We have never agreed which voltage the plugs should have.",
        "The institute measures well. Not everybody accepts that.",
        "What counts as success? Fewer complaints, less soot, or more ships?",
        "I would like to see the grid study before anyone votes on it.",
    ),
    "northbound-train": (
        "The first cable at the ferry berth changed the mood.",
        "More people come to the meetings than in spring.",
    ),
}
