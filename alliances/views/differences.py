"""Two parties look at each other: both write, then both read, at the same moment."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alliances.errors import Refused
from alliances.forms.differences import OpenDifferenceForm, StrengthsForm, ViewForm
from alliances.models import DifferencePair, DifferenceView, Participant
from alliances.permissions import (
    differences_own,
    differences_readable_by,
    may_edit_alliance,
    may_write_view,
    own_participant,
    rows_convened,
)
from alliances.services.differences import (
    Difference,
    difference_of,
    differences_of,
    open_difference,
    remove_difference,
    write_strengths,
    write_view,
)
from alliances.views.pages import (
    confirm_page,
    convened_alliance,
    form_page,
    posted,
    user_of,
    visible_alliance,
)
from alliances.views.record_pages import edit_page


def difference_address(pair: DifferencePair) -> str:
    return reverse("difference", args=[pair.pk])


@login_required
@require_safe
def differences(request: HttpRequest, pk: int) -> HttpResponse:
    """Which pairs are at it, and which have seen how each looks to the other. To the reader's own,
    and for a convener to all, it leads on."""
    user = user_of(request)
    alliance = visible_alliance(request, pk)
    may_edit = may_edit_alliance(user, alliance)
    return render(
        request,
        "alliances/common_ground/differences.html",
        {
            "alliance": alliance,
            "section": "records",
            "differences": differences_of(
                alliance=alliance, reader=own_participant(user, alliance), convenes=may_edit
            ),
            "may_edit": may_edit,
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def difference_open(request: HttpRequest, pk: int) -> HttpResponse:
    """The convener asks two organisations to look at each other."""
    alliance = convened_alliance(request, pk)
    form = OpenDifferenceForm(
        posted(request), alliance=alliance, back=reverse("differences", args=[alliance.pk])
    )
    if request.method == "POST" and form.is_valid():
        try:
            pair = open_difference(alliance=alliance, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, _("They are asked. Tell them: the page waits for both of them.")
            )
            return HttpResponseRedirect(difference_address(pair))
    return form_page(
        request,
        form,
        title=_("Ask two to look at each other"),
        alliance=alliance,
        section="records",
        lead=_(
            "Each writes how it sees itself and how it sees the other. Nobody reads a word of it "
            "until both have written: you neither. Then both read at the same moment."
        ),
    )


@login_required
@require_safe
def difference(request: HttpRequest, pk: int) -> HttpResponse:
    """For the two and the convener: who has written, and after both have, what."""
    user = user_of(request)
    pair = _readable(request, pk)
    found = difference_of(pair=pair)
    own = own_participant(user, pair.alliance)
    mine = found.side_of(own)
    may_edit = may_edit_alliance(user, pair.alliance)
    return render(
        request,
        "alliances/common_ground/difference.html",
        {
            "alliance": pair.alliance,
            "section": "records",
            "difference": found,
            "mine": mine,
            "theirs": found.opposite(mine.participant) if mine is not None else None,
            "may_edit": may_edit,
            "may_change": mine is not None
            and may_write_view(user, pair, mine.participant, may_edit),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def difference_write(request: HttpRequest, pk: int) -> HttpResponse:
    """One of the two writes how it sees itself and the other. With the second of them, both read."""
    user = user_of(request)
    pair, own, found = _own(request, pk)
    them = found.opposite(own).participant
    convenes = may_edit_alliance(user, pair.alliance)
    if request.method != "POST":
        if pair.revealed_at is not None:
            return redirect("difference", pair.pk)
        if not may_write_view(user, pair, own, convenes):
            messages.info(request, _("A colleague of yours has written. You read it when all do."))
            return redirect("difference", pair.pk)
    # What was sent and refused comes back as it was sent, without a word of what is stored.
    stored = pair.views.filter(participant=own).first() if pair.revealed_at is None else None
    return edit_page(
        request,
        ViewForm,
        options={"them": them},
        record=stored or DifferenceView(pair=pair, participant=own, edition=0),
        alliance=pair.alliance,
        title=_("%(own)s and %(them)s") % {"own": own, "them": them},
        lead=_(
            "Nobody reads this until %(them)s has written too: the convener neither. Then you, "
            "they and the convener read both at the same moment, and neither side can change it "
            "any more. All other members see only that you two are at it."
        )
        % {"them": them},
        to=lambda view: difference_address(pair),
        back=difference_address(pair),
        save=lambda edition, **values: write_view(
            pair=pair, participant=own, edition=edition, by=user, convenes=convenes, **values
        ),
        done=_("Handed in."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def difference_strengths(request: HttpRequest, pk: int) -> HttpResponse:
    """After both can read, each names the strengths that it sees on each side."""
    user = user_of(request)
    pair, own, found = _own(request, pk)
    if pair.revealed_at is None:
        messages.info(request, _("The strengths come after both have written."))
        return redirect("difference", pair.pk)
    view = get_object_or_404(pair.views.select_related("pair"), participant=own)
    them = found.opposite(own).participant
    return edit_page(
        request,
        StrengthsForm,
        options={"them": them},
        record=view,
        alliance=pair.alliance,
        title=_("Strengths on both sides"),
        lead=_(
            "You have read how each sees the other. What is strong in it, for this alliance? You, "
            "%(them)s and the convener read it at once."
        )
        % {"them": them},
        to=lambda view: difference_address(pair),
        back=difference_address(pair),
        save=lambda edition, **values: write_strengths(
            view=view, edition=edition, by=user, **values
        ),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def difference_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then takes the question to two organisations back, with what they wrote."""
    rows = rows_convened(DifferencePair.objects.all(), user_of(request), "alliance")
    pair = get_object_or_404(rows.select_related("alliance", "first", "second"), pk=pk)
    if request.method == "POST":
        remove_difference(pair=pair)
        messages.success(request, _("Removed."))
        return redirect("differences", pair.alliance_id)
    return confirm_page(
        request,
        title=_("Remove the pair %(first)s and %(second)s?")
        % {"first": pair.first, "second": pair.second},
        alliance=pair.alliance,
        consequences=[
            _("What they wrote of themselves and each other, and the strengths, are deleted.")
            if pair.revealed_at is not None
            else _("What either has written so far is deleted, and nobody will have read it."),
            _("You can ask them again later. They begin anew then."),
        ],
        label=_("Remove the pair"),
        back=difference_address(pair),
        section="records",
    )


def _readable(request: HttpRequest, pk: int) -> DifferencePair:
    """A pair for its two and the convener; for others there is none."""
    rows = differences_readable_by(user_of(request))
    return get_object_or_404(rows.select_related("alliance", "first", "second"), pk=pk)


def _own(request: HttpRequest, pk: int) -> tuple[DifferencePair, Participant, Difference]:
    """A pair that the user's organisation is one of, and which. For others there is none."""
    user = user_of(request)
    rows = differences_own(user).select_related("alliance", "first", "second")
    pair = get_object_or_404(rows, pk=pk)
    found = difference_of(pair=pair)
    own = own_participant(user, pair.alliance)
    assert own is not None  # noqa: S101 (the rows are those of own organisations)
    return pair, own, found
