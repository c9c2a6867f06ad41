"""Every word of ours on the pages of an alliance is a message, which a translator can set.

The pages of the demonstration are read with each message in marks (`tests.marked`), first as a convener
and then as a member. What stands outside of the marks, and was not written by people, fails.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

import alliances.urls
from alliances.models import Alliance, CharterVersion, User
from alliances.services.charter.life import revise
from alliances.services.purpose.check import open_check, write_sentence
from assessments.demonstration.cast import LOGINS
from tests.addresses import OF_ADMINS
from tests.marked import Known, demonstration, outside, read

pytestmark = pytest.mark.django_db

NO_PAGES = {
    "charter_text",  # files
    "audit_table",
    "installation_audit_table",
    # answers to a press alone
    "action_done",
    "action_drop",
    "action_reopen",
    "charter_hints",
}
PAGES = {str(pattern.name) for pattern in alliances.urls.urlpatterns} - NO_PAGES - OF_ADMINS
NOT_IN_THE_DEMONSTRATION = {"charter_start", "launch_lay_out"}
"""An alliance that has its charter and its launch begins neither."""


@pytest.fixture
def alliance(settings: Any, tmp_path: Path) -> Alliance:
    """The demonstration's."""
    return demonstration(settings, tmp_path)


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>⟦Three⟧ ⟦of ⟦eight⟧ parties⟧, 12.5 %</p>", []),
        ("<p>⟦Read <a href='/x'>this⟧</a> and that</p>", ["and that"]),
        ("<p>⟦Scope⟧: the valley</p>", [": the"]),
        ("<p>“the valley”</p><style>p { color: red }</style>", ["“the ”"]),
        ('<button aria-label="Close it">⟦Close⟧</button>', ["Close it"]),
        ('<input type="submit" value="Save"><input type="text" value="valley">', ["Save"]),
        ("<p>valleys, Northbound 14 h 32</p>", ["valleys, 14 h 32"]),
    ],
)
def test_what_stands_in_no_message_is_found(html: str, found: list[str]) -> None:
    assert outside(html, Known({"valley"})) == found


def of_each_kind(alliance: Alliance) -> list[str]:
    """Where no link leads on the way, or to another one of its kind."""
    entries = {entry.kind: entry for entry in alliance.journal.all()}
    return [
        reverse("home"),
        *(reverse("journal_entry", args=[entry.pk]) for entry in entries.values()),
        *(reverse("charter_version", args=[one.pk]) for one in alliance.charter_versions.all()),
        *(reverse("difference", args=[pair.pk]) for pair in alliance.difference_pairs.all()),
        *(reverse("metric", args=[one.pk]) for one in alliance.metrics.all()),
        *(reverse("ground_item", args=[one.pk]) for one in alliance.ground_items.all()),
        *(
            reverse("contribution", args=[one.pk])
            for participant in alliance.participants.all()
            for one in participant.contributions.all()
        ),
    ]


def test_the_pages_of_a_convener(alliance: Alliance) -> None:
    convener = User.objects.get(email=LOGINS[0].email)
    meeting = alliance.journal.filter(kind="meeting")[0]
    seen, found = read(
        convener,
        [*of_each_kind(alliance), reverse("journal_action_new", args=[meeting.pk])],
        PAGES,
    )
    assert found == {}
    # and with a purpose check and a draft under way
    check = open_check(alliance=alliance)
    for participant in alliance.participants.filter(status="accepted")[:2]:
        write_sentence(check=check, participant=participant, text="Clean air.", edition=0, by=None)
    revise(version=CharterVersion.objects.get(status="circulated"), by=convener)
    draft = CharterVersion.objects.get(status="draft")
    more, found = read(
        convener,
        [
            reverse("purpose_check", args=[alliance.pk]),
            reverse("charter", args=[alliance.pk]),
            reverse("charter_version", args=[draft.pk]),
        ],
        PAGES,
    )
    assert found == {}
    signs = {"charter_sign"}  # the port has signed: see the member
    assert PAGES - seen - more == NOT_IN_THE_DEMONSTRATION | signs


def test_the_pages_of_an_admin(alliance: Alliance) -> None:
    admin = User.objects.get(is_superuser=True)
    seen, found = read(admin, [reverse("home")], OF_ADMINS)
    assert found == {}
    assert seen == OF_ADMINS | {"home"}


def test_the_pages_of_a_member(alliance: Alliance) -> None:
    """Of one whose organisation has not signed, and states neither its pain nor some positions."""
    member = alliance.memberships.get(participant__name="Harbour Pilots’ Guild").user
    seen, found = read(member, of_each_kind(alliance), PAGES)
    assert found == {}
    assert seen >= {"charter_sign", "participant_pain", "position_own", "values_edit"}
