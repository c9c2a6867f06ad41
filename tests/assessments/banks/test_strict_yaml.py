"""The reader of YAML: the same values and lines with libyaml and without."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from alliances.errors import Refused
from assessments.services.banks import strict_yaml
from assessments.services.banks.files import parse_bank
from assessments.services.banks.sections import LinedList, LinedMapping
from assessments.services.banks.strict_yaml import read_yaml
from tests.assessments.banks.documents import merge_bomb, minimal

PARSERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if yaml.__with_libyaml__ else [])]


@pytest.fixture(params=PARSERS, ids=lambda parser: parser.__name__)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict_yaml, "LOADER", request.param)


def told(text: str) -> list[str]:
    with pytest.raises(Refused) as caught:
        read_yaml(text=text)
    return caught.value.details


def test_libyaml_is_used_where_it_is_there() -> None:
    assert strict_yaml.LOADER is PARSERS[-1]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("~", None),
        ("Null", None),
        ("nUll", "nUll"),
        ('""', ""),
        ("yes", True),
        ("On", True),
        ("TRUE", True),
        ("No", False),
        ("off", False),
        ("y", "y"),
        ("yEs", "yEs"),
        ("'yes'", "yes"),
        ('"12"', "12"),
        ("12", 12),
        ("-0", 0),
        ("+7", 7),
        ("9" * 18, 10**18 - 1),
        ("1.50", Decimal("1.50")),
        ("-0.5", Decimal("-0.5")),
        ("012", "012"),
        ("0x1f", "0x1f"),
        ("0o7", "0o7"),
        ("1_000", "1_000"),
        ("1:30", "1:30"),
        ("1e3", "1e3"),
        ("1.", "1."),
        (".5", ".5"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("١٢", "١٢"),
        ("2026-11-20", "2026-11-20"),
        ("=", "="),
        ("<<", "<<"),
        ("|\n  a\n  b\n", "a\nb\n"),
        (">-\n  a\n  b\n", "a b"),
        ('"\\u00e9\\x41\\/\\n"', "éA/\n"),
        ("é😀", "é😀"),
        ("--- a\n...\n", "a"),
        ("%YAML 1.1\n--- a\n", "a"),
        ("", None),
        ("# nothing", None),
        ("[]", []),
        ("{a: [1, {b: }], c: d}", {"a": [1, {"b": None}], "c": "d"}),
        ("? a\n: b", {"a": "b"}),
        ("? a", {"a": None}),
        ("a: '<<'", {"a": "<<"}),
        ("'yes': no", {"yes": False}),
        ("[" * 11 + "a" + "]" * 11, [[[[[[[[[[["a"]]]]]]]]]]]),
    ],
)
def test_what_is_read(text: str, value: object) -> None:
    read = read_yaml(text=text)
    assert read == value
    assert type(read) is type(value) or isinstance(read, LinedList | LinedMapping)
    assert str(read) == str(value)  # 1.50 keeps its digits, and True is not 1


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "line"),
    [
        (merge_bomb(), "line 1: anchors (&) and aliases (*) are not taken; write it out"),
        ("a: 1\nb: *a\n", "line 2: anchors (&) and aliases (*) are not taken; write it out"),
        ("a: 1\n&b b: 1\n", "line 2: anchors (&) and aliases (*) are not taken; write it out"),
        ("a:\n  &b [1]\n", "line 2: anchors (&) and aliases (*) are not taken; write it out"),
        (
            "a:\r\n  &b {c: d}\r\n",
            "line 2: anchors (&) and aliases (*) are not taken; write it out",
        ),
        ("a: ! 1", "line 1: tags (!) are not taken; write the plain value"),
        ('a: ! "1"', "line 1: tags (!) are not taken; write the plain value"),
        ("a: ! [1]", "line 1: tags (!) are not taken; write the plain value"),
        ("a: ! {b: 1}", "line 1: tags (!) are not taken; write the plain value"),
        ("! a: 1", "line 1: tags (!) are not taken; write the plain value"),
        ("\na: !!python/name:os.system", "line 2: tags (!) are not taken; write the plain value"),
        ("a: !<tag:yaml.org,2002:str> 1", "line 1: tags (!) are not taken; write the plain value"),
        ("%TAG ! x\n--- a", "line 1: tags (!) are not taken; write the plain value"),
        ("a\n...\n%TAG ! x\n--- a", "line 3: tags (!) are not taken; write the plain value"),
        ("a: 1\n<<: 2", "line 2: merging (<<) is not taken; write it out"),
        ("a: 1\n'<<': 2", "line 2: merging (<<) is not taken; write it out"),
        ("a: 1\nb: 2\na: 3", "line 3: the key 'a' stands twice in one place; take one out"),
        ("a: 1\n'a': 3", "line 2: the key 'a' stands twice in one place; take one out"),
        ("on: 1", "line 1: 'on' is not read as text here; put it between quotes"),
        ("7: 1", "line 1: '7' is not read as text here; put it between quotes"),
        ("~: 1", "line 1: '~' is not read as text here; put it between quotes"),
        ("? \n: 1", "line 1: '' is not read as text here; put it between quotes"),
        ("[a]: 1", "line 1: a key must be a word, not a list or a mapping"),
        ("a: 1\n? {b: 1}\n: 2", "line 2: a key must be a word, not a list or a mapping"),
        (
            "[" * 12 + "a" + "]" * 12,
            "line 1: nested deeper than any question bank; take a level out",
        ),
        ("- a\n" * 50_000, "line 50000: more values than any question bank holds; leave some out"),
        (
            "".join(f"k{n}: v\n" for n in range(25_000)),
            "line 25000: more values than any question bank holds; leave some out",
        ),
        (
            "a: " + "9" * 19,
            "line 1: this number has more digits than any in a question bank; shorten it",
        ),
        ("a\n--- b", "line 2: a second document begins; a file holds one bank, without ---"),
        ("a: b\x00", "line 1: the character U+0000 cannot be shown; take it out"),
        ("a: b\n\n\x7f", "line 3: the character U+007F cannot be shown; take it out"),
        ("a: \ud800", "line 1: the character U+D800 cannot be shown; take it out"),
        ("a: \ufffe", "line 1: the character U+FFFE cannot be shown; take it out"),
        ("a\n\ufeff- b", "line 2: the character U+FEFF cannot be shown; take it out"),
    ],
)
def test_what_is_refused(text: str, line: str) -> None:
    assert told(text) == [line]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: [b\nc: d", 2),
        ("a: 'b\n\n", 3),
        ("a:\n  b: c\n d: e", 3),
        ("a: b: c", 1),
        ("- a\nb: c", 2),
        ("a: @b", 1),
        ("a: b\n\tc: d", 2),
        ("%YAML 2.0\n---\na", 1),
        ("!" + "x" * 1000 + "!y z", 1),
    ],
)
def test_what_is_not_yaml(text: str, line: int) -> None:
    (detail,) = told(text)
    assert detail.startswith(f"line {line}: this is not YAML (")
    assert "; look here and above for a quote, a bracket or a colon" in detail
    assert len(detail) < 320  # however long the parser quotes


@pytest.mark.usefixtures("parser")
def test_what_no_character_is() -> None:
    with pytest.raises(Refused):
        read_yaml(text='a: "\\UFFFFFFFF"')
    # Without libyaml it is a text that cannot be shown.
    with pytest.raises(Refused, match="line 1"):
        parse_bank(text='code: "\\uD800"')


@pytest.mark.usefixtures("parser")
def test_lines() -> None:
    read: Any = read_yaml(
        text="# a bank\n"
        "code: tiny\n"
        "title: |\n"
        "  two\n"
        "  lines\n"
        "'dimensions':\n"
        "  - code: a\n"
        "    labels: [x,\n"
        "      y]\n"
        "\n"
        "  -\n"
        "    code: b\n"
        "  - text\n"
        "flow: {a: 1,\n"
        "  b: {}}\n"
    )
    assert read.line == 2
    assert read.lines == {"code": 2, "title": 3, "dimensions": 6, "flow": 14}
    first, second, third = read["dimensions"]
    assert read["dimensions"].lines == [7, 12, 13]
    assert (first.line, first.lines) == (7, {"code": 7, "labels": 8})
    assert (first["labels"], first["labels"].lines) == (["x", "y"], [8, 9])
    assert (second.line, second.lines, third) == (12, {"code": 12}, "text")
    assert (read["flow"].line, read["flow"].lines) == (14, {"a": 14, "b": 15})
    assert (read["flow"]["b"].line, read["flow"]["b"].lines) == (15, {})


# PyYAML writes these three line breaks so that nobody reads them back.
words = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x85\u2028\u2029"), max_size=12
)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**16), 10**16) | words,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(words.filter(lambda key: key != "<<"), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(
    value=values,
    style=st.sampled_from([None, '"', "'"]),
    flow=st.sampled_from([True, False, None]),
    unicode=st.booleans(),
)
def test_what_is_written_is_read_with_either_parser(
    value: Any, style: str | None, flow: bool | None, unicode: bool
) -> None:
    text = yaml.dump(
        value,
        Dumper=_Plain,
        default_style=style if isinstance(value, str) else None,
        default_flow_style=flow,
        allow_unicode=unicode,
    )
    for parser in PARSERS:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(strict_yaml, "LOADER", parser)
            assert read_yaml(text=text) == value


class _Plain(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


# Complaints with their lines --------------------------------------------------------------------

WRONG = """\
code: tiny
version: 0
bands:
  strong: 40
sources:
  VA: [a]
colour: red
dimensions:
  - title: No code
    asked_of_members:
      - Do it.
      - ''
    questions:
      - code: A1
        reverse: often
        max: 3
        labels: [a, b]
      - nothing
  - code: b
    advice: [{text: x}]
    questions:
      - code: A1
        sauce: VA
      - code: respondent
        source: XY
"""


def complaints(text: str) -> list[str]:
    with pytest.raises(Refused) as caught:
        parse_bank(text=text)
    return sorted(caught.value.details)


@pytest.mark.usefixtures("parser")
def test_complaints_name_the_line_of_the_key_or_of_what_lacks_it() -> None:
    assert complaints(WRONG) == sorted(
        [
            "line 2: 'version' must be a whole number from 1 to 2147483647",
            "line 4, bands: 'mixed' must be lower than 'strong'",
            "line 6, sources: 'VA' must be text; put it between quotes",
            "line 7: 'colour' is not a key that is known here; take it out",
            "line 9, dimensions 1: 'code' is missing",
            "line 12, dimensions 1: 'asked_of_members' 2 must have 1 to 300 characters",
            "line 15, dimensions 1, question 1: 'reverse' must be true or false",
            "line 17, dimensions 1, question 1: 'labels' must have one text for each of the "
            "3 values, the ends in words",
            "line 18, dimensions 1, question 2: must be a mapping of keys to values, such as "
            "'code: …'",
            "line 20, dimensions 2, advice 1: 'title' is missing",
            "line 22: the question 'A1' stands there twice; give one another code",
            "line 23, dimensions 2, question 1: 'sauce' is not a key that is known here; did you "
            "mean 'source'?",
            "line 24: 'respondent' names a column of its own and cannot be a question's code",
            "line 25, dimensions 2, question 2: 'source' 'XY' is not in 'sources'; list it there",
        ]
    )


def test_json_has_lines_where_yaml_reads_the_same() -> None:
    data = minimal()
    data["version"] = 0
    data["title"] = "é"
    message = "'version' must be a whole number from 1 to 2147483647"
    assert complaints(json.dumps(data, indent=2)) == [f"line 3: {message}"]
    assert complaints(json.dumps(data, indent="\t" if yaml.__with_libyaml__ else 1)) == [
        f"line 3: {message}"
    ]
    # On one line there is nothing to look for.
    assert complaints(json.dumps(data)) == [message]
    # What YAML reads as a text, or not at all, is read as JSON, without lines.
    data["title"] = "😀"
    assert complaints(json.dumps(data, indent=2)) == [message]
    data["title"] = "a"
    number = json.dumps(data, indent=2).replace('"weight": 0.5', '"weight": 5e-1')
    assert complaints(number) == [message]
    assert parse_bank(text=number.replace('"version": 0', '"version": 1')).dimensions[0].questions[
        1
    ].weight == Decimal("0.5")
