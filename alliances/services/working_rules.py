"""Working rules are proposed, taken over, agreed on: behaviour that one can see people do (HW)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.errors import Refused
from alliances.models import Alliance, User, WorkingRule
from alliances.services.counts import first_capital, in_words
from alliances.services.locks import locked_alliance
from alliances.services.records import add_record, change_record, stamp
from alliances.services.texts import same_key


@dataclass(frozen=True)
class Proposal:
    """A rule to start from, in our own words (HW)."""

    code: str
    text: str
    example: str


@dataclass(frozen=True)
class Rules:
    """The rules of an alliance: `agreed` have a day, `open` have none yet; `proposals` are those
    that are not among them."""

    finding: str
    addition: str
    agreed: list[WorkingRule]
    open: list[WorkingRule]
    proposals: list[Proposal]

    @property
    def is_empty(self) -> bool:
        return not self.agreed and not self.open


def all_proposals() -> list[Proposal]:
    """What an alliance can start from."""
    return [
        Proposal(
            "jointly",
            _("We take a quarrel upstairs together, or not at all."),
            _(
                "Whoever cannot settle something writes one page with the other side, and both "
                "bring it to their superiors on the same day."
            ),
        ),
        Proposal(
            "solution",
            _("Whoever brings a problem brings a possible solution with it."),
            _("It may be half a solution. It says what it would cost each of us."),
        ),
        Proposal(
            "criteria",
            _("We judge by criteria that both sides would accept if the roles were changed."),
            _(
                "Such as a market price, a standard, a measurement by somebody neutral. “We have "
                "always done it so” is none."
            ),
        ),
        Proposal(
            "first-to-know",
            _("A partner hears from us before we act, and never first from others."),
            _(
                "A call the day before a press release, a reorganisation or a talk with a "
                "partner’s customer is enough."
            ),
        ),
        Proposal(
            "why",
            _("We ask why a partner wants something before we say no to it."),
            _("In the minutes the reason stands beside the wish."),
        ),
        Proposal(
            "own-share",
            _("When something goes wrong, each side first says what it added to it."),
            _("In a joint review everybody speaks of their own house before the other’s."),
        ),
        Proposal(
            "differences",
            _("We ask what a difference between us is good for before we remove it."),
            _(
                "One side plans for years and the other by the week: who of them looks after which "
                "part of the work?"
            ),
        ),
        Proposal(
            "own-house",
            _("Each of us speaks with its own house before a joint meeting."),
            _("What is promised at the table is then not taken back the week after."),
        ),
        Proposal(
            "answer",
            _("A question between partners is answered within two working days."),
            _("“I do not know yet, and tell you on Friday” is an answer."),
        ),
        Proposal(
            "people",
            _("We describe what was done, and do not guess at motives."),
            _("“The figures came on the 9th” rather than “they are holding the figures back”."),
        ),
    ]


def read_rules(*, alliance: Alliance) -> Rules:
    """The rules of `alliance`, in one query."""
    rules = list(alliance.working_rules.all())
    agreed = [rule for rule in rules if rule.agreed_on is not None]
    open_ = [rule for rule in rules if rule.agreed_on is None]
    finding, addition = _finding(len(agreed), len(open_))
    return Rules(
        finding=finding,
        addition=addition,
        agreed=agreed,
        open=open_,
        proposals=_not_taken(rules),
    )


def open_proposals(*, alliance: Alliance) -> list[Proposal]:
    """Those that are not among the rules of `alliance`."""
    return _not_taken(list(alliance.working_rules.all()))


def add_rule(*, alliance: Alliance, by: User | None, today: dt.date, **fields: Any) -> WorkingRule:
    """A rule. Raises Refused where a value is wrong, or it was agreed on a day that has not come."""
    _check_agreed(fields.get("agreed_on"), today)
    return add_record(model=WorkingRule, alliance=alliance, by=by, **fields)


def change_rule(
    *, rule: WorkingRule, edition: int, by: User | None, today: dt.date, **fields: Any
) -> WorkingRule:
    """The rule with these `fields`. Raises Overtaken and Refused as `change_record`, and Refused
    where it was agreed on a day that has not come."""
    _check_agreed(fields.get("agreed_on"), today)
    return change_record(record=rule, edition=edition, by=by, **fields)


@transaction.atomic
def take_over(
    *,
    alliance: Alliance,
    by: User | None,
    codes: Sequence[str],
    today: dt.date,
    agreed_on: dt.date | None = None,
) -> list[WorkingRule]:
    """Rules from the proposals with these `codes`, in their order; gives those that are new.

    One that stands already is passed over, so that two who press at once make it once. Raises
    Refused where `codes` is empty or names none of ours, or `agreed_on` has not come.
    """
    _check_agreed(agreed_on, today)
    if not codes:
        raise Refused(_("Nothing is chosen. Mark the rules that you want to take over."))
    known = {proposal.code for proposal in all_proposals()}
    if not known.issuperset(codes):
        raise Refused(_("One of these proposals is not known. Open the page again and choose."))
    held = locked_alliance(alliance.pk)
    return [
        add_record(
            model=WorkingRule,
            alliance=held,
            by=by,
            text=proposal.text,
            example=proposal.example,
            agreed_on=agreed_on,
        )
        for proposal in open_proposals(alliance=held)
        if proposal.code in codes
    ]


@transaction.atomic
def agree_on(
    *,
    alliance: Alliance,
    by: User | None,
    rules: Sequence[int],
    agreed_on: dt.date,
    today: dt.date,
) -> list[WorkingRule]:
    """The rules with these keys, agreed on that day; one that has a day already keeps it.

    Raises Refused where `rules` is empty or names one that is gone, or the day has not come.
    """
    _check_agreed(agreed_on, today)
    if not rules:
        raise Refused(_("Nothing is chosen. Mark the rules that you agreed on."))
    held = locked_alliance(alliance.pk)
    found = list(WorkingRule.objects.filter(alliance=held, pk__in=rules))
    if len(found) < len(set(rules)):
        raise Refused(_("One of these rules has been removed meanwhile. Look at the list again."))
    changed = [rule for rule in found if rule.agreed_on is None]
    for rule in changed:
        rule.agreed_on = agreed_on
        stamp(rule, by)
    WorkingRule.objects.bulk_update(changed, ["agreed_on", "edition", "changed_at", "changed_by"])
    return changed


def _not_taken(rules: Sequence[WorkingRule]) -> list[Proposal]:
    taken = {same_key(rule.text) for rule in rules}
    return [proposal for proposal in all_proposals() if same_key(proposal.text) not in taken]


def _check_agreed(agreed_on: dt.date | None, today: dt.date) -> None:
    if agreed_on is not None and agreed_on > today:
        raise Refused(_("The day on which it was agreed has not come yet. Check the day."))


def _finding(agreed: int, open_: int) -> tuple[str, str]:
    if not agreed and not open_:
        return "", ""
    first = (
        first_capital(
            ngettext(
                "%(count)s rule says how the parties work together.",
                "%(count)s rules say how the parties work together.",
                agreed,
            )
            % {"count": in_words(agreed)}
        )
        if agreed
        else _("No rule is agreed yet.")
    )
    if not open_:
        return first, ""
    second = ngettext(
        "%(count)s is proposed and not agreed.", "%(count)s are proposed and not agreed.", open_
    ) % {"count": in_words(open_)}
    return first, first_capital(second)
