"""What is no passkey is refused in words, whoever sends it: before, most of these were a 500."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from alliances.forms.passkeys import LoginByPasskeyForm
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def shown(**response: Any) -> str:
    """A passkey as a browser describes it, with this as its response."""
    return json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": response})


def text(value: Any) -> str:
    """JSON within JSON, as browsers send what a passkey signs."""
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


ODD = {
    "no JSON": "passkey",
    "a number": "0",
    "a list": "[[]]",
    "a word": '"x"',
    "nothing in it": "{}",
    "brackets": "[" * 3000,
    "digits": "9" * 5000,
    "too long": json.dumps({"id": "A" * 20_000}),
    "half a pair": '{"id": "\\ud800"}',
    "a NUL": '{"id": "\\u0000"}',
    "no response": '{"id": "AA", "rawId": "AA", "type": "public-key"}',
    "a response that is none": '{"id": "AA", "rawId": "AA", "type": "public-key", "response": 1}',
    "no JSON inside": shown(clientDataJSON="AA", attestationObject="oA"),
    "little inside": shown(clientDataJSON=text({}), attestationObject="oA"),
    "a list inside": shown(clientDataJSON=text([]), attestationObject="oA"),
    "cut short": shown(clientDataJSON=text({"type": "x"}), attestationObject="gw"),
    "more than there is": shown(
        clientDataJSON=text({"type": "x"}), attestationObject="W_8AAAAAAAAA"
    ),
    "a login cut short": shown(
        clientDataJSON=text({"type": "x"}), authenticatorData="AA", signature=""
    ),
}


@pytest.mark.parametrize("about", ODD)
def test_a_stranger_is_not_let_in(about: str) -> None:
    answer = Client().post(reverse("mfa_login_webauthn"), {"credential": ODD[about]})
    assert answer.status_code == 302
    assert answer["Location"] == reverse("account_login")
    assert [str(one) for one in get_messages(answer.wsgi_request)] != []


@pytest.mark.parametrize("about", ODD)
def test_it_is_not_added(about: str) -> None:
    user = make_user()
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(reverse("mfa_add_webauthn"), {"name": "Key", "credential": ODD[about]})
    assert answer.status_code == 200
    assert "credential" in answer.context["form"].errors or answer.context["form"].errors["__all__"]
    assert not user.authenticator_set.exists()


def test_what_is_long_is_not_read() -> None:
    """A browser sends some 2,000 characters."""
    form = LoginByPasskeyForm(data={"credential": json.dumps({"id": "A" * 20_000})})
    assert not form.is_valid()
