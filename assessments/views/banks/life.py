"""All banks, one of them, and its life: begun, compared, published, retired, discarded."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alliances.errors import Refused
from alliances.views.pages import UNPROCESSABLE, posted, user_of
from assessments.forms.banks.bank import NewBankForm
from assessments.forms.banks.reading import RULE_TITLES
from assessments.models import Bank
from assessments.services.banks.changes import difference_of
from assessments.services.banks.drafts import (
    create_bank,
    discard_draft,
    draft_digest,
    draft_next_version,
    publish_draft,
    retire_bank,
)
from assessments.services.banks.findings import seconds_to_answer
from assessments.services.banks.rows import document_of
from assessments.services.banks.shelf import read_bank, read_shelf, versions_of
from assessments.services.banks.store import shipped_codes
from assessments.views.banks.files import FORMATS
from assessments.views.banks.pages import (
    READ,
    WRITE,
    asked_first,
    bank_of,
    curators,
    draft_of,
    name_of,
    page_of,
    read_move,
)
from assessments.views.banks.preview import paper_forms


@curators
@require_http_methods(READ)
def banks(request: HttpRequest) -> HttpResponse:
    """Every bank with its versions."""
    context = {"section": "banks", "shelf": read_shelf()}
    return render(request, "assessments/banks/list.html", context)


@curators
@require_http_methods(WRITE)
def bank_new(request: HttpRequest) -> HttpResponse:
    """Begins a bank, empty or as a copy."""
    models = [version for shelved in read_shelf() for version in shelved.versions[:1]]
    form = NewBankForm(
        posted(request),
        banks=models,
        initial={"like": request.GET.get("like", ""), "language": get_language()},
        back=reverse("banks"),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            bank = create_bank(
                code=form.cleaned_data["code"],
                title=given["title"],
                language=given["language"],
                by=user_of(request),
                like=form.like_bank,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The draft is begun."))
            return HttpResponseRedirect(page_of(bank))
    context = {
        "form": form,
        "section": "banks",
        "title": _("A new question bank"),
        "lead": _(
            "A bank is an instrument: dimensions, each with its questions. It begins as a draft."
        ),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "assessments/banks/form.html", context, status=status)


@curators
@require_http_methods(READ)
def bank(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: its questions in order and what is worth a look; of a draft, all ways to change it."""
    version = bank_of(pk)
    page = read_bank(version)
    context = {
        "section": "banks",
        "bank": version,
        "page": page,
        "versions": versions_of(version.code),
        "is_draft": version.status == Bank.Status.DRAFT,
        "minutes": max(1, round(seconds_to_answer(page.document) / 60)),
        "moved": read_move(request.GET.get("moved", "")),
        "rule": RULE_TITLES[version.reading.get("rule", "weakest")],
        "paper_forms": paper_forms(version, page.document),
        "is_shipped": version.code in shipped_codes(),
        "formats": [(format, label) for format, (label, _type) in FORMATS.items()],
    }
    return render(request, "assessments/banks/bank.html", context)


@curators
@require_http_methods(READ)
def bank_compare(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """What is different between a version and an earlier one, side by side."""
    after = bank_of(pk)
    before = get_object_or_404(Bank.objects.shared(), pk=other, code=after.code)
    documents = [document_of(one, draft=one.status == Bank.Status.DRAFT) for one in (before, after)]
    context = {
        "section": "banks",
        "bank": after,
        "before": before,
        "difference": difference_of(*documents),
        "with_marks": after.since == before.version,
    }
    return render(request, "assessments/banks/compare.html", context)


@curators
@require_http_methods(["POST"])
def bank_next(request: HttpRequest, pk: int) -> HttpResponse:
    """Begins the next version, or leads to the one that is begun already."""
    version = bank_of(pk)
    try:
        draft = draft_next_version(bank=version, by=user_of(request))
    except Refused as refusal:
        draft = get_object_or_404(Bank, code=version.code, status=Bank.Status.DRAFT)
        messages.info(request, refusal.message)
    else:
        messages.success(request, _("The draft is begun. It says what the version before it says."))
    return HttpResponseRedirect(page_of(draft))


@curators
@require_http_methods(WRITE)
def bank_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed and what is worth a look; then, for good, the button.

    A POST carries the digest of what was seen, and of each changed question what kind of change it is.
    """
    draft = draft_of(pk)
    refusal = None
    marks = {
        name.removeprefix("mark-"): request.POST[name]
        for name in request.POST
        if name.startswith("mark-")
    }
    if request.method == "POST":
        try:
            publish_draft(
                bank=draft, seen=request.POST.get("seen", ""), by=user_of(request), marks=marks
            )
        except Refused as refused:
            refusal = refused
        else:
            messages.success(
                request,
                _("Version %(version)d is published. New rounds ask it.")
                % {"version": draft.version},
            )
            return HttpResponseRedirect(page_of(draft))
    page = read_bank(draft)
    changes = page.changes
    context = {
        "section": "banks",
        "bank": draft,
        "page": page,
        "difference": changes,
        "to_mark": [
            (change, marks.get(change.code, change.mark))
            for change in (changes.questions if changes else ())
            if change.needs_mark
        ],
        "seen": draft_digest(page.document),
        "refusal": refusal,
    }
    status = UNPROCESSABLE if refusal else 200
    return render(request, "assessments/banks/publish.html", context, status=status)


@curators
@require_http_methods(WRITE)
def bank_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then retires a version that is published."""
    version = get_object_or_404(Bank.objects.shared(), pk=pk, status=Bank.Status.PUBLISHED)
    return asked_first(
        request,
        bank=version,
        title=_("Retire %(bank)s?") % {"bank": name_of(version)},
        consequences=[
            _("No new round asks it. A version that is retired stays so."),
            _("Rounds that ask it now go on, and results stay as they are."),
        ],
        label=_("Retire it"),
        act=lambda: retire_bank(bank=version, by=user_of(request)),
        to=page_of(version),
        back=page_of(version),
        done=_("Retired."),
    )


@curators
@require_http_methods(WRITE)
def bank_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then throws the draft away."""
    draft = draft_of(pk)
    others = Bank.objects.filter(code=draft.code).exclude(pk=draft.pk).order_by("-version")
    latest = others.first()
    return asked_first(
        request,
        bank=draft,
        title=_("Discard the draft of %(bank)s?") % {"bank": name_of(draft)},
        consequences=[
            _("All that is written in it is gone. Export it first, if it may be needed."),
            _("Versions that are published stay."),
        ],
        label=_("Discard it"),
        act=lambda: discard_draft(bank=draft, by=user_of(request)),
        to=page_of(latest) if latest else reverse("banks"),
        back=page_of(draft),
        done=_("The draft is discarded."),
    )
