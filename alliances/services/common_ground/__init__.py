"""The register of common ground: what it holds, how split it is, what to do about it, and its verbs."""

from .picture import Mark, Picture, Stretch, picture_of
from .register import (
    Group,
    PartyPosition,
    Register,
    RegisterItem,
    item_of,
    items_waiting_for,
    register_of,
)
from .tactics import TACTICS, Advice, Tactic, advice_for_item, advice_for_register
from .verbs import (
    NOT_ASKED,
    Conflict,
    PositionsOvertaken,
    Told,
    add_item,
    askable_participants,
    mark_of,
    positions_to_write,
    record_positions,
)
from .words import Finding, finding_of, in_words

__all__ = [
    "NOT_ASKED",
    "TACTICS",
    "Advice",
    "Conflict",
    "Finding",
    "Group",
    "Mark",
    "PartyPosition",
    "Picture",
    "PositionsOvertaken",
    "Register",
    "RegisterItem",
    "Stretch",
    "Tactic",
    "Told",
    "add_item",
    "advice_for_item",
    "advice_for_register",
    "askable_participants",
    "finding_of",
    "in_words",
    "item_of",
    "items_waiting_for",
    "mark_of",
    "picture_of",
    "positions_to_write",
    "record_positions",
    "register_of",
]
