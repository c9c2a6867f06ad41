"""Report and scorecard, read back from their bytes."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import page as page_validation
import pytest
from pypdf import PdfReader

from assessments.reports import pdf
from assessments.reports.pdf import FontFetcher, render_report, render_scorecard

from .documents import (
    SAMPLES,
    not_ready,
    open_mode,
    ready,
    stored_bank,
    stored_result,
    too_few,
    withheld,
)

pytestmark = pytest.mark.django_db


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def text_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def outline_of(reader: PdfReader) -> list[str]:
    return [entry.title for entry in reader.outline if not isinstance(entry, list)]


def assert_accessible(content: bytes, folder: Path) -> None:
    file = folder / "file.pdf"
    file.write_bytes(content)
    for profile in ("ua1", "3a"):
        found = page_validation.validate_pdf(str(file), profile=profile)
        assert found.is_compliant, [str(failure) for failure in found.failures][:5]


def test_the_report_of_a_result() -> None:
    reader = read(render_report(result=stored_result()))
    assert len(reader.pages) == 13  # cover, contents, overview, eight elements, figures, method
    assert outline_of(reader) == [
        "The finding",
        "Contents",
        "Two elements are weak; views divide on three",
        "Formal charter: weak at 38, and views divide",
        "Common ground: weak at 47, and views divide",
        "Committed leaders: mixed at 58, and views divide",
        "Representatives of substance: mixed at 64, and views agree",
        "Clearly defined purpose: mixed at 69, and views agree",
        "Northbound train: mixed at 72, and views agree",
        "Convener of stature: strong at 77, and views agree",
        "Common pain: strong at 81, and views agree",
        "All figures",
        "How the figures are made",
    ]
    assert reader.metadata is not None
    assert reader.metadata.title == (
        "Not ready: two of eight elements are weak. The formal charter decides. "
        "Tessel Valley Flood Alliance, Readiness, second round"
    )
    assert reader.metadata.author == "Northbound"
    assert str(reader.metadata.creation_date) == "2026-11-20 17:00:00+00:00"
    assert reader.trailer["/Root"]["/Lang"] == "en"

    cover = reader.pages[0].extract_text()
    assert "1 of 13" not in cover
    for label in ("Formal charter 38", "Common ground 47", "Common pain 81"):
        assert label in cover
    charter = " ".join(reader.pages[3].extract_text().split())
    for said in (
        "Tessel Valley Flood Alliance",
        "Element 6 of 8, the one that decides",
        "4 of 13",
        "Lowest, at 23: “How we decide is clear, also when we do not agree.”",
        "On record: 30 of 100",
        "Recorded fact 3 3 of 9 organisations Not met",
        "Put the hardest question first.",
        "Between 33 and 45. Weak either way.",
    ):
        assert said in charter
    # The page numbers of the contents are those of the pages.
    contents = reader.pages[1].extract_text()
    assert re.search(r"Formal charter: weak at 38, and views divide\s*4\b", contents)


def test_comments_stand_together_behind_the_elements() -> None:
    said = [{"text": f"Word {letter}", "organisation": None} for letter in "abcdef"]
    comments = {"common-pain": said, "formal-charter": said}
    reader = read(render_report(result=stored_result(comments=comments)))
    assert len(reader.pages) == 14  # each element on its own page, as without
    charter, purpose, voices = (
        " ".join(reader.pages[page - 1].extract_text().split()) for page in (4, 7, 12)
    )
    assert "In their own words: page 12." in charter
    assert "own words" not in purpose  # nobody commented on it
    assert voices.index("Formal charter Word a") < voices.index("Common pain Word a")
    assert voices.count("Word ") == 12
    assert "on elements on which five people or more commented" in voices


@pytest.mark.parametrize("name", SAMPLES)
def test_every_kind_of_result_is_accessible_on_paper(name: str, tmp_path: Path) -> None:
    comments = {"formal-charter": [{"text": "A comment", "organisation": None}] * 5}
    result = stored_result(SAMPLES[name](), comments=comments)
    assert_accessible(render_report(result=result), tmp_path)
    scorecard = render_scorecard(result=result, participant_name="Lower Tessel Water Board")
    assert_accessible(scorecard, tmp_path)
    assert len(read(scorecard).pages) == 2


def test_the_same_result_gives_the_same_bytes() -> None:
    result = stored_result()
    assert render_report(result=result) == render_report(result=result)


def test_where_nothing_is_told_the_report_is_short_and_says_so() -> None:
    reader = read(render_report(result=stored_result(too_few())))
    assert outline_of(reader) == [
        "The finding",
        "Contents",
        "No figures can be told",
        "How the figures are made",
    ]
    assert "Withheld: fewer than five answered, or too alike" in text_of(reader)


def test_a_withheld_element_is_named_beside_the_line_and_has_no_figure() -> None:
    published = not_ready()
    published["elements"][5] = withheld("formal-charter")
    published["verdict"] = {"level": "undecided", "deciding": [], "firm": False}
    reader = read(render_report(result=stored_result(published)))
    cover = " ".join(reader.pages[0].extract_text().split())
    assert (
        "Not on the line: Formal charter (withheld: fewer than five answered, or too alike)."
        in cover
    )
    assert "Formal charter 38" not in cover
    own = next(p for p in reader.pages if "Formal charter: withheld" in p.extract_text()[:300])
    assert "38" not in own.extract_text().replace("2026", "")


def test_the_digest_of_the_answers_is_not_in_the_report() -> None:
    said = text_of(read(render_report(result=stored_result())))
    assert "cd" * 32 in said
    assert "ef" * 16 not in said


def test_the_scorecard_asks_the_members_organisation_deciding_element_first() -> None:
    reader = read(
        render_scorecard(result=stored_result(), participant_name="Lower Tessel Water Board")
    )
    second = " ".join(reader.pages[1].extract_text().split())
    assert "What is asked next of Lower Tessel Water Board" in second
    assert (
        second.index("Formal charter")
        < second.index("Common ground")
        < second.index("Northbound train")
    )
    assert "Convener of stature" not in second, "nothing is asked on what is strong"
    assert "Say in writing which sentence of the draft" in second


def test_the_scorecard_of_somebody_without_organisation() -> None:
    reader = read(render_scorecard(result=stored_result(ready()), participant_name=None))
    second = " ".join(reader.pages[1].extract_text().split())
    assert "What is asked next of your organisation" in second
    assert "Nothing further is asked." in second


def test_the_scorecard_has_two_pages_however_much_there_is(tmp_path: Path) -> None:
    published = not_ready()
    published["alliance"] = "Wassergenossenschaft" * 6
    for entry in published["elements"]:
        entry |= {"score": 40.0, "band": "weak"}
    published["verdict"]["deciding"] = [e["code"] for e in published["elements"]]
    bank = stored_bank(asked_of_members=["Much is asked of everybody here. " * 12] * 9)
    result = stored_result(published, bank=bank)
    content = render_scorecard(result=result, participant_name="Waterschappen" * 9)
    assert len(read(content).pages) == 2
    assert_accessible(content, tmp_path)


HOSTILE = (
    '<img src="file:///etc/passwd"><link rel="attachment" href="file:///etc/passwd">'
    '<a rel="attachment" href="http://example.org/x">x</a><style>@import "http://example.org/";'
    "body { background: url(file:///etc/passwd) }</style>"
)


def test_whatever_a_text_asks_for_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    fetch = FontFetcher.fetch

    def watched(self: FontFetcher, url: str, headers: Any = None) -> Any:
        asked.append(url)
        return fetch(self, url, headers)

    monkeypatch.setattr(FontFetcher, "fetch", watched)
    published = open_mode(2)
    published["alliance"] = HOSTILE
    published["round"] = HOSTILE
    for entry in published["elements"]:
        entry["by_organisation"][0]["organisation"] = HOSTILE
        for check in entry["records"]["checks"]:
            check |= {"label": HOSTILE, "fact": HOSTILE}
    comments = {"formal-charter": [{"text": HOSTILE, "organisation": HOSTILE}]}
    result = stored_result(published, comments=comments)
    report = render_report(result=result)
    scorecard = render_scorecard(result=result, participant_name=HOSTILE)
    assert set(asked) == set(pdf.FONT_FILES)
    for content in (report, scorecard):
        reader = read(content)
        assert dict(reader.attachments) == {}
        assert "file:///etc/passwd" in text_of(reader).replace(" ", "")
        assert "root:" not in text_of(reader)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://example.org/",
        "data:text/plain,x",
        "northbound-font:other",
        "northbound-font:../regular",
        "//example.org/x",
    ],
)
def test_the_fetcher_serves_two_fonts_and_nothing_else(url: str) -> None:
    with pytest.raises(ValueError, match="Nothing is fetched"):
        FontFetcher().fetch(url)


def test_long_content_breaks_nothing(tmp_path: Path) -> None:
    published = open_mode(300)
    published["alliance"] = "W" * 120
    published["elements"][0]["by_organisation"][0]["organisation"] = "X" * 120
    comments = {
        "formal-charter": [
            {"text": f"{number} " + "Wort " * 399, "organisation": "Y" * 120}
            for number in range(60)
        ],
    }
    content = render_report(result=stored_result(published, comments=comments))
    reader = read(content)
    said = text_of(reader)
    assert "Organisation 300" in said
    assert said.count("Wort") == 60 * 399
    assert_accessible(content, tmp_path)


def test_characters_that_no_document_can_hold_do_no_harm(tmp_path: Path) -> None:
    result = stored_result()
    # Not every database takes such a text; one that does may hold it.
    result.document["alliance"] = "Nul\x00 bell\x07 escape\x1b alliance"
    result.comments = {
        "formal-charter": [{"text": "half \ud800 a pair \x00", "organisation": None}]
    }
    assert_accessible(render_report(result=result), tmp_path)
