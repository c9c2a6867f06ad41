"""All that the alliance has on record, each with where it stands."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.permissions import may_edit_alliance, own_participant
from alliances.services.records_index import read_index
from alliances.views.pages import user_of, visible_alliance


@login_required
@require_safe
def records_page(request: HttpRequest, pk: int) -> HttpResponse:
    """All that the alliance has on record, each with where it stands."""
    alliance = visible_alliance(request, pk)
    user = user_of(request)
    index = read_index(
        alliance=alliance,
        own=own_participant(user, alliance),
        convenes=may_edit_alliance(user, alliance),
        on=timezone.localdate(),
    )
    return render(
        request,
        "alliances/records/page.html",
        {"alliance": alliance, "section": "records", "index": index},
    )
