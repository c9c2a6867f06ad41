"""What is past its time goes, in numbers; what is published stays."""

from __future__ import annotations

import datetime as dt
import os
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models import (
    Answer,
    Comment,
    Dimension,
    Invitation,
    InvitationLink,
    Response,
    Result,
    Round,
)
from assessments.services import retention
from assessments.services.rounds import close_round
from tests.assessments.rights.test_own_answers import SIX, everything_published
from tests.factories import MadeRound, make_alliance, make_response, make_round, make_user

pytestmark = pytest.mark.django_db

NOTHING = [
    "0 unfinished responses of closed rounds",
    "0 responses",
    "0 links",
    "0 results about one person",
    "0 comments",
    "0 names and addresses of people asked",
    "0 sessions",
    "0 mail files of the demonstration",
]


@pytest.fixture(autouse=True)
def periods(settings: Any, tmp_path: Path) -> None:
    settings.RETENTION_ANSWERS_DAYS = 300
    settings.RETENTION_COMMENTS_DAYS = 100
    settings.RETENTION_INVITATIONS_DAYS = 200
    settings.MAIL_DIR = tmp_path


@pytest.fixture
def made() -> MadeRound:
    """Six answered and commented, and the round is closed; a seventh was asked."""
    made = make_round(make_alliance(convener=make_user("convener@example.org")), organisations=7)
    part = Dimension.objects.get(bank=made.round.bank, code="part-1")
    for place, sheet in enumerate(SIX):
        response = make_response(made, place, answers=dict(sheet), submitted=True)
        Comment.objects.create(response=response, dimension=part, text=f"Said {place}")
    close_round(round=made.round)
    made.round.refresh_from_db()
    return made


def closed_before(round_: Round, days: int) -> None:
    """It was closed so many days ago, at noon."""
    noon = timezone.localtime().replace(hour=12) - dt.timedelta(days=days)
    Round.objects.filter(pk=round_.pk).update(closed_at=noon)


def run(*options: str) -> list[str]:
    out = StringIO()
    call_command("apply_retention", *options, stdout=out)
    return out.getvalue().splitlines()


def counts() -> tuple[int, ...]:
    named = Invitation.objects.exclude(name="", email="")
    return (
        Response.objects.count(),
        Answer.objects.count(),
        Comment.objects.count(),
        InvitationLink.objects.count(),
        named.count(),
    )


@pytest.mark.parametrize(
    ("days", "left"),
    [
        # responses, answers, comments, links, names
        (100, (6, 42, 6, 7, 7)),
        (101, (6, 42, 0, 7, 7)),
        (200, (6, 42, 0, 7, 7)),
        (201, (6, 42, 0, 7, 0)),
        (300, (6, 42, 0, 7, 0)),
        (301, (0, 0, 0, 0, 0)),
    ],
)
def test_each_kind_has_its_day(made: MadeRound, days: int, left: tuple[int, ...]) -> None:
    closed_before(made.round, days)
    run()
    assert counts() == left


def test_it_says_numbers_alone_and_twice_does_nothing(made: MadeRound) -> None:
    closed_before(made.round, 301)
    assert run() == [
        "0 unfinished responses of closed rounds",
        "6 responses",
        "7 links",
        "0 results about one person",
        # went with their responses
        "0 comments",
        "7 names and addresses of people asked",
        "0 sessions",
        "0 mail files of the demonstration",
    ]
    assert run() == NOTHING


def test_a_dry_run_counts_the_same_and_deletes_nothing(made: MadeRound) -> None:
    closed_before(made.round, 301)
    before = counts()
    said = run("--dry-run")
    assert said[1] == "6 responses"
    assert said[2] == "7 links"
    assert said[-1] == "Nothing was deleted."
    assert counts() == before == (6, 42, 6, 7, 7)
    # Comments that go with their answers are counted with these, as they will be.
    assert run() == said[:-1]


def test_no_published_figure_changes(made: MadeRound) -> None:
    closed_before(made.round, 301)
    before = everything_published(made)
    run()
    assert counts() == (0, 0, 0, 0, 0)
    after = everything_published(made)
    for name in before:
        assert after[name] == before[name], name


def test_without_a_period_nothing_ends(made: MadeRound, settings: Any) -> None:
    settings.RETENTION_ANSWERS_DAYS = None
    settings.RETENTION_COMMENTS_DAYS = None
    settings.RETENTION_INVITATIONS_DAYS = None
    closed_before(made.round, 36_000)
    assert run() == NOTHING


def test_a_round_that_nobody_closed_is_over_with_its_last_day() -> None:
    made = make_round(organisations=2)
    make_response(made, 0, answers={"A1": 1}, submitted=True)
    make_response(made, 1, answers={"A1": 1})
    Round.objects.update(closes_on=timezone.localdate() - dt.timedelta(days=300))
    assert run()[1] == "0 responses"
    Round.objects.update(closes_on=timezone.localdate() - dt.timedelta(days=301))
    assert run()[1] == "2 responses"
    assert {one.progress for one in Invitation.objects.all()} == {"invited"}
    assert close_round(round=made.round).document["responses"]["people"] == 0


def test_what_was_not_sent_in_goes_at_once(made: MadeRound) -> None:
    """Closing deletes it; here is what somebody left in the database all the same."""
    Response.objects.filter(pk__in=Response.objects.order_by("pk")[:2].values("pk")).update(
        submitted=False
    )
    assert run()[0] == "2 unfinished responses of closed rounds"
    assert counts()[:3] == (4, 28, 4)


def test_an_open_round_is_left_alone() -> None:
    made = make_round(organisations=2)
    make_response(made, 0, answers={"A1": 1})
    assert run() == NOTHING
    assert counts() == (1, 1, 0, 2, 2)


def test_the_result_about_one_person_goes_with_the_links_to_it(made: MadeRound) -> None:
    """Nobody else could ever open it; what the round was about is not told any more either."""
    Round.objects.update(about_name="Ada Marsh")
    Invitation.objects.filter(pk=made.invitations[0].pk).update(of_oneself=True)
    closed_before(made.round, 201)
    run()
    made.round.refresh_from_db()
    assert (made.round.about_name, made.round.is_about_a_person) == ("–", True)
    assert Result.objects.count() == 1
    closed_before(made.round, 301)
    assert run()[3] == "1 results about one person"
    assert Result.objects.count() == 0


def test_sessions_that_have_ended(made: MadeRound) -> None:
    for days in (-1, 1):
        session = SessionStore()
        session["x"] = days
        session.set_expiry(timezone.now() + dt.timedelta(days=days))
        session.save()
    assert run()[6] == "1 sessions"
    assert [one.get_decoded()["x"] for one in Session.objects.all()] == [1]


def test_old_mail_of_the_demonstration_and_no_other_file(tmp_path: Path) -> None:
    names = ["20260101-120000-1.log", "20260102-120000-2.log", "notes.log"]
    for name, days in zip(names, (31, 29, 90), strict=True):
        (tmp_path / name).write_text("x")
        then = time.time() - days * 86_400
        os.utime(tmp_path / name, (then, then))
    assert run("--dry-run")[7] == "1 mail files of the demonstration"
    assert len(os.listdir(tmp_path)) == 3
    assert run()[7] == "1 mail files of the demonstration"
    assert sorted(os.listdir(tmp_path)) == names[1:]


def test_who_breaks_it_off_goes_on_with_the_next_run(
    made: MadeRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed_before(made.round, 301)

    def breaks(_rounds: Any) -> int:
        InvitationLink.objects.all().delete()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(retention, "_delete_links", breaks)
        with pytest.raises(KeyboardInterrupt):
            run()
    # What came before is done, what broke off is taken back.
    assert counts() == (0, 0, 0, 7, 7)
    assert run()[2] == "7 links"
    assert counts() == (0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "1 day"), (90, "90 days"), (365, "1 year"), (1095, "3 years"), (366, "366 days")],
)
def test_a_period_in_words(days: int, words: str) -> None:
    assert retention.in_words(days) == words


@pytest.mark.skipif(connection.vendor != "sqlite", reason="of SQLite's file")
@pytest.mark.django_db(transaction=True)
def test_sqlite_overwrites_what_is_deleted() -> None:
    made = make_round(organisations=1)
    response = make_response(made, 0, answers={"A1": 1}, submitted=True)
    part = Dimension.objects.get(bank=made.round.bank, code="part-1")
    Comment.objects.create(response=response, dimension=part, text="Tormentil " * 40)
    path = Path(str(settings.DATABASES["default"]["TEST"]["NAME"]))
    assert b"Tormentil" in path.read_bytes()
    Round.objects.update(closes_on=timezone.localdate() - dt.timedelta(days=301))
    run()
    assert b"Tormentil" not in path.read_bytes()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="of PostgreSQL's vacuum")
@pytest.mark.django_db(transaction=True)
def test_postgresql_is_vacuumed() -> None:
    make_response(make_round(organisations=1), 0, answers={"A1": 1}, submitted=True)
    Round.objects.update(closes_on=timezone.localdate() - dt.timedelta(days=301))
    with CaptureQueriesContext(connection) as queries:
        assert run()[1] == "1 responses"
    vacuumed = [q["sql"] for q in queries if q["sql"].startswith("VACUUM")]
    assert 'VACUUM "assessments_answer"' in vacuumed
    assert 'VACUUM "assessments_invitation"' in vacuumed
