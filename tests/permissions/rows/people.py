"""Who may what: alliances, their people, one's own account, and what everybody reads."""

from __future__ import annotations

from typing import Any

from alliances.models import Membership
from alliances.models.audit import Action
from alliances.services.audit.writing import Thing, record, thing_of
from tests.factories import make_participant, make_representative
from tests.permissions.rows.row import ADMIN_ALONE, A, Row, Seats, inside, public

ROWS: dict[str, Row] = {
    "home": public("all"),
    "healthz": public("all"),
    "rules": public("all"),
    "privacy": public("all"),
    # nobody is named in this world; where somebody is, see tests/assessments/rights/test_privacy.py
    "security_txt": public("gone"),
    # The demonstration's mail, for whoever sits at this machine
    "demo_mail": public("all"),
    "demo_mail_message": public("all", name="mail"),
    # What is stored of oneself; a deletion that is not confirmed shows its page
    "own_data": inside("login"),
    "own_data_json": inside("login"),
    "own_account_delete": inside("login", "login"),
    "own_sessions_end": inside("no, inside", "L L 302 302 302 302 302 302 302 302"),
    # The alliance and its people
    "desk": inside("members", **A),
    "alliance_new": inside("login", "L L 422 422 422 422 422 422 422 422"),
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
    "installation_audit": inside(ADMIN_ALONE),
    "installation_audit_table": inside(ADMIN_ALONE),
}


def make_objects(seats: Seats) -> dict[str, Any]:
    """What the rows name, by the name that they use."""
    alliance = seats.alliance
    seats.ash.pain, seats.ash.drive, seats.ash.strength = "Achemarsh floods us.", "fear", 4
    seats.ash.save()
    representative = make_representative(
        seats.ash, "Perrin Tablegate", email="tablegate@example.org", observed_how="Seenfield."
    )
    declined = make_participant(alliance, "Yew", status="declined")
    record(
        action=Action.ORGANISATION_REMOVED,
        alliance=alliance.pk,
        thing=Thing("organisation", 5_000_001, "Loggedham"),
        by=seats.users["convener"],
    )
    record(
        action=Action.ALLIANCE_DELETED,
        alliance=None,
        thing=Thing("alliance", 5_000_002, "Bygonethorpe"),
        by=seats.users["admin"],
    )
    record(
        action=Action.ALLIANCE_CHANGED,
        alliance=alliance.pk,
        thing=thing_of(alliance),
        details={"fields": ["summary"]},
        by=seats.users["admin"],
    )
    return {
        "alliance": alliance.pk,
        "participant": seats.ash.pk,
        "declined": declined.pk,
        "representative": representative.pk,
        "membership": Membership.objects.get(alliance=alliance, user=seats.users["member"]).pk,
        "user": seats.users["member"].pk,
    }
