"""One question to the server, and what came back: its status in the table's words, all that can be read
in it, and the form in which two answers are compared."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.urls import reverse
from pypdf import PdfReader

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
FORM = "application/x-www-form-urlencoded"
MARKS = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*|("X-CSRFToken": ")[^"]*')
ABOUT_THE_MOMENT = {"Expires", "Content-Length"}
"""Headers that say when it was, or follow from how long an address is."""


@dataclass(frozen=True)
class Answer:
    """What the server answered to one role."""

    status: int
    headers: dict[str, str]
    cookies: tuple[str, ...]
    """Names of those that it sets."""
    body: bytes

    @property
    def told(self) -> str:
        """The answer in the table's words."""
        location = self.headers.get("Location", "")
        if self.status == 302 and location.startswith(reverse(settings.LOGIN_URL)):
            return "L"
        return str(self.status)

    @property
    def readable(self) -> str:
        """All that a person, or a program of theirs, reads in it: headers, hidden fields and comments of
        pages, every sheet of a table, every page of a PDF."""
        heads = "\n".join(f"{name}: {value}" for name, value in self.headers.items())
        return f"{unquote(heads)}\n{_text(self.headers.get('Content-Type', ''), self.body)}"

    def normal(self, *replaced: str) -> tuple[int, dict[str, str], tuple[str, ...], str]:
        """Status, headers, names of cookies and body with nothing left that differs from moment to moment; each of
        `replaced`, which is what was asked for, reads the same."""
        headers = {
            name: _blanked(value, replaced)
            for name, value in self.headers.items()
            if name not in ABOUT_THE_MOMENT
        }
        body = self.body.decode("latin-1")
        return self.status, headers, self.cookies, _blanked(MARKS.sub(r"\1\2", body), replaced)


def answer_of(response: Any) -> Answer:
    body = b"".join(response) if response.streaming else response.content
    return Answer(
        response.status_code, dict(response.headers), tuple(sorted(response.cookies)), body
    )


def _blanked(text: str, replaced: tuple[str, ...]) -> str:
    for one in replaced:
        text = text.replace(one, "…")
    return text


def _text(kind: str, body: bytes) -> str:
    if kind.startswith("application/pdf") and body not in (b"", b"%PDF-"):
        reader = PdfReader(io.BytesIO(body))
        # A word may be broken at the end of a line.
        text = "\n".join(page.extract_text() for page in reader.pages)
        whole = re.sub(r"[-\u00ad]?\n", "", text)
        return f"{reader.metadata}\n{text}\n{whole}"
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            return "\n".join(html.unescape(book.read(name).decode()) for name in book.namelist())
    text = body.decode("utf-8", "replace")
    if kind.startswith("application/json") and body:
        return f"{text}\n{json.dumps(json.loads(text), ensure_ascii=False)}"
    return f"{text}\n{html.unescape(text)}"
