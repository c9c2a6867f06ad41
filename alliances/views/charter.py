"""The alliance's charter: the version in force, and the one that is being written."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alliances.views.pages import visible_alliance


@login_required
@require_safe
def charter_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The alliance's charter: the version in force, and the one that is being written."""
    alliance = visible_alliance(request, pk)
    return render(
        request, "alliances/charter/page.html", {"alliance": alliance, "section": "charter"}
    )
