"""Two parties look at each other: both write, then both read, at the same moment (HW).

Before the reveal nothing that was written leaves this module, except to the organisation that wrote
it: `difference_of` does not even fetch it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.errors import Refused
from alliances.models import (
    Alliance,
    DifferencePair,
    DifferenceView,
    Membership,
    Participant,
    User,
)
from alliances.services.counts import first_capital, in_words
from alliances.services.locks import locked_alliance
from alliances.services.overview import AT_THE_TABLE
from alliances.services.profiles import in_one_order
from alliances.services.records import add_record, change_record


@dataclass(frozen=True)
class Party:
    """One of a pair, and whether it has written. The texts are empty until the reveal."""

    participant: Participant
    has_written: bool
    has_access: bool
    """Whether anybody may log in and write for it."""
    itself: str = ""
    other: str = ""
    own_strengths: str = ""
    other_strengths: str = ""

    @property
    def has_named_strengths(self) -> bool:
        return bool(self.own_strengths or self.other_strengths)


@dataclass(frozen=True)
class Difference:
    """A pair as its page shows it."""

    pair: DifferencePair
    first: Party
    second: Party

    @property
    def revealed_at(self) -> dt.datetime | None:
        return self.pair.revealed_at

    @property
    def parties(self) -> tuple[Party, Party]:
        return self.first, self.second

    def side_of(self, participant: Participant | None) -> Party | None:
        """The side of `participant`; None where it is neither."""
        return next((p for p in self.parties if p.participant == participant), None)

    def opposite(self, participant: Participant) -> Party:
        """The other side."""
        return self.second if self.first.participant == participant else self.first


@dataclass(frozen=True)
class PairRow:
    """A pair on the list of all. Whether one of the two has written is for the two and the
    convener: `written` is None for others."""

    pair: DifferencePair
    is_own: bool
    is_open_to_reader: bool
    written: int | None
    waits_for_reader: bool

    @property
    def is_revealed(self) -> bool:
        return self.pair.revealed_at is not None


@dataclass(frozen=True)
class Differences:
    """All pairs of an alliance: the reader's own first, then those that are at it, then the others."""

    rows: list[PairRow]

    @property
    def revealed(self) -> int:
        return sum(row.is_revealed for row in self.rows)

    @property
    def under_way(self) -> int:
        return len(self.rows) - self.revealed

    @property
    def waiting(self) -> PairRow | None:
        """The first pair that waits for the reader's own organisation."""
        return next((row for row in self.rows if row.waits_for_reader), None)

    @property
    def first(self) -> str:
        """The finding, in bold."""
        if not self.rows:
            return _("No two organisations have looked at each other yet.")
        if not self.revealed:
            said = ngettext(
                "%(number)s pair is looking at each other.",
                "%(number)s pairs are looking at each other.",
                self.under_way,
            )
            return first_capital(said % {"number": in_words(self.under_way)})
        said = ngettext(
            "%(number)s pair has seen how each looks to the other.",
            "%(number)s pairs have seen how each looks to the other.",
            self.revealed,
        )
        return first_capital(said % {"number": in_words(self.revealed)})

    @property
    def rest(self) -> str:
        """And after it."""
        if not self.revealed or not self.under_way:
            return ""
        said = ngettext(
            "%(number)s more is writing.", "%(number)s more are writing.", self.under_way
        )
        return first_capital(said % {"number": in_words(self.under_way)})


def differences_of(
    *, alliance: Alliance, reader: Participant | None, convenes: bool
) -> Differences:
    """All pairs, as `reader`'s organisation may see them, or who convenes. Two queries."""
    pairs = list(alliance.difference_pairs.select_related("first", "second"))
    written: dict[int, set[int]] = {pair.pk: set() for pair in pairs}
    views = DifferenceView.objects.filter(pair__in=written)
    for pair_id, participant_id in views.values_list("pair_id", "participant_id"):
        written[pair_id].add(participant_id)
    rows = []
    for pair in pairs:
        is_own = reader is not None and reader.pk in (pair.first_id, pair.second_id)
        may_open = is_own or convenes
        rows.append(
            PairRow(
                pair=pair,
                is_own=is_own,
                is_open_to_reader=may_open,
                written=len(written[pair.pk]) if may_open else None,
                waits_for_reader=is_own
                and pair.revealed_at is None
                and reader is not None
                and reader.pk not in written[pair.pk],
            )
        )
    rows.sort(key=lambda row: (not row.is_own, row.is_revealed))
    return Differences(rows)


def difference_of(*, pair: DifferencePair) -> Difference:
    """A pair for the two and the convener. Before the reveal without a word of what was written."""
    views = pair.views.only("participant_id", "pair_id")
    if pair.revealed_at is not None:
        views = pair.views.all()
    written = {view.participant_id: view for view in views}
    members = set(
        Membership.objects.filter(participant__in=(pair.first_id, pair.second_id)).values_list(
            "participant_id", flat=True
        )
    )

    def party(participant: Participant) -> Party:
        view = written.get(participant.pk)
        has_access = participant.pk in members
        if view is None or pair.revealed_at is None:
            return Party(participant, has_written=view is not None, has_access=has_access)
        return Party(
            participant,
            has_written=True,
            has_access=has_access,
            itself=view.itself,
            other=view.other,
            own_strengths=view.own_strengths,
            other_strengths=view.other_strengths,
        )

    return Difference(pair=pair, first=party(pair.first), second=party(pair.second))


def pairable_participants(alliance: Alliance) -> QuerySet[Participant]:
    """Those whom the convener may ask to look at each other: all at the table."""
    return alliance.participants.filter(status__in=AT_THE_TABLE)


@transaction.atomic
def open_difference(
    *,
    alliance: Alliance,
    first: Participant,
    second: Participant,
    at: dt.datetime | None = None,
) -> DifferencePair:
    """Asks two organisations to look at each other; the order does not matter.

    `at` is when, now where it is not given. Raises Refused where they are the same, one is not at
    the table, or they were asked before.
    """
    held = locked_alliance(alliance.pk)
    first, second = in_one_order(first, second)
    there = {party.pk for party in pairable_participants(held)}
    for party in (first, second):
        if party.pk not in there:
            raise Refused(_("%(name)s is not at the table.") % {"name": party.name})
    if DifferencePair.objects.filter(alliance=held, first=first, second=second).exists():
        raise Refused(
            _("%(first)s and %(second)s were asked before. Look for them in the list.")
            % {"first": first.name, "second": second.name}
        )
    return DifferencePair.objects.create(
        alliance=held, first=first, second=second, opened_at=at or timezone.now()
    )


@transaction.atomic
def write_view(
    *,
    pair: DifferencePair,
    participant: Participant,
    edition: int,
    itself: str,
    other: str,
    by: User | None,
    convenes: bool = False,
    at: dt.datetime | None = None,
) -> DifferenceView:
    """What `participant` writes of itself and of the other. With the second of the two, both are
    revealed, at `at` (now where it is not given).

    `edition` is the one that whoever writes began from, 0 where their organisation had not written.
    `convenes`: whether `by` convenes the alliance; they read what a colleague wrote no sooner than
    all others, and so cannot change it. Raises Refused where both are revealed (what was written
    first stands) or a text is wrong, and Overtaken where a colleague saved first.
    """
    current = locked_pair(pair)
    _refuse_outsider(current, participant)
    if current.revealed_at is not None:
        raise Refused(
            _(
                "Both have written meanwhile, and both can read. What stands there stands; "
                "this was not stored."
            )
        )
    view = (
        DifferenceView.objects.select_related("changed_by", "pair")
        .filter(pair=current, participant=participant)
        .first()
    )
    if view is not None:
        if convenes and not is_author(view, by):
            raise Refused(_written_by_a_colleague(view))
        view = change_record(record=view, edition=edition, by=by, itself=itself, other=other)
    else:
        view = add_record(
            model=DifferenceView,
            alliance=current.alliance,
            by=by,
            pair=current,
            participant=participant,
            itself=itself,
            other=other,
        )
    if current.views.count() == 2:
        current.revealed_at = at or timezone.now()
        current.save()
    return view


@transaction.atomic
def write_strengths(
    *,
    view: DifferenceView,
    edition: int,
    own_strengths: str,
    other_strengths: str,
    by: User | None,
) -> DifferenceView:
    """The strengths that a party sees on each side, once both can read. Raises Refused before that,
    and Overtaken where a colleague saved first."""
    current = locked_pair(view.pair)
    if current.revealed_at is None:
        raise Refused(_("The strengths come after both have written."))
    return change_record(
        record=view,
        edition=edition,
        by=by,
        own_strengths=own_strengths,
        other_strengths=other_strengths,
    )


@transaction.atomic
def remove_difference(*, pair: DifferencePair) -> None:
    """The pair is gone, with what both wrote. It is no error where it was gone already."""
    locked_alliance(pair.alliance_id)
    DifferencePair.objects.filter(pk=pair.pk).delete()


def locked_pair(pair: DifferencePair) -> DifferencePair:
    """The pair as it is stored now, its alliance held. Raises Refused where it is gone."""
    locked_alliance(pair.alliance_id)
    try:
        return DifferencePair.objects.select_related("alliance", "first", "second").get(pk=pair.pk)
    except DifferencePair.DoesNotExist:
        raise Refused(
            _("The convener has taken back the question to these two. This was not stored.")
        ) from None


def is_author(view: DifferenceView, user: User | None) -> bool:
    """Whether `user` wrote it last."""
    return user is not None and view.changed_by_id == user.pk


def _refuse_outsider(pair: DifferencePair, participant: Participant) -> None:
    if participant.pk not in (pair.first_id, pair.second_id):
        raise Refused(_("%(name)s is not one of these two.") % {"name": participant.name})


def _written_by_a_colleague(view: DifferenceView) -> str:
    return _(
        "%(who)s has written for your organisation. You convene this alliance, so you read it "
        "when all do, and cannot change it."
    ) % {"who": view.changed_by.known_as if view.changed_by else _("A colleague")}
