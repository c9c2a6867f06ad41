"""Which figures are withheld, and which are told only as an end of the scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.scoring import Agreement, ElementScore, QuestionScore

EXTREME_HIGH = Fraction(95)
"""Read "95 or above"."""
EXTREME_LOW = Fraction(5)
"""Read "5 or below"."""


@dataclass(frozen=True)
class Disclosed:
    """What may be told of one element. Where `withheld`, every figure is None or empty."""

    code: str
    withheld: bool
    extreme: bool = False
    score: Fraction | None = None
    person_mean: Fraction | None = None
    people: int | None = None
    organisations: int | None = None
    dont_know: Fraction | None = None
    agreement: Agreement | None = None
    organisation_scores: tuple[tuple[str, Fraction], ...] = ()
    """For what derives from them; shown by name in open rounds alone."""
    withheld_questions: frozenset[str] = frozenset()


def disclose_element(
    element: ElementScore, *, confidential: bool, threshold: int, respondents: int
) -> Disclosed:
    """Apply the promises of a confidential round to one element; an open round tells it as it is.

    In a confidential round an element is withheld on fewer than `threshold` respondents to the
    round, or people with a score on it. Where all of them stand at one end, the score is told as
    that end's 95 or 5, with all that derives from it, and no agreement: that all agree fully at an
    end would tell each one's answers.
    """
    if not confidential:
        return Disclosed(
            code=element.code,
            withheld=False,
            score=element.score,
            person_mean=element.person_mean,
            people=element.people,
            organisations=element.organisations,
            dont_know=element.dont_know,
            agreement=element.agreement,
            organisation_scores=element.organisation_scores,
        )
    if respondents < threshold or element.people < threshold:
        return Disclosed(
            code=element.code,
            withheld=True,
            withheld_questions=frozenset(question.code for question in element.questions),
        )
    end = element.end
    told = None if end is None else (EXTREME_HIGH if end == 100 else EXTREME_LOW)
    return Disclosed(
        code=element.code,
        withheld=False,
        extreme=told is not None,
        score=element.score if told is None else told,
        person_mean=element.person_mean if told is None else told,
        people=element.people,
        organisations=element.organisations,
        dont_know=element.dont_know,
        agreement=element.agreement if told is None else None,
        organisation_scores=tuple(
            (name, score if told is None else told) for name, score in element.organisation_scores
        ),
        withheld_questions=withheld_questions(element.questions, threshold=threshold),
    )


def withheld_questions(questions: Sequence[QuestionScore], *, threshold: int) -> frozenset[str]:
    """Codes of an element's questions that a confidential round keeps to itself.

    Those that fewer than `threshold` people answered, and those where all stand at the same end. One
    alone could be worked out from the element's score and the other questions, so the next least
    answered (the first of equals) goes with it. A question at an end covers nothing, for its answers
    are two guesses at most: one that few answered needs company that is neither.
    """
    few = {question.code for question in questions if question.people < threshold}
    at_end = {question.code for question in questions if question.at_one_end} - few
    withheld = few | at_end
    if len(few) == 1 or len(withheld) == 1:
        shown = [question for question in questions if question.code not in withheld]
        if shown:
            withheld.add(min(shown, key=lambda question: question.people).code)
    return frozenset(withheld)
