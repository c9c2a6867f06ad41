"""Published results made up for tests, and the bank that they speak of.

The figures are invented, but each document keeps the rules of the schema: what is withheld is None,
deciding elements are those not strong, lowest first.
"""

from __future__ import annotations

import copy
import datetime
from typing import Any

from alliances.models import Alliance, Membership, User
from assessments.models import Bank, Dimension, Question, Result, Round
from assessments.reports.texts import (
    Advice,
    BankTexts,
    ElementText,
    StatementText,
)

STATEMENTS = (
    "How we decide is clear, also when we do not agree.",
    "What each organisation commits is written down.",
    "My organisation would sign what we have written as it stands.",
    "We have agreed what is in scope.",
    "Our daily work together follows rules that all know.",
    "I have seen us break what we agreed.",
)
REVERSED = 6
"""The number of each element's reversed statement."""

ELEMENTS = {
    "common-pain": ("Common pain", "common pain"),
    "convener-of-stature": ("Convener of stature", "the convener’s stature"),
    "representatives-of-substance": (
        "Representatives of substance",
        "the representatives of substance",
    ),
    "committed-leaders": ("Committed leaders", "committed leaders"),
    "clearly-defined-purpose": ("Clearly defined purpose", "the purpose"),
    "formal-charter": ("Formal charter", "the formal charter"),
    "northbound-train": ("Northbound train", "the northbound train"),
    "common-ground": ("Common ground", "common ground"),
}
CODES = tuple(ELEMENTS)
ADVICE = (
    (
        "Put the hardest question first.",
        "Give it a meeting of its own, with the people who decide.",
    ),
    ("Work through what is still open.", "Name for each section who drafts it, and by when."),
    ("Sign it.", "Have every principal sign the same text on one day."),
)
ASKED = (
    "Say in writing which sentence of the draft your organisation cannot sign.",
    "Send somebody to the next meeting who may decide.",
)


def question_code(code: str, number: int) -> str:
    return "".join(word[0] for word in code.split("-")).upper() + f"-{code[:3]}{number}"


def bank_texts() -> BankTexts:
    """The words of the bank, without a database."""
    return BankTexts(
        title="Readiness",
        code="readiness",
        version=1,
        elements={
            code: ElementText(
                code=code,
                title=title,
                in_sentence=in_sentence,
                question="Are we agreed?",
                what_it_is="Written rules that make for stability and settle differences.",
                advice=tuple(Advice(*item) for item in ADVICE),
                asked_of_members=tuple(Advice(item) for item in ASKED),
                statements={
                    question_code(code, n): StatementText(
                        question_code(code, n), text, 1, 5, n == REVERSED
                    )
                    for n, text in enumerate(STATEMENTS, start=1)
                },
            )
            for code, (title, in_sentence) in ELEMENTS.items()
        },
    )


def band(score: float | None) -> str | None:
    if score is None:
        return None
    return "strong" if score >= 75 else "mixed" if score >= 50 else "weak"


def element(code: str, score: float | None, **changes: Any) -> dict[str, Any]:
    """An element's entry; statements stand around its score."""
    made: dict[str, Any] = {
        "code": code,
        "score": score,
        "person_mean": score,
        "band": band(score),
        "people": 14,
        "organisations": 8,
        "dont_know": 0.04,
        "low": None if score is None else round(score * 8 / 9, 2),
        "high": None if score is None else round((score * 8 + 100) / 9, 2),
        "rwg": 0.81,
        "ad": 0.62,
        "agreed": True,
        "extreme": False,
        "withheld": False,
        "forecast": None,
        "records": {"score": None, "checks": []},
        "questions": [
            {
                "code": question_code(code, number),
                "mean": None if score is None else _mean(score, number),
                "people": None if score is None else 14 - number % 3,
                "withheld": False,
            }
            for number in range(1, len(STATEMENTS) + 1)
        ],
    }
    if score is None:
        made |= {"person_mean": None, "dont_know": None, "rwg": None, "ad": None, "agreed": None}
        made |= {"people": 0, "organisations": 0}
    return made | changes


def _mean(score: float, number: int) -> float:
    place = min(max(score + (number - 3.5) * 6, 0), 100)
    mean = 1 + place / 25
    return round(6 - mean if number == REVERSED else mean, 2)


def withheld(code: str) -> dict[str, Any]:
    """An element on which fewer than k people have a score."""
    made = element(code, None, withheld=True, low=None, high=None, people=None, organisations=None)
    for question in made["questions"]:
        question |= {"mean": None, "people": None, "withheld": True}
    return made


def extreme(code: str, score: int) -> dict[str, Any]:
    """An element told as an end of the scale alone: 95 or 5."""
    made = element(
        code, score, extreme=True, rwg=None, ad=None, agreed=None, low=round(score * 8 / 9, 2)
    )
    for question in made["questions"]:
        question |= {"mean": None, "people": None, "withheld": True}
    return made


def checks(*states: str) -> dict[str, Any]:
    """Records whose checks have these states, a point each."""
    worth = {"met": 1.0, "partly": 0.5, "not": 0.0}
    known = [worth[state] for state in states if state in worth]
    return {
        "score": round(100 * sum(known) / len(known), 2) if known else None,
        "checks": [
            {
                "code": f"check-{n}",
                "label": f"Recorded fact {n}",
                "state": state,
                "points": 1,
                "fact": f"{n} of 9 organisations",
            }
            for n, state in enumerate(states, start=1)
        ],
    }


def document(elements: list[dict[str, Any]], **changes: Any) -> dict[str, Any]:
    """A published result of these elements; the verdict follows from their bands."""
    open_ = [e for e in elements if e["band"] not in (None, "strong")]
    open_.sort(key=lambda e: e["score"])
    if any(e["score"] is None for e in elements):
        level, open_ = "undecided", []
    elif any(e["band"] == "weak" for e in elements):
        level = "not-ready"
    else:
        level = "conditional" if open_ else "ready"
    made: dict[str, Any] = {
        "schema": "northbound.result/1",
        "scoring": "1",
        "alliance": "Tessel Valley Flood Alliance",
        "round": "Readiness, second round",
        "closed_at": "2026-11-20T17:00:00+00:00",
        "mode": "confidential",
        "k": 5,
        "bank": {"code": "readiness", "version": 1, "digest": "sha256:" + "ab" * 32},
        "roster": {"organisations": 9, "people": 16},
        "responses": {"organisations": 8, "people": 14},
        "verdict": {"level": level, "deciding": [e["code"] for e in open_], "firm": True},
        "index": None if level == "undecided" else 61.4,
        "elements": elements,
        "change": None,
    }
    return made | changes


def _elements(scores: dict[str, float], **changes: Any) -> list[dict[str, Any]]:
    return [element(code, scores[code], **changes) for code in CODES]


NOT_READY_SCORES = dict(zip(CODES, (81.4, 77.1, 64.3, 58.2, 69.5, 38.2, 72.3, 47.2), strict=True))


def not_ready() -> dict[str, Any]:
    """The charter weak at 38 and common ground at 47; divided on three; everything else there is."""
    made = _elements(NOT_READY_SCORES)
    by_code = {e["code"]: e for e in made}
    for code in ("formal-charter", "common-ground", "committed-leaders"):
        by_code[code] |= {"agreed": False, "rwg": 0.46, "ad": 1.08}
    by_code["formal-charter"]["person_mean"] = 39.64
    records = {
        "common-pain": ("met", "met", "met", "partly"),
        "convener-of-stature": ("met", "met", "met", "partly", "n/a"),
        "representatives-of-substance": ("met", "not", "partly"),
        "clearly-defined-purpose": ("met", "not", "not"),
        "formal-charter": ("met", "partly", "not", "not", "not"),
    }
    for code, states in records.items():
        by_code[code]["records"] = checks(*states)
    forecasts = (80, 70, 70, 75, 80, 55, 70, 60)
    for entry, forecast in zip(made, forecasts, strict=True):
        entry["forecast"] = round(forecast - entry["score"], 2)
    previous = (78, 71, 66, 49, 61, 30, 63, 51)
    change = {
        "since": {"round": "Readiness, first round", "closed_at": "2026-03-12T17:00:00+00:00"},
        "elements": [
            {
                "code": e["code"],
                "previous": before,
                "difference": round(e["score"] - before, 2),
                "pairs": 7,
                "paired_difference": round(e["score"] - before, 2),
                "low": round(e["score"] - before - 8, 2),
                "high": round(e["score"] - before + 8, 2),
                "more_than_noise": abs(e["score"] - before) > 8,
            }
            for e, before in zip(made, previous, strict=True)
        ],
    }
    return document(made, change=change)


def ready() -> dict[str, Any]:
    """All eight strong, close together at the top of the scale; not firm, one organisation missing."""
    made = _elements(dict(zip(CODES, (92, 95.5, 88, 92, 97, 92, 90, 76), strict=True)))
    answered = document(made, index=90.1)
    answered["verdict"]["firm"] = False
    return answered


def conditional() -> dict[str, Any]:
    """Three mixed, the leaders lowest; no record, no forecast, no earlier round."""
    return document(_elements(dict(zip(CODES, (80, 78, 77, 55, 76, 60, 90, 74.99), strict=True))))


def undecided() -> dict[str, Any]:
    """Three of nine organisations answered, six people."""
    made = document(_elements(NOT_READY_SCORES))
    made["responses"] = {"organisations": 3, "people": 6}
    made["verdict"] = {"level": "undecided", "deciding": [], "firm": False}
    return made


def too_few() -> dict[str, Any]:
    """Three people of a confidential round: no figure at all."""
    made = document([withheld(code) for code in CODES])
    made["responses"] = {"organisations": 2, "people": 3}
    made["verdict"]["firm"] = False
    return made


def one_withheld() -> dict[str, Any]:
    """Everything strong but the charter, on which too few people have a score."""
    made = ready()["elements"]
    made[5] = withheld("formal-charter")
    return document(made)


def one_extreme() -> dict[str, Any]:
    """Common pain at the upper end, common ground at the lower."""
    made = _elements(dict(zip(CODES, (81, 77, 64, 58, 69, 66, 72, 60), strict=True)))
    made[0] = extreme("common-pain", 95)
    made[7] = extreme("common-ground", 5)
    made[0]["forecast"] = -15.0
    made[0]["records"] = checks("not", "partly")
    return document(made)


def open_mode(organisations: int = 9) -> dict[str, Any]:
    """Open by organisation: scores with names; the last organisation has none on the charter."""
    made = not_ready()
    made |= {"mode": "open", "k": 1}
    made["roster"] = {"organisations": organisations, "people": organisations}
    made["responses"] = {"organisations": organisations, "people": organisations}
    for place, entry in enumerate(made["elements"]):
        entry["by_organisation"] = [
            {
                "organisation": f"Organisation {number:03}",
                "score": None
                if number == organisations and entry["code"] == "formal-charter"
                else float((number * 37 + place * 11) % 101),
            }
            for number in range(1, organisations + 1)
        ]
    return made


SAMPLES = {
    "not ready": not_ready,
    "ready": ready,
    "conditional": conditional,
    "undecided": undecided,
    "too few": too_few,
    "one withheld": one_withheld,
    "one extreme": one_extreme,
    "open": open_mode,
}


def stored_bank(**changes: Any) -> Bank:
    """The bank of `bank_texts`, in the database; `changes` to what each dimension says."""
    bank = Bank.objects.create(
        code="readiness",
        version=1,
        title="Readiness",
        digest="sha256:" + "ab" * 32,
    )
    for position, (code, text) in enumerate(bank_texts().elements.items(), start=1):
        dimension = Dimension.objects.create(
            bank=bank,
            code=code,
            position=position,
            title=text.title,
            in_sentence=text.in_sentence,
            question=text.question,
            what_it_is=text.what_it_is,
            advice=[{"title": a.title, "text": a.text} for a in text.advice],
            **{"asked_of_members": [a.title for a in text.asked_of_members], **changes},
        )
        Question.objects.bulk_create(
            Question(
                dimension=dimension,
                bank=bank,
                code=statement.code,
                position=number,
                text=statement.text,
                reverse=statement.reverse,
            )
            for number, statement in enumerate(text.statements.values(), start=1)
        )
    bank.status = Bank.Status.PUBLISHED
    bank.save()
    return bank


def stored_result(
    published: dict[str, Any] | None = None,
    *,
    comments: dict[str, Any] | None = None,
    bank: Bank | None = None,
    alliance: Alliance | None = None,
) -> Result:
    """A closed round with this result, in an alliance of its name."""
    published = copy.deepcopy(published or not_ready())
    closed_at = datetime.datetime(2026, 11, 20, 17, tzinfo=datetime.UTC)
    round_ = Round.objects.create(
        alliance=alliance or Alliance.objects.create(name=published["alliance"][:120]),
        bank=bank or Bank.objects.filter(code="readiness").first() or stored_bank(),
        name=published["round"][:120],
        mode=published["mode"],
        threshold=published["k"],
        status=Round.Status.CLOSED,
        opened_at=closed_at - datetime.timedelta(days=18),
        closes_on=closed_at.date(),
        closed_at=closed_at,
    )
    return Result.objects.create(
        round=round_,
        scoring="1",
        document=published,
        comments=comments or {},
        digest="sha256:" + "cd" * 32,
        responses_digest="sha256:" + "ef" * 32,
    )


def member_of(alliance: Alliance, email: str = "member@example.org", **kwargs: Any) -> User:
    """A user who belongs to the alliance as a member."""
    user = User.objects.create_user(email, name="A member")
    Membership.objects.create(alliance=alliance, user=user, **kwargs)
    return user
