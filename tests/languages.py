"""Other languages than English for tests, without files of translations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import trans_real

CONTEXT = trans_real.CONTEXT_SEPARATOR


@dataclass(frozen=True)
class Words:
    """A catalogue of a few messages, in the place of what Django would read from a file; the others
    stay English. A message in a context is named "context|message", or without it."""

    language: str
    words: Mapping[str, str]

    def gettext(self, message: str) -> str:
        bare = message.rpartition(CONTEXT)[2]
        return self.words.get(message.replace(CONTEXT, "|"), self.words.get(bare, message))

    def ngettext(self, singular: str, plural: str, number: Any) -> str:
        """As in French: the singular below two."""
        return self.gettext(singular if number < 2 else plural)

    def to_language(self) -> str:
        return self.language


@contextmanager
def spoken(catalogue: Any) -> Iterator[None]:
    """Within it the language of `catalogue` is active, and says what that says."""
    before = trans_real._translations.get(catalogue.to_language())
    trans_real._translations[catalogue.to_language()] = catalogue
    try:
        with translation.override(catalogue.to_language()):
            yield
    finally:
        del trans_real._translations[catalogue.to_language()]
        if before is not None:
            trans_real._translations[catalogue.to_language()] = before
