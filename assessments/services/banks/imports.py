"""A file becomes a draft: first what it would change, then all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.models import User
from alliances.models.audit import Action
from alliances.services.records import stamp
from assessments.models import Bank
from assessments.services.auditing import record_bank
from assessments.services.banks.changes import Difference, difference_of
from assessments.services.banks.documents import BankDocument
from assessments.services.banks.drafts import draft_digest, store_draft
from assessments.services.banks.own_codes import refuse_own_code
from assessments.services.banks.rows import columns_of_bank, document_of
from assessments.services.banks.store import store_parts, stored_version


@dataclass(frozen=True)
class Plan:
    """What a file comes to, before anything is stored.

    `kind`: a "new" bank, a next "version", one that "replaces" the draft, or the "same" as is stored.
    `difference` is that from the version `beside`: the draft it replaces, the stored one, or the
    latest; None where there is none. `over` is what `import_draft` takes.
    """

    document: BankDocument
    kind: Literal["new", "version", "replaces", "same"]
    beside: Bank | None = None
    difference: Difference | None = None
    over: str = ""

    @property
    def questions(self) -> int:
        return sum(len(dimension.questions) for dimension in self.document.dimensions)


def plan_import(document: BankDocument) -> Plan:
    """What storing the document as a draft would change. Stores nothing.

    Raises Refused where it could not be stored: its version is published with other content, a later
    one is stored, another version is being drafted, or the code is kept for an alliance's own.
    """
    refuse_own_code(document.code)
    versions = list(Bank.objects.filter(code=document.code).order_by("-version"))
    draft = next((one for one in versions if one.status == Bank.Status.DRAFT), None)
    if draft is not None and draft.version == document.version:
        now = document_of(draft, draft=True)
        return Plan(
            document, "replaces", draft, difference_of(now, document), over=draft_digest(now)
        )
    stored = stored_version(document)
    if stored is not None:
        return Plan(document, "same", stored)
    if draft is not None:
        raise Refused(
            _(
                "Version %(version)d is being drafted. Give the file that version to put it in the "
                "draft’s place, or publish or discard the draft first."
            )
            % {"version": draft.version}
        )
    if not versions:
        return Plan(document, "new")
    latest = versions[0]
    if document.version < latest.version:
        raise Refused(
            _("Version %(version)d is stored already. Give the file a higher version than that.")
            % {"version": latest.version}
        )
    return Plan(document, "version", latest, difference_of(document_of(latest), document))


@transaction.atomic
def import_draft(*, document: BankDocument, by: User | None, over: str = "") -> Bank:
    """The document as a draft; in place of the bank's draft, where there is one of that version.

    `over` is the `Plan.over` of the draft that it is to replace, as it was seen. A version that is
    stored and says the same is given back as it is. Raises Refused as `plan_import` does, and where
    the draft that would be replaced says something else by now.
    """
    # Whoever drafts or publishes this bank waits.
    list(Bank.objects.select_for_update().filter(code=document.code))
    plan = plan_import(document)
    if plan.over != over:
        raise Refused(
            _("The draft was changed meanwhile. Look again at what the file would change in it.")
        )
    if plan.kind == "same" and plan.beside is not None:
        return plan.beside
    if plan.kind == "replaces" and plan.beside is not None:
        stored = _replaced(plan.beside, document, by=by)
    else:
        stored = store_draft(document, by=by)
    record_bank(Action.BANK_IMPORTED, stored, by, status=stored.status)
    return stored


def _replaced(draft: Bank, document: BankDocument, *, by: User | None) -> Bank:
    """The draft, saying what the document says and nothing else."""
    for name, value in columns_of_bank(document).items():
        setattr(draft, name, value)
    stamp(draft, by)
    draft.save()
    draft.dimensions.all().delete()
    store_parts(draft, document, by=by)
    return draft
