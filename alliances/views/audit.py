"""Who did what: the audit log of an alliance, and that of the installation."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from alliances.models import Alliance, AuditChain
from alliances.permissions import may_read_every_log
from alliances.services.audit.chain import chain_of
from alliances.services.audit.reading import (
    Asked,
    alliances_with_a_log,
    asked_for,
    log_table,
    read_log,
)
from alliances.services.audit.writing import Thing, thing_of
from alliances.views.pages import user_of
from alliances.views.recorded import note_export, recorded


@login_required
@require_safe
def alliance_log(request: HttpRequest, pk: int) -> HttpResponse:
    """The log of an alliance, for its conveners; of one that is gone, for admins."""
    return _page(request, pk, _alliance(request, pk))


@login_required
@require_safe
@recorded
def alliance_log_table(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as CSV."""
    alliance = _alliance(request, pk)
    return _table(request, pk, thing_of(alliance) if alliance else Thing("alliance", pk))


@login_required
@require_safe
def installation_log(request: HttpRequest) -> HttpResponse:
    """The log of question banks and accounts, with the way to that of each alliance; for admins."""
    if not may_read_every_log(user_of(request)):
        raise Http404
    return _page(request, None, None)


@login_required
@require_safe
@recorded
def installation_log_table(request: HttpRequest) -> HttpResponse:
    """The same as CSV, without the alliances."""
    if not may_read_every_log(user_of(request)):
        raise Http404
    return _table(request, None, Thing("installation", 0))


def _alliance(request: HttpRequest, pk: int) -> Alliance | None:
    """The alliance, where this user convenes it; None where it is gone, its log is still there and
    they are an admin. Raises Http404 otherwise."""
    user = user_of(request)
    alliance: Alliance | None = Alliance.objects.convened_by(user).filter(pk=pk).first()
    gone = alliance is None and may_read_every_log(user)
    if alliance is None and not (gone and AuditChain.objects.filter(code=chain_of(pk)).exists()):
        raise Http404
    return alliance


def _asked(request: HttpRequest) -> Asked:
    wanted = {name: request.GET.get(name, "") for name in ("group", "since", "until")}
    return asked_for(**wanted)


def _page(request: HttpRequest, pk: int | None, alliance: Alliance | None) -> HttpResponse:
    asked = _asked(request)
    days = {
        name: day.isoformat()
        for name, day in (("since", asked.since), ("until", asked.until))
        if day is not None
    }
    query = urlencode(({"group": asked.group} if asked.group else {}) | days)
    table = reverse("installation_audit_table") if pk is None else reverse("audit_table", args=[pk])
    response = render(
        request,
        "alliances/audit.html",
        {
            "alliance": alliance,
            "section": "people",
            "number": pk,
            "log": read_log(chain=chain_of(pk), asked=asked, page=request.GET.get("page")),
            "days": days,
            "days_query": urlencode(days),
            "query": query,
            "table": f"{table}?{query}" if query else table,
            "chains": alliances_with_a_log() if pk is None else [],
        },
    )
    return _private(response)


def _table(request: HttpRequest, pk: int | None, thing: Thing) -> HttpResponse:
    content = log_table(chain=chain_of(pk), asked=_asked(request)).encode("utf-8", "replace")
    note_export(request, alliance=pk, thing=thing, what="audit_csv")
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="log-{chain_of(pk)}.csv"'
    return _private(response)


def _private(response: HttpResponse) -> HttpResponse:
    """No cache on the way keeps what only some may read."""
    patch_cache_control(response, private=True, no_store=True)
    return response
