"""Banks as files: brought in after a look at what they would change, and taken out."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alliances.errors import Refused
from alliances.views.pages import UNPROCESSABLE, user_of
from alliances.views.recorded import note_export, recorded
from assessments.forms.banks.files import BankFileForm
from assessments.models import Bank
from assessments.services.auditing import thing_of_bank
from assessments.services.banks.documents import WEAKEST_DECIDES
from assessments.services.banks.files import JSON, YAML, parse_bank, write_bank
from assessments.services.banks.findings import findings_of
from assessments.services.banks.imports import import_draft, plan_import
from assessments.services.banks.rows import document_of
from assessments.services.banks.store import made_from
from assessments.services.banks.tables.sheets import write_table
from assessments.services.banks.uploads import is_table, read_upload
from assessments.views.banks.pages import READ, WRITE, bank_of, curators, draft_of, page_of

CSV, XLSX = "csv", "xlsx"
FORMATS = {
    YAML: ("YAML", "application/yaml"),
    JSON: ("JSON", "application/json"),
    XLSX: ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    CSV: ("CSV", "text/csv; charset=utf-8"),
}


@curators
@require_http_methods(READ)
@recorded
def bank_export(request: HttpRequest, pk: int, format: str) -> HttpResponse:
    """The version as a file."""
    if format not in FORMATS:
        raise Http404
    bank = bank_of(pk)
    document = document_of(bank, draft=bank.status == Bank.Status.DRAFT)
    content: str | bytes
    if format in (CSV, XLSX):
        content = write_table(document, "csv" if format == CSV else "xlsx")
    else:
        content = write_bank(document=document, format=format)
    note_export(
        request, alliance=bank.alliance_id, thing=thing_of_bank(bank), what=f"bank_{format}"
    )
    name = f"{document.code}-v{document.version}.{format}"
    return HttpResponse(
        content,
        content_type=FORMATS[format][1],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@curators
@require_http_methods(WRITE)
def bank_import(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Two steps on one address: `step=look` shows what a file comes to, `step=store` makes the draft.

    What was read travels in the page. With `pk` the file goes into that draft.
    """
    draft = None if pk is None else draft_of(pk)
    back = reverse("banks") if draft is None else page_of(draft)
    if request.method != "POST":
        return _ask(request, BankFileForm(back=back), draft)
    if request.POST.get("step") == "store":
        return _store(request, draft, back)
    form = BankFileForm(request.POST, request.FILES, back=back)
    if not form.is_valid():
        return _ask(request, form, draft)
    file = form.cleaned_data["file"]
    try:
        document = read_upload(content=file.read(), name=file.name or "", into=draft)
        plan = plan_import(document)
    except Refused as refusal:
        return _ask(request, BankFileForm(back=back), draft, refusal)
    context = {
        "section": "banks",
        "bank": draft,
        "plan": plan,
        "findings": findings_of(document, made_from(document)),
        "without_reading": plan.kind == "new"
        and is_table(file.name or "")
        and document.reading == WEAKEST_DECIDES,
        "document": write_bank(document=document, format=JSON),
        "back": back,
    }
    return render(request, "assessments/banks/import_preview.html", context)


def _store(request: HttpRequest, draft: Bank | None, back: str) -> HttpResponse:
    try:
        document = parse_bank(text=request.POST.get("document", ""), draft=True)
        stored = import_draft(
            document=document, by=user_of(request), over=request.POST.get("over", "")
        )
    except Refused as refusal:
        return _ask(request, BankFileForm(back=back), draft, refusal)
    messages.success(request, _("The file is a draft now. Look it over, then publish it."))
    return HttpResponseRedirect(page_of(stored))


def _ask(
    request: HttpRequest, form: BankFileForm, draft: Bank | None, refusal: Refused | None = None
) -> HttpResponse:
    context = {
        "section": "banks",
        "bank": draft,
        "form": form,
        "refusal": refusal,
        "title": _("Bring in a file") if draft is None else _("Bring a file into this draft"),
    }
    status = UNPROCESSABLE if refusal or form.errors else 200
    return render(request, "assessments/banks/import.html", context, status=status)
