"""A version of the charter: read, compared, circulated, revised, checked."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alliances.errors import Refused
from alliances.forms.charter_signing import CirculateForm
from alliances.models import CharterVersion
from alliances.permissions import (
    charter_versions_visible_to,
    may_edit_alliance,
    rows_convened,
)
from alliances.services.audit.writing import thing_of
from alliances.services.charter.comments import discussed
from alliances.services.charter.comparison import compare
from alliances.services.charter.life import circulate, preview, revise
from alliances.services.charter.signing import SIGNABLE, Pen, pen_of, standing_of
from alliances.services.charter.text import CharterText, digest_groups, digest_of, read_text
from alliances.services.charter.verification import verify_charter
from alliances.services.languages import language_name
from alliances.views.pages import UNPROCESSABLE, confirm_page, posted, user_of, visible_alliance
from alliances.views.post import tell_posted
from alliances.views.record_pages import CONFLICT
from alliances.views.recorded import note_export, recorded

Status = CharterVersion.Status


def visible_version(request: HttpRequest, pk: int, *, frozen: bool = False) -> CharterVersion:
    """The version, where this user may read it; else it does not exist. Where it must be `frozen`, a
    draft does not either."""
    versions = charter_versions_visible_to(user_of(request))
    if frozen:
        versions = versions.exclude(status=Status.DRAFT)
    return get_object_or_404(versions, pk=pk)


def convened_version(request: HttpRequest, pk: int) -> CharterVersion:
    """The version, where this user convenes its alliance; else it does not exist."""
    versions = CharterVersion.objects.select_related("alliance")
    return get_object_or_404(rows_convened(versions, user_of(request), "alliance"), pk=pk)


def page_of(version: CharterVersion) -> str:
    """The address of the version's page."""
    return reverse("charter_version", args=[version.pk])


def page_url(request: HttpRequest, version: CharterVersion) -> str:
    """The same as it stands in a mail."""
    return request.build_absolute_uri(page_of(version))


@login_required
@require_safe
def charter_version(request: HttpRequest, pk: int) -> HttpResponse:
    """The exact text of a version, who has signed it, and what was said to its sections."""
    version = visible_version(request, pk)
    may_edit = may_edit_alliance(user_of(request), version.alliance)
    if version.status == Status.DRAFT:
        frozen = preview(version=version)
        text, digest = read_text(frozen.text), frozen.digest
    else:
        frozen, text = None, read_text(version.text, version.language)
        digest = digest_of(version.text)
    pen = pen_of(version=version, user=user_of(request)) if version.status in SIGNABLE else Pen()
    others = list(
        version.alliance.charter_versions.exclude(status=Status.DRAFT)
        .exclude(pk=version.pk)
        .defer("text")
    )
    return render(
        request,
        "alliances/charter/version.html",
        {
            "alliance": version.alliance,
            "section": "charter",
            "version": version,
            "text": text,
            "discussed": discussed(version=version, blocks=text.blocks),
            "is_changed": frozen is None and digest != version.digest,
            "groups": digest_groups(digest),
            "frozen": frozen,
            "standing": standing_of(version=version),
            "pen": pen,
            "may_edit": may_edit,
            "takes_comments": version.status == Status.CIRCULATED,
            "earlier": next((one for one in others if one.number < version.number), None),
            "later": next(
                (one for one in others if one.number > version.number and one.status in SIGNABLE),
                None,
            ),
        },
    )


@login_required
@require_safe
@recorded
def charter_text(request: HttpRequest, pk: int) -> HttpResponse:
    """The exact bytes of a version's text, for whoever wants to hash them."""
    version = visible_version(request, pk, frozen=True)
    note_export(request, alliance=version.alliance_id, thing=thing_of(version), what="charter_text")
    name = slugify(version.alliance.name)[:60] or "alliance"
    response = HttpResponse(version.text.encode(), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = (
        f'attachment; filename="charter-{name}-version-{version.number}.txt"'
    )
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, no_store=True)
    return response


@login_required
@require_safe
def charter_difference(request: HttpRequest, pk: int) -> HttpResponse:
    """What a version changes, section by section, against the one before or any other."""
    version = visible_version(request, pk)
    others = [
        one
        for one in charter_versions_visible_to(user_of(request)).filter(
            alliance=version.alliance_id
        )
        if one.pk != version.pk
    ]
    chosen = _compared_with(version, others, request.GET.get("with", ""))
    comparison = None
    if chosen is not None:
        first, second = sorted((chosen, version), key=lambda one: one.number)
        comparison = compare(before=_text_of(first), after=_text_of(second))
    else:
        first = second = version
    return render(
        request,
        "alliances/charter/difference.html",
        {
            "alliance": version.alliance,
            "section": "charter",
            "version": version,
            "first": first,
            "second": second,
            "comparison": comparison,
            "others": others,
            "chosen": chosen,
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def charter_circulate(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows what would be frozen, and for whom; then freezes exactly that."""
    version = convened_version(request, pk)
    if version.status != Status.DRAFT:
        messages.error(
            request,
            _("Version %(number)d is circulated already, and its text is fixed.")
            % {"number": version.number},
        )
        return HttpResponseRedirect(page_of(version))
    frozen = preview(version=version)
    form = CirculateForm(
        posted(request),
        has_gaps=bool(frozen.gaps),
        initial={"digest": frozen.digest},
        back=page_of(version),
    )
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        # Another text than the one that was shown comes first: the tick is not for this one.
        is_overtaken = request.POST.get("digest", "") != frozen.digest
        if is_overtaken or form.is_valid():
            try:
                result = circulate(
                    version=version,
                    by=user_of(request),
                    seen=request.POST.get("digest", ""),
                    despite_gaps=bool(request.POST.get("despite_gaps")),
                    page_url=page_url(request, version),
                )
            except Refused as refusal:
                frozen = preview(version=version)
                if request.POST.get("digest", "") != frozen.digest:
                    status = CONFLICT
                form = CirculateForm(
                    {"digest": frozen.digest}, has_gaps=bool(frozen.gaps), back=page_of(version)
                )
                form.errors.clear()
                form.refuse(refusal)
            else:
                said = _("Version %(number)d is circulated, and its text is fixed.")
                tell_posted(request, result.posted, said % {"number": version.number})
                return HttpResponseRedirect(page_of(version))
    return render(
        request,
        "alliances/charter/circulate.html",
        {
            "alliance": version.alliance,
            "section": "charter",
            "version": version,
            "form": form,
            "frozen": frozen,
            "text": read_text(frozen.text),
            "groups": digest_groups(frozen.digest),
            "language": _language_to_choose(),
            "replaced": version.alliance.charter_versions.filter(status=Status.CIRCULATED).first(),
            "in_force": version.alliance.charter_versions.filter(status=Status.RATIFIED).first(),
        },
        status=status,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def charter_revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then begins the next draft from this version."""
    version = convened_version(request, pk)
    if version.status == Status.DRAFT:
        raise Http404
    refused = ""
    if request.method == "POST":
        try:
            draft = revise(version=version, by=user_of(request))
        except Refused as refusal:
            refused = str(refusal)
        else:
            said = _("Version %(number)d is begun. It says what version %(before)d says.")
            messages.success(request, said % {"number": draft.number, "before": version.number})
            return redirect("charter", version.alliance_id)
    return confirm_page(
        request,
        title=_("Begin the next version from version %(number)d?") % {"number": version.number},
        alliance=version.alliance,
        consequences=_consequences(version),
        label=_("Begin the next version"),
        back=page_of(version),
        refusal=refused,
        section="charter",
    )


@login_required
@require_safe
def charter_verify(request: HttpRequest, pk: int) -> HttpResponse:
    """Texts, digests, signatures and seals worked out anew, and what does not fit."""
    alliance = visible_alliance(request, pk)
    return render(
        request,
        "alliances/charter/verify.html",
        {
            "alliance": alliance,
            "section": "charter",
            "verification": verify_charter(alliance=alliance),
        },
    )


def _consequences(version: CharterVersion) -> list[str]:
    """What beginning the next version does to this one."""
    begins = _("The next version is a draft with the same words. Conveners alone see it.")
    if version.status == Status.CIRCULATED:
        signed = version.signatures.count()
        return [
            begins,
            _("Version %(number)d is withdrawn at once: nobody can sign it any more.")
            % {"number": version.number},
            _(
                "Its signatures, %(count)d so far, stay on record and count for nothing. The next "
                "version is signed anew."
            )
            % {"count": signed}
            if signed
            else _("Nobody has signed it yet, so no signature is lost."),
            _("Its text and what was said to it stay readable."),
        ]
    if version.status == Status.RATIFIED:
        return [
            begins,
            _("Version %(number)d stays in force until the next one is ratified.")
            % {"number": version.number},
        ]
    return [begins]


def _compared_with(
    version: CharterVersion, others: list[CharterVersion], number: str
) -> CharterVersion | None:
    """The version with this number; without one the version before, else the one after."""
    if number:
        for one in others:
            if str(one.number) == number:
                return one
        raise Http404
    before = [one for one in others if one.number < version.number]
    return max(before, key=lambda one: one.number, default=None)


def _language_to_choose() -> str:
    """What the language of the page is called, where there is more than one; else ""."""
    if len(settings.LANGUAGES) < 2:
        return ""
    return language_name(get_language() or settings.LANGUAGE_CODE)


def _text_of(version: CharterVersion) -> CharterText:
    if version.status == Status.DRAFT:
        return read_text(preview(version=version).text)
    return read_text(version.text, version.language)
