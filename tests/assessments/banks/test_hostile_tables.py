"""Hostile tables cost little: each is read in a process of its own, whose time and memory are told."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.assessments.banks.each_alone import MEGABYTES, SECONDS, read_each

LIMIT = 1024 * 1024
UNPACKED = 8 * 1024 * 1024
SHEET = "xl/worksheets/sheet1.xml"
NOISE = (
    f"<!--{''.join(hashlib.sha256(bytes([n % 256, n // 256])).hexdigest() for n in range(2000))}-->"
)

READ = """
from assessments.services.banks.tables.documents import table_document
from assessments.services.banks.tables.sheets import read_table

BASE = {"code": "tiny", "version": 1, "dimensions": []}

def read(path):
    table = read_table(content=path.read_bytes(), name=path.name)
    return table_document(base=BASE, table=table)
"""


# Files -------------------------------------------------------------------------------------------


def named_sheets(**sheets: list[list[str]]) -> bytes:
    """A real workbook with these sheets; what begins with = is a formula there."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return out.getvalue()


def workbook(*rows: list[str]) -> bytes:
    """A real workbook whose only sheet has these rows."""
    return named_sheets(Sheet=list(rows) or [["dimension", "code"], ["trust", "T1"]])


def changed(
    changes: dict[str, Callable[[str], Any]] | None = None,
    added: dict[str, str | bytes] | None = None,
) -> bytes:
    """A real workbook with some parts changed and some added, pressed as hard as can be."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new,
    ):
        for name in old.namelist():
            before = old.read(name).decode()
            after = (changes or {}).get(name, str)(before)
            assert name not in (changes or {}) or after != before, f"{name} is as it was"
            # Some noise, so that it is not refused for how hard it is pressed.
            new.writestr(name, after + NOISE if len(after) > LIMIT else after)
        for name, content in (added or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def behind(mark: str, text: str) -> Callable[[str], str]:
    return lambda xml: xml.replace(mark, mark + text)


def before(mark: str, text: str) -> Callable[[str], str]:
    return lambda xml: xml.replace(mark, text + mark)


def in_sheet(rows: str) -> bytes:
    return changed({SHEET: before("</sheetData>", rows)})


def filled(unit: str, room: int = UNPACKED - 200_000) -> str:
    """`unit` as often as it goes into what a workbook may unpack to."""
    return unit * (room // len(unit))


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)


def laughing(xml: str) -> str:
    """`xml` with entities that grow to gigabytes."""
    return xml.replace("?>", "?>" + LAUGHS, 1)


def lying_size() -> bytes:
    """300 MB of zeros, of which the zip says that they are 1,000 bytes."""
    zeros = b"\0" * 300_000_000
    content = changed(added={"xl/zeros.xml": zeros})
    assert len(content) < LIMIT
    return content.replace(len(zeros).to_bytes(4, "little"), (1000).to_bytes(4, "little"))


def with_flag(content: bytes) -> bytes:
    """Each entry marked as encrypted, in its head and in the list at the end."""
    content = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(mark, at + 4)
    return bytes(content)


def pressed_otherwise() -> bytes:
    """A real workbook in a zip as no spreadsheet writes it."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return out.getvalue()


def twice() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        new.writestr("[Content_Types].xml", "<Types/>")
        new.writestr("[CONTENT_TYPES].xml", "<Types/>")
    return out.getvalue()


def hostile() -> dict[str, tuple[bytes, str]]:
    """Files by name, each with what is said of it."""
    much = "The workbook unpacks to more than any question bank"
    tables = "The tables hold more than any question bank does"
    damaged = "This is not a workbook that can be read"
    doctype = "The workbook declares a document type"
    styles = "xl/styles.xml"
    shared = "xl/sharedStrings.xml"
    bomb = b"\0" * 50_000_000
    long_format = '<numFmts><numFmt numFmtId="0" formatCode="' + filled("[") + '"/></numFmts>'
    relations = "xl/_rels/workbook.xml.rels"
    long_text = {
        shared: behind("<t>", "x" * 5_000),
        SHEET: before("</sheetData>", ("<row>" + '<c t="s"><v>0</v></c>' * 400 + "</row>") * 20),
    }
    return {
        "bomb of zeros.xlsx": (changed(added={"xl/zeros.xml": bomb}), much),
        "bomb in a picture.xlsx": (changed(added={"xl/media/image1.png": bomb}), much),
        "zeros of 7 MB.xlsx": (changed(added={"xl/zeros.xml": bomb[:7_000_000]}), much),
        "bomb that lies.xlsx": (lying_size(), damaged),
        "pressed otherwise.xlsx": (pressed_otherwise(), damaged),
        "laughs.xlsx": (changed({SHEET: laughing}), doctype),
        "laughs in strings.xlsx": (changed({shared: laughing}), doctype),
        "laughs in what nobody reads.xlsx": (
            changed(added={"docProps/custom.xml": LAUGHS + "<x>&a9;</x>"}),
            doctype,
        ),
        "laughs in UTF-16.xlsx": (
            changed({styles: lambda xml: (LAUGHS + "<x>&a9;</x>").encode("utf-16")}),
            doctype,
        ),
        "file of this machine.xlsx": (
            changed(
                {
                    shared: lambda xml: (
                        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
                        "<sst><si><t>&a;</t></si></sst>"
                    )
                }
            ),
            doctype,
        ),
        "entity of nothing.xlsx": (changed({SHEET: behind("<sheetData>", "&a9;")}), damaged),
        "styles.xlsx": (changed({styles: before("</cellXfs>", filled("<xf/>"))}), much),
        "cells.xlsx": (in_sheet("<row>" + filled("<c/>") + "</row>"), much),
        "full cells.xlsx": (
            in_sheet("<row>" + "<c><v>1</v></c>" * 100_000 + "</row>"),
            "Sheet 'Sheet' has more than 2000 rows or 500 columns. Leave some out.",
        ),
        "rows.xlsx": (in_sheet(filled("<row/>")), much),
        "full rows.xlsx": (
            in_sheet("<row><c><v>1</v></c></row>" * 90_000),
            "Sheet 'Sheet' has more than 2000 rows or 500 columns. Leave some out.",
        ),
        "last row.xlsx": (
            in_sheet('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
            "Sheet 'Sheet' has more than 2000 rows or 500 columns. Leave some out.",
        ),
        "many cells.xlsx": (
            in_sheet(("<row>" + "<c><v>1</v></c>" * 500 + "</row>") * 90),
            tables,
        ),
        "one text in many cells.xlsx": (changed(long_text), tables),
        "levels.xlsx": (in_sheet("<a>" * 100_000), much),
        "one text.xlsx": (
            in_sheet('<row r="3"><c t="inlineStr"><is><t>' + filled("x") + "</t></is></c></row>"),
            "Sheet, row 3, 'dimension': has more than 8000 characters; shorten it",
        ),
        "one number.xlsx": (
            in_sheet('<row r="3"><c><v>' + filled("9") + "</v></c></row>"),
            "Sheet, row 3, 'dimension': is not a number that can be read; type it again",
        ),
        "attributes.xlsx": (
            in_sheet("<c " + " ".join(f'a{n}=""' for n in range(400_000)) + "/>"),
            much,
        ),
        "long name.xlsx": (in_sheet("<" + filled("a") + "/>"), "1 dimensions"),
        "comment.xlsx": (in_sheet("<!--" + filled("x") + "-->"), "1 dimensions"),
        "formats.xlsx": (
            changed({styles: before("<fonts", long_format)}),
            "1 dimensions",
        ),
        "relations.xlsx": (changed({relations: before("</Relationships>", filled("<a/>"))}), much),
        "no relation.xlsx": (changed({relations: lambda xml: "<Relationships/>"}), damaged),
        "no book.xlsx": (changed({"_rels/.rels": lambda xml: "<Relationships/>"}), damaged),
        "no string.xlsx": (
            changed({SHEET: lambda xml: xml.replace("<v>0</v>", "<v>999</v>")}),
            damaged,
        ),
        "macros.xlsx": (changed(added={"xl/vbaProject.bin": b"x"}), "The workbook has macros"),
        "macros by kind.xlsx": (
            changed(
                {
                    "[Content_Types].xml": lambda xml: xml.replace(
                        "openxmlformats-officedocument.spreadsheetml.sheet.main",
                        "ms-excel.sheet.macroEnabled.main",
                    )
                }
            ),
            "The workbook has macros",
        ),
        "link.xlsx": (
            changed(added={"xl/externalLinks/externalLink1.xml": "<externalLink/>"}),
            "The workbook has links to other files",
        ),
        "link elsewhere.xlsx": (
            changed(
                {
                    relations: before(
                        "</Relationships>",
                        '<Relationship Id="x" Type="a/externalLink" Target="x.xml"/>',
                    )
                }
            ),
            "The workbook has links to other files",
        ),
        "entries.xlsx": (changed(added={f"x{n}.xml": "<a/>" for n in range(100)}), much),
        "password.xlsx": (with_flag(workbook()), "The workbook has a password"),
        "old.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old workbook (.xls)"),
        "twice.xlsx": (twice(), damaged),
        "half.xlsx": (workbook()[:2000], damaged),
        "two letters.xlsx": (b"PK", damaged),
        "sheets.xlsx": (
            changed(
                {
                    "xl/workbook.xml": before(
                        "</sheets>", '<sheet name="x" sheetId="9" r:id="rId1"/>' * 30
                    )
                }
            ),
            much,
        ),
        "formula.xlsx": (
            workbook(["dimension", "code", "text"], ["trust", "T1", '=HYPERLINK("http://x")']),
            "Sheet, row 2, 'text': is a formula; type the value, or put an apostrophe before it",
        ),
        "error.xlsx": (
            in_sheet('<row r="3"><c r="B3" t="e"><v>#REF!</v></c></row>'),
            "Sheet, row 3, 'code': holds the error '#REF!'; type the value",
        ),
        "<script>alert(1)<script>\x1b[31m\u202e.csv": (
            b"dimension,code\n",
            "There are no questions in '<script>alert(1)<script>\\x1b[31m\\u202e.csv'.",
        ),
        "script in a heading.csv": (
            b"dimension,code,<script>alert(1)</script>\n",
            "row 1: '<script>alert(1)</script>' is not a column that is known here; take it out",
        ),
        "quotes.csv": (b'"' * LIMIT, "Line 1: a cell is far too long"),
        "one quote.csv": (
            b'dimension,code\ntrust,"T1\n',
            "Line 2: its quotation marks do not match",
        ),
        "commas.csv": (b"," * LIMIT, "there is nothing in it"),
        "full columns.csv": (
            b"a," * (LIMIT // 2),
            "The file has more than 2000 rows or 500 columns. Leave some out.",
        ),
        "unknown columns.csv": (
            ",".join(f"titel{n}" for n in range(500)).encode(),
            "… and 450 more.",
        ),
        "lines.csv": (
            b"\n" * LIMIT,
            "The file has more than 2000 rows or 500 columns. Leave some out.",
        ),
        "lines before a comma.csv": (
            b"\n" * (LIMIT - 1) + b",",
            "The file has more than 2000 rows or 500 columns. Leave some out.",
        ),
        "one line.csv": (b"x" * LIMIT, "Line 1: a cell is far too long"),
        "blank rows.csv": (b"\n" * 19_000, "there is nothing in it"),
        "full lines.csv": (
            b"code\n" + b"a\n" * (LIMIT // 2 - 3),
            "The file has more than 2000 rows or 500 columns. Leave some out.",
        ),
        "bars.csv": (
            b"dimension,code,labels\n" + b"trust,T1," + b"|\\" * 3_999 + b"\n",
            "row 2: 'labels'",
        ),
        "signs.csv": (
            b"dimension,code\n" + b"=1,=1\n" * 1_900,
            "row 2, 'dimension': is a formula; type the value, or put an apostrophe before it",
        ),
        "long translations.csv": (
            b"dimension,code,text [fr],text [de],text [nl],text [es],text [it]\n"
            + b"".join(b"trust,T%d" % n + (b"," + b"x" * 451) * 5 + b"\n" for n in range(400)),
            "row 2, 'text [de]': translations de: 'dimensions, trust, questions, T0, text' ",
        ),
        "unknown keys.xlsx": (
            named_sheets(
                Questions=[["dimension", "code"], ["trust", "T1"]],
                Bank=[["key", "value"], *([f"titel{n}", "x"] for n in range(1_900))],
            ),
            "Bank, row 2, 'key': 'titel0' is not a key that is known here; did you mean 'title'?",
        ),
        "codes of figures.csv": (
            b"dimension,code\n" + b"".join(b"%d,%d\n" % (n, n) for n in range(1_900)),
            "'dimensions' must have 0 to 50 entries",
        ),
        "zeros.csv": (b"\0" * LIMIT, "Line 1 holds a NUL character"),
        "UTF-16.csv": (
            "dimension\tcode".encode("utf-16"),
            "The file is not in UTF-8 (see line 1)",
        ),
        "long code.csv": (b"dimension,code\n1,2\n" + b"1" * 7_000 + b",3\n", "row 3: 'code'"),
        "50 MB.csv": (b"a" * 50_000_000, "The file is larger than 1 MB"),
        "50 MB.xlsx": (b"PK\x03\x04" + b"a" * 50_000_000, "The file is larger than 1 MB"),
    }


HARMLESS = ("long name.xlsx", "comment.xlsx", "formats.xlsx")


def test_every_hostile_file_is_refused_quickly_and_in_little_memory(tmp_path: Path) -> None:
    files = hostile()
    for name, (content, _message) in files.items():
        assert len(content) <= LIMIT or name.startswith("50 MB"), name
        (tmp_path / name).write_bytes(content)

    answers = read_each(READ, [tmp_path / name for name in files])

    assert len(answers) == len(files)
    for (name, (_content, message)), (status, seconds, megabytes, told) in zip(
        files.items(), answers, strict=True
    ):
        assert status == 0, name
        assert told.startswith("Refused: ") != (name in HARMLESS), f"{name}: {told}"
        assert message in told, f"{name}: {told}"
        assert all(line.isprintable() for line in told.split("\n")), name
        assert len(told) < 10_000, name
        assert seconds < SECONDS, f"{name} took {seconds:.2f} s"
        assert 10 < megabytes < MEGABYTES, f"{name} took {megabytes:.0f} MB"
