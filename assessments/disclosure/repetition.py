"""What a round would tell of a few people to whoever takes it that all others said what they had said before.

The figures of two rounds whose people differ by one to k − 1 can be taken from each other. What is left
is what those few said, if nobody else changed an answer. As a rule somebody has, and the figures show it: a
difference is more than the few could have made. Where none is, the later round tells less of that element.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

from assessments.scoring import ElementScore, QuestionScore

from .certainty import leaves_certain
from .findings import FormerRound, Told
from .withholding import Disclosed, disclose_element, withheld

HALF_A_CENT = Fraction(1, 200)
"""Means are told to two decimals."""


def disclose_beside(
    element: ElementScore,
    former: Sequence[FormerRound],
    *,
    confidential: bool,
    threshold: int,
    respondents: int,
) -> Disclosed:
    """What may be told of `element` beside what the `former` rounds told of it, otherwise as
    `disclose_element` has it.

    Where nothing denies that all but a few said the same again, each of those few may be known by their
    score on the element, in both rounds. Then no mean of a question is told and no paired change, and no answer
    of theirs may need another score; nothing is told where it did in the former round.
    """
    disclosed = disclose_element(
        element, confidential=confidential, threshold=threshold, respondents=respondents
    )
    if not confidential or disclosed.withheld:
        return disclosed
    few = [
        before
        for before in former
        if before.fewest < max(threshold, before.threshold)
        and before.joined + before.left
        and element.code in before.told
        and not _denied(element, disclosed, before)
    ]
    if not few:
        return disclosed
    if any(_gives_away(element.code, before) for before in few if element.code in before.alike):
        return withheld(element)
    alone = frozenset().union(*(before.changed for before in few))
    disclosed = disclose_element(
        element,
        confidential=True,
        threshold=threshold,
        respondents=respondents,
        alone=alone,
    )
    return replace(disclosed, paired=False)


def _gives_away(code: str, before: FormerRound) -> bool:
    """Whether what was told of the former round leaves an answer certain, once the scores of the few are
    known; taken for so where its answers are not all there any more."""
    if not before.confidential:
        return False  # told by organisation, to whoever answered it
    was = before.elements.get(code)
    if was is None:
        return True
    figures = disclose_element(
        was, confidential=True, threshold=before.threshold, respondents=before.respondents
    ).figures
    return figures is not None and leaves_certain(was, replace(figures, alone=before.changed))


def _denied(element: ElementScore, disclosed: Disclosed, before: FormerRound) -> bool:
    """Whether what is told of the questions in both rounds differs by more than the few could have made."""
    told = before.told.get(element.code, {})
    return any(
        not _few_could(question, told[question.code], before)
        for question in element.questions
        if question.code in told and question.code not in disclosed.withheld_questions
    )


def _few_could(now: QuestionScore, told: Told, before: FormerRound) -> bool:
    """Whether so many who joined and who left could have made the difference of the two sums."""
    people = now.people - told.people
    least_before = ceil((told.mean - HALF_A_CENT) * told.people)
    most_before = floor((told.mean + HALF_A_CENT) * told.people)
    least_more, most_more = sum(now.values) - most_before, sum(now.values) - least_before
    for came in range(before.joined + 1):
        went = came - people
        if 0 <= went <= before.left:
            least = came * now.minimum - went * now.maximum
            most = came * now.maximum - went * now.minimum
            if least <= most_more and least_more <= most:
                return True
    return False
