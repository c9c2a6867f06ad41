"""Formal charter: done, ratified, signed; decisions settled; launched, with rules of its own (VA, HW)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from fractions import Fraction

from alliances.models import Alliance, Decision, DecisionPart, Participant
from alliances.services.charter.sections import SECTIONS, is_done, is_needed
from assessments.evidence.charter_on_record import CharterOnRecord, VersionOnRecord
from assessments.evidence.checks import by_limit, by_share, by_then, check, counted, day
from assessments.scoring import Check

GRACE = dt.timedelta(days=90)
"""So long after its day a review counts as half missed."""


def formal_charter(alliance: Alliance, charter: CharterOnRecord, on: dt.date) -> list[Check]:
    """Four queries: decisions, their parts, steps of the launch, working rules."""
    return [
        *_papers(charter, on),
        _decisions(alliance),
        _launch(alliance, on),
        _rules(alliance, on),
    ]


def _papers(charter: CharterOnRecord, on: dt.date) -> list[Check]:
    standing, signing = charter.standing, charter.signing
    needed = [s.code for s in SECTIONS if standing and is_needed(s.code, standing.depth)]
    done = sum(
        is_done(code, standing.content.get(code, {}), standing.depth)
        for code in needed
        if standing is not None
    )
    method = bool(standing and standing.part("decisions", "method"))
    fallback = bool(standing and standing.part("decisions", "fallback"))
    review = _date(standing, "review")
    return [
        check(
            "sections-done",
            "Needed sections are done",
            2,
            standing is not None,
            by_share(done, len(needed), met=Fraction(1), partly=Fraction(2, 3)),
            f"{done} of {len(needed)} in version {standing.number if standing else 0}",
        ),
        _ratified(charter, on),
        check(
            "charter-signed",
            "Signed by the parties",
            2,
            signing is not None,
            by_share(
                signing.signed if signing else 0,
                signing.parties if signing else 0,
                met=Fraction(1),
                partly=Fraction(2, 3),
            ),
            signing.fact if signing else "",
            "Nothing to sign yet",
        ),
        check(
            "decisions-settled",
            "Way of deciding is settled",
            2,
            standing is not None,
            by_limit(method and fallback, method or fallback),
            "Method and fallback named"
            if method and fallback
            else "Method named, fallback missing"
            if method
            else "Fallback named, method missing"
            if fallback
            else "Neither method nor fallback named",
        ),
        check(
            "review-due",
            "Review is ahead",
            1,
            review is not None,
            by_limit(
                review is not None and review >= on, review is not None and review >= on - GRACE
            ),
            _review_fact(charter, review or on, on),
            "No day set",
        ),
    ]


def _review_fact(charter: CharterOnRecord, review: dt.date, on: dt.date) -> str:
    """Which day a draft names is for its writers; the result is read by all members."""
    if charter.standing is charter.draft:
        return f"The draft names a day that {'lies ahead' if review >= on else 'has passed'}"
    return f"{'Due' if review >= on else 'Was due'} on {day(review)}"


def _ratified(charter: CharterOnRecord, on: dt.date) -> Check:
    """A charter that was made for a term, and is past it, is in force by half."""
    until = _date(charter.in_force, "until")
    expired = until is not None and until < on
    if charter.in_force is not None:
        fact = (
            f"Version {charter.in_force.number} held until {day(until)}"
            if expired and until is not None
            else f"Version {charter.in_force.number} in force"
        )
    elif charter.circulated is not None:
        fact = f"Version {charter.circulated.number} lies with the parties"
    else:
        fact = "A draft alone" if charter.draft else "None in force"
    return check(
        "charter-ratified",
        "Charter ratified",
        2,
        charter.begun,
        by_limit(
            charter.in_force is not None and not expired,
            charter.in_force is not None or charter.circulated is not None,
        ),
        fact,
    )


def _date(version: VersionOnRecord | None, part: str) -> dt.date | None:
    """A day of the section on term and review; None where none is written."""
    try:
        return dt.date.fromisoformat(version.part("term", part) if version else "")
    except ValueError:
        return None


def _decisions(alliance: Alliance) -> Check:
    """Clear where one party that takes part decides, or the alliance as a whole, and nobody else."""
    decisions = list(Decision.objects.filter(alliance=alliance).values_list("pk", "by_alliance"))
    deciders = Counter(
        DecisionPart.objects.filter(
            decision__alliance=alliance,
            part=DecisionPart.Part.DECIDES,
            participant__status=Participant.Status.ACCEPTED,
        ).values_list("decision_id", flat=True)
    )
    clear = sum(deciders[pk] + by_alliance == 1 for pk, by_alliance in decisions)
    return check(
        "decisions-mapped",
        "Each decision has its decider",
        1,
        bool(decisions),
        by_share(clear, len(decisions), met=Fraction(1), partly=Fraction(3, 4)),
        f"{clear} of {counted(len(decisions), 'decision', 'decisions')}",
    )


def _launch(alliance: Alliance, on: dt.date) -> Check:
    due = list(alliance.launch_steps.filter(due_on__lt=on).values_list("due_on", "done_on"))
    in_time = sum(done_on is not None and done_on <= due_on for due_on, done_on in due)
    return check(
        "launch-on-track",
        "Launch keeps to its days",
        1,
        bool(due),
        by_share(in_time, len(due), met=Fraction(1), partly=Fraction(1, 2)),
        f"{in_time} of {counted(len(due), 'step', 'steps')} done in time",
        "None due yet",
    )


def _rules(alliance: Alliance, on: dt.date) -> Check:
    days = list(alliance.working_rules.values_list("agreed_on", flat=True))
    agreed = sum(by_then(agreed_on, on) for agreed_on in days)
    return check(
        "rules-agreed",
        "Working rules agreed",
        1,
        bool(days),
        by_limit(agreed >= 3, agreed >= 1),
        f"{agreed} of {counted(len(days), 'rule', 'rules')} agreed",
    )
