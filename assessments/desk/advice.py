"""What to do about a check of the record that is not met, or about a record that nobody has begun."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Step:
    """Something to do: `page` is the name of the address where it is done.

    Checks whose steps have the same `act` are met by one and the same deed; it is told once.
    """

    title: str
    page: str
    act: str = ""


def steps() -> dict[str, Step]:
    """What to do about a check that is not met, by the check's code."""
    sign = "sign the charter"
    return {
        "pain-stated": Step(_("Ask each organisation for its pain"), "people"),
        "pain-strong": Step(_("Put a number on what doing nothing costs each"), "people"),
        "pain-alike": Step(_("Look for the pain that all of you share"), "people"),
        "value-named": Step(_("Ask each organisation what value it expects"), "values"),
        "convener-named": Step(_("Name who convenes"), "people"),
        "invitations-accepted": Step(_("Ask those who wait to accept or decline"), "people"),
        "seats-with-substance": Step(_("See what weight is in each seat"), "people"),
        "claims-observed": Step(_("Hold what is claimed of people against what you see"), "people"),
        "interests-spoken-for": Step(_("Bring in the voice that is missing"), "people"),
        "came-in-person": Step(_("Ask principals to come in person"), "journal"),
        "few-stand-ins": Step(_("Ask those who send stand-ins to come themselves"), "journal"),
        "leaders-named": Step(_("Name who leads"), "people"),
        "leaders-time": Step(
            _("Have the time of those who lead pledged by their houses"), "people"
        ),
        "actions-in-time": Step(_("Go through the actions that are late"), "actions"),
        "purpose-written": Step(_("Write the purpose down"), "charter"),
        "purpose-short": Step(_("Shorten the purpose"), "charter"),
        "purpose-ratified": Step(_("Have the purpose ratified with the charter"), "charter", sign),
        "purpose-signed": Step(_("Have the purpose signed"), "charter", sign),
        "scope-steady": Step(_("Leave the scope as it is for a while"), "charter"),
        "sections-done": Step(_("Finish the open sections of the charter"), "charter"),
        "charter-ratified": Step(_("Bring the charter to ratification"), "charter", sign),
        "charter-signed": Step(_("Have the charter signed"), "charter", sign),
        "decisions-settled": Step(
            _("Say how you decide, and what follows when that fails"), "charter"
        ),
        "review-due": Step(_("Review the charter"), "charter"),
        "decisions-mapped": Step(_("Settle who decides what"), "decisions"),
        "launch-on-track": Step(_("Catch up with the launch"), "launch"),
        "rules-agreed": Step(_("Agree on working rules"), "working_rules"),
        "attendance-holds": Step(_("Find out why fewer come to meetings"), "momentum"),
        "pledges-received": Step(_("Call in the pledges that are due"), "contributions"),
        "joining-over-leaving": Step(_("Ask what would make others want a seat"), "momentum"),
        "milestones-met": Step(_("Reset the milestones that were missed"), "momentum"),
        "means-and-ends": Step(_("Read the metrics, means beside ends"), "metrics"),
        "own-houses": Step(_("Ask each party to win over its own house"), "stakeholders"),
        "value-over-cost": Step(_("Hold what comes in against what it costs"), "contributions"),
        "pulse": Step(_("Answer the loss of speed before the next round"), "momentum"),
        "register-whole": Step(_("Add what the register lacks"), "common_ground"),
        "positions-known": Step(_("Ask every party where it stands"), "common_ground"),
        "positions-agreed": Step(
            _("Work on what parties disagree about"), "common_ground", "split"
        ),
        "widest-split": Step(_("Take the widest split first"), "common_ground", "split"),
        "profiles-known": Step(_("Have each organisation say how it decides"), "profiles"),
        "differences-seen": Step(_("Finish looking at your differences"), "differences"),
    }


@dataclass(frozen=True)
class Beginning:
    """A record that nobody has begun: `check` is one that then does not apply."""

    element: str
    check: str
    title: str
    text: str
    page: str
    points: int


def beginnings() -> tuple[Beginning, ...]:
    """Records worth beginning, with the points that hang on them."""
    return (
        Beginning(
            "formal-charter",
            "sections-done",
            _("Start the charter"),
            _("The talk about it brings out how differently people see the basic questions."),
            "charter",
            6,
        ),
        Beginning(
            "common-ground",
            "register-whole",
            _("Write down what you take for granted"),
            _("Assumptions, sources and standards, and where each party stands on them."),
            "common_ground",
            6,
        ),
        Beginning(
            "clearly-defined-purpose",
            "purpose-written",
            _("Have each party write the purpose in a sentence"),
            _("Unseen by the others, then side by side."),
            "purpose_check",
            4,
        ),
        Beginning(
            "northbound-train",
            "attendance-holds",
            _("Keep the journal, from the next meeting on"),
            _("Who comes, what is due, who asks to join: it shows early when speed is lost."),
            "journal",
            3,
        ),
        Beginning(
            "northbound-train",
            "pledges-received",
            _("Write down what each has pledged"),
            _("Money, time, things in kind, influence; and what has come in."),
            "contributions",
            2,
        ),
        Beginning(
            "committed-leaders",
            "actions-in-time",
            _("Write down who does what until when"),
            _("Whether work goes on between meetings is seen from it."),
            "actions",
            2,
        ),
    )
