"""The value that each participant expects, beyond sales and cost: thirteen kinds (K)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alliances.errors import Refused
from alliances.models import Alliance, ExpectedValue, Participant, User
from alliances.services import counts
from alliances.services.locks import locked_participant
from alliances.services.records import stamp
from alliances.services.texts import one_line, one_of

Kind = ExpectedValue.Kind
NOTE_LIMIT = 500
NAMED = 3
"""So many kinds or organisations are named in a sentence; more are counted."""
COLUMNS = 10
"""So many organisations stand side by side in a table; more are listed by name."""

MEANINGS = {
    Kind.MARKET_SHARE: gettext_lazy("A larger part of a market where we sell already."),
    Kind.NEW_MARKETS: gettext_lazy("A way to customers or places that we do not reach alone."),
    Kind.MARKET_DEVELOPMENT: gettext_lazy("The market itself grows, for everybody in it."),
    Kind.TIME_TO_MARKET: gettext_lazy("What we make reaches its users sooner."),
    Kind.PROCESS_INNOVATION: gettext_lazy("We do our daily work in a better way."),
    Kind.LEARNING: gettext_lazy("We come to know what the others know."),
    Kind.CAPABILITIES: gettext_lazy("We can do what we could not do before."),
    Kind.LESS_THREAT: gettext_lazy("A rival becomes a partner, or has less to threaten us with."),
    Kind.SHARED_RISK: gettext_lazy("What may go wrong is borne by several."),
    Kind.PORTFOLIO: gettext_lazy("We can offer more, or offer it as a whole."),
    Kind.BRAND: gettext_lazy("Our name stands for more, because of whom it stands beside."),
    Kind.SATISFACTION: gettext_lazy("Those we serve are better served, and say so."),
    Kind.OPTIONS: gettext_lazy("Doors open that we may go through later, or not."),
}
"""What each kind means, in a line."""


@dataclass(frozen=True)
class StoredValues:
    """What a participant has named: notes by the code of the kind, in the order of the kinds."""

    notes: dict[str, str]

    @property
    def digest(self) -> str:
        """Says which set one began from: any change of it changes this."""
        pairs = json.dumps(sorted(self.notes.items()), ensure_ascii=True)
        return hashlib.sha256(pairs.encode()).hexdigest()


class ValuesOvertaken(Refused):
    """Somebody saved first. `current` is the set as it is stored now; nothing was changed."""

    def __init__(self, current: StoredValues) -> None:
        super().__init__(
            _(
                "This was changed while you were writing. Nothing of yours is stored yet, and "
                "nothing is lost: compare the two below, and save what shall stand."
            )
        )
        self.current = current


@dataclass(frozen=True)
class Mark:
    """One organisation in the row of a kind: whether it named it, and how it would show."""

    participant: Participant
    named: bool
    note: str


@dataclass(frozen=True)
class KindRow:
    """One of the thirteen kinds, with a mark for each organisation."""

    code: str
    label: str
    meaning: str
    marks: list[Mark]

    @property
    def named_by(self) -> list[Mark]:
        return [mark for mark in self.marks if mark.named]

    @property
    def noted(self) -> list[Mark]:
        return [mark for mark in self.marks if mark.note]

    @property
    def count(self) -> int:
        return len(self.named_by)


@dataclass(frozen=True)
class ValuesOverview:
    """Rows by how many named the kind, most first; `organisations` are those that are counted.

    Counted is who accepted, and who is invited and named something already.
    """

    finding: str
    aside: list[str]
    organisations: list[Participant]
    rows: list[KindRow]
    silent: list[Participant]

    @property
    def is_table(self) -> bool:
        """Whether a column for each organisation fits side by side."""
        return len(self.organisations) <= COLUMNS

    @property
    def notes(self) -> list[KindRow]:
        """The kinds of which somebody wrote how they would show."""
        return [row for row in self.rows if row.noted]

    @property
    def is_empty(self) -> bool:
        return not any(row.count for row in self.rows)

    def has_named(self, participant: Participant | None) -> bool:
        """Whether `participant` has named a kind."""
        return any(mark.participant == participant for row in self.rows for mark in row.named_by)


def stored_values(*, participant: Participant) -> StoredValues:
    """What the participant has named, in a query."""
    return _stored(list(ExpectedValue.objects.filter(participant=participant)))


@transaction.atomic
def set_expected_values(
    *, participant: Participant, by: User | None, notes: Mapping[str, str], seen: str
) -> StoredValues:
    """The participant expects these kinds and no others: `notes` by the code of the kind, a note
    may be empty.

    `seen` is the digest of the set that whoever saves began from. Raises ValuesOvertaken where
    another set is stored by now, and Refused where a kind is unknown or a note is wrong.
    """
    wanted = {}
    for code, note in notes.items():
        one_of(code, Kind.values, what=_("The kind of value"))
        wanted[code] = one_line(note, what=str(Kind(code).label), limit=NOTE_LIMIT)
    current = locked_participant(participant)
    rows = list(ExpectedValue.objects.filter(participant=current))
    stored = _stored(rows)
    if seen != stored.digest:
        raise ValuesOvertaken(stored)
    for row in rows:
        if row.kind not in wanted:
            row.delete()
        elif row.note != wanted[row.kind]:
            row.note = wanted[row.kind]
            stamp(row, by)
            row.save()
    ExpectedValue.objects.bulk_create(
        ExpectedValue(
            participant=current,
            kind=code,
            note=wanted[code],
            changed_by=by,
            changed_at=timezone.now(),
        )
        for code in Kind.values
        if code in wanted and code not in stored.notes
    )
    return stored_values(participant=current)


def values_overview(*, alliance: Alliance) -> ValuesOverview:
    """What everybody expects, in two queries."""
    notes = {
        (value.participant_id, value.kind): value.note
        for value in ExpectedValue.objects.filter(participant__alliance=alliance)
    }
    speaking = {participant_id for participant_id, _kind in notes}
    organisations = [
        participant
        for participant in alliance.participants.all()
        if participant.status == Participant.Status.ACCEPTED
        or (participant.status == Participant.Status.INVITED and participant.pk in speaking)
    ]
    rows = [
        KindRow(
            code=kind.value,
            label=str(kind.label),
            meaning=str(MEANINGS[kind]),
            marks=[
                Mark(
                    participant=participant,
                    named=(participant.pk, kind.value) in notes,
                    note=notes.get((participant.pk, kind.value), ""),
                )
                for participant in organisations
            ],
        )
        for kind in Kind
    ]
    silent = [one for one in organisations if one.pk not in speaking]
    finding, aside = _finding(rows, len(organisations), silent)
    return ValuesOverview(
        finding=finding,
        aside=aside,
        organisations=organisations,
        rows=sorted(rows, key=lambda row: -row.count),
        silent=silent,
    )


def _stored(rows: list[ExpectedValue]) -> StoredValues:
    notes = {row.kind: row.note for row in rows}
    return StoredValues({code: notes[code] for code in Kind.values if code in notes})


def _finding(rows: list[KindRow], all_: int, silent: list[Participant]) -> tuple[str, list[str]]:
    most = max(row.count for row in rows)
    if not most:
        return _("Nobody has said what value it expects."), []
    top = [_in_sentence(row) for row in rows if row.count == most]
    values = {
        "kinds": counts.listed(top),
        "count": most,
        "all": all_,
        "some": counts.in_words(most),
        "every": counts.in_words(all_),
    }
    if len(top) > NAMED:
        values["n"] = counts.in_words(len(top))
        first = counts.first_capital(
            _("%(n)s kinds of value are named most, by %(some)s of %(every)s each.") % values
        )
    elif most == all_:
        first = _("All want %(kinds)s.") % values
    elif 2 * most > all_:
        first = _("Most want %(kinds)s (%(count)s of %(all)s).") % values
    else:
        first = _("Named most: %(kinds)s, by %(some)s of %(every)s.") % values
    aside = []
    unnamed = [_in_sentence(row) for row in rows if not row.count]
    if 0 < len(unnamed) <= NAMED:
        aside.append(_("Nobody names %(kinds)s.") % {"kinds": get_text_list(unnamed, _("or"))})
    elif unnamed:
        aside.append(
            _("Nobody names %(n)s of the %(all)s kinds.")
            % {"n": counts.in_words(len(unnamed)), "all": counts.in_words(len(rows))}
        )
    if 0 < len(silent) <= NAMED:
        aside.append(
            ngettext("%(names)s has named nothing.", "%(names)s have named nothing.", len(silent))
            % {"names": counts.listed([one.name for one in silent])}
        )
    elif silent:
        aside.append(
            counts.first_capital(
                _("%(n)s organisations have named nothing.") % {"n": counts.in_words(len(silent))}
            )
        )
    return first, aside


def _in_sentence(row: KindRow) -> str:
    return counts.first_small(row.label)
