"""No personal link stands in the log."""

from __future__ import annotations

import logging
import re
import runpy
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.log import AdminEmailHandler
from gunicorn.config import Config
from gunicorn.glogging import Logger

from alliances.models import User
from config.logs import WithoutLinks

TOKEN = "WRQ9Rk2Kq0m0yq-3Jc_2Vxk1Ff8m1b8nV4tqkq0x9aA"


def logged(message: str, *args: object) -> str:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, message, args, None)
    assert WithoutLinks().filter(record) is True
    return record.getMessage()


@pytest.mark.parametrize(
    ("message", "args", "expected"),
    [
        ("Gone: %s", (f"/a/{TOKEN}/",), "Gone: /a/…/"),
        ('"%s" %s', (f"GET /a/{TOKEN}/ HTTP/1.1", "200"), '"GET /a/…/ HTTP/1.1" 200'),
        ('"%s" %s', (f"GET /a/{TOKEN} HTTP/1.1", "301"), '"GET /a/… HTTP/1.1" 301'),
        (f"https://alliance.example/a/{TOKEN}/?x=1", (), "https://alliance.example/a/…/?x=1"),
        (f"/accounts/login/?next=/a/{TOKEN}/", (), "/accounts/login/?next=/a/…/"),
        (f"/accounts/login/?next=%2Fa%2F{TOKEN}%2F", (), "/accounts/login/?next=%2Fa%2F…%2F"),
        (
            "Not Found: %s",
            ("/accounts/password/reset/key/3-d1w2rt-5f1c/",),
            "Not Found: /accounts/password/reset/key/…/",
        ),
        ("Not Found: %s", ("/rounds/7/",), "Not Found: /rounds/7/"),
        ("Nothing: 100%", (), "Nothing: 100%"),
    ],
)
def test_tokens_are_left_out(message: str, args: tuple, expected: str) -> None:
    assert logged(message, *args) == expected


def test_a_traceback_leaves_them_out() -> None:
    try:
        raise ValueError(f"No page for /a/{TOKEN}/.")
    except ValueError:
        given = sys.exc_info()
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, "It broke.", (), given)
    WithoutLinks().filter(record)
    written = logging.Formatter("%(message)s").format(record)
    assert "ValueError: No page for /a/…/." in written
    assert TOKEN not in written


def test_no_link_to_a_new_password_is_written(
    db: None, caplog: pytest.LogCaptureFixture, mailoutbox: list[Any]
) -> None:
    """Whatever is refused at its address is a line without it."""
    User.objects.create_user("known@example.org", "harbour-lantern-42")
    Client().post(reverse("account_reset_password"), {"email": "known@example.org"})
    found = re.search(r"(/accounts/password/reset/key/([\w-]+)/)", mailoutbox[-1].body)
    assert found
    with caplog.at_level(logging.INFO):
        Client(enforce_csrf_checks=True).post(found[1])
    records = [one for one in caplog.records if "/password/reset/" in one.getMessage()]
    assert records
    for record in records:
        WithoutLinks().filter(record)
        assert found[2] not in record.getMessage()


def test_every_handler_leaves_them_out() -> None:
    for handler in settings.LOGGING["handlers"].values():
        assert handler["filters"] == ["without_links"]


def test_nothing_that_breaks_is_mailed() -> None:
    """A mail of an error would hold the address, and with it the token."""
    classes = {handler["class"] for handler in settings.LOGGING["handlers"].values()}
    assert classes == {"logging.StreamHandler"}
    for name in ("django", "django.request", "django.security"):
        for handler in logging.getLogger(name).handlers:
            assert not isinstance(handler, AdminEmailHandler)
    assert settings.ADMINS == []


def test_a_login_that_failed_is_told_and_nobody_named(
    db: None, caplog: pytest.LogCaptureFixture
) -> None:
    User.objects.create_user("known@example.org", "harbour-lantern-42")
    for email in ("known@example.org", "nobody@example.org"):
        caplog.clear()
        with caplog.at_level(logging.INFO):
            Client(REMOTE_ADDR="203.0.113.7").post(
                reverse("account_login"), {"login": email, "password": "wrong-wrong-9"}
            )
        said = [record.getMessage() for record in caplog.records]
        assert "A login failed." in said
        assert not re.search(r"@example|203\.0|wrong-wrong|harbour", " ".join(said))


def test_what_is_refused_is_told(db: None, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever is asked for in vain, or too often, is a line with its address; a new line in an address begins none."""
    with caplog.at_level(logging.INFO):
        Client().get("/alliances/7%0AINFO forged/")
    (line,) = [one.getMessage() for one in caplog.records if "alliances" in one.getMessage()]
    assert line.startswith("Not Found: /alliances/7")
    assert "\n" not in line


def test_a_line_says_when_and_in_which_time_zone() -> None:
    record = logging.LogRecord("alliances", logging.WARNING, "", 0, "A login failed.", (), None)
    line = settings.LOGGING["formatters"]["line"]
    written = logging.Formatter(line["format"], line["datefmt"], line["style"]).format(record)
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4} WARNING alliances: A login failed\.", written
    )


def test_the_server_s_own_log_holds_no_address() -> None:
    """gunicorn writes none unless it is told to; then without what was asked for, or from where."""
    conf = runpy.run_path(str(settings.BASE_DIR / "deploy" / "gunicorn.conf.py"))
    written = str(conf["access_log_format"])
    assert not re.search(r"%\((r|U|q|f|\{)", written)
    assert "%(s)s" in written


def test_what_gunicorn_says_of_trouble_holds_no_link(caplog: pytest.LogCaptureFixture) -> None:
    """It names what was asked for where it does not understand it, or where something broke around the
    program; by a logger of its own, before the program's are there."""
    conf = runpy.run_path(str(settings.BASE_DIR / "deploy" / "gunicorn.conf.py"))
    log = Logger(Config())
    conf["on_starting"](SimpleNamespace(log=log))
    log.error_log.propagate = True
    with caplog.at_level(logging.INFO, "gunicorn.error"):
        log.exception("Error handling request %s %s", "GET", f"/a/{TOKEN}/")
        log.warning(
            f"Invalid request from ip=9.9.9.9: Invalid HTTP request line: 'GET /a/{TOKEN}/'"
        )
    assert TOKEN not in caplog.text
    assert "GET /a/…/" in caplog.messages[0]


def test_the_proxy_s_log_holds_no_link() -> None:
    """In the example for nginx, each place that a link can come to writes neither of its logs; nor does the
    questionnaire, of which a line would say from where somebody answered, and when."""
    text = (settings.BASE_DIR / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    plain, secure = text.split("server {")[1:]
    # What a questionnaire loads besides is as good as a line of it: its script is no other page's.
    places = ("/a/", "/accounts/password/reset/key/", "/questionnaire/", "/static/")
    within = [secure[secure.index(f"location {one} {{") :].split("}")[0] for one in places]
    for part in (plain, *within):
        assert "access_log off;" in part
        assert "error_log /dev/null;" in part
