"""Pages as nobody reads them: every message in ⟦marks⟧, so that what no translator is given shows.

A page is rendered in a language whose translations are the English messages in marks. What then stands
outside of marks was written by people, or past gettext: a word in a template, a colon between two
messages. What people wrote is known: it stands in the database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.apps import apps
from django.db.models import CharField, JSONField, SlugField, TextField

from tests.languages import CONTEXT

BEGINS, ENDS = "⟦", "⟧"

READ_ALOUD = {"alt", "aria-label", "aria-description", "data-label", "placeholder", "title"}
UNREAD = {"script", "style", "code", "ins", "del"}
WITHIN_TEXT = {"mark", "i", "b"}
"""They part no text from what stands before them."""

TELLING = re.compile(r"[^\W\d_]{2,}|[:;?!“”«»]")
"""What gives away a text that is in no message: a word, or a mark that other languages set otherwise
(in French with a blank before it)."""

OURS = re.compile(r"Northbound|SHA-256|https?://\S+|\S+@\S+\.\S+|\b\d\d:\d\d\b")
"""What is the same in every language."""


class Marked:
    """A catalogue, in the place of Django's English one, that puts each message in marks."""

    def gettext(self, message: str) -> str:
        text = message.rpartition(CONTEXT)[2]
        return f"{BEGINS}{text}{ENDS}" if text.strip() else text

    def ngettext(self, singular: str, plural: str, number: Any) -> str:
        return self.gettext(singular if number == 1 else plural)

    def to_language(self) -> str:
        return "en"


def outside(html: str, known: Iterable[str] = ()) -> list[str]:
    """What of a page stands outside of marks, and is none of the texts that are `known`."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    without = _without(known)
    found = [without(text) for text in reader.found]
    return [text.strip() for text in found if TELLING.search(text)]


def stored_texts() -> set[str]:
    """All that people wrote into the database, text by text and line by line."""
    found: set[str] = set()
    for model in apps.get_models():
        names = [
            one.name
            for one in model._meta.concrete_fields
            if isinstance(one, CharField | TextField | JSONField)
            and not isinstance(one, SlugField)
            and not one.choices
        ]
        for row in model._default_manager.values_list(*names) if names else []:
            for value in row:
                for text in _texts_in(value):
                    found.add(text)
                    found.update(line.strip() for line in text.splitlines())
    return found


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts_in(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts_in(one)


def _without(known: Iterable[str]) -> Any:
    """Takes known texts out of another, longer ones first, and what is the same in every language."""
    spaced = {" ".join(text.split()) for text in known}
    texts = sorted((text for text in spaced if len(text) > 1), key=len, reverse=True)

    def without(text: str) -> str:
        text = " ".join(text.split())
        for one in texts:
            if one in text:
                text = re.sub(rf"(?<!\w){re.escape(one)}(?!\w)", " ", text)
        return OURS.sub(" ", text)

    return without


@dataclass
class _Reader(HTMLParser):
    """Collects the text between tags that stands in no marks, and what is read aloud."""

    found: list[str] = field(default_factory=list)
    depth: int = 0
    unread: list[str] = field(default_factory=list)
    goes_on: bool = False

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNREAD:
            self.unread.append(tag)
        self.goes_on = self.goes_on and tag in WITHIN_TEXT
        given = dict(attrs)
        aloud = {name: value for name, value in given.items() if name in READ_ALOUD and value}
        if tag == "input" and given.get("type") in ("submit", "button", "reset"):
            aloud["value"] = given.get("value") or ""
        for value in aloud.values():
            self.found.append(_unmarked(value or "", 0)[0])

    def handle_endtag(self, tag: str) -> None:
        if tag in self.unread:
            self.unread.remove(tag)
        self.goes_on = self.goes_on and tag in WITHIN_TEXT

    def handle_data(self, data: str) -> None:
        if self.unread:
            return
        text, self.depth = _unmarked(data, self.depth)
        if self.goes_on:
            self.found[-1] += text
        else:
            self.found.append(text)
        self.goes_on = True


def _unmarked(text: str, depth: int) -> tuple[str, int]:
    """What of `text` stands outside of marks, which are `depth` deep at its beginning."""
    kept = []
    for character in text:
        if character == BEGINS:
            depth += 1
        elif character == ENDS:
            depth -= 1
        elif depth == 0:
            kept.append(character)
            continue
        kept.append(" ")
    return "".join(kept), depth
