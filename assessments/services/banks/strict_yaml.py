"""YAML from strangers, read into plain values that know their lines, or refused in words.

Values are put together here from the parser's events, so nothing but what stands below is ever
made of a file, and none of it costs more than the file is long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import yaml
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.services.texts import quotable
from assessments.services.banks.sections import LinedList, LinedMapping, shown

MAXIMUM_DEPTH = 12
MAXIMUM_NODES = 50_000
MAXIMUM_DIGITS = 18

# libyaml is quicker by far; where PyYAML was built without it, its own parser gives the same events.
LOADER: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader

# What YAML does not take, and a byte order mark inside, which its parsers read differently.
_UNFIT = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
# Each of these lines libyaml compares with all before it. They are of use for tags alone.
_TAG_DIRECTIVE = re.compile("(?:^|(?<=[\r\x85\u2028\u2029]))%TAG", re.MULTILINE)

# Only what a reader would take for a number is one: no dates, no base 60, no octal figures.
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TRUTHS = {
    spelling: truth
    for truth, words in ((True, "yes true on"), (False, "no false off"))
    for word in words.split()
    for spelling in (word, word.capitalize(), word.upper())
}
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]*)", re.ASCII)
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+", re.ASCII)


class NotYaml(Refused):
    """The text breaks the rules of YAML itself."""


def read_yaml(*, text: str) -> object:
    """The one document in `text`: LinedMapping, LinedList, str, int, Decimal, bool or None.

    No anchors, aliases, merges or tags, keys that are text and stand once, 12 levels and 50,000
    values at most. Raises Refused, with the line in `details`, for everything else.
    """
    unfit = _UNFIT.search(text)
    if unfit:
        raise refused_at(
            line_at(text, unfit.start()),
            _("the character U+%(code)04X cannot be shown; take it out") % {"code": ord(unfit[0])},
        )
    directive = _TAG_DIRECTIVE.search(text)
    if directive:
        raise refused_at(
            line_at(text, directive.start()), _("tags (!) are not taken; write the plain value")
        )
    try:
        return _Reader(text).document()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise NotYaml(
            *_told(
                line,
                _(
                    "this is not YAML (%(problem)s); look here and above for a quote, a bracket or a "
                    "colon that is missing, and for lines that begin too far left or right"
                )
                % {"problem": quotable(error.problem or "", 100)},
            )
        ) from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # PyYAML's own parser lets plain errors through, for one from escapes beyond Unicode.
        raise NotYaml(_("The file is not YAML or JSON that can be read.")) from error


def line_at(text: str, position: int) -> int:
    """The line, from 1, of what stands at `position`."""
    return text.count("\n", 0, position) + 1


def refused_at(line: int, message: str) -> Refused:
    """What is wrong with a file before it can be looked at as a bank."""
    return Refused(*_told(line, message))


def _told(line: int, message: str) -> tuple[str, list[str]]:
    told = _("line %(line)d: %(message)s") % {"line": line, "message": message}
    return _("The file cannot be read as a question bank."), [told]


class _Reader:
    def __init__(self, text: str) -> None:
        self.events: Iterator[Any] = yaml.parse(text, Loader=LOADER)
        self.nodes = 0

    def document(self) -> object:
        """The value of the first document; None where there is none. A second is refused."""
        next(self.events)
        event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            return None
        value = self._value(next(self.events), 1)
        next(self.events)
        event = next(self.events)
        if not isinstance(event, yaml.StreamEndEvent):
            raise _at(event, _("a second document begins; a file holds one bank, without ---"))
        return value

    def _value(self, event: Any, level: int) -> object:
        """What begins with `event`, as many levels down; every further event of it is taken."""
        self._admit(event, level)
        if isinstance(event, yaml.ScalarEvent):
            return _plain(event) if event.implicit[0] else event.value
        if isinstance(event, yaml.SequenceStartEvent):
            entries = LinedList()
            for event in self.events:
                if isinstance(event, yaml.SequenceEndEvent):
                    break
                entries.lines.append(_line(event))
                entries.append(self._value(event, level + 1))
            return entries
        mapping = LinedMapping(_line(event))
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._key(event, level + 1)
            if key in mapping:
                raise _at(
                    event,
                    _("the key %(key)s stands twice in one place; take one out")
                    % {"key": shown(key)},
                )
            mapping.lines[key] = _line(event)
            mapping[key] = self._value(next(self.events), level + 1)
        return mapping

    def _key(self, event: Any, level: int) -> str:
        self._admit(event, level)
        if not isinstance(event, yaml.ScalarEvent):
            raise _at(event, _("a key must be a word, not a list or a mapping"))
        if event.value == "<<":
            raise _at(event, _("merging (<<) is not taken; write it out"))
        key = _plain(event) if event.implicit[0] else event.value
        if not isinstance(key, str):
            raise _at(
                event,
                _("%(key)s is not read as text here; put it between quotes")
                % {"key": shown(event.value)},
            )
        return key

    def _admit(self, event: Any, level: int) -> None:
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise _at(event, _("anchors (&) and aliases (*) are not taken; write it out"))
        if event.tag is not None:
            raise _at(event, _("tags (!) are not taken; write the plain value"))
        self.nodes += 1
        if self.nodes > MAXIMUM_NODES:
            raise _at(event, _("more values than any question bank holds; leave some out"))
        if level > MAXIMUM_DEPTH:
            raise _at(event, _("nested deeper than any question bank; take a level out"))


def _plain(event: Any) -> object:
    """What a text without quotes stands for."""
    text: str = event.value
    if text in _NULLS:
        return None
    if text in _TRUTHS:
        return _TRUTHS[text]
    kind = int if _WHOLE.fullmatch(text) else Decimal if _DECIMAL.fullmatch(text) else str
    if kind is not str and len(text) > MAXIMUM_DIGITS:
        raise _at(event, _("this number has more digits than any in a question bank; shorten it"))
    return kind(text)


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _at(event: Any, message: str) -> Refused:
    return refused_at(_line(event), message)
