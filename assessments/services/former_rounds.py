"""Rounds of the same bank beside the one that closes: what it is compared with, and what it is held against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet

from alliances.models import Alliance
from assessments.disclosure import EarlierRound, FormerRound, Published, Told
from assessments.models import Bank, Invitation, Round
from assessments.scoring import DimensionRules, score_element
from assessments.services.banks.store import comparable_codes
from assessments.services.sheets import answer_sheets, is_whole, round_rules


def earlier_round(round: Round, dimensions: list[DimensionRules]) -> EarlierRound | None:
    """The last closed round of the same bank before this one, its organisations named as in this.

    Of another version of the bank, only the dimensions whose questions still ask the same. Where answers were
    deleted since, the published scores alone (`is_whole`).
    """
    earlier = (
        _published_beside(round)
        .filter(closed_at__lte=round.closed_at)
        # Held: nobody deletes answers of it between the count and the reading.
        .select_for_update(of=("self",), no_key=True)
        .order_by("-closed_at", "-pk")
        .first()
    )
    if earlier is None:
        return None
    assert earlier.closed_at is not None  # noqa: S101 - by constraint
    alike = asked_alike(round.bank, dimensions, earlier)
    names = names_now(earlier, _present(round))
    sheets = answer_sheets(earlier, names) if is_whole(earlier) else None
    published = earlier.result.document
    told_of = broken_down(earlier, list(_published_beside(round)))
    return EarlierRound(
        name=earlier.name,
        closed_at=earlier.closed_at.isoformat(timespec="seconds"),
        confidential=earlier.is_confidential,
        threshold=earlier.threshold,
        respondents=published["responses"]["people"],
        elements={dimension.code: score_element(dimension, sheets) for dimension in alike}
        if sheets is not None
        else {},
        published={
            entry["code"]: Published(
                score=_exactly(entry["score"]),
                extreme=entry["extreme"],
                withheld_questions=frozenset(
                    question["code"] for question in entry["questions"] if question["withheld"]
                ),
                broken_down=entry["code"] in told_of,
            )
            for entry in published["elements"]
            if entry["code"] in {dimension.code for dimension in alike}
        },
    )


def broken_down(earlier: Round, beside: Iterable[Round]) -> set[str]:
    """Codes of the elements of which a paired change is told already that part of `earlier` goes into: its own, or that of
    another round since it."""
    changes = [one.result.document.get("change") for one in beside]
    return {
        entry["code"]
        for one, change in zip(beside, changes, strict=True)
        if change and (one.pk == earlier.pk or change["since"]["round"] == earlier.name)
        for entry in change["elements"]
        if entry["paired_difference"] is not None
    }


def former_rounds(round: Round, dimensions: list[DimensionRules]) -> list[FormerRound]:
    """All published rounds of the same bank beside `round`, as their results tell of them; whenever they were
    closed, as a round that was brought in later may be older. Nothing of an open round, which tells all."""
    if not round.is_confidential:
        return []
    now, present = Crowd.of(round, {}), _present(round)
    found = []
    for former in _published_beside(round).order_by("pk"):
        names = names_now(former, present, by_name=True)
        others = apart(now, Crowd.of(former, names))
        document = former.result.document
        alike = asked_alike(round.bank, dimensions, former)
        common = _in_common(round, former, dimensions)
        # What is needed of the answers themselves is needed where few are others.
        few = others["fewest"] < max(round.threshold, former.threshold)
        sheets = answer_sheets(former, names) if few and is_whole(former) else None
        found.append(
            FormerRound(
                told={
                    entry["code"]: _told(entry, common)
                    for entry in document["elements"]
                    if entry["score"] is not None
                },
                confidential=former.is_confidential,
                threshold=former.threshold,
                respondents=document["responses"]["people"],
                elements={rules.code: score_element(rules, sheets) for rules in alike}
                if sheets is not None
                else {},
                alike=frozenset(rules.code for rules in alike),
                **others,
            )
        )
    return found


def _in_common(round: Round, former: Round, dimensions: list[DimensionRules]) -> frozenset[str]:
    """Codes of the questions that both rounds asked, and that ask the same."""
    now = {code for rules in dimensions for code in _codes(rules)}
    then = {code for rules in round_rules(former) for code in _codes(rules)}
    both = frozenset(now & then)
    return (
        both
        if round.bank_id == former.bank_id
        else both & comparable_codes(round.bank, former.bank)
    )


def _published_beside(round: Round) -> QuerySet[Round]:
    return published_rounds(round.alliance, round.bank).exclude(pk=round.pk)


def published_rounds(alliance: Alliance, bank: Bank) -> QuerySet[Round]:
    """Those of `alliance` that asked `bank`, in whatever version, about no person."""
    return Round.objects.filter(
        alliance=alliance,
        bank__code=bank.code,
        status=Round.Status.CLOSED,
        about_name="",
        result__isnull=False,
    ).select_related("result", "bank")


def _present(round: Round) -> dict[int, str]:
    """What participants of the alliance are called in `round`, by key."""
    return dict(
        round.organisations.filter(participant__isnull=False).values_list("participant_id", "name")
    )


def names_now(
    former: Round, present: Mapping[int, str], *, by_name: bool = False
) -> dict[int, str]:
    """Organisations of `former`, by key, as they are called now; `present` are the names of the participants
    that are asked now, by key. One that is not among them keeps a name that nobody here can have; `by_name`:
    but for one without a participant, which was brought in by a file or is gone, and is taken for the one with
    its name. One query."""
    return {
        key: name if by_name and participant is None else present.get(participant or 0, f"\0{key}")
        for key, participant, name in former.organisations.values_list(
            "pk", "participant_id", "name"
        )
    }


def _exactly(figure: float | None) -> Fraction | None:
    return None if figure is None else Fraction(str(figure))


def _told(entry: Mapping[str, Any], common: frozenset[str]) -> dict[str, Told]:
    return {
        question["code"]: Told(mean=Fraction(str(question["mean"])), people=question["people"])
        for question in entry["questions"]
        if question["mean"] is not None and question["code"] in common
    }


@dataclass
class Crowd:
    """Who answered a round, by organisation as it is called now."""

    known: dict[str, set[str]] = field(default_factory=dict)
    """Their addresses, in small letters."""
    unknown: Counter[str] = field(default_factory=Counter)
    """How many have none: brought in by a file, or erased since."""

    @classmethod
    def of(cls, round: Round, names: Mapping[int, str]) -> Crowd:
        """Two queries at most."""
        crowd = cls()
        answered = Invitation.objects.filter(
            round=round, progress=Invitation.Progress.ANSWERED, of_oneself=False
        ).order_by()
        for key, name, email in answered.values_list(
            "organisation_id", "organisation__name", "email"
        ):
            crowd.add(names.get(key, name), email)
        return crowd

    def add(self, organisation: str, email: str) -> None:
        if email:
            self.known.setdefault(organisation, set()).add(email.lower())
        else:
            self.unknown[organisation] += 1

    @property
    def sizes(self) -> dict[str, int]:
        """How many people of each organisation."""
        names = self.known.keys() | self.unknown.keys()
        return {name: len(self.known.get(name, ())) + self.unknown[name] for name in names}


def apart(now: Crowd, then: Crowd) -> dict[str, Any]:
    """How far the people of two rounds are others. Who has no address may be anybody of the organisation
    whose address is not on both lists, or nobody of them."""
    fewest = joined = left = 0
    changed = set()
    for name in now.known.keys() | then.known.keys() | now.unknown.keys() | then.unknown.keys():
        ours, theirs = now.known.get(name, set()), then.known.get(name, set())
        came, went = len(ours - theirs) + now.unknown[name], len(theirs - ours) + then.unknown[name]
        same = min(came, went, now.unknown[name] + then.unknown[name])
        fewest += came + went - 2 * same
        joined, left = joined + came, left + went
        if came or went:
            changed.add(name)
    return {"fewest": fewest, "joined": joined, "left": left, "changed": frozenset(changed)}


def asked_alike(
    bank: Bank, dimensions: list[DimensionRules], earlier: Round
) -> list[DimensionRules]:
    """Those of `dimensions`, of this version of the bank, that asked the same questions in the `earlier` round,
    all of them comparable."""
    before = {rules.code: _codes(rules) for rules in round_rules(earlier)}
    alike = [rules for rules in dimensions if before.get(rules.code) == _codes(rules)]
    if bank.pk == earlier.bank_id:
        return alike
    comparable = comparable_codes(bank, earlier.bank)
    return [rules for rules in alike if _codes(rules) <= comparable]


def _codes(rules: DimensionRules) -> frozenset[str]:
    return frozenset(question.code for question in rules.questions)
