"""A decision by criteria: the first outcome whose conditions hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .part import Part

DECISION_VERSION = 2
"""Which form of this rule a reading came by; one that names none came by the first, which gave an
outcome that names its conditions whatever was not known."""

KNOWN_FROM = Fraction(3, 4)
"""From which share of the parts that an undecided outcome looks at an outcome after it, which names
its conditions, is given all the same. With two parts or three that is all of them: one of so few
turns the decision. Of eight, two may be open."""


@dataclass(frozen=True)
class Decision:
    """What it comes to, by codes.

    `outcome` is None where it cannot be told, because parts that matter have no score. `because`
    are the parts that made it so; `conditions` those that are not strong, lowest first, where the
    outcome names them; `open` those without a score, whether or not an outcome is given.
    """

    outcome: str | None
    because: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    open: tuple[str, ...] = ()


def decide(outcomes: Sequence[Mapping[str, Any]], parts: Sequence[Part]) -> Decision:
    """The decision of a bank's `outcomes`, as its file tells them: the last one has no `when`.

    A condition on a part without a score is neither true nor false. An outcome after one that is
    neither is not certain either, and none is given. One that names its conditions is, where nearly
    all is known (`KNOWN_FROM`) that each undecided outcome before it looks at: there, what is not
    known is a condition like others.
    """
    known = {part.code: part for part in parts}
    without = tuple(part.code for part in parts if part.score is None)
    undecided = []
    for outcome in outcomes:
        holds, because = _holds(outcome.get("when"), known)
        if holds is None:
            undecided.append(looked_at(outcome))
        elif holds:
            names = bool(outcome.get("conditions"))
            if undecided and not (names and all(_nearly_known(one, known) for one in undecided)):
                return Decision(None, open=without)
            weaker = [part for part in parts if part.score is not None and not part.is_strong]
            weaker.sort(key=lambda part: part.score or 0)
            conditions = tuple(part.code for part in weaker) if names else ()
            return Decision(outcome["code"], because, conditions, without)
    return Decision(None, open=without)


def looked_at(outcome: Mapping[str, Any]) -> tuple[str, ...]:
    """The codes of the parts that an outcome looks at, as its file names them; of the last one, none."""
    return tuple(dict.fromkeys(one["dimension"] for one in _each(outcome.get("when") or {})))


def _each(when: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    return when.get("any") or when.get("all") or ()


def _nearly_known(codes: Sequence[str], known: Mapping[str, Part]) -> bool:
    told = sum(code in known and known[code].score is not None for code in codes)
    return told >= KNOWN_FROM * len(codes)


def _holds(
    when: Mapping[str, Any] | None, known: Mapping[str, Part]
) -> tuple[bool | None, tuple[str, ...]]:
    """Whether an outcome's conditions hold, None where that is not known; and the parts that decide."""
    if not when:
        return True, ()
    found = [
        (one["dimension"], _is_in(known.get(one["dimension"]), one["bands"])) for one in _each(when)
    ]
    true = tuple(code for code, holds in found if holds)
    if "any" in when:
        if true:
            return True, true
        return (None if any(holds is None for _code, holds in found) else False), ()
    if any(holds is False for _code, holds in found):
        return False, ()
    return (None, ()) if len(true) < len(found) else (True, true)


def _is_in(part: Part | None, bands: Sequence[str]) -> bool | None:
    return None if part is None or part.band is None else part.band in bands
