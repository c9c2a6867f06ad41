"""Every address × method × role, with the answer that is expected, written by hand.

An address of the resolver without a row here fails. Where a role may not see a thing, the answer
is the same as for a thing that does not exist: 404.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.test import Client, override_settings
from django.urls import URLPattern, get_resolver, reverse

from alliances.models import Membership, User
from assessments.services.banks.store import latest_bank
from assessments.services.mailbox import list_mail
from assessments.services.rounds import close_round
from assessments.views.questionnaire import cookie_name
from tests.factories import (
    make_alliance,
    make_bank,
    make_participant,
    make_representative,
    make_response,
    make_round,
    make_user,
)
from tests.permission_rows import banks, charter, common_ground, conduct, journal, progress, records
from tests.permission_rows.row import ADMINS, ALL, ROLES, A, Row, Seats, inside, public

pytestmark = pytest.mark.django_db

PAPERS = (banks, charter, common_ground, conduct, journal, progress, records)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


@dataclass
class World:
    """Two alliances, and everybody's client."""

    objects: dict[str, Any]
    sessions: dict[str, str]
    cookie: tuple[str, str, str]
    """Name, value and path of the respondent's cookie."""

    def client(self, role: str) -> Client:
        """A new browser of somebody who came in before."""
        client = Client()
        if role == "respondent":
            name, value, path = self.cookie
            client.cookies[name] = value
            client.cookies[name]["path"] = path
        elif role in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        return client


def logged_in(user: User) -> str:
    """The cookie of a session of `user`."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Made once: whatever a question changes is undone by `ask`, and all of it at the end."""
    mail = tmp_path_factory.mktemp("mail")
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        pytest.MonkeyPatch.context() as monkeypatch,
        override_settings(
            EMAIL_BACKEND="django.core.mail.backends.filebased.EmailBackend",
            EMAIL_FILE_PATH=mail,
            MAIL_DIR=mail,
        ),
    ):
        yield make_world(mail, monkeypatch)
        transaction.set_rollback(True)


def make_world(mail_folder: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    # Who gets a PDF is asked here, not how it looks.
    for name in ("render_report", "render_scorecard"):
        monkeypatch.setattr(f"assessments.views.results.{name}", lambda **_: b"%PDF-")
    for name in ("render_charter", "render_certificate"):
        monkeypatch.setattr(f"assessments.views.charter_pdf.{name}", lambda **_: b"%PDF-")
    send_mail("Hello", "Text", "a@example.org", ["b@example.org"])
    [mail] = list_mail(mail_folder)
    users: dict[str, User] = {role: make_user(f"{role}@example.org") for role in ROLES[2:]}
    User.objects.filter(email="admin@example.org").update(is_staff=True, is_superuser=True)
    users["admin"] = User.objects.get(email="admin@example.org")
    alliance = make_alliance("Tessel", convener=users["convener"], member=users["member"])
    Membership.objects.create(alliance=alliance, user=users["fellow"], role="member")
    make_alliance("Other", convener=users["rival"], member=users["foreign"])
    bank = make_bank()
    latest_bank("invitation-appraisal")
    latest_bank("working-relationship")
    participant, birch = make_participant(alliance, "Ash"), make_participant(alliance, "Birch")
    Membership.objects.filter(user=users["member"]).update(participant=participant)
    Membership.objects.filter(user=users["fellow"]).update(participant=birch)
    representative = make_representative(participant)
    open_round = make_round(alliance, bank, name="Open")
    closed = make_round(alliance, bank, organisations=5, name="Closed")
    for place in range(5):
        make_response(closed, place, answers={"A1": 4, "A2": 4, "A3": 2}, submitted=True)
    close_round(round=closed.round)
    make_response(open_round, 0, answers={"A1": 3})
    membership = Membership.objects.get(alliance=alliance, user=users["member"])
    seats = Seats(alliance, participant, birch, users)
    papers = {name: thing for kind in PAPERS for name, thing in kind.make_objects(seats).items()}
    return World(
        objects=papers
        | {
            "alliance": alliance.pk,
            "participant": participant.pk,
            "declined": make_participant(alliance, "Yew", status="declined").pk,
            "representative": representative.pk,
            "membership": membership.pk,
            "open": open_round.round.pk,
            "closed": closed.round.pk,
            "invitation": open_round.invitations[1].pk,
            "token": open_round.tokens[0],
            "bank": bank.pk,
            "user": users["member"].pk,
            "mail": mail.name,
        },
        sessions={role: logged_in(user) for role, user in users.items()},
        cookie=(
            cookie_name(open_round.round.pk),
            open_round.tokens[0],
            f"/questionnaire/{open_round.round.pk}/",
        ),
    )


TO_ALL = "302 302 302 302 302 302 302 302"
"""Whoever asks is led on."""

TABLE: dict[str, Row] = {
    "home": public("all"),
    "healthz": public("all"),
    "rules": public("all"),
    "privacy": public("all"),
    # nobody is named in this world; where somebody is, see tests/assessments/rights/test_privacy.py
    "security_txt": public("gone"),
    # What is stored of oneself; a deletion that is not confirmed shows its page
    "own_data": inside("login"),
    "own_data_json": inside("login"),
    "own_account_delete": inside("login", "login"),
    "own_sessions_end": inside("no, inside", "L L 302 302 302 302 302 302"),
    # Whoever is invited to an alliance; where nothing is answered, there is nothing to read
    "appraisal": public("all", TO_ALL, code="invitation-appraisal"),
    "appraisal_page": public("all", TO_ALL, code="invitation-appraisal", number=1),
    "appraisal_result": public(TO_ALL, code="invitation-appraisal"),
    "appraisal_pdf": public(TO_ALL, code="invitation-appraisal"),
    "desk": inside("members", **A),
    # Rounds
    "rounds": inside("members", **A),
    # sent empty, it does not say what to ask
    "round_new": inside("conveners", "wrong", **A),
    "round": inside("conveners", pk="open"),
    "round_remind": inside("conveners", "does", pk="open"),
    "round_link": inside("conveners", "does", pk="invitation"),
    "round_forecast": inside("conveners", "does", pk="open"),
    "round_close": inside("conveners", "does", pk="open"),
    # Results
    "result": inside("members", pk="closed"),
    "report_pdf": inside("members", pk="closed"),
    "scorecard_pdf": inside("members", pk="closed"),
    "result_json": inside("members", pk="closed"),
    "result_csv": inside("members", pk="closed"),
    # The charter on paper
    "charter_pdf": inside("members", pk="charter out"),
    "certificate_pdf": inside("members", pk="charter out"),
    # The respondent: whoever holds the link, with an account or without
    "link": public("all", TO_ALL, token="token"),
    "questionnaire": public("respondent", pk="open"),
    "questionnaire_page": public(
        "respondent", "404 302 404 404 404 404 404 404", pk="open", number=1
    ),
    "questionnaire_save": public(
        "no", "404 200 404 404 404 404 404 404", pk="open", sends={"code": "A1", "value": "4"}
    ),
    "questionnaire_review": public("respondent", pk="open"),
    "questionnaire_submit": public("no", "404 302 404 404 404 404 404 404", pk="open"),
    # the round is about nobody; of one that is, see tests/assessments/persons
    "questionnaire_result": public("gone", pk="open"),
    "own_result_pdf": public("gone", pk="open"),
    "workbook": inside("members", code="working-relationship", **A),
    "workbook_pick": inside("own", "does, own", pk="participant", code="working-relationship"),
    # nobody who has an account here is asked; who is, see tests/assessments/answering
    "questionnaire_own": public("no", "L L 404 404 404 404 404 404", pk="open"),
    "questionnaire_done": public("404 302 404 404 404 404 404 404", pk="open"),
    "questionnaire_data": public("respondent", pk="open"),
    "own_answers_json": public("respondent", pk="open"),
    "own_answers_csv": public("respondent", pk="open"),
    "questionnaire_delete": public("respondent", "404 302 404 404 404 404 404 404", pk="open"),
    "questionnaire_forget": public("no", "404 302 404 404 404 404 404 404", pk="open"),
    # The demonstration's mail, for whoever sits at this machine
    "demo_mail": public("all"),
    "demo_mail_message": public("all", name="mail"),
    # The alliance and its people
    "alliance_new": inside("login", "L L 422 422 422 422 422 422"),
    "alliance_edit": inside("conveners", "wrong", **A),
    "people": inside("members", **A),
    "people_import": inside("conveners", "wrong", **A),
    "participant_new": inside("conveners", "wrong", **A),
    "participant_edit": inside("conveners", "wrong", pk="participant"),
    "participant_pain": inside("own", "wrong, own", pk="participant"),
    # one that has signed nothing: who has, stays in the charter’s history
    "participant_remove": inside("conveners", "does", pk="declined"),
    "representative_new": inside("conveners", "wrong", pk="participant"),
    "representative_edit": inside("conveners", "wrong", pk="representative"),
    "representative_remove": inside("conveners", "does", pk="representative"),
    "access": inside("conveners", "wrong", **A),
    "access_remove": inside("conveners", "does", pk="membership"),
    # Who did what: no member reads it
    "audit": inside("conveners", **A),
    "audit_table": inside("conveners", **A),
    "installation_audit": inside(ADMINS),
    "installation_audit_table": inside(ADMINS),
}
for paper in PAPERS:
    TABLE |= paper.ROWS

DEEPER: list[tuple[str, str, str, str]] = [
    # What is not there yet, or belongs to another state: the same 404 for everybody who may ask.
    ("result", "open", "GET", "L L 404 404 404 404 404 404"),
    ("result_json", "open", "GET", "L L 404 404 404 404 404 404"),
    ("report_pdf", "open", "GET", "L L 404 404 404 404 404 404"),
    # A draft is its conveners' alone, and nobody has signed it.
    ("charter_pdf", "charter draft", "GET", "L L 404 404 404 200 404 200"),
    ("certificate_pdf", "charter draft", "GET", "L L 404 404 404 404 404 404"),
]


def named_patterns() -> Iterator[tuple[str, str]]:
    """Name and pattern of every address of the resolver."""

    def walk(patterns: list[Any], before: str, space: str) -> Iterator[tuple[str, str]]:
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLPattern):
                yield f"{space}{pattern.name}", route
            else:
                inner = f"{pattern.namespace}:" if pattern.namespace else ""
                yield from walk(pattern.url_patterns, route, space + inner)

    yield from walk(get_resolver().url_patterns, "", "")


def told(response: Any) -> str:
    """The answer in the table's words."""
    if response.status_code == 302 and response["Location"].startswith(settings_login()):
        return "L"
    return str(response.status_code)


def settings_login() -> str:
    return reverse(settings.LOGIN_URL)


def ask(world: World, role: str, method: str, address: str, sends: Any = None) -> str:
    """The answer, with whatever it changed undone."""
    with transaction.atomic():
        response = world.client(role).generic(
            method,
            address,
            "&".join(f"{name}={value}" for name, value in (sends or {}).items())
            if method == "POST"
            else "",
            content_type="application/x-www-form-urlencoded",
        )
        answer = told(response)
        transaction.set_rollback(True)
    return answer


def test_every_address_has_a_row() -> None:
    names = {name for name, _route in named_patterns()}
    ours = {name for name in names if not name.startswith(("admin:", "account_", "mfa_"))}
    assert ours == set(TABLE)
    assert {name for name in names if name.startswith(("account_", "mfa_"))} == set(ACCOUNTS)
    admin = {
        # of one app: named by all of them, in an order that imports decide
        "<app_label>/" if name == "admin:app_list" else route.removeprefix("admin/")
        for name, route in named_patterns()
        if name.startswith("admin:")
    }
    assert admin == set(ADMIN)


@pytest.mark.parametrize("name", TABLE)
def test_who_may_what(world: World, name: str) -> None:
    line = TABLE[name]
    arguments = {key: world.objects.get(value, value) for key, value in line.arguments.items()}
    address = reverse(name, kwargs=arguments)
    expected, found = {}, {}
    for method in METHODS:
        column = {"GET": line.get, "HEAD": line.get, "POST": line.post}.get(method, line.other)
        expected[method] = ALL.get(column, column)
        found[method] = " ".join(ask(world, role, method, address, line.sends) for role in ROLES)
    assert found == expected


@pytest.mark.parametrize(("name", "which", "method", "expected"), DEEPER)
def test_what_is_not_there_yet(
    world: World, name: str, which: str, method: str, expected: str
) -> None:
    address = reverse(name, args=[world.objects[which]])
    assert " ".join(ask(world, role, method, address) for role in ROLES) == expected


# --- accounts: allauth's pages, by whether one is logged in


@dataclass(frozen=True)
class Account:
    """What GET and POST (sent empty) answer to who is not logged in, and to who is."""

    get: tuple[str, str]
    post: tuple[str, str]
    arguments: dict[str, Any] | None = None


# A form sent empty comes back (200). Nobody signs up: that page says so.
ACCOUNTS = {
    "account_login": Account(("200", "302"), ("200", "302")),
    "account_logout": Account(("302", "200"), ("302", "302")),
    "account_inactive": Account(("200", "200"), ("405", "405")),
    "account_signup": Account(("200", "302"), ("200", "302")),
    # without a password there is nothing to confirm oneself with
    "account_reauthenticate": Account(("L", "403"), ("L", "403")),
    "account_email": Account(("L", "200"), ("L", "302")),
    "account_email_verification_sent": Account(("200", "200"), ("405", "405")),
    "account_confirm_email": Account(("200", "200"), ("404", "404"), {"key": "wrong"}),
    # who has no password yet is led to set one
    "account_change_password": Account(("L", "302"), ("L", "302")),
    "account_set_password": Account(("L", "200"), ("L", "200")),
    "account_reset_password": Account(("200", "200"), ("200", "200")),
    "account_reset_password_done": Account(("200", "200"), ("405", "405")),
    "account_reset_password_from_key": Account(
        ("200", "200"), ("200", "200"), {"uidb36": "1", "key": "wrong"}
    ),
    "account_reset_password_from_key_done": Account(("200", "200"), ("405", "405")),
    "account_request_login_code": Account(("200", "302"), ("200", "302")),
    "account_confirm_login_code": Account(("L", "302"), ("L", "302")),
    # A second factor: everybody's own. Nobody of this world has one; who has, see
    # tests/config/test_second_factor.py
    "mfa_index": Account(("L", "200"), ("L", "405")),
    "mfa_authenticate": Account(("L", "302"), ("L", "302")),
    "mfa_reauthenticate": Account(("L", "403"), ("L", "403")),
    "mfa_activate_totp": Account(("L", "200"), ("L", "200")),
    "mfa_deactivate_totp": Account(("L", "404"), ("L", "404")),
    "mfa_view_recovery_codes": Account(("L", "404"), ("L", "405")),
    "mfa_download_recovery_codes": Account(("L", "404"), ("L", "404")),
    "mfa_generate_recovery_codes": Account(("L", "200"), ("L", "200")),
    "mfa_list_webauthn": Account(("L", "200"), ("L", "405")),
    "mfa_add_webauthn": Account(("L", "200"), ("L", "200")),
    "mfa_remove_webauthn": Account(("L", "404"), ("L", "404"), {"pk": 1}),
    "mfa_edit_webauthn": Account(("L", "404"), ("L", "404"), {"pk": 1}),
    "mfa_reauthenticate_webauthn": Account(("L", "403"), ("L", "403")),
    "mfa_login_webauthn": Account(("L", "302"), ("L", "302")),
}


@pytest.mark.parametrize("name", ACCOUNTS)
def test_account_pages(world: World, name: str) -> None:
    page = ACCOUNTS[name]
    address = reverse(name, kwargs=page.arguments or {})
    for method, (nobody, somebody) in (("GET", page.get), ("POST", page.post)):
        found = [ask(world, role, method, address) for role in ROLES]
        assert (method, found) == (method, [nobody] * 2 + [somebody] * 6)


# --- the admin: its door is the common login, and whoever is no admin finds nothing behind it

# Pattern to an address, and what GET and POST (sent empty) answer to an admin. Banks and rounds are
# read there and never written; answers, comments and links have no page at all.
ADMIN: dict[str, tuple[str, str, str]] = {
    "": ("", "200", "200"),
    "login/": ("login/", "302", "302"),
    "logout/": ("logout/", "405", "302"),
    "password_change/": ("password_change/", "302", "302"),
    "password_change/done/": ("password_change/done/", "200", "405"),
    "autocomplete/": ("autocomplete/", "403", "405"),
    "jsi18n/": ("jsi18n/", "200", "405"),
    "r/<path:content_type_id>/<path:object_id>/": ("r/999/1/", "404", "404"),
    "<app_label>/": ("alliances/", "200", "200"),
    "(?P<url>.*)$": ("nothing-here", "404", "404"),
    "alliances/user/<id>/password/": ("alliances/user/{user}/password/", "200", "200"),
}
KEPT = {
    "": "200 200",
    "add/": "200 200",
    "history/": "200 200",
    "delete/": "200 200",
    "change/": "200 200",
}
READ = {
    "": "200 200",
    "add/": "403 403",
    "history/": "200 200",
    "delete/": "403 403",
    "change/": "200 403",
}
# No e-mail address is recorded by allauth in this world: an unknown one leads back to the index.
UNKNOWN = {
    "": "200 200",
    "add/": "200 200",
    "history/": "302 302",
    "delete/": "302 302",
    "change/": "302 302",
}
# Nobody of this world has a second factor. An admin takes one off, and neither adds nor changes one.
GONE = UNKNOWN | {"add/": "403 403", "change/": "302 403"}
for model, kind, pages in (
    ("alliances/user", "user", KEPT),
    ("alliances/alliance", "alliance", KEPT),
    ("alliances/membership", "membership", KEPT),
    ("assessments/bank", "bank", READ),
    ("assessments/round", "open", READ),
    ("account/emailaddress", "user", UNKNOWN),
    ("mfa/authenticator", "user", GONE),
):
    for page, expected in pages.items():
        get, post = expected.split()
        whole = page in ("", "add/")
        ADMIN[f"{model}/{page}" if whole else f"{model}/<path:object_id>/{page}"] = (
            f"{model}/{page}" if whole else f"{model}/{{{kind}}}/{page}",
            get,
            post,
        )
    # the short address of an object leads to its page
    ADMIN[f"{model}/<path:object_id>/"] = (f"{model}/{{{kind}}}/", "302", "302")


@pytest.mark.parametrize("pattern", ADMIN)
def test_admin_pages(world: World, pattern: str) -> None:
    path, get, post = ADMIN[pattern]
    address = "/admin/" + path.format(**world.objects)
    for method, expected in (("GET", get), ("POST", post)):
        found = {role: ask(world, role, method, address) for role in ROLES}
        if pattern == "login/":
            outside = {"stranger": "L", "respondent": "L"} | dict.fromkeys(ROLES[2:7], "404")
        else:
            outside = dict.fromkeys(ROLES[:7], "302")  # to admin/login/
        assert (method, found) == (method, outside | {"admin": expected})


def test_answers_have_no_admin_page(world: World) -> None:
    from django.contrib import admin

    registered = {model.__name__ for model in admin.site._registry}
    assert registered & {"Response", "Answer", "Comment", "Invitation", "InvitationLink"} == set()
