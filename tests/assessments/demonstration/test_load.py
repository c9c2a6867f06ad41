"""The demonstration: the same every time, whole, and never in production."""

from __future__ import annotations

from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.core.management.base import CommandError

from alliances.models import Alliance, CharterVersion, Signature, User
from assessments.demonstration.cast import LOGINS
from assessments.demonstration.load import load_demonstration
from assessments.models import Result, Round

pytestmark = pytest.mark.django_db


def test_it_is_whole_and_loads_once(mailoutbox):
    assert load_demonstration(base_url="http://127.0.0.1:8000") is True
    alliance = Alliance.objects.get()
    assert alliance.participants.count() == 9
    assert [round_.status for round_ in alliance.rounds.all()] == ["open", "closed", "closed"]
    assert len(mailoutbox) == 9  # 16 people less 7 who have answered
    levels = [r.document["verdict"]["level"] for r in Result.objects.order_by("pk")]
    assert levels == ["not-ready", "not-ready"]
    second = Round.objects.get(name="Second round").result.document
    assert second["verdict"]["deciding"][0] == "formal-charter"
    assert second["change"]["elements"][0]["pairs"] == 8
    assert load_demonstration(base_url="http://127.0.0.1:8000") is False
    assert len(mailoutbox) == 9
    assert Alliance.objects.count() == 1


def test_a_load_that_was_interrupted_sends_its_mail_the_next_time(mailoutbox, monkeypatch):
    monkeypatch.setattr("assessments.demonstration.load.send_invitations", lambda **_: None)
    load_demonstration(base_url="http://127.0.0.1:8000")
    assert mailoutbox == []
    monkeypatch.undo()
    assert load_demonstration(base_url="http://127.0.0.1:8000") is False
    assert len(mailoutbox) == 9


def test_it_is_the_same_every_time():
    def figures():
        load_demonstration(base_url="http://127.0.0.1:8000")
        found = [
            [(e["score"], e["rwg"], e["ad"], e["records"]) for e in result.document["elements"]]
            for result in Result.objects.order_by("pk")
        ]
        Result.objects.all().delete()
        Round.objects.all().delete()
        Signature.objects.all().delete()
        CharterVersion.objects.all().delete()
        Alliance.objects.all().delete()
        User.objects.all().delete()
        return found

    assert figures() == figures()


def test_everyone_may_log_in_as_printed():
    out = StringIO()
    call_command("load_demo", "--url", "http://127.0.0.1:8000/", stdout=out)
    for login in LOGINS:
        assert f"{login.email}" in out.getvalue()
        assert authenticate(username=login.email, password=login.password) is not None
    assert User.objects.get(email=LOGINS[2].email).is_superuser


def test_not_in_production(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="not made in production"):
        call_command("load_demo")
    assert not User.objects.exists()
