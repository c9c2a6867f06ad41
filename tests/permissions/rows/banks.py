"""Who may what: question banks."""

from __future__ import annotations

from typing import Any

from assessments.models import Bank
from assessments.services.banks.drafts import draft_next_version
from tests.permissions.rows.row import (
    DOES_ADMINS,
    NO_ADMINS,
    WRONG_ADMINS,
    Row,
    Seats,
    for_admins,
)

OVERTAKEN_ADMINS = "L L 404 404 404 404 404 409 409 404"

ROWS: dict[str, Row] = {
    "banks": for_admins(),
    "bank_new": for_admins(post=WRONG_ADMINS),
    "bank_import": for_admins(post=WRONG_ADMINS),
    "bank": for_admins(pk="published bank"),
    "bank_compare": for_admins(pk="draft bank", other="published bank"),
    "bank_export": for_admins(pk="published bank", format="yaml"),
    "bank_preview": for_admins(pk="published bank", number=1),
    "bank_paper": for_admins(pk="published bank"),
    "bank_statistics": for_admins(pk="published bank"),
    "bank_statistics_table": for_admins(pk="published bank"),
    "bank_next": for_admins(NO_ADMINS, DOES_ADMINS, pk="published bank"),
    "bank_retire": for_admins(post=DOES_ADMINS, pk="published bank"),
    # A draft
    "bank_import_into": for_admins(post=WRONG_ADMINS, pk="draft bank"),
    "bank_publish": for_admins(post=WRONG_ADMINS, pk="draft bank"),
    "bank_discard": for_admins(post=DOES_ADMINS, pk="draft bank"),
    "bank_edit": for_admins(post=WRONG_ADMINS, pk="draft bank"),
    "bank_languages": for_admins(post=WRONG_ADMINS, pk="draft bank"),
    "bank_language_remove": for_admins(post=DOES_ADMINS, pk="draft bank", language="fr"),
    # sent empty, these were written by nobody who saw the page
    "bank_reading": for_admins(post=OVERTAKEN_ADMINS, pk="draft bank"),
    "bank_translate": for_admins(post=OVERTAKEN_ADMINS, pk="draft bank", language="fr", number=0),
    "bank_move": for_admins(NO_ADMINS, "L L 404 404 404 404 404 404 404 404", pk="draft bank"),
    "dimension_new": for_admins(post=WRONG_ADMINS, pk="draft bank"),
    "dimension_edit": for_admins(post=WRONG_ADMINS, pk="draft dimension"),
    "dimension_remove": for_admins(post=DOES_ADMINS, pk="draft dimension"),
    "question_new": for_admins(post=WRONG_ADMINS, pk="draft dimension"),
    "question_edit": for_admins(post=WRONG_ADMINS, pk="draft question"),
    "question_remove": for_admins(post=DOES_ADMINS, pk="draft question"),
}


def make_objects(seats: Seats) -> dict[str, Any]:
    """What the rows name, by the name that they use."""
    published = Bank.objects.get(code="small")
    draft = draft_next_version(bank=published, by=seats.users["admin"])
    draft.introduction = "Not out yet: Draftbankle."
    draft.save()
    return {
        "published bank": published.pk,
        "draft bank": draft.pk,
        "draft dimension": draft.dimensions.get(code="part-1").pk,
        "draft question": draft.questions.get(code="A1").pk,
    }
