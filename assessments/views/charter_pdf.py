"""The charter on paper, and the certificate of who has signed it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from alliances.models import CharterVersion
from alliances.services.audit.writing import thing_of
from alliances.views.charter_versions import visible_version
from alliances.views.limits import drawn
from alliances.views.recorded import note_export, recorded
from assessments.reports.charter import render_certificate, render_charter


@login_required
@require_safe
@recorded
@drawn
def charter_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The exact text of a version with a place for each party to sign; a draft for conveners alone."""
    version = visible_version(request, pk)
    return _file(request, render_charter(version=version), version, "charter")


@login_required
@require_safe
@recorded
@drawn
def certificate_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has signed a version that was circulated, as found at this moment."""
    version = visible_version(request, pk, frozen=True)
    verify = request.build_absolute_uri(reverse("charter_verify", args=[version.alliance_id]))
    content = render_certificate(version=version, verify_url=verify)
    return _file(request, content, version, "certificate")


def _file(request: HttpRequest, content: bytes, version: CharterVersion, name: str) -> HttpResponse:
    """A download, named for the alliance and the version, which no cache on the way keeps; recorded
    as taken out."""
    note_export(request, alliance=version.alliance_id, thing=thing_of(version), what=f"{name}_pdf")
    alliance = slugify(version.alliance.name)[:60] or "alliance"
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = (
        f'attachment; filename="{alliance}-{name}-version-{version.number}.pdf"'
    )
    patch_cache_control(response, private=True, no_store=True)
    return response
