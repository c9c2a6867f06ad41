"""Clearly defined purpose: written, short, agreed, signed, and steady in its scope (VA)."""

from __future__ import annotations

from fractions import Fraction

from assessments.evidence.charter_on_record import CharterOnRecord, VersionOnRecord
from assessments.evidence.checks import by_limit, by_share, check, counted
from assessments.scoring import Check


def clearly_defined_purpose(charter: CharterOnRecord) -> list[Check]:
    stating = next((v for v in charter.versions if _statement(v)), None)
    words = len(_statement(stating).split())
    in_force, with_parties = (
        bool(_statement(charter.in_force)),
        bool(_statement(charter.circulated)),
    )
    # A version that states no purpose has none to sign.
    signing = charter.signing if charter.signing and _statement(charter.signing.version) else None
    changes = charter.scope_changes
    return [
        check(
            "purpose-written",
            "Purpose written down",
            1,
            charter.begun,
            by_limit(in_force or with_parties, stating is not None),
            _written(charter, stating),
        ),
        check(
            "purpose-short",
            "Purpose is short",
            1,
            stating is not None,
            by_limit(words <= 35, words <= 60),
            counted(words, "word", "words"),
        ),
        check(
            "purpose-ratified",
            "Purpose ratified",
            2,
            charter.begun,
            by_limit(in_force, with_parties),
            f"In force in version {charter.in_force.number}"
            if charter.in_force and in_force
            else f"With the parties in version {charter.circulated.number}"
            if charter.circulated and with_parties
            else "Not yet",
        ),
        check(
            "purpose-signed",
            "Purpose signed",
            1,
            signing is not None,
            by_share(
                signing.signed if signing else 0,
                signing.parties if signing else 0,
                met=Fraction(1),
                partly=Fraction(1, 2),
            ),
            signing.fact if signing else "",
            "Nothing to sign yet",
        ),
        check(
            "scope-steady",
            "Scope is steady",
            1,
            charter.ratified_once,
            by_limit(changes == 0, changes == 1),
            f"Changed {'once' if changes == 1 else f'{changes} times'} within a year"
            if changes
            else "Not changed within a year",
        ),
    ]


def _statement(version: VersionOnRecord | None) -> str:
    return version.part("purpose", "statement") if version else ""


def _written(charter: CharterOnRecord, stating: VersionOnRecord | None) -> str:
    if stating is None:
        return "No version states it"
    where = "In the draft of version" if stating is charter.draft else "In version"
    return f"{where} {stating.number}"
