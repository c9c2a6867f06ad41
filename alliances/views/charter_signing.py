"""A circulated version: signed, commented on, answered, reminded of."""

from __future__ import annotations

import re

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from alliances.errors import Refused
from alliances.forms.charter_signing import AnswerForm, CommentForm, SignForm
from alliances.models import CharterComment, CharterVersion, Signature
from alliances.permissions import rows_convened
from alliances.services.charter.comments import add_comment, answer_comment, block_of, discussed
from alliances.services.charter.mail import letter, remind, unsigned
from alliances.services.charter.signing import SIGNABLE, AnotherOrganisation, Pen, pen_of, sign
from alliances.services.charter.text import digest_groups, digest_of, read_text
from alliances.views.charter_versions import (
    convened_version,
    page_of,
    page_url,
    visible_version,
)
from alliances.views.pages import UNPROCESSABLE, posted, user_of
from alliances.views.post import tell_posted
from alliances.views.record_pages import CONFLICT

Status = CharterVersion.Status
KEY = re.compile(r"[0-9]{1,18}", re.ASCII)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def charter_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole text, and below it a name for it; or why this person cannot sign."""
    user = user_of(request)
    version = visible_version(request, pk, frozen=True)
    pen = pen_of(version=version, user=user)
    digest = digest_of(version.text)
    form = None
    status = 200
    if pen.participant is not None:
        form = SignForm(
            posted(request),
            organisation=pen.organisation,
            initial={"digest": digest, "participant": _key(pen), "name": user.name},
            back=page_of(version),
        )
    if request.method == "POST":
        status = UNPROCESSABLE
        shown = request.POST.get("digest", "")
        shown_for = request.POST.get("participant", "")
        is_as_shown = (
            shown == digest and shown_for == _key(pen) and version.status in SIGNABLE
            if form is not None
            else shown_for == ""
        )
        if not is_as_shown or (form is not None and form.is_valid()):
            try:
                given = sign(
                    version=version,
                    user=user,
                    digest=shown,
                    name=request.POST.get("name", ""),
                    position=request.POST.get("position", ""),
                    participant=int(shown_for) if KEY.fullmatch(shown_for) else 0,
                    page_url=page_url(request, version),
                )
            except Refused as refusal:
                # The tick was for another text or organisation, or for none: it is set again.
                version = visible_version(request, pk, frozen=True)
                digest = digest_of(version.text)
                pen = pen_of(version=version, user=user)
                is_moved = isinstance(refusal, AnotherOrganisation)
                if shown != digest or version.status not in SIGNABLE or is_moved:
                    status = CONFLICT
                # Why they cannot sign at all stands at the head of the page already.
                is_said = refusal.message == pen.why_not
                form = None if is_said else _asked_again(request, version, pen, refusal)
            else:
                tell_posted(request, given.posted, _said(given.signature))
                return HttpResponseRedirect(page_of(version))
    later = (
        version.alliance.charter_versions.filter(number__gt=version.number, status__in=SIGNABLE)
        .order_by("-number")
        .first()
    )
    return render(
        request,
        "alliances/charter/sign.html",
        {
            "alliance": version.alliance,
            "section": "charter",
            "version": version,
            "text": read_text(version.text, version.language),
            "groups": digest_groups(digest),
            "pen": pen,
            "form": form,
            "is_signable": version.status in SIGNABLE,
            "later": later,
        },
        status=status,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def charter_comment(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """What was said to a section, and a place to say more."""
    version = visible_version(request, pk, frozen=True)
    block = block_of(version, code)
    if block is None:
        raise Http404
    form = CommentForm(posted(request), back=f"{page_of(version)}#section-{code}")
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                add_comment(version=version, user=user_of(request), code=code, **form.cleaned_data)
            except Refused as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, _("Your comment is added. Everybody can read it."))
                return HttpResponseRedirect(f"{page_of(version)}#section-{code}")
    version.refresh_from_db(fields=["status"])
    return render(
        request,
        "alliances/charter/comment.html",
        {
            "alliance": version.alliance,
            "section": "charter",
            "version": version,
            "one": discussed(version=version, blocks=[block])[0],
            "form": form if version.status == Status.CIRCULATED or form.is_bound else None,
        },
        status=status,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def charter_comment_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The convener answers a comment, or changes the answer."""
    comments = CharterComment.objects.select_related("version__alliance")
    comment = get_object_or_404(
        rows_convened(comments, user_of(request), "version__alliance"), pk=pk
    )
    version = comment.version
    place = f"{page_of(version)}#comment-{comment.pk}"
    form = AnswerForm(posted(request), comment=comment, back=place)
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                answer_comment(
                    comment=comment,
                    answer=form.cleaned_data["answer"],
                    began_from=form.cleaned_data["before"].replace("\r\n", "\n"),
                )
            except Refused as refusal:
                comment.refresh_from_db()
                data = request.POST.copy()
                if data.get("before", "").replace("\r\n", "\n") != comment.answer:
                    status = CONFLICT
                data["before"] = comment.answer
                form = AnswerForm(data, comment=comment, back=place)
                form.refuse(refusal)
            else:
                messages.success(request, _("Saved."))
                return HttpResponseRedirect(place)
    return render(
        request,
        "alliances/charter/answer.html",
        {
            "alliance": version.alliance,
            "section": "charter",
            "version": version,
            "said_to": block_of(version, comment.code),
            "comment": comment,
            "form": form,
        },
        status=status,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def charter_remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows who has not signed and what they would be written; then writes to them."""
    version = convened_version(request, pk)
    if version.status == Status.DRAFT:
        raise Http404
    refused = ""
    if request.method == "POST":
        try:
            result = remind(version=version, page_url=page_url(request, version))
        except Refused as refusal:
            refused = str(refusal)
        else:
            said = ngettext(
                "%(count)d reminder is sent.", "%(count)d reminders are sent.", result.sent
            ) % {"count": result.sent}
            tell_posted(request, result, said)
            return HttpResponseRedirect(page_of(version))
    waiting = unsigned(version=version)
    return render(
        request,
        "alliances/charter/remind.html",
        {
            "alliance": version.alliance,
            "section": "charter",
            "version": version,
            "waiting": waiting,
            "can_remind": version.status in SIGNABLE
            and any(one.people and not one.is_away for one in waiting),
            "letter": letter(
                "reminder", version=version, membership=None, page_url=page_url(request, version)
            ),
            "refusal": refused,
        },
        status=UNPROCESSABLE if refused else 200,
    )


def _key(pen: Pen) -> str:
    """For which organisation one would sign, as the form says it; "" for none."""
    return str(pen.participant.pk) if pen.participant is not None else ""


def _asked_again(
    request: HttpRequest, version: CharterVersion, pen: Pen, refusal: Refused
) -> SignForm:
    """The form with what was typed, without the tick, and with the text and the organisation that
    stand there now."""
    again = SignForm(
        {
            "digest": digest_of(version.text),
            "participant": _key(pen),
            "name": request.POST.get("name", ""),
            "position": request.POST.get("position", ""),
        },
        organisation=pen.organisation,
        back=page_of(version),
    )
    again.errors.clear()
    again.refuse(refusal)
    return again


def _said(signature: Signature) -> str:
    """What its signer is told."""
    if signature.version.status == Status.RATIFIED:
        said = _("You have signed version %(number)d for %(organisation)s. It is in force.")
    else:
        said = _("You have signed version %(number)d for %(organisation)s.")
    return said % {"organisation": signature.organisation, "number": signature.version.number}
