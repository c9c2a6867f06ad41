"""Where the record is kept that a check looked at.

Found by the check's code when a result is read, and never published with it: addresses may move,
results do not. Each page belongs to an alliance, and is open to its members.
"""

from __future__ import annotations

RECORD_PAGES = {
    "pain-stated": "people",
    "pain-strong": "people",
    "pain-alike": "people",
    "value-named": "values",
    "convener-named": "people",
    "invitations-accepted": "people",
    "seats-with-substance": "people",
    "claims-observed": "people",
    "interests-spoken-for": "people",
    "came-in-person": "journal",
    "few-stand-ins": "journal",
    "leaders-named": "people",
    "leaders-time": "people",
    "actions-in-time": "actions",
    "purpose-written": "charter",
    "purpose-short": "charter",
    "purpose-ratified": "charter",
    "purpose-signed": "charter",
    "scope-steady": "charter",
    "sections-done": "charter",
    "charter-ratified": "charter",
    "charter-signed": "charter",
    "decisions-settled": "charter",
    "review-due": "charter",
    "decisions-mapped": "decisions",
    "launch-on-track": "launch",
    "rules-agreed": "working_rules",
    "attendance-holds": "journal",
    "pledges-received": "contributions",
    "joining-over-leaving": "journal",
    "milestones-met": "journal",
    "means-and-ends": "metrics",
    "own-houses": "stakeholders",
    "value-over-cost": "contributions",
    "pulse": "rounds",
    "register-whole": "common_ground",
    "positions-known": "common_ground",
    "positions-agreed": "common_ground",
    "widest-split": "common_ground",
    "profiles-known": "profiles",
    "differences-seen": "differences",
}


def record_page(code: str) -> str:
    """The name of the address of the record that the check looks at; "" for a check unknown here."""
    return RECORD_PAGES.get(code, "")
