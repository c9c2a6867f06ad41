"""What a server does for a browser: asks the application that it runs, and hands on the answer."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any

from django.core.signals import got_request_exception, request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from config.wsgi import application

Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class Answer:
    """One answer; `headers` by their names in lower letters, of several the last."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def is_page(self) -> bool:
        return self.headers.get("content-type", "").startswith("text/html")


class _Environs(RequestFactory):
    """Django's environments of requests, without the requests."""

    def request(self, **request: Any) -> dict[str, Any]:  # type: ignore[override]
        return self._base_environ(**request)


def ask(
    method: str, address: str, body: bytes = b"", content_type: str = "", **headers: str
) -> Answer:
    """The answer of the whole application, CSRF and all. Raises what it does not catch, and what it
    catches and makes a 500 of."""
    environ = _Environs().generic(
        method, f"http://testserver{address}", body, content_type, **headers
    )
    faults: list[BaseException] = []
    told: list[tuple[str, Headers]] = []

    def note_fault(**_told: Any) -> None:
        fault = sys.exc_info()[1]
        if fault is not None:
            faults.append(fault)

    def start_response(status: str, headers: Headers, *_error: Any) -> None:
        told.append((status, headers))

    # The transaction around all of this stays open.
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    got_request_exception.connect(note_fault)
    try:
        answer = application(environ, start_response)
        content = b"".join(answer)
        answer.close()  # type: ignore[attr-defined]
    finally:
        got_request_exception.disconnect(note_fault)
        request_finished.connect(close_old_connections)
        request_started.connect(close_old_connections)
    if faults:
        raise faults[0]
    [(status, listed)] = told
    return Answer(int(status[:3]), {name.lower(): value for name, value in listed}, content)
