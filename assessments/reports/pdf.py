"""Report, scorecard and charter on paper. The only importer of WeasyPrint.

The files are PDF/A-3a and PDF/UA-1. Nothing is fetched but two font files of an installed package;
whatever an address in somebody's text asks for, it stays text. The same result always gives the
same bytes: dates come from the round's closing, the identifier from the result.
"""

from __future__ import annotations

import gc
import hashlib
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import fontpkg_source_sans_3
import pydyf
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from assessments.models import Result

from .figures import writable
from .report import Report, report_of
from .scorecard import DENSITIES, asks

FONTS = Path(fontpkg_source_sans_3.ROOT) / "files"
FONT_FILES = {
    "northbound-font:regular": FONTS / "SourceSans3[wght].ttf",
    "northbound-font:italic": FONTS / "SourceSans3-Italic[wght].ttf",
}
STYLES = ("tokens.css", "report.css")

FONT_FACES = """
@font-face { font-family: "Source Sans 3"; src: url("northbound-font:regular") format("truetype"); font-weight: 200 900; font-style: normal; }
@font-face { font-family: "Source Sans 3"; src: url("northbound-font:italic") format("truetype"); font-weight: 200 900; font-style: italic; }
"""

# PDF/UA's mark in the metadata, and the description of its name space that PDF/A asks for.
ACCESSIBLE = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""

SCORECARD_PAGES = 2
EPOCH = "SOURCE_DATE_EPOCH"
CR_BEFORE_END = b"\r\nendstream\nendobj"

_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Rendered:
    """The bytes of a PDF, and how many pages it has."""

    content: bytes
    pages: int


class FontFetcher(URLFetcher):
    """Serves the two font files, and refuses every other address."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["northbound-font"], allow_redirects=False)

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        path = FONT_FILES.get(url)
        if path is None:
            raise ValueError(f"Nothing is fetched for a document: {url}")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/ttf"})


def render_report(*, result: Result) -> bytes:
    """The readiness report of a stored result, as the bytes of a PDF."""
    return _render("reports/report.html", {"report": report_of(result)}).content


def render_scorecard(*, result: Result, participant_name: str | None) -> bytes:
    """The scorecard for one member organisation, as the bytes of a PDF of two pages.

    `participant_name` None: it speaks of "your organisation". Where much is asked, each element
    asks less, until all of it fits on the second page.
    """
    report = report_of(result)
    participant = writable(participant_name) if participant_name else ""
    for density in DENSITIES:
        rendered = _render(
            "reports/scorecard.html",
            {
                "report": report,
                "participant": participant,
                "asks": asks(report, density),
                "density": density,
            },
        )
        if rendered.pages == SCORECARD_PAGES:
            break
    return rendered.content


def paper(
    template: str,
    context: dict[str, Any],
    *,
    language: str,
    made: datetime | None,
    styles: Sequence[str] = STYLES,
) -> Rendered:
    """`template` as a PDF in `language`, dated `made`; `styles` are files of static/css.

    The context is given `stamp` besides, the date as the document's head states it.
    """
    with translation.override(language):
        html = render_to_string(template, {**context, "stamp": _stamp(made)})
    with _one_at_a_time, _no_collection():
        return _pdf(html, made, styles)


def _render(template: str, context: dict[str, Any]) -> Rendered:
    report: Report = context["report"]
    return paper(template, context, language=report.language, made=report.closed_at)


def _stamp(moment: datetime | None) -> str:
    """When the document was made. For a report that is when the round closed, so that the same result
    is the same file."""
    return moment.isoformat(timespec="seconds") if moment else ""


def _styles(names: Sequence[str]) -> str:
    folder = Path(settings.BASE_DIR) / "static" / "css"
    return FONT_FACES + "\n".join((folder / name).read_text("utf-8") for name in names)


def _pdf(html: str, made: datetime | None, names: Sequence[str]) -> Rendered:
    fetcher = FontFetcher()
    # A font configuration belongs to one document: shared, it corrupts memory.
    fonts = FontConfiguration()
    identifier = hashlib.sha256(html.encode("utf-8", "replace")).hexdigest()[:32]
    with _font_dates(made):
        styles = CSS(string=_styles(names), font_config=fonts, url_fetcher=fetcher)
        document = HTML(string=html, url_fetcher=fetcher).render(
            stylesheets=[styles], font_config=fonts, pdf_variant="pdf/a-3a"
        )
        content = document.write_pdf(
            finisher=_finish, pdf_variant="pdf/a-3a", pdf_identifier=identifier.encode()
        )
    return Rendered(content=bytes(content), pages=len(document.pages))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Garbage is left for after, and then collected at once: see docs/measurements.md."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
        gc.collect()


@contextmanager
def _font_dates(made: datetime | None) -> Iterator[None]:
    """The embedded fonts are dated as the document is, not with the time of rendering.

    The library that cuts them down takes this from the environment alone.
    """
    before = os.environ.get(EPOCH)
    os.environ[EPOCH] = str(int(made.timestamp())) if made else "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ[EPOCH]
        else:
            os.environ[EPOCH] = before


def _finish(document: Any, pdf: pydyf.PDF) -> None:
    """Add what PDF/UA-1 asks for beside PDF/A: its mark, and which way each table head points."""
    by_reference = {_name(item.reference): item for item in pdf.objects}
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and item.extra.get("Type") == "/Metadata":
            item.compress = False
            item.stream = [
                part.replace(b"</rdf:RDF>", ACCESSIBLE + b"</rdf:RDF>") for part in item.stream
            ]
        elif isinstance(item, dict) and item.get("S") == "/TH":
            item["A"]["Scope"] = "/Column" if _in_head(item, by_reference) else "/Row"
    pdf.write_line = partial(_write_line, pdf)


def _in_head(cell: Mapping[str, Any], by_reference: Mapping[str, Any]) -> bool:
    """Whether a table's cell stands in its head."""
    node: Any = cell
    while node is not None and node.get("S") not in ("/Table", "/Document"):
        if node.get("S") == "/THead":
            return True
        node = by_reference.get(_name(node.get("P")))
    return False


def _name(reference: Any) -> str:
    return reference.decode() if isinstance(reference, bytes) else str(reference)


def _write_line(pdf: pydyf.PDF, content: bytes, output: BinaryIO) -> None:
    """Write one object; where a stream's own last byte is CR, end its line with CR and LF.

    With LF alone the two would read as one end of line, and the stream as a byte too short.
    """
    if content.endswith(CR_BEFORE_END):
        content = content.removesuffix(CR_BEFORE_END) + b"\r" + CR_BEFORE_END
    pydyf.PDF.write_line(pdf, content, output)
