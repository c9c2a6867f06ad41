"""Positions, respondents' scores, organisations' scores, and an element's score (steps 1 to 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .agreement import Agreement, agreement
from .input import AnswerSheet, DimensionRules, QuestionRules
from .questions import QuestionScore


@dataclass(frozen=True)
class Given:
    """What one respondent answered to the questions of an element."""

    organisation: str
    score: Fraction | None
    """0–100; None where too little was answered."""
    values: Mapping[str, int]
    """By question code, as they were given; what has no value is absent."""


@dataclass(frozen=True)
class ElementScore:
    """What was found on one element, before anyone decides what may be published of it."""

    code: str
    person_scores: tuple[tuple[str, Fraction], ...]
    """Organisation and score (0–100) of each respondent who has one."""
    organisation_scores: tuple[tuple[str, Fraction], ...]
    """Name and score (0–100) of each organisation that has one, by name."""
    dont_know: Fraction | None
    """Share of don't know among the questions put to respondents, 0–1."""
    agreement: Agreement | None
    questions: tuple[QuestionScore, ...]
    given: tuple[Given, ...]
    """One for each respondent, in an order that tells nothing of who sent in when."""

    @property
    def people(self) -> int:
        return len(self.person_scores)

    @property
    def organisations(self) -> int:
        return len(self.organisation_scores)

    @property
    def score(self) -> Fraction | None:
        """Step 4: the mean of the organisations' scores. One organisation, one voice."""
        return _mean([score for _, score in self.organisation_scores])

    @property
    def person_mean(self) -> Fraction | None:
        """The mean over respondents, whatever their organisation."""
        return _mean([score for _, score in self.person_scores])

    @property
    def end(self) -> Fraction | None:
        """0 or 100 where every respondent's score stands there; else None."""
        scores = {score for _, score in self.person_scores}
        return scores.pop() if scores in ({Fraction(0)}, {Fraction(100)}) else None


def position(question: QuestionRules, value: int) -> Fraction:
    """Step 1: where a value stands on 0–100, after reversal.

    Raises ValueError for a value off the scale.
    """
    if not question.minimum <= value <= question.maximum:
        raise ValueError(f"{question.code}: {value} is off the scale")
    share = Fraction(100 * (value - question.minimum), question.maximum - question.minimum)
    return 100 - share if question.reverse else share


def respondent_score(dimension: DimensionRules, sheet: AnswerSheet) -> Fraction | None:
    """Step 2: the weighted mean of the positions, 0–100.

    None unless at least half of the questions that were not answered "not applicable" have a
    position, and at least one has.
    """
    applicable = [q for q in dimension.questions if sheet.answers.get(q.code) != "na"]
    placed = [
        (question, position(question, value))
        for question in applicable
        if isinstance(value := sheet.answers.get(question.code), int)
    ]
    if not placed or 2 * len(placed) < len(applicable):
        return None
    weights = sum((question.weight for question, _ in placed), Fraction(0))
    return sum((question.weight * at for question, at in placed), Fraction(0)) / weights


def score_element(dimension: DimensionRules, sheets: Sequence[AnswerSheet]) -> ElementScore:
    """Steps 1 to 5 for one element over all respondents. The order of `sheets` does not matter."""
    person_scores = sorted(
        (sheet.organisation, score)
        for sheet in sheets
        if (score := respondent_score(dimension, sheet)) is not None
    )
    by_organisation: dict[str, list[Fraction]] = {}
    for organisation, score in person_scores:
        by_organisation.setdefault(organisation, []).append(score)
    questions = tuple(_question_score(question, sheets) for question in dimension.questions)
    put = len(dimension.questions) * len(sheets)
    dont_know = sum(
        sheet.answers.get(question.code) == "dk"
        for sheet in sheets
        for question in dimension.questions
    )
    return ElementScore(
        code=dimension.code,
        person_scores=tuple(person_scores),
        organisation_scores=tuple(
            (name, Fraction(sum(scores), len(scores))) for name, scores in by_organisation.items()
        ),
        dont_know=Fraction(dont_know, put) if put else None,
        agreement=agreement(questions),
        questions=questions,
        given=_given(dimension, sheets),
    )


def _given(dimension: DimensionRules, sheets: Sequence[AnswerSheet]) -> tuple[Given, ...]:
    rows = [
        Given(
            organisation=sheet.organisation,
            score=respondent_score(dimension, sheet),
            values={
                question.code: value
                for question in dimension.questions
                if isinstance(value := sheet.answers.get(question.code), int)
            },
        )
        for sheet in sheets
    ]
    return tuple(sorted(rows, key=lambda row: (row.organisation, sorted(row.values.items()))))


def _question_score(question: QuestionRules, sheets: Sequence[AnswerSheet]) -> QuestionScore:
    values = sorted(
        value for sheet in sheets if isinstance(value := sheet.answers.get(question.code), int)
    )
    return QuestionScore(
        code=question.code,
        minimum=question.minimum,
        maximum=question.maximum,
        reverse=question.reverse,
        weight=question.weight,
        values=tuple(values),
    )


def _mean(scores: Sequence[Fraction]) -> Fraction | None:
    return Fraction(sum(scores), len(scores)) if scores else None
