"""What a reading looks at: the parts of a result."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Part:
    """A dimension as a result tells it. `score` is 0–100, None where none is told; so is `band`."""

    code: str
    score: Fraction | None
    band: str | None

    @property
    def is_strong(self) -> bool:
        return self.band == "strong"
