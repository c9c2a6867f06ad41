"""allauth's forms in our words, with the cursor at what is wrong."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    ConfirmLoginCodeForm,
    LoginForm,
    ReauthenticateForm,
    RequestLoginCodeForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.mfa.base.forms import AuthenticateForm as SecondFactorForm
from allauth.mfa.base.forms import ReauthenticateForm as SecondFactorAgainForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.contrib.auth.password_validation import (
    MinimumLengthValidator,
    get_default_password_validators,
)
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _


class InOurWords(forms.Form):
    """What each field is called, whatever allauth calls it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = self.labels()
        helps = self.helps()
        for name, field in self.fields.items():
            field.label = labels.get(name, field.label)
            field.help_text = helps.get(name, "")
            field.error_messages["required"] = _("This is missing.")
            field.widget.attrs.pop("placeholder", None)

    def labels(self) -> dict[str, str]:
        return {
            "login": _("E-mail address"),
            "email": _("E-mail address"),
            "password": _("Password"),
            "oldpassword": _("Current password"),
            "password1": _("New password"),
            "password2": _("New password, again"),
            "remember": _("Stay logged in on this device"),
            "code": _("Code"),
        }

    def helps(self) -> dict[str, str]:
        forgotten = format_html(
            '<a href="{}">{}</a>', reverse("account_reset_password"), _("Password forgotten?")
        )
        return {"password": forgotten, "oldpassword": forgotten, "password1": _rules()}

    def is_valid(self) -> bool:
        """Besides, the page that comes back begins at the first field that is wrong."""
        valid: bool = super().is_valid()
        wrong = next((name for name in self.fields if name in self.errors), None)
        if wrong is not None:
            self.fields[wrong].widget.attrs["autofocus"] = True
        return valid


class _Twice(InOurWords):
    """A new password, typed twice."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.has_error("password2") and not self.has_error("password2", "required"):
            del self.errors["password2"]
            self.add_error("password2", _("The two differ."))
        return cleaned


class Login(InOurWords, LoginForm):
    """By a password."""


class AskForCode(InOurWords, RequestLoginCodeForm):
    """By a code, of which there is none yet."""


class EnterCode(InOurWords, ConfirmLoginCodeForm):
    """By a code that came by mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"autocapitalize": "characters", "spellcheck": "false"}


class ChangePassword(_Twice, ChangePasswordForm):
    """The password of somebody who has one."""


class SetPassword(_Twice, SetPasswordForm):
    """The first password of somebody who has none."""


class AskForPassword(InOurWords, ResetPasswordForm):
    """Where the password is forgotten."""


class ChooseAnew(_Twice, ResetPasswordKeyForm):
    """The new one, under the link that came by mail."""


class ProveByPassword(InOurWords, ReauthenticateForm):
    """Once more, before something is changed."""


class _Digits(InOurWords):
    """What an app shows, or a recovery code: digits both."""

    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric"}

    def labels(self) -> dict[str, str]:
        if not self.has_app:
            return {"code": _("Recovery code")}
        return {"code": _("Six digits, or a recovery code")}

    @property
    def has_app(self) -> bool:
        return is_mfa_enabled(self.user, types=[Authenticator.Type.TOTP])

    @property
    def has_passkey(self) -> bool:
        return is_mfa_enabled(self.user, types=[Authenticator.Type.WEBAUTHN])


class EnterDigits(_Digits, SecondFactorForm):
    """After the password or the code by mail."""


class ProveByDigits(_Digits, SecondFactorAgainForm):
    """Once more, before something is changed."""


class SetUpApp(_Digits, ActivateTOTPForm):
    """The first digits that a new app shows."""

    def labels(self) -> dict[str, str]:
        return {"code": _("The six digits")}


def _rules() -> str:
    """What a password has to be, in one breath; who falls short of it is told in what."""
    validators = get_default_password_validators()
    least = next(one.min_length for one in validators if isinstance(one, MinimumLengthValidator))
    return _(
        "%(number)s characters or more. Not your name or address, no password that many use, also not "
        "with digits around it, and no name that is known here, such as that of your alliance."
    ) % {"number": least}
