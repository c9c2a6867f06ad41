"""Where parties stand on an item, as a row of marks; for many parties, as stretches of such marks.

A filled square agrees, a hollow one can live with it, a cross disagrees, a dot has not been asked.
"""

from __future__ import annotations

from dataclasses import dataclass

from alliances.services.common_ground.register import RegisterItem

WIDTH = 240
"""Pixels that every picture is wide."""
PITCH = 15
"""Pixels from mark to mark."""
FRAME = 1.5
"""Pixels that the line around a hollow stretch is thick."""


@dataclass(frozen=True)
class Mark:
    """One party: its stance ("" for not asked), and where its mark begins, in pixels."""

    stance: str
    x: int


@dataclass(frozen=True)
class Stretch:
    """All parties of one stance: where the stretch begins, and how wide it is, in pixels."""

    stance: str
    x: float
    width: float

    @property
    def hollow_x(self) -> float:
        """Where the frame of a hollow stretch begins: half its line lies outside."""
        return round(self.x + FRAME / 2, 2)

    @property
    def hollow_width(self) -> float:
        return round(max(self.width - FRAME, 0.5), 2)


@dataclass(frozen=True)
class Picture:
    """Either `marks`, one a party, or `stretches`."""

    marks: list[Mark]
    stretches: list[Stretch]


def picture_of(item: RegisterItem) -> Picture:
    """The picture of `item`. Up to 16 parties have a mark each; with more, 240 pixels are all of
    them, and nobody who stands alone falls below two pixels."""
    counts = [
        ("agree", item.agree),
        ("live", item.live),
        ("disagree", item.disagree),
        ("", item.not_asked),
    ]
    total = sum(count for _stance, count in counts)
    if total * PITCH <= WIDTH:
        stances = [stance for stance, count in counts for _ in range(count)]
        return Picture([Mark(stance, PITCH * n) for n, stance in enumerate(stances)], [])
    stretches, x = [], 0.0
    for stance, count in counts:
        if count:
            width = max(WIDTH * count / total, 2.0)
            stretches.append(Stretch(stance, round(x, 1), round(width, 1)))
            x += width
    return Picture([], stretches)
