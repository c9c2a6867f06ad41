"""A question bank as a form to fill in by hand, read back from its bytes and from its layout."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

from assessments.reports import pdf
from assessments.reports.paper_form import Table, paper_form, render_paper_form
from assessments.reports.pdf import FontFetcher
from assessments.services.banks.checks import bank_document
from assessments.services.banks.documents import BankDocument, bank_digest
from assessments.services.banks.files import read_bank_file
from assessments.services.banks.texts import texts_in
from tests.assessments.reports.test_pdf import (
    HOSTILE,
    assert_accessible,
    outline_of,
    read,
    text_of,
)

BANKS = Path(__file__).parents[3] / "assessments" / "banks"
BOX = "□"
MILLIMETRE = 96 / 25.4
LONG = "Windschutzscheibenwischerblattverpackungsbeschriftungsmaschinenwartungsvertragsabschlussbefugnisnach"

PERCENT = ["None", *[""] * 99, "All of it"]
TEN = ["Not at all likely", *[""] * 9, "Extremely likely"]
STEPS = ["Not begun", "Under way", "Done"]


def ends(left: str, right: str) -> dict[str, Any]:
    """A scale of seven between two opposed poles."""
    return {"min": 1, "max": 7, "labels": [left, *[""] * 5, right]}


def bank(*questions: dict[str, Any], **more: Any) -> BankDocument:
    """A bank of one dimension with these questions."""
    dimension = {"code": "one", "title": "The one part", "question": "What is it?"}
    data = {
        "code": "by-hand",
        "version": 3,
        "title": "Made by hand",
        "dimensions": [
            dimension | {"questions": [{"text": "It is so."} | question for question in questions]}
        ],
    }
    return bank_document(data=data | more)


def tables_of(document: BankDocument, language: str = "en") -> list[Table]:
    return [table for part in paper_form(document, language).parts for table in part.tables]


def said(content: bytes) -> str:
    return text_of(read(content))


def boxes(content: bytes, *codes: str) -> list[int]:
    """How many boxes stand in each of the rows that begin with these codes."""
    text = said(content)
    rows = [
        re.search(rf"(?<![A-Z0-9]){code} (.*?)(?=[A-Z]+\d+ |Code |Anything to add)", text)
        for code in codes
    ]
    return [row[1].count(BOX) if row else 0 for row in rows]


def pages_of(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in read(content).pages]


def tagged(content: bytes, tag: str) -> Iterator[Any]:
    """The elements of this tag in the tree that assistive software reads, in its order."""
    with pikepdf.open(io.BytesIO(content)) as file:

        def walk(node: Any) -> Iterator[Any]:
            if not isinstance(node, pikepdf.Dictionary):
                return
            if node.get("/S") == tag:
                yield node
            kids = node.get("/K", [])
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                yield from walk(kid)

        yield from walk(file.Root.StructTreeRoot)


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> Callable[[BankDocument], list[Any]]:
    """Gives the pages of a document's form as boxes with their places."""
    pages: list[Any] = []
    render = pdf.HTML.render

    def watched(self: Any, *args: Any, **more: Any) -> Any:
        document = render(self, *args, **more)
        pages[:] = [page._page_box for page in document.pages]
        return document

    monkeypatch.setattr(pdf.HTML, "render", watched)

    def lay_out(document: BankDocument) -> list[Any]:
        render_paper_form(document=document)
        return list(pages)

    return lay_out


def inside(box: Any, tag: str) -> list[Any]:
    return [found for found in box.descendants() if found.element_tag == tag]


def words(box: Any) -> str:
    return " ".join(found.text for found in box.descendants() if hasattr(found, "text"))


# The shipped bank


@pytest.fixture(scope="module")
def readiness() -> bytes:
    return render_paper_form(document=read_bank_file(path=BANKS / "readiness.yaml"))


def test_the_readiness_bank_on_five_pages(readiness: bytes, tmp_path: Path) -> None:
    reader = read(readiness)
    assert len(reader.pages) == 5
    assert outline_of(reader) == [
        "Readiness",
        "How to mark",
        "Common pain",
        "Convener of stature",
        "Representatives of substance",
        "Committed leaders",
        "Clearly defined purpose",
        "Formal charter",
        "Northbound train",
        "Common ground",
        "Thank you",
    ]
    text = text_of(reader)
    expected = (
        "Readiness 51 questions. It takes about 12 minutes. Organisation that you answer for Date "
        "No name is needed: please leave yours out. You will read short statements",
        "How to mark",
        "Put a cross in one box in each line.",
        "To correct a cross, fill its box and put a cross in another.",
        "Common pain Does everyone here have the same problem?",
        "Code One cross in each line Strongly disagree 1 Disagree 2 Neither agree nor disagree 3 "
        "Agree 4 Strongly agree 5 I don’t know dk Not applicable to us na",
        "CP1 The problem this alliance deals with costs my organisation dearly. Count money",
        "Anything to add?",
        "Convener of stature",
        "CG6",
        "Thank you Please hand this form to By",
    )
    places = [text.index(part) for part in expected]
    assert places == sorted(places)
    assert text.count("Anything to add?") == 8
    assert_accessible(readiness, tmp_path)


def test_each_row_has_a_box_for_each_answer(readiness: bytes) -> None:
    document = read_bank_file(path=BANKS / "readiness.yaml")
    codes = [q.code for d in document.dimensions for q in d.questions]
    assert len(codes) == 51
    assert boxes(readiness, *codes) == [7] * 51
    rows = [[str(cell.S) for cell in row.K] for row in tagged(readiness, "/TR")]
    assert rows.count(["/TD", "/TH", *["/TD"] * 7]) == 51
    # What is left are the heads: a table a dimension, some of them once more on the next page.
    heads = [row for row in rows if row == ["/TH"] * 9]
    assert len(heads) == len(rows) - 51 >= 8


def test_each_page_says_what_it_is_of(readiness: bytes) -> None:
    document = read_bank_file(path=BANKS / "readiness.yaml")
    digits = bank_digest(document)[7:19]
    for number, page in enumerate(pages_of(readiness), start=1):
        assert f"Readiness, version 2, digest {digits} Page {number} of 5" in page
    reader = read(readiness)
    assert reader.metadata is not None
    assert reader.metadata.title == f"Readiness, version 2, digest {digits}"
    assert reader.trailer["/Root"]["/Lang"] == "en"


def test_a_page_on_which_a_part_goes_on_begins_with_its_title_and_heads(
    laid_out: Callable[[BankDocument], list[Any]],
) -> None:
    pages = laid_out(read_bank_file(path=BANKS / "readiness.yaml"))
    going_on = 0
    for page in pages[1:]:
        first = next(b for b in page.descendants() if b.element_tag in ("h2", "thead"))
        runs_on = "continued" in words(page)
        assert runs_on is (first.element_tag == "thead")
        going_on += runs_on
    assert going_on >= 1


def test_the_same_document_gives_the_same_bytes(readiness: bytes) -> None:
    assert readiness == render_paper_form(document=read_bank_file(path=BANKS / "readiness.yaml"))


def test_boxes_are_large_enough_and_statements_too(
    laid_out: Callable[[BankDocument], list[Any]],
) -> None:
    page = laid_out(bank({"code": "A1", "text": "We agree."}))[0]
    marks = [b for b in page.descendants() if getattr(b, "text", "") == BOX]
    assert len(marks) == 7
    # The square is 424 of the 1,000 units of its letter.
    assert all(mark.style["font_size"] * 0.424 / MILLIMETRE >= 4 for mark in marks)
    (statement,) = (b for b in page.descendants() if getattr(b, "text", "") == "We agree.")
    assert round(statement.style["font_size"] * 72 / 96, 3) >= 10
    # The two that stand apart do so by a gap.
    centres = [mark.position_x + mark.width / 2 for mark in marks]
    steps = [round(b - a) for a, b in pairwise(centres)]
    assert len(set(steps[:4])) == 1
    assert steps[4] >= steps[0] + 3 * MILLIMETRE


# Scales


def test_opposed_poles_stand_on_either_side_of_seven_boxes() -> None:
    document = bank(
        {"code": "AB1", "text": "What there is to gain", "help": "How people act."}
        | ends("One’s gain is another’s loss", "There is enough"),
        {"code": "AB2", "text": "What others could use"} | ends("Kept", "Passed on"),
    )
    (table,) = tables_of(document)
    assert (table.layout, len(table.columns)) == ("poles", 7)
    content = render_paper_form(document=document)
    text = said(content)
    apart = f"{BOX} {BOX}"
    line = re.escape(BOX) + r"( ?" + re.escape(BOX) + r"){6}"
    assert re.search(
        rf"AB1 What there is to gain How people act\. One’s gain is another’s loss {line} "
        rf"There is enough {apart}",
        text,
    )
    assert re.search(rf"AB2 What others could use Kept {line} Passed on {apart}", text)
    assert "One cross in each line 1 2 3 4 5 6 7 I don’t know dk" in text
    assert boxes(content, "AB1", "AB2") == [9, 9]


def test_a_checklist() -> None:
    document = bank(
        *({"code": f"HA{n}", "text": f"Part {n} has been settled."} for n in range(1, 4)),
        scale={"min": 0, "max": 2, "labels": STEPS},
    )
    (table,) = tables_of(document)
    assert (table.layout, table.heads) == ("columns", "upright")
    content = render_paper_form(document=document)
    text = said(content)
    assert "One cross in each line Not begun 0 Under way 1 Done 2 I don’t know dk" in text
    assert boxes(content, "HA1", "HA2", "HA3") == [5, 5, 5]


def test_a_long_scale_that_is_shared_has_its_ends_in_the_head() -> None:
    scale = {"min": 0, "max": 10, "labels": TEN}
    document = bank({"code": "A1"} | scale, {"code": "A2"} | scale)
    (table,) = tables_of(document)
    assert (table.layout, table.heads) == ("columns", "ends")
    content = render_paper_form(document=document)
    assert "One cross in each line 0 1 2 3 4 5 6 7 8 9 10 I don’t know" in said(content)
    assert "Not at all likely Extremely likely" in said(content)
    assert boxes(content, "A1", "A2") == [13, 13]


def test_where_boxes_would_not_fit_a_number_is_written() -> None:
    document = bank(
        {"code": "A1", "text": "Your share", "min": 0, "max": 100, "labels": PERCENT},
        {"code": "A2", "text": "Warmer or colder", "min": -50, "max": 50},
    )
    (table,) = tables_of(document)
    assert table.layout == "number"
    content = render_paper_form(document=document)
    text = said(content)
    assert "Where a wide box asks for a number, write one." in text
    assert "A1 Your share 0 to 100 0: None 100: All of it" in text
    assert "A2 Warmer or colder −50 to 50" in text
    assert boxes(content, "A1", "A2") == [2, 2]


def test_answers_of_many_words_are_listed() -> None:
    labels = [f"The partners do what sentence {n} of this list tells of" for n in "1234"]
    document = bank({"code": "A1", "text": "Which?", "min": 1, "max": 4, "labels": labels})
    (table,) = tables_of(document)
    assert table.layout == "list"
    content = render_paper_form(document=document)
    text = said(content)
    places = [text.index(f"{BOX} {label} {n}") for n, label in enumerate(labels, start=1)]
    assert places == sorted(places)
    assert f"{BOX} I don’t know dk {BOX} Not applicable to us na" in text
    assert boxes(content, "A1") == [6]


LONG_WORDS = ["Extraordinarily", "Exceptionally", "Occasionally", "Intermittently", "Frequently"]


LAYOUTS: list[tuple[dict[str, Any], tuple[str, str]]] = [
    ({}, ("columns", "upright")),
    ({"min": 0, "max": 1, "labels": ["No", "Yes"]}, ("columns", "upright")),
    ({"min": 1, "max": 3, "labels": ["No", "", "Yes"]}, ("poles", "upright")),
    ({"min": 1, "max": 3, "labels": ["Unconditionally", "", "Yes"]}, ("poles", "upright")),
    ({"min": 1, "max": 3, "labels": LONG_WORDS[:3]}, ("columns", "upright")),
    ({"min": 1, "max": 5, "labels": LONG_WORDS}, ("columns", "turned")),
    ({"min": 1, "max": 5, "labels": ["w" * 60] * 5}, ("list", "upright")),
    ({"min": 0, "max": 10}, ("columns", "ends")),
    ({"min": -3, "max": 3, "labels": ["−3", "", "", "", "", "", "+3"]}, ("columns", "ends")),
    ({"min": 1, "max": 11, "labels": ["a"] * 11}, ("columns", "upright")),
    ({"min": 1, "max": 12}, ("number", "upright")),
    ({"min": 1, "max": 12, "labels": ["a"] * 12}, ("list", "upright")),
]


@pytest.mark.parametrize(("scale", "expected"), LAYOUTS)
def test_the_layout_follows_from_the_scale(
    scale: dict[str, Any], expected: tuple[str, str]
) -> None:
    (table,) = tables_of(bank({"code": "A1"} | scale))
    assert (table.layout, table.heads) == expected


def test_every_layout_is_accessible(tmp_path: Path) -> None:
    document = bank(*({"code": f"A{n}"} | scale for n, (scale, _expected) in enumerate(LAYOUTS)))
    assert {(table.layout, table.heads) for table in tables_of(document)} == {
        expected for _scale, expected in LAYOUTS
    }
    assert_accessible(render_paper_form(document=document), tmp_path)


def test_scales_that_differ_stand_in_tables_of_their_own_and_in_their_order() -> None:
    ten = {"min": 0, "max": 10, "labels": TEN}
    document = bank(
        {"code": "A1"},
        {"code": "A2"},
        {"code": "A3"} | ends("Kept", "Passed on"),
        {"code": "A4"} | ends("Late", "Early"),
        {"code": "A5"} | ten,
        {"code": "A6"} | ends("Same", "Same too"),
        {"code": "A7"} | ends("Same", "Same too"),
        {"code": "A8", "min": 0, "max": 100},
        {"code": "A9"},
    )
    assert [(t.layout, [row.code for row in t.rows]) for t in tables_of(document)] == [
        ("columns", ["A1", "A2"]),
        ("poles", ["A3", "A4"]),
        ("poles", ["A5"]),
        ("columns", ["A6", "A7"]),
        ("number", ["A8"]),
        ("columns", ["A9"]),
    ]
    content = render_paper_form(document=document)
    codes = [f"A{n}" for n in range(1, 10)]
    assert boxes(content, *codes) == [7, 7, 9, 9, 13, 9, 9, 2, 7]


# Languages


def in_french(**more: Any) -> BankDocument:
    return bank(
        {"code": "A1", "text": "We agree.", "help": "On the whole."},
        {"code": "A2", "text": "We meet."},
        introduction="Read this.\n\nThen that.",
        translations={
            "fr": {
                "title": "Fait à la main",
                "labels": {"Disagree": "Pas d’accord", "Agree": "D’accord"},
                "dimensions": {
                    "one": {
                        "question": "Qu’est-ce que c’est ?",
                        "questions": {"A1": {"text": "Oui."}},
                    }
                },
            },
            **more,
        },
    )


def test_a_translation_and_what_it_lacks() -> None:
    document = in_french()
    content = render_paper_form(document=document, language="fr")
    text = said(content)
    for part in (
        "Fait à la main",
        "Read this. Then that.",
        "The one part Qu’est-ce que c’est ?",
        "Strongly disagree 1 Pas d’accord 2 Neither agree nor disagree 3 D’accord 4 Strongly agree 5",
        "A1 Oui. On the whole.",
        "A2 We meet.",
    ):
        assert part in text
    assert "We agree." not in text
    reader = read(content)
    assert reader.trailer["/Root"]["/Lang"] == "fr"
    assert reader.metadata is not None
    assert str(reader.metadata.title).startswith("Fait à la main, ")


@pytest.mark.parametrize("language", ["", "en", "de"])
def test_without_a_translation_it_is_in_the_banks_own_language(language: str) -> None:
    content = render_paper_form(document=in_french(), language=language)
    assert "A1 We agree. On the whole." in said(content)
    assert "Fait" not in said(content)
    assert read(content).trailer["/Root"]["/Lang"] == "en"


def test_texts_in_a_language() -> None:
    document = in_french(de={"title": "Von Hand"})
    own = texts_in(document)
    french, german = texts_in(document, "fr"), texts_in(document, "de")
    at = ("dimensions", "one", "questions", "A1", "text")
    assert [texts[("title",)] for texts in (own, french, german)] == [
        "Made by hand",
        "Fait à la main",
        "Von Hand",
    ]
    assert [texts[at] for texts in (own, french, german)] == ["We agree.", "Oui.", "We agree."]
    assert french[("labels", "Agree")] == "D’accord"
    assert list(own) == list(french)
    assert texts_in(document, "nl") == own


# Whatever a bank says


def test_five_hundred_questions(laid_out: Callable[[BankDocument], list[Any]]) -> None:
    questions = [
        {"code": f"Q{n}", "text": f"Statement {n} is one of many.", "help": "Such as this."}
        for n in range(500)
    ]
    parts = [
        {"code": f"d{n}", "title": f"Part {n}", "questions": questions[n * 100 : n * 100 + 100]}
        for n in range(5)
    ]
    pages = laid_out(bank(dimensions=parts))
    assert 20 <= len(pages) <= 40
    rows = [[row for body in inside(page, "tbody") for row in inside(body, "tr")] for page in pages]
    codes = [words(row).split()[0] for on_page in rows for row in on_page]
    # Each row once, so none is broken over pages.
    assert codes == [f"Q{n}" for n in range(500)]
    for page, on_page in zip(pages, rows, strict=True):
        bottom = page.content_box_y() + page.height
        assert all(row.position_y + row.height <= bottom for row in on_page)
        # A table has two rows at least on its page, and its head above them.
        for table in inside(page, "table"):
            if inside(table, "tr"):
                assert words(table).startswith("Code One cross in each line")
                assert len(inside(table, "tr")) >= 3
        # No title stands at the end of a page.
        for title in inside(page, "h2"):
            if words(title).startswith("Part"):
                assert any(row.position_y > title.position_y for row in on_page)


def test_thanks_do_not_stand_on_a_page_alone() -> None:
    """Twenty rows fill the first page but for some lines: two of them go on with the thanks."""
    questions = [{"code": f"A{n}"} for n in range(20)]
    pages = pages_of(render_paper_form(document=bank(*questions)))
    assert len(pages) == 2
    assert "Thank you" in pages[1]
    assert pages[1].count(BOX) == 2 * 7


def test_long_words_stay_where_they_belong(
    laid_out: Callable[[BankDocument], list[Any]],
) -> None:
    assert len(LONG) == 100
    label = LONG[:60]
    pages = laid_out(
        bank(
            {"code": "Q" * 60, "text": LONG * 3, "help": LONG * 3},
            {"code": "b", "text": LONG * 3} | ends(label, label),
            {"code": "c", "text": LONG, "min": 1, "max": 5, "labels": [label] * 5},
            {"code": "d", "text": LONG, "min": 1, "max": 5, "labels": [label[:30]] * 5},
            {"code": "e", "text": LONG, "min": 1, "max": 20, "labels": [label] * 20},
            {"code": "f", "min": 0, "max": 10, "labels": [label, *[""] * 9, label]},
            {"code": "g", "min": 0, "max": 10, "labels": [label, *[""] * 9, label]},
            {"code": "h", "min": 0, "max": 100, "labels": [label, *[""] * 99, label]},
            title=LONG,
            introduction="x" * 4000,
        )
    )
    for page in pages:
        left, right = page.content_box_x() - 1, page.content_box_x() + page.width + 1
        for text in (box for box in page.descendants() if hasattr(box, "text")):
            turned = (
                text.width > 12 * MILLIMETRE and text.text in LONG and text.style["font_size"] < 11
            )
            if not turned:
                assert left <= text.position_x, text.text
                assert text.position_x + text.width <= right, text.text
        for cell in (*inside(page, "td"), *inside(page, "th")):
            if inside(cell, "div"):
                continue  # a label that reaches over its column
            end = cell.border_box_x() + cell.border_width() + 1
            for text in (box for box in cell.descendants() if hasattr(box, "text")):
                assert text.position_x + text.width <= end, text.text


def test_a_draft_without_questions_and_one_without_parts(tmp_path: Path) -> None:
    data = {"code": "new", "version": 1, "title": "New bank"}
    for dimensions in ([], [{"code": "one", "title": "The one part", "questions": []}]):
        document = bank_document(data=data | {"dimensions": dimensions}, draft=True)
        content = render_paper_form(document=document)
        assert "0 questions." in said(content)
        assert said(content).count("No questions yet.") == 1
        assert_accessible(content, tmp_path)


def test_whatever_a_text_asks_for_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    fetch = FontFetcher.fetch

    def watched(self: FontFetcher, url: str, headers: Any = None) -> Any:
        asked.append(url)
        return fetch(self, url, headers)

    monkeypatch.setattr(FontFetcher, "fetch", watched)
    short = '<img src="file:///etc/passwd">'
    document = bank(
        {"code": "A1", "text": HOSTILE[:300], "help": HOSTILE[:300]},
        {"code": "A2"} | ends(short, short),
        {"code": "A3", "min": 1, "max": 5, "labels": [short] * 5},
        title=short,
        introduction=HOSTILE,
    )
    reader: PdfReader = read(render_paper_form(document=document))
    assert dict(reader.attachments) == {}
    assert '<imgsrc="file:///etc/passwd">' in text_of(reader).replace(" ", "")
    assert set(asked) == set(pdf.FONT_FILES)


def test_letters_of_many_kinds(tmp_path: Path) -> None:
    texts = [
        "Το ποτάμι πλημμυρίζει. Река выходит из берегов. Přes řeku, über den Fluß.",
        "يفيض النهر كل ربيع، وتغرق البيوت.",
        "“Quotes” – dashes — ellipsis… bullets • and № ½ € ☐ □",
    ]
    document = bank(
        *(
            {"code": f"A{n}", "text": text, "help": text} | ends(text[:40], text[-40:])
            for n, text in enumerate(texts)
        )
    )
    content = render_paper_form(document=document)
    assert_accessible(content, tmp_path)
    assert f"A0 {texts[0]}" in said(content)
