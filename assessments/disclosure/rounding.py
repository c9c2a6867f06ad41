"""From exact figures to what is shown."""

from __future__ import annotations

import math
from fractions import Fraction


def two_decimals(figure: Fraction | int | None) -> int | float | None:
    """`figure` to two decimals, half up; a whole number where it is one; None stays None."""
    if figure is None:
        return None
    hundredths = math.floor(figure * 100 + Fraction(1, 2))
    return hundredths // 100 if hundredths % 100 == 0 else hundredths / 100
