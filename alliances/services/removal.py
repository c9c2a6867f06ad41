"""What it means to remove a participant: what of it must stay, and what would go with it.

What others count on stays: what arrived, who came, what was signed or revealed. An organisation of
which something of that kind is on record leaves; it is not removed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Func, Model, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.models import (
    Action,
    Attendance,
    Contribution,
    DecisionPart,
    DifferencePair,
    ExpectedValue,
    GroundItem,
    JournalEntry,
    Membership,
    PairHistory,
    Participant,
    Position,
    Profile,
    PurposeSentence,
    Receipt,
    Representative,
    ReviewSide,
)
from alliances.services.counts import in_words, listed


@dataclass(frozen=True)
class Removal:
    """What removing a participant would do. `kept` says why it stays, and is empty where it may go."""

    kept: str
    people: int
    goes: str
    """What is deleted with it, counted, such as "two pledges and its profile"; may be empty."""
    accounts: int
    """How many accounts speak for it, and would speak for nobody."""
    is_named: bool
    """Whether something that stays names it: an entry of the journal, an action, an item."""


def read_removal(*, participant: Participant) -> Removal:
    """What would happen. A constant number of queries.

    Internal stakeholders and the sentence of an open purpose check are not counted: how many there
    are is nobody's business but its own.
    """
    counts = _counts(participant)
    return Removal(
        kept=_why_kept(participant, counts),
        people=counts["people"],
        goes=listed(_going(counts)),
        accounts=counts["accounts"],
        is_named=bool(counts["entries"] or counts["actions"] or counts["raised"]),
    )


def reason_to_keep(participant: Participant) -> str:
    """Why the participant cannot be removed, and what to do instead; empty where it can."""
    return _why_kept(participant, _counts(participant))


def _why_kept(participant: Participant, counts: dict[str, int]) -> str:
    signed = participant.signatures.select_related("version").order_by("-version__number").first()
    if signed is not None:
        said = _(
            "%(name)s has signed version %(number)d of the charter and stays in its history. Change "
            "its status to left instead."
        )
        return said % {"name": participant.name, "number": signed.version.number}
    party = (
        participant.charter_parties.select_related("version").order_by("-version__number").first()
    )
    if party is not None:
        said = _(
            "%(name)s is a party to version %(number)d of the charter and stays in its history. "
            "Change its status to left instead."
        )
        return said % {"name": participant.name, "number": party.version.number}
    held = [
        words
        for name, words in (
            ("receipts", _("what arrived of its pledges")),
            ("attendances", _("its attendance at meetings")),
            ("closed_sentences", _("its sentence in a closed purpose check")),
            ("revealed", _("differences that were revealed to both sides")),
            ("sides", _("its side of a joint review")),
        )
        if counts[name]
    ]
    if not held:
        return ""
    said = _(
        "%(name)s is on record with %(what)s, which others count on. Change its status to left "
        "instead: all of it then stays."
    )
    return said % {"name": participant.name, "what": listed(held)}


def _going(counts: dict[str, int]) -> list[str]:
    """What is deleted, apart from the people: kind by kind, each with its number."""

    def number(name: str) -> dict[str, str]:
        return {"count": in_words(counts[name])}

    kinds = [
        ("pledges", ngettext("%(count)s pledge", "%(count)s pledges", counts["pledges"])),
        (
            "values",
            ngettext(
                "%(count)s kind of value that it expects",
                "%(count)s kinds of value that it expects",
                counts["values"],
            ),
        ),
        (
            "positions",
            ngettext(
                "%(count)s position in the register",
                "%(count)s positions in the register",
                counts["positions"],
            ),
        ),
        ("profiles", _("its profile")),
        (
            "histories",
            ngettext(
                "%(count)s history with another organisation",
                "%(count)s histories with other organisations",
                counts["histories"],
            ),
        ),
        (
            "pairs",
            ngettext(
                "%(count)s look at differences that is not revealed yet (and what the other side "
                "wrote)",
                "%(count)s looks at differences that are not revealed yet (and what the other "
                "sides wrote)",
                counts["pairs"],
            ),
        ),
        (
            "parts",
            ngettext(
                "its part in %(count)s decision",
                "its parts in %(count)s decisions",
                counts["parts"],
            ),
        ),
    ]
    return [words % number(name) for name, words in kinds if counts[name]]


def _counts(participant: Participant) -> dict[str, int]:
    """Every count by its name, in one query."""
    own = {"participant": OuterRef("pk")}
    either = Q(first=OuterRef("pk")) | Q(second=OuterRef("pk"))
    pairs = DifferencePair.objects.filter(either)
    # Some of these names are a participant's own.
    columns: dict[str, Any] = {
        f"found_{name}": _number_of(rows)
        for name, rows in {
            "people": Representative.objects.filter(**own),
            "accounts": Membership.objects.filter(**own),
            "receipts": Receipt.objects.filter(contribution__participant=OuterRef("pk")),
            "attendances": Attendance.objects.filter(**own),
            "closed_sentences": PurposeSentence.objects.filter(
                **own, check_held__closed_at__isnull=False
            ),
            "revealed": pairs.filter(revealed_at__isnull=False),
            "sides": ReviewSide.objects.filter(**own),
            "pledges": Contribution.objects.filter(**own),
            "values": ExpectedValue.objects.filter(**own),
            "positions": Position.objects.filter(**own),
            "profiles": Profile.objects.filter(**own),
            "histories": PairHistory.objects.filter(either),
            "pairs": pairs.filter(revealed_at__isnull=True),
            "parts": DecisionPart.objects.filter(**own),
            "entries": JournalEntry.objects.filter(**own),
            "actions": Action.objects.filter(**own),
            "raised": GroundItem.objects.filter(raised_by=OuterRef("pk")),
        }.items()
    }
    found = Participant.objects.filter(pk=participant.pk).values(**columns).first()
    return {
        name.removeprefix("found_"): count
        for name, count in (found or dict.fromkeys(columns, 0)).items()
    }


def _number_of(rows: QuerySet[Model]) -> Subquery:
    """How many of `rows`, as a column. Their order would split the count into groups."""
    counted = rows.order_by().annotate(number=Func(F("pk"), function="COUNT"))
    return Subquery(counted.values("number"))
