"""From the closed rounds of a version to the figures of its questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assessments.models import Answer, Bank, Response, Round
from assessments.scoring import AnswerSheet
from assessments.services.sheets import bank_rules
from assessments.statistics import (
    LEAST_OF_A_ROUND,
    BankFigures,
    ClosedRound,
    Share,
    full_batches,
)


@dataclass(frozen=True)
class _Counted:
    """A round that may count, and how many had sent in when it closed, as its result says."""

    pk: int
    alliance: int
    threshold: int
    respondents: int
    asked: frozenset[str]


def read_statistics(bank: Bank) -> BankFigures | None:
    """What may be told of the questions of `bank`; None before the first batch of rounds is full.

    Where answers of a round were deleted since, by whoever gave them or because their time was over,
    its whole batch counts no more: what was told before, less what is told after, is then a batch, and
    no single answer. Batches stay as they were: they follow from the results, which do not change.

    Five queries, whatever the number of rounds, and one where nothing is told.
    """
    counted = _rounds_that_count(bank)
    places = full_batches([[Share(one.alliance, one.respondents)] for one in counted])
    if not places:
        return None
    # Only here, and not with the module: no other page should wait for numpy and scipy.
    from assessments.statistics.study import study_bank

    batches = [[counted[place] for place in batch] for batch in places]
    sheets = _sheets_by_round([one.pk for batch in batches for one in batch])
    batches = [
        batch for batch in batches if all(len(sheets[one.pk]) == one.respondents for one in batch)
    ]
    if not batches:
        return None
    return study_bank(
        bank_rules(bank),
        [
            [
                ClosedRound(one.alliance, one.threshold, tuple(sheets[one.pk]), one.asked)
                for one in batch
            ]
            for batch in batches
        ],
    )


def _rounds_that_count(bank: Bank) -> list[_Counted]:
    """Rounds with a result that enough people answered, in the order in which they were closed.

    That order is the order of their results. The time of closing may lie in the past, for a round
    that took place elsewhere; it would come between rounds that have been told of already.
    """
    rounds = (
        Round.objects.filter(
            bank=bank, about_name="", status=Round.Status.CLOSED, result__isnull=False
        )
        .order_by("result__pk")
        .values_list(
            "pk",
            "alliance_id",
            "mode",
            "threshold",
            "asked",
            "result__document__responses__people",
        )
    )
    counted = [
        _Counted(pk, alliance, _least(mode, threshold), respondents, frozenset(asked))
        for pk, alliance, mode, threshold, asked, respondents in rounds
    ]
    return [one for one in counted if one.respondents >= one.threshold]


def _least(mode: str, threshold: int) -> int:
    """How many of a round a figure needs. The threshold of an open round hides nothing from anybody."""
    own = threshold if mode == Round.Mode.CONFIDENTIAL else 0
    return max(LEAST_OF_A_ROUND, own)


def _sheets_by_round(rounds: Sequence[int]) -> dict[int, list[AnswerSheet]]:
    """The answers that were sent in, by round. Two queries.

    The responses last: one that is deleted meanwhile is missed, and its answers with it.
    """
    answers: dict[Any, dict[str, Any]] = defaultdict(dict)
    sent_in = {"response__round__in": rounds, "response__submitted": True}
    for response, code, kind, value in (
        Answer.objects.filter(**sent_in)
        .values_list("response_id", "question__code", "kind", "value")
        .iterator()
    ):
        answers[response][code] = value if kind == Answer.Kind.VALUE else kind
    sheets: dict[int, list[AnswerSheet]] = defaultdict(list)
    for response, round_, organisation in Response.objects.filter(
        round__in=rounds, submitted=True
    ).values_list("pk", "round_id", "organisation_id"):
        sheets[round_].append(AnswerSheet(str(organisation), answers[response]))
    return sheets
