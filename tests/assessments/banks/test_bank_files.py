"""Files from strangers: read whole, or refused in words. Nothing else is ever raised."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from alliances.errors import Refused
from assessments.services.banks.documents import bank_digest
from assessments.services.banks.files import MAXIMUM_BYTES, parse_bank, read_bank_file, write_bank
from tests.assessments.banks.documents import merge_bomb, minimal

GOOD = """
code: tiny
version: 1
dimensions:
  - code: common-pain
    questions:
      - {code: A1, reverse: no, weight: 0.5, min: 1, max: 5}
"""


def refusal(text: str) -> Refused:
    with pytest.raises(Refused) as caught:
        parse_bank(text=text)
    return caught.value


def told(text: str) -> str:
    return str(refusal(text))


def test_yaml_and_json_say_the_same() -> None:
    data = minimal()
    from_json = parse_bank(text=json.dumps(data))
    assert parse_bank(text=yaml.safe_dump(data)) == from_json
    assert parse_bank(text="\ufeff" + json.dumps(data, indent=1)) == from_json
    # Braces without JSON's quotes are YAML.
    assert parse_bank(text=yaml.safe_dump(data, default_flow_style=True)) == from_json


def test_yes_and_no_are_truth_values() -> None:
    assert parse_bank(text=GOOD).dimensions[0].questions[0].reverse is False


ALIAS_BOMB = "a: &a [x, x]\nb: &b [*a, *a, *a, *a, *a]\nc: [*b, *b, *b, *b, *b]\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (merge_bomb(), "line 1: anchors (&) and aliases (*) are not taken; write it out"),
        (ALIAS_BOMB, "line 1: anchors (&) and aliases (*) are not taken; write it out"),
        ("code: x\nversion: *v\n", "line 2: anchors (&) and aliases (*) are not taken"),
        ("code: x\n<<: {version: 1}\n", "line 2: merging (<<) is not taken; write it out"),
        (
            GOOD.replace("version: 1", "version: 1\nversion: 2"),
            "line 4: the key 'version' stands twice",
        ),
        (
            GOOD.replace("max: 5", "max: 5, max: 7"),
            "line 7: the key 'max' stands twice in one place",
        ),
        ("code: !!python/object/apply:os.system ['true']\n", "line 1: tags (!) are not taken"),
        ("!!python/object:os.system {}\n", "line 1: tags (!) are not taken"),
        ("code: !!str 5\n", "line 1: tags (!) are not taken; write the plain value"),
        ("code: ! x\n", "line 1: tags (!) are not taken; write the plain value"),
        ("code: !!set {a, b}\n", "line 1: tags (!) are not taken; write the plain value"),
        ("x: " + "[" * 2000, "nested deeper than any question bank"),
        ("x: " + "{a: " * 2000, "nested deeper than any question bank"),
        ("- " * 2000, "nested deeper than any question bank"),
        ("[" * 2000, "line 1: nested deeper than any question bank"),
        ('{"a":\n' * 2000, "line 13: nested deeper than any question bank"),
        ("[" + "1," * 60_000 + "1]", "more values than any question bank holds. Leave some out."),
        ("x:\n" + "- a\n" * 60_000, "more values than any question bank holds; leave some out"),
        (GOOD.replace("tiny", "yes"), "'code' must be text; put it between quotes"),
        (GOOD.replace("tiny", "2024"), "'code' must be text; put it between quotes"),
        (
            GOOD.replace("code: tiny", "yes: 1"),
            "line 2: 'yes' is not read as text here; put it between",
        ),
        (GOOD.replace("code: tiny", "? [a, b]\n: c"), "line 2: a key must be a word"),
        (GOOD.replace("0.5", ".nan"), "'weight' must be a number above 0"),
        (GOOD.replace("0.5", ".inf"), "'weight' must be a number above 0"),
        (GOOD.replace("0.5", "1e400"), "'weight' must be a number above 0"),
        (GOOD.replace("0.5", "9" * 19), "line 7: this number has more digits than any in"),
        (GOOD.replace("0.5", "9" * 5000), "line 7: this number has more digits than any in"),
        (GOOD.replace("0.5", "0." + "9" * 17), "line 7: this number has more digits than any in"),
        (GOOD.replace("min: 1", "min: 0x1"), "'min' must be a whole number"),
        (GOOD.replace("min: 1", "min: 1:30"), "'min' must be a whole number"),
        (GOOD.replace("version: 1", "version: 2026-11-20"), "'version' must be a whole number"),
        (GOOD.replace("tiny", "ti\0ny"), "line 2: the character U+0000 cannot be shown"),
        (GOOD.replace("tiny", '"ti\\0ny"'), "'code' holds characters that cannot be shown"),
        ("code: tiny\x07\n", "line 1: the character U+0007 cannot be shown; take it out"),
        ("code: ti\ud800ny\n", "line 1: the character U+D800 cannot be shown; take it out"),
        ("a: b\n\ufeffcode: x\n", "line 2: the character U+FEFF cannot be shown; take it out"),
        ("code: [a\n", "line 2: this is not YAML ("),
        ("a: b\n--- \nc: d\n", "line 2: a second document begins; a file holds one bank"),
        ("# a\r\n%TAG !a! b\n--- {}\n", "line 2: tags (!) are not taken"),
        ("{}\n...\r%TAG !a! b\n--- {}\n", "tags (!) are not taken"),
        ("", "must be a mapping of keys to values"),
        ("# nothing\n", "must be a mapping of keys to values"),
        ("just words", "must be a mapping of keys to values"),
        ('{"code": "a", "code": "b"}', "line 1: the key 'code' stands twice in one place"),
        ('{"code": 1e5,\n "a": {"b": 1, "b": 2}}', "line 2: the key 'b' stands twice in one place"),
        ('{"version": NaN}', "NaN is not a number; write figures."),
        ('{"version": -Infinity}', "-Infinity is not a number; write figures."),
        ('{"version": %s}' % ("9" * 5000), "line 1: this number has more digits than any in"),
        (
            '{"version": %s}' % ("9" * 17 + "e1"),
            "A number has more digits than any in a question bank. Shorten it.",
        ),
        ('{"version": 1e99999999}', "'version' must be a whole number"),
        ('{"version": 1e9999999999999999}', "'version' must be a whole number"),
        ('{"code": "a\\u0000"}', "'code' holds characters that cannot be shown"),
        ('{"code": "\\ud800"}', "'code' holds characters that cannot be shown"),
        ('{"\\ud800": 1}', "'\\ud800' is not a key that is known here"),
        ('{"version":\n1', "line 2: this is neither JSON (Expecting ',' delimiter) nor YAML"),
    ],
)
def test_hostile_texts(text: str, message: str) -> None:
    assert message in told(text)


def test_fifty_megabytes_are_refused_before_they_are_parsed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def parse(*args: object, **named: object) -> None:
        raise AssertionError("parsed")

    monkeypatch.setattr("assessments.services.banks.files.read_yaml", parse)
    monkeypatch.setattr("assessments.services.banks.files._read_json", parse)
    for text in ("x" * 50_000_000, "{" * 50_000_000, "é" * (MAXIMUM_BYTES // 2 + 1)):
        assert (
            told(text)
            == "The file is larger than 1 MB; a question bank is much smaller. Is it the right file?"
        )


def test_a_file_of_fifty_megabytes_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(Refused, match="larger than 1 MB"):
        read_bank_file(path=path)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"none.yaml' cannot be read \(No such file or directory\)"):
        read_bank_file(path=tmp_path / "none.yaml")
    with pytest.raises(Refused, match="cannot be read"):
        read_bank_file(path=tmp_path)
    with pytest.raises(Refused, match="is not a file's name"):
        read_bank_file(path=Path("a\0b"))
    (tmp_path / "latin.yaml").write_bytes("code: x\ntitle: Zürich".encode("latin-1"))
    with pytest.raises(Refused, match="Line 2 is not text in UTF-8"):
        read_bank_file(path=tmp_path / "latin.yaml")


def test_a_file_that_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "tiny.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert read_bank_file(path=path) == parse_bank(text=GOOD)


# What no example thought of -------------------------------------------------------------------

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["code", "version", "dimensions", "questions", "min", "labels", "bands"]
            )
            | st.text(max_size=5),
            inner,
            max_size=4,
        )
    ),
    max_leaves=15,
)


def only_refused(text: str) -> None:
    try:
        bank_digest(parse_bank(text=text))
    except Refused as caught:
        str(caught).encode()  # it can be printed


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    only_refused(text)


@given(st.text(alphabet="{}[]:,-?&*!|>'\"%@#\\ \n\tax01.<~", max_size=80))
def test_any_text_of_signs_that_yaml_knows(text: str) -> None:
    only_refused(text)


@given(anything)
def test_any_json(data: Any) -> None:
    only_refused(json.dumps(data))


@given(st.data())
def test_wrong_types_anywhere(data: st.DataObject) -> None:
    bank = minimal()
    bank["bands"] = {"strong": 75, "mixed": 50}
    bank["sources"] = {"VA": "x"}
    bank["scale"] = {"min": 1, "max": 5, "labels": list("abcde")}
    bank["dimensions"][0]["advice"] = [{"title": "a", "text": "b"}]
    bank["dimensions"][0]["asked_of_members"] = ["c"]
    bank["dimensions"][0]["questions"][0].update(
        text="t", help="h", facet="f", source="VA", labels=list("abcde")
    )
    places: list[tuple[Any, Any]] = []

    def collect(node: Any) -> None:
        entries = node.items() if isinstance(node, dict) else enumerate(node)
        for key, value in entries:
            places.append((node, key))
            if isinstance(value, dict | list):
                collect(value)

    collect(bank)
    node, key = data.draw(st.sampled_from(places))
    node[key] = data.draw(anything)
    only_refused(json.dumps(bank))
    only_refused(yaml.safe_dump(bank))


words = st.text(min_size=1, max_size=30).filter(
    lambda text: text.isprintable() and text == " ".join(text.split())
)
codes = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,15}", fullmatch=True).filter(
    lambda code: code.lower() not in ("respondent", "organisation")
)


@given(
    code=codes,
    question=codes,
    mark=codes,
    title=words,
    label=words,
    weight=st.decimals("0.001", "1000", places=3),
    minimum=st.integers(-1000, 900),
    options=st.integers(2, 101),
    format=st.sampled_from(["yaml", "json"]),
)
def test_what_is_written_reads_back_the_same(
    code: str,
    question: str,
    mark: str,
    title: str,
    label: str,
    weight: Any,
    minimum: int,
    options: int,
    format: str,
) -> None:
    """Words such as yes, null, 1.0 and << come back as words, and weights to the digit."""
    document = parse_bank(
        text=json.dumps(
            {
                "code": code,
                "version": 3,
                "title": title,
                "introduction": f"{title}\n\n{label}",
                "sources": {mark: title},
                "bands": {"strong": 80, "mixed": 40},
                "dimensions": [
                    {
                        "code": code,
                        "asked_of_members": [title, title],
                        "questions": [
                            {
                                "code": question,
                                "text": title,
                                "min": minimum,
                                "max": minimum + options - 1,
                                "labels": [label, *[""] * (options - 2), label],
                                "weight": float(weight),
                            }
                        ],
                    }
                ],
            }
        )
    )
    again = parse_bank(text=write_bank(document=document, format=format))
    assert again == document
    assert again.dimensions[0].questions[0].weight == weight
    assert bank_digest(again) == bank_digest(document)
