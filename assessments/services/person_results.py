"""The result of a round about one person: collected, scored, disclosed, stored; for that person alone."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from assessments.disclosure import PersonFindings, publish_to_person
from assessments.models import Comment, Result, Round
from assessments.scoring import SCORING_VERSION, AnswerSheet, Bands, score_element
from assessments.services.results import digest_of, responses_digest
from assessments.services.sheets import answer_sheets, bank_rules


def publish_result_of_a_person(*, round: Round) -> Result:
    """Compute and store the result of `round`, which must be closed just now.

    Called by `close_round`, inside its transaction. Peers are one voice each: their organisations do
    not count here, so each sheet stands for an organisation of its own.
    """
    assert round.closed_at is not None  # noqa: S101 - by constraint
    own = answer_sheets(round, of_oneself=True)
    sent_in = answer_sheets(round)
    peers = [
        AnswerSheet(organisation=str(number), answers=sheet.answers)
        for number, sheet in enumerate(sent_in)
    ]
    rules = bank_rules(round.bank)
    publication = publish_to_person(
        PersonFindings(
            alliance=round.alliance.name,
            round=round.name,
            closed_at=round.closed_at.isoformat(timespec="seconds"),
            about=round.about_name,
            threshold=round.threshold,
            gap=round.bank.reading["gap"],
            bank_code=round.bank.code,
            bank_version=round.bank.version,
            bank_digest=round.bank.digest,
            bands=Bands(Fraction(round.bank.band_strong), Fraction(round.bank.band_mixed)),
            asked=round.invitations.filter(of_oneself=False).count(),
            answered=len(peers),
            own=tuple(score_element(rule, own) for rule in rules) if own else None,
            peers=tuple(score_element(rule, peers) for rule in rules),
            comments=_comments_of_peers(round),
        )
    )
    return Result.objects.create(
        round=round,
        scoring=SCORING_VERSION,
        document=publication.document,
        comments=publication.comments,
        digest=digest_of({"document": publication.document, "comments": publication.comments}),
        responses_digest=responses_digest(round, [*own, *sent_in]),
    )


def _comments_of_peers(round: Round) -> dict[str, list[str]]:
    by_element: dict[str, list[str]] = defaultdict(list)
    for code, text in Comment.objects.filter(
        response__round=round, response__submitted=True, response__of_oneself=False
    ).values_list("dimension__code", "text"):
        by_element[code].append(text)
    return dict(by_element)
