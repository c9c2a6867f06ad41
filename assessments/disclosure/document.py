"""The published result, as JSON-ready values (docs/scoring.md, "Result as JSON")."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from assessments.readings import Part, read
from assessments.scoring import (
    SCORING_VERSION,
    Bands,
    Check,
    ElementScore,
    bounds,
    geometric_mean_rounded,
    is_firm,
    record_score,
    verdict,
)

from .certainty import Spread, up_to_quarters
from .comparison import comparison
from .findings import Findings, Publication
from .repetition import disclose_beside
from .rounding import two_decimals
from .withholding import Disclosed

SCHEMA = "northbound.result/1"


def publish(found: Findings) -> Publication:
    """Everything that may be known of a closed round, computed once.

    Verdict, index, bounds and comparison derive from the disclosed elements, never from what is
    withheld.
    """
    disclosed = {
        element.code: disclose_beside(
            element,
            found.former,
            confidential=found.confidential,
            threshold=found.threshold,
            respondents=found.respondents,
        )
        for element in found.elements
    }
    nothing = found.confidential and found.respondents < found.threshold
    scores = {code: element.score for code, element in disclosed.items()}
    told = [score for score in scores.values() if score is not None]
    limits = {code: _limits(element, found) for code, element in disclosed.items()}
    outcome = verdict(
        scores,
        bands=found.bands,
        roster_organisations=found.roster_organisations,
        answered_organisations=len(found.answered_organisations),
        respondents=found.respondents,
        threshold=found.threshold,
    )
    firm = is_firm(
        {code: low for code, (low, _) in limits.items()},
        {code: high for code, (_, high) in limits.items()},
        found.bands,
    )
    complete = bool(told) and len(told) == len(scores)
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "scoring": SCORING_VERSION,
        "alliance": found.alliance,
        "round": found.round,
        "closed_at": found.closed_at,
        "mode": "confidential" if found.confidential else "open",
        "k": found.threshold,
        "bank": {
            "code": found.bank_code,
            "version": found.bank_version,
            "digest": found.bank_digest,
        },
        "roster": {"organisations": found.roster_organisations, "people": found.roster_people},
        "responses": {
            "organisations": len(found.answered_organisations),
            "people": found.respondents,
        },
        "verdict": {"level": outcome.level, "deciding": list(outcome.deciding), "firm": firm},
        "index": two_decimals(geometric_mean_rounded(told)) if complete else None,
        "elements": [
            _element(
                element,
                disclosed[element.code],
                limits[element.code],
                found,
                # Records say nothing of answers, yet a round on which too few answered shows no figure.
                () if nothing else found.records.get(element.code, ()),
            )
            for element in found.elements
        ],
        "change": None if nothing else comparison(found, disclosed),
    }
    if found.reading is not None:
        document |= _read(found.reading, found.bands, disclosed, document["change"])
    return Publication(document=document, comments=_comments(found, disclosed))


def _read(
    reading: Mapping[str, Any],
    bands: Bands,
    disclosed: Mapping[str, Disclosed],
    change: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """The reading in place of verdict and index, which only the weakest element gives."""
    parts = [
        Part(code, element.score, None if element.score is None else bands.of(element.score))
        for code, element in disclosed.items()
    ]
    moved = [entry["difference"] for entry in change["elements"]] if change else []
    known = [Fraction(str(difference)) for difference in moved if difference is not None]
    # Movement is told of all parts together, or not at all.
    mean = Fraction(sum(known), len(known)) if known and len(known) == len(moved) else None
    return {
        "verdict": {"level": "none", "deciding": [], "firm": False},
        "index": None,
        "reading": read(reading, parts, mean),
    }


def _limits(element: Disclosed, found: Findings) -> tuple[Fraction, Fraction]:
    """Low and high; a withheld element counts as one on which nobody has a score."""
    return bounds(
        [score for _, score in element.organisation_scores], max(found.roster_organisations, 1)
    )


def _element(
    element: ElementScore,
    disclosed: Disclosed,
    limits: tuple[Fraction, Fraction],
    found: Findings,
    checks: Any,
) -> dict[str, Any]:
    score, agreement, spread = disclosed.score, disclosed.agreement, disclosed.spread
    expected = found.forecast.get(element.code)
    entry: dict[str, Any] = {
        "code": element.code,
        "score": two_decimals(score),
        "person_mean": two_decimals(disclosed.person_mean),
        "band": None if score is None else found.bands.of(score),
        "people": disclosed.people,
        "organisations": disclosed.organisations,
        "dont_know": two_decimals(disclosed.dont_know),
        "low": None if disclosed.withheld else two_decimals(limits[0]),
        "high": None if disclosed.withheld else two_decimals(limits[1]),
        "rwg": two_decimals(agreement.rwg) if agreement and spread is Spread.EXACT else None,
        "ad": two_decimals(agreement.ad) if agreement and spread is Spread.EXACT else None,
        "ad_up_to": two_decimals(up_to_quarters(agreement.ad))
        if agreement and spread is Spread.ROUNDED
        else None,
        "agreed": agreement.agreed if agreement else None,
        "extreme": disclosed.extreme,
        "withheld": disclosed.withheld,
        "forecast": None if expected is None or score is None else two_decimals(expected - score),
        "records": {
            "score": two_decimals(record_score(checks)),
            "checks": [_check(check) for check in checks],
        },
        "questions": [
            {
                "code": question.code,
                "mean": None if hidden else two_decimals(question.mean),
                "people": None if hidden else question.people,
                "withheld": hidden,
            }
            for question in element.questions
            for hidden in [question.code in disclosed.withheld_questions]
        ],
    }
    if not found.confidential:
        by_name: Mapping[str, Fraction] = dict(disclosed.organisation_scores)
        entry["by_organisation"] = [
            {"organisation": name, "score": two_decimals(by_name.get(name))}
            for name in sorted(found.answered_organisations)
        ]
    return entry


def _check(check: Check) -> dict[str, Any]:
    return {
        "code": check.code,
        "label": check.label,
        "state": check.state.value,
        "points": check.points,
        "fact": check.fact,
    }


def _comments(
    found: Findings, disclosed: Mapping[str, Disclosed]
) -> dict[str, list[dict[str, str | None]]]:
    """In a confidential round only where enough people commented on an element that is not withheld,
    by text, which tells no order."""
    if not found.confidential:
        return {
            code: [{"text": text, "organisation": name} for name, text in sorted(comments)]
            for code, comments in found.comments.items()
            if comments
        }
    return {
        code: [
            {"text": text, "organisation": None} for text in sorted(text for _, text in comments)
        ]
        for code, comments in found.comments.items()
        if len(comments) >= found.threshold and not disclosed[code].withheld
    }
