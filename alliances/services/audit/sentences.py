"""Entries of the audit log as sentences: "Ada Marsh opened the round “Spring 2026”." """

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from alliances.models import Membership, Participant
from alliances.models.audit import Action, AuditEntry
from alliances.services.counts import first_capital, first_small, listed, quoted

SENTENCES = {
    Action.ROUND_OPENED: gettext_lazy("%(who)s opened the round %(thing)s."),
    Action.LINKS_SENT: gettext_lazy(
        "%(who)s had personal links sent for the round %(thing)s, to all whom no mail had reached."
    ),
    Action.ROUND_REMINDED: gettext_lazy("%(who)s had a reminder sent for the round %(thing)s."),
    Action.LINK_REPLACED: gettext_lazy(
        "%(who)s had a new link sent to one person of the round %(thing)s."
    ),
    Action.ROUND_CLOSED: gettext_lazy("%(who)s closed the round %(thing)s."),
    Action.RESULT_PUBLISHED: gettext_lazy("The result of the round %(thing)s was published."),
    Action.RESULT_READ: gettext_lazy("%(who)s read the result of the round %(thing)s."),
    Action.CHARTER_CIRCULATED: gettext_lazy("%(who)s circulated version %(label)s of the charter."),
    Action.CHARTER_REMINDED: gettext_lazy(
        "%(who)s had a reminder sent to those who have not signed version %(label)s of the charter."
    ),
    Action.CHARTER_SIGNED: gettext_lazy(
        "%(who)s signed version %(label)s of the charter for %(organisation)s."
    ),
    Action.CHARTER_RATIFIED: gettext_lazy("Version %(label)s of the charter was ratified."),
    Action.CHARTER_AMENDED: gettext_lazy(
        "Version %(label)s of the charter was replaced by a later one."
    ),
    Action.CHARTER_WITHDRAWN: gettext_lazy("%(who)s withdrew version %(label)s of the charter."),
    Action.ACCESS_REMOVED: gettext_lazy("%(who)s took away the access of %(whom)s."),
    Action.ALLIANCE_MADE: gettext_lazy("%(who)s described the alliance %(thing)s."),
    Action.ALLIANCE_CHANGED: gettext_lazy("%(who)s changed the alliance %(thing)s: %(fields)s."),
    Action.ALLIANCE_DELETED: gettext_lazy("%(who)s deleted the alliance %(thing)s."),
    Action.ORGANISATION_ADDED: gettext_lazy(
        "%(who)s added %(label)s to the list of people: %(status)s."
    ),
    Action.ORGANISATION_REMOVED: gettext_lazy(
        "%(who)s took %(label)s off the list of people, and all its people with it."
    ),
    Action.PERSON_ADDED: gettext_lazy("%(who)s put a person of %(label)s on the list of people."),
    Action.PERSON_CHANGED: gettext_lazy(
        "%(who)s changed what the list of people says of a person of %(label)s: %(fields)s."
    ),
    Action.PERSON_REMOVED: gettext_lazy(
        "%(who)s took a person of %(label)s off the list of people."
    ),
    Action.PEOPLE_IMPORTED: gettext_lazy(
        "%(who)s brought in a list of people. Organisations added: %(organisations)s. People added: "
        "%(people)s."
    ),
    Action.BANK_IMPORTED: gettext_lazy("%(who)s brought in the question bank %(label)s."),
    Action.BANK_PUBLISHED: gettext_lazy("%(who)s published the question bank %(label)s."),
    Action.BANK_RETIRED: gettext_lazy("%(who)s retired the question bank %(label)s."),
    Action.BANK_DISCARDED: gettext_lazy(
        "%(who)s discarded the draft of the question bank %(label)s."
    ),
    Action.ACCOUNT_MADE: gettext_lazy("%(who)s made an account: %(whom)s."),
    Action.ACCOUNT_CHANGED: gettext_lazy("%(who)s changed the account of %(whom)s: %(fields)s."),
    Action.ACCOUNT_DELETED: gettext_lazy("%(who)s deleted an account: %(whom)s."),
    Action.FACTOR_ADDED: gettext_lazy("%(who)s added a second factor to the account of %(whom)s."),
    Action.FACTOR_REMOVED: gettext_lazy(
        "%(who)s took a second factor off the account of %(whom)s."
    ),
    Action.ADMIN_CAME: gettext_lazy("%(who)s logged in, who is an admin."),
}
"""By the action, where one sentence does for all of its kind."""

EXPORTS = {
    "report": gettext_lazy("%(who)s took the report of the round %(thing)s as PDF."),
    "scorecard": gettext_lazy("%(who)s took the scorecard of the round %(thing)s as PDF."),
    "result_json": gettext_lazy("%(who)s took the result of the round %(thing)s as JSON."),
    "result_csv": gettext_lazy("%(who)s took the result of the round %(thing)s as CSV."),
    "charter_pdf": gettext_lazy("%(who)s took version %(label)s of the charter as PDF."),
    "certificate_pdf": gettext_lazy(
        "%(who)s took the certificate of version %(label)s of the charter as PDF."
    ),
    "charter_text": gettext_lazy("%(who)s took version %(label)s of the charter as text."),
    "bank_yaml": gettext_lazy("%(who)s took the question bank %(label)s as YAML."),
    "bank_json": gettext_lazy("%(who)s took the question bank %(label)s as JSON."),
    "bank_xlsx": gettext_lazy("%(who)s took the question bank %(label)s as a workbook."),
    "bank_csv": gettext_lazy("%(who)s took the question bank %(label)s as CSV."),
    "bank_form": gettext_lazy("%(who)s took the question bank %(label)s as a form to print."),
    "statistics_csv": gettext_lazy(
        "%(who)s took the figures on the questions of the question bank %(label)s as CSV."
    ),
    "audit_csv": gettext_lazy("%(who)s took this log as CSV."),
}
"""By what was taken out."""

FIELDS = {
    "name": pgettext_lazy("what was changed", "the name"),
    "summary": pgettext_lazy("what was changed", "what it is about"),
    "founded_on": pgettext_lazy("what was changed", "the day of founding"),
    "currency": pgettext_lazy("what was changed", "the currency"),
    "interest": pgettext_lazy("what was changed", "the interest"),
    "status": pgettext_lazy("what was changed", "the status"),
    "pain": pgettext_lazy("what was changed", "the pain"),
    "drive": pgettext_lazy("what was changed", "what drives it"),
    "strength": pgettext_lazy("what was changed", "its strength"),
    "email": pgettext_lazy("what was changed", "the e-mail address"),
    "title": pgettext_lazy("what was changed", "the position"),
    "role": pgettext_lazy("what was changed", "the role"),
    "language": pgettext_lazy("what was changed", "the language of mails"),
    "days_a_month": pgettext_lazy("what was changed", "the days pledged"),
    "password": pgettext_lazy("what was changed", "the password"),
    "is_active": pgettext_lazy("what was changed", "whether it is open"),
    "is_staff": pgettext_lazy("what was changed", "whether it may enter the admin"),
    "is_superuser": pgettext_lazy("what was changed", "whether it is an admin’s"),
    "permissions": pgettext_lazy("what was changed", "its permissions"),
}
WEIGHT = pgettext_lazy("what was changed", "the weight claimed and observed")


def sentence_of(entry: AuditEntry, names: Mapping[int, str]) -> str:
    """What `entry` tells, in the active language. `names` are those of the accounts that there are,
    by their numbers."""
    details: dict[str, Any] = _details(entry)
    said = {
        "who": who_of(entry, names),
        "whom": _account(entry.thing, names),
        "thing": quoted(entry.label),
        "label": entry.label,
        "organisation": details.get("organisation", ""),
        "organisations": details.get("organisations", 0),
        "people": details.get("people", 0),
        "fields": _fields(details.get("fields", [])),
        "status": _status(details.get("status", "")),
    }
    return first_capital(str(_template(entry, details)) % said)


def further_of(entry: AuditEntry) -> str:
    """What else an entry tells, in a sentence of its own; "" where that is all."""
    details = _details(entry)
    if entry.action == Action.ROUND_OPENED:
        return _(
            "Questions: %(bank)s. Mode: %(mode)s. Threshold: %(threshold)s. People asked: %(people)s. "
            "Organisations: %(organisations)s."
        ) % {**_blank(details), "mode": _mode(str(details.get("mode", "")))}
    if entry.action == Action.LINK_REPLACED and details.get("older_stopped"):
        return _("The older links stopped working.")
    if entry.action == Action.RESULT_PUBLISHED and details.get("for") == "the person":
        return _("It is for the person whom the round is about, and for nobody else.")
    if entry.action == Action.BANK_IMPORTED and details.get("status") == "draft":
        return _("It is a draft.")
    return ""


def who_of(entry: AuditEntry, names: Mapping[int, str]) -> str:
    """Who did it, as within a sentence."""
    if entry.who == AuditEntry.Who.ACCOUNT:
        return _account(entry.account, names)
    return str(AuditEntry.Who(entry.who).label) if entry.who in AuditEntry.Who.values else entry.who


def _template(entry: AuditEntry, details: Mapping[str, Any]) -> Any:
    unknown = _("%(who)s did something that this version of Northbound has no words for.")
    if entry.action == Action.EXPORTED:
        return EXPORTS.get(details.get("what", ""), unknown)
    if entry.action == Action.ORGANISATION_CHANGED:
        if "status" in details:
            return _("%(who)s changed what the list of people says of %(label)s: %(status)s.")
        return _("%(who)s changed what is said of %(label)s: %(fields)s.")
    if entry.action in (Action.ACCESS_GIVEN, Action.ACCESS_CHANGED):
        return _access(entry.action, details)
    return SENTENCES.get(entry.action, unknown)  # type: ignore[call-overload]


def _access(action: str, details: Mapping[str, Any]) -> str:
    convenes = details.get("role") == Membership.Role.CONVENER
    speaks = bool(details.get("organisation"))
    if action == Action.ACCESS_GIVEN:
        return {
            (True, True): _("%(who)s gave %(whom)s access as convener, for %(organisation)s."),
            (True, False): _("%(who)s gave %(whom)s access as convener."),
            (False, True): _("%(who)s gave %(whom)s access as member, for %(organisation)s."),
            (False, False): _("%(who)s gave %(whom)s access as member."),
        }[convenes, speaks]
    return {
        (True, True): _("%(who)s changed the access of %(whom)s: convener, for %(organisation)s."),
        (True, False): _("%(who)s changed the access of %(whom)s: convener, for no organisation."),
        (False, True): _("%(who)s changed the access of %(whom)s: member, for %(organisation)s."),
        (False, False): _("%(who)s changed the access of %(whom)s: member, for no organisation."),
    }[convenes, speaks]


def _details(entry: AuditEntry) -> dict[str, Any]:
    """What the entry says besides. Empty where somebody tampered with it, which the page tells."""
    try:
        found = json.loads(entry.details)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _blank(details: Mapping[str, Any]) -> dict[str, Any]:
    names = ("bank", "threshold", "people", "organisations")
    return {name: details.get(name, "") for name in names}


def _account(key: int | None, names: Mapping[int, str]) -> str:
    name = None if key is None else names.get(key)
    return name or pgettext("who did it", "a former account")


def _fields(fields: Any) -> str:
    if not isinstance(fields, list):
        return ""
    found = [str(FIELDS.get(name, WEIGHT)) for name in map(str, fields)]
    return listed(list(dict.fromkeys(found)))


def _status(status: Any) -> str:
    known = status in Participant.Status.values
    return first_small(str(Participant.Status(status).label)) if known else ""


def _mode(mode: str) -> str:
    return {
        "confidential": pgettext("mode of a round", "confidential"),
        "open": pgettext("mode of a round", "open by organisation"),
    }.get(mode, mode)
