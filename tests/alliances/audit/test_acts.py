"""What is recorded of the people, the charter and question banks, by the services that do it."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from alliances.models import CharterVersion
from alliances.models.audit import AuditEntry
from alliances.services.alliances import create_alliance, update_alliance
from alliances.services.audit.acting import acting_for
from alliances.services.charter.life import circulate, revise
from alliances.services.charter.signing import sign
from alliances.services.people import (
    add_participant,
    add_representative,
    remove_participant,
    remove_representative,
    state_pain,
    update_participant,
    update_representative,
)
from alliances.services.people_import import import_people
from assessments.services.banks.drafts import (
    discard_draft,
    draft_digest,
    draft_next_version,
    publish_draft,
    retire_bank,
)
from assessments.services.banks.rows import document_of
from assessments.services.banks.store import ensure_shipped_banks, latest_bank
from tests.alliances.audit.test_accounts import last
from tests.factories import (
    make_alliance,
    make_answered_round,
    make_bank,
    make_participant,
    make_user,
)

pytestmark = pytest.mark.django_db


def told(after: int) -> list[tuple[str, str, str]]:
    """Action, label and details."""
    entries = AuditEntry.objects.filter(pk__gt=after).order_by("pk")
    return list(entries.values_list("action", "label", "details"))


def test_an_alliance_and_its_people() -> None:
    ada = make_user(name="Ada Marsh")
    before = last()
    with acting_for(lambda: ada):
        alliance = create_alliance(actor=ada, name="Indigo")
    update_alliance(alliance=alliance, name="Indigo Bay", summary="Water.", by=ada)
    alliance.refresh_from_db()
    update_alliance(alliance=alliance, name="Indigo Bay", summary="Water.", by=ada)
    ash = add_participant(alliance=alliance, name="Ash", by=ada)
    ash = update_participant(participant=ash, status="left", by=ada)
    ash = state_pain(participant=ash, pain="Floods.", drive="fear", strength=9, by=ada)
    kay = add_representative(participant=ash, name="Kay", email="kay@example.org", by=ada)
    update_representative(representative=kay, email="k@example.org", name="Kay", by=ada)
    remove_representative(representative=kay, by=ada)
    remove_participant(participant=ash, by=ada)
    assert told(before) == [
        ("alliance_made", "Indigo", "{}"),
        ("access_given", "", '{"organisation":"","role":"convener"}'),
        ("alliance_changed", "Indigo Bay", '{"fields":["name","summary"]}'),
        ("organisation_added", "Ash", '{"status":"invited"}'),
        ("organisation_changed", "Ash", '{"fields":["status"],"status":"left"}'),
        ("organisation_changed", "Ash", '{"fields":["drive","pain","strength"]}'),
        ("person_added", "Ash", "{}"),
        ("person_changed", "Ash", '{"fields":["email"]}'),
        ("person_removed", "Ash", "{}"),
        ("organisation_removed", "Ash", "{}"),
    ]
    assert set(AuditEntry.objects.filter(pk__gt=before).values_list("who", "account")) == {
        ("account", ada.pk)
    }


def test_a_list_of_people_by_its_numbers() -> None:
    alliance = make_alliance("Indigo")
    before = last()
    text = "Ash,,,Kay,kay@example.org\nAsh,,,Lou,lou@example.org\nBirch,,,Mo,mo@example.org"
    import_people(alliance=alliance, text=text)
    import_people(alliance=alliance, text=text)  # adds nothing
    assert told(before) == [("people_imported", "Indigo", '{"organisations":2,"people":3}')]


def test_a_charter_from_circulation_to_its_replacement() -> None:
    ada, ben = make_user(), make_user()
    alliance = make_alliance(convener=ada, member=ben)
    for user, name in ((ada, "Ash"), (ben, "Birch")):
        alliance.memberships.filter(user=user).update(participant=make_participant(alliance, name))

    def signed(version: CharterVersion) -> None:
        for user in (ada, ben):
            sign(version=version, user=user, digest=version.digest, name="A Name")

    first = CharterVersion.objects.create(alliance=alliance, number=1, depth="light")
    before = last()
    with acting_for(lambda: ada):
        first = circulate(version=first, by=ada, despite_gaps=True).version
        second = revise(version=first, by=ada)
        second = circulate(version=second, by=ada, despite_gaps=True).version
        signed(second)
        third = circulate(version=revise(version=second, by=ada), by=ada, despite_gaps=True).version
        signed(third)
    by_rule = [one for one in told(before) if one[0] != "charter_signed"]
    assert by_rule == [
        ("charter_circulated", "1", "{}"),
        ("charter_withdrawn", "1", "{}"),
        ("charter_circulated", "2", "{}"),
        ("charter_ratified", "2", "{}"),
        ("charter_circulated", "3", "{}"),
        ("charter_amended", "2", "{}"),
        ("charter_ratified", "3", "{}"),
    ]
    signatures = [one for one in told(before) if one[0] == "charter_signed"]
    assert signatures == [
        ("charter_signed", number, f'{{"organisation":"{name}"}}')
        for number in ("2", "3")
        for name in ("Ash", "Birch")
    ]
    assert "A Name" not in str(list(AuditEntry.objects.values()))


def test_commands_that_take_something_out(tmp_path: Path) -> None:
    round_ = make_answered_round(
        make_alliance(), make_bank(), [{"A1": 4, "A2": 4, "A3": 2, "B1": 3}] * 6
    )
    before, out = last(), StringIO()
    call_command("export_result", round_.pk, stdout=out)
    call_command("export_result", round_.pk, format="csv", stdout=out)
    call_command("export_bank", "small", stdout=out)
    report = tmp_path / "report.pdf"
    call_command("render_report", str(round_.pk), out=str(report), stdout=out)
    assert told(before) == [
        ("exported", "First round", '{"what":"result_json"}'),
        ("exported", "First round", '{"what":"result_csv"}'),
        ("exported", "small 1", '{"what":"bank_yaml"}'),
        ("exported", "First round", '{"what":"report"}'),
    ]
    entries = AuditEntry.objects.filter(pk__gt=before)
    assert set(entries.values_list("who", "account")) == {("operator", None)}


def test_question_banks() -> None:
    ada, visitor = make_user(), make_user()
    with acting_for(lambda: visitor):
        # who looks first at a page for which the server stores a bank has not brought it in
        bank = latest_bank("readiness")
    assert AuditEntry.objects.latest("pk").who == "operator"
    before = last()
    draft = draft_next_version(bank=bank, by=ada)
    discard_draft(bank=draft, by=ada)
    draft = draft_next_version(bank=bank, by=ada)
    publish_draft(bank=draft, seen=draft_digest(document_of(draft)), by=ada)
    retire_bank(bank=bank, by=ada)
    retire_bank(bank=bank, by=ada)
    following = f"readiness {bank.version + 1}"
    assert told(before) == [
        ("bank_discarded", following, "{}"),
        ("bank_published", following, "{}"),
        ("bank_retired", f"readiness {bank.version}", "{}"),
    ]
    before = last()
    ensure_shipped_banks()
    ensure_shipped_banks()
    imported = told(before)
    assert {one[0] for one in imported} == {"bank_imported"}
    assert len(imported) == len({one[1] for one in imported})
