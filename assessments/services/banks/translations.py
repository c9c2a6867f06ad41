"""The texts of a bank's file in further languages."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from assessments.services.banks.documents import BankDocument, Translation
from assessments.services.banks.sections import Section, Unfit, clean_text, shown
from assessments.services.banks.texts import Path, flat_texts, texts_of

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,6})?", re.ASCII)
MOST_TRANSLATIONS = 10

# Other languages need more room than English.
_ROOM = 1.5
_LIMITS = {
    "introduction": 4000,
    "what_it_is": 4000,
    "strong": 600,
    "mixed": 600,
    "weak": 600,
    "in_sentence": 80,
    "facet": 120,
    "labels": 60,
}
_WITH_LINES = ("introduction", "what_it_is")


def read_translations(
    section: Section, document: BankDocument, *, prune: bool
) -> tuple[Translation, ...]:
    """What a file says under `translations`, by language, for a bank whose own texts are `document`'s.

    A text that the bank does not have in its own language is a mistake, or dropped where `prune` is
    set. One that is missing is read in the bank's own language.
    """
    value = section.data["translations"]
    if not isinstance(value, Mapping) or len(value) > MOST_TRANSLATIONS:
        section.complain(
            _("'translations' must be a mapping of at most %(most)d languages to their texts")
            % {"most": MOST_TRANSLATIONS},
            "translations",
        )
        return ()
    places = texts_of(document.as_data())
    found = []
    for language in sorted(value, key=str):
        if not isinstance(language, str) or not LANGUAGE.fullmatch(language):
            section.complain(
                _("translations: %(language)s must be a language’s code such as fr or pt-BR")
                % {"language": shown(language)},
                "translations",
            )
        elif language == document.language:
            section.complain(
                _("translations: %(language)s is the bank’s own language") % {"language": language},
                "translations",
            )
        else:
            texts = _texts(section, language, value[language], places, prune)
            found.append(
                Translation(language, tuple((at, texts[at]) for at in places if texts.get(at)))
            )
    return tuple(translation for translation in found if translation.texts)


def _texts(
    section: Section, language: str, data: object, places: Mapping[Path, str], prune: bool
) -> dict[Path, str]:
    texts: dict[Path, str] = {}
    if not isinstance(data, Mapping):
        section.complain(
            _("translations: %(language)s must be a mapping of keys to texts")
            % {"language": language},
            "translations",
        )
        return texts
    for at, value in flat_texts(data):
        name = ", ".join(str(key + 1) if isinstance(key, int) else key for key in at)
        if at not in places:
            if prune or value in (None, ""):
                continue
            section.complain(
                _(
                    "translations %(language)s: there is no %(place)s in the bank itself to be translated"
                )
                % {"language": language, "place": shown(name, 120)},
                *("translations", language, *at),
            )
            continue
        text = (
            ""
            if value is None
            else clean_text(value, lines=at[0] != "labels" and at[-1] in _WITH_LINES)
        )
        limit = int(longest(at) * _ROOM)
        if isinstance(text, Unfit):
            problem = text.message
        elif len(text) > limit:
            problem = _("must not be longer than %(longest)d characters") % {"longest": limit}
        else:
            texts[at] = text
            continue
        section.complain(
            _("translations %(language)s: %(place)s %(problem)s")
            % {"language": language, "place": shown(name, 120), "problem": problem},
            *("translations", language, *at),
        )
    return texts


def longest(at: Path) -> int:
    """How long the text at this place may be in the bank's own language."""
    if at[0] == "labels":
        return _LIMITS["labels"]
    of_dimension = at[0] == "dimensions"
    if at[-1] == "title":
        return 80 if of_dimension and len(at) == 3 else 120
    # Of a question; other texts belong to a step or to what a reading may say. A dimension may be
    # called "questions".
    if at[-1] == "text" and not (of_dimension and at[2] == "questions"):
        return 1000
    return _LIMITS.get(str(at[-1]), 300)
