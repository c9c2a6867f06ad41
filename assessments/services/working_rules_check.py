"""The working rules check: a bank of an alliance's own, made of its rules when a round asks them.

The rules stay the alliance's to change at any time; what a round asks never changes. So each round
that asks them fixes them as they stand then, as a published version like any other. Nothing is made
by looking at a page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.models import Alliance, Representative, User
from alliances.services.locks import locked_alliance
from assessments.models import Bank, Round
from assessments.services.banks.changes import MEANING, WORDING, settled_marks
from assessments.services.banks.documents import BankDocument, QuestionDocument
from assessments.services.banks.own_codes import working_rules_code
from assessments.services.banks.rows import columns_of_bank, document_of
from assessments.services.banks.store import seal, store_rows
from assessments.services.banks.working_rules import (
    MOST_RULES,
    Rule,
    frame,
    rules_document,
    rules_to_ask,
)
from assessments.services.rounds import open_round


@dataclass(frozen=True)
class RulesCheck:
    """What a round that checks the rules would ask today.

    `bank` is as it would be made, and not stored; None where `why_not` says why there is none.
    `elements` are the rules.
    """

    title: str
    bank: Bank | None = None
    elements: tuple[str, ...] = ()
    why_not: str = ""


def read_rules_check(alliance: Alliance) -> RulesCheck:
    """What checking the rules of `alliance` would ask. One query."""
    title = _title()
    try:
        rules = _agreed(alliance)
    except Refused as refused:
        return RulesCheck(title, why_not=refused.message)
    document = rules_document(rules=rules, code=working_rules_code(alliance.pk))
    return RulesCheck(
        title,
        Bank(**columns_of_bank(document), alliance=alliance),
        tuple(dimension.title for dimension in document.dimensions),
    )


@transaction.atomic
def open_rules_check(
    *,
    alliance: Alliance,
    by: User | None,
    name: str,
    mode: str,
    threshold: int,
    closes_on: dt.date,
    representatives: Sequence[Representative],
) -> Round:
    """A round that asks how well the rules of `alliance` are kept, on the terms of `open_round`.

    Raises Refused as that does, and where there are no rules to ask or too many; then no version of
    the bank is stored either.
    """
    return open_round(
        alliance=alliance,
        bank=working_rules_bank(alliance=alliance, by=by),
        name=name,
        mode=mode,
        threshold=threshold,
        closes_on=closes_on,
        representatives=representatives,
    )


@transaction.atomic
def working_rules_bank(*, alliance: Alliance, by: User | None) -> Bank:
    """The published bank that asks the rules of `alliance` as they stand now.

    Its latest version, where that says the same; else the next one, published at once. Raises
    Refused where there are no rules to ask, or more than a bank holds.
    """
    # Whoever changes a rule at this moment, or makes a version too, comes before this or after it.
    held = locked_alliance(alliance.pk)
    document = rules_document(rules=_agreed(held), code=working_rules_code(held.pk))
    versions = Bank.objects.select_for_update().filter(code=document.code)
    latest = max(versions, key=lambda bank: bank.version, default=None)
    if latest is not None:
        before = document_of(latest)
        if latest.status == Bank.Status.PUBLISHED and _says_the_same(document, before):
            return latest
        document = replace(document, version=latest.version + 1, since=latest.version)
        document = _marked(document, before)
    bank = store_rows(document, by=by, alliance=held)
    seal(bank, document, by=by)
    return bank


def _title() -> str:
    """What the check is called in the active language."""
    language = (get_language() or "").split("-")[0]
    told = frame().get("translations", {}).get(language, {})
    return str(told.get("title") or frame()["title"])


def _agreed(alliance: Alliance) -> list[Rule]:
    """The rules that the parties agreed on, in the order of the record. One query.

    One that is proposed is left out: nobody can keep, or break, what does not count yet. Raises
    Refused, with what to do, where there is none, or more than a round can ask.
    """
    found = list(
        alliance.working_rules.order_by("pk").values_list("pk", "text", "example", "agreed_on")
    )
    if not found:
        raise Refused(
            _(
                "No working rules are written down yet. Write down three to seven things that "
                "people can see each other do, then ask."
            )
        )
    rules = rules_to_ask([(pk, text, example) for pk, text, example, day in found if day])
    if not rules:
        raise Refused(
            _("No working rule is agreed on yet. Mark those that you agreed on, then ask.")
        )
    if len(rules) > MOST_RULES:
        raise Refused(
            _(
                "There are %(count)d working rules, and a round asks %(most)d at most. Fewer are "
                "kept better: drop some."
            )
            % {"count": len(rules), "most": MOST_RULES}
        )
    return rules


def _says_the_same(document: BankDocument, before: BankDocument) -> bool:
    """Whether a version says what another one does, whatever it was made from."""
    return document == replace(_with_marks(before, {}), version=1, since=None)


def _marked(document: BankDocument, before: BankDocument) -> BankDocument:
    """The document with the marks of what differs from `before`.

    A rule worded anew is another rule: that people keep to the new one says nothing of the old, and
    whether the parties meant the same by it nobody here can tell. So its comparison begins anew.
    With another example beside the same words it is the same rule.
    """
    was = {question.code: question.text for question in _questions(before)}
    marks = {
        question.code: WORDING if was.get(question.code) == question.text else MEANING
        for question in _questions(document)
    }
    return _with_marks(document, settled_marks(before, document, marks))


def _with_marks(document: BankDocument, marks: dict[str, str]) -> BankDocument:
    """The document with these marks by code, and no others."""
    dimensions = (
        replace(
            dimension,
            questions=tuple(
                replace(question, change=marks.get(question.code, ""))
                for question in dimension.questions
            ),
        )
        for dimension in document.dimensions
    )
    return replace(document, dimensions=tuple(dimensions))


def _questions(document: BankDocument) -> list[QuestionDocument]:
    return [question for dimension in document.dimensions for question in dimension.questions]
