"""How good the questions of a version are: as a page and as a table."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods

from alliances.views.recorded import note_export, recorded
from assessments.models import Bank
from assessments.services.auditing import thing_of_bank
from assessments.services.banks.statistics.page import read_statistics_page
from assessments.services.banks.statistics.table import statistics_table
from assessments.views.banks.pages import READ, curators


@curators
@require_http_methods(READ)
def bank_statistics(request: HttpRequest, pk: int) -> HttpResponse:
    """What is worth a look, and the figures of each dimension and question."""
    bank = _asked_version(pk)
    context = {"section": "banks", "bank": bank, "page": read_statistics_page(bank)}
    return _private(render(request, "assessments/banks/statistics.html", context))


@curators
@require_http_methods(READ)
@recorded
def bank_statistics_table(request: HttpRequest, pk: int) -> HttpResponse:
    """The same figures as CSV."""
    bank = _asked_version(pk)
    content = statistics_table(bank).encode("utf-8", "replace")
    note_export(request, alliance=None, thing=thing_of_bank(bank), what="statistics_csv")
    name = f"{bank.code}-v{bank.version}-statistics.csv"
    return _private(
        HttpResponse(
            content,
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
    )


def _asked_version(pk: int) -> Bank:
    """A version that rounds may have asked. Raises Http404 for a draft, and for one alliance's own."""
    asked = Bank.objects.shared().exclude(status=Bank.Status.DRAFT)
    return get_object_or_404(asked, pk=pk)


def _private(response: HttpResponse) -> HttpResponse:
    """No cache on the way keeps what only some may read."""
    patch_cache_control(response, private=True, no_store=True)
    return response
