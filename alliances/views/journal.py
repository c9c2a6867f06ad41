"""The journal, and the pages on which an entry is read, written and removed."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from alliances.forms.journal import FORMS, EntryForm, NewActionForm, ReviewForm, today_first
from alliances.models import JournalEntry
from alliances.permissions import may_edit_alliance, rows_convened, rows_visible
from alliances.services.actions import add_action
from alliances.services.journal import (
    SHAPES,
    add_entry,
    change_entry,
    journal_page,
    read_entry,
)
from alliances.views.pages import convened_alliance, form_page, user_of, visible_alliance
from alliances.views.record_pages import add_page, edit_page, remove_page

SECTION = "records"
FORM = "alliances/journal/form.html"


def entry_address(entry: JournalEntry) -> str:
    return reverse("journal_entry", args=[entry.pk])


@login_required
@require_safe
def journal(request: HttpRequest, pk: int) -> HttpResponse:
    """What happened, by month, newest first."""
    alliance = visible_alliance(request, pk)
    return render(
        request,
        "alliances/journal/journal.html",
        {
            "alliance": alliance,
            "section": SECTION,
            "journal": journal_page(
                alliance=alliance,
                today=timezone.localdate(),
                kind=request.GET.get("kind", ""),
                page=request.GET.get("page"),
            ),
            "shapes": list(SHAPES.values()),
            "may_edit": may_edit_alliance(user_of(request), alliance),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def journal_new(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A new entry of the kind that the address names."""
    alliance = convened_alliance(request, pk)
    if kind not in FORMS:
        raise Http404
    form_class, shape = FORMS[kind], SHAPES[kind]
    back = reverse("journal", args=[alliance.pk])
    page: dict[str, Any] = {
        "title": str(shape.new),
        "lead": str(shape.lead),
        "section": SECTION,
        "template": FORM,
    }
    if wants_another_side(request, form_class):
        form = form_class(alliance=alliance, back=back, initial=one_side_more(request))
        return form_page(request, form, alliance=alliance, **page)
    today = timezone.localdate()
    return add_page(
        request,
        form_class,
        alliance=alliance,
        to=entry_address,
        back=back,
        initial=today_first(form_class, today),
        save=lambda **values: add_entry(
            alliance=alliance, kind=kind, by=user_of(request), today=today, **values
        ),
        done=_("It stands in the journal."),
        **page,
    )


@login_required
@require_safe
def journal_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry with all that hangs on it."""
    entry = get_object_or_404(
        rows_visible(
            JournalEntry.objects.select_related("alliance", "participant", "changed_by"),
            user_of(request),
            "alliance",
        ),
        pk=pk,
    )
    alliance = entry.alliance
    may_edit = may_edit_alliance(user_of(request), alliance)
    form = None
    if may_edit and entry.kind in WITH_ACTIONS:
        form = NewActionForm(alliance=alliance)
        form.helper.form_action = reverse("journal_action_new", args=[entry.pk])
    return render(
        request,
        "alliances/journal/entry.html",
        {
            "alliance": alliance,
            "section": SECTION,
            "page": read_entry(entry=entry, today=timezone.localdate()),
            "entry": entry,
            "may_edit": may_edit,
            "form": form,
        },
    )


# Kinds of which something follows that somebody does.
WITH_ACTIONS = {
    JournalEntry.Kind.MEETING,
    JournalEntry.Kind.ESCALATION,
    JournalEntry.Kind.EXPECTATION,
    JournalEntry.Kind.REVIEW,
    JournalEntry.Kind.PROBLEM,
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def journal_action_new(request: HttpRequest, pk: int) -> HttpResponse:
    """An action that was decided in an entry."""
    entry = _convened(request, pk)
    return add_page(
        request,
        NewActionForm,
        alliance=entry.alliance,
        title=_("Add an action"),
        lead=_("Decided in: %(title)s") % {"title": entry.title},
        to=lambda action: f"{entry_address(entry)}#actions",
        back=entry_address(entry),
        save=lambda **values: add_action(
            alliance=entry.alliance,
            by=user_of(request),
            today=timezone.localdate(),
            entry=entry,
            **values,
        ),
        section=SECTION,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def journal_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes an entry whole, with who came or what the sides said."""
    entry = _convened(request, pk)
    form_class, shape = FORMS[entry.kind], SHAPES[entry.kind]
    back = entry_address(entry)
    page: dict[str, Any] = {
        "title": entry.title,
        "lead": str(shape.lead),
        "section": SECTION,
        "template": FORM,
        "removal": reverse("journal_remove", args=[entry.pk]),
        "removal_label": _("Remove this entry"),
    }
    if wants_another_side(request, form_class):
        form = form_class(
            alliance=entry.alliance, record=entry, back=back, initial=one_side_more(request)
        )
        return form_page(request, form, alliance=entry.alliance, **page)
    return edit_page(
        request,
        form_class,
        record=entry,
        alliance=entry.alliance,
        to=entry_address,
        back=back,
        save=lambda **values: change_entry(
            entry=entry, by=user_of(request), today=timezone.localdate(), **values
        ),
        **page,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def journal_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then removes an entry; actions that were decided in it stay."""
    entry = _convened(request, pk)
    actions = entry.actions.count()
    consequences = [_("What was written in it is deleted, for everybody.")]
    if entry.kind == JournalEntry.Kind.MEETING:
        consequences.append(_("So is who came. Momentum is then read without this meeting."))
    if actions:
        consequences.append(
            ngettext(
                "The %(count)d action decided in it stays in the list of actions.",
                "The %(count)d actions decided in it stay in the list of actions.",
                actions,
            )
            % {"count": actions}
        )
    return remove_page(
        request,
        record=entry,
        alliance=entry.alliance,
        title=_("Remove “%(title)s”?") % {"title": entry.title},
        consequences=consequences,
        label=_("Remove the entry"),
        back=entry_address(entry),
        to=reverse("journal", args=[entry.alliance_id]),
        section=SECTION,
    )


def wants_another_side(request: HttpRequest, form_class: type[EntryForm]) -> bool:
    """Whether the button was pressed that makes room for one more side of a review."""
    return request.method == "POST" and form_class is ReviewForm and "more" in request.POST


def one_side_more(request: HttpRequest) -> dict[str, Any]:
    """All that was written so far, and room for one side more."""
    written: dict[str, Any] = request.POST.dict()
    return written | {"slots": ReviewForm.slots_after(written.get("slots", ""))}


def _convened(request: HttpRequest, pk: int) -> JournalEntry:
    return get_object_or_404(
        rows_convened(
            JournalEntry.objects.select_related("alliance"), user_of(request), "alliance"
        ),
        pk=pk,
    )
