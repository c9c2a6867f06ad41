"""Whose answers count in a figure: those of full batches, so that no alliance can be singled out.

Rounds are taken in the order in which they were closed, and gathered until what they bring makes a
full batch; then the next begins. A figure is over all full batches. What a further round changes is
not told before a whole batch has come, and whoever knows all answers of one alliance and takes them
out of a batch is left with two others at least. Nothing is stored: the same rounds give the same
batches, and a round that is closed later comes after them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assessments.scoring import AnswerSheet

LEAST_RESPONDENTS = 30
LEAST_ALLIANCES = 3
LEAST_OF_A_ROUND = 5
"""A round that fewer answered counts in no figure (docs/scoring.md, who may see what)."""


@dataclass(frozen=True)
class ClosedRound:
    """What was answered in one round, by whom of which organisation on its roster."""

    alliance: int
    """Its key."""
    threshold: int
    """How many of this round a figure needs, to take any: its threshold, at least five."""
    sheets: tuple[AnswerSheet, ...]
    asked: frozenset[str] = frozenset()
    """Codes of the questions that it asked, where these were not all of the bank's."""

    def asks(self, *codes: str) -> bool:
        """Whether it asked all these questions."""
        return not self.asked or self.asked.issuperset(codes)


@dataclass(frozen=True)
class Share:
    """What one round brings to a figure."""

    alliance: int
    respondents: int
    answers: Mapping[object, int] = field(default_factory=dict)
    """How many gave each answer that must not turn out to be everybody's."""


def full_batches(steps: Sequence[Sequence[Share]]) -> list[list[int]]:
    """The places of `steps`, in order, gathered into full batches; what fills none is left out.

    A step is never parted: one round, or one batch of a figure that this one is told beside.
    """
    batches: list[list[int]] = []
    places: list[int] = []
    gathered: list[Share] = []
    for place, shares in enumerate(steps):
        places.append(place)
        gathered.extend(shares)
        if _is_full(gathered):
            batches.append(places)
            places, gathered = [], []
    return batches


def _is_full(shares: Sequence[Share]) -> bool:
    alliances = {share.alliance for share in shares if share.respondents}
    if len(alliances) < LEAST_ALLIANCES:
        return False
    if sum(share.respondents for share in shares) < LEAST_RESPONDENTS:
        return False
    # Where all others gave the same answer, whoever takes out their own alliance reads each of them.
    return not any(
        _gave_the_same(share for share in shares if share.alliance != left_out)
        for left_out in alliances
    )


def _gave_the_same(shares: Iterable[Share]) -> bool:
    respondents = 0
    answers: Counter[object] = Counter()
    for share in shares:
        respondents += share.respondents
        answers.update(share.answers)
    return respondents in answers.values()
