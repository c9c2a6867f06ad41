"""Whose request it is, for the audit log: known from here to everything that is called for it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from alliances.services.audit.acting import acting_for

Respond = Callable[[HttpRequest], HttpResponse]


class ActingForReader:
    """Comes after Django's AuthenticationMiddleware, which knows who is logged in.

    The account is asked for when something is recorded: who logs in or out in this request is, by
    then, somebody else than at its beginning.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting_for(lambda: request.user):
            return self.respond(request)
