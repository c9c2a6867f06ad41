"""All that the alliance has on record, each with where it stands."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alliances.views.pages import visible_alliance


@login_required
@require_safe
def records_page(request: HttpRequest, pk: int) -> HttpResponse:
    """All that the alliance has on record, each with where it stands."""
    alliance = visible_alliance(request, pk)
    return render(
        request, "alliances/records/page.html", {"alliance": alliance, "section": "records"}
    )
