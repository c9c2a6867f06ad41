"""Who may what: the register, profiles and histories, differences."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from alliances.models import (
    DifferencePair,
    DifferenceView,
    GroundItem,
    PairHistory,
    Participant,
)
from tests.permissions.rows.row import A, Row, Seats, inside

# Whoever belongs to an organisation of the alliance speaks for it; the convener here belongs to none.
BOTH = "L L 200 200 404 404 404 404 404 404"

ROWS: dict[str, Row] = {
    "common_ground": inside("members", **A),
    "ground_item_new": inside("members", "wrong, members", **A),
    "ground_item": inside("members", pk="ground item"),
    "ground_item_edit": inside("conveners", "wrong", pk="ground item"),
    "ground_item_remove": inside("conveners", "does", pk="ground item"),
    "positions_edit": inside("conveners", "wrong", pk="ground item"),
    "position_own": inside(BOTH, "L L 422 422 404 404 404 404 404 404", pk="ground item"),
    "profiles": inside("members", **A),
    "profile": inside("members", pk="participant"),
    # a profile may be left empty
    "profile_edit": inside("own", "does, own", pk="participant"),
    "history": inside("members", pk="history"),
    "history_new": inside("members", "wrong, members", **A),
    "history_edit": inside("own", "wrong, own", pk="history"),
    "history_remove": inside("own", "does, own", pk="history"),
    "differences": inside("members", **A),
    "difference_open": inside("conveners", "wrong", **A),
    # of Ash and of somebody else: the fellow is an outsider
    "difference": inside("own", pk="difference"),
    "difference_write": inside("own alone", "wrong, own alone", pk="difference"),
    # without the edition that one began from, nothing is replaced
    "difference_strengths": inside(
        "own alone", "L L 409 404 404 404 404 404 404 404", pk="revealed difference"
    ),
    "difference_remove": inside("conveners", "does", pk="difference"),
}


def make_objects(seats: Seats) -> dict[str, Any]:
    """What the rows name, by the name that they use. Pairs are of Ash and of an organisation that
    nobody here belongs to."""
    alliance, ash = seats.alliance, seats.ash
    item = GroundItem.objects.create(
        alliance=alliance, kind="source", text="The gauge at Gaugecombe is right."
    )
    third = Participant.objects.create(alliance=alliance, name="Cedar", status="accepted")
    fourth = Participant.objects.create(alliance=alliance, name="Dogwood", status="accepted")
    fifth = Participant.objects.create(alliance=alliance, name="Elder", status="accepted")
    history = PairHistory.objects.create(
        alliance=alliance, first=ash, second=third, together="Built the weir at Weirholme."
    )
    now = timezone.now()
    pair = DifferencePair.objects.create(alliance=alliance, first=ash, second=third, opened_at=now)
    revealed = DifferencePair.objects.create(
        alliance=alliance, first=ash, second=fourth, opened_at=now, revealed_at=now
    )
    for participant in (ash, fourth):
        DifferenceView.objects.create(
            pair=revealed, participant=participant, itself="Slow as Revealby.", other="Fast."
        )
    # Cedar has written and Ash has not: nobody reads a word of it
    DifferenceView.objects.create(
        pair=pair, participant=third, itself="We hide Veilthorpe.", other="They are late."
    )
    # Ash has written, and reads its own alone
    waiting = DifferencePair.objects.create(
        alliance=alliance, first=ash, second=fifth, opened_at=now
    )
    DifferenceView.objects.create(
        pair=waiting,
        participant=ash,
        itself="We own Ashveiled.",
        other="They are early.",
        changed_by=seats.users["member"],
    )
    return {
        "ground item": item.pk,
        "history": history.pk,
        "difference": pair.pk,
        "revealed difference": revealed.pk,
        "waiting difference": waiting.pk,
    }
