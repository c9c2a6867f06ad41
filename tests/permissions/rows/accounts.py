"""Accounts: allauth’s pages, by whether one is logged in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Account:
    """What each method (sent empty) answers: first to who is not logged in, then to who is. HEAD answers
    as GET. OPTIONS, where it is answered, names the methods and nothing else."""

    get: str
    post: str
    put: str
    patch: str
    delete: str
    options: str
    arguments: dict[str, Any] = field(default_factory=dict)

    def expected(self, method: str) -> str:
        told: str = getattr(self, "get" if method == "HEAD" else method.lower())
        return told


ACCOUNTS = {
    # A form sent empty comes back (200); PUT is taken as POST. Who is logged in is led on.
    "account_login": Account("200 302", "200 302", "200 302", "405 302", "405 302", "200 302"),
    "account_logout": Account("302 200", "302 302", "405 405", "405 405", "405 405", "200 200"),
    "account_inactive": Account("200 200", "405 405", "405 405", "405 405", "405 405", "200 200"),
    # nobody signs up: this page says so, however it is asked
    "account_signup": Account("200 302", "200 302", "200 302", "200 302", "200 302", "200 302"),
    # without a password there is nothing to confirm oneself with
    "account_reauthenticate": Account("L 403", "L 403", "L 403", "L 403", "L 403", "L 403"),
    "account_email": Account("L 200", "L 302", "L 302", "L 405", "L 405", "L 200"),
    "account_email_verification_sent": Account(
        "200 200", "405 405", "405 405", "405 405", "405 405", "200 200"
    ),
    "account_confirm_email": Account(
        "200 200", "404 404", "405 405", "405 405", "405 405", "200 200", {"key": "wrong"}
    ),
    # who has no password yet is led to set one
    "account_change_password": Account("L 302", "L 302", "L 302", "L 302", "L 302", "L 302"),
    "account_set_password": Account("L 200", "L 200", "L 200", "L 405", "L 405", "L 200"),
    "account_reset_password": Account(
        "200 200", "200 200", "200 200", "405 405", "405 405", "200 200"
    ),
    "account_reset_password_done": Account(
        "200 200", "405 405", "405 405", "405 405", "405 405", "200 200"
    ),
    "account_reset_password_from_key": Account(
        "200 200",
        "200 200",
        "200 200",
        "200 200",
        "200 200",
        "200 200",
        {"uidb36": "1", "key": "wrong"},
    ),
    "account_reset_password_from_key_done": Account(
        "200 200", "405 405", "405 405", "405 405", "405 405", "200 200"
    ),
    "account_request_login_code": Account(
        "200 302", "200 302", "200 302", "405 302", "405 302", "200 302"
    ),
    "account_confirm_login_code": Account("L 302", "L 302", "L 302", "L 302", "L 302", "L 302"),
    # A second factor: everybody's own. Nobody of this world has one; who has, see
    # tests/config/test_second_factor.py
    "mfa_index": Account("L 200", "L 405", "L 405", "L 405", "L 405", "L 200"),
    "mfa_authenticate": Account("L 302", "L 302", "L 302", "L 302", "L 302", "L 302"),
    "mfa_reauthenticate": Account("L 403", "L 403", "L 403", "L 403", "L 403", "L 403"),
    "mfa_activate_totp": Account("L 200", "L 200", "L 200", "L 405", "L 405", "L 200"),
    "mfa_deactivate_totp": Account("L 404", "L 404", "L 404", "L 404", "L 404", "L 404"),
    "mfa_view_recovery_codes": Account("L 404", "L 405", "L 405", "L 405", "L 405", "L 200"),
    "mfa_download_recovery_codes": Account("L 404", "L 404", "L 404", "L 404", "L 404", "L 404"),
    "mfa_generate_recovery_codes": Account("L 200", "L 200", "L 200", "L 405", "L 405", "L 200"),
    "mfa_list_webauthn": Account("L 200", "L 405", "L 405", "L 405", "L 405", "L 200"),
    "mfa_add_webauthn": Account("L 200", "L 200", "L 200", "L 405", "L 405", "L 200"),
    "mfa_remove_webauthn": Account("L 404", "L 404", "L 405", "L 405", "L 404", "L 200", {"pk": 1}),
    "mfa_edit_webauthn": Account("L 404", "L 404", "L 404", "L 405", "L 405", "L 200", {"pk": 1}),
    "mfa_reauthenticate_webauthn": Account("L 403", "L 403", "L 403", "L 403", "L 403", "L 403"),
    "mfa_login_webauthn": Account("L 302", "L 302", "L 302", "405 302", "405 302", "200 302"),
}
