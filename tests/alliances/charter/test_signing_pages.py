"""The pages on which a version is signed, and its parties are reminded of it."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.core import mail

from alliances.models import (
    Membership,
    Signature,
)
from alliances.services.charter.life import circulate
from tests.alliances.charter.pages import address, client_of, read, second_version
from tests.alliances.charter.worlds import make_charter
from tests.alliances.conftest import told

pytestmark = pytest.mark.django_db


def test_signing_for_ones_organisation() -> None:
    made = make_charter(2)
    client, url = client_of(made.users[0]), address("charter_sign", made.version)
    page = client.get(url)
    html = page.content.decode()
    assert "No house under water by 2031." in html
    assert 'value="Sign for Ash"' in html
    assert "I have read this text and sign it for Ash" in html
    digest = page.context["form"]["digest"].value()
    assert digest == hashlib.sha256(made.version.text.encode()).hexdigest()
    sent = {"digest": digest, "name": "Ida Ash", "position": "Chair"}
    assert client.post(url, sent).status_code == 422  # without the tick
    assert client.post(url, sent | {"name": " ", "read": "on"}).status_code == 422
    assert made.version.signatures.count() == 0
    answer = client.post(url, sent | {"read": "on"}, follow=True)
    assert told(answer) == ["You have signed version 1 for Ash."]
    assert "Person" not in Signature.objects.get().name
    assert "Ida Ash has signed for Ash already" in client.get(url).content.decode()
    second = client_of(made.users[1])
    answer = second.post(url, sent | {"name": "Bo Birch", "read": "on"}, follow=True)
    assert told(answer) == ["You have signed version 1 for Birch. It is in force."]


def test_another_text_than_the_one_that_was_shown() -> None:
    """The form comes back with the text that stands there, and without the tick."""
    made = make_charter(2)
    client, url = client_of(made.users[0]), address("charter_sign", made.version)
    sent = {"digest": "0" * 64, "name": "", "position": "Chair", "read": "on"}
    answer = client.post(url, sent)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "The text has changed since you opened it. Nothing is signed." in html
    assert answer.context["form"]["digest"].value() == made.version.digest
    assert answer.context["form"]["position"].value() == "Chair"
    assert not answer.context["form"]["read"].value()
    assert Signature.objects.count() == 0


def test_a_version_withdrawn_meanwhile_leads_to_the_next() -> None:
    made = make_charter(2)
    client, url = client_of(made.users[0]), address("charter_sign", made.version)
    old = made.version.digest
    second = circulate(version=second_version(made), by=made.convener).version
    answer = client.post(url, {"digest": old, "name": "Ida", "read": "on"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Version 1 has been withdrawn. Nothing is signed." in html
    assert f'href="/charters/{second.pk}/"' in html
    assert 'name="digest"' not in html


def test_a_convener_without_an_organisation_reads_why() -> None:
    made = make_charter(2)
    page = read(made.convener, "charter_sign", made.version)
    assert "You belong to no organisation of this alliance" in page
    assert 'name="digest"' not in page
    url = address("charter_sign", made.version)
    answer = client_of(made.convener).post(url, {"digest": made.version.digest, "read": "on"})
    assert answer.status_code == 422


# --- reminding


def test_reminding_those_who_have_not_signed() -> None:
    made = make_charter(3)
    made.sign(0)
    Membership.objects.filter(user=made.users[1]).delete()
    client, url = client_of(made.convener), address("charter_remind", made.version)
    page = client.get(url).content.decode()
    assert "Two parties have not signed" in page
    assert "Nobody of it has an account here" in page
    answer = client.post(url, follow=True)
    assert told(answer) == ["1 reminder is sent."]
    assert mail.outbox[0].to == ["Member of Cedar <cedar@tessel.example>"]


def test_nobody_to_remind() -> None:
    made = make_charter(2)
    made.sign(0)
    made.sign(1)
    client, url = client_of(made.convener), address("charter_remind", made.version)
    assert "Every party has signed" in client.get(url).content.decode()
    assert client.post(url).status_code == 422


def test_mail_that_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    made = make_charter(2)

    def away(self: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", away)
    client = client_of(made.convener)
    answer = client.post(address("charter_remind", made.version), follow=True)
    assert told(answer) == [
        "0 reminders are sent. The mail to these people could not be sent. Tell them yourself: "
        "Member of Ash, Member of Birch."
    ]
