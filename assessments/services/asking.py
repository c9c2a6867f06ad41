"""What a convener begins with who opens a round: what can be asked, of whom, and a name for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from alliances.models import Alliance, Participant, Representative
from assessments.models import Bank, Dimension, Round
from assessments.models.speech import dimension_said, language_of
from assessments.services.banks.store import latest_bank
from assessments.services.working_rules_check import RulesCheck, read_rules_check

CONVENES = Q(role=Representative.Role.CONVENER)

AUDIENCES = {
    Bank.Audience.CONVENER: CONVENES,
    Bank.Audience.MEMBERS: ~CONVENES,
}
"""Which of the people at the table a bank is for; the others are for all of them."""


WORKING_RULES = "working-rules"
"""What the check of an alliance's own rules is chosen by."""


@dataclass(frozen=True)
class Instrument:
    """A bank that can be asked, and what a convener chooses it by.

    That of the alliance's own rules is not stored before a round asks it.
    """

    bank: Bank
    under_way: Round | None
    """The open round that asks it already."""
    elements: Sequence[str] = ()
    """Their titles, once `with_elements` has read them."""

    @property
    def asks_rules(self) -> bool:
        """Whether it is made of the alliance's own working rules."""
        return self.bank.alliance_id is not None

    @property
    def key(self) -> str:
        """What it is chosen by in an address."""
        return WORKING_RULES if self.asks_rules else str(self.bank.pk)

    @property
    def outcomes(self) -> list[str]:
        """What it may come to, where it decides between outcomes."""
        return [outcome["title"] for outcome in self.bank.said.reading.get("outcomes", ())]

    @property
    def judges(self) -> bool:
        """Whether it tells how ready the alliance is."""
        return self.bank.judges_alliance


def banks_to_ask() -> list[Bank]:
    """The latest published version of each shared bank that a round can ask, by code. One query, once
    a bank is stored."""
    published = (
        Bank.objects.shared()
        .filter(status=Bank.Status.PUBLISHED)
        .exclude(subject=Bank.Subject.INVITATION)
        .order_by("code", "version")
    )
    latest = {bank.code: bank for bank in published}
    return list(latest.values()) or [latest_bank("readiness")]


def read_instruments(alliance: Alliance, check: RulesCheck | None = None) -> list[Instrument]:
    """What a round of `alliance` can ask: how ready it is first, then by who answers. Two queries,
    and one more for its rules, where `check` does not say what `read_rules_check` found of them."""
    under_way = {
        round_.bank.code: round_
        # Of those about a person there may be one a person.
        for round_ in Round.objects.filter(
            alliance=alliance, status=Round.Status.OPEN, about_name=""
        ).select_related("bank")
    }
    found = [Instrument(bank, under_way.get(bank.code)) for bank in banks_to_ask()]
    rules = read_rules_check(alliance) if check is None else check
    if rules.bank is not None:
        found.append(Instrument(rules.bank, under_way.get(rules.bank.code), rules.elements))
    order = [audience.value for audience in Bank.Audience]
    return sorted(
        found, key=lambda one: (not one.judges, order.index(one.bank.audience), one.bank.said.title)
    )


def with_elements(instruments: Sequence[Instrument]) -> list[Instrument]:
    """The same, each with the titles of its elements. One query."""
    shared = [one for one in instruments if not one.asks_rules]
    banks = {one.bank.pk: one.bank for one in shared}
    languages = {pk: language_of(bank) for pk, bank in banks.items()}
    titles: dict[int, list[str]] = {one.bank.pk: [] for one in shared}
    for dimension in Dimension.objects.filter(bank__in=titles).order_by("position"):
        said = dimension_said(dimension, languages[dimension.bank_id], banks[dimension.bank_id])
        titles[dimension.bank_id].append(said.title)
    return [
        one if one.asks_rules else replace(one, elements=titles[one.bank.pk]) for one in instruments
    ]


def who_can_be_asked(
    alliance: Alliance, audience: str = Bank.Audience.EVERYONE
) -> list[Participant]:
    """Participants that are invited or take part, by name, each with those of its people that a bank
    for `audience` is for. Two queries.

    Organisations that have none of them are left out where the bank is for some alone.
    """
    statuses = [Participant.Status.INVITED, Participant.Status.ACCEPTED]
    meant = AUDIENCES.get(Bank.Audience(audience))
    people = Representative.objects.filter(meant) if meant else Representative.objects.all()
    participants = (
        alliance.participants.filter(status__in=statuses)
        .prefetch_related(Prefetch("representatives", queryset=people))
        .order_by("name", "pk")
    )
    return [one for one in participants if not meant or one.representatives.all()]


def next_name(alliance: Alliance, bank: Bank | None = None) -> str:
    """A name to begin with, which no round of `alliance` has; empty where none comes to mind.

    Rounds of the readiness are numbered; those of a further instrument bear its title.
    """
    held = alliance.rounds.select_related("bank").only("name", "bank__reading", "bank__subject")
    taken = {round_.name.casefold() for round_ in held}
    if bank is not None and not bank.judges_alliance:
        title = bank.said.title
        names = [title, *(f"{title} {number}" for number in range(2, len(taken) + 3))]
    else:
        names = [_("First round"), _("Second round"), _("Third round"), _("Fourth round")]
        names = names[sum(round_.bank.judges_alliance for round_ in held) :]
        names += [_("Round %(number)s") % {"number": len(taken) + 1}]
    return next((name for name in names if name.casefold() not in taken), "")


def minutes_to_answer(banks: Sequence[Bank]) -> str:
    """How long one of `banks`, of which there is at least one, takes: such as "12" or "5 to 12"."""
    shortest, longest = (find(bank.minutes for bank in banks) for find in (min, max))
    if shortest == longest:
        return str(shortest)
    return _("%(shortest)s to %(longest)s") % {"shortest": shortest, "longest": longest}
