"""Who may what: the charter, its signing, and the purpose check."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from alliances.models import CharterVersion, PurposeCheck
from alliances.services.charter.comments import add_comment
from alliances.services.charter.life import circulate
from tests.permissions.rows.row import A, Row, Seats, inside

ROWS: dict[str, Row] = {
    # On paper
    "charter_pdf": inside("members", pk="charter out"),
    "certificate_pdf": inside("members", pk="charter out"),
    "charter": inside("members", **A),
    # The draft: members do not see it
    "charter_start": inside("conveners", "wrong", **A),
    "charter_settings": inside("conveners", "wrong", pk="charter draft"),
    "charter_discard": inside("conveners", "does", pk="charter draft"),
    # sent empty: a section may be
    "charter_section": inside("conveners", "does", pk="charter draft", code="problem"),
    "charter_hints": inside("no, inside", "conveners", pk="charter draft"),
    # The purpose check: one is open, Ash and Birch have written
    "purpose_check": inside("members", **A),
    "purpose_open": inside("conveners", "wrong", **A),
    # each for their own organisation
    "purpose_sentence": inside(
        "L L 200 200 404 404 404 404 404 404",
        "L L 422 422 404 404 404 404 404 404",
        pk="purpose check",
    ),
    "purpose_close": inside("conveners", "does", pk="purpose check"),
    # A version that is out for signing to Ash and Birch
    "charter_version": inside("members", pk="charter out"),
    "charter_text": inside("members", pk="charter out"),
    "charter_difference": inside("members", pk="charter out"),
    "charter_verify": inside("members", **A),
    # sent without the text that was seen
    "charter_circulate": inside(
        "conveners", "L L 404 404 404 409 404 409 404 404", pk="charter draft"
    ),
    # there is a draft already: the page says so
    "charter_revise": inside("conveners", "wrong", pk="charter out"),
    # sent without the text that was read; the convener has no organisation to sign for
    "charter_sign": inside("members", "L L 409 409 404 422 404 422 404 404", pk="charter out"),
    "charter_remind": inside("conveners", "does", pk="charter out"),
    "charter_comment": inside("members", "wrong, members", pk="charter out", code="scope"),
    "charter_comment_answer": inside("conveners", "wrong", pk="charter comment"),
}


def make_objects(seats: Seats) -> dict[str, Any]:
    """What the rows name, by the name that they use."""
    return {**circulated_objects(seats), **draft_objects(seats), **purpose_objects(seats)}


def circulated_objects(seats: Seats) -> dict[str, Any]:
    """A version that is out for signing, with a comment of Ash's on its scope."""
    version = CharterVersion.objects.create(alliance=seats.alliance, number=1, depth="light")
    version.sections.create(code="scope", content={"in": "The valley down to Oakhanger."})
    version = circulate(version=version, by=None, despite_gaps=True).version
    comment = add_comment(
        version=version, user=seats.users["member"], code="scope", text="Too narrow: Pinnacleby."
    )
    return {"charter out": version.pk, "charter comment": comment.pk}


def draft_objects(seats: Seats) -> dict[str, Any]:
    """A charter that is being written, after those that others make."""
    number = seats.alliance.charter_versions.count() + 7
    draft = CharterVersion.objects.create(alliance=seats.alliance, number=number)
    draft.sections.create(code="scope", content={"in": "The valley up to Draughtwick."})
    return {"charter draft": draft.pk}


def purpose_objects(seats: Seats) -> dict[str, Any]:
    """An open purpose check in which both parties have written."""
    check = PurposeCheck.objects.create(alliance=seats.alliance, opened_at=timezone.now())
    check.sentences.create(participant=seats.ash, text="A dry Ashenward by 2030.")
    check.sentences.create(participant=seats.birch, text="A dry Birchenlow by 2030.")
    return {"purpose check": check.pk}
