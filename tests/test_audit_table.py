"""Every address, and every command, with what it records in the audit log, or why it records nothing.

Written by hand; an address or a command without a row fails. Each address is asked by one of each kind
who may do something: what stands under NOTHING records nothing at all, and what stands under RECORDS that alone.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import get_commands
from django.db import transaction
from django.urls import reverse

from alliances.models.audit import Action, AuditEntry
from tests.permissions.rows.accounts import ACCOUNTS
from tests.permissions.rows.admin import ADMIN
from tests.permissions.rows.table import TABLE, named_patterns
from tests.permissions.world import World, world_of_a_module  # noqa: F401

pytestmark = pytest.mark.django_db

LOOKS = "shows what those who may see it see every day; nothing is taken out"
WORK = "a record of the common work, which says itself who changed it last"
DRAFT = "a draft, on which nobody counts yet; what becomes of it is recorded"
ANSWERS = "what a respondent does is recorded nowhere, lest it tell who answered, or when"
MACHINE = "says whether the server runs"
OWN = "one's own account: what changes in it is recorded where it is stored, whoever changes it"
DJANGO = "a page of Django's admin that changes nothing here"
REFUSED = "in the admin these are read, and never changed"

RECORDS: dict[str, set[Action]] = {
    # Rounds and results
    "round_new": {Action.ROUND_OPENED, Action.LINKS_SENT},
    "round_remind": {Action.ROUND_REMINDED},
    "round_link": {Action.LINK_REPLACED},
    "round_close": {Action.ROUND_CLOSED, Action.RESULT_PUBLISHED},
    "result": {Action.RESULT_READ},
    "report_pdf": {Action.EXPORTED},
    "scorecard_pdf": {Action.EXPORTED},
    "result_json": {Action.EXPORTED},
    "result_csv": {Action.EXPORTED},
    # The charter
    "charter_circulate": {Action.CHARTER_CIRCULATED, Action.CHARTER_WITHDRAWN},
    "charter_revise": {Action.CHARTER_WITHDRAWN},
    "charter_sign": {Action.CHARTER_SIGNED, Action.CHARTER_RATIFIED, Action.CHARTER_AMENDED},
    "charter_remind": {Action.CHARTER_REMINDED},
    "charter_pdf": {Action.EXPORTED},
    "certificate_pdf": {Action.EXPORTED},
    "charter_text": {Action.EXPORTED},
    # The alliance, its people, and who has access
    "alliance_new": {Action.ALLIANCE_MADE, Action.ACCESS_GIVEN},
    "alliance_edit": {Action.ALLIANCE_CHANGED},
    "people_import": {Action.PEOPLE_IMPORTED},
    "participant_new": {Action.ORGANISATION_ADDED},
    "participant_edit": {Action.ORGANISATION_CHANGED},
    "participant_pain": {Action.ORGANISATION_CHANGED},
    "participant_remove": {Action.ORGANISATION_REMOVED},
    "representative_new": {Action.PERSON_ADDED},
    "representative_edit": {Action.PERSON_CHANGED},
    "representative_remove": {Action.PERSON_REMOVED},
    "access": {Action.ACCESS_GIVEN, Action.ACCESS_CHANGED, Action.ACCOUNT_MADE},
    "access_remove": {Action.ACCESS_REMOVED},
    "audit_table": {Action.EXPORTED},
    "installation_audit_table": {Action.EXPORTED},
    # Question banks
    "bank_import": {Action.BANK_IMPORTED},
    "bank_import_into": {Action.BANK_IMPORTED},
    "bank_export": {Action.EXPORTED},
    "bank_paper": {Action.EXPORTED},
    "bank_statistics_table": {Action.EXPORTED},
    "bank_publish": {Action.BANK_PUBLISHED},
    "bank_retire": {Action.BANK_RETIRED},
    "bank_discard": {Action.BANK_DISCARDED},
    # Accounts
    "account_login": {Action.ADMIN_CAME},
    "account_confirm_login_code": {Action.ADMIN_CAME},
    "account_change_password": {Action.ACCOUNT_CHANGED},
    "account_set_password": {Action.ACCOUNT_CHANGED},
    "account_reset_password_from_key": {Action.ACCOUNT_CHANGED},
    "account_confirm_email": {Action.ACCOUNT_CHANGED},
    "account_email": {Action.ACCOUNT_CHANGED},
    "own_account_delete": {Action.ACCOUNT_DELETED, Action.ACCESS_REMOVED},
    "mfa_activate_totp": {Action.FACTOR_ADDED},
    "mfa_deactivate_totp": {Action.FACTOR_REMOVED},
    "mfa_add_webauthn": {Action.FACTOR_ADDED},
    "mfa_remove_webauthn": {Action.FACTOR_REMOVED},
    "mfa_generate_recovery_codes": {Action.FACTOR_ADDED},
    # the second step of logging in
    "mfa_authenticate": {Action.ADMIN_CAME},
    "mfa_login_webauthn": {Action.ADMIN_CAME},
    "admin:mfa_authenticator_delete": {Action.FACTOR_REMOVED},
    "admin:mfa_authenticator_changelist": {Action.FACTOR_REMOVED},
    "admin:login": {Action.ADMIN_CAME},
    "admin:password_change": {Action.ACCOUNT_CHANGED},
    "admin:auth_user_password_change": {Action.ACCOUNT_CHANGED},
    "admin:alliances_user_add": {Action.ACCOUNT_MADE, Action.ACCOUNT_CHANGED},
    "admin:alliances_user_change": {Action.ACCOUNT_CHANGED},
    "admin:alliances_user_delete": {Action.ACCOUNT_DELETED, Action.ACCESS_REMOVED},
    "admin:alliances_user_changelist": {Action.ACCOUNT_DELETED, Action.ACCESS_REMOVED},
    "admin:alliances_alliance_add": {Action.ALLIANCE_MADE, Action.ACCESS_GIVEN},
    "admin:alliances_alliance_change": {
        Action.ALLIANCE_CHANGED,
        Action.ACCESS_GIVEN,
        Action.ACCESS_CHANGED,
        Action.ACCESS_REMOVED,
    },
    "admin:alliances_alliance_delete": {Action.ALLIANCE_DELETED},
    "admin:alliances_alliance_changelist": {Action.ALLIANCE_DELETED},
    "admin:alliances_membership_add": {Action.ACCESS_GIVEN},
    "admin:alliances_membership_change": {
        Action.ACCESS_CHANGED,
        Action.ACCESS_GIVEN,
        Action.ACCESS_REMOVED,
    },
    "admin:alliances_membership_delete": {Action.ACCESS_REMOVED},
    "admin:alliances_membership_changelist": {Action.ACCESS_REMOVED},
}

NOTHING: dict[str, str] = {
    **dict.fromkeys(
        (
            "home", "privacy", "rules", "desk", "rounds", "round", "people", "charter", "charter_version",
            "charter_difference", "charter_verify", "charter_hints", "audit", "installation_audit",
            "common_ground", "ground_item", "profiles", "profile", "history", "differences",
            "difference", "launch", "decisions", "decisions_asked", "working_rules", "stakeholders",
            "contributions", "contribution", "values", "metrics", "metric", "journal",
            "journal_entry", "actions", "momentum", "records", "workbook", "purpose_check",
            "banks", "bank", "bank_compare", "bank_preview", "bank_statistics", "bank_languages",
            "demo_mail", "demo_mail_message",
        ),
        LOOKS,
    ),
    "healthz": MACHINE,
    "security_txt": "says whom to write to",
    # what the convener expects is kept with the round, and shown beside its result
    "round_forecast": WORK,
    **dict.fromkeys(
        (
            "link", "questionnaire", "questionnaire_page", "questionnaire_save",
            "questionnaire_review", "questionnaire_submit", "questionnaire_result",
            "own_result_pdf", "questionnaire_own", "questionnaire_done", "appraisal",
            "appraisal_page", "appraisal_result", "appraisal_pdf", "workbook_pick",
            "questionnaire_data", "own_answers_json", "own_answers_csv", "questionnaire_delete",
            "questionnaire_forget",
        ),
        ANSWERS,
    ),
    **dict.fromkeys(
        (
            "charter_start", "charter_settings", "charter_discard", "charter_section", "bank_new",
            "bank_next", "bank_edit", "bank_reading", "bank_translate", "bank_language_remove",
            "bank_move", "dimension_new", "dimension_edit", "dimension_remove", "question_new",
            "question_edit", "question_remove",
        ),
        DRAFT,
    ),
    **dict.fromkeys(
        (
            "charter_comment", "charter_comment_answer", "purpose_open", "purpose_sentence",
            "purpose_close", "ground_item_new", "ground_item_edit", "ground_item_remove",
            "positions_edit", "position_own", "profile_edit", "history_new", "history_edit",
            "history_remove", "difference_open", "difference_write", "difference_strengths",
            "difference_remove", "launch_lay_out", "launch_step_new", "launch_step_edit",
            "launch_step_done", "launch_step_remove", "decision_new", "decision_edit",
            "decision_remove", "working_rules_take", "working_rules_agree", "working_rule_new",
            "working_rule_edit", "working_rule_remove", "stakeholder_new", "stakeholder_edit",
            "stakeholder_remove", "contribution_new", "contribution_edit", "contribution_remove",
            "receipt_new", "receipt_edit", "receipt_remove", "cost_new", "cost_edit", "cost_remove",
            "values_edit", "metric_new", "metric_edit", "metric_remove", "reading_new",
            "reading_edit", "reading_remove", "journal_new", "journal_edit", "journal_remove",
            "journal_action_new", "action_new", "action_edit", "action_done", "action_drop",
            "action_reopen", "action_remove",
        ),
        WORK,
    ),
    **dict.fromkeys(
        (
            "account_logout", "account_inactive", "account_signup", "account_reauthenticate",
            "account_email_verification_sent", "account_reset_password",
            "account_reset_password_done", "account_reset_password_from_key_done",
            "account_request_login_code", "own_data", "own_data_json", "own_sessions_end", "mfa_index",
            "mfa_list_webauthn", "mfa_edit_webauthn", "mfa_view_recovery_codes",
            "mfa_download_recovery_codes", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
        ),
        OWN,
    ),
    **dict.fromkeys(
        (
            "admin:None", "admin:app_list", "admin:autocomplete", "admin:index", "admin:jsi18n",
            "admin:logout", "admin:password_change_done", "admin:view_on_site",
            "admin:alliances_user_history", "admin:alliances_alliance_history",
            "admin:alliances_membership_history", "admin:account_emailaddress_history",
            # which of an account's addresses are confirmed; the one to log in by is the account's
            "admin:account_emailaddress_add", "admin:account_emailaddress_change",
            "admin:account_emailaddress_delete", "admin:account_emailaddress_changelist",
            "admin:mfa_authenticator_history",
        ),
        DJANGO,
    ),
    **{
        f"admin:assessments_{kind}_{page}": REFUSED
        for kind in ("bank", "round")
        for page in ("add", "change", "changelist", "delete", "history")
    },
    **{f"admin:mfa_authenticator_{page}": REFUSED for page in ("add", "change")},
}  # fmt: skip

ASKING = ("respondent", "member", "convener", "admin")
"""Who can do anything here at all; tests/permissions asks for all."""

COMMANDS = {
    "apply_retention": "deletes what people said, by its age; that it ran stands in the server's journal",
    "forget_address": "erases an address, which no entry may tell again",
    "assess": "records the alliance, the round, its closing and what is written",
    "export_bank": "records what is taken out",
    "export_result": "records what is taken out",
    "import_bank": "records a version that is stored",
    "load_banks": "records each version that is stored",
    "load_demo": "records what its services do",
    "render_report": "records what is taken out",
    "verify_audit": "changes nothing and tells no result",
    "verify_banks": "changes nothing and tells no result",
    "verify_charter": "changes nothing and tells no result",
}

SENDS: dict[str, dict[str, str]] = {
    "alliance_new": {"name": "Indigo", "currency": "EUR"},
    "access": {"email": "new@example.org", "role": "member"},
    "representative_new": {"name": "Kay", "email": "kay@example.org", "role": "leader"},
}
"""What is sent where the table of permissions sends nothing, and is refused."""


def recorded(world: World, role: str, method: str, address: str, sends: Any = None) -> set[str]:
    """Which actions stand in the log after it; all of it is undone."""
    last = AuditEntry.objects.latest("pk").pk
    with transaction.atomic():
        world.client(role).generic(
            method,
            address,
            "&".join(f"{name}={value}" for name, value in (sends or {}).items()),
            content_type="application/x-www-form-urlencoded",
        )
        found = set(AuditEntry.objects.filter(pk__gt=last).values_list("action", flat=True))
        transaction.set_rollback(True)
    return found


def test_every_address_has_a_row() -> None:
    names = {name for name, _route in named_patterns()}
    assert names == RECORDS.keys() | NOTHING.keys()
    assert not RECORDS.keys() & NOTHING.keys()


def test_every_command_has_a_row() -> None:
    ours = {name for name, app in get_commands().items() if app in ("alliances", "assessments")}
    assert ours == COMMANDS.keys()


@pytest.mark.parametrize("name", [name for name in TABLE if name in NOTHING])
def test_nothing_is_recorded(world: World, name: str) -> None:
    address, sends = world.address(name), TABLE[name].sends
    for method in ("GET", "POST"):
        for role in ASKING:
            found = recorded(world, role, method, address, sends)
            assert (method, role, found) == (method, role, set())


@pytest.mark.parametrize("pattern", ADMIN)
def test_looking_into_the_admin_records_nothing(world: World, pattern: str) -> None:
    address = "/admin/" + ADMIN[pattern].path.format(**world.objects)
    assert recorded(world, "admin", "GET", address) == set()


@pytest.mark.parametrize("name", ACCOUNTS)
def test_looking_at_ones_account_records_nothing(world: World, name: str) -> None:
    address = reverse(name, kwargs=ACCOUNTS[name].arguments)
    for role in ("stranger", "member", "admin"):
        assert recorded(world, role, "GET", address) == set()


FILES = {
    name for name, actions in RECORDS.items() if actions & {Action.EXPORTED, Action.RESULT_READ}
}


@pytest.mark.parametrize("name", [name for name in TABLE if name in FILES])
def test_what_is_given_is_recorded(world: World, name: str) -> None:
    """By GET, for whoever is given it; not by HEAD, and not for whom it does not exist."""
    address = world.address(name)
    for role in ASKING:
        status = world.client(role).get(address).status_code
        given = {str(action) for action in RECORDS[name]} if status == 200 else set()
        # On record once an hour: asked once more within it, a page tells nothing new.
        again = set() if name == "result" else given
        assert (role, recorded(world, role, "GET", address)) == (role, again)
        assert (role, recorded(world, role, "HEAD", address)) == (role, set())
    # Fetched ahead, by whoever says so: nothing is given.
    ahead = world.client("admin").get(address, headers={"sec-purpose": "prefetch"})
    assert (ahead.status_code, ahead.content) == (503, b"")
    assert recorded(world, "admin", "POST", address) == set()


@pytest.mark.parametrize("name", [name for name in TABLE if name in RECORDS and name not in FILES])
def test_what_is_done_is_recorded(world: World, name: str) -> None:
    """By POST where it is done, and never by looking. What more it takes than a press or a few words is
    asked of the services (tests/alliances/audit, tests/assessments/audit)."""
    address = world.address(name)
    row = TABLE[name]
    sends = row.sends or SENDS.get(name)
    assert recorded(world, "admin", "GET", address) == set()
    for role in ASKING:
        found = recorded(world, role, "POST", address, sends)
        assert found <= RECORDS[name]
        if role == "admin" and (
            name in SENDS or " 302" in f" {row.post}" or row.post.startswith("does")
        ):
            assert found
