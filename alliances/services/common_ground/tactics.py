"""What to do about a split: five tactics (VA), and the rule that chooses among them. Texts are ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alliances.models import GroundItem
from alliances.services.counts import first_capital, in_words

if TYPE_CHECKING:
    from alliances.services.common_ground.register import Register, RegisterItem

TRANSPARENCY = "transparency"
THIRD_PARTY = "third-party"
ANTICIPATE = "anticipate"
STANDARD = "standard"
PRINCIPLES = "principles"

# From this many split items on, single answers come too late: the way to answers comes first.
SEVERAL = 3


@dataclass(frozen=True)
class Tactic:
    """One of the five: what it is called, and what to do next."""

    code: str
    title: Promise
    steps: tuple[Promise, ...]


@dataclass(frozen=True)
class Advice:
    """A tactic, and why it fits here."""

    code: str
    title: str
    why: str
    steps: list[str]


@dataclass(frozen=True)
class Counts:
    """How many parties take each stance, and how many accepted ones have not been asked."""

    agree: int
    live: int
    disagree: int
    not_asked: int

    @property
    def asked(self) -> int:
        return self.agree + self.live + self.disagree


TACTICS: dict[str, Tactic] = {
    tactic.code: tactic
    for tactic in (
        Tactic(
            TRANSPARENCY,
            gettext_lazy("Formal transparency"),
            (
                gettext_lazy(
                    "Each party puts on one page what it takes for granted here, and what it "
                    "knows that the others do not."
                ),
                gettext_lazy("Send the pages to all on the same day, a week before you meet."),
                gettext_lazy(
                    "In the meeting, ask each party what would have to be true for it to change "
                    "its mind. Write the answers down here."
                ),
            ),
        ),
        Tactic(
            THIRD_PARTY,
            gettext_lazy("A third party that interprets the information"),
            (
                gettext_lazy(
                    "Name two or three people or bodies that gain nothing from either answer."
                ),
                gettext_lazy(
                    "Let those who agree and those who disagree choose one together. All say "
                    "beforehand that they will use what it finds."
                ),
                gettext_lazy(
                    "Agree on the question it answers, on what it may look at, and on the day "
                    "by which it reports to all at once."
                ),
            ),
        ),
        Tactic(
            ANTICIPATE,
            gettext_lazy("Anticipate disagreements"),
            (
                gettext_lazy("Ask each party that is missing where it stands, and why, alone."),
                gettext_lazy(
                    "Before the item comes to the table, note the hardest objection you expect, "
                    "and who will raise it."
                ),
                gettext_lazy("Give that party the first word when the item is called."),
            ),
        ),
        Tactic(
            STANDARD,
            gettext_lazy("Impose a standard in certain cases"),
            (
                gettext_lazy(
                    "Name the cases in which one way of doing it must hold, such as where "
                    "safety, law or shared money is at stake."
                ),
                gettext_lazy(
                    "For those, put one standard to the decision method of the charter. For all "
                    "others, leave each party its own."
                ),
                gettext_lazy(
                    "Say who pays for the change, from when the standard holds, and when you look "
                    "at it again."
                ),
            ),
        ),
        Tactic(
            PRINCIPLES,
            gettext_lazy("Information principles before work starts"),
            (
                gettext_lazy(
                    "Agree how you will treat information before you argue about any of it: what "
                    "is shared, with whom, and by when."
                ),
                gettext_lazy(
                    "Say what makes a figure good enough to decide on, and who checks it where "
                    "two figures differ."
                ),
                gettext_lazy(
                    "Put the answers into the charter, in the section on information. Then take "
                    "the widest split."
                ),
            ),
        ),
    )
}

_BY_KIND = {
    str(GroundItem.Kind.SOURCE): THIRD_PARTY,
    str(GroundItem.Kind.STANDARD): STANDARD,
    str(GroundItem.Kind.ASSUMPTION): TRANSPARENCY,
}


def tactic_of(kind: str, counts: Counts) -> str:
    """The code of the tactic that fits an item of this `kind`.

    Where most have not been asked, nobody knows whether there is a dispute: anticipate it. A
    disputed source needs somebody whom both sides believe, a disputed standard a decision for the
    cases that need one, a disputed assumption that each says openly what it takes for granted.
    Undisputed ones are kept in the open too.
    """
    if counts.not_asked > counts.asked or not counts.asked:
        return ANTICIPATE
    if 0 < counts.disagree < counts.asked:
        return _BY_KIND[kind]
    return TRANSPARENCY


def advice_for_item(item: RegisterItem) -> Advice:
    """The tactic that fits `item`, and why."""
    return _advice(item.tactic, _why(item))


def advice_for_register(register: Register) -> Advice | None:
    """What to do before any single item is taken: where there is nothing on the register, or where
    several items are split. Else None."""
    if not register.items:
        return _advice(
            PRINCIPLES,
            _("Nothing is on the register, so nobody knows yet what will be argued about."),
        )
    if register.split >= SEVERAL:
        return _advice(
            PRINCIPLES,
            first_capital(
                _(
                    "%(number)s items are split. One answer would only move the argument to the next "
                    "item."
                )
                % {"number": in_words(register.split)}
            ),
        )
    return None


def _why(item: RegisterItem) -> str:
    parties = item.asked + item.not_asked
    if item.tactic == ANTICIPATE:
        if not item.asked:
            return _("Nobody has been asked yet.")
        said = ngettext(
            "%(missing)s of %(parties)s parties has not been asked. The dispute may still come.",
            "%(missing)s of %(parties)s parties have not been asked. The dispute may still come.",
            item.not_asked,
        )
        return first_capital(
            said % {"missing": in_words(item.not_asked), "parties": in_words(parties)}
        )
    if item.is_disputed and item.kind == GroundItem.Kind.SOURCE:
        return _(
            "The dispute is about whose facts count. More facts from either side will not settle "
            "it: neither believes the other’s."
        )
    if item.is_disputed and item.kind == GroundItem.Kind.STANDARD:
        return _(
            "The dispute is about the right way to do a thing. Not everywhere is one way needed: "
            "decide it for the cases that need one, and leave the rest."
        )
    if item.is_disputed:
        return _(
            "The dispute is about what is taken for granted. Parties often disagree because each "
            "knows something that the others do not."
        )
    if item.disagree:
        return _(
            "All who were asked disagree, so it is common ground that this does not hold. Say "
            "openly what holds instead, and change the item."
        )
    return _(
        "Nobody disagrees. Keep it in the open, so that it stays so when the work gets difficult."
    )


def _advice(code: str, why: str) -> Advice:
    tactic = TACTICS[code]
    return Advice(code, str(tactic.title), why, [str(step) for step in tactic.steps])
