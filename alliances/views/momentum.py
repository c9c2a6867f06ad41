"""Whether the train gains or loses speed, with the signs and the pictures behind it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.permissions import may_edit_alliance
from alliances.services.momentum import momentum_pictures, progress_markers, read_momentum
from alliances.views.pages import user_of, visible_alliance


@login_required
@require_safe
def momentum(request: HttpRequest, pk: int) -> HttpResponse:
    """Momentum in a sentence, the signs for it and against it, and the months as pictures."""
    alliance = visible_alliance(request, pk)
    found = read_momentum(alliance=alliance, on=timezone.localdate())
    return render(
        request,
        "alliances/journal/momentum.html",
        {
            "alliance": alliance,
            "section": "records",
            "momentum": found,
            "pictures": momentum_pictures(found),
            "hopes": progress_markers(found),
            "may_edit": may_edit_alliance(user_of(request), alliance),
        },
    )
