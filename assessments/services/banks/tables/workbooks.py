"""The cells of an XLSX workbook, read without trust: never evaluated, never more than a bank needs.

A workbook is a zip of XML. Its size is looked at before anything is unpacked, and what is unpacked
passes expat as a stream: no tree is built, no DOCTYPE taken, and of the styles only those are
looked at that turn a number into a date. Libraries that read workbooks build all of it first, which
for a workbook of a few kilobytes can take minutes.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext as _

from alliances.errors import Refused
from assessments.services.banks.tables.files import (
    Measure,
    Sheet,
    check_size,
)
from assessments.services.banks.tables.workbook_cells import Attributes, Cells, Texts, is_date

MOST_ENTRIES = 100
MOST_UNPACKED = 8 * 1024 * 1024
# Up to this size, anything may be pressed as hard as it can be.
SMALL = 1024 * 1024
MOST_PRESSED = 200
MOST_ELEMENTS = 200_000
MOST_DEPTH = 64
MOST_ATTRIBUTES = 64
MOST_SHEETS = 20

Start = Callable[[str, Attributes], None]


def read_workbook(content: bytes) -> list[Sheet]:
    """Each sheet of the workbook, with the rows that say something. Raises Refused, nothing else."""
    check_size(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _Workbook(_parts(archive)).sheets()
    except (
        *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError, OSError),
        *(NotImplementedError, RuntimeError, ValueError, LookupError, OverflowError),
        expat.ExpatError,
    ) as error:
        raise _damaged() from error


def _damaged() -> Refused:
    return Refused(
        _("This is not a workbook that can be read. Open it, save it anew as .xlsx and try again.")
    )


def _too_much() -> Refused:
    return Refused(_("The workbook unpacks to more than any question bank. Leave some of it out."))


def _macros() -> Refused:
    return Refused(_("The workbook has macros. Save it as .xlsx, without them."))


def _links() -> Refused:
    return Refused(
        _("The workbook has links to other files. Put their values in place of the links.")
    )


def _parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The XML in the workbook by name, once sizes and kinds are seen to be harmless."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(one.file_size for one in entries) > MOST_UNPACKED:
        raise _too_much()
    names = [one.filename.lower() for one in entries]
    for one, name in zip(entries, names, strict=True):
        if one.flag_bits & 0x1:
            raise Refused(_("The workbook has a password. Save it without one and try again."))
        if one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _damaged()
        if one.file_size > SMALL and one.file_size > MOST_PRESSED * one.compress_size:
            raise _too_much()
        if name.endswith("vbaproject.bin"):
            raise _macros()
        if name.startswith("xl/externallinks/"):
            raise _links()
    if len(set(names)) < len(names) or "[content_types].xml" not in names:
        raise _damaged()
    return {
        name: _unpacked(archive, one)
        for one, name in zip(entries, names, strict=True)
        if name.endswith((".xml", ".rels"))
    }


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """What an entry holds; where its size is not what the zip says, zipfile raises BadZipFile."""
    with archive.open(entry) as file:
        # Told how much, zipfile unpacks no more than that; `archive.read` would unpack it all first.
        return file.read(entry.file_size + 1)


class _Stream:
    """One part's XML, told element by element to `start`, `end` and `text`. Raises Refused."""

    def __init__(self, elements: int) -> None:
        self.elements = elements
        self.depth = 0

    def read(
        self,
        content: bytes,
        start: Start | None = None,
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        parser = expat.ParserCreate()
        # A list, because a mapping of a million attributes is made before it can be refused.
        parser.ordered_attributes = True
        parser.buffer_text = True

        def begin(name: str, attributes: Any) -> None:
            self.elements -= 1
            self.depth += 1
            many = len(attributes) > 2 * MOST_ATTRIBUTES
            if many or self.elements < 0 or self.depth > MOST_DEPTH:
                raise _too_much()
            if start:
                named = dict(zip(attributes[::2], attributes[1::2], strict=True))
                start(name.rpartition(":")[2], named)

        def finish(name: str) -> None:
            self.depth -= 1
            if end:
                end(name.rpartition(":")[2])

        parser.StartElementHandler = begin
        parser.EndElementHandler = finish
        if text:
            parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.Parse(content, True)


def _refuse_doctype(*_declaration: Any) -> None:
    raise Refused(
        _("The workbook declares a document type, which no spreadsheet does. Save it anew.")
    )


class _Workbook:
    """The parts of one workbook, by name in small letters."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self.unread = dict(parts)
        self.elements = MOST_ELEMENTS

    def sheets(self) -> list[Sheet]:
        self.read("[content_types].xml", _refuse_macros)
        book = dict(self.related("").values())["officedocument"]
        related = self.related(book)
        listed: list[tuple[str, str]] = []

        def list_sheet(name: str, attributes: Attributes) -> None:
            if name == "sheet":
                [key] = [value for name, value in attributes.items() if name.endswith(":id")]
                listed.append((attributes["name"], key))

        self.read(book, list_sheet)
        if len(listed) > MOST_SHEETS:
            raise _too_much()
        targets = dict(related.values())
        dates = self.date_styles(targets.get("styles", ""))
        strings = self.strings(targets.get("sharedstrings", ""))
        measure = Measure()
        sheets = []
        for name, key in listed:
            kind, target = related[key]
            if kind == "worksheet":
                cells = Cells(name, strings, dates, measure)
                self.read(target, cells.start, cells.end, cells.text)
                sheets.append(Sheet(name, cells.rows()))
        # What is not needed is harmless too, or the file is none that a person made.
        for part in list(self.unread):
            self.read(part)
        return sheets

    def read(
        self,
        part: str,
        start: Start | None = None,
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Reads a part, once. Raises LookupError where there is none, or none any more."""
        stream = _Stream(self.elements)
        stream.read(self.unread.pop(part), start, end, text)
        self.elements = stream.elements

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part, or the whole, refers to: by key, the kind and the other part's name."""
        at = PurePosixPath(part)
        found: dict[str, tuple[str, str]] = {}

        def relate(name: str, attributes: Attributes) -> None:
            if name != "Relationship" or attributes.get("TargetMode") == "External":
                return
            kind = attributes["Type"].rpartition("/")[2].lower()
            if kind == "vbaproject":
                raise _macros()
            if kind == "externallink":
                raise _links()
            target = attributes["Target"].lower()
            target = target[1:] if target.startswith("/") else str(at.parent / target)
            found[attributes["Id"]] = (kind, target)

        self.read(str(at.parent / "_rels" / f"{at.name}.rels"), relate)
        return found

    def strings(self, part: str) -> list[str]:
        """The texts that cells name by their number."""
        found: list[str] = []
        if part not in self.unread:
            return found
        reader = Texts()

        def end(name: str) -> None:
            reader.end(name)
            if name == "si":
                found.append(reader.taken())

        self.read(part, reader.start, end, reader.text)
        return found

    def date_styles(self, part: str) -> set[int]:
        """The numbers of the styles that show a number as a date or a time."""
        formats: dict[str, str] = {}
        styles: list[str] = []
        within: list[str] = []

        def start(name: str, attributes: Attributes) -> None:
            if name == "numFmt":
                formats[attributes["numFmtId"]] = attributes["formatCode"]
            elif name == "xf" and within and within[-1] == "cellXfs":
                styles.append(attributes.get("numFmtId", "0"))
            within.append(name)

        def end(_name: str) -> None:
            within.pop()

        if part in self.unread:
            self.read(part, start, end)
        dates = {key for key in {*styles} if is_date(key, formats.get(key))}
        return {number for number, key in enumerate(styles) if key in dates}


def _refuse_macros(_name: str, attributes: Attributes) -> None:
    if "macroenabled" in attributes.get("ContentType", "").lower():
        raise _macros()
