"""Whatever a request calls its own form, it is read as UTF-8, or refused."""

from __future__ import annotations

import pytest

from config.sound import sound_type
from tests.fuzz.server import ask

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("", ""),
        ("text/html", "text/html"),
        ("text/html; charset=utf-8", "text/html"),
        ("application/x-www-form-urlencoded;charset=rot13", "application/x-www-form-urlencoded"),
        ("application/json; a*=rot13''%41", "application/json"),
        # as Chromium, Firefox and curl write it
        (
            "multipart/form-data; boundary=----WebKitFormBoundaryx7A",
            'multipart/form-data; boundary="----WebKitFormBoundaryx7A"',
        ),
        (
            'multipart/form-data; charset=zip; Boundary="a:b\'c"; x=y',
            'multipart/form-data; boundary="a:b\'c"',
        ),
        # of no length, too long, with what no boundary holds, and told in another way
        ("multipart/form-data; boundary=", "multipart/form-data"),
        ("multipart/form-data; boundary=" + "x" * 71, "multipart/form-data"),
        ("multipart/form-data; boundary=x\0", "multipart/form-data"),
        ("multipart/form-data; boundary*=utf-8''x", "multipart/form-data"),
    ],
)
def test_the_type_alone_and_a_boundary_are_read(told: str, read: str) -> None:
    assert sound_type(told) == read


@pytest.mark.parametrize("charset", ["rot13", "zip", "idna", "base64", "x\0", "none", "utf-16"])
@pytest.mark.parametrize("way", ["text/html; charset={}", "text/html; a*={}''%41"])
def test_no_charset_breaks_a_page(charset: str, way: str) -> None:
    """Before, each of these was a 500, sent by anybody, to any page."""
    assert ask("GET", "/healthz?a=b", content_type=way.format(charset)).status == 200


def test_a_form_is_read_as_utf_8_whatever_it_says() -> None:
    secret = "0123456789abcdefghijklmnopqrstuv"
    answer = ask(
        "POST",
        "/accounts/login/",
        "login=&password=ü".encode(),
        "application/x-www-form-urlencoded; charset=utf-16",
        HTTP_COOKIE=f"csrftoken={secret}",
        HTTP_X_CSRFTOKEN=secret,
    )
    assert answer.status == 200
    assert "text/html" in answer.headers["content-type"]


@pytest.mark.parametrize("length", ["", "x", "-1", "1e3", "²", "١"])
def test_no_length_breaks_a_page(length: str) -> None:
    answer = ask("POST", "/accounts/login/", b"login=a", CONTENT_LENGTH=length)
    assert answer.status == 403  # for want of CSRF's token, which is read from what was sent
