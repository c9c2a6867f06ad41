"""The data of whoever has an account: read, taken away, and deleted with the account."""

from __future__ import annotations

from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alliances.errors import Refused
from alliances.reauthentication import (
    can_reauthenticate,
    is_address_proven,
    is_proven_lately,
    to_a_code,
)
from alliances.services.own_account import (
    alone_in,
    delete_account,
    end_sessions,
    reasons_to_stay,
)
from alliances.views.pages import UNPROCESSABLE, user_of
from alliances.views.post import login_url
from assessments.services.own_data import OwnData, own_data_file, read_own_data


@login_required
@require_http_methods(["GET", "HEAD"])
@never_cache
def own_data(request: HttpRequest) -> HttpResponse:
    """What is stored, kind by kind, in plain words."""
    return render(request, "assessments/own_data/page.html", {"data": _data(request)})


@login_required
@require_http_methods(["GET", "HEAD"])
@never_cache
def own_data_json(request: HttpRequest) -> HttpResponse:
    """The same as one file."""
    response = HttpResponse(own_data_file(_data(request)), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="northbound.json"'
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def own_account_delete(request: HttpRequest) -> HttpResponse:
    """Says what goes and what stays; then, once it is sure who asks, deletes the account."""
    user = user_of(request)
    refusal = ""
    if request.method == "POST" and request.POST.get("confirm") == "yes":
        if not reasons_to_stay(user) and not is_proven_lately(request):
            return _prove(request)
        try:
            delete_account(user=user, by=user, login_url=login_url(request))
        except Refused as error:
            refusal = error.message
        else:
            logout(request)
            messages.success(request, _("Your account is deleted. A mail to you says so."))
            return redirect("home")
    context = {
        "data": _data(request),
        "reasons": reasons_to_stay(user),
        "alone_in": alone_in(user),
        "has_something_to_enter": can_reauthenticate(request),
        "is_proven": is_proven_lately(request),
        "refusal": refusal,
    }
    status = UNPROCESSABLE if refusal else 200
    return render(request, "assessments/own_data/delete.html", context, status=status)


@login_required
@require_http_methods(["POST"])
def own_sessions_end(request: HttpRequest) -> HttpResponse:
    """Logs the person out on every other device: one that was lost, or that they share."""
    end_sessions(user_of(request), but=request.session.session_key)
    messages.success(request, _("You are logged out everywhere else."))
    return redirect("mfa_index")


def _prove(request: HttpRequest) -> HttpResponse:
    """To where the person enters their password once more; who has none, logs in once more by a code."""
    if can_reauthenticate(request):
        # What was sent is kept meanwhile, and done once the password fits.
        raise ReauthenticationRequired
    said = _("Log in once more by a code, so that it is sure to be you. Then press again.")
    return to_a_code(request, said=said, following=reverse("own_account_delete"))


def _data(request: HttpRequest) -> OwnData:
    return read_own_data(user=user_of(request), address_is_proven=is_address_proven(request))
