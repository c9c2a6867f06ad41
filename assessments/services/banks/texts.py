"""The texts of a bank that a translation may say in another language, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assessments.services.banks.documents import BankDocument

Path = tuple[str | int, ...]
"""Where a text stands in a file's values, such as ("dimensions", "trust", "questions", "T1", "text").

Dimensions, questions and outcomes stand under their codes, labels under their words in the bank's
language, steps under their places, from 0.
"""

_OF_BANK = ("title", "introduction")
_OF_DIMENSION = ("title", "in_sentence", "question", "what_it_is")
_OF_QUESTION = ("text", "text_of_peers", "help", "facet")
_TOLD = ("title", "text")


def texts_of(data: Mapping[str, Any]) -> dict[Path, str]:
    """The texts of a bank by place, in its order; empty ones are left out.

    `data` is what `BankDocument.as_data()` gives.
    """
    return {path: text for path, text in _texts_of(data) if text}


def texts_in(document: BankDocument, language: str = "") -> dict[Path, str]:
    """The texts of a bank by place, as they are read in `language`.

    Where the bank has no translation into it, or the translation lacks a text, it is the bank's own.
    """
    own = texts_of(document.as_data())
    translated = {found.language: dict(found.texts) for found in document.translations}
    return own | translated.get(language, {})


def _texts_of(data: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    yield from _fields(data, _OF_BANK)
    labels = (
        label
        for dimension in data["dimensions"]
        for question in dimension["questions"]
        for label in question["labels"]
    )
    # What has no letters, such as a figure, is the same in every language.
    for label in dict.fromkeys(label for label in labels if _has_letters(label)):
        yield ("labels", label), label
    reading = data.get("reading", {})
    for name, told in reading.items():
        if isinstance(told, Mapping):
            yield from _fields(told, _TOLD, "reading", name)
    for outcome in reading.get("outcomes", ()):
        yield from _fields(outcome, _TOLD, "reading", "outcomes", outcome["code"])
    for dimension in data["dimensions"]:
        at = ("dimensions", dimension["code"])
        yield from _fields(dimension, _OF_DIMENSION, *at)
        for band, text in dimension.get("readings", {}).items():
            yield (*at, "readings", band), text
        for place, step in enumerate(dimension["advice"]):
            yield from _fields(step, _TOLD, *at, "advice", place)
        for place, text in enumerate(dimension["asked_of_members"]):
            yield (*at, "asked_of_members", place), text
        for question in dimension["questions"]:
            yield from _fields(question, _OF_QUESTION, *at, "questions", question["code"])


def _fields(data: Mapping[str, Any], keys: Sequence[str], *at: str | int) -> Iterator[Any]:
    for key in keys:
        yield (*at, key), data.get(key, "")


def _has_letters(label: str) -> bool:
    return any(character.isalpha() for character in label)


def home_of(at: Path) -> Path:
    """The place of what this text belongs to: of a question, a dimension, or () for the bank itself."""
    if at[0] != "dimensions":
        return ()
    return at[:4] if at[2] == "questions" else at[:2]


def nested_texts(texts: Mapping[Path, str]) -> dict[str, Any]:
    """Texts by place as a file holds them: mappings in mappings, and lists where places are numbers.

    What is missing before a later entry of a list is "", or an empty mapping.
    """
    found: dict[str | int, Any] = {}
    for path, text in texts.items():
        at = found
        for key in path[:-1]:
            at = at.setdefault(key, {})
        at[path[-1]] = text
    return _with_lists(found)


def _with_lists(data: dict[Any, Any]) -> Any:
    values = {
        key: _with_lists(value) if isinstance(value, dict) else value for key, value in data.items()
    }
    if not values or not all(isinstance(key, int) for key in values):
        return values
    empty: Any = {} if any(isinstance(value, dict) for value in values.values()) else ""
    return [values.get(place, empty) for place in range(max(values) + 1)]


def flat_texts(data: Any, at: Path = ()) -> Iterator[tuple[Path, Any]]:
    """What `nested_texts` made, back as pairs of a place and a value; also of what it did not make."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from flat_texts(value, (*at, key))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from flat_texts(value, (*at, place))
    else:
        yield at, data
