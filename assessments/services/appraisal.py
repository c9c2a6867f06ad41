"""One person alone appraises an invitation: what they answer, read by the bank's rule. Nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.models import Bank, Question
from assessments.models.speech import bank_said, dimension_said, language_of
from assessments.readings import Part, decide
from assessments.scoring import AnswerSheet, Bands
from assessments.scoring.elements import respondent_score
from assessments.services.banks.documents import Told
from assessments.services.sheets import bank_rules

RULE = "decision"


@dataclass(frozen=True)
class Criterion:
    """A dimension of the appraisal: `score` 0–100 and `band`, None where too little is known.

    `means` says what it means that it is so; "" where nothing is known.
    """

    code: str
    title: str
    question: str
    score: Fraction | None
    band: str | None
    means: str
    advice: Sequence[Told]


@dataclass(frozen=True)
class Appraisal:
    """What the answers come to. `outcome` is None where that cannot be told."""

    title: str
    code: str | None
    outcome: Told | None
    because: Sequence[Criterion]
    conditions: Sequence[Criterion]
    open: Sequence[Criterion]
    criteria: Sequence[Criterion]
    """All of them, in the bank's order."""


def appraisal_banks() -> list[Bank]:
    """The latest published version of each bank about an invitation, by title. One query."""
    banks = Bank.objects.filter(
        status=Bank.Status.PUBLISHED,
        subject=Bank.Subject.INVITATION,
        reading__rule=RULE,
    ).order_by("code", "version")
    latest = {bank.code: bank for bank in banks}
    return sorted(latest.values(), key=lambda bank: bank.title)


def find_version(code: str, version: str) -> Bank | None:
    """The version of an appraisal's bank that has been published, retired since or not; None where there
    is none, or `version` is no number. One query."""
    if not (version.isascii() and version.isdigit() and len(version) < 10):
        return None
    published = Bank.objects.exclude(status=Bank.Status.DRAFT)
    return published.filter(
        code=code,
        version=int(version),
        subject=Bank.Subject.INVITATION,
        reading__rule=RULE,
    ).first()


def readable_answers(bank: Bank, given: Mapping[str, str]) -> dict[str, str]:
    """Those of the `given` answers, by question code, that the bank's questions have: "dk", "na" or a
    value on the scale. One query."""
    answers = {}
    for question in Question.objects.filter(bank=bank):
        answer = given.get(question.code, "")
        if answer in ("dk", "na") or answer in {
            str(value) for value in range(question.minimum, question.maximum + 1)
        }:
            answers[question.code] = answer
    return answers


def appraise(*, bank: Bank, answers: Mapping[str, str], language: str = "") -> Appraisal:
    """The appraisal by `answers` that `readable_answers` gave, with the bank's texts in `language`, by
    default the active one. Scores are those of docs/scoring.md,
    steps 1, 2 and 6, of one respondent. Four queries."""
    language = language_of(bank, language)
    said = bank_said(bank, language)
    dimensions = [
        dimension_said(one, language, bank) for one in bank.dimensions.order_by("position")
    ]
    sheet = AnswerSheet(
        organisation="",
        answers={
            code: "dk" if answer == "dk" else "na" if answer == "na" else int(answer)
            for code, answer in answers.items()
        },
    )
    bands = Bands(Fraction(bank.band_strong), Fraction(bank.band_mixed))
    scores = {rules.code: respondent_score(rules, sheet) for rules in bank_rules(bank)}
    criteria = []
    for dimension in dimensions:
        score = scores[dimension.code]
        band = None if score is None else bands.of(score)
        criteria.append(
            Criterion(
                code=dimension.code,
                title=dimension.title,
                question=dimension.question,
                score=score,
                band=band,
                means=dimension.readings.get(band or "", ""),
                advice=[Told(step["title"], step["text"]) for step in dimension.advice],
            )
        )
    outcomes = said.reading["outcomes"]
    found = decide(outcomes, [Part(c.code, c.score, c.band) for c in criteria])
    by_code = {criterion.code: criterion for criterion in criteria}
    outcome = next((one for one in outcomes if one["code"] == found.outcome), None)
    return Appraisal(
        title=said.title,
        code=found.outcome,
        outcome=Told(outcome["title"], outcome["text"]) if outcome else None,
        because=[by_code[code] for code in found.because],
        conditions=[by_code[code] for code in found.conditions],
        open=[by_code[code] for code in found.open],
        criteria=criteria,
    )
