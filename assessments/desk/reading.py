"""All that stands on an alliance's desk, read in a constant number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.models import Alliance, CharterVersion, Participant
from alliances.services.counts import first_capital, in_words
from assessments.desk.gaps import GapRow, gap_rows
from assessments.desk.own import own_tasks
from assessments.desk.papers import Papers, read_papers
from assessments.desk.standing import ElementRow, element_rows, page_scale
from assessments.desk.tasks import Situation, Task, next_tasks
from assessments.desk.under_way import UnderWay, rounds_under_way
from assessments.desk.words import day_of, month_of, verdict_words
from assessments.evidence import collect_evidence
from assessments.models import Round
from assessments.progress import Progress, read_open_rounds, read_progress
from assessments.reports.findings import headline
from assessments.reports.marks import Scale
from assessments.reports.texts import BankTexts, texts_of

STOPS = 5


@dataclass(frozen=True)
class Step:
    """A stop on the alliance's way: done, now, or to come."""

    title: str
    text: str
    state: str = ""
    address: str = ""


@dataclass(frozen=True)
class Desk:
    """All that stands on the page."""

    finding: str
    addition: str
    steps: list[Step]
    elements: list[ElementRow]
    scale: Scale
    scored: str = ""
    """Which round the scores come from; empty before the first result."""
    tasks: list[Task] = field(default_factory=list)
    under_way: list[UnderWay] = field(default_factory=list)
    """Open rounds beside the one that the headline tells of."""
    own: list[Task] = field(default_factory=list)
    """What the organisation of who looks at it has not done yet."""
    own_name: str = ""
    gaps: list[GapRow] = field(default_factory=list)
    asks: bool = False
    """Whether a round is open, so that "answered" means something."""
    signs: str = ""
    """Which version of the charter "signed" is about; empty where there is none to sign."""
    pledges: bool = False
    """Whether something pledged is due, so that "arrived" means something."""


def read_desk(
    *,
    alliance: Alliance,
    convener: bool,
    own: Participant | None = None,
    today: dt.date | None = None,
) -> Desk:
    """The desk of `alliance`. What only a convener may know is left empty for others.

    `own` is the organisation of who looks at it. A constant number of queries, whatever the number
    of participants, rounds and records.
    """
    today = today or timezone.localdate()
    participants = list(alliance.participants.prefetch_related("representatives"))
    # The latest ones are what the page tells of: one that is open, two that are closed.
    rounds = alliance.rounds.select_related("bank", "result")
    open_rounds = read_open_rounds(alliance, about_persons=convener)
    open_round = _leading(open_rounds)
    further = [round_ for round_ in open_rounds if round_ != open_round]
    judged = rounds.judging().filter(status=Round.Status.CLOSED)
    closed = list(judged.order_by("-closed_at", "-pk")[:2])
    latest = closed[0] if closed else None
    texts = texts_of(latest.bank) if latest else None
    progress = read_progress(open_round) if open_round else None
    papers = read_papers(alliance=alliance, on=today)
    evidence = collect_evidence(alliance, today)
    rows = element_rows(evidence, latest, reverse("result", args=[latest.pk]) if latest else "")
    finding, addition = _finding(participants, open_round, latest, texts, progress, convener)
    tasks = (
        next_tasks(
            Situation(
                alliance=alliance,
                participants=participants,
                open_round=open_round,
                further=further,
                latest=latest,
                texts=texts,
                progress=progress,
                papers=papers,
                evidence=evidence,
                rows=rows,
                today=today,
            )
        )
        if convener
        else []
    )
    return Desk(
        finding=finding,
        addition=addition,
        steps=_steps(alliance, open_round, closed, papers),
        elements=rows if participants else [],
        scale=page_scale(),
        scored=_scored(latest),
        tasks=tasks,
        under_way=rounds_under_way(further, convener=convener, today=today),
        own=own_tasks(alliance=alliance, own=own, papers=papers, today=today) if own else [],
        own_name=own.name if own else "",
        gaps=gap_rows(participants, papers, progress) if convener else [],
        asks=open_round is not None,
        signs=str(papers.version.number) if papers.version else "",
        pledges=bool(papers.arrived),
    )


def _leading(open_rounds: Sequence[Round]) -> Round | None:
    """The one that the page leads with, the newest of its kind; never one about a person.

    That which tells whether the alliance is ready comes before any further instrument.
    """
    of_all = [round_ for round_ in open_rounds if not round_.is_about_a_person]
    return max(
        of_all, key=lambda one: (one.bank.judges_alliance, one.opened_at, one.pk), default=None
    )


def _scored(latest: Round | None) -> str:
    if latest is None or latest.closed_at is None:
        return ""
    return _("%(round)s, %(month)s") % {
        "round": latest.name,
        "month": month_of(latest.closed_at),
    }


def _finding(
    participants: Sequence[Participant],
    open_round: Round | None,
    latest: Round | None,
    texts: BankTexts | None,
    progress: Progress | None,
    convener: bool,
) -> tuple[str, str]:
    if open_round is not None:
        last_day = day_of(open_round.closes_on)
        over = open_round.closes_on < timezone.localdate()
        first = (
            _("%(round)s took answers until %(day)s.")
            if over
            else _("%(round)s is open until %(day)s.")
        ) % {"round": open_round.name, "day": last_day}
        if not convener:
            return first, _("Its result is published when the convener closes it.")
        return first, progress.finding if progress else ""
    if latest is not None and texts is not None:
        return str(headline(latest.result.document, texts)), ""
    if not participants:
        return _("This alliance is new."), _("Begin with who is at the table.")
    count = len(participants)
    return (
        first_capital(
            ngettext(
                "%(count)s organisation is on the list.",
                "%(count)s organisations are on the list.",
                count,
            )
            % {"count": in_words(count)}
        ),
        _("Nobody was asked yet how ready it is."),
    )


def _steps(
    alliance: Alliance, open_round: Round | None, closed: Sequence[Round], papers: Papers
) -> list[Step]:
    """The way in at most `STOPS` stops; of what is done, the earliest and the latest ones stay."""
    done: list[tuple[dt.date, Step]] = []
    if alliance.founded_on:
        day = alliance.founded_on
        done.append((day, Step(_("Founded"), day_of(day), "done")))
    for round_ in closed:
        assert round_.closed_at is not None  # noqa: S101 - closed, by constraint
        text = f"{verdict_words(round_.result)}, {month_of(round_.closed_at)}"
        step = Step(round_.name, text, "done", reverse("result", args=[round_.pk]))
        done.append((timezone.localdate(round_.closed_at), step))
    if (charter := papers.in_force) is not None:
        assert charter.ratified_at is not None  # noqa: S101 - ratified, by constraint
        text = _("Version %(number)s ratified, %(month)s") % {
            "number": charter.number,
            "month": month_of(charter.ratified_at),
        }
        step = Step(_("Charter"), text, "done", reverse("charter", args=[alliance.pk]))
        done.append((timezone.localdate(charter.ratified_at), step))
    ahead = _steps_ahead(alliance, open_round, closed, papers)
    stops = [step for _day, step in sorted(done, key=lambda pair: pair[0])]
    if len(stops) + len(ahead) > STOPS:
        stops = [stops[0], *stops[1:][len(ahead) - STOPS + 1 :]] if len(ahead) < STOPS - 1 else []
    return [*stops, *ahead]


def _steps_ahead(
    alliance: Alliance, open_round: Round | None, closed: Sequence[Round], papers: Papers
) -> list[Step]:
    ahead = []
    if papers.version and papers.version.status == CharterVersion.Status.CIRCULATED:
        text = _("Version %(number)s: %(signed)s of %(parties)s signed") % {
            "number": papers.version.number,
            "signed": sum(papers.signed.values()),
            "parties": len(papers.signed),
        }
        ahead.append(Step(_("Charter"), text, "now", reverse("charter", args=[alliance.pk])))
    if open_round is not None:
        text = _("Open until %(day)s") % {"day": day_of(open_round.closes_on)}
        ahead.append(Step(open_round.name, text, "now"))
    elif not closed:
        ahead.append(Step(_("First round"), _("Not opened yet"), "now"))
    if open_round is not None or not closed:
        ahead.append(Step(_("Result and report"), _("Published when the round closes")))
    return ahead
