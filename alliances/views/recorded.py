"""What stands in the audit log when somebody reads it or takes it away.

The entry is written once the answer is there, and before it is given: what fails is not recorded, and
what cannot be recorded is not given.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse

from alliances.models.audit import Action
from alliances.services.audit.writing import Thing, record, record_reading

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

AHEAD = ("Sec-Purpose", "Purpose", "X-Moz")


def recorded(view: View[P]) -> View[P]:
    """For a view that is recorded: it gives nothing to a browser that fetches ahead.

    Such a browser asks again once a person wants to see it. Were it answered and not recorded,
    whoever says that they fetch ahead would read without a trace.
    """

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if any("prefetch" in request.headers.get(name, "") for name in AHEAD):
            return HttpResponse(status=503, headers={"Cache-Control": "no-store"})
        return view(request, *args, **kwargs)

    return answer


def note_reading(request: HttpRequest, *, alliance: int | None, thing: Thing) -> None:
    """A page that shows a result is given to whoever asked for it. A HEAD gives none of it."""
    if request.method == "GET":
        record_reading(action=Action.RESULT_READ, alliance=alliance, thing=thing)


def note_export(request: HttpRequest, *, alliance: int | None, thing: Thing, what: str) -> None:
    """A file is given to whoever asked for it; `what` is a key of `EXPORTS`."""
    if request.method == "GET":
        record(action=Action.EXPORTED, alliance=alliance, thing=thing, details={"what": what})
