"""The demonstration's mailbox in the browser."""

from __future__ import annotations

import pytest
from django.core.mail import EmailMessage, get_connection
from django.test import Client

from assessments.models import InvitationLink
from assessments.services.invitations import send_invitations
from tests.factories import make_round

FILES = "django.core.mail.backends.filebased.EmailBackend"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.EMAIL_BACKEND = FILES
    settings.DEMONSTRATION = True
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return settings.EMAIL_FILE_PATH


def addresses(client: Client) -> list[str]:
    text = client.get("/demo/mail/").content.decode()
    return [part.split('"')[0] for part in text.split('<h2><a href="')[1:]]


def test_before_any_mail(client) -> None:
    answer = client.get("/demo/mail/")
    assert answer.status_code == 200
    assert "No mail has been sent yet." in answer.content.decode()


@pytest.mark.django_db
def test_a_newcomer_follows_a_link_out_of_a_mail(client) -> None:
    made = make_round(organisations=3)
    InvitationLink.objects.all().delete()
    send_invitations(round=made.round, base_url="http://127.0.0.1:8000/")
    found = addresses(client)
    assert len(found) == 3
    answer = client.get(found[0])
    assert "no-store" in answer.headers["Cache-Control"]
    text = answer.content.decode()
    assert made.invitations[2].email in text  # newest first
    path = text.split('<a href="/a/')[1].split('"')[0]
    assert client.get(f"/a/{path}").status_code == 200


def test_links_elsewhere_stay_text(client) -> None:
    body = (
        "Dear <b>you</b> & all,\nhttp://testserver/rules/?a=1&b=2\nhttps://elsewhere.example/a/\n"
        "http://testserver//evil.example/\njavascript:alert(1)\nhttp://[bad\n"
        "http://127.0.0.1:9/a/x\n"
    )
    EmailMessage("Söme <b>", body, to=["Ä <a@b.example>"], connection=get_connection()).send()
    [address] = addresses(client)
    text = client.get(address).content.decode()
    letter = text.split('<div class="nb-letter is-plain">')[1].split("</div>")[0]
    assert letter.count("href=") == 2
    assert '<a href="/rules/?a=1&amp;b=2">http://testserver/rules/?a=1&amp;b=2</a>' in text
    assert '<a href="/a/x">' in text
    assert "Dear &lt;b&gt;you&lt;/b&gt; &amp; all" in text
    assert 'href="https://elsewhere' not in text
    assert "Söme &lt;b&gt;" in text


@pytest.mark.parametrize(
    "name", ["x", "..", "%2e%2e%2fsecret_key", "..%2f..%2fetc%2fpasswd", "%00", "a" * 3000]
)
def test_a_name_that_is_not_in_the_list(client, folder, name: str) -> None:
    folder.mkdir()
    (folder / "x").write_text("To: a@b.example\n\nNot a mail file's name.")
    assert client.get(f"/demo/mail/{name}/").status_code == 404


def test_garbage_in_the_folder_breaks_nothing(client, folder) -> None:
    folder.mkdir()
    (folder / "20261120-120000-1.log").write_bytes(b"\xff\xfe\0 no mail\n\n" + b"-" * 79 + b"\n")
    (folder / "20261120-120001-1.log").write_bytes(
        b"Subject: =?x-unknown?q?=ff?=\nDate: never\nContent-Type: text/plain; charset=x-none\n\n\xff"
    )
    (folder / "20261120-120002-1.log").mkdir()
    found = addresses(client)
    assert len(found) == 2
    for address in found:
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("demonstration", "backend"),
    [(False, FILES), (True, "django.core.mail.backends.smtp.EmailBackend")],
)
def test_nothing_of_it_in_earnest(client, settings, demonstration: bool, backend: str) -> None:
    settings.DEMONSTRATION, settings.EMAIL_BACKEND = demonstration, backend
    assert client.get("/demo/mail/").status_code == 404
    assert client.get("/demo/mail/x/").status_code == 404


def test_wrong_methods(client) -> None:
    assert client.post("/demo/mail/").status_code == 405
    assert client.post("/demo/mail/x/").status_code == 405
