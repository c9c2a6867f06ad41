"""Times and figures in a sentence: by when something is to be reached, and how much of it. Pure.

Years and figures are found in any language; months, seasons and written numbers in English or French.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from alliances.services.purpose.languages import Language

YEAR = "(?:19|20|21)[0-9]{2}"
ISO_DAY = re.compile(rf"(?<![\w-])({YEAR})-([01][0-9])-([0-3][0-9])(?![\w-])")
BARE_YEAR = re.compile(rf"(?<![0-9A-Za-z_.,/€$£-])({YEAR})(?![0-9A-Za-z_/]|[.,][0-9]|\s*%)")


@dataclass(frozen=True)
class Calendar:
    """How one language writes times and figures.

    `days` are patterns of a day or a month with its year, the longer ones first, their groups named
    day, month, number (of the month) and year. `before_a_year` is what stands before a year, and
    `counted` what follows it where it is a count of things instead ("2000 tonnes"). `open` is a time
    without a year, `figure` a number in digits or in words.
    """

    months: tuple[str, ...]
    days: tuple[re.Pattern[str], ...]
    before_a_year: re.Pattern[str]
    counted: re.Pattern[str]
    open: re.Pattern[str]
    figure: re.Pattern[str]


ENGLISH_MONTHS = (
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
)
MONTH = "|".join(ENGLISH_MONTHS)
NUMBERS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
ENGLISH = Calendar(
    months=ENGLISH_MONTHS,
    days=(
        re.compile(
            rf"\b(?P<month>{MONTH}) +(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,? +(?P<year>{YEAR})\b",
            re.IGNORECASE,
        ),
        re.compile(
            rf"(?:\b(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)? +(?:of +)?)?"
            rf"\b(?P<month>{MONTH}),? +(?P<year>{YEAR})\b",
            re.IGNORECASE,
        ),
    ),
    before_a_year=re.compile(
        r"\b(?:by|in|until|till|before|since|after|from|than|of|end|to|year|spring|summer|autumn"
        r"|winter)\s+$",
        re.IGNORECASE,
    ),
    counted=re.compile(
        r"\s+(?:[^\W\d_]+s|people|staff|men|women|children|[kmgt]?[wmgl]h?|euro|per|of)\b",
        re.IGNORECASE,
    ),
    open=re.compile(
        r"\b(?:by|until|till|before|within|in|after|from|end of|next|this|coming) (?:the )?"
        rf"(?:(?:end of|next|this|coming|first|last) )?(?:the )?(?:(?:[0-9]+|one|{NUMBERS}|a) )?"
        rf"(?:days?|weeks?|months?|quarters?|years?|decades?|spring|summer|autumn|winter|{MONTH})\b",
        re.IGNORECASE,
    ),
    figure=re.compile(
        rf"[0-9٠-٩०-९]|[½¼¾⅓⅔%‰]|\b(?:{NUMBERS}|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
        r"|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?"
        r"|millions?|billions?|dozens?|half|halves?|halved|halving|doubl(?:e|es|ed|ing)"
        r"|tripl(?:e|es|ed|ing)|twice|zero|per cent|percent"
        r"|(?:a|one|two|three|four) (?:third|quarter|fifth|tenth)s?)\b",
        re.IGNORECASE,
    ),
)

FRENCH_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
MOIS = "|".join(FRENCH_MONTHS)
NOMBRES = "deux|trois|quatre|cinq|six|sept|huit|dix|onze|douze"
STRETCHES = (
    "jours?|semaines?|mois|trimestres?|semestres?|ans?|années?|décennies?"
    f"|printemps|été|automne|hiver|{MOIS}"
)
FRENCH = Calendar(
    months=FRENCH_MONTHS,
    days=(
        re.compile(
            rf"(?<![\w/.])(?P<day>[0-3]?[0-9])[/.](?P<number>[01]?[0-9])[/.](?P<year>{YEAR})\b"
        ),
        re.compile(
            rf"(?:\b(?P<day>[0-9]{{1,2}})(?:er)?\s+)?\b(?P<month>{MOIS})\s+(?P<year>{YEAR})\b",
            re.IGNORECASE,
        ),
    ),
    before_a_year=re.compile(
        r"(?:\b(?:en|avant|depuis|dès|après|à|de|fin|début|an|année|printemps|été|automne|hiver|entre"
        r"|et|qu[’']en|horizon)|\b(?:d[’']ici|jusqu[’'](?:en|à)))\s+$",
        re.IGNORECASE,
    ),
    counted=re.compile(
        r"\s*(?:€|\s(?:[^\W\d_]+[sx]|[kmgt]?[wmgl]h?|euro|par|de)\b|\sd[’'])", re.IGNORECASE
    ),
    open=re.compile(
        # "neuf" is left out: it is nine, and new.
        r"\b(?:avant|dans|sous|en|après|dès|fin|courant|d[’']ici(?: à)?|jusqu[’'](?:à|au|en)|à partir d[eu’']"
        r"|au cours d[eu’']|à la fin d[eu’'])\s*"
        r"(?:la fin (?:de |du |d[’'])?)?(?:l[’']|la |le |les |ce |cet |cette )?"
        rf"(?:prochain(?:e|s|es)? )?(?:(?:[0-9]+|une?|{NOMBRES})\s)?(?:prochain(?:e|s|es)? )?"
        rf"(?:{STRETCHES})\b"
        rf"|\b(?:l[’']|la |le |cet |cette |ce )(?:{STRETCHES}) (?:prochaine?|qui vient)\b",
        re.IGNORECASE,
    ),
    figure=re.compile(
        rf"[0-9٠-٩०-९]|[½¼¾⅓⅔%‰]|\b(?:{NOMBRES}|treize|quatorze|quinze|seize|vingt|trente|quarante"
        r"|cinquante|soixante|cents?|centaines?|mille|milliers?|millions?|milliards?|dizaines?"
        r"|douzaines?|vingtaine|trentaine|quarantaine|cinquantaine|moitié|demie?s?"
        r"|doubl(?:e|es|er|é|és|ée|ées|ant)|tripl(?:e|es|er|é|és|ée|ées|ant)|zéro|pour cent"
        r"|divis(?:er|e|é|ée|ant) par|(?:une?|deux|trois|quatre) (?:tiers|quarts?|cinquièmes?|dixièmes?))\b",
        re.IGNORECASE,
    ),
)
CALENDARS: dict[Language, Calendar] = {"en": ENGLISH, "fr": FRENCH}


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


def times_in(text: str, language: Language = "en") -> Times:
    """The times that `text`, written in `language`, names."""
    dated = sorted(_dated(text, language), key=lambda one: one[0])
    last, written = (dated[-1][0], dated[-1][2]) if dated else (None, "")
    rest = _without(text, [span for _day, span, _written in dated])
    return Times(last, written, bool(CALENDARS[language].open.search(rest)))


def has_figure(text: str, language: Language = "en") -> bool:
    """Whether `text`, written in `language`, holds a number that is no date, in digits or in words."""
    calendar = CALENDARS[language]
    rest = _without(text, [span for _day, span, _written in _dated(text, language)])
    return bool(calendar.figure.search(calendar.open.sub(" ", rest)))


Dated = tuple[dt.date, tuple[int, int], str]


def _dated(text: str, language: Language) -> list[Dated]:
    """Each time with a year: its last day, where it stands, and how it is written."""
    found: list[Dated] = []
    for one in _every(text, CALENDARS[language]):
        if all(one[1][0] >= ends or one[1][1] <= begins for _day, (begins, ends), _as in found):
            found.append(one)
    return found


def _every(text: str, calendar: Calendar) -> Iterator[Dated]:
    """The same with the longer ways of writing first; shorter ones may stand within them."""
    for match in ISO_DAY.finditer(text):
        yield _end(int(match[1]), int(match[2]), int(match[3])), match.span(), match[0]
    for pattern in calendar.days:
        for match in pattern.finditer(text):
            said = match.groupdict()
            month = (
                calendar.months.index(said["month"].lower()) + 1
                if said.get("month")
                else int(said["number"])
            )
            yield _end(int(said["year"]), month, int(said["day"] or 31)), match.span(), match[0]
    for match in BARE_YEAR.finditer(text):
        before, after = text[max(0, match.start() - 12) : match.start()], text[match.end() :]
        if calendar.before_a_year.search(before) or not calendar.counted.match(after):
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
