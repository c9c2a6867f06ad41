"""What the scorecard asks of a member: of each element that is not strong, as much as fits."""

from __future__ import annotations

from dataclasses import dataclass

from .element_report import ElementReport
from .report import Report
from .texts import Advice


@dataclass(frozen=True)
class Density:
    """How much the second page holds: at most so many things for an element, in which type.

    `cut`: whatever still does not fit is cut off, so that there are two pages in any case.
    """

    items: int
    tight: bool = False
    cut: bool = False


DENSITIES = (Density(3), Density(3, tight=True), Density(2, tight=True), Density(1, True, cut=True))


@dataclass(frozen=True)
class Ask:
    """What is asked for the sake of one element."""

    element: ElementReport
    items: tuple[Advice, ...]


def asks(report: Report, density: Density) -> list[Ask]:
    """What is asked, the deciding element first. Empty where all that is known is strong."""
    return [
        Ask(element, element.asked[: density.items]) for element in report.asked if element.asked
    ]
