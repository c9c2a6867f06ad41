"""What every page of this app does the same way: fetch what the user may see, show a form, ask first."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render

from alliances.forms.base import HouseForm
from alliances.models import Alliance, User

# A form that was refused: the page with what is wrong, under a status that says so.
UNPROCESSABLE = 422


def user_of(request: HttpRequest) -> User:
    """The person who is logged in; views ask only behind `login_required`."""
    return cast(User, request.user)


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, for a form; None for one that is only shown. An empty POST is still one."""
    return request.POST if request.method == "POST" else None


def convened_alliance(request: HttpRequest, pk: int) -> Alliance:
    """The alliance, where this user convenes it; else it does not exist."""
    alliance: Alliance = get_object_or_404(Alliance.objects.convened_by(user_of(request)), pk=pk)
    return alliance


def visible_alliance(request: HttpRequest, pk: int) -> Alliance:
    """The alliance, where this user belongs to it; else it does not exist."""
    alliance: Alliance = get_object_or_404(Alliance.objects.visible_to(user_of(request)), pk=pk)
    return alliance


def form_page(
    request: HttpRequest,
    form: HouseForm,
    *,
    title: str,
    alliance: Alliance | None = None,
    section: str = "people",
    template: str = "alliances/form.html",
    **context: Any,
) -> HttpResponse:
    """One form on a page of its own; `lead` is the sentence above it, `removal` a link below it.

    `template` extends alliances/form.html.
    """
    return render(
        request,
        template,
        {"form": form, "title": title, "alliance": alliance, "section": section, **context},
        status=UNPROCESSABLE if form.errors else 200,
    )


def confirm_page(
    request: HttpRequest,
    *,
    title: str,
    alliance: Alliance,
    consequences: list[str],
    label: str,
    back: str,
    answer: str = "yes",
    refusal: str = "",
    section: str = "people",
) -> HttpResponse:
    """Asks before something is removed: what goes with it, one button, a way back.

    The button posts `confirm=<answer>` to the same address. There is none where `label` is empty,
    because it cannot be removed; then `consequences` or `refusal` say why.
    """
    return render(
        request,
        "alliances/confirm.html",
        {
            "title": title,
            "alliance": alliance,
            "section": section,
            "consequences": consequences,
            "label": label,
            "back": back,
            "answer": answer,
            "refusal": refusal,
        },
        status=UNPROCESSABLE if refusal else 200,
    )
