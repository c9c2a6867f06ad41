"""Whether people of one organisation answer alike: ICC(1) and ICC(2).

Bliese, in Klein & Kozlowski (eds), Multilevel Theory, Research, and Methods in Organizations (2000),
pp. 349–381; Shrout & Fleiss, Psychological Bulletin 86 (1979), pp. 420–428, their case 1. For groups
of unequal size, the size that stands for all: Sokal & Rohlf, Biometry (1995), box 9.1.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .figures import Intraclass


def intraclass(groups: Sequence[Sequence[float]]) -> Intraclass | None:
    """ICC(1) and ICC(2) of scores by organisation: two or more of them, with two or more each.

    None where all scores are the same.
    """
    scores = [np.asarray(group, dtype=float) for group in groups]
    together = np.concatenate(scores)
    if not np.ptp(together):
        return None
    sizes = np.array([group.size for group in scores])
    means = np.array([group.mean() for group in scores])
    people, organisations = together.size, len(scores)
    size = (people - (sizes**2).sum() / people) / (organisations - 1)
    between = (sizes * (means - together.mean()) ** 2).sum() / (organisations - 1)
    within = sum(_squares(group) for group in scores) / (people - organisations)
    return Intraclass(
        people=people,
        organisations=organisations,
        icc1=float((between - within) / (between + (size - 1) * within)),
        icc2=float((between - within) / between) if between > within else None,
    )


def _squares(group: np.ndarray) -> float:
    """Sum of the squared deviations from the mean; exactly 0 where all are the same."""
    return float(((group - group.mean()) ** 2).sum()) if np.ptp(group) else 0.0
