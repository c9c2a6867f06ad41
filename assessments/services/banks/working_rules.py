"""The working rules check as a document: the shipped frame, filled in with rules.

Knows no database. The frame is a file beside the banks, and says what is the same for every alliance.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.services.texts import decoded, same_key, visible
from assessments.services.banks.checks import MOST_DIMENSIONS, bank_document
from assessments.services.banks.documents import BankDocument
from assessments.services.banks.sections import Section, clean_text
from assessments.services.banks.strict_yaml import read_yaml

MOST_RULES = MOST_DIMENSIONS
"""Each rule is a dimension of its own."""

FRAME = Path(__file__).resolve().parents[2] / "banks" / "frames" / "working-rules-check.yaml"
_RULE = "%(rule)s"

_OF_BANK = (
    "title",
    "language",
    "copyright",
    "audience",
    "subject",
    "introduction",
    "sources",
    "bands",
    "reading",
    "scale",
)
_OF_DIMENSION = ("question", "readings", "advice", "asked_of_members", "source")
_OF_RULES = ("rule", "dimension")
_PATTERNS = ("short", "long")

TITLE, IN_SENTENCE, STATEMENT, HELP, WHAT_IT_IS = 80, 80, 300, 300, 4000
"""How long these texts of a bank may be (`checks`)."""

_ENDS = ".!?…。！？"
_CLOSING = "”»’\"')"


@dataclass(frozen=True)
class Rule:
    """A rule as it is asked: its own number on record, its words on one line, its example."""

    pk: int
    text: str
    example: str = ""


def rules_to_ask(found: Sequence[tuple[int, str, str]]) -> list[Rule]:
    """Key, text and example of rules, in their order, as they are asked.

    What nobody sees is taken out of their words. Of several that say the same, the first is asked;
    one that says nothing is not.
    """
    rules: dict[str, Rule] = {}
    for pk, text, example in found:
        said = _clean(text)
        if said:
            rules.setdefault(same_key(said), Rule(pk, said, _clean(example, lines=True)))
    return list(rules.values())


def rules_document(*, rules: Sequence[Rule], code: str) -> BankDocument:
    """Version 1 of the bank that asks `rules`, of which there are 1 to MOST_RULES, in their order.

    A rule's dimension and question bear its number on record, which it keeps whatever becomes of
    the others.
    """
    return bank_document(data=_filled(frame(), rules, code))


@cache
def frame() -> Mapping[str, Any]:
    """The shipped frame, as plain values that were checked."""
    return read_frame(text=decoded(FRAME.read_bytes()))


def read_frame(*, text: str) -> Mapping[str, Any]:
    """A frame from YAML, read as strictly as any bank. Raises Refused with all that is wrong."""
    data = read_yaml(text=text)
    complaints: list[str] = []
    keys = (*_OF_BANK, "seconds_a_rule", *_OF_RULES, "translations")
    section = Section(data, "", keys, complaints)
    section.whole("seconds_a_rule", 1, 600)
    rule = section.section("rule", ("longest", *_PATTERNS, "help"))
    rule.whole("longest", 1, STATEMENT)
    rule.text("help", HELP)
    _check_patterns(rule, _PATTERNS)
    _check_patterns(section.section("dimension", ("in_sentence", *_OF_DIMENSION)), ["in_sentence"])
    languages = section.data.get("translations")
    known = tuple(languages) if isinstance(languages, Mapping) else ()
    translations = section.section("translations", known)
    for language in translations.data:
        texts = translations.section(language, ("title", "introduction", "labels", *_OF_RULES))
        of_rule = texts.section("rule", (*_PATTERNS, "help"))
        of_rule.text("help", HELP)
        _check_patterns(of_rule, _PATTERNS)
        of_dimension = texts.section("dimension", ("in_sentence", *_OF_DIMENSION))
        _check_patterns(of_dimension, ["in_sentence"])
    if complaints:
        raise Refused(
            _("This is not a question bank that can be used. Nothing was stored."), complaints
        )
    assert isinstance(data, Mapping)  # noqa: S101 - else the section has complained
    # The rest is said by what comes of it.
    bank_document(data=_filled(data, [Rule(1, "Rule.", "Example.")], "trial"))
    return data


def _check_patterns(section: Section, keys: Sequence[str]) -> None:
    """Each holds the place of the rule once, and leaves most of a text to it."""
    for key in keys:
        if (section.text(key, 80) or _RULE).count(_RULE) != 1:
            section.complain(
                _("'%(key)s' must hold %(rule)s once, where the rule stands")
                % {"key": key, "rule": _RULE},
                key,
            )


def _filled(data: Mapping[str, Any], rules: Sequence[Rule], code: str) -> dict[str, Any]:
    """The values of a file of the bank."""
    minutes = 1 + math.ceil(len(rules) * data["seconds_a_rule"] / 60)
    longest = data["rule"]["longest"]
    return {
        **{key: data[key] for key in _OF_BANK if key in data},
        "code": code,
        "version": 1,
        "minutes": minutes,
        "dimensions": [
            {
                "code": _dimension_code(rule),
                **_of_dimension(data, rule),
                "questions": [
                    {
                        "code": _question_code(rule),
                        **_of_question(data, rule, longest),
                        "source": data["dimension"].get("source", ""),
                    }
                ],
            }
            for rule in rules
        ],
        "translations": {
            language: {
                **{key: texts[key] for key in ("title", "introduction", "labels") if key in texts},
                "dimensions": dict(_translated(texts, rules, longest)),
            }
            for language, texts in (data.get("translations") or {}).items()
        },
    }


def _translated(
    texts: Mapping[str, Any], rules: Sequence[Rule], longest: int
) -> Iterator[tuple[str, Any]]:
    """What is said of each rule in a further language. Its own words are the same in all."""
    for rule in rules:
        questions = {_question_code(rule): _of_question(texts, rule, longest)}
        yield _dimension_code(rule), {**_of_dimension(texts, rule), "questions": questions}


def _of_dimension(texts: Mapping[str, Any], rule: Rule) -> dict[str, Any]:
    """What the page and the report say of a rule, in the language of `texts`."""
    own = texts["dimension"]
    # As a title has none: “Ask first: weak at 38” rather than “Ask first.: weak at 38”.
    name = rule.text.removesuffix(".") or rule.text
    more = f"\n\n{_shortened(rule.example, WHAT_IT_IS // 2)}" if rule.example else ""
    return {
        "title": _shortened(name, TITLE),
        "in_sentence": _put(own["in_sentence"], name, IN_SENTENCE),
        "what_it_is": _as_sentence(rule.text) + more,
        **{key: own[key] for key in _OF_DIMENSION if key in own},
    }


def _of_question(texts: Mapping[str, Any], rule: Rule, longest: int) -> dict[str, Any]:
    """The statement and its help, in the language of `texts`. A rule of up to `longest` is quoted."""
    own = texts["rule"]
    said = _as_sentence(rule.text)
    pattern = own["short"] if len(said) <= longest else own["long"]
    return {
        "text": _put(pattern, said, STATEMENT),
        "help": _shortened(" ".join(rule.example.split("\n")), HELP) or own["help"],
    }


def _dimension_code(rule: Rule) -> str:
    return f"rule-{rule.pk}"


def _question_code(rule: Rule) -> str:
    return f"WR{rule.pk}"


def _put(pattern: str, rule: str, longest: int) -> str:
    """`pattern` with the rule in its place, of `longest` characters at most."""
    return pattern.replace(_RULE, _shortened(rule, longest - len(pattern.replace(_RULE, ""))))


def _as_sentence(text: str) -> str:
    """The rule with a full stop, where it has no end of its own and there is room."""
    ended = text.rstrip(_CLOSING)[-1:] in tuple(_ENDS)
    return text if ended or len(text) >= STATEMENT else f"{text}."


def _shortened(text: str, longest: int) -> str:
    """`text`, cut after a word where it is longer."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    if not text[longest - 1].isspace() and " " in cut[longest // 2 :]:
        cut = cut.rpartition(" ")[0]
    return cut.rstrip(" \n,;:–—-") + "…"


def _clean(text: str, *, lines: bool = False) -> str:
    """`text` without what no page shows and no bank takes."""
    kept = "".join(
        " " if unicodedata.category(character) == "Cc" and character not in "\t\r\n" else character
        for character in visible(text)
        if unicodedata.category(character) != "Cs" and character not in "\ufffe\uffff"
    )
    found = clean_text(kept, lines=lines)
    assert isinstance(found, str)  # noqa: S101 - nothing that is refused is left
    return found
