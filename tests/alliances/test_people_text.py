"""Lists as people make them, read into rows by hand."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from alliances.errors import Refused
from alliances.services.people_text import Row, decode_list, read_rows
from tests.languages import Words, spoken

RAIL = Row(
    line=1,
    organisation="Eastline Rail",
    interest="travellers",
    status="accepted",
    name="Lind, Mara",
    email="mara@rail.example",
    position="Head of track",
    role="leader",
)
HEADINGS = "organisation\tinterest\tstatus\tname\temail\tposition\trole\n"


@pytest.mark.parametrize(
    "text",
    [
        "Eastline Rail\ttravellers\taccepted\tLind, Mara\tmara@rail.example\tHead of track\tleader",
        "Eastline Rail;travellers;accepted;Lind, Mara;mara@rail.example;Head of track;leader\r\n",
        'Eastline Rail,travellers,accepted,"Lind, Mara",mara@rail.example,Head of track,leader\n',
        '"Eastline  Rail", travellers ,accepted,"Lind,\nMara",mara@rail.example,"Head\nof track",leader',
        "\ufeffEastline Rail\ttravellers\taccepted\tLind, Mara\tmara@rail.example\tHead of track\tleader\t\t",
    ],
    ids=["tabs", "semicolons", "commas", "line breaks in cells", "BOM, empty cells behind"],
)
def test_the_same_row_in_every_dress(text: str) -> None:
    assert read_rows(text) == [RAIL]


def test_headings_may_stand_in_any_order_and_under_other_names() -> None:
    text = "E-mail;Organization;Title;Name\nmara@rail.example;Rail;Head;Mara\n;Water\n"
    assert read_rows(text) == [
        Row(line=2, organisation="Rail", name="Mara", email="mara@rail.example", position="Head"),
        Row(line=3, organisation="Water"),
    ]


def test_empty_lines_count_and_are_left_out() -> None:
    assert read_rows("\n" + HEADINGS + "\t\t\t\n  \n\nRail\n\n") == [
        Row(line=6, organisation="Rail")
    ]


def test_names_alone_do() -> None:
    assert read_rows("Rail\nWater") == [
        Row(line=1, organisation="Rail"),
        Row(line=2, organisation="Water"),
    ]


def test_a_person_called_like_a_heading_is_no_heading() -> None:
    assert read_rows("Rail\t\t\tMara\tm@rail.example\ttitle\trepresentative") == [
        Row(
            line=1,
            organisation="Rail",
            name="Mara",
            email="m@rail.example",
            position="title",
            role="representative",
        )
    ]


def test_cells_over_several_lines_keep_the_lines_numbers() -> None:
    assert [row.line for row in read_rows('Rail,"a\nb"\nWater,c\n')] == [1, 3]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "The list is empty."),
        (" \n\t\n", "The list is empty."),
        (HEADINGS, "There is nothing below the headings."),
        ("organisation,phone\nRail,1", "No column is called “phone”."),
        ("organisation,name,name\nRail,a,b", "The column name stands there twice."),
        ("name,email\nMara,m@rail.example", "The column organisation is missing."),
        ("organisation,,name\nRail,,Mara", "A column between others has no heading."),
        ("x" * (1024 * 1024 + 1), "The list is larger than 1 MB."),
        ("Rail\n" * 2002, "The list has more than 2,000 lines."),
    ],
)
def test_lists_that_cannot_be_read(text: str, message: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_rows(text)
    assert refusal.value.message.startswith(message)
    assert refusal.value.details == []


@pytest.mark.parametrize(
    ("text", "details"),
    [
        (
            "Rail\nWa\0ter\n\0",
            [
                "Line 2: it holds a NUL character. Take it out.",
                "Line 3: it holds a NUL character. Take it out.",
            ],
        ),
        (
            'Rail,a\n"Water" Ltd,b',
            [
                "Line 2: its quotation marks do not match. A cell in quotation marks ends with "
                "one, and one inside is written twice."
            ],
        ),
        (
            'Rail,a\nWater,"b\nc',
            [
                "Line 2: its quotation marks do not match. A cell in quotation marks ends with "
                "one, and one inside is written twice."
            ],
        ),
        (
            'Rail,"' + "x" * 200_000,
            ["Line 1: a cell is far too long. Is a quotation mark missing at its end?"],
        ),
        (
            "organisation,name\nRail,Mara,boss\nWater,Jo,\n",
            ["Line 2: it has more than 2 columns: “boss” is too much."],
        ),
    ],
    ids=["NUL", "quote inside", "quote open", "long cell", "columns"],
)
def test_wrong_lines_are_named(text: str, details: list[str]) -> None:
    with pytest.raises(Refused) as refusal:
        read_rows(text)
    assert (
        refusal.value.message == "Nothing is stored. Put these lines right and send the list again."
    )
    assert refusal.value.details == details


def test_two_thousand_lines_below_headings_are_read() -> None:
    assert len(read_rows(HEADINGS + "Rail\n" * 2000)) == 2000


def test_no_more_than_a_hundred_wrong_lines_are_told() -> None:
    with pytest.raises(Refused) as refusal:
        read_rows("organisation\n" + "Rail,x\n" * 130)
    assert len(refusal.value.details) == 101
    assert refusal.value.details[-1] == "And 30 more."


def test_files_are_utf_8_with_or_without_a_mark() -> None:
    assert decode_list("Fluß".encode()) == "Fluß"
    assert decode_list("Fluß".encode("utf-8-sig")) == "Fluß"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("Rail\nFluß".encode("cp1252"), "The file is not in UTF-8 (see line 2)"),
        ("Rail\tx".encode("utf-16"), "The file is not in UTF-8 (see line 1)"),
        (b"PK\x03\x04rest", "This is a workbook, not a CSV file."),
        (b"x" * (1024 * 1024 + 1), "The file is larger than 1 MB."),
    ],
    ids=["cp1252", "utf-16", "workbook", "large"],
)
def test_other_files_are_refused(data: bytes, message: str) -> None:
    with pytest.raises(Refused) as refusal:
        decode_list(data)
    assert refusal.value.message.startswith(message)


FRENCH = Words(
    "fr",
    {
        "interest, interest spoken for": "intérêt, intérêt représenté",
        "status": "statut",
        "email, email address, mail": "courriel, adresse électronique, mail",
        "position, title": "fonction, titre",
    },
)


@pytest.mark.parametrize(
    "headings",
    [
        "Organisation;Intérêt représenté;Statut;Adresse électronique;Fonction",
        "ORGANISATION *;interet;statut :;Courriel;titre",
        "organisation;interest;status;email;position",
    ],
)
def test_headings_in_a_language_of_the_installation(settings: Any, headings: str) -> None:
    """Whatever the page is in: the spreadsheet was written before."""
    settings.LANGUAGES = [("en", "English"), ("fr", "French")]
    text = f"{headings}\nRail;riverains;accepté;ana@rail.example;direction"
    with spoken(FRENCH), translation.override("en"):
        (row,) = read_rows(text)
    assert (row.organisation, row.interest, row.status) == ("Rail", "riverains", "accepté")
    assert (row.email, row.position) == ("ana@rail.example", "direction")


def test_a_column_is_named_in_the_language_of_the_page() -> None:
    with spoken(FRENCH), pytest.raises(Refused) as refused:
        read_rows("organisation;courriel;couleur\nRail;ana@rail;bleu")
    assert "organisation, intérêt, statut, name, courriel, fonction, role" in str(refused.value)
