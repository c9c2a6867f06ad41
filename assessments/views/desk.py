"""The start page, and an alliance's desk."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from alliances.models import Alliance
from alliances.permissions import own_participant
from assessments.demonstration.cast import LOGINS
from assessments.desk import read_desk, read_shelf
from assessments.permissions import may_curate_banks, may_run_rounds
from assessments.services.appraisal import appraisal_banks


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """What Northbound is; for those with an account, their alliances."""
    if not request.user.is_authenticated:
        logins = LOGINS if settings.DEMONSTRATION else ()
        return render(
            request,
            "assessments/desk/welcome.html",
            {"logins": logins, "appraisals": appraisal_banks()},
        )
    shelf = read_shelf(alliances=Alliance.objects.visible_to(request.user), user=request.user)
    return render(
        request,
        "assessments/desk/home.html",
        {"shelf": shelf, "may_curate": may_curate_banks(request.user)},
    )


@login_required
@require_safe
@never_cache
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    """Where one alliance stands."""
    alliance = get_object_or_404(Alliance.objects.visible_to(request.user), pk=pk)
    convener = may_run_rounds(request.user, alliance)
    return render(
        request,
        "assessments/desk/desk.html",
        {
            "alliance": alliance,
            "section": "desk",
            "today": timezone.localdate(),
            "convener": convener,
            "desk": read_desk(
                alliance=alliance,
                convener=convener,
                own=own_participant(request.user, alliance),
            ),
        },
    )
