"""A server as it runs for real: its settings are read by a process of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]

ASKS = """
import json
import django
django.setup()
from django.conf import settings
from django.contrib.messages import success
from django.http import HttpResponse, HttpResponseRedirect
from django.test import Client, override_settings
from assessments.views.appraisal_kept import COOKIE
from assessments.views.respondents import cookie_name, language_cookie_name
from alliances.views.cookies import bound_name

static = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
with override_settings(STORAGES=static):
    client = Client(headers={"host": "northbound.example.org"})
    plain = client.get("/rules/")
    typed = client.get("/a/token/")
    page = client.get("/accounts/login/", secure=True)
    chosen = client.get("/rules/?lang=fr", secure=True)
    forged = client.get("/rules/", headers={"x-forwarded-proto": "https"})
    from django.test import RequestFactory
    from django.contrib.messages.storage import default_storage
    request = RequestFactory().get("/")
    request.session = {}
    storage = default_storage(request)
    storage.add(20, "Saved.")
    kept = HttpResponse()
    storage.update(kept)
print(json.dumps({
    "plain": [plain.status_code, plain["Location"]],
    "kept": [answer.headers.get("Cache-Control", "") for answer in (plain, typed)],
    "behind no proxy": forged.status_code,
    "hsts": page["Strict-Transport-Security"],
    "cookies": [morsel.OutputString() for one in (page, chosen, kept) for morsel in one.cookies.values()],
    "session": [settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_PATH, settings.SESSION_COOKIE_DOMAIN],
    "bound": [cookie_name(7), language_cookie_name(7), bound_name(COOKIE)],
    "believed": settings.ALLAUTH_TRUSTED_PROXY_COUNT,
    "second factor": settings.SECOND_FACTOR_REQUIRED,
    "debug": settings.DEBUG,
}))
"""


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "ALLOWED_HOSTS": "northbound.example.org",
        "SECRET_KEY": "of-50-characters-and-more-and-of-this-test-alone-7f3a9b",
        "EMAIL_URL": "smtp+tls://mail.example.org",
        "OPERATOR_NAME": "Example Foundation",
        "OPERATOR_CONTACT": "privacy@example.org",
        "DATA_DIR": str(tmp_path_factory.mktemp("production")),
    }


def run(production: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=production,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_django_warns_of_nothing(production: dict[str, str]) -> None:
    done = run(production, "manage.py", "check", "--deploy", "--fail-level", "DEBUG")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "System check identified no issues (0 silenced).\n"


@pytest.fixture(scope="module")
def told(production: dict[str, str]) -> dict[str, Any]:
    done = run(production, "-c", ASKS)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_everything_goes_over_https(told: dict[str, Any]) -> None:
    assert told["plain"] == [301, "https://northbound.example.org/rules/"]
    # nobody is believed who says so without a proxy
    assert told["behind no proxy"] == 301
    assert told["hsts"] == "max-age=31536000; includeSubDomains; preload"


def test_no_browser_keeps_where_a_link_without_https_leads(told: dict[str, Any]) -> None:
    """The answer names the link; for good, as browsers and proxies understand 301."""
    for kept in told["kept"]:
        assert "no-store" in kept


def test_as_many_proxies_are_believed_as_are_named(
    production: dict[str, str], told: dict[str, Any]
) -> None:
    """One more, and each visitor would say themselves for whom they count."""
    assert told["believed"] == 0
    asks = "from django.conf import settings; print(settings.ALLAUTH_TRUSTED_PROXY_COUNT)"
    assert run(production | {"TRUSTED_PROXIES": "2"}, "-c", asks).stdout == "2\n"


def test_cookies_belong_to_this_host_alone(told: dict[str, Any]) -> None:
    names = [cookie.split("=")[0] for cookie in told["cookies"]]
    assert names == ["__Host-csrftoken", "__Host-django_language", "__Host-messages"]
    for cookie in told["cookies"]:
        parts = {part.strip() for part in cookie.split(";")[1:]}
        assert {"Path=/", "Secure", "HttpOnly", "SameSite=Lax"} <= parts
        assert not any(part.startswith("Domain") for part in parts)
    assert told["session"] == ["__Host-sessionid", True, "/", None]
    assert told["bound"] == ["__Secure-nb_r7", "__Secure-nb_l7", "__Secure-nb_appraisal"]


def test_admins_need_a_second_factor_and_nobody_sees_errors(told: dict[str, Any]) -> None:
    assert told["second factor"] is True
    assert told["debug"] is False
