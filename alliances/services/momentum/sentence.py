"""Momentum in a sentence: which way the train goes, since when, and by which signs.

The train loses speed where more signs lose than gain and two lose at least; it gains by the same
rule the other way round; else it holds. One sign alone turns nothing. With fewer than two signs
that tell anything there is too little on record to say.

Since when: the same is asked of the end of each of the twelve months before. The present run goes
back as far as the answer stays the same, and its first month is the answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from alliances.services.counts import listed
from alliances.services.figures import alone_in_words, dated
from alliances.services.momentum.facts import Facts
from alliances.services.momentum.signs import Direction, Sign, read_signs

SIGNS_AT_LEAST = 2
MONTHS_BACK = 12
NAMED_AT_MOST = 3


class Verdict(StrEnum):
    """What the signs say together."""

    GAINING = "gaining"
    STEADY = "steady"
    LOSING = "losing"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Momentum:
    """Which way the train goes on the day `on`.

    `since` is the first day of the month in which it turned that way; None where it cannot be said,
    or where the run is as long as one looks back (`is_long`). `finding` and `reasons` make a sentence
    together.
    """

    on: dt.date
    verdict: Verdict
    since: dt.date | None
    is_long: bool
    signs: tuple[Sign, ...]
    facts: Facts
    finding: str
    reasons: str

    @property
    def sentence(self) -> str:
        return f"{self.finding} {self.reasons}".strip()

    def pointing(self, direction: Direction | None) -> list[Sign]:
        """The signs that point this way; those that tell nothing for None."""
        return [sign for sign in self.signs if sign.direction == direction]

    @property
    def losing(self) -> list[Sign]:
        return self.pointing(Direction.LOSING)

    @property
    def gaining(self) -> list[Sign]:
        return self.pointing(Direction.GAINING)

    @property
    def steady(self) -> list[Sign]:
        return self.pointing(Direction.STEADY)

    @property
    def untold(self) -> list[Sign]:
        return self.pointing(None)


def momentum_of(facts: Facts, on: dt.date) -> Momentum:
    """Momentum on the day `on`. Pure: the same facts and day give the same answer."""
    signs = read_signs(facts, on)
    verdict = verdict_of(signs)
    since, is_long = _since(facts, on, verdict)
    finding, reasons = _words(verdict, signs, since, is_long, on)
    return Momentum(on, verdict, since, is_long, signs, facts, finding, reasons)


def verdict_of(signs: Sequence[Sign]) -> Verdict:
    """What `signs` say together."""
    pointing = [sign.direction for sign in signs if sign.direction is not None]
    if len(pointing) < SIGNS_AT_LEAST:
        return Verdict.UNKNOWN
    gaining, losing = pointing.count(Direction.GAINING), pointing.count(Direction.LOSING)
    if losing > gaining and losing >= SIGNS_AT_LEAST:
        return Verdict.LOSING
    if gaining > losing and gaining >= SIGNS_AT_LEAST:
        return Verdict.GAINING
    return Verdict.STEADY


def month_ends(on: dt.date, months: int = MONTHS_BACK) -> list[dt.date]:
    """The last days of the months before that of `on`, the latest first."""
    ends = []
    day = on
    for _number in range(months):
        day = day.replace(day=1) - dt.timedelta(days=1)
        ends.append(day)
    return ends


def _since(facts: Facts, on: dt.date, verdict: Verdict) -> tuple[dt.date | None, bool]:
    """The first month of the present run, and whether it is longer than one looks back."""
    if verdict == Verdict.UNKNOWN:
        return None, False
    first = on.replace(day=1)
    for end in month_ends(on):
        if verdict_of(read_signs(facts, end)) != verdict:
            return first, False
        first = end.replace(day=1)
    return None, True


def _words(
    verdict: Verdict,
    signs: Sequence[Sign],
    since: dt.date | None,
    is_long: bool,
    on: dt.date,
) -> tuple[str, str]:
    """The sentence in two pieces: which way since when, and why."""
    phrases = {
        direction: [sign.phrase for sign in signs if sign.direction == direction]
        for direction in (Direction.GAINING, Direction.LOSING)
    }
    when = (
        _("for a year or more") if is_long else _("since %(month)s") % {"month": _month(since, on)}
    )
    if verdict == Verdict.LOSING:
        finding = _("The train has been losing speed %(when)s:") % {"when": when}
        return finding, _reasons(phrases[Direction.LOSING])
    if verdict == Verdict.GAINING:
        finding = _("The train has been gaining speed %(when)s:") % {"when": when}
        return finding, _reasons(phrases[Direction.GAINING])
    if verdict == Verdict.STEADY:
        finding = _("The train has been holding its speed %(when)s:") % {"when": when}
        return finding, _balance(len(phrases[Direction.GAINING]), len(phrases[Direction.LOSING]))
    return _("Too little is on record to say whether the train gains or loses speed."), ""


def _reasons(phrases: Sequence[str]) -> str:
    """The first three; whoever wants the others finds them below the sentence."""
    return ", ".join(phrases[:NAMED_AT_MOST]) + "."


def _balance(gaining: int, losing: int) -> str:
    if not gaining and not losing:
        return _("no sign has moved.")
    said = []
    if gaining:
        said.append(_("signs of gaining: %(number)s") % {"number": alone_in_words(gaining)})
    if losing:
        said.append(_("signs of losing: %(number)s") % {"number": alone_in_words(losing)})
    return f"{listed(said)}."


def _month(first: dt.date | None, on: dt.date) -> str:
    """The month's name, with its year where that is not the year of `on`."""
    if first is None:
        return ""
    return dated(first, "F" if first.year == on.year else "YEAR_MONTH_FORMAT")
