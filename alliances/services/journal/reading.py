"""The journal as pages show it: what happened, newest first, and what stands out of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from alliances.models import Action, Alliance, Attendance, JournalEntry, ReviewSide
from alliances.services.attendance import MeetingAttendance
from alliances.services.counts import listed
from alliances.services.figures import alone_in_words, dated
from alliances.services.journal.facts import attendance_in_words, fact_of, still_to_say
from alliances.services.journal.shapes import SHAPES, Shape

PAGE = 50

Kind = JournalEntry.Kind


@dataclass(frozen=True)
class Line:
    """An entry as the journal lists it; `fact` is what there is to know of it in a sentence or two."""

    pk: int
    kind: str
    kind_label: str
    on: dt.date
    title: str
    fact: str
    is_overdue: bool
    is_ahead: bool


@dataclass(frozen=True)
class Month:
    """The entries of one month; `first` is its first day."""

    first: dt.date
    lines: list[Line]


@dataclass(frozen=True)
class KindCount:
    """How many entries there are of one kind; `kind` "" stands for all."""

    kind: str
    label: str
    count: int


@dataclass(frozen=True)
class JournalPage:
    """One page of the journal. `finding` and `addition` are its heading, `overdue` a further
    sentence or "". `page` counts from 1 to `pages`; `total` is of the kind shown."""

    finding: str
    addition: str
    overdue: str
    months: list[Month]
    kinds: list[KindCount]
    kind: str
    page: int
    pages: int
    total: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing of any kind has been written down."""
        return not self.kinds[0].count

    @property
    def newer(self) -> int | None:
        return self.page - 1 if self.page > 1 else None

    @property
    def older(self) -> int | None:
        return self.page + 1 if self.page < self.pages else None


@dataclass(frozen=True)
class Passage:
    """A text of an entry under its name; `help` says what belongs there."""

    code: str
    label: str
    text: str
    help: str = ""


@dataclass(frozen=True)
class EntryPage:
    """One entry with all that hangs on it. `passages` stand before the sides of a review,
    `conclusions` after them; `steps` are those of a problem, empty ones too."""

    entry: JournalEntry
    kind_label: str
    fact: str
    dates: list[tuple[str, dt.date]]
    passages: list[Passage]
    conclusions: list[Passage]
    steps: list[Passage]
    attendance: list[Attendance]
    sides: list[ReviewSide]
    actions: list[Action]
    is_overdue: bool
    to_say: str
    """What is still to be recorded, as the words of a button; "" where nothing is."""


def journal_page(
    *, alliance: Alliance, today: dt.date, kind: str = "", page: int | str | None = 1
) -> JournalPage:
    """The journal of `alliance` as it stands `today`, of one kind where `kind` names one.

    A page that is no number is the first one, and one too far the last. Constant queries.
    """
    kind = kind if kind in SHAPES else ""
    entries = JournalEntry.objects.filter(alliance=alliance)
    counts = dict(entries.order_by().values_list("kind").annotate(Count("pk")))
    shown = entries.filter(kind=kind) if kind else entries
    part = Paginator(shown.defer("note").select_related("participant"), PAGE).get_page(page)
    lines = _lines(list(part.object_list), today)
    finding, addition = _finding(entries, today)
    return JournalPage(
        finding=finding,
        addition=addition,
        overdue=_overdue(alliance, entries, today),
        months=[
            Month(first, list(of_month))
            for first, of_month in groupby(lines, key=lambda line: line.on.replace(day=1))
        ],
        kinds=[
            KindCount("", pgettext("entries", "All"), sum(counts.values())),
            *(
                KindCount(name, str(shape.plural), counts[name])
                for name, shape in SHAPES.items()
                if name in counts
            ),
        ],
        kind=kind,
        page=part.number,
        pages=part.paginator.num_pages,
        total=part.paginator.count,
    )


def read_entry(*, entry: JournalEntry, today: dt.date) -> EntryPage:
    """One entry as its page shows it, in three queries."""
    shape = SHAPES[entry.kind]
    attendance = list(entry.attendances.select_related("participant"))
    sides = list(entry.sides.select_related("participant"))
    meeting = MeetingAttendance(
        entry.pk,
        entry.on,
        entry.title,
        *(
            sum(row.presence == presence for row in attendance)
            for presence in Attendance.Presence.values
        ),
    )
    texts = [
        Passage(
            part.code,
            capfirst(str(part.label)),
            entry.content.get(part.code, ""),
            str(part.help),
        )
        for part in shape.parts
    ]
    steps = texts if entry.kind == Kind.PROBLEM else []
    passages = [Passage("note", _label(shape, "note"), entry.note), *texts[len(steps) :]]
    conclusions = passages[-1:] if entry.kind == Kind.REVIEW else []
    return EntryPage(
        entry=entry,
        kind_label=str(entry.get_kind_display()),
        fact=fact_of(entry, today, meeting, [side.participant.name for side in sides]),
        dates=[
            (_label(shape, name), getattr(entry, name))
            for name in ("on", "due_on", "done_on")
            if name in shape.columns and getattr(entry, name) is not None
        ],
        passages=[
            passage for passage in passages[: len(passages) - len(conclusions)] if passage.text
        ],
        conclusions=[passage for passage in conclusions if passage.text],
        steps=steps,
        attendance=attendance,
        sides=sides,
        actions=list(entry.actions.select_related("participant")),
        is_overdue=_is_overdue(entry, today),
        to_say=still_to_say(entry, today, bool(attendance)),
    )


def _label(shape: Shape, name: str) -> str:
    """What a column is called in this kind of entry."""
    column = JournalEntry._meta.get_field(name)
    return capfirst(str(shape.labels.get(name) or getattr(column, "verbose_name", name)))


def _is_overdue(entry: JournalEntry, today: dt.date) -> bool:
    return (
        entry.kind == Kind.MILESTONE
        and entry.due_on is not None
        and entry.due_on < today
        and entry.done_on is None
    )


def _lines(entries: list[JournalEntry], today: dt.date) -> list[Line]:
    meetings = _attendance_of(entries)
    sides: dict[int, list[str]] = {}
    for pk, name in ReviewSide.objects.filter(
        entry__in=[entry.pk for entry in entries]
    ).values_list("entry", "participant__name"):
        sides.setdefault(pk, []).append(name)
    return [
        Line(
            pk=entry.pk,
            kind=entry.kind,
            kind_label=str(entry.get_kind_display()),
            on=entry.on,
            title=entry.title,
            fact=fact_of(entry, today, meetings[entry.pk], sides.get(entry.pk, [])),
            is_overdue=_is_overdue(entry, today),
            is_ahead=entry.on > today,
        )
        for entry in entries
    ]


def _attendance_of(entries: Iterable[JournalEntry]) -> dict[int, MeetingAttendance]:
    """Who came to each of `entries`, by its key: nobody where nothing is recorded. One query."""
    entries = list(entries)
    counts: dict[tuple[int, str], int] = {
        (pk, presence): count
        for pk, presence, count in Attendance.objects.filter(
            entry__in=[entry.pk for entry in entries]
        )
        .order_by()
        .values_list("entry", "presence")
        .annotate(Count("pk"))
    }
    return {
        entry.pk: MeetingAttendance(
            entry.pk,
            entry.on,
            entry.title,
            *(counts.get((entry.pk, presence), 0) for presence in Attendance.Presence.values),
        )
        for entry in entries
    }


def _finding(entries: QuerySet[JournalEntry], today: dt.date) -> tuple[str, str]:
    """The last meeting in a sentence, and the next milestone in another."""
    last = entries.filter(kind=Kind.MEETING, on__lte=today).defer("note").first()
    following = (
        entries.filter(kind=Kind.MILESTONE, due_on__gte=today, done_on__isnull=True)
        .defer("note")
        .order_by("due_on", "pk")
        .first()
    )
    if last is None:
        finding = _("No meeting is on record yet.")
    else:
        day = dated(last.on, "MONTH_DAY_FORMAT")
        if last.on.year != today.year:
            day = dated(last.on)
        meeting = _attendance_of([last])[last.pk]
        if meeting.asked:
            finding = _("Last meeting, %(day)s: %(attendance)s.") % {
                "day": day,
                "attendance": attendance_in_words(meeting),
            }
        else:
            finding = _("Last meeting, %(day)s: nobody wrote down who came.") % {"day": day}
    if following is None:
        return finding, _("No milestone lies ahead.")
    assert following.due_on is not None  # noqa: S101 (the query asks for it)
    return finding, _("Next milestone, %(day)s: %(title)s.") % {
        "day": dated(following.due_on),
        "title": following.title.rstrip("."),
    }


def _overdue(alliance: Alliance, entries: QuerySet[JournalEntry], today: dt.date) -> str:
    """What is overdue, in a sentence; "" where nothing is."""
    late = Q(due_on__lt=today, done_on__isnull=True)
    milestones = entries.filter(late, kind=Kind.MILESTONE).count()
    actions = Action.objects.filter(late, alliance=alliance, dropped_on__isnull=True).count()
    said = [
        ngettext("%(number)s milestone", "%(number)s milestones", milestones)
        % {"number": alone_in_words(milestones)}
    ] * bool(milestones)
    said += [
        ngettext("%(number)s action", "%(number)s actions", actions)
        % {"number": alone_in_words(actions)}
    ] * bool(actions)
    if not said:
        return ""
    return _("Overdue: %(what)s.") % {"what": listed(said)}
