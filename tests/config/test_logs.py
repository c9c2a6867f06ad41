"""No personal link stands in the log."""

from __future__ import annotations

import logging

import pytest
from django.conf import settings

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
        ("Not Found: %s", ("/rounds/7/",), "Not Found: /rounds/7/"),
        ("Nothing: 100%", (), "Nothing: 100%"),
    ],
)
def test_tokens_are_left_out(message: str, args: tuple, expected: str) -> None:
    assert logged(message, *args) == expected


def test_every_handler_leaves_them_out() -> None:
    for handler in settings.LOGGING["handlers"].values():
        assert handler["filters"] == ["without_links"]
