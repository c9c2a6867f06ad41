"""Where each mark stands on the one line from 0 to 100. One meaning a mark, on page and paper.

A figure that is missing has no place: it is left out, never drawn at 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .figures import exact
from .texts import StatementText

TALLY = {"weak": 1, "mixed": 2, "strong": 3}
"""Bars that stand beside a band's word."""

LOWEST, HIGHEST = Decimal(0), Decimal(100)
MIDDLE = 50
"""Where a line between two poles leans to neither."""


@dataclass(frozen=True)
class Places:
    """Scores from 0 to 100 where an element's marks stand; None: no such mark."""

    score: Decimal | None = None
    spread: tuple[Decimal, Decimal] | None = None
    reach: Decimal | None = None
    """How far an answer stands from its mean, before the spread is cut at 0 and 100."""
    record: Decimal | None = None
    forecast: Decimal | None = None
    last: Decimal | None = None


def element_places(
    element: Mapping[str, Any], *, steps: int | None, previous: float | None
) -> Places:
    """The places of one element of a published result.

    `steps` is max − min of the element's scale, None where its statements have more than one;
    `previous` its score in the last round.
    """
    score = _placed(element.get("score"))
    ad, forecast = element.get("ad"), element.get("forecast")
    if ad is None:
        ad = element.get("ad_up_to")
    spread, reach = None, None
    if score is not None and ad is not None and steps:
        reach = exact(ad) * 100 / steps
        spread = (_cut(score - reach), _cut(score + reach))
    return Places(
        score=score,
        spread=spread,
        reach=reach,
        record=_placed((element.get("records") or {}).get("score")),
        forecast=_cut(score + exact(forecast))
        if score is not None and forecast is not None
        else None,
        last=_placed(previous),
    )


def statement_place(mean: float | None, statement: StatementText) -> Decimal | None:
    """A statement's published mean on the line: the scale's bad end at 0, its good end at 100."""
    if mean is None:
        return None
    steps = Decimal(statement.maximum - statement.minimum)
    position = _cut((exact(mean) - statement.minimum) * 100 / steps)
    return HIGHEST - position if statement.reverse else position


def band_of(position: Decimal, *, mixed_from: int, strong_from: int) -> str:
    """The band that a place on the line lies in, for the colour of a statement's dot."""
    if position >= strong_from:
        return "strong"
    return "mixed" if position >= mixed_from else "weak"


def _cut(value: Decimal) -> Decimal:
    return min(max(value, LOWEST), HIGHEST)


def _placed(value: float | None) -> Decimal | None:
    return None if value is None else _cut(exact(value))


class PageLine:
    """The line on a screen: places in per cent, so that marks keep their size at any width."""

    def at(self, place: Decimal) -> str:
        return f"{float(place):.4g}%"

    def length(self, start: Decimal, end: Decimal) -> str:
        return f"{float(end - start):.4g}%"


class PrintLine:
    """The line on paper: 0 stands at 10 and 100 at 410 of a view box 420 wide."""

    def at(self, place: Decimal) -> str:
        return f"{float(10 + place * 4):.5g}"

    def length(self, start: Decimal, end: Decimal) -> str:
        return f"{float((end - start) * 4):.5g}"


@dataclass(frozen=True)
class Drawing:
    """Places as an SVG's attributes; empty where there is no mark."""

    score: str = ""
    spread_from: str = ""
    spread_length: str = ""
    record: str = ""
    forecast: str = ""
    last: str = ""


def drawing(places: Places, line: PageLine | PrintLine) -> Drawing:
    def at(place: Decimal | None) -> str:
        return "" if place is None else line.at(place)

    return Drawing(
        score=at(places.score),
        spread_from=at(places.spread[0]) if places.spread else "",
        spread_length=line.length(*places.spread) if places.spread else "",
        record=at(places.record),
        forecast=at(places.forecast),
        last=at(places.last),
    )


@dataclass(frozen=True)
class Scale:
    """The head of the line: limits of the bands, and where their words stand."""

    mixed_from: int
    strong_from: int
    limits: tuple[str, str]
    words: tuple[str, str, str]
    judges: bool = True
    """Whether the bands have words; not where a high score is no better than a low one."""
    poles: bool = False
    """Whether it runs between two poles: then it has a middle, and no limits of bands."""


def scale(
    line: PageLine | PrintLine,
    *,
    mixed_from: int,
    strong_from: int,
    judges: bool = True,
    poles: bool = False,
) -> Scale:
    if poles:
        mixed_from = MIDDLE
    mixed, strong = Decimal(mixed_from), Decimal(strong_from)
    return Scale(
        mixed_from=mixed_from,
        strong_from=strong_from,
        limits=(line.at(mixed), line.at(strong)),
        words=(line.at(mixed / 2), line.at((mixed + strong) / 2), line.at((strong + 100) / 2)),
        judges=judges,
        poles=poles,
    )


# The cover: all elements on one line, each with a stem and a label of its own height.
COVER_LEFT, COVER_RIGHT, COVER_WIDTH, COVER_ROW = 12.0, 812.0, 830.0, 27
LETTER = 9.1
"""Widest average advance of a letter in the cover's labels, at 19 units with weight 600."""


@dataclass(frozen=True)
class Pin:
    """One element on the cover: its dot at `x`, its label `label_y` high, right of the stem."""

    label: str
    band: str
    x: str
    label_x: str
    label_y: int
    stem_top: int
    deciding: bool


@dataclass(frozen=True)
class Cover:
    """The cover's picture in a view box `COVER_WIDTH` wide and `height` high."""

    pins: tuple[Pin, ...]
    height: int
    line_y: int
    tick_y: int
    text_y: int
    ends: tuple[str, str]
    limits: tuple[str, str]
    words: tuple[str, str, str]

    @property
    def height_on_paper(self) -> str:
        """In millimetres, where the picture is 166 mm wide."""
        return f"{self.height * 166 / COVER_WIDTH:.1f}mm"


def cover(
    marks: Sequence[tuple[str, str, Decimal, bool]], *, mixed_from: int, strong_from: int
) -> Cover:
    """Pins for (label, band, score, deciding), lowest first.

    Every label has a row to itself and stands right of its own stem; later stems begin below it.
    So labels never overlap, even where scores tie. Where a label would run out of the picture,
    the line is drawn shorter and makes room.
    """
    right = COVER_RIGHT
    for label, _band, score, _deciding in marks:
        if score > 0:
            room = COVER_WIDTH - COVER_LEFT - 9 - len(label) * LETTER
            right = min(right, COVER_LEFT + max(room, 60.0) * 100 / float(score))

    def at(place: Decimal | int) -> float:
        return COVER_LEFT + float(place) * (right - COVER_LEFT) / 100

    line_y = 46 + COVER_ROW * len(marks)
    pins = tuple(
        Pin(
            label=label,
            band=band,
            x=f"{at(score):.1f}",
            label_x=f"{at(score) + 9:.1f}",
            label_y=22 + COVER_ROW * row,
            stem_top=10 + COVER_ROW * row,
            deciding=deciding,
        )
        for row, (label, band, score, deciding) in enumerate(marks)
    )
    mixed, strong = Decimal(mixed_from), Decimal(strong_from)
    return Cover(
        pins=pins,
        height=line_y + 48,
        line_y=line_y,
        tick_y=line_y + 14,
        text_y=line_y + 34,
        ends=(f"{at(0):.1f}", f"{at(100):.1f}"),
        limits=(f"{at(mixed):.1f}", f"{at(strong):.1f}"),
        words=(
            f"{at(mixed / 2):.1f}",
            f"{at((mixed + strong) / 2):.1f}",
            f"{at((strong + 100) / 2):.1f}",
        ),
    )
