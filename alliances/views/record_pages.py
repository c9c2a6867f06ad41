"""Pages on which a record is added, changed or removed, the same for every kind of record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.forms.records import RecordForm
from alliances.models import Alliance, Record
from alliances.services.records import Overtaken, add_record, change_record, remove_record
from alliances.views.pages import UNPROCESSABLE, confirm_page, form_page, posted, user_of

# What one changes has been changed by somebody else: the page under a status that says so.
CONFLICT = 409

R = TypeVar("R", bound=Record)


class OvertakenForm(Protocol):
    """A form that can show what somebody else stored first."""

    @property
    def errors(self) -> Any: ...
    def is_valid(self) -> bool: ...
    def overtaken(self, overtaken: Overtaken) -> None: ...
    def refuse(self, refusal: Refused) -> None: ...


To = Callable[[Any], str]


def add_page(
    request: HttpRequest,
    form_class: type[RecordForm],
    *,
    alliance: Alliance,
    title: str,
    to: To,
    back: str,
    owner: dict[str, Any] | None = None,
    save: Callable[..., Record] | None = None,
    initial: dict[str, Any] | None = None,
    options: dict[str, Any] | None = None,
    done: str = "",
    section: str = "records",
    **page: Any,
) -> HttpResponse:
    """A form that adds a record. `owner` ties it to what it belongs to, such as its participant.

    `save(**values)` stands in for `add_record` where a kind has a service of its own. `to(record)`
    is where it leads, with `done` as the message. `options` are what the form's class takes beyond
    the usual. What else is given stands on the page (`lead`).
    """
    form = form_class(
        posted(request), alliance=alliance, back=back, initial=initial, **(options or {})
    )
    if request.method == "POST" and form.is_valid():
        try:
            if save is not None:
                record = save(**form.values)
            else:
                record = add_record(
                    model=form_class.model,
                    alliance=alliance,
                    by=user_of(request),
                    **(owner or {}),
                    **form.values,
                )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, done or _("Added."))
            return HttpResponseRedirect(to(record))
    return form_page(request, form, title=title, alliance=alliance, section=section, **page)


def edit_page(
    request: HttpRequest,
    form_class: type[RecordForm],
    *,
    record: R,
    alliance: Alliance,
    title: str,
    to: To,
    back: str,
    save: Callable[..., R] | None = None,
    initial: dict[str, Any] | None = None,
    options: dict[str, Any] | None = None,
    done: str = "",
    section: str = "records",
    template: str = "alliances/form.html",
    **page: Any,
) -> HttpResponse:
    """A form that changes `record`. Who was overtaken sees both texts, and what they wrote stays.

    `save(edition=…, **values)`, with what else the form says of its `beginning`, stands in for `change_record`. The rest is as in `add_page`; `removal`
    and `removal_label` make a link below the form. `template` extends alliances/form.html.
    """
    form = form_class(
        posted(request),
        alliance=alliance,
        record=record,
        back=back,
        initial=initial,
        **(options or {}),
    )

    def written() -> R:
        if save is not None:
            return save(**form.beginning, **form.values)
        return change_record(
            record=record, edition=form.began_from, by=user_of(request), **form.values
        )

    return saving_page(
        request,
        form,
        save=written,
        to=to,
        done=done,
        template=template,
        title=title,
        alliance=alliance,
        section=section,
        **page,
    )


def saving_page(
    request: HttpRequest,
    form: OvertakenForm,
    *,
    save: Callable[[], Any],
    to: To,
    template: str,
    done: str = "",
    **page: Any,
) -> HttpResponse:
    """A form that is stored by `save()`, and then leads to the address `to(stored)`.

    Who was overtaken sees both texts under 409, and what they wrote stays; what is refused comes
    back under 422.
    """
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            stored = save()
        except Overtaken as overtaken:
            form.overtaken(overtaken)
            status = CONFLICT
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, done or _("Saved."))
            return HttpResponseRedirect(to(stored))
    if status == 200 and form.errors:
        status = UNPROCESSABLE
    return render(request, template, {"form": form, **page}, status=status)


def remove_page(
    request: HttpRequest,
    *,
    record: Record,
    alliance: Alliance,
    title: str,
    consequences: list[str],
    label: str,
    back: str,
    to: str,
    remove: Callable[[], None] | None = None,
    done: str = "",
    section: str = "records",
) -> HttpResponse:
    """Asks, then removes `record`. `consequences` say what goes with it, or, where `label` is empty,
    why it must stay.

    `remove()` stands in for `remove_record` where a kind has a service of its own.
    """
    refusal = ""
    if request.method == "POST":
        try:
            if remove is not None:
                remove()
            else:
                remove_record(record=record)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, done or _("Removed."))
            return HttpResponseRedirect(to)
    return confirm_page(
        request,
        title=title,
        alliance=alliance,
        # Where it must stay, both say why; once is enough.
        consequences=[] if refusal and not label else consequences,
        label=label,
        back=back,
        refusal=refusal,
        section=section,
    )
