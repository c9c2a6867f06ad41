"""A decision by criteria: the first outcome whose conditions hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .part import Part


@dataclass(frozen=True)
class Decision:
    """What it comes to, by codes.

    `outcome` is None where it cannot be told, because a part that matters has no score. `because`
    are the parts that made it so; `conditions` those that are not strong, lowest first, where the
    outcome names them; `open` those without a score.
    """

    outcome: str | None
    because: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    open: tuple[str, ...] = ()


def decide(outcomes: Sequence[Mapping[str, Any]], parts: Sequence[Part]) -> Decision:
    """The decision of a bank's `outcomes`, as its file tells them: the last one has no `when`.

    A condition on a part without a score is neither true nor false. An outcome after one that is
    neither is not certain either, and none is given; but one that names its conditions may be:
    there, what is not known is a condition like others.
    """
    known = {part.code: part for part in parts}
    without = tuple(part.code for part in parts if part.score is None)
    certain = True
    for outcome in outcomes:
        holds, because = _holds(outcome.get("when"), known)
        if holds is None:
            certain = False
        elif holds:
            names = bool(outcome.get("conditions"))
            if not certain and not names:
                return Decision(None, open=without)
            weaker = [part for part in parts if part.score is not None and not part.is_strong]
            weaker.sort(key=lambda part: part.score or 0)
            conditions = tuple(part.code for part in weaker) if names else ()
            return Decision(outcome["code"], because, conditions, without)
    return Decision(None, open=without)


def _holds(
    when: Mapping[str, Any] | None, known: Mapping[str, Part]
) -> tuple[bool | None, tuple[str, ...]]:
    """Whether an outcome's conditions hold, None where that is not known; and the parts that decide."""
    if not when:
        return True, ()
    each: Sequence[Mapping[str, Any]] = when.get("any") or when.get("all") or ()
    found = [(one["dimension"], _is_in(known.get(one["dimension"]), one["bands"])) for one in each]
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
