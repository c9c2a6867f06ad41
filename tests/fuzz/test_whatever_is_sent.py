"""Every address of the resolver, ours, allauth's and the admin's, is sent what nobody meant: there is an
answer, which is no fault of the server's, and what is refused leaves nothing behind.

`make test` sends some 1,600 inputs, the same each time. FUZZ_INPUTS says how many instead, then others in
each run: `make fuzz` sends 10,000 (docs/measurements.md). --hypothesis-seed repeats one.
"""

from __future__ import annotations

import math
import os
import re
import time
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from allauth.core.context import request_context
from django.conf import settings as django_settings
from django.core import mail
from django.db import connection, transaction
from django.test import RequestFactory, TestCase, override_settings
from django.utils import translation
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.form_fields import Form, forms_of
from tests.fuzz.inputs import Pairs, Sent, requests
from tests.fuzz.outcomes import OUTCOMES
from tests.fuzz.places import Place, all_places, quoted, sound_paths
from tests.fuzz.server import Answer, ask
from tests.fuzz.worlds import INSIDE, OF_ACCOUNTS, OF_ADMIN, add_accounts
from tests.permissions.rows.table import TABLE, named_patterns
from tests.permissions.world import World, world_of_a_module  # noqa: F401
from tests.test_nasty_forms import OPENED, fuller  # noqa: F401

pytestmark = pytest.mark.django_db

PLACES = all_places()
INPUTS = int(os.environ.get("FUZZ_INPUTS") or 1600)
EACH = math.ceil(INPUTS / len(PLACES))
KEPT_OUT = ("django_session", "northbound_counted", "django_migrations", "sqlite_sequence")
"""Tables in which a refusal may leave a mark: who is logged in, and how often somebody tried."""
SECRET = "0123456789abcdefghijklmnopqrstuv"
"""CSRF's secret of every browser here: 32 characters, as Django makes them."""
PAGE_OF_QUESTIONS = re.compile(r"/questionnaire/\d+/\d+/")
"""Where the answers that fit are kept when one does not: nobody is asked the rest again."""
RECOVERY_CODES = "/accounts/second/recovery-codes/download/"
"""allauth notes that the codes were shown before it refuses a method; one's own codes, once one has logged in."""
AHEAD = {"HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_MOZ"}


class Siege:
    """The world, and what each role's pages ask for, read once."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.forms: dict[tuple[str, str], list[Form]] = {}
        with connection.cursor() as cursor:
            tables = connection.introspection.table_names(cursor)
        quote = connection.ops.quote_name
        self.tables = [quote(name) for name in sorted(tables) if name not in KEPT_OUT]

    def cookies(self, role: str) -> dict[str, str]:
        """What this role's browser sends along everywhere here: its session or link, and CSRF's secret."""
        own = {name: morsel.coded_value for name, morsel in self.world.client(role).cookies.items()}
        return own | {django_settings.CSRF_COOKIE_NAME: SECRET}

    def forms_at(self, role: str, path: str) -> list[Form]:
        """The forms of the page there, except the one that logs out; none where the role is shown none."""
        if (role, path) not in self.forms:
            with transaction.atomic():
                answer = ask("GET", path, HTTP_COOKIE=joined(self.cookies(role)))
                transaction.set_rollback(True)
            page = answer.content.decode() if answer.is_page and answer.status == 200 else ""
            found = [form for form in forms_of(page) if not form.action.endswith("/logout/")]
            for form in found:
                form.fields.pop("csrfmiddlewaretoken", None)
            self.forms[role, path] = found
        return self.forms[role, path]

    def stored(self) -> dict[str, Any]:
        """Everything that is stored, by table."""
        found = {}
        with connection.cursor() as cursor:
            for table in self.tables:
                cursor.execute(f"SELECT * FROM {table}")
                found[table] = sorted(map(repr, cursor.fetchall()))
        return found

    def counted(self) -> list[int]:
        """How many rows each table has."""
        counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in self.tables)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {counts}")
            return list(cursor.fetchone())

    def send(self, sent: Sent) -> None:
        """Sends it, judges the answer, and undoes what it changed."""
        translation.activate("en")
        cookies = joined(self.cookies(sent.role) | sent.cookies)
        told = {"HTTP_COOKIE": cookies} | sent.headers
        if not sent.lacks_csrf:
            told.setdefault("HTTP_X_CSRFTOKEN", SECRET)
        with (
            transaction.atomic(),
            override_settings(
                ALLAUTH_TRUSTED_PROXY_COUNT=sent.proxies,
                EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
            ),
        ):
            began = time.perf_counter()
            with TestCase.captureOnCommitCallbacks() as later:
                answer = ask(sent.method, sent.address, sent.body, sent.content_type, **told)
            # The mail that goes out once all is stored: outside of tests while the request still is.
            with request_context(RequestFactory().get("/")):
                for callback in later:
                    callback()
            took = time.perf_counter() - began
            counts = self.counted()
            OUTCOMES.note(answer.status, took, repr(sent), stored=counts != self.counts)
            self.judge(sent, answer, counts)
            if answer.status == 302:
                # where it leads, now that something is stored
                assert ask("GET", answer.headers["location"], HTTP_COOKIE=cookies).status < 500
            transaction.set_rollback(True)
        mail.outbox.clear()

    def judge(self, sent: Sent, answer: Answer, counts: list[int]) -> None:
        """Fails where the answer is the server's fault, where something refused left a trace, where what
        was sent stands in a page as the page's own, or where it leads to another server."""
        fetches_ahead = bool(AHEAD & set(sent.headers))
        assert answer.status < 500 or (answer.status == 503 and fetches_ahead), answer.status
        keeps_what_fits = answer.status == 422 and PAGE_OF_QUESTIONS.fullmatch(sent.path)
        if answer.status >= 400 and not keeps_what_fits:
            assert counts == self.counts, "refused, and something is stored"
            if sent.method in {"POST", "PUT"} and sent.path != RECOVERY_CODES:
                assert self.stored() == self.before, "refused, and something is changed"
        if answer.is_page:
            assert [mark for mark in OPENED if mark in answer.content] == []
        leads = answer.headers.get("location", "/")
        # As a browser takes it, to which a backslash is a slash: `?next=5` leads within the folder of the page.
        where = urlsplit(urljoin(f"https://here.example{sent.path}", leads.replace("\\", "/")))
        assert (where.scheme, where.netloc) == ("https", "here.example"), leads


def joined(cookies: dict[str, str]) -> str:
    """Cookies as a browser sends them."""
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


@pytest.fixture(scope="module")
def siege(fuller: World) -> Siege:  # noqa: F811
    add_accounts(fuller)
    begun = Siege(fuller)
    begun.counts, begun.before = begun.counted(), begun.stored()
    return begun


def roles_at(place: Place) -> tuple[str, ...]:
    if place.is_of_accounts:
        return OF_ACCOUNTS
    return OF_ADMIN if place.is_of_admin or place.name.startswith("bank") else INSIDE


def sent_there(place: Place) -> Pairs:
    """What the permission table sends to a place that shows no form."""
    row = TABLE.get(place.name)
    return list((row.sends or {}).items()) if row else []


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.route or "home")
@settings(
    max_examples=EACH,
    derandomize="FUZZ_INPUTS" not in os.environ,
    database=None,
    deadline=None,
    # what failed is told as it was sent: looking for less of it may take minutes
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    report_multiple_bugs=False,
)
@given(data=st.data())
def test_there_is_an_answer(siege: Siege, place: Place, data: st.DataObject) -> None:
    role = data.draw(st.sampled_from(roles_at(place)))
    path = data.draw(st.sampled_from(sound_paths(siege.world, place)))
    forms = siege.forms_at(role, path)
    siege.send(
        data.draw(
            requests(
                place=place, role=role, path=quoted(path), forms=forms, known=sent_there(place)
            )
        )
    )


def test_a_fault_of_the_server_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else all of this would hold of any server."""

    def broken(*_told: Any, **_more: Any) -> None:
        raise RuntimeError("broken")

    assert ask("GET", "/rules/").status == 200
    monkeypatch.setattr("assessments.views.pages.render", broken)
    with pytest.raises(RuntimeError, match="broken"):
        ask("GET", "/rules/")


def test_every_address_of_the_resolver_is_a_place() -> None:
    """By name, those of the admin by their routes: as the permission table has them."""
    routes = {route for _name, route in named_patterns() if "(?P<" not in route}
    assert routes <= {place.route for place in PLACES}
