"""The alliance's charter: the version in force, and the one that is being written."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliances.errors import Refused
from alliances.forms.charter import CharterSettingsForm, CharterStartForm, SectionForm
from alliances.models import CharterVersion
from alliances.permissions import may_edit_alliance, own_participant, rows_convened
from alliances.services.charter.draft import (
    change_settings,
    discard_draft,
    start_charter,
    write_section,
)
from alliances.services.charter.overview import charter_overview, draft_overview, on_record
from alliances.services.charter.record_pages import record_of
from alliances.services.charter.sections import SECTIONS, Section, section
from alliances.services.charter.signing import pen_of, standing_of
from alliances.services.purpose.hints import read_wording
from alliances.services.purpose.reading import closed_sentences
from alliances.services.records import Overtaken
from alliances.views.pages import (
    UNPROCESSABLE,
    confirm_page,
    convened_alliance,
    posted,
    user_of,
    visible_alliance,
)
from alliances.views.record_pages import CONFLICT, add_page, edit_page

Status = CharterVersion.Status


@login_required
@require_safe
def charter_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The versions of the charter: what is in force, what is out for signing, and, for conveners,
    the draft section by section."""
    user = user_of(request)
    alliance = visible_alliance(request, pk)
    may_edit = may_edit_alliance(user, alliance)
    overview = charter_overview(alliance=alliance, with_draft=may_edit, today=timezone.localdate())
    out = overview.circulated
    current = out or overview.in_force
    return render(
        request,
        "alliances/charter/page.html",
        {
            "alliance": alliance,
            "section": "charter",
            "may_edit": may_edit,
            "overview": overview,
            "standing": standing_of(version=out.version) if out else None,
            "pen": pen_of(version=current.version, user=user) if current else None,
            "own": own_participant(user, alliance),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def charter_start(request: HttpRequest, pk: int) -> HttpResponse:
    """A charter is begun: how deep it goes, and when it counts as ratified."""
    alliance = convened_alliance(request, pk)
    back = reverse("charter", args=[alliance.pk])
    return add_page(
        request,
        CharterStartForm,
        alliance=alliance,
        title=_("Begin a charter"),
        lead=_(
            "A charter says in writing what the parties have agreed: what for, how they decide, who "
            "does what, how one gets out. Two things come first."
        ),
        save=lambda **values: start_charter(alliance=alliance, by=user_of(request), **values),
        to=lambda version: back,
        back=back,
        done=_("The charter is begun. Go from section to section, in any order."),
        section="charter",
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def charter_settings(request: HttpRequest, pk: int) -> HttpResponse:
    """Depth, rule for ratifying, and the reason for the change, of a draft."""
    version = _version(request, pk)
    back = reverse("charter", args=[version.alliance_id])
    if request.method != "POST" and version.status != Status.DRAFT:
        return redirect(back)
    return edit_page(
        request,
        CharterSettingsForm,
        record=version,
        alliance=version.alliance,
        title=_("Depth, and when it is ratified"),
        save=lambda edition, **values: change_settings(
            version=version, edition=edition, by=user_of(request), **values
        ),
        to=lambda version: back,
        back=back,
        section="charter",
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def charter_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then discards a draft with all that is written in it."""
    version = _version(request, pk)
    back = reverse("charter", args=[version.alliance_id])
    if request.method != "POST" and version.status != Status.DRAFT:
        return redirect(back)
    refusal = ""
    if request.method == "POST":
        try:
            discard_draft(version=version)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(
                request,
                _("The draft of version %(number)d is discarded.") % {"number": version.number},
            )
            return redirect(back)
    return confirm_page(
        request,
        title=_("Discard the draft of version %(number)d?") % {"number": version.number},
        alliance=version.alliance,
        consequences=[
            _("All that is written in its sections goes, and cannot be brought back."),
            _("Versions that others have seen stay as they are."),
        ],
        label=pgettext("charter", "Discard the draft"),
        back=back,
        refusal=refusal,
        section="charter",
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def charter_section(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """One section of a draft: help, examples, fields. Saving goes on to the next one.

    Nothing that somebody wrote is lost: who was overtaken sees both texts, and where the version
    was circulated meanwhile the page shows what they wrote, for copying.
    """
    try:
        this = section(code)
    except KeyError:
        raise Http404 from None
    version = _version(request, pk)
    if request.method != "POST" and version.status != Status.DRAFT:
        return redirect("charter", version.alliance_id)
    form = _section_form(request, version, this)
    status = 200
    if request.method == "POST":
        if "take" in request.POST:
            form.take(on_record(alliance=version.alliance, code=code))
            messages.info(request, _("Taken over. Nothing is stored until you save."))
        elif "check" in request.POST:
            messages.info(request, _("The wording is looked at. Nothing is stored until you save."))
        elif not form.is_valid():
            status = UNPROCESSABLE
        else:
            try:
                write_section(
                    version=version,
                    code=code,
                    edition=form.began_from,
                    by=user_of(request),
                    content=form.content,
                )
            except Overtaken as overtaken:
                form.overtaken(overtaken)
                status = CONFLICT
            except Refused as refusal:
                form.refuse(refusal)
                status = UNPROCESSABLE
            else:
                messages.success(request, _("“%(section)s” is saved.") % {"section": this.title})
                return HttpResponseRedirect(_onwards(request, version, this))
        if not CharterVersion.objects.filter(pk=version.pk, status=Status.DRAFT).exists():
            form.close()
    return _section_page(request, version, this, form, status)


@login_required
@require_POST
def charter_hints(request: HttpRequest, pk: int) -> HttpResponse:
    """Hints on the wording of a purpose that is being written; nothing is stored."""
    _version(request, pk)
    hints = read_wording(request.POST.get("statement", ""), timezone.localdate())
    return render(request, "alliances/charter/_hints.html", {"hints": hints})


def _version(request: HttpRequest, pk: int) -> CharterVersion:
    """The version, where this user convenes its alliance; else it does not exist."""
    versions = CharterVersion.objects.select_related("alliance").defer("text")
    return get_object_or_404(rows_convened(versions, user_of(request), "alliance"), pk=pk)


def _section_form(request: HttpRequest, version: CharterVersion, this: Section) -> SectionForm:
    following = _neighbour(this, +1)
    return SectionForm(
        posted(request),
        section=this,
        depth=version.depth,
        stored=version.sections.filter(code=this.code).first(),
        next_title=str(following.title) if following else "",
        is_on_record=bool(on_record(alliance=version.alliance, code=this.code)),
        hints_url=reverse("charter_hints", args=[version.pk]) if this.code == "purpose" else "",
        back=reverse("charter", args=[version.alliance_id]),
    )


def _section_page(
    request: HttpRequest, version: CharterVersion, this: Section, form: SectionForm, status: int
) -> HttpResponse:
    hints = None
    if this.code == "purpose":
        shown = request.POST if request.method == "POST" else form.initial
        hints = read_wording(str(shown.get("statement", "")), timezone.localdate())
    overview = draft_overview(version=version, today=timezone.localdate())
    return render(
        request,
        "alliances/charter/section.html",
        {
            "alliance": version.alliance,
            "section": "charter",
            "version": version,
            "this": this,
            "form": form,
            "hints": hints,
            "record": record_of(this.code),
            "purposes": closed_sentences(alliance=version.alliance)
            if this.code == "purpose"
            else [],
            "line": overview.lines[SECTIONS.index(this)],
            "overview": overview,
            "before": _neighbour(this, -1),
            "after": _neighbour(this, +1),
        },
        status=status,
    )


def _neighbour(this: Section, step: int) -> Section | None:
    place = SECTIONS.index(this) + step
    return SECTIONS[place] if 0 <= place < len(SECTIONS) else None


def _onwards(request: HttpRequest, version: CharterVersion, this: Section) -> str:
    """Where saving leads: to the next section, or back to the list."""
    following = _neighbour(this, +1)
    if request.POST.get("go") == "on" and following is not None:
        return reverse("charter_section", args=[version.pk, following.code])
    return f"{reverse('charter', args=[version.alliance_id])}#section-{this.code}"
