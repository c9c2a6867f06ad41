"""The purpose check: who has written, one's own sentence, and all of them side by side."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from alliances.errors import Refused
from alliances.forms.purpose import SentenceForm
from alliances.models import Participant, PurposeCheck, PurposeSentence
from alliances.permissions import may_edit_alliance, own_participant, rows_convened, rows_visible
from alliances.services.charter.draft import draft_of
from alliances.services.purpose.check import close_check, open_check, write_sentence
from alliances.services.purpose.reading import open_state, purpose_page
from alliances.views.pages import confirm_page, convened_alliance, user_of, visible_alliance
from alliances.views.record_pages import edit_page

READ_WRITE = ["GET", "HEAD", "POST"]
SECTION = "charter"


@login_required
@require_safe
def purpose_check(request: HttpRequest, pk: int) -> HttpResponse:
    """The open check, else the latest; `?check=` and a key show an earlier one."""
    user, alliance = user_of(request), visible_alliance(request, pk)
    own = own_participant(user, alliance)
    page = purpose_page(alliance=alliance, own=own, chosen=_chosen(request))
    if page is None:
        raise Http404
    may_edit = may_edit_alliance(user, alliance)
    return render(
        request,
        "alliances/purpose/page.html",
        {
            "alliance": alliance,
            "section": SECTION,
            "page": page,
            "own": own,
            "may_write": own is not None and own.status == Participant.Status.ACCEPTED,
            "may_edit": may_edit,
            "draft": draft_of(alliance) if may_edit and page.closed else None,
            "has_charter": alliance.charter_versions.exists(),
        },
    )


@login_required
@require_http_methods(READ_WRITE)
def purpose_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then opens a check."""
    alliance = convened_alliance(request, pk)
    refusal = ""
    if request.method == "POST":
        try:
            open_check(alliance=alliance)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("The purpose check is open. Tell the parties."))
            return redirect("purpose_check", alliance.pk)
    return confirm_page(
        request,
        title=_("Open a purpose check?"),
        alliance=alliance,
        section=SECTION,
        consequences=[
            _("Each party is asked to write in one sentence what the alliance is to reach."),
            _("Nobody sees another’s sentence until all have written, or until you close it."),
            _("No mail goes out: tell the parties that the sentence is written here."),
        ],
        label=_("Open the purpose check"),
        back=reverse("purpose_check", args=[alliance.pk]),
        refusal=refusal,
    )


@login_required
@require_http_methods(READ_WRITE)
def purpose_sentence(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own party's sentence, until the check is closed."""
    user = user_of(request)
    check = get_object_or_404(
        rows_visible(PurposeCheck.objects.select_related("alliance"), user, "alliance"), pk=pk
    )
    own = own_participant(user, check.alliance)
    if own is None or own.status != Participant.Status.ACCEPTED:
        raise Http404
    here = _address(check)
    if check.closed_at is not None and request.method != "POST":
        return redirect(here)
    # One that is not stored yet is edition 0: nobody's.
    blank = PurposeSentence(check_held=check, participant=own, edition=0)
    stored = check.sentences.filter(participant=own).first()

    def save(*, edition: int, text: str) -> PurposeSentence:
        return write_sentence(check=check, participant=own, text=text, edition=edition, by=user)

    return edit_page(
        request,
        SentenceForm,
        record=stored or blank,
        alliance=check.alliance,
        title=_("The purpose, as %(name)s puts it") % {"name": own.name},
        lead=_(
            "One sentence on what the alliance is to reach: what will be different, for whom, and "
            "by when. Not how, and not what your organisation does."
        ),
        to=lambda record: here,
        back=here,
        save=save,
        section=SECTION,
        template="alliances/purpose/sentence.html",
    )


@login_required
@require_http_methods(READ_WRITE)
def purpose_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then shows the sentences that are there."""
    check = get_object_or_404(
        rows_convened(
            PurposeCheck.objects.select_related("alliance"), user_of(request), "alliance"
        ),
        pk=pk,
    )
    here = _address(check)
    if check.closed_at is not None:
        return redirect(here)
    refusal = ""
    if request.method == "POST":
        try:
            close_check(check=check)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("The purpose check is closed."))
            return redirect(here)
    state = open_state(check)
    return confirm_page(
        request,
        title=_("Close the purpose check?"),
        alliance=check.alliance,
        section=SECTION,
        consequences=[
            _("All members see the sentences that are written: %(written)d of %(all)d.")
            % {"written": state.written, "all": len(state.parties)},
            *(
                [
                    ngettext(
                        "%(names)s has not written, and can no longer do so in this check.",
                        "%(names)s have not written, and can no longer do so in this check.",
                        len(state.silent),
                    )
                    % {"names": state.silent_names}
                ]
                if state.silent
                else []
            ),
            _("No sentence changes any more. You can open another check later."),
        ],
        label=_("Close it and show the sentences"),
        back=here,
        refusal=refusal,
    )


def _address(check: PurposeCheck) -> str:
    return reverse("purpose_check", args=[check.alliance_id])


def _chosen(request: HttpRequest) -> int | None:
    """The key of an earlier check, where the address asks for one. Raises Http404 for nonsense."""
    key = request.GET.get("check")
    if key is None:
        return None
    if not key.isascii() or not key.isdecimal():
        raise Http404
    return int(key[:20])
