"""Who may what: the launch, decisions, working rules, internal stakeholders."""

from __future__ import annotations

import datetime as dt
from typing import Any

from alliances.models import Decision, InternalStakeholder, LaunchStep, WorkingRule
from assessments.services.working_rules_check import working_rules_bank
from tests.permissions.rows.row import A, Row, Seats, inside

# Who belongs to an organisation of this alliance, each for its own: Ash's and Birch's people.
BELONGING = "L L 200 200 404 404 404 404 404 404"
WRONG_BELONGING = "L L 422 422 404 404 404 404 404 404"

ROWS: dict[str, Row] = {
    # Launch
    "launch": inside("members", **A),
    "launch_lay_out": inside("conveners", "wrong", **A),
    "launch_step_new": inside("conveners", "wrong", **A),
    "launch_step_edit": inside("conveners", "wrong", pk="step"),
    "launch_step_done": inside("conveners", "wrong", pk="step"),
    "launch_step_remove": inside("conveners", "does", pk="step"),
    # Decision map
    "decisions": inside("members", **A),
    "decisions_asked": inside("members", **A),
    "decision_new": inside("conveners", "wrong", **A),
    "decision_edit": inside("conveners", "wrong", pk="decision"),
    "decision_remove": inside("conveners", "does", pk="decision"),
    # Working rules
    "working_rules": inside("members", **A),
    "working_rules_take": inside("conveners", "wrong", **A),
    "working_rules_agree": inside("conveners", "wrong", **A),
    "working_rule_new": inside("conveners", "wrong", **A),
    "working_rule_edit": inside("conveners", "wrong", pk="rule"),
    "working_rule_remove": inside("conveners", "does", pk="rule"),
    # Internal stakeholders: no row for anybody but its own organisation, admins among them
    "stakeholders": inside("members", **A),
    "stakeholder_new": inside(BELONGING, WRONG_BELONGING, **A),
    "stakeholder_edit": inside("own alone", "wrong, own alone", pk="stakeholder"),
    "stakeholder_remove": inside("own alone", "does, own alone", pk="stakeholder"),
}


def make_objects(seats: Seats) -> dict[str, Any]:
    """What the rows name, by the name that they use."""
    step = LaunchStep.objects.create(
        alliance=seats.alliance, code="protocols", due_on=dt.date(2026, 3, 2)
    )
    decision = Decision.objects.create(alliance=seats.alliance, what="The next berth at Decidewell")
    rule = WorkingRule.objects.create(
        alliance=seats.alliance, text="Ask first at Rulesby.", agreed_on=dt.date(2026, 3, 2)
    )
    stakeholder = InternalStakeholder.objects.create(
        participant=seats.ash, unit="Boardmoor", stance="against", note="Sells to Boardnote."
    )
    InternalStakeholder.objects.create(
        participant=seats.birch, unit="Birchboard", stance="supports"
    )
    working_rules_bank(alliance=seats.alliance, by=None)
    return {
        "step": step.pk,
        "decision": decision.pk,
        "rule": rule.pk,
        "stakeholder": stakeholder.pk,
    }
