"""The forms in which a browser says what it did with a passkey.

Each sends JSON that a script of the page made, and anybody may send another, without an account too. allauth
and the library that reads passkeys catch some of what that comes to, and let the rest through as a 500.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django.core.exceptions import ValidationError
from django.forms import BooleanField, CharField, HiddenInput, JSONField
from django.utils.translation import gettext_lazy as _

NAME_OF_A_PASSKEY = 80
"""Characters at most."""
SAID_OF_A_PASSKEY = 20_000
"""Characters of JSON at most; a browser sends some 2,000."""

NONE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)
"""What is raised by what is no passkey, wherever that is found out."""


@contextmanager
def only_passkeys() -> Iterator[None]:
    """Whatever is no passkey is said to be none that is known; allauth calls most a wrong code."""
    unknown = ValidationError(_("This passkey is not known here. Try another way."), "unknown")
    try:
        yield
    except ValidationError as error:
        if getattr(error, "code", None) != "incorrect_code":
            raise
        raise unknown from error
    except NONE as error:
        raise unknown from error


class PasskeyField(JSONField):
    """JSON that can be read, and that every database takes: no NUL, no half of a pair."""

    widget = HiddenInput

    def clean(self, value: Any) -> Any:
        with only_passkeys():
            if len(value or "") > SAID_OF_A_PASSKEY:
                raise ValueError("It is too long.")
            found = super().clean(value)
            if not isinstance(found, dict):
                raise TypeError("A passkey has parts with names.")
            # as UTF-8, which holds no half of a pair
            if rb"\u0000" in json.dumps(found, ensure_ascii=False).encode():
                raise ValueError("There is a NUL in it.")
            return found

    def bound_data(self, data: Any, initial: Any) -> None:
        """What was sent is not read once more for the page that refuses it."""

    def prepare_value(self, value: Any) -> str:
        """The field is empty until the script of the page fills it."""
        return ""


class AddPasskeyForm(AddWebAuthnForm):
    """A passkey, by default one that does without a password."""

    name = CharField(label=_("Name"), required=False, max_length=NAME_OF_A_PASSKEY)
    credential = PasskeyField()
    passwordless = BooleanField(label=_("It logs me in by itself"), required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        with only_passkeys():
            cleaned: dict[str, Any] = super().clean()
            return cleaned


class RenamePasskeyForm(EditWebAuthnForm):
    name = CharField(label=_("Name"), max_length=NAME_OF_A_PASSKEY)


class _Shown(AuthenticateWebAuthnForm):
    """A passkey that is shown."""

    credential = PasskeyField()

    def clean_credential(self) -> Authenticator:
        with only_passkeys():
            return super().clean_credential()


class ShowPasskeyForm(_Shown):
    """As the second factor, after a password or a code."""


class LoginByPasskeyForm(_Shown, LoginWebAuthnForm):
    """Instead of a password."""


class ProveByPasskeyForm(_Shown, ReauthenticateWebAuthnForm):
    """Once more, before something is changed."""
