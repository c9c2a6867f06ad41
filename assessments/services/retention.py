"""How long things are kept, and the deletion of what is past its time.

The periods come from the environment (docs/operating.md). They count from the day on which a round was
over: closed, or, where nobody closed it, its last day. No published result is touched, but that of a
round about one person, which that person alone could read, by a link that is deleted with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Answer, Comment, Invitation, InvitationLink, Response, Result, Round
from assessments.services.forgetting import erase_people
from assessments.services.mailbox import FILE_NAME

MAIL_DAYS = 30
"""The demonstration's mail holds links; in production no mail is kept."""


@dataclass(frozen=True)
class Done:
    """How many of one kind were past their time."""

    kind: str
    number: int


def in_words(days: int | None) -> str:
    """A period as a page says it: “3 years”, “90 days”; without end where it is None."""
    if days is None:
        return _("until somebody deletes it")
    if days % 365 == 0:
        years = days // 365
        return ngettext("%(years)s year", "%(years)s years", years) % {"years": years}
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


def apply_retention(*, dry_run: bool = False, now: dt.datetime | None = None) -> Iterator[Done]:
    """Delete what is past its time, kind by kind, each in a transaction of its own; gives each with its
    number once it is stored.

    Whoever breaks it off has whole kinds done or not; a second run finds nothing left. With `dry_run`
    the same is done and taken back: mail files are counted alone. `now` is for tests.
    """
    moment = now or timezone.now()
    today = timezone.localdate(moment)
    answers = _over(settings.RETENTION_ANSWERS_DAYS, today)
    comments = _over(settings.RETENTION_COMMENTS_DAYS, today)
    asked = _over(settings.RETENTION_INVITATIONS_DAYS, today)
    kinds: list[tuple[str, Callable[[], int]]] = [
        ("unfinished responses of closed rounds", _delete_unfinished),
        ("responses", lambda: _delete_responses(answers)),
        # Before the results that they open, lest one lead to nothing.
        ("links", lambda: _delete_links(answers)),
        ("results about one person", lambda: _delete_personal_results(answers)),
        ("comments", lambda: _delete_comments(comments)),
        ("names and addresses of people asked", lambda: _erase_names(asked)),
        ("sessions", lambda: _delete_sessions(moment)),
    ]
    if dry_run:
        # All in one, or what goes with an earlier kind would be counted again.
        with transaction.atomic():
            counted = [Done(kind, carry_out()) for kind, carry_out in kinds]
            transaction.set_rollback(True)
        yield from counted
        kinds = []
    for kind, carry_out in kinds:
        with transaction.atomic():
            number = carry_out()
        yield Done(kind, number)
    yield Done("mail files of the demonstration", _delete_mail(moment, dry_run=dry_run))


def forget_deleted_rows() -> None:
    """Let the database file forget what was deleted in it.

    SQLite overwrites it at once (`secure_delete`); PostgreSQL keeps the rows until a vacuum, which
    runs outside of any transaction alone.
    """
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            for model in (Answer, Comment, Response, InvitationLink, Invitation, Result, Session):
                cursor.execute(f"VACUUM {connection.ops.quote_name(model._meta.db_table)}")


def _over(days: int | None, today: dt.date) -> QuerySet[Round]:
    """Rounds that were over more than `days` before `today`; none where the period has no end."""
    if days is None:
        return Round.objects.none()
    last = today - dt.timedelta(days=days)
    # The last moment of that day, where the installation is.
    before = timezone.make_aware(dt.datetime.combine(last, dt.time.min))
    return Round.objects.filter(
        Q(status=Round.Status.CLOSED, closed_at__lt=before)
        | Q(status=Round.Status.OPEN, closes_on__lt=last)
    )


def _held(rounds: QuerySet[Round]) -> list[int]:
    """The keys of `rounds`, each held: nobody closes one, or compares with it, at this moment."""
    held = rounds.order_by("pk").select_for_update(of=("self",), no_key=True)
    return list(held.values_list("pk", flat=True))


def _delete_unfinished() -> int:
    return _count(Response.objects.filter(round__status=Round.Status.CLOSED, submitted=False))


def _delete_responses(rounds: QuerySet[Round]) -> int:
    keys = _held(rounds)
    # Nobody has answered a round that was never closed, once its answers are gone.
    begun = Invitation.objects.exclude(progress=Invitation.Progress.INVITED).order_by()
    begun.filter(round__in=keys, round__status=Round.Status.OPEN).update(
        progress=Invitation.Progress.INVITED
    )
    return _count(Response.objects.filter(round__in=keys))


def _delete_personal_results(rounds: QuerySet[Round]) -> int:
    return _count(Result.objects.filter(round__in=_held(rounds.exclude(about_name=""))))


def _delete_links(rounds: QuerySet[Round]) -> int:
    return _count(InvitationLink.objects.filter(invitation__round__in=_held(rounds)))


def _delete_comments(rounds: QuerySet[Round]) -> int:
    return _count(Comment.objects.filter(response__round__in=_held(rounds)))


def _erase_names(rounds: QuerySet[Round]) -> int:
    return erase_people(Invitation.objects.filter(round__in=_held(rounds)))


def _delete_sessions(now: dt.datetime) -> int:
    return _count(Session.objects.filter(expire_date__lt=now))


def _count(rows: QuerySet[Any]) -> int:
    """Deletes `rows`; how many of these there were, what hangs on them not counted."""
    _all, by_model = rows.delete()
    return by_model.get(rows.model._meta.label, 0)


def _delete_mail(now: dt.datetime, *, dry_run: bool) -> int:
    """Files of the demonstration’s mail, and nothing else that may lie in their folder."""
    if not settings.DEMONSTRATION:
        return 0
    before = (now - dt.timedelta(days=MAIL_DAYS)).timestamp()
    old = [path for path in _mail_files(settings.MAIL_DIR) if path.stat().st_mtime < before]
    for path in () if dry_run else old:
        path.unlink(missing_ok=True)
    return len(old)


def _mail_files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (path for path in folder.iterdir() if FILE_NAME.fullmatch(path.name))
