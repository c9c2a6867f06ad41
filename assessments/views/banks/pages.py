"""What every page of a bank does the same way: fetch what the user may write, show and take a form."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.views.pages import UNPROCESSABLE, user_of
from alliances.views.record_pages import saving_page
from assessments.forms.banks.base import PartForm
from assessments.models import Bank, Dimension, Question
from assessments.permissions import may_curate_banks

READ = ["GET", "HEAD"]
WRITE = ["GET", "HEAD", "POST"]

_IN_A_DRAFT = Q(bank__status=Bank.Status.DRAFT, bank__alliance__isnull=True)


def curators(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Lets those through who write question banks; for others the page does not exist."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_curate_banks(user_of(request)):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def bank_of(pk: int) -> Bank:
    """The version. Raises Http404, also for what is one alliance's own."""
    return get_object_or_404(Bank.objects.shared(), pk=pk)


def draft_of(pk: int) -> Bank:
    """The version, where it is a draft; what is published has no page that changes it."""
    return get_object_or_404(Bank.objects.shared(), pk=pk, status=Bank.Status.DRAFT)


def dimension_of(pk: int) -> Dimension:
    """The dimension of a draft, its bank with it."""
    dimensions = Dimension.objects.select_related("bank", "changed_by")
    return get_object_or_404(dimensions.filter(_IN_A_DRAFT), pk=pk)


def question_of(pk: int) -> Question:
    """The question of a draft, its bank and dimension with it."""
    questions = Question.objects.select_related("bank", "dimension", "changed_by")
    return get_object_or_404(questions.filter(_IN_A_DRAFT), pk=pk)


def page_of(bank: Bank, anchor: str = "") -> str:
    """The address of the version's page, at a dimension or question where `anchor` names one."""
    return reverse("bank", args=[bank.pk]) + (f"#{anchor}" if anchor else "")


def name_of(bank: Bank) -> str:
    """The bank with its version, as the line above a heading says it."""
    return _("%(title)s, version %(version)d") % {"title": bank.title, "version": bank.version}


_MOVE = re.compile(r"(dimension|question)-([0-9]{1,18})-(up|down)", re.ASCII)


@dataclass(frozen=True)
class Move:
    """One place up or down, as a button asks for it."""

    kind: str
    pk: int
    way: str

    def __str__(self) -> str:
        return f"{self.kind}-{self.pk}-{self.way}"


def read_move(text: str) -> Move | None:
    """The move of which this is the button's value; None for none."""
    found = _MOVE.fullmatch(text)
    return Move(found[1], int(found[2]), found[3]) if found else None


def part_page(
    request: HttpRequest,
    form: PartForm,
    *,
    bank: Bank | None,
    title: str,
    save: Callable[[], Any],
    to: Callable[[Any], str],
    done: str = "",
    template: str = "assessments/banks/form.html",
    **page: Any,
) -> HttpResponse:
    """A form that writes a part of a draft by `save()`, and then leads to the address `to(saved)`."""
    return saving_page(
        request,
        form,
        save=save,
        to=to,
        done=done,
        template=template,
        title=title,
        bank=bank,
        section="banks",
        **page,
    )


def asked_first(
    request: HttpRequest,
    *,
    bank: Bank,
    title: str,
    consequences: list[str],
    label: str,
    act: Callable[[], Any],
    to: str,
    back: str,
    done: str,
) -> HttpResponse:
    """Asks, then does it: what follows, one button, a way back."""
    refusal = None
    if request.method == "POST":
        try:
            act()
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, done)
            return HttpResponseRedirect(to)
    context = {
        "title": title,
        "bank": bank,
        "section": "banks",
        "consequences": consequences,
        "label": label,
        "back": back,
        "refusal": refusal,
    }
    status = UNPROCESSABLE if refusal else 200
    return render(request, "assessments/banks/confirm.html", context, status=status)
