"""What was answered to one question, over all respondents."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class QuestionScore:
    """What was answered to one question."""

    code: str
    minimum: int
    maximum: int
    reverse: bool
    weight: Fraction
    values: tuple[int, ...]
    """The values as they were given, not reversed; in no order."""

    @property
    def people(self) -> int:
        """How many gave a value."""
        return len(self.values)

    @property
    def mean(self) -> Fraction | None:
        """Mean of the values as they were given, on the question's own scale."""
        return Fraction(sum(self.values), len(self.values)) if self.values else None

    @property
    def may_be_alike(self) -> bool:
        """Whether the mean is a value of the scale, so that all may have given that one."""
        return self.mean is not None and self.mean.denominator == 1

    @property
    def nearly_at_one_end(self) -> bool:
        """Whether all who answered, or all but one of them, stand at the same end of the scale."""
        counts = [self.values.count(self.minimum), self.values.count(self.maximum)]
        return bool(self.values) and max(counts) >= len(self.values) - 1

    @property
    def at_one_end(self) -> bool:
        """Whether all who answered stand at the same end of the scale."""
        return bool(self.values) and set(self.values) in ({self.minimum}, {self.maximum})
