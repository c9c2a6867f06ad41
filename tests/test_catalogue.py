"""The catalogue of French messages: whole, up to date, and set as French is."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "locale" / "fr" / "LC_MESSAGES"
NBSP = "\u00a0"

# Function, and which of its arguments are the message, its plural, and its context ("c").
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
Key = tuple[str | None, str]


def catalogue() -> Catalog:
    with (FOLDER / "django.po").open("rb") as file:
        return read_po(file, locale="fr")


def messages() -> list[Message]:
    return [message for message in catalogue() if message.id]


def key_of(message: Message) -> Key:
    found = message.id if isinstance(message.id, str) else message.id[0]
    context: Any = message.context
    # Of a compiled catalogue it comes as bytes.
    return context.decode() if isinstance(context, bytes) else context, found


def forms_of(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def sources() -> Iterator[tuple[Path, str]]:
    for app in ("alliances", "assessments", "config"):
        for path in sorted((ROOT / app).rglob("*.py")):
            yield path, path.read_text("utf-8")
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in (".html", ".txt"):
            yield path, templatize(path.read_text("utf-8"), origin=str(path))


def in_the_code() -> dict[Key, str]:
    """Every message that the code asks for, and where."""
    found: dict[Key, str] = {}
    for path, text in sources():
        for _line, told, _comments, context in extract(
            "python", io.BytesIO(text.encode()), keywords=KEYWORDS
        ):
            message = told if isinstance(told, str) else told[0]
            if message:
                found[context, message] = str(path.relative_to(ROOT))
    return found


def called_in(path: Path) -> Iterator[Key]:
    """The messages of a module as Python itself reads it, by whatever name they are called, and
    wherever they stand."""
    tree = ast.parse(path.read_text("utf-8"))
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in KEYWORDS
    }
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        name = names.get(node.func.id, "")
        texts = [
            one.value
            for one in node.args
            if isinstance(one, ast.Constant) and isinstance(one.value, str)
        ]
        if name and texts:
            yield (texts[0], texts[1]) if "pgettext" in name else (None, texts[0])


def pairs() -> Iterator[tuple[str, str]]:
    """Each message with its French; of one with a plural, each form."""
    for message in messages():
        if isinstance(message.id, str):
            yield message.id, str(message.string)
        else:
            for form in message.string:
                yield message.id[1], form


def test_every_message_of_the_code_is_in_the_catalogue() -> None:
    known = {key_of(message) for message in messages()}
    assert {key: at for key, at in in_the_code().items() if key not in known} == {}


def test_no_message_is_called_so_that_it_is_not_found() -> None:
    """By another name than those of KEYWORDS, or within another text."""
    known = {key_of(message) for message in messages()}
    modules = [path for path, _text in sources() if path.suffix == ".py"]
    found = [(path.stem, key) for path in modules for key in called_in(path) if key[1]]
    assert len(found) > 3_000
    assert [one for one in found if one[1] not in known] == []


def test_the_catalogue_holds_nothing_else() -> None:
    used = in_the_code()
    assert [key for key in map(key_of, messages()) if key not in used] == []


def test_every_message_is_translated() -> None:
    assert [said for said, french in pairs() if not french.strip()] == []
    assert [message.id for message in messages() if message.fuzzy] == []


def test_what_is_compiled_is_what_is_written() -> None:
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = read_mo(file)
    written = {key_of(message): forms_of(message) for message in messages()}
    assert {key_of(message): forms_of(message) for message in compiled if message.id} == written


HOLES = re.compile(r"%\([a-z_0-9]+\)[sd]|\{[a-z_]*\}|<[^>]+>|%%")


def test_no_figure_or_name_is_lost() -> None:
    """A singular in words may leave its number out; nothing else is left out or made up."""
    wrong = []
    for message in messages():
        both = [message.id] if isinstance(message.id, str) else list(message.id)
        holes = {hole for text in both for hole in HOLES.findall(text)}
        for form in [message.string] if isinstance(message.id, str) else message.string:
            found = set(HOLES.findall(form))
            left_out = holes - found if isinstance(message.id, str) else set()
            if found - holes or left_out:
                wrong.append((message.id, form))
    assert wrong == []


@pytest.mark.parametrize("mark", [":", ";", "?", "!", "»"])
def test_no_mark_begins_a_line(mark: str) -> None:
    """Before these stands a no-break space, in addresses and times alone none."""
    before = re.compile(rf"(?<![{NBSP}\u202f]){re.escape(mark)}(?=\s|$)")
    assert [french for _said, french in pairs() if before.search(french)] == []


def test_quotation_marks_are_french() -> None:
    assert [french for _said, french in pairs() if re.search("[“”]", french)] == []
    assert [french for _said, french in pairs() if re.search(f"«(?!{NBSP})", french)] == []


def test_apostrophes_are_set() -> None:
    wrong = [french for _said, french in pairs() if re.search(r"\w'\w", french)]
    assert wrong == []
