"""What a request says of what it sends, reduced to what is read here, before Django makes a request of it.

Django decodes the address and the fields by the `charset` of a request's Content-Type, and that while it
makes the request: outside of what catches its faults. Python knows charsets that make no text (`rot13`)
and those that make much of little (`zip`); either ends in a 500 that nobody's page says. All pages here
are in UTF-8, and so is all that their forms send, so no charset is listened to.

A length that is no number ends in a 500 too. gunicorn refuses it; other servers hand it on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]

BOUNDARY = re.compile(
    r';[ \t]*boundary=("?)([0-9A-Za-z\'()+_,./:=?-]{1,70})\1[ \t]*(?:;|$)', re.IGNORECASE
)
"""RFC 2046, section 5.1.1, without blanks, which no browser sends."""


def sound_type(content_type: str) -> str:
    """The media type of a Content-Type, with the boundary where there is one, and with nothing else."""
    media = content_type.partition(";")[0].strip()
    found = BOUNDARY.search(content_type)
    return f'{media}; boundary="{found[2]}"' if found else media


def sound_requests(application: Application) -> Application:
    """The WSGI application, which is told nothing else of the type of what is sent, and no length that is
    none: nothing is read then."""

    def answer(environ: Environ, start_response: Any) -> Iterable[bytes]:
        if "CONTENT_TYPE" in environ:
            environ["CONTENT_TYPE"] = sound_type(environ["CONTENT_TYPE"])
        length = environ.get("CONTENT_LENGTH", "")
        if not (length.isascii() and length.isdecimal()):
            environ["CONTENT_LENGTH"] = ""
        return application(environ, start_response)

    return answer
