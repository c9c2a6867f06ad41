"""Question banks as text: YAML and JSON read without trust, and written."""

from __future__ import annotations

import json
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.services.texts import NotUtf8, decoded
from assessments.services.banks.checks import bank_document
from assessments.services.banks.documents import BankDocument
from assessments.services.banks.sections import shown
from assessments.services.banks.strict_yaml import (
    MAXIMUM_DEPTH,
    MAXIMUM_DIGITS,
    MAXIMUM_NODES,
    NotYaml,
    line_at,
    read_yaml,
    refused_at,
)

MAXIMUM_BYTES = 1024 * 1024

JSON = "json"
YAML = "yaml"
FORMATS = (YAML, JSON)


def parse_bank(*, text: str, draft: bool = False) -> BankDocument:
    """Read a bank from YAML, or from JSON where the text begins with a brace.

    A `draft` may lack dimensions and questions.

    Nothing in the text can make this slow or large: no aliases, merges or tags, at most 1 MB, 12
    levels and 50,000 values. Raises Refused, and nothing else, for any text that is not a bank.
    """
    if len(text) > MAXIMUM_BYTES or len(text.encode("utf-8", "surrogatepass")) > MAXIMUM_BYTES:
        raise too_large()
    text = text.removeprefix("\ufeff")
    data = _read_json(text) if text.lstrip()[:1] in ("{", "[") else read_yaml(text=text)
    return bank_document(data=data, draft=draft)


def read_bank_file(*, path: Path, draft: bool = False) -> BankDocument:
    """Read a bank from a file in UTF-8, YAML or JSON. Raises Refused where there is none that can be
    used. A `draft` may lack dimensions and questions."""
    return parse_bank_bytes(content=content_of(path), draft=draft)


def content_of(path: Path) -> bytes:
    """What a bank's file holds, up to one byte more than is read of any. Raises Refused."""
    try:
        with path.open("rb") as file:
            # No more than this is ever held, whatever the file's size.
            return file.read(MAXIMUM_BYTES + 1)
    except OSError as error:
        raise Refused(
            _("%(path)s cannot be read (%(reason)s).")
            % {"path": shown(path, 300), "reason": error.strerror}
        ) from error
    except ValueError as error:
        raise Refused(_("%(path)s is not a file's name.") % {"path": shown(path, 300)}) from error


def parse_bank_bytes(*, content: bytes, draft: bool = False) -> BankDocument:
    """The same from what a file holds. Raises Refused where that is not text in UTF-8."""
    if len(content) > MAXIMUM_BYTES:
        raise too_large()
    try:
        text = decoded(content)
    except NotUtf8 as error:
        raise Refused(
            _("Line %(line)d is not text in UTF-8. Save the file as UTF-8 and try again.")
            % {"line": error.line}
        ) from error
    return parse_bank(text=text, draft=draft)


def write_bank(*, document: BankDocument, format: str = YAML) -> str:
    """The document as the text of a file, "yaml" or "json"; `parse_bank` gives it back."""
    data = document.as_data()
    if format == JSON:
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    return yaml.dump(
        data,
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=100,
        default_flow_style=False,
    )


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def too_large() -> Refused:
    """What is said of a file of more than MAXIMUM_BYTES."""
    return Refused(
        _("The file is larger than 1 MB; a question bank is much smaller. Is it the right file?")
    )


def _number_too_long() -> Refused:
    return Refused(_("A number has more digits than any in a question bank. Shorten it."))


# JSON ------------------------------------------------------------------------------------------


def _read_json(text: str) -> object:
    _check_json_depth(text)
    try:
        data = json.loads(
            text,
            object_pairs_hook=_without_doubles,
            parse_int=_whole_number,
            parse_float=_decimal_number,
            parse_constant=_no_number,
        )
    except json.JSONDecodeError as error:
        try:
            # YAML has mappings between braces too, with fewer quotes.
            return read_yaml(text=text)
        except NotYaml:
            raise refused_at(
                error.lineno,
                _("this is neither JSON (%(problem)s) nor YAML; look here and just above")
                % {"problem": error.msg},
            ) from error
    except Refused:
        # YAML refuses the same, most often, and says in which line.
        with suppress(NotYaml):
            read_yaml(text=text)
        raise
    if _values(data) > MAXIMUM_NODES:
        raise Refused(_("There are more values than any question bank holds. Leave some out."))
    return _with_lines(data, text)


def _with_lines(data: object, text: str) -> object:
    """`data` with the lines of its keys, where YAML reads the same in its text; else as it is."""
    if "\n" not in text.strip():
        return data
    try:
        lined = read_yaml(text=text)
    except Refused:
        return data
    return lined if lined == data else data


def _values(data: object) -> int:
    """How many values and keys there are, counted as in YAML."""
    if isinstance(data, dict):
        return 1 + sum(1 + _values(value) for value in data.values())
    if isinstance(data, list):
        return 1 + sum(map(_values, data))
    return 1


def _check_json_depth(text: str) -> None:
    """json.loads calls itself once a level, so levels are counted before."""
    depth = 0
    in_string = escaped = False
    for position, character in enumerate(text):
        if in_string:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"':
                in_string = False
        elif character == '"':
            in_string = True
        elif character in "[{":
            depth += 1
            if depth > MAXIMUM_DEPTH:
                raise refused_at(
                    line_at(text, position),
                    _("nested deeper than any question bank; take a level out"),
                )
        elif character in "]}":
            depth -= 1


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise Refused(
                _("The key %(key)s stands twice in one place; take one out.") % {"key": shown(key)}
            )
        found[key] = value
    return found


def _whole_number(digits: str) -> int:
    if len(digits) > MAXIMUM_DIGITS:
        raise _number_too_long()
    return int(digits)


def _decimal_number(digits: str) -> Decimal:
    if len(digits) > MAXIMUM_DIGITS:
        raise _number_too_long()
    try:
        return Decimal(digits)
    except ArithmeticError as error:
        raise _number_too_long() from error


def _no_number(name: str) -> object:
    raise Refused(_("%(name)s is not a number; write figures.") % {"name": name})
