"""The demonstration's purpose check: eight parties, each with a sentence of its own."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from alliances.models import Alliance, User
from alliances.services.purpose.check import open_check, write_sentence

OPENED = 290
"""Days before the day on which the demonstration is made."""

# In the order in which they came in: organisation, days after the opening, sentence.
SENTENCES = (
    (
        "Institute for Coastal Air",
        1,
        "Everybody decides about the air over the harbour by the same measured figures.",
    ),
    (
        "City of Ostrel",
        1,
        "From 2028 nobody who lives or learns beside the harbour breathes more soot from ships than "
        "the law allows.",
    ),
    (
        "Marrow Bay Port Authority",
        2,
        "Ships at our quays are quiet and clean at night, so that the harbour keeps its night "
        "berths.",
    ),
    (
        "Lantern Ferries",
        3,
        "Our ferries draw cheap power from the shore whenever they lie in harbour, and burn no fuel "
        "there.",
    ),
    (
        "Fennick Energy",
        4,
        "Enough ships in the harbour take power to fill the substation that we build for them.",
    ),
    (
        "Marrow Bay Fishers’ Cooperative",
        6,
        "A cleaner harbour in which the small boats keep their berths and their ice while cables "
        "are laid.",
    ),
    (
        "Harbour Pilots’ Guild",
        8,
        "No ship switches off its engines before it is safely fast, and the harbour stays as safe "
        "as it is.",
    ),
    (
        "Ostrel Shipping Line",
        9,
        "One plug for all ports, so that a vessel is refitted once and pays no more in this harbour "
        "than in the next.",
    ),
)


def load_purpose(*, alliance: Alliance, convener: User, today: dt.date) -> None:
    """A check that closed itself with the last sentence, nine days after it was opened.

    Every party in SENTENCES must have accepted its seat, and no other party.
    """
    opened = timezone.make_aware(
        dt.datetime.combine(today - dt.timedelta(days=OPENED), dt.time(9, 15))
    )
    check = open_check(alliance=alliance, at=opened)
    for name, days, text in SENTENCES:
        participant = alliance.participants.get(name=name)
        own = participant.memberships.first()
        write_sentence(
            check=check,
            participant=participant,
            text=text,
            edition=0,
            by=own.user if own else None,
            at=opened + dt.timedelta(days=days, hours=3),
        )
