"""The workbook: two partners pick questions of a bank, and what both picked is asked (HW)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.models import Alliance, Participant, User
from alliances.services.locks import locked_participant
from alliances.services.records import add_record, change_record
from assessments.models import Bank, Dimension, Question, Selection
from assessments.models.speech import dimension_said, language_of, question_said


@dataclass(frozen=True)
class Picked:
    """One organisation in the workbook: how many questions it picked, None before it did."""

    participant: Participant
    count: int | None


@dataclass(frozen=True)
class Pair:
    """Two organisations that both picked, and how many questions they have in common."""

    first: Participant
    second: Participant
    count: int


def workbooks() -> list[Bank]:
    """The latest published version of each bank of which partners pick, by title. One query."""
    banks = Bank.objects.filter(
        status=Bank.Status.PUBLISHED, audience=Bank.Audience.PARTNERS
    ).order_by("code", "version")
    return sorted({bank.code: bank for bank in banks}.values(), key=lambda bank: bank.said.title)


def read_questions(bank: Bank) -> list[tuple[Dimension, list[Question]]]:
    """What can be picked of `bank`, by dimension, in the active language. Two queries."""
    language = language_of(bank)
    return [
        (
            dimension_said(dimension, language, bank),
            [question_said(question, language, bank) for question in dimension.questions.all()],
        )
        for dimension in bank.dimensions.order_by("position").prefetch_related("questions")
    ]


def selections_of(alliance: Alliance, bank: Bank) -> dict[int, set[str]]:
    """What each organisation of `alliance` picked of `bank`, by its key, as far as this version asks
    it. Two queries."""
    known = set(Question.objects.filter(bank=bank).values_list("code", flat=True))
    return {
        participant: known & set(codes)
        for participant, codes in Selection.objects.filter(
            participant__alliance=alliance, bank_code=bank.code
        ).values_list("participant_id", "codes")
    }


def read_workbook(
    alliance: Alliance, bank: Bank, participants: Sequence[Participant]
) -> tuple[list[Picked], list[Pair]]:
    """Who picked how many, in the order of `participants`, and what each two have in common, most first."""
    picked = selections_of(alliance, bank)
    rows = [Picked(one, len(picked[one.pk]) if one.pk in picked else None) for one in participants]
    done = [one for one in participants if picked.get(one.pk)]
    pairs = [
        Pair(first, second, len(picked[first.pk] & picked[second.pk]))
        for place, first in enumerate(done)
        for second in done[place + 1 :]
    ]
    return rows, sorted(pairs, key=lambda pair: -pair.count)


@transaction.atomic
def save_selection(
    *, participant: Participant, bank: Bank, edition: int, by: User | None, codes: Sequence[str]
) -> Selection:
    """What `participant` picks of `bank`, in the bank's order.

    `edition` is the one that whoever picks began from, 0 where there was none. Raises Overtaken where
    another is stored by now, and Refused for a question that the bank does not ask.
    """
    known = list(
        Question.objects.filter(bank=bank)
        .order_by("dimension__position", "position")
        .values_list("code", flat=True)
    )
    if set(codes) - set(known):
        raise Refused(_("One of these questions is no longer asked. Load the page again."))
    picked = [code for code in known if code in set(codes)]
    current = locked_participant(participant)
    stored = (
        Selection.objects.select_related("changed_by", "participant")
        .filter(participant=current, bank_code=bank.code)
        .first()
    )
    if stored is not None:
        return change_record(record=stored, edition=edition, by=by, codes=picked)
    return add_record(
        model=Selection,
        alliance=current.alliance,
        by=by,
        participant=current,
        bank_code=bank.code,
        codes=picked,
    )


def picked_by_both(*, alliance: Alliance, bank: Bank, partners: Sequence[Participant]) -> list[str]:
    """The codes that all `partners` picked, in the bank's order.

    Raises Refused where one of them has not picked yet, or nothing was picked by all.
    """
    picked = selections_of(alliance, bank)
    waiting = [one.name for one in partners if not picked.get(one.pk)]
    if waiting:
        raise Refused(
            _("Both partners first pick the questions, in the workbook. Still to pick:"), waiting
        )
    both = set.intersection(*(picked[one.pk] for one in partners))
    if not both:
        raise Refused(
            _("The two partners picked no question in common. Let them talk about what to ask.")
        )
    return [
        code
        for code in Question.objects.filter(bank=bank)
        .order_by("dimension__position", "position")
        .values_list("code", flat=True)
        if code in both
    ]
