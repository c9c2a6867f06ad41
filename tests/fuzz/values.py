"""Values that nobody meant: for fields, for arguments of addresses, and as files."""

from __future__ import annotations

import io
import json
import zipfile
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from tests.test_nasty_forms import NASTY

BANKS = Path(__file__).parents[2] / "assessments" / "banks"
LARGE = 64 * 1024 * 1024
"""Bytes that a bomb of some kilobytes becomes."""

NUMBERS = [
    *(
        str(base**power + more)
        for base, power in ((2, 31), (2, 63), (2, 64))
        for more in (-1, 0, 1)
    ),
    *(
        "0",
        "-0",
        "00",
        "007",
        "-1",
        "+1",
        " 1",
        "1 ",
        "1.0",
        "1,5",
        "1e3",
        "1E-400",
        "1e999",
        "-1e999",
    ),
    *(
        "nan",
        "NaN",
        "sNaN",
        "inf",
        "-Infinity",
        "0x10",
        "1_0",
        "٣",
        "１",
        "²",
        "½",
        "9" * 400,
        "9" * 4301,
    ),
    "-" + str(2**63 + 1),
    "0." + "0" * 300 + "1",
]
DAYS = [
    *(
        "0001-01-01",
        "9999-12-31",
        "0000-00-00",
        "10000-01-01",
        "2026-02-29",
        "2024-02-29",
        "-1-01-01",
    ),
    *(
        "2026-13-01",
        "1-1-1",
        "9999-12-31T23:59:59Z",
        "2026-W01-1",
        "٢٠٢٦-٠١-٠١",
        "01/02/03",
        "today",
    ),
]
ADDRESSES = [
    *(
        "a@b",
        "@",
        "a@@b.c",
        "a@b.c\nBcc: d@e.f",
        "x" * 300 + "@example.org",
        "ä@ö.example",
        "a@[::1]",
    ),
    *(
        '"a b"@example.org',
        "a@b.c, d@e.f",
        "<a@b.c>",
        "a@" + "b." * 120 + "org",
        "convener@example.org",
    ),
]
PLACES = [
    *(
        "//example.org",
        "https://example.org/",
        "javascript:alert(1)",
        "/\\example.org",
        "http:///x",
    ),
    *(
        "//[",
        "http://[::1",
        "/admin/",
        "\t//example.org",
        "/%0d%0aX: y",
        "?",
        "#",
        "///example.org",
    ),
]
DATA = [
    *("null", "[]", "{}", "0", '"x"', "[[]]", '{"a":{}}', "[1e999]", '["\\ud800"]', '["\\u0000"]'),
    *(
        '{"id":1,"id":2}',
        '{"id":null,"rawId":1,"response":[],"type":{}}',
        "[" * 3000,
        '[{"x":NaN}]',
    ),
    '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"AA",'
    '"attestationObject":"oA","authenticatorData":"AA","signature":"AA","userHandle":"AA"}}',
    json.dumps(list(range(3000))),
]

texts = st.text(st.characters(codec="utf-8"), max_size=200)
nasty = st.sampled_from(list(NASTY.values()))
listed = st.sampled_from([*NUMBERS, *DAYS, *ADDRESSES, *PLACES, *DATA])

fields: st.SearchStrategy[str | bytes] = st.one_of(nasty, listed, texts, st.integers().map(str))
"""What stands in one field; bytes are sent as they stand."""

arguments = st.one_of(
    st.sampled_from(NUMBERS),
    st.integers(min_value=0).map(str),
    texts,
    st.sampled_from(
        [value[:2000] if isinstance(value, str) else "\ud800" for value in NASTY.values()]
    ),
    st.sampled_from(
        ["%00", "%ff", "%2f..%2f", "%u0041", "%", "..", "a" * 5000, "None", "new", "-"]
    ),
)
"""What stands in an address where it takes an argument."""


@cache
def bombs() -> list[tuple[str, bytes]]:
    """Files by name that are small and become large, or that a careless reader never ends."""
    laughs = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10))
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{entities}]><x>&a9;</x>'
    outside = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    return [
        ("laughs.yaml", b"a0: &a0 [ha]\n" + laughs.encode()),
        ("merge.yaml", b"a: &a {b: 1}\nc: {<<: [*a, *a], <<: *a}"),
        ("tags.yaml", b"!!python/object/apply:os.system ['true']"),
        ("deep.yaml", b"[" * 20_000),
        ("deep.json", b'{"a":' * 20_000),
        ("digits.json", b'{"version": ' + b"9" * 100_000 + b"}"),
        ("surrogate.json", b'{"title": "\\ud800", "code": "\\u0000"}'),
        ("bomb.xlsx", workbook({"xl/worksheets/sheet1.xml": b" " * LARGE})),
        ("laughs.xlsx", workbook({"xl/workbook.xml": xml.encode()})),
        ("outside.xlsx", workbook({"xl/sharedStrings.xml": outside.encode()})),
        ("path.xlsx", workbook({"../../../etc/passwd": b"x", "xl/workbook.xml": b"<"})),
        ("no.xlsx", b"PK\x03\x04" + b"\0" * 100),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("formula.csv", b'=cmd|"/c calc"!A1,+1,@x,-2\n"=1+1","\t=2"\n'),
        ("quotes.csv", b'"' * 5001),
        ("commas.csv", b"," * 100_000),
        ("lines.csv", b"\r" * 50_000),
        ("cells.csv", b"a,b\n" * 20_000),
        ("wide.csv", "name;e-mail\nÄ;ä@ö.example\n".encode("utf-16")),
        ("latin.csv", "name;e-mail\nÄ;ä@ö.example\n".encode("latin-1")),
        ("nul.csv", b"name,e-mail\nA\0,b@example.org\n"),
        (
            "people.csv",
            b"organisation,name,e-mail\nElm,Eve,eve@example.org\nElm,Eve,eve@example.org\n",
        ),
        ("empty.yaml", b""),
        ("mark.yaml", b"\xef\xbb\xbf"),
    ]


def workbook(parts: dict[str, bytes]) -> bytes:
    """A zip that calls itself a workbook, with these parts."""
    content = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in ({"[Content_Types].xml": content} | parts).items():
            file.writestr(name, part)
    return held.getvalue()


@cache
def real_bank() -> bytes:
    """A bank as it ships, which is spoilt below: what is nearly right gets further than junk."""
    return (BANKS / "invitation-appraisal.yaml").read_bytes()


@st.composite
def spoilt_bank(draw: st.DrawFn) -> tuple[str, bytes]:
    """The bank with some lines left out, doubled or told anew."""
    lines = real_bank().splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(lines) - 1))
        key = lines[at].partition(b":")[0]
        told = draw(fields)
        new = told if isinstance(told, bytes) else told.encode("utf-8", "surrogatepass")
        lines[at : at + 1] = draw(
            st.sampled_from([[], [lines[at]] * 2, [key + b": " + new[:3000] + b"\n"], [new[:3000]]])
        )
    return "bank.yaml", b"".join(lines)


@st.composite
def files(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file's name and what is in it."""
    name, content = draw(
        st.one_of(
            st.sampled_from(bombs()),
            st.tuples(
                st.sampled_from(["a.csv", "a.xlsx", "a.yaml", "a.json"]), st.binary(max_size=300)
            ),
            st.tuples(st.sampled_from(["a.csv", "a.json", "a.yml"]), texts.map(str.encode)),
            spoilt_bank(),
        )
    )
    other = st.sampled_from(
        ["", "a", ".", "../../x.yaml", "x" * 400 + ".csv", "\0.csv", "\u202e.csv", "a\\b"]
    )
    return (draw(other) if draw(st.integers(0, 4)) == 0 else name), content
