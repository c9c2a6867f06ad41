"""Movement since an earlier round, and whether it is more than noise (step 11)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

MINIMUM_PAIRS = 5


@dataclass(frozen=True)
class PairedChange:
    """Mean difference of the organisations that answered in both rounds."""

    pairs: int
    difference: Fraction
    low: float
    high: float
    """The 95% t interval."""

    @property
    def more_than_noise(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.low > 0 or self.high < 0


def paired_change(
    now: Mapping[str, Fraction], before: Mapping[str, Fraction]
) -> PairedChange | None:
    """Step 11 over organisations' scores (0–100) by name. None where fewer than five are in both."""
    differences = [now[name] - before[name] for name in sorted(now.keys() & before.keys())]
    count = len(differences)
    if count < MINIMUM_PAIRS:
        return None
    mean = sum(differences, Fraction(0)) / count
    variance = sum(((d - mean) ** 2 for d in differences), Fraction(0)) / (count - 1)
    half = t_quantile_975(count - 1) * math.sqrt(variance / count)
    return PairedChange(count, mean, float(mean) - half, float(mean) + half)


@cache
def t_quantile_975(degrees: int) -> float:
    """The value that Student's t with `degrees` ≥ 1 stays below with probability 0.975.

    Found by halving an interval on the distribution's finite series for whole degrees of freedom
    (Abramowitz & Stegun, Handbook of Mathematical Functions, 1964, 26.7.3 and 26.7.4).
    """
    low, high = 1.9, 13.0
    for _ in range(60):
        middle = (low + high) / 2
        if _central_probability(middle, degrees) < 0.95:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _central_probability(t: float, degrees: int) -> float:
    """The probability that Student's t lies between −t and t."""
    angle = math.atan(t / math.sqrt(degrees))
    cosine_squared = math.cos(angle) ** 2
    odd = degrees % 2
    term = total = math.cos(angle) if odd else 1.0
    for step in range(2 + odd, degrees - 1, 2):
        term *= cosine_squared * (step - 1) / step
        total += term
    if not odd:
        return math.sin(angle) * total
    return 2 / math.pi * (angle + (math.sin(angle) * total if degrees > 1 else 0.0))
