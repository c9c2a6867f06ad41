"""Hostile files cost little: each is read in a process of its own, whose time and memory are told."""

from __future__ import annotations

from pathlib import Path

from tests.assessments.banks.documents import merge_bomb
from tests.assessments.banks.each_alone import MEGABYTES, SECONDS, read_each

LIMIT = 1024 * 1024

READ = """
from assessments.services.banks.files import read_bank_file

def read(path):
    return read_bank_file(path=path)
"""


def full(unit: str, before: str = "", after: str = "") -> str:
    """`unit` as often as it goes into 1 MB."""
    room = LIMIT - len((before + after).encode())
    return before + unit * (room // len(unit.encode())) + after


def numbered(unit: str, before: str = "") -> str:
    """`unit`, each time with another number for its %, up to 1 MB."""
    room = LIMIT - len(before.encode())
    return before + "".join(unit.replace("%", f"{n:06}") for n in range(room // (len(unit) + 5)))


def hostile() -> dict[str, tuple[str, str]]:
    """Texts by name, each with what is said of it."""
    return {
        "merge bomb": (merge_bomb(), "line 1: anchors (&) and aliases (*) are not taken"),
        "2,000 brackets": ("x: " + "[" * 2000, "line 1: nested deeper than any question bank"),
        "2,000 brackets as JSON": ("[" * 2000, "line 1: nested deeper than any question bank"),
        "2,000 braces": ("x: " + "{a: " * 2000, "line 1: nested deeper than any question bank"),
        "2,000 lists": ("- " * 2000, "line 1: nested deeper than any question bank"),
        "2,000 keys": ("? " * 2000, "line 1: a key must be a word"),
        "object": (
            "code: !!python/object/apply:os.system ['true']",
            "line 1: tags (!) are not taken",
        ),
        "script in a key": (
            '<script>alert(1)</script>: 1\n"\\e[31m": 2\n',
            "'<script>alert(1)</script>' is not a key that is known here; take it out\n"
            "line 2: '\\x1b[31m' is not a key",
        ),
        "brackets": (full("["), "line 1: nested deeper than any question bank"),
        "empty lists": (full("[],", "x: [", "]"), "more values than any question bank"),
        "empty lists as JSON": (full("[],", "[", "[]]"), "more values than any question bank"),
        "keys as JSON": (numbered('"%":0,', "{")[:-1] + "}", "more values than any question bank"),
        "broken JSON": (full("1,", '{"a": [', "0}"), "more values than any question bank"),
        "quotes": (full('"'), "line 1: this is not YAML"),
        "short lines": (full("- a\n"), "line 50000: more values than any question bank"),
        "deep lists": (full("- - - - - - - - - - a\n"), "more values than any question bank"),
        "keys": (numbered("k%: v\n"), "line 25000: more values than any question bank"),
        "unknown keys": (
            "".join(f"titel{n}: v\n" for n in range(24_999)),
            "line 1: 'titel0' is not a key that is known here; did you mean 'title'?",
        ),
        "long keys": (
            numbered("k" * 900 + "%: v\n"),
            "is not a key that is known here; take it out",
        ),
        "one long key": (full("k", "", ": v"), "line 1: this is not YAML"),
        "one text": (full("x", "code: "), "line 1: 'code' must not be longer than 60 characters"),
        "one text of many lines": (full("x\n ", "code: "), "must not be longer than 60 characters"),
        "one block": (full("  x\n", "code: |\n"), "must not be longer than 60 characters"),
        "blocks": (full("- |\n  x\n"), "more values than any question bank"),
        "escapes": (full("\\x41", 'code: "', '"'), "must not be longer than 60 characters"),
        "emoji": (full("😀", "code: "), "'code' must not be longer than 60 characters"),
        "one number": (full("9", "version: "), "line 1: this number has more digits than any"),
        "comments": (full("#\n"), "must be a mapping of keys to values"),
        "blank lines": (full("\n"), "must be a mapping of keys to values"),
        "documents": (full("---\n"), "line 2: a second document begins"),
        # Without a check of its own, libyaml takes more than four seconds for these.
        "tag directives": (
            numbered("\0TAG !%! x\n").replace("\0", "%"),
            "line 1: tags (!) are not taken",
        ),
        "one tag": (full("a", "!"), "line 1: tags (!) are not taken"),
        "one anchor": (full("a", "&"), "line 1: anchors (&) and aliases (*) are not taken"),
    }


def test_every_hostile_file_is_refused_quickly_and_in_little_memory(tmp_path: Path) -> None:
    expected = {}
    for name, (text, message) in hostile().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        expected[name] = message
    with (tmp_path / "50 MB").open("wb") as file:
        file.truncate(50_000_000)
    expected["50 MB"] = "The file is larger than 1 MB"

    answers = read_each(READ, [tmp_path / name for name in expected])

    assert len(answers) == len(expected)
    for (name, message), (status, seconds, megabytes, told) in zip(
        expected.items(), answers, strict=True
    ):
        assert status == 0, name
        assert told.startswith("Refused: "), name
        assert message in told, name
        assert all(line.isprintable() for line in told.split("\n")), name
        assert len(told) < 10_000, name
        assert seconds < SECONDS, f"{name} took {seconds:.2f} s"
        assert 10 < megabytes < MEGABYTES, f"{name} took {megabytes:.0f} MB"


def test_a_name_with_a_script_in_it_is_told_so_that_it_can_be_shown(tmp_path: Path) -> None:
    names = [
        "<script>alert(1)<script>.yaml",
        "<script>\x1b[31m\n\u202e.yaml",
        "x" * 200 + ".yaml",
        "\udcff.yaml",
    ]
    for name in names:
        (tmp_path / name).mkdir()
    answers = [told for _status, _seconds, _megabytes, told in read_each(READ,
        [tmp_path / name for name in names] + [Path("a\0b")]
    )]  # fmt: skip
    folder = f"Refused: '{tmp_path}/"
    assert answers == [
        f"{folder}<script>alert(1)<script>.yaml' cannot be read (Is a directory).",
        f"{folder}<script>\\x1b[31m\\n\\u202e.yaml' cannot be read (Is a directory).",
        f"{folder}{names[2]}' cannot be read (Is a directory).",
        f"{folder}\\udcff.yaml' cannot be read (Is a directory).",
        "Refused: 'a\\x00b' is not a file's name.",
    ]


def large_bank() -> str:
    """A bank as large as banks may be: 500 questions in 50 dimensions, in three languages."""
    lines = ["code: large", "version: 1", "language: en", "dimensions:"]
    for number in range(500):
        if number % 10 == 0:
            lines += [f"  - code: d{number}", f"    title: Part {number}", "    questions:"]
        lines += [
            f"      - code: q{number}",
            f"        text: What is said in statement {number} is so with us, and has been for long.",
            "        help: Think of the last three months.",
            f"        facet: facet {number}",
            "        min: 1",
            "        max: 5",
            "        labels:",
            "          - Never",
            "          - Seldom",
            "          - Sometimes",
            "          - Often",
            "          - Always",
            "        reverse: false",
            "        weight: 1.5",
        ]
    lines.append("translations:")
    for language, word in (("de", "Aussage"), ("fr", "Énoncé")):
        lines += [f"  {language}:", "    dimensions:"]
        for number in range(500):
            if number % 10 == 0:
                lines += [
                    f"      d{number}:",
                    f"        title: {word} {number}",
                    "        questions:",
                ]
            lines += [
                f"          q{number}:",
                f"            text: {word} {number}, die {word} von der Länge einer ganzen Zeile",
                f"            help: {word} {number}",
                f"            facet: {word} {number}",
            ]
    return "\n".join(lines)


def test_a_large_bank_is_read_as_quickly(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_text(large_bank(), encoding="utf-8")
    assert path.stat().st_size > 300_000
    [(status, seconds, megabytes, told)] = read_each(READ, [path])
    assert (status, told) == (0, "50 dimensions")
    assert seconds < SECONDS
    assert megabytes < MEGABYTES
