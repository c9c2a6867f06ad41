"""Times and figures in a sentence: by when something is to be reached, and how much of it. Pure.

Years and figures are found in any language; months, seasons and written numbers in English.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
MONTH = "|".join(MONTHS)
YEAR = "(?:19|20|21)[0-9]{2}"

ISO_DAY = re.compile(rf"(?<![\w-])({YEAR})-([01][0-9])-([0-3][0-9])(?![\w-])")
DAY_MONTH_YEAR = re.compile(
    rf"(?:\b([0-9]{{1,2}})(?:st|nd|rd|th)? +(?:of +)?)?\b({MONTH}),? +({YEAR})\b", re.IGNORECASE
)
MONTH_DAY_YEAR = re.compile(
    rf"\b({MONTH}) +([0-9]{{1,2}})(?:st|nd|rd|th)?,? +({YEAR})\b", re.IGNORECASE
)
BARE_YEAR = re.compile(rf"(?<![0-9A-Za-z_.,/€$£-])({YEAR})(?![0-9A-Za-z_/]|[.,][0-9]|\s*%)")
# Before a year, and what follows it where it is a count of things instead ("2000 tonnes").
BEFORE_A_YEAR = re.compile(
    r"\b(?:by|in|until|till|before|since|after|from|than|of|end|to|year|spring|summer|autumn|winter)"
    r"\s+$",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r"\s+(?:[^\W\d_]+s|people|staff|men|women|children|[kmgt]?[wmgl]h?|euro|per|of)\b",
    re.IGNORECASE,
)

NUMBERS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
OPEN = re.compile(
    r"\b(?:by|until|till|before|within|in|after|from|end of|next|this|coming) (?:the )?"
    rf"(?:(?:end of|next|this|coming|first|last) )?(?:the )?(?:(?:[0-9]+|one|{NUMBERS}|a) )?"
    rf"(?:days?|weeks?|months?|quarters?|years?|decades?|spring|summer|autumn|winter|{MONTH})\b",
    re.IGNORECASE,
)
FIGURE = re.compile(
    rf"[0-9٠-٩०-९]|[½¼¾⅓⅔%‰]|\b(?:{NUMBERS}|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    r"|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?"
    r"|millions?|billions?|dozens?|half|halves?|halved|halving|doubl(?:e|es|ed|ing)"
    r"|tripl(?:e|es|ed|ing)|twice|zero|per cent|percent"
    r"|(?:a|one|two|three|four) (?:third|quarter|fifth|tenth)s?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Times:
    """The times that a sentence names. `last` is the last day of the latest one; `is_open` where one
    has no year, such as “within three years”."""

    last: dt.date | None
    last_as_written: str
    is_open: bool

    @property
    def any(self) -> bool:
        return self.last is not None or self.is_open


def times_in(text: str) -> Times:
    """The times that `text` names."""
    dated = sorted(_dated(text), key=lambda one: one[0])
    last, written = (dated[-1][0], dated[-1][2]) if dated else (None, "")
    rest = _without(text, [span for _day, span, _written in dated])
    return Times(last, written, bool(OPEN.search(rest)))


def has_figure(text: str) -> bool:
    """Whether `text` holds a number that is no date, in digits or in words."""
    rest = _without(text, [span for _day, span, _written in _dated(text)])
    return bool(FIGURE.search(OPEN.sub(" ", rest)))


Dated = tuple[dt.date, tuple[int, int], str]


def _dated(text: str) -> list[Dated]:
    """Each time with a year: its last day, where it stands, and how it is written."""
    found: list[Dated] = []
    for one in _every(text):
        if all(one[1][0] >= ends or one[1][1] <= begins for _day, (begins, ends), _as in found):
            found.append(one)
    return found


def _every(text: str) -> Iterator[Dated]:
    """The same with the longer ways of writing first; shorter ones may stand within them."""
    for match in ISO_DAY.finditer(text):
        yield _end(int(match[1]), int(match[2]), int(match[3])), match.span(), match[0]
    for match in MONTH_DAY_YEAR.finditer(text):
        month = MONTHS.index(match[1].lower()) + 1
        yield _end(int(match[3]), month, int(match[2])), match.span(), match[0]
    for match in DAY_MONTH_YEAR.finditer(text):
        month = MONTHS.index(match[2].lower()) + 1
        yield _end(int(match[3]), month, int(match[1] or 31)), match.span(), match[0]
    for match in BARE_YEAR.finditer(text):
        before, after = text[max(0, match.start() - 12) : match.start()], text[match.end() :]
        if BEFORE_A_YEAR.search(before) or not COUNTED.match(after):
            yield dt.date(int(match[1]), 12, 31), match.span(), match[0]


def _end(year: int, month: int, day: int) -> dt.date:
    """That day, or the last one of the month where the month has no such day."""
    month = min(max(month, 1), 12)
    for last in range(min(max(day, 1), 31), 27, -1):
        try:
            return dt.date(year, month, last)
        except ValueError:
            continue
    return dt.date(year, month, min(max(day, 1), 28))


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for begins, ends in spans:
        text = text[:begins] + " " * (ends - begins) + text[ends:]
    return text
