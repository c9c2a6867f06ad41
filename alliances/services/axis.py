"""The line under a picture: where it begins and ends, its ticks, and where on it a value stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from alliances.services import figures

STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
MOST_STEPS = 4
ROOM = 9
"""The longest label of which five stand side by side on a telephone."""


@dataclass(frozen=True)
class Tick:
    """A hairline across the picture; `label` is empty where there is no room for it."""

    value: Decimal
    share: Decimal
    label: str

    @property
    def place(self) -> str:
        return percent(self.share)


@dataclass(frozen=True)
class Axis:
    """From `low` to `high`, in equal steps."""

    low: Decimal
    high: Decimal
    step: Decimal

    def share(self, value: Decimal) -> Decimal:
        """Where `value` stands: 0 at the beginning, 1 at the end."""
        return (value - self.low) / (self.high - self.low)

    def place(self, value: Decimal) -> str:
        """The same in per cent, as SVG takes it."""
        return percent(self.share(value))

    @property
    def ticks(self) -> list[Tick]:
        values = list(self._values())
        labels = [figures.number(value) for value in values]
        if max(len(label) for label in labels) > ROOM:
            labels[1:-1] = [""] * (len(labels) - 2)
        return [
            Tick(value, self.share(value), label)
            for value, label in zip(values, labels, strict=True)
        ]

    def _values(self) -> Iterator[Decimal]:
        value = self.low
        while value <= self.high:
            yield value
            value += self.step


def axis_over(low: Decimal, high: Decimal) -> Axis:
    """An axis of at most five ticks that holds both, `low` and `high`, on round numbers."""
    if low == high:
        low, high = low - abs(low) / 2, high + abs(high) / 2
    if low == high:
        high = low + 1
    # One too narrow for the first step may need the next, because its ends fall between two ticks.
    power = Decimal(1).scaleb((high - low).adjusted() - 1)
    while True:
        for factor in STEPS:
            step = factor * power
            begin = (low / step).to_integral_value(ROUND_FLOOR) * step
            end = (high / step).to_integral_value(ROUND_CEILING) * step
            if end - begin <= MOST_STEPS * step:
                return Axis(low=begin, high=end, step=step)
        power *= 10


def percent(share: Decimal) -> str:
    """A share as SVG takes it: "12.34%"."""
    return f"{share * 100:.2f}%"
