"""Nobody keeps the server busy with drawing."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alliances.models import Membership, User
from alliances.models.audit import AuditEntry
from assessments.services.rounds import close_round
from tests.factories import make_alliance, make_response, make_round, make_user

pytestmark = pytest.mark.django_db


def inside(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_forty_in_ten_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of all kinds together, by whoever asks; others draw on, and what is no PDF is not counted."""
    for name in ("render_report", "render_scorecard"):
        monkeypatch.setattr(f"assessments.views.results.{name}", lambda **_: b"%PDF-")
    ada, bert = make_user("ada@example.org"), make_user("bert@example.org")
    alliance = make_alliance("Tessel", convener=ada)
    Membership.objects.create(alliance=alliance, user=bert, role="member")
    made = make_round(alliance, organisations=5)
    for place in range(5):
        make_response(made, place, answers={"A1": 4, "A2": 4, "A3": 2}, submitted=True)
    closed = made.round
    close_round(round=closed)
    report = reverse("report_pdf", args=[closed.pk])
    scorecard = reverse("scorecard_pdf", args=[closed.pk])
    here, elsewhere = inside(ada), inside(ada)
    for turn in range(20):
        assert here.get(report).status_code == 200, turn
        assert elsewhere.get(scorecard).status_code == 200, turn
    told = AuditEntry.objects.count()
    for client in (here, elsewhere):
        answer = client.get(report, headers={"x-forwarded-for": "198.51.100.9"})
        assert answer.status_code == 429
        assert answer["Retry-After"] == "60"
        assert client.get(scorecard).status_code == 429
    # what was not given is not on record
    assert AuditEntry.objects.count() == told
    assert inside(bert).get(report).status_code == 200
    assert here.get(reverse("result_csv", args=[closed.pk])).status_code == 200
    now, moment = time.time, timezone.now
    monkeypatch.setattr("time.time", lambda: now() + 601)
    monkeypatch.setattr(
        "django.core.cache.backends.db.tz_now", lambda: moment() + dt.timedelta(seconds=601)
    )
    assert here.get(report).status_code == 200
