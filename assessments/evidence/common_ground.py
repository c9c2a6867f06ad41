"""Common ground: the register, where the parties stand on it, and what they know of each other (VA, C, HW)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

from alliances.models import Alliance, GroundItem, Participant, Profile
from alliances.services.common_ground import Register, register_of
from assessments.evidence.checks import by_limit, by_share, by_then, check, counted
from assessments.scoring import Check


def common_ground(
    alliance: Alliance, taking_part: Sequence[Participant], on: dt.date
) -> list[Check]:
    """`taking_part` are the participants that accepted. Queries: profiles, pairs, and three of the
    register."""
    return [
        *_register(register_of(alliance=alliance)),
        _profiles(alliance, taking_part),
        _differences(alliance, on),
    ]


def _register(register: Register) -> list[Check]:
    items = register.items
    kinds = [str(kind) for kind in GroundItem.Kind if any(item.kind == kind for item in items)]
    missing = [str(kind) for kind in GroundItem.Kind if kind not in kinds]
    expected = register.parties * len(items)
    known = expected - register.not_asked
    agreed = sum(item.agree + item.live for item in items)
    widest = next(iter(items), None)
    return [
        check(
            "register-whole",
            "Assumptions, sources and standards",
            1,
            bool(items),
            by_limit(not missing, len(kinds) == 2),
            counted(len(items), "item", "items")
            + (f", no {' and no '.join(missing)}" if missing else ""),
        ),
        check(
            "positions-known",
            "Each party’s position is known",
            2,
            expected > 0,
            by_share(known, expected, met=Fraction(9, 10), partly=Fraction(1, 2)),
            f"{known} of {expected} positions",
        ),
        check(
            "positions-agreed",
            "Parties agree, or can live with it",
            2,
            register.asked > 0,
            by_share(agreed, register.asked, met=Fraction(9, 10), partly=Fraction(3, 4)),
            f"{agreed} of {counted(register.asked, 'position', 'positions')}",
        ),
        check(
            "widest-split",
            "No item splits the parties",
            1,
            any(item.asked > 1 for item in items),
            by_limit(
                widest is not None and widest.split <= 25, widest is not None and widest.split <= 60
            ),
            f"{widest.agree} agree, {widest.live} can live with it, {widest.disagree} disagree"
            if widest
            else "",
            "Fewer than two positions on any item",
        ),
    ]


def _profiles(alliance: Alliance, taking_part: Sequence[Participant]) -> Check:
    profiles = {
        participant: bool(mandate and decides)
        for participant, mandate, decides in Profile.objects.filter(
            participant__alliance=alliance
        ).values_list("participant_id", "mandate", "decides")
    }
    known = sum(profiles.get(participant.pk, False) for participant in taking_part)
    return check(
        "profiles-known",
        "Profiles are known",
        1,
        bool(profiles),
        by_share(known, len(taking_part), met=Fraction(1), partly=Fraction(1, 2)),
        f"{known} of {counted(len(taking_part), 'organisation', 'organisations')}",
    )


def _differences(alliance: Alliance, on: dt.date) -> Check:
    pairs = [
        revealed_at
        for opened_at, revealed_at in alliance.difference_pairs.values_list(
            "opened_at", "revealed_at"
        )
        if by_then(opened_at, on)
    ]
    revealed = sum(by_then(revealed_at, on) for revealed_at in pairs)
    return check(
        "differences-seen",
        "Differences looked at",
        1,
        bool(pairs),
        by_share(revealed, len(pairs), met=Fraction(1), partly=Fraction(1, 2)),
        f"{revealed} of {counted(len(pairs), 'pair', 'pairs')}",
    )
