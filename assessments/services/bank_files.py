"""Question banks as text: YAML and JSON read without trust, and written."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.services.texts import NotUtf8, decoded, lines_with_nul
from assessments.services.bank_checks import bank_document
from assessments.services.bank_documents import BankDocument
from assessments.services.bank_sections import shown

MAXIMUM_BYTES = 1024 * 1024
MAXIMUM_DEPTH = 12
MAXIMUM_NODES = 50_000
MAXIMUM_DIGITS = 18

JSON = "json"
YAML = "yaml"
FORMATS = (YAML, JSON)


def parse_bank(*, text: str) -> BankDocument:
    """Read a bank from YAML, or from JSON where the text begins with a brace.

    Nothing in the text can make this slow or large: no aliases, merges or tags, at most 1 MB, 12
    levels and 50,000 values. Raises Refused, and nothing else, for any text that is not a bank.
    """
    if len(text) > MAXIMUM_BYTES or len(text.encode("utf-8", "surrogatepass")) > MAXIMUM_BYTES:
        raise _too_large()
    if lines_with_nul(text):
        raise Refused(_("The file holds NUL characters; a question bank is a text file."))
    text = text.removeprefix("\ufeff")
    data = _read_json(text) if text.lstrip()[:1] in ("{", "[") else _read_yaml(text)
    return bank_document(data=data)


def read_bank_file(*, path: Path) -> BankDocument:
    """Read a bank from a file in UTF-8. Raises Refused where there is none that can be used."""
    try:
        with path.open("rb") as file:
            # No more than this is ever held, whatever the file's size.
            content = file.read(MAXIMUM_BYTES + 1)
    except OSError as error:
        raise Refused(
            _("%(path)s cannot be read (%(reason)s).")
            % {"path": shown(path, 300), "reason": error.strerror}
        ) from error
    except ValueError as error:
        raise Refused(_("%(path)s is not a file's name.") % {"path": shown(path, 300)}) from error
    if len(content) > MAXIMUM_BYTES:
        raise _too_large()
    try:
        text = decoded(content)
    except NotUtf8 as error:
        raise Refused(
            _("The file is not text in UTF-8. Save it as UTF-8 and try again.")
        ) from error
    return parse_bank(text=text)


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


def _too_large() -> Refused:
    return Refused(_("The file is larger than 1 MB; a question bank is much smaller."))


def _at(line: int, message: str) -> Refused:
    return Refused(
        _("The file cannot be read as a question bank."),
        [_("line %(line)d: %(message)s") % {"line": line, "message": message}],
    )


def _number_too_long() -> Refused:
    return Refused(_("The file holds a number with more digits than any in a question bank."))


# JSON ------------------------------------------------------------------------------------------


def _read_json(text: str) -> object:
    _check_json_depth(text)
    try:
        return json.loads(
            text,
            object_pairs_hook=_without_doubles,
            parse_int=_whole_number,
            parse_float=_decimal_number,
            parse_constant=_no_number,
        )
    except json.JSONDecodeError as error:
        try:
            # YAML has mappings between braces too, with fewer quotes.
            return _read_yaml(text)
        except Refused:
            raise _at(error.lineno, error.msg) from error


def _check_json_depth(text: str) -> None:
    """json.loads calls itself once a level, so levels are counted before."""
    depth = 0
    in_string = escaped = False
    for character in text:
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
                raise Refused(_("The file is nested deeper than any question bank."))
        elif character in "]}":
            depth -= 1


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise Refused(_("The key %(key)s stands twice in one place.") % {"key": shown(key)})
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
    raise Refused(_("%(name)s is not a number.") % {"name": name})


# YAML ------------------------------------------------------------------------------------------


class _Loader(yaml.SafeLoader):
    """Mappings, lists and plain values alone, counted as they are met."""

    # Only what a reader would take for a number is one: no dates, no base 60, no octal figures.
    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.level = 0
        self.nodes = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        event: Any = self.peek_event()
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise _at(line, _("anchors (&) and aliases (*) are not taken; write it out"))
        if event.tag is not None:
            raise _at(line, _("tags (!) are not taken; write the plain value"))
        self.nodes += 1
        if self.nodes > MAXIMUM_NODES:
            raise _at(line, _("the file holds more values than any question bank"))
        self.level += 1
        if self.level > MAXIMUM_DEPTH:
            raise _at(line, _("nested deeper than any question bank"))
        node = super().compose_node(parent, index)
        self.level -= 1
        return node

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise _at(line, _("a key must be a word"))
            if key_node.value == "<<":
                raise _at(line, _("merging (<<) is not taken; write it out"))
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str):
                raise _at(
                    line,
                    _("%(key)s is not read as text here; put it between quotes")
                    % {"key": shown(key_node.value)},
                )
            if key in found:
                raise _at(
                    line, _("the key %(key)s stands twice in one place") % {"key": shown(key)}
                )
            found[key] = self.construct_object(value_node, deep=deep)
        return found

    def construct_int(self, node: Any) -> int:
        return _whole_number(node.value)

    def construct_decimal(self, node: Any) -> Decimal:
        return _decimal_number(node.value)


for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    (
        "bool",
        r"yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF",
        list("yYnNtTfFoO"),
    ),
    ("int", r"[-+]?(0|[1-9][0-9]*)", list("-+0123456789")),
    ("float", r"[-+]?(0|[1-9][0-9]*)\.[0-9]+", list("-+0123456789")),
):
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_pattern})\Z", re.ASCII), _first
    )
_Loader.add_constructor("tag:yaml.org,2002:int", _Loader.construct_int)
_Loader.add_constructor("tag:yaml.org,2002:float", _Loader.construct_decimal)


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _read_yaml(text: str) -> object:
    try:
        return _Loader(text).get_single_data()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _at(line, error.problem or _("this is not YAML")) from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # PyYAML lets plain ValueErrors through, for one from escapes beyond Unicode.
        raise Refused(_("The file is not YAML or JSON that can be read.")) from error
