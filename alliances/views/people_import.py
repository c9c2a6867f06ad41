"""Many people at once: paste or upload, look, add."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from alliances.errors import Refused
from alliances.forms.people_import import PeopleImportForm
from alliances.models import Alliance
from alliances.services.people_import import Plan, import_people, languages, preview_people
from alliances.services.people_text import COLUMNS, heading_of, words_for
from alliances.views.pages import UNPROCESSABLE, convened_alliance


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Two steps on one address: `step=look` shows what a list comes to, `step=add` stores it,
    `step=change` gives the text back to be changed. The text itself travels in the page."""
    alliance = convened_alliance(request, pk)
    if request.method != "POST":
        return _ask(request, alliance, PeopleImportForm(back=_people(alliance)))
    step = request.POST.get("step", "look")
    if step == "change":
        kept = {"text": request.POST.get("text", "")}
        return _ask(request, alliance, PeopleImportForm(initial=kept, back=_people(alliance)))
    form = PeopleImportForm(request.POST, request.FILES, back=_people(alliance))
    if not form.is_valid():
        return _ask(request, alliance, form)
    text = form.cleaned_data["list"]
    try:
        if step == "add":
            messages.success(request, _told(import_people(alliance=alliance, text=text)))
            return redirect("people", alliance.pk)
        plan = preview_people(alliance=alliance, text=text)
    except Refused as refusal:
        # A file's lines come back as text, so that they can be put right here.
        form = PeopleImportForm(initial={"text": text}, back=_people(alliance))
        return _ask(request, alliance, form, refusal)
    return render(
        request,
        "alliances/people_preview.html",
        {"alliance": alliance, "section": "people", "plan": plan, "text": text},
    )


def _ask(
    request: HttpRequest,
    alliance: Alliance,
    form: PeopleImportForm,
    refusal: Refused | None = None,
) -> HttpResponse:
    return render(
        request,
        "alliances/people_import.html",
        {
            "alliance": alliance,
            "section": "people",
            "form": form,
            "headings": {column: heading_of(column) for column in COLUMNS},
            "languages": ", ".join(words_for(names)[0] for names in languages().values()),
            "refusal": refusal,
        },
        status=UNPROCESSABLE if refusal or form.errors else 200,
    )


def _people(alliance: Alliance) -> str:
    return reverse("people", args=[alliance.pk])


def _told(plan: Plan) -> str:
    if plan.adds_nothing:
        return _("Everybody on the list was there already. Nothing is added.")
    added = []
    if plan.new_organisations:
        count = plan.new_organisations
        added.append(ngettext("%(n)d organisation", "%(n)d organisations", count) % {"n": count})
    if plan.new_people:
        count = plan.new_people
        added.append(ngettext("%(n)d person", "%(n)d people", count) % {"n": count})
    return _("Added: %(what)s.") % {"what": ", ".join(added)}
