"""Which figures are withheld, and which are told only as an end of the scale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.scoring import Agreement, ElementScore, QuestionScore

from .certainty import End, Figures, Spread, leaves_certain

EXTREME_HIGH = Fraction(95)
"""Read "95 or above"."""
EXTREME_LOW = Fraction(5)
"""Read "5 or below"."""
LEAST_QUESTIONS = 3
"""On fewer, how far answers differ is not told."""
HIGH = End(told=EXTREME_HIGH, least=EXTREME_HIGH, greatest=Fraction(100))
LOW = End(told=EXTREME_LOW, least=Fraction(0), greatest=EXTREME_LOW)


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
    figures: Figures | None = None
    """Which of them a confidential round tells; None where it tells none, and of an open round, which
    tells all."""
    organisation_scores: tuple[tuple[str, Fraction], ...] = ()
    """For what derives from them; shown by name in open rounds alone."""
    withheld_questions: frozenset[str] = frozenset()
    paired: bool = True
    """Whether what changed of those who answered twice may be told, if nothing else is against it."""

    @property
    def spread(self) -> Spread:
        """How much is told of how far answers differ, beside whether people agreed."""
        return Spread.EXACT if self.figures is None else self.figures.spread


def disclose_element(
    element: ElementScore,
    *,
    confidential: bool,
    threshold: int,
    respondents: int,
    alone: frozenset[str] | None = None,
) -> Disclosed:
    """Apply the promises of a confidential round to one element; an open round tells it as it is.

    In a confidential round an element is withheld on fewer than `threshold` respondents to the
    round, or people with a score on it. Else as much is told as leaves no answer certain; near an end of
    the scale that end's 95 or 5 alone, with all that derives from it, and no agreement.

    `alone`: the organisations of which each respondent's score may be worked out from another round
    (`repetition`); no means of questions are told beside that.
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
        return withheld(element)
    figures = _tellable(element, threshold, alone)
    if figures is None:
        return withheld(element)
    end = None if figures.ends is None else figures.ends.told
    return Disclosed(
        code=element.code,
        withheld=False,
        extreme=end is not None,
        score=element.score if end is None else end,
        person_mean=end or (element.person_mean if figures.person_mean else None),
        people=element.people,
        organisations=element.organisations,
        dont_know=element.dont_know,
        agreement=element.agreement if figures.agreed and end is None else None,
        figures=figures,
        organisation_scores=tuple(
            (name, score if end is None else end) for name, score in element.organisation_scores
        ),
        withheld_questions=frozenset(q.code for q in element.questions) - figures.means,
    )


def withheld(element: ElementScore) -> Disclosed:
    """Nothing is told of `element`."""
    return Disclosed(
        code=element.code,
        withheld=True,
        withheld_questions=frozenset(question.code for question in element.questions),
    )


def _tellable(
    element: ElementScore, threshold: int, alone: frozenset[str] | None
) -> Figures | None:
    """The most that can be told of an element without leaving anybody's answer certain: all, else less of
    it step by step; None for nothing."""
    steps = _steps(element, threshold) if alone is None else _steps_beside(element, alone)
    return next((found for found in steps if not leaves_certain(element, found)), None)


def _steps(element: ElementScore, threshold: int) -> Iterator[Figures]:
    hidden = withheld_questions(element.questions, threshold=threshold)
    person_mean = not told_apart(people_of(element), threshold=threshold)
    if not person_mean and not hidden:
        hidden = frozenset([_least_answered(element.questions).code])
    shown = [question for question in element.questions if question.code not in hidden]
    means = frozenset(question.code for question in shown)
    spreads = _spreads(element, threshold)
    if not any(question.nearly_at_one_end for question in shown):
        for spread in spreads:
            if spread is Spread.EXACT and any(question.may_be_alike for question in shown):
                continue
            yield Figures(means=means, spread=spread, person_mean=person_mean)
    for spread in spreads:
        if spread is not Spread.EXACT:
            yield Figures(spread=spread)
    yield from _ends(element, frozenset())


def _steps_beside(element: ElementScore, alone: frozenset[str]) -> Iterator[Figures]:
    """Beside another round in which all others may have said the same: the score alone. How far they differ
    would tell of both rounds at once."""
    yield Figures(agreed=False, alone=alone)
    yield from _ends(element, alone)


def _ends(element: ElementScore, alone: frozenset[str]) -> Iterator[Figures]:
    for end in (HIGH, LOW):
        if element.score is not None and end.least <= element.score <= end.greatest:
            yield Figures(ends=end, alone=alone)


def _spreads(element: ElementScore, threshold: int) -> tuple[Spread, ...]:
    """How much may be told of how far answers differ, the most first. Of a small table nothing: there, which of
    these is told would itself say that all answered alike."""
    large = element.people >= 2 * threshold and len(element.questions) >= LEAST_QUESTIONS
    return tuple(Spread) if large else (Spread.NONE,)


def told_apart(sizes: Mapping[str, int], *, threshold: int) -> frozenset[str]:
    """The organisations that score and person mean together would tell of; none where neither tells of few.

    `sizes`: how many people of each organisation count. The score counts organisations alike, the person mean people: of
    organisations that sent as many people each, both weigh the same. A combination of the two leaves out all
    organisations of one size; who is left are a group by itself, which needs `threshold` people of two
    organisations or more. Of several that are too small it is the smallest.
    """
    small = []
    for size in set(sizes.values()):
        left = frozenset(name for name, people in sizes.items() if people != size)
        people = sum(sizes[name] for name in left)
        if left and (people < threshold or len(left) < 2):
            small.append((people, sorted(left)))
    return frozenset(min(small)[1]) if small else frozenset()


def people_of(element: ElementScore) -> dict[str, int]:
    """How many people of each organisation have a score on `element`."""
    return dict(Counter(name for name, _score in element.person_scores))


def _least_answered(questions: Sequence[QuestionScore]) -> QuestionScore:
    """The last of equals."""
    return min(reversed(questions), key=lambda question: question.people)


def withheld_questions(questions: Sequence[QuestionScore], *, threshold: int) -> frozenset[str]:
    """Codes of an element's questions that a confidential round keeps to itself.

    Those that fewer than `threshold` people answered. One alone could be worked out from the element's score and
    the other questions, so the next least answered (the first of equals) goes with it.
    """
    few = {question.code for question in questions if question.people < threshold}
    if len(few) == 1:
        shown = [question for question in questions if question.code not in few]
        if shown:
            few.add(min(shown, key=lambda question: question.people).code)
    return frozenset(few)
