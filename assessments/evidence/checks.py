"""What every check is made of: its state by a share or a limit, and its fact in words.

Labels and facts are published, and stay as they are whoever reads them: they are written in the
English of the shipped bank; `words` says them to readers in another language.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

from django.utils import timezone

from alliances.services.figures import NO_BREAK, dated
from assessments.scoring import Check, State


def check(
    code: str,
    label: str,
    points: int,
    applies: bool,
    state: State,
    fact: str,
    otherwise: str = "Nothing on record yet",
) -> Check:
    """The check in this state, with this fact, where it applies; else left out of the score, and why."""
    if not applies:
        return Check(code, label, State.NOT_APPLICABLE, points, otherwise)
    return Check(code, label, state, points, fact)


def by_share(part: int, whole: int, *, met: Fraction, partly: Fraction) -> State:
    """Met and partly from these shares on; nothing of nothing is none."""
    share = Fraction(part, whole) if whole else Fraction(0)
    return by_limit(share >= met, share >= partly)


def by_limit(met: bool, partly: bool) -> State:
    return State.MET if met else State.PARTLY if partly else State.NOT


def listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them; past three, how many more."""
    if len(names) > 3:
        return f"{', '.join(names[:3])} and {len(names) - 3} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def counted(number: int, one: str, many: str) -> str:
    """ "1 action", "4 actions"."""
    return f"{number} {one if number == 1 else many}"


def per_cent(share: Fraction) -> str:
    """ "87 %", rounded down as figures on a page are, on one line."""
    return f"{int(share * 100)}{NO_BREAK}%"


def day(on: dt.date) -> str:
    """ "3 March 2027"."""
    return dated(on, "j F Y")


def by_then(moment: dt.datetime | dt.date | None, on: dt.date) -> bool:
    """Whether something had happened at the end of the day `on`; the day of a moment is that of the
    installation's time zone."""
    if isinstance(moment, dt.datetime):
        moment = timezone.localdate(moment)
    return moment is not None and moment <= on
