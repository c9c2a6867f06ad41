"""Whatever goes wrong ends on a page of ours that says what happened and what to do."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from config.uploads import WithinLimit
from config.urls import urlpatterns as project_urls
from tests.config.test_headers import assert_safe


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("an inner word")


def suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("an inner word")


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("an inner word")


def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.POST["text"])


handler400 = "config.errors.bad_request"
handler403 = "config.errors.not_permitted"
handler404 = "config.errors.nothing_here"
urlpatterns = [
    path("forbidden/", forbidden),
    path("suspicious/", suspicious),
    path("broken/", broken),
    path("form/", form),
    *project_urls,
]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/forbidden/", 403, "Your account may not do this."),
        ("/suspicious/", 400, "The server does not understand this request."),
        ("/nothing-is-here/", 404, "There is nothing at this address."),
        ("/nothing/%00/is-here/", 404, "There is nothing at this address."),
        ("/broken/", 500, "The server cannot show this page."),
    ],
)
def test_the_page_says_what_happened(
    visitor: Client, address: str, status: int, heading: str
) -> None:
    answer = visitor.get(address)
    assert answer.status_code == status
    assert f"<h1><strong>{heading}</strong></h1>" in answer.content.decode()
    assert "an inner word" not in answer.content.decode()
    assert answer["Content-Type"] == "text/html; charset=utf-8"


def test_a_host_that_is_not_ours(visitor: Client) -> None:
    answer = visitor.get("/nothing-is-here/", headers={"host": "evil.example.org"})
    assert answer.status_code == 400
    assert "The server does not understand this request." in answer.content.decode()
    assert "evil.example.org" not in answer.content.decode()


def test_a_host_that_is_not_ours_without_https(settings: Any) -> None:
    """It is refused before nearly everything else, and has all that any page says to browsers."""
    settings.SECURE_SSL_REDIRECT = True
    answer = Client().get("/rules/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert_safe(answer, "/rules/")


def test_a_form_without_its_mark() -> None:
    answer = Client(enforce_csrf_checks=True).post("/form/", {"text": "x"})
    assert answer.status_code == 403
    assert "This form is no longer valid." in answer.content.decode()


@pytest.mark.parametrize("checks", [True, False])
def test_more_than_the_server_takes(settings: Any, checks: bool) -> None:
    """Whoever reads the form first, the check of its mark or the view."""
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    client = Client(enforce_csrf_checks=checks)
    client.cookies["csrftoken"] = "c" * 32
    answer = client.post(
        "/form/", "text=" + "x" * 2000, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 413
    assert "That is more than the server takes at once." in answer.content.decode()


@pytest.mark.parametrize("checks", [True, False])
def test_a_file_that_is_more_than_the_server_takes(settings: Any, checks: bool) -> None:
    """Django would take a file of any size; nothing of this one is kept."""
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    client = Client(enforce_csrf_checks=checks)
    client.cookies["csrftoken"] = "c" * 32
    for size, expected in ((20_000, 413), (5_000, 403 if checks else 200)):
        file = SimpleUploadedFile("people.csv", b"x" * size)
        answer = client.post("/form/", {"text": "x", "file": file})
        assert answer.status_code == expected
    assert (
        "That is more than the server takes at once."
        in client.post(
            "/form/", {"file": SimpleUploadedFile("people.csv", b"x" * 20_000)}
        ).content.decode()
    )


def test_a_file_that_says_it_is_small(settings: Any) -> None:
    """What comes counts, whatever is said of its length."""
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    handler = WithinLimit()
    handler.handle_raw_input(None, {}, 10_000, b"")
    for _ in range(10):
        assert handler.receive_data_chunk(b"x" * 1_000, 0) == b"x" * 1_000
    with pytest.raises(RequestDataTooBig):
        handler.receive_data_chunk(b"x", 10_000)


def test_more_files_than_any_form_takes() -> None:
    files = [SimpleUploadedFile(f"{n}.csv", b"x") for n in range(3)]
    assert Client().post("/form/", {"text": "x", "file": files}).status_code == 400


def test_more_fields_than_the_server_takes(settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    answer = Client().post("/form/", {"text": list("abcdef")})
    assert answer.status_code == 400


@pytest.mark.parametrize("address", ["/rules/", "/nothing-is-here/"])
def test_more_fields_in_an_address_than_the_server_takes(visitor: Client, address: str) -> None:
    """A server that hands on so long an address, which ours does not."""
    answer = visitor.get(address + "?" + "a&" * 5001)
    assert answer.status_code == 400
    assert "The server does not understand this request." in answer.content.decode()


def test_the_page_of_a_broken_server_asks_nothing_of_the_database(
    visitor: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert visitor.get("/broken/").status_code == 500


@pytest.mark.parametrize("address", ["/questionnaire/1/submit/", "/questionnaire/1/save/"])
def test_an_address_that_only_a_button_knows_has_a_page(visitor: Client, address: str) -> None:
    answer = visitor.get(address)
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "This address belongs to a button." in answer.content.decode()


@pytest.mark.parametrize("body", [b"no parts at all", b"--x\r\n" + b"A: b\r\n" * 3000])
@pytest.mark.parametrize(
    ("address", "statuses"), [("/nothing-is-here/", {404}), ("/forbidden/", {400, 403})]
)
def test_it_says_so_whatever_was_sent_there(
    visitor: Client, address: str, statuses: set[int], body: bytes
) -> None:
    """A browser that sends a form with a file to an address that is gone, and sends it badly."""
    for content_type in ("multipart/form-data", "multipart/form-data; boundary=x"):
        answer = visitor.generic("POST", address, body, content_type=content_type)
        assert answer.status_code in statuses
