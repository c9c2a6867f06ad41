"""The register of assumptions, sources and standards, and where each party stands on them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from alliances.errors import Refused
from alliances.forms.common_ground import (
    GroundItemForm,
    NewGroundItemForm,
    OwnPositionForm,
    PositionsForm,
)
from alliances.models import GroundItem, Participant
from alliances.permissions import (
    may_edit_alliance,
    own_participant,
    rows_convened,
    rows_visible,
)
from alliances.services.common_ground import (
    PositionsOvertaken,
    add_item,
    askable_participants,
    item_of,
    items_waiting_for,
    positions_to_write,
    record_positions,
    register_of,
)
from alliances.services.common_ground.pages import item_page, register_page
from alliances.services.counts import quoted
from alliances.views.pages import UNPROCESSABLE, posted, user_of, visible_alliance
from alliances.views.record_pages import CONFLICT, add_page, edit_page, remove_page


def ground_item_address(item: GroundItem) -> str:
    return reverse("ground_item", args=[item.pk])


@login_required
@require_safe
def common_ground(request: HttpRequest, pk: int) -> HttpResponse:
    """The register: the widest split in full, then all items by how split they are."""
    user = user_of(request)
    alliance = visible_alliance(request, pk)
    own = own_participant(user, alliance)
    return render(
        request,
        "alliances/common_ground/register.html",
        {
            "alliance": alliance,
            "section": "records",
            "page": register_page(register_of(alliance=alliance), own),
            "own": own,
            "may_edit": may_edit_alliance(user, alliance),
        },
    )


@login_required
@require_safe
def ground_item(request: HttpRequest, pk: int) -> HttpResponse:
    """One item: each party's position and reason side by side."""
    user = user_of(request)
    item = _visible(request, pk)
    own = own_participant(user, item.alliance)
    return render(
        request,
        "alliances/common_ground/item.html",
        {
            "alliance": item.alliance,
            "section": "records",
            "page": item_page(item_of(item=item), own),
            "own": own,
            "waiting": items_waiting_for(alliance=item.alliance, participant=own),
            "may_edit": may_edit_alliance(user, item.alliance),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ground_item_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever belongs to the alliance adds an item."""
    alliance = visible_alliance(request, pk)
    return add_page(
        request,
        NewGroundItemForm,
        alliance=alliance,
        title=_("Add to the register"),
        lead=_(
            "Something that the work will rest on. Write it as one claim, so that each party can "
            "agree with it or not."
        ),
        to=ground_item_address,
        back=reverse("common_ground", args=[alliance.pk]),
        save=lambda **values: add_item(alliance=alliance, by=user_of(request), **values),
        done=_("Added. Next: where each party stands."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ground_item_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The convener changes an item's words."""
    item = _convened(request, pk)
    asked = item.positions.count()
    return edit_page(
        request,
        GroundItemForm,
        record=item,
        alliance=item.alliance,
        title=_("Change an item"),
        lead=ngettext(
            "%(count)d party has taken a position on these words. Where the meaning changes, add a "
            "new item instead, and ask again.",
            "%(count)d parties have taken a position on these words. Where the meaning changes, "
            "add a new item instead, and ask again.",
            asked,
        )
        % {"count": asked}
        if asked
        else "",
        to=ground_item_address,
        back=ground_item_address(item),
        removal=reverse("ground_item_remove", args=[item.pk]),
        removal_label=_("Remove this item"),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ground_item_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then takes an item from the register."""
    item = _convened(request, pk)
    asked = item.positions.count()
    return remove_page(
        request,
        record=item,
        alliance=item.alliance,
        title=_("Remove this item?"),
        consequences=[
            quoted(item.text),
            ngettext(
                "The position of %(count)d party and its reason are deleted.",
                "The positions of %(count)d parties and their reasons are deleted.",
                asked,
            )
            % {"count": asked}
            if asked
            else _("Nobody has taken a position on it."),
        ],
        label=_("Remove the item"),
        back=reverse("ground_item_edit", args=[item.pk]),
        to=reverse("common_ground", args=[item.alliance_id]),
        done=_("The item is removed."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def positions_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The convener records where each party stands, on one page."""
    item = _convened(request, pk)
    participants = list(askable_participants(item.alliance))
    return _positions_page(request, PositionsForm, item, participants, _("Where parties stand"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def position_own(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever belongs to an organisation says where it stands."""
    item = _visible(request, pk)
    own = own_participant(user_of(request), item.alliance)
    if own is None:
        raise Http404
    title = _("Where %(name)s stands") % {"name": own.name}
    return _positions_page(request, OwnPositionForm, item, [own], title)


def _positions_page(
    request: HttpRequest,
    form_class: type[PositionsForm],
    item: GroundItem,
    participants: list[Participant],
    title: str,
) -> HttpResponse:
    form = form_class(
        posted(request),
        stand=positions_to_write(item=item, participants=participants),
        back=ground_item_address(item),
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            changed = record_positions(item=item, told=form.told, by=user_of(request))
        except PositionsOvertaken as overtaken:
            form.overtaken(overtaken)
            status = CONFLICT
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Saved.") if changed else _("Nothing was changed."))
            return HttpResponseRedirect(ground_item_address(item))
    if status == 200 and form.errors:
        status = UNPROCESSABLE
    context = {
        "form": form,
        "title": title,
        "item": item,
        "alliance": item.alliance,
        "section": "records",
        "nobody": not participants,
    }
    return render(request, "alliances/common_ground/positions.html", context, status=status)


def _visible(request: HttpRequest, pk: int) -> GroundItem:
    rows = rows_visible(GroundItem.objects.all(), user_of(request), "alliance")
    item: GroundItem = get_object_or_404(rows.select_related("alliance"), pk=pk)
    return item


def _convened(request: HttpRequest, pk: int) -> GroundItem:
    rows = rows_convened(GroundItem.objects.all(), user_of(request), "alliance")
    item: GroundItem = get_object_or_404(rows.select_related("alliance"), pk=pk)
    return item
