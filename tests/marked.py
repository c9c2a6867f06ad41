"""Pages as nobody reads them: every message in ⟦marks⟧, so that what no translator is given shows.

A page is rendered in a language whose translations are the English messages in marks. What then stands
outside of marks was written by people, or past gettext: a word in a template, a colon between two
messages. What people wrote is known: it stands in the database.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import CharField, JSONField, SlugField, TextField
from django.test import Client
from django.urls import Resolver404, resolve

from alliances.models import Alliance, PurposeSentence, User
from alliances.services.counts import first_capital
from assessments.demonstration.load import load_demonstration
from tests.languages import CONTEXT, spoken

LANGUAGE = "fr"
BEGINS, ENDS = "⟦", "⟧"

READ_ALOUD = {"alt", "aria-label", "aria-description", "data-label", "placeholder", "title"}
UNREAD = {"script", "style", "code", "blockquote", "textarea"}
"""What holds no words of ours: quotations are what people wrote, and are cut into pieces to mark
words in them. So is a comparison of two texts, a `div` of the class in CUT."""
CUT = "nb-difference"

TELLING = re.compile(r"[^\W\d_]{2,}|[:;?!“”«»]")
"""What gives away a text that is in no message: a word, or a mark that other languages set otherwise
(in French with a blank before it)."""

OURS = re.compile(r"Northbound|SHA-256|https?://\S+|\S+@\S+\.\S+|\b1er\b")
"""What is the same in every language."""


class Marked:
    """A catalogue that puts each message in marks, in the place of a language other than English:
    texts that were frozen in English are read as such."""

    def gettext(self, message: str) -> str:
        text = message.rpartition(CONTEXT)[2]
        return f"{BEGINS}{text}{ENDS}" if text.strip() else text

    def ngettext(self, singular: str, plural: str, number: Any) -> str:
        return self.gettext(singular if number == 1 else plural)

    def to_language(self) -> str:
        return LANGUAGE


class Known:
    """Texts that are no words of ours, such as `stored_texts`, and what is the same in any language."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        spaced = {" ".join(text.split()) for text in texts}
        self.texts = sorted((text for text in spaced if len(text) > 1), key=len, reverse=True)

    def taken_out(self, text: str) -> str:
        """What is left of `text` without them, longer ones first."""
        text = " ".join(text.split())
        for one in self.texts:
            if one in text:
                text = re.sub(rf"(?<!\w){re.escape(one)}(?!\w)", " ", text)
        return " ".join(OURS.sub(" ", text).split())


def outside(html: str, known: Known) -> list[str]:
    """What of a page stands outside of marks, and is not `known`."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    found = [known.taken_out(text) for text in reader.found if TELLING.search(text)]
    return [text for text in found if TELLING.search(text)]


def stored_texts() -> set[str]:
    """All that people wrote into the database, text by text and line by line; and what languages call
    themselves."""
    found = {str(name) for _code, name in settings.LANGUAGES}
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
                    # as it stands, as the title of a task, and at the beginning of a line
                    found.update((text, text.removesuffix("."), first_capital(text)))
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


@dataclass
class _Reader(HTMLParser):
    """Collects the text between tags that stands in no marks, and what is read aloud."""

    found: list[str] = field(default_factory=list)
    depth: int = 0
    unread: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        # The name of a language stands in that language.
        of_its_own = tag != "html" and "lang" in given
        if tag in UNREAD or of_its_own or CUT in (given.get("class") or "").split():
            self.unread.append(tag)
        aloud = {name: value for name, value in given.items() if name in READ_ALOUD and value}
        if tag == "input" and given.get("type") in ("submit", "button", "reset"):
            aloud["value"] = given.get("value") or ""
        for value in aloud.values():
            self.found.append(_unmarked(value or "", 0)[0])

    def handle_endtag(self, tag: str) -> None:
        if tag in self.unread:
            self.unread.remove(tag)

    def handle_data(self, data: str) -> None:
        text, self.depth = _unmarked(data, self.depth)
        if not self.unread:
            self.found.append(text)


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


LINK = re.compile(r'href="(/[^"#?]*)')


def walk(client: Client, starts: Iterable[str], pages: Container[str]) -> Iterator[tuple[str, str]]:
    """The pages at `starts`, and one of each further kind of `pages` to which links lead from there:
    each by the name of its address and its HTML."""
    todo, first = list(starts), set(starts)
    seen: set[tuple[str, ...]] = set()
    while todo:
        address = todo.pop(0)
        try:
            found = resolve(address)
        except Resolver404:
            continue
        name = str(found.url_name)
        # `/journal/new/meeting/` stands not for `/journal/new/offer/`.
        kind = (name, *(value for value in found.kwargs.values() if isinstance(value, str)))
        if address not in first and (kind in seen or name not in pages):
            continue
        first.discard(address)
        seen.add(kind)
        answer = client.get(address)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            html = answer.content.decode()
            yield name, html
            todo += LINK.findall(html)


def demonstration(settings: Any, folder: Path) -> Alliance:
    """The demonstration's alliance, its mail in `folder`, in a house that speaks in marks besides."""
    settings.LANGUAGES = [("en", "English"), (LANGUAGE, "In marks")]
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = settings.MAIL_DIR = folder
    load_demonstration(base_url="http://testserver")
    return Alliance.objects.get()


def read(
    user: User, starts: Iterable[str], pages: Container[str], known: Iterable[str] = ()
) -> tuple[set[str], dict[str, set[str]]]:
    """The names of the `pages` that `user` comes to, and on each what is in no message.

    What is stored is known, and `known` besides.
    """
    client = Client(headers={"accept-language": LANGUAGE})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    stored = stored_texts() | set(known)
    # Words that the sentences of a purpose check have in common stand alone there.
    texts = PurposeSentence.objects.values_list("text", flat=True)
    words = {word.strip(".,") for text in texts for word in text.split()}
    by_name = {"purpose_check": Known(stored | words)}
    usual = Known(stored)
    seen: set[str] = set()
    found: dict[str, set[str]] = {}
    with spoken(Marked()):
        for name, html in walk(client, starts, pages):
            seen.add(name)
            if said := outside(html, by_name.get(name, usual)):
                found.setdefault(name, set()).update(said)
    return seen, found
