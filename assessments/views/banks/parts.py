"""The parts of a draft: its own texts and reading, its dimensions and questions, and their order."""

from __future__ import annotations

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alliances.errors import Refused
from alliances.views.pages import posted, user_of
from assessments.forms.banks.bank import BankForm
from assessments.forms.banks.parts import OWN, DimensionForm, QuestionForm, scale_of
from assessments.forms.banks.reading import RULE_TITLES, ReadingForm
from assessments.models import Dimension, Question
from assessments.services.banks import order, parts
from assessments.services.banks.scales import worded_scales
from assessments.views.banks.pages import (
    WRITE,
    asked_first,
    curators,
    dimension_of,
    draft_of,
    page_of,
    part_page,
    question_of,
    read_move,
)


@curators
@require_http_methods(WRITE)
def bank_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The texts that the whole bank has."""
    draft = draft_of(pk)
    form = BankForm(posted(request), part=draft, back=page_of(draft))
    return part_page(
        request,
        form,
        bank=draft,
        title=_("The bank as a whole"),
        save=lambda: parts.change_bank(
            bank=draft, edition=form.began_from, by=user_of(request), data=form.data_given
        ),
        to=page_of,
    )


@curators
@require_http_methods(WRITE)
def bank_reading(request: HttpRequest, pk: int) -> HttpResponse:
    """How a result is read. `rule` in the address is the one whose texts are written."""
    draft = draft_of(pk)
    current = draft.reading.get("rule", "weakest")
    rule = request.GET.get("rule", current)
    if rule not in RULE_TITLES:
        raise Http404
    codes = list(draft.dimensions.order_by("position").values_list("code", flat=True))
    form = ReadingForm(
        posted(request), part=draft, rule=rule, dimensions=codes, back=page_of(draft)
    )
    return part_page(
        request,
        form,
        bank=draft,
        title=_("How a result is read"),
        save=lambda: parts.change_bank(
            bank=draft, edition=form.began_from, by=user_of(request), data=form.data_given
        ),
        to=page_of,
        template="assessments/banks/reading.html",
        rules=RULE_TITLES,
        rule=rule,
        current=current,
    )


# Dimensions --------------------------------------------------------------------------------------


@curators
@require_http_methods(WRITE)
def dimension_new(request: HttpRequest, pk: int) -> HttpResponse:
    draft = draft_of(pk)
    form = DimensionForm(posted(request), back=page_of(draft))
    return part_page(
        request,
        form,
        bank=draft,
        title=_("A new dimension"),
        save=lambda: parts.add_dimension(bank=draft, by=user_of(request), data=form.data_given),
        to=_place_of,
        done=_("Added."),
    )


@curators
@require_http_methods(WRITE)
def dimension_edit(request: HttpRequest, pk: int) -> HttpResponse:
    dimension = dimension_of(pk)
    form = DimensionForm(posted(request), part=dimension, back=_place_of(dimension))
    return part_page(
        request,
        form,
        bank=dimension.bank,
        title=dimension.title,
        save=lambda: parts.change_dimension(
            dimension=dimension, edition=form.began_from, by=user_of(request), data=form.data_given
        ),
        to=_place_of,
        removal=reverse("dimension_remove", args=[dimension.pk]),
        removal_label=_("Remove this dimension"),
    )


@curators
@require_http_methods(WRITE)
def dimension_remove(request: HttpRequest, pk: int) -> HttpResponse:
    dimension = dimension_of(pk)
    number = dimension.questions.count()
    return asked_first(
        request,
        bank=dimension.bank,
        title=_("Remove “%(title)s”?") % {"title": dimension.title},
        consequences=[
            _("Its questions go with it: %(number)d.") % {"number": number},
            _("Versions that are published keep them."),
        ],
        label=_("Remove it"),
        act=lambda: parts.remove_dimension(dimension=dimension),
        to=page_of(dimension.bank),
        back=_place_of(dimension),
        done=_("Removed."),
    )


# Questions ---------------------------------------------------------------------------------------


@curators
@require_http_methods(WRITE)
def question_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A question at a dimension's end; `more` leads on to the next one."""
    dimension = dimension_of(pk)
    questions = list(dimension.bank.questions.order_by("dimension__position", "position"))
    form = QuestionForm(
        posted(request),
        bank=dimension.bank,
        scales=[scale_of(question) for question in questions],
        initial=_beginning(dimension, questions),
        back=_place_of(dimension),
    )

    def to(question: Question) -> str:
        if "more" in request.POST:
            return reverse("question_new", args=[dimension.pk])
        return _place_of(question)

    return part_page(
        request,
        form,
        bank=dimension.bank,
        title=_("A new question in “%(title)s”") % {"title": dimension.title},
        save=lambda: parts.add_question(
            dimension=dimension, by=user_of(request), data=form.data_given
        ),
        to=to,
        done=_("Added."),
        template="assessments/banks/question.html",
    )


def _beginning(dimension: Dimension, questions: list[Question]) -> dict[str, Any]:
    """A new question's next code and usual scale: as those beside it have them."""
    beside = [question for question in questions if question.dimension_id == dimension.pk]
    codes = {question.code.casefold() for question in questions}
    letters = re.sub(r"[0-9]+$", "", beside[-1].code) if beside else dimension.code[:2].upper()
    number = len(beside) + 1
    while f"{letters}{number}".casefold() in codes:
        number += 1
    scales = list(dict.fromkeys(scale_of(question) for question in questions))
    last = next(iter((beside or questions)[-1:]), None)
    # Without ready words in the bank's language, the fields for other ones stand open.
    first = "0" if worded_scales(dimension.bank.language) else OWN
    return {
        "code": f"{letters}{number}",
        "scale": str(scales.index(scale_of(last))) if last else first,
        "source": last.source if last else dimension.source,
    }


@curators
@require_http_methods(WRITE)
def question_edit(request: HttpRequest, pk: int) -> HttpResponse:
    question = question_of(pk)
    others = list(question.bank.questions.order_by("dimension__position", "position"))
    homes = [
        (dimension, [other for other in others if other.dimension_id == dimension.pk])
        for dimension in question.bank.dimensions.order_by("position")
    ]
    form = QuestionForm(
        posted(request),
        part=question,
        bank=question.bank,
        scales=[scale_of(other) for other in others],
        homes=homes,
        back=_place_of(question),
    )
    return part_page(
        request,
        form,
        bank=question.bank,
        title=_("%(code)s in “%(title)s”")
        % {"code": question.code, "title": question.dimension.title},
        save=lambda: parts.change_question(
            question=question,
            edition=form.began_from,
            by=user_of(request),
            data=form.data_given,
            place=form.new_place,
        ),
        to=_place_of,
        template="assessments/banks/question.html",
        removal=reverse("question_remove", args=[question.pk]),
        removal_label=_("Remove this question"),
    )


@curators
@require_http_methods(WRITE)
def question_remove(request: HttpRequest, pk: int) -> HttpResponse:
    question = question_of(pk)
    return asked_first(
        request,
        bank=question.bank,
        title=_("Remove %(code)s?") % {"code": question.code},
        consequences=[question.text, _("Versions that are published keep it.")],
        label=_("Remove it"),
        act=lambda: parts.remove_question(question=question),
        to=_place_of(question.dimension),
        back=_place_of(question),
        done=_("Removed."),
    )


# Order -------------------------------------------------------------------------------------------


@curators
@require_http_methods(["POST"])
def bank_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Moves a dimension or a question one place; the page comes back with that button in focus."""
    draft = draft_of(pk)
    asked = read_move(request.POST.get("move", ""))
    if asked is None:
        raise Http404
    by = -1 if asked.way == "up" else 1
    try:
        if asked.kind == "dimension":
            order.move_dimension(dimension=dimension_of(asked.pk), by=by)
        else:
            order.move_question(question=question_of(asked.pk), by=by)
    except Refused as refusal:
        raise Http404 from refusal
    return HttpResponseRedirect(f"{page_of(draft)}?moved={asked}")


def _place_of(part: Dimension | Question) -> str:
    return page_of(part.bank) + _anchor(part)


def _anchor(part: Dimension | Question) -> str:
    letter = "d" if isinstance(part, Dimension) else "q"
    return f"#{letter}-{part.pk}"
