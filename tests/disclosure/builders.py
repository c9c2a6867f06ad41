"""Made-up rounds for disclosure: short to write, easy to count."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from assessments.disclosure import EarlierRound, Findings, FormerRound, Published, Told, publish
from assessments.scoring import AnswerSheet, Bands, DimensionRules, QuestionRules, score_element

ELEMENTS = ("pain", "charter")


def rules(questions: int = 3) -> list[DimensionRules]:
    return [
        DimensionRules(code, tuple(QuestionRules(f"{code}{n}") for n in range(1, questions + 1)))
        for code in ELEMENTS
    ]


def person(organisation: str, pain: Sequence[Any] = (), charter: Sequence[Any] = ()) -> AnswerSheet:
    """Answers in the order of the questions; None is no answer."""
    answers = {}
    for code, given in zip(ELEMENTS, (pain, charter), strict=True):
        answers |= {f"{code}{n}": a for n, a in enumerate(given, 1) if a is not None}
    return AnswerSheet(organisation, answers)


def findings(sheets: Sequence[AnswerSheet], **changes: Any) -> Findings:
    dimensions = changes.pop("rules", None) or rules()
    answered = tuple(sorted({sheet.organisation for sheet in sheets}))
    given = {
        "alliance": "Tessel",
        "round": "First round",
        "closed_at": "2026-11-20T12:00:00+00:00",
        "confidential": True,
        "threshold": 5,
        "bank_code": "two",
        "bank_version": 1,
        "bank_digest": "sha256:0",
        "bands": Bands(),
        "roster_organisations": len(answered),
        "roster_people": len(sheets),
        "answered_organisations": answered,
        "respondents": len(sheets),
        "elements": tuple(score_element(dimension, sheets) for dimension in dimensions),
    }
    return Findings(**{**given, **changes})


def earlier(sheets: Sequence[AnswerSheet], **changes: Any) -> EarlierRound:
    given = {
        "name": "Earlier round",
        "closed_at": "2026-03-20T12:00:00+00:00",
        "confidential": True,
        "threshold": 5,
        "respondents": len(sheets),
        "elements": {d.code: score_element(d, sheets) for d in rules()},
    }
    given |= changes
    document = publish(
        findings(
            sheets,
            confidential=given["confidential"],
            threshold=given["threshold"],
            respondents=given["respondents"],
            elements=tuple(given["elements"].values()),
        )
    ).document
    told = {
        entry["code"]: Published(
            score=_fraction(entry["score"]),
            extreme=entry["extreme"],
            withheld_questions=frozenset(q["code"] for q in entry["questions"] if q["withheld"]),
            broken_down=False,
        )
        for entry in document["elements"]
    }
    return EarlierRound(**{"published": told, **given})


def former(
    sheets: Sequence[AnswerSheet],
    document: dict[str, Any],
    *,
    joined: int,
    left: int,
    **changes: Any,
) -> FormerRound:
    """A round that told `document` of `sheets`, the first `left` of whom do not answer now; whoever `joined`
    is of W, X, Y or Z. Each is alone in their organisation."""
    given = {
        "told": {
            entry["code"]: {
                question["code"]: Told(Fraction(str(question["mean"])), question["people"])
                for question in entry["questions"]
                if question["mean"] is not None
            }
            for entry in document["elements"]
            if entry["score"] is not None
        },
        "confidential": True,
        "threshold": 5,
        "respondents": len(sheets),
        "elements": {
            d.code: score_element(d, sheets) for d in changes.pop("rules", None) or rules()
        },
        "alike": frozenset(ELEMENTS),
        "fewest": joined + left,
        "joined": joined,
        "left": left,
        "changed": frozenset(
            [sheet.organisation for sheet in sheets[:left]] + list("WXYZ"[:joined])
        ),
    }
    return FormerRound(**{**given, **changes})


def _fraction(figure: float | None) -> Fraction | None:
    return None if figure is None else Fraction(str(figure))


def published(sheets: Sequence[AnswerSheet], **changes: Any) -> dict[str, Any]:
    return publish(findings(sheets, **changes)).document


def element(document: dict[str, Any], code: str) -> dict[str, Any]:
    [found] = [entry for entry in document["elements"] if entry["code"] == code]
    return found


def six(pain: Sequence[Any] = (4, 3, 2), charter: Sequence[Any] = (4, 3, 2)) -> list[AnswerSheet]:
    """Six people of six organisations who answer alike."""
    return [person(f"O{n}", pain, charter) for n in range(6)]
