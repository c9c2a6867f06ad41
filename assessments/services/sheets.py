"""What was answered in a round, and by which rules it is scored, as scoring takes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from assessments.models import Answer, Bank, Response, Result, Round
from assessments.scoring import AnswerSheet, DimensionRules, QuestionRules


def bank_rules(bank: Bank) -> list[DimensionRules]:
    """How `bank` is scored, in its order. Two queries."""
    return [
        DimensionRules(
            code=dimension.code,
            questions=tuple(
                QuestionRules(
                    code=question.code,
                    minimum=question.minimum,
                    maximum=question.maximum,
                    reverse=question.reverse,
                    weight=Fraction(question.weight),
                )
                for question in dimension.questions.all()
            ),
        )
        for dimension in bank.dimensions.prefetch_related("questions")
    ]


def round_rules(round: Round) -> list[DimensionRules]:
    """How `round` is scored: its bank, as far as it was asked. Two queries."""
    rules = bank_rules(round.bank)
    if not round.asked:
        return rules
    asked = [
        replace(rule, questions=tuple(q for q in rule.questions if round.asks(q.code)))
        for rule in rules
    ]
    return [rule for rule in asked if rule.questions]


def answer_sheets(
    round: Round, names: Mapping[int, str] | None = None, *, of_oneself: bool = False
) -> list[AnswerSheet]:
    """The answers that were sent in. Two queries.

    `names` gives other names to organisations on the roster, by key, as the comparison with a later
    round needs. `of_oneself`: those of the person that the round is about, in place of the others'.
    """
    organisations = {
        response: (names or {}).get(organisation, name)
        for response, organisation, name in Response.objects.filter(
            round=round, submitted=True, of_oneself=of_oneself
        ).values_list("pk", "organisation_id", "organisation__name")
    }
    answers: dict[Any, dict[str, Any]] = defaultdict(dict)
    for response, code, kind, value in Answer.objects.filter(
        response__round=round, response__submitted=True, response__of_oneself=of_oneself
    ).values_list("response_id", "question__code", "kind", "value"):
        answers[response][code] = value if kind == Answer.Kind.VALUE else kind
    return [
        AnswerSheet(organisation=name, answers=answers[response])
        for response, name in organisations.items()
    ]


def is_whole(round: Round) -> bool:
    """Whether all answers of the closed `round` are still there that its result came from. One query.

    Where some were deleted since, nothing may be worked out of the others: beside the published result
    it would tell what went.
    """
    result: Result | None = getattr(round, "result", None)
    if result is None:
        return False
    answered = Response.objects.filter(round=round, submitted=True, of_oneself=False).count()
    return bool(answered == result.document["responses"]["people"])
