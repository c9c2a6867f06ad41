"""From the answers of a closed round to its published result: collect, score, disclose, store."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django.utils import timezone

from assessments.disclosure import Findings, publish
from assessments.evidence import collect_evidence
from assessments.models import Comment, Result, Round
from assessments.scoring import (
    SCORING_VERSION,
    AnswerSheet,
    Bands,
    score_element,
)
from assessments.services.former_rounds import earlier_round, former_rounds
from assessments.services.sheets import answer_sheets, round_rules


def publish_result(*, round: Round) -> Result:
    """Compute and store the result of `round`, which must be closed just now.

    Called by `close_round`, inside its transaction. The figures are those of docs/scoring.md.
    """
    assert round.closed_at is not None  # noqa: S101 - a round that is closed has its time, by constraint
    dimensions = round_rules(round)
    sheets = answer_sheets(round)
    organisations = list(round.organisations.values_list("name", flat=True))
    findings = Findings(
        alliance=round.alliance.name,
        round=round.name,
        closed_at=round.closed_at.isoformat(timespec="seconds"),
        confidential=round.is_confidential,
        threshold=round.threshold,
        bank_code=round.bank.code,
        bank_version=round.bank.version,
        bank_digest=round.bank.digest,
        bands=Bands(Fraction(round.bank.band_strong), Fraction(round.bank.band_mixed)),
        roster_organisations=len(organisations),
        roster_people=round.invitations.count(),
        answered_organisations=tuple(sorted({sheet.organisation for sheet in sheets})),
        respondents=len(sheets),
        elements=tuple(score_element(dimension, sheets) for dimension in dimensions),
        records=collect_evidence(round.alliance, timezone.localdate(round.closed_at)),
        forecast=round.forecast,
        comments=_comments(round),
        earlier=earlier_round(round, dimensions),
        former=former_rounds(round, dimensions),
        reading=round.bank.reading or None,
    )
    publication = publish(findings)
    return Result.objects.create(
        round=round,
        scoring=SCORING_VERSION,
        document=publication.document,
        comments=publication.comments,
        digest=digest_of({"document": publication.document, "comments": publication.comments}),
        responses_digest=responses_digest(round, sheets),
    )


def responses_digest(round: Round, sheets: Sequence[AnswerSheet]) -> str:
    """The digest of what a result came from: bank, roster and answers as they were scored."""
    return digest_of(
        {
            "bank": round.bank.digest,
            "roster": sorted(round.organisations.values_list("name", flat=True)),
            "answers": sorted(
                json.dumps([sheet.organisation, sorted(sheet.answers.items())]) for sheet in sheets
            ),
        }
    )


def digest_of(content: Any) -> str:
    """`sha256:` and the hash of `content` written as JSON with sorted keys."""
    text = json.dumps(
        content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str
    )
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _comments(round: Round) -> dict[str, list[tuple[str, str]]]:
    by_element: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for code, organisation, text in Comment.objects.filter(
        response__round=round, response__submitted=True
    ).values_list("dimension__code", "response__organisation__name", "text"):
        by_element[code].append((organisation, text))
    return dict(by_element)
