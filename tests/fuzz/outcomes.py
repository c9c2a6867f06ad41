"""What came of all that was sent, told at the end of a run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Outcomes:
    """Answers by status, how many stored something, and the slowest."""

    statuses: Counter[int] = field(default_factory=Counter)
    stored: int = 0
    seconds: float = 0.0
    slowest: list[tuple[float, str]] = field(default_factory=list)

    def note(self, status: int, seconds: float, what: str, *, stored: bool) -> None:
        """One answer, after so many `seconds`."""
        self.statuses[status] += 1
        self.stored += stored
        self.seconds += seconds
        self.slowest = sorted([*self.slowest, (seconds, what[:160])], reverse=True)[:5]

    def lines(self) -> list[str]:
        """In words, for the terminal."""
        by_status = ", ".join(
            f"{status}: {count}" for status, count in sorted(self.statuses.items())
        )
        return [
            f"{self.statuses.total()} inputs, {self.stored} of which stored something, "
            f"answered in {self.seconds:.0f} s ({by_status}); the slowest:",
            *(f"  {seconds:.2f} s  {what}" for seconds, what in self.slowest),
        ]


OUTCOMES = Outcomes()
