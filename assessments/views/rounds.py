"""The convener's rounds: opened, watched, reminded of, closed. Members see the list and results."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alliances.errors import Refused
from alliances.models import Alliance
from alliances.services.counts import first_capital, in_words, listed
from alliances.views.pages import UNPROCESSABLE, convened_alliance, form_page, posted, user_of
from assessments.foresight import foresee_round
from assessments.forms.rounds import ForecastForm, NewLinkForm, RoundForm
from assessments.models import Bank, Invitation, Round
from assessments.permissions import may_run_rounds
from assessments.progress import read_progress, read_rounds
from assessments.services.asking import (
    Instrument,
    banks_to_ask,
    minutes_to_answer,
    next_name,
    read_instruments,
    who_can_be_asked,
    with_elements,
)
from assessments.services.invitations import (
    Delivery,
    preview_reminder,
    send_invitations,
    send_link,
    send_own_result,
    send_reminders,
)
from assessments.services.questionnaire import read_dimensions
from assessments.services.rounds import close_round, open_round, set_forecast
from assessments.services.workbook import workbooks
from assessments.services.working_rules_check import open_rules_check, read_rules_check

READ = ["GET", "HEAD"]
WRITE = ["GET", "HEAD", "POST"]


def _run_round(request: HttpRequest, pk: int) -> Round:
    """The round, where this user convenes its alliance; else it does not exist."""
    round_: Round = get_object_or_404(
        Round.objects.convened_by(user_of(request)).select_related("alliance", "bank"), pk=pk
    )
    return round_


def _base_url(request: HttpRequest) -> str:
    return request.build_absolute_uri("/")


@login_required
@require_http_methods(READ)
@never_cache
def round_list(request: HttpRequest, pk: int) -> HttpResponse:
    """All rounds of an alliance. How far an open one is, conveners alone see."""
    alliance = get_object_or_404(Alliance.objects.visible_to(user_of(request)), pk=pk)
    may_run = may_run_rounds(user_of(request), alliance)
    rounds = read_rounds(alliance, user_of(request).email, about_persons=may_run)
    context = {
        "alliance": alliance,
        "section": "rounds",
        "may_run": may_run,
        "rounds": rounds,
        "minutes": _minutes() if may_run and not rounds else "",
        "has_open": any(round_.is_open for round_ in rounds),
        "workbooks": workbooks(),
    }
    return render(request, "assessments/rounds/list.html", context)


@login_required
@require_http_methods(WRITE)
@never_cache
def round_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens a round and sends its invitations: first what to ask (`bank`), then whom, and the terms."""
    alliance = convened_alliance(request, pk)
    check = read_rules_check(alliance)
    instruments = read_instruments(alliance, check)
    free = [one for one in instruments if one.under_way is None]
    if not free:
        context = {
            "alliance": alliance,
            "section": "rounds",
            "rounds": [one.under_way for one in instruments],
        }
        return render(request, "assessments/rounds/under_way.html", context)
    chosen = _chosen(request, free)
    if chosen is None:
        instruments = with_elements(instruments)
        context = {
            "alliance": alliance,
            "section": "rounds",
            "readiness": [one for one in instruments if one.judges],
            "further": [one for one in instruments if not one.judges],
            "check": check,
            "wrong": request.method == "POST",
        }
        status = UNPROCESSABLE if request.method == "POST" else 200
        return render(request, "assessments/rounds/choose.html", context, status=status)
    bank = chosen.bank
    form = RoundForm(
        posted(request),
        bank=bank,
        key=chosen.key,
        participants=who_can_be_asked(alliance, bank.audience),
        name=next_name(alliance, bank),
        back=reverse("round_new" if len(free) > 1 else "rounds", args=[alliance.pk]),
    )
    if not form.representatives:
        context = {
            "alliance": alliance,
            "section": "rounds",
            "of_convener": bank.audience == Bank.Audience.CONVENER and who_can_be_asked(alliance),
        }
        return render(request, "assessments/rounds/nobody.html", context)
    # Not to `#will-be-shown`, where who has looked at that stands: what is refused is said at the top.
    form.helper.form_action = request.get_full_path()
    # Whoever asks first what will be shown opens nothing by it.
    opening = request.method == "POST" and "look" not in request.POST
    if opening and form.is_valid() and form.is_read(alliance):
        given = form.cleaned_data
        mode, threshold = form.terms
        opens: Callable[..., Round] = (
            partial(open_rules_check, by=user_of(request))
            if chosen.asks_rules
            else partial(open_round, bank=bank, about=form.about)
        )
        try:
            round_ = opens(
                alliance=alliance,
                name=given["name"],
                mode=mode,
                threshold=threshold,
                closes_on=given["closes_on"],
                representatives=form.peers,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            delivery = send_invitations(round=round_, base_url=_base_url(request))
            _tell(request, delivery, _("The round is open."))
            return redirect("round", round_.pk)
    return form_page(
        request,
        form,
        title=_("Open a round: %(bank)s") % {"bank": bank.said.title},
        alliance=alliance,
        section="rounds",
        lead=_lead(bank),
    )


def _chosen(request: HttpRequest, free: list[Instrument]) -> Instrument | None:
    """What was chosen of `free`; the only one where there is no choice."""
    wanted = request.POST.get("bank") or request.GET.get("bank")
    if not wanted and len(free) == 1:
        return free[0]
    return next((one for one in free if one.key == wanted), None)


def _lead(bank: Bank) -> str:
    """What the convener reads above the terms of a round."""
    links = _("Everyone you choose gets a personal link by mail.")
    fixed = _("What you set here is fixed once the round is open.")
    if bank.is_about_oneself:
        alone = _(
            "The round is confidential. Whoever it is about reads the result by their own link, and "
            "nobody else does, you included."
        )
        return _joined(links, alone, fixed)
    if bank.audience == Bank.Audience.CONVENER:
        open_ = _(
            "Those who convene are too few for a confidential round, so this one is open: scores and "
            "comments are shown to all members with the organisation’s name."
        )
        return _joined(links, open_, fixed)
    if bank.audience == Bank.Audience.PARTNERS:
        two = _(
            "Choose people of two organisations: the partners whose work together this is about. What "
            "both picked in the workbook is asked."
        )
        return _joined(two, links, fixed)
    return _joined(links, fixed)


def _minutes() -> str:
    """How long it takes to answer how ready an alliance is."""
    banks = banks_to_ask()
    return minutes_to_answer([bank for bank in banks if bank.judges_alliance] or banks)


@login_required
@require_http_methods(READ)
@never_cache
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """An open round: who is missing. A closed one is its result."""
    round_ = get_object_or_404(
        Round.objects.visible_to(user_of(request)).select_related("alliance", "bank"), pk=pk
    )
    if not round_.is_open:
        return _to_what_came_of(round_)
    if not may_run_rounds(user_of(request), round_.alliance):
        raise Http404
    progress = read_progress(round_)
    context = {
        "alliance": round_.alliance,
        "section": "rounds",
        "round": round_,
        "progress": progress,
        "expected": foresee_round(round_, progress.people),
        "asks_you": progress.asks(user_of(request).email),
    }
    return render(request, "assessments/rounds/round.html", context)


@login_required
@require_http_methods(WRITE)
@never_cache
def round_remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Reminds all who are missing; with `only=unreached`, sends again what did not go out."""
    round_ = _run_round(request, pk)
    if not round_.is_open:
        return _to_what_came_of(round_)
    progress = read_progress(round_)
    refusal = ""
    if request.method == "POST":
        try:
            if request.POST.get("only") == "unreached":
                delivery = send_invitations(round=round_, base_url=_base_url(request))
            else:
                delivery = send_reminders(round=round_, base_url=_base_url(request))
        except Refused as error:
            refusal = error.message
        else:
            _tell(request, delivery)
            return redirect("round", round_.pk)
    context = {
        "alliance": round_.alliance,
        "section": "rounds",
        "round": round_,
        "progress": progress,
        "refusal": refusal,
        "letter": preview_reminder(round_, begun=False),
        "letter_begun": preview_reminder(round_, begun=True),
    }
    return render(
        request,
        "assessments/rounds/remind.html",
        context,
        status=UNPROCESSABLE if refusal else 200,
    )


@login_required
@require_http_methods(WRITE)
@never_cache
def round_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Sends one person a new link."""
    invitation = get_object_or_404(
        Invitation.objects.filter(
            round__in=Round.objects.convened_by(user_of(request))
        ).select_related("round__alliance", "organisation"),
        pk=pk,
    )
    round_ = invitation.round
    if not round_.is_open:
        return _to_what_came_of(round_)
    form = NewLinkForm(posted(request), back=reverse("round", args=[round_.pk]))
    if request.method == "POST" and form.is_valid():
        try:
            delivery = send_link(
                invitation=invitation, base_url=_base_url(request), **form.cleaned_data
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            revoked = (
                _("The old link no longer works.") if form.cleaned_data["revoke_older"] else ""
            )
            _tell(request, delivery, revoked)
            return redirect("round", round_.pk)
    return form_page(
        request,
        form,
        title=_("A new link for %(name)s") % {"name": invitation.name},
        alliance=round_.alliance,
        section="rounds",
        lead=_(
            "It goes to %(email)s, and begins anew. Links that were sent before stay good, unless a "
            "mail went to the wrong person and you stop them. What was answered by a link that is "
            "stopped is lost."
        )
        % {"email": invitation.email or _("nobody: no e-mail address is known")},
    )


@login_required
@require_http_methods(WRITE)
@never_cache
def round_forecast(request: HttpRequest, pk: int) -> HttpResponse:
    """What the convener expects, kept until the round closes and shown beside the scores then."""
    round_ = _run_round(request, pk)
    if not round_.takes_forecast:
        raise Http404
    if not round_.is_open:
        return _to_what_came_of(round_)
    form = ForecastForm(
        posted(request),
        dimensions=read_dimensions(round_.bank, round_.asked),
        forecast=round_.forecast,
        back=reverse("round", args=[round_.pk]),
    )
    if request.method == "POST" and form.is_valid():
        try:
            set_forecast(round=round_, forecast=form.forecast)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Your forecast is kept."))
            return redirect("round", round_.pk)
    return form_page(
        request,
        form,
        title=_("Your forecast"),
        alliance=round_.alliance,
        section="rounds",
        lead=_(
            "What score do you expect for each, from 0 to 100? It is shown beside what people said "
            "once the round closes, for all who see the result. Leave open what you cannot tell."
        ),
    )


@login_required
@require_http_methods(WRITE)
@never_cache
def round_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first, then closes and publishes."""
    round_ = _run_round(request, pk)
    if not round_.is_open:
        return _to_what_came_of(round_)
    if request.method == "POST":
        return _close(request, round_)
    context = {
        "alliance": round_.alliance,
        "section": "rounds",
        "round": round_,
        "progress": read_progress(round_),
    }
    return render(request, "assessments/rounds/close.html", context)


def _to_what_came_of(round_: Round) -> HttpResponseRedirect:
    """To the result of a closed round; to the list, where it is for one person alone."""
    if round_.is_about_a_person:
        return redirect("rounds", round_.alliance_id)
    return redirect("result", round_.pk)


def _close(request: HttpRequest, round_: Round) -> HttpResponseRedirect:
    try:
        close_round(round=round_)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("round", round_.pk)
    if not round_.is_about_a_person:
        messages.success(request, _("The round is closed, and its result is published."))
        return _to_what_came_of(round_)
    delivery = send_own_result(round=round_, base_url=_base_url(request))
    closed = _("The round is closed. %(about)s alone can read the result.") % {
        "about": round_.about_name
    }
    _tell(request, delivery, closed)
    return redirect("rounds", round_.alliance_id)


def _tell(request: HttpRequest, delivery: Delivery, first: str = "") -> None:
    """Says how many mails left, and whom none could be sent to."""
    if delivery.sent or not delivery.unreached:
        sent = ngettext("%(sent)s mail is sent.", "%(sent)s mails are sent.", delivery.sent)
        messages.success(
            request, _joined(first, first_capital(sent % {"sent": in_words(delivery.sent)}))
        )
    elif first:
        messages.success(request, first)
    if delivery.unreached:
        messages.error(
            request,
            _("No mail could be sent to %(names)s. Check the address, then send again.")
            % {"names": listed([str(invitation) for invitation in delivery.unreached])},
        )


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
