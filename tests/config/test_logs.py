"""No personal link stands in the log."""

from __future__ import annotations

import logging
import re
import runpy

import pytest
from django.conf import settings
from django.utils.log import AdminEmailHandler

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
        ("Not Found: %s", ("/rounds/7/",), "Not Found: /rounds/7/"),
        ("Nothing: 100%", (), "Nothing: 100%"),
    ],
)
def test_tokens_are_left_out(message: str, args: tuple, expected: str) -> None:
    assert logged(message, *args) == expected


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


def test_the_server_s_own_log_holds_no_address() -> None:
    """gunicorn writes none unless it is told to; then without what was asked for, or from where."""
    conf = runpy.run_path(str(settings.BASE_DIR / "deploy" / "gunicorn.conf.py"))
    written = str(conf["access_log_format"])
    assert not re.search(r"%\((r|U|q|f|\{)", written)
    assert "%(s)s" in written


def test_the_proxy_s_log_holds_no_link() -> None:
    """In the example for nginx, each place that a link can come to writes neither of its logs."""
    text = (settings.BASE_DIR / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    plain, secure = text.split("server {")[1:]
    link = secure[secure.index("location /a/ {") :].split("}")[0]
    for part in (plain, link):
        assert "access_log off;" in part
        assert "error_log /dev/null;" in part
