"""Tables that are refused: what is wrong, and in which cell."""

from __future__ import annotations

import io
from datetime import date, time
from typing import Any

import openpyxl
import pytest

from assessments.services.banks.tables.documents import table_document
from assessments.services.banks.tables.sheets import read_table
from tests.assessments.banks.tables import (
    QUESTIONS,
    details,
    document_of,
    from_csv,
    from_sheets,
    outline,
    rich,
    tiny,
    workbook,
)
from tests.languages import Words, spoken


def test_every_complaint_names_its_cell() -> None:
    told = (
        "dimension,code,text,reverse,min,weight,labels\n"
        ",T0,x,,,,\n"
        "trust,T1,x,perhaps,,,\n"
        "trust,T1,x,,one,many,\n"
        "trust,,x,,,,\n"
    )
    assert details(from_csv, told) == [
        "row 2, 'dimension': is missing; write the code of the dimension that the question belongs to",
        "row 3, 'reverse': write yes or no",
        "row 4, 'code': 'T1' stands there twice; give one another code",
        "row 5, 'code': is missing",
    ]
    told = "dimension,code,min,weight\ntrust,T1,one,many\ntrust,T2,1.5,-1\n"
    assert details(from_csv, told) == [
        "row 2, 'min': write a whole number",
        "row 2, 'weight': write a number, such as 1 or 0.5",
        "row 3, 'min': write a whole number",
        "row 3, 'weight': write a number, such as 1 or 0.5",
    ]


def test_what_the_bank_itself_refuses_is_told_by_cell_too() -> None:
    assert details(
        from_sheets,
        Bank=[
            ["key", "value"],
            ["minutes", 0],
            ["band mixed", 99],
            ["source VA", ""],
            ["code", "a b"],
        ],
        Dimensions=[
            ["code", "title", "advice 1 title", "advice 1 text"],
            ["trust", "x" * 81, "", "Only a text"],
        ],
        Questions=[
            ["dimension", "code", "text", "change", "text [fr]"],
            ["trust", "T1", "x" * 301, "", "y" * 451],
            ["trust", "T 2", "x", "none", ""],
        ],
    ) == [
        "Bank, row 5: 'code' must begin with a letter or figure; then also - and _ may follow",
        "Bank, row 4: 'VA' is empty",
        "Bank, row 3: 'mixed' must be lower than 'strong'",
        "Dimensions, row 2: 'title' must not be longer than 80 characters",
        "Dimensions, row 2, advice 1: 'title' is empty",
        "Questions, row 2: 'text' must not be longer than 300 characters",
        "Questions, row 3: 'code' must begin with a letter or figure; then also - and _ may follow",
        "Questions, row 3: 'change' must be one of wording, meaning",
        "Bank, row 2: 'minutes' must be a whole number from 1 to 600",
    ]
    assert details(
        from_sheets,
        Questions=[["dimension", "code", "text", "text [fr]"], ["trust", "T1", "x", "y" * 451]],
    ) == [
        "Questions, row 2, 'text [fr]': "
        "translations fr: 'dimensions, trust, questions, T1, text' must not be longer than 450 characters"
    ]


def test_a_translation_of_nothing_is_told() -> None:
    assert details(
        from_sheets,
        Questions=[["dimension", "code", "help", "help [fr]"], ["trust", "T1", "", "Aide"]],
        Labels=[["label", "fr"], ["Nobody says so", "Personne"]],
    ) == [
        "Questions, row 2, 'help [fr]': "
        "there is nothing in the bank’s own language that this translates",
        "Labels, row 2, 'label [fr]': no question has this label; mend it or take the row out",
    ]
    told = "dimension,code,text,text [en]\ntrust,T1,One,One\ntrust,T2,Two,Two\n"
    assert details(from_csv, told) == [
        "row 2, 'text [en]': en is the bank’s own language; take the translation out"
    ]


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("=1+1", "is a formula; type the value, or put an apostrophe before it"),
        ("+31 6", "is a formula; type the value, or put an apostrophe before it"),
        ("@a", "is a formula; type the value, or put an apostrophe before it"),
        ("-a", "is a formula; type the value, or put an apostrophe before it"),
        ("-1+1", "is a formula; type the value, or put an apostrophe before it"),
        ('"\t=1"', "is a formula; type the value, or put an apostrophe before it"),
        ('"\r=1"', "is a formula; type the value, or put an apostrophe before it"),
        ("  =1", "is a formula; type the value, or put an apostrophe before it"),
        ("＝1", "is a formula; type the value, or put an apostrophe before it"),
        ("x" * 8001, "has more than 8000 characters; shorten it"),
    ],
)
def test_cells_of_a_csv_that_are_refused(cell: str, message: str) -> None:
    told = f"dimension,code,text\ntrust,T1,{cell}\n"
    assert details(from_csv, told) == [f"row 2, 'text': {message}"]


@pytest.mark.parametrize("cell", ["-1", "'=1+1", "'-a", "a=1", "’=1", "–dash"])
def test_cells_of_a_csv_that_are_taken(cell: str) -> None:
    document = from_csv(f"dimension,code,text\ntrust,T1,{cell}\n")
    taken = cell[1:] if cell.startswith("'") else cell
    assert document.dimensions[0].questions[0].text == taken


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("=1+1", "is a formula; type the value, or put an apostrophe before it"),
        (date(2026, 2, 1), "is a date or a time; format the column as text and type it again"),
        (time(9, 30), "is a date or a time; format the column as text and type it again"),
        ("#REF!", "holds the error '#REF!'; type the value"),
        (10**16, "is too large a number; format the column as text and type it again"),
        ("x" * 8001, "has more than 8000 characters; shorten it"),
    ],
)
def test_cells_of_a_workbook_that_are_refused(cell: Any, message: str) -> None:
    content = workbook(Questions=[["dimension", "code", "text"], ["trust", "T1", cell]])
    assert details(read_table, content=content, name="x") == [
        f"Questions, row 2, 'text': {message}"
    ]


@pytest.mark.parametrize("format", ["dd/mm/yyyy", "[h]:mm", "[$-809]d mmmm", '"on" yy', "mm:ss.0"])
def test_dates_of_every_look_are_known(format: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(Questions=[["code"], [5]])))
    book.active["A2"].number_format = format
    out = io.BytesIO()
    book.save(out)
    assert "is a date or a time" in details(read_table, content=out.getvalue(), name="x")[0]


@pytest.mark.parametrize(
    "format", ["0.00", "#,##0 [$€-407]", '0 "days"', "[Red]-0", "0.0E+00", "@"]
)
def test_numbers_of_every_look_are_numbers(format: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(Questions=[["dimension", "code"], ["a", 5]])))
    book.active["B2"].number_format = format
    out = io.BytesIO()
    book.save(out)
    table = read_table(content=out.getvalue(), name="x")
    assert table.questions.entries[0].values == {"dimension": "a", "code": "5"}


def test_a_code_that_a_spreadsheet_took_for_a_number_is_told() -> None:
    base = document_of(rich()).as_data()
    assert details(from_csv, "dimension,code\n7,1\n", base) == [
        "row 2, 'dimension': the bank has '007'; format the column as text and type it again",
        "row 2, 'code': the bank has '01'; format the column as text and type it again",
    ]
    assert outline(from_csv("dimension,code\n007,01\n,2\n", base))[0] == ("007", ["01", "2"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["there is nothing in it; its first row names the columns"]),
        ("dimension,text\ntrust,One\n", ["row 1: the column 'code' is missing"]),
        (
            "dimension,code,txet,text [fr,text [francais],weight [fr]\n",
            [
                "row 1: 'txet' is not a column that is known here; did you mean 'text'?",
                "row 1: 'text [fr' is not a column that is known here; did you mean 'text'?",
                "row 1: 'text [francais]': write a language’s code such as fr between the brackets",
                "row 1: 'weight [fr]' is not a column that is known here; take it out",
            ],
        ),
        (
            "code,CODE,Dimension Title,dimension-title,=1\n",
            [
                "row 1, 'code': the column stands there twice; take one out",
                "row 1, 'dimension_title': the column stands there twice; take one out",
                "row 1, 'E': is a formula; type the value, or put an apostrophe before it",
            ],
        ),
        ("code,\nT1,x\n", ["row 2, 'B': nothing stands above this column; name it"]),
        ("dimension,code\n", ["There are no questions in 'x.csv'."]),
        (
            'dimension,code\n"a\nb",T1\ntrust,"T2" x\n',
            [
                "Line 4: its quotation marks do not match. A cell in quotation marks ends with "
                "one, and one inside is written twice."
            ],
        ),
    ],
)
def test_tables_that_are_refused(text: str, expected: list[str]) -> None:
    assert details(read_table, content=text.encode(), name="x.csv") == expected


def test_other_encodings_are_refused() -> None:
    assert details(read_table, content="dimension,code\né,T1".encode("latin-1"), name="x") == [
        "The file is not in UTF-8 (see line 2), so its accents would be lost. "
        "Save it as “CSV UTF-8”, or as a workbook (.xlsx)."
    ]


def test_sheets_that_are_missing_or_misspelt_are_told() -> None:
    content = workbook(Qestions=QUESTIONS, Other=[["x"]])
    assert details(read_table, content=content, name="x") == [
        "The sheet 'Qestions' is not known; did you mean 'Questions'?",
        "There is no sheet 'Questions'; name one so.",
    ]
    content = workbook(
        Questions=QUESTIONS,
        Bank=[
            ["key", "value"],
            ["titel", "x"],
            ["minutes", "7 or so"],
            ["title", "a"],
            ["TITLE", "b"],
        ],
    )
    base = tiny()
    table = read_table(content=content, name="x")
    assert details(table_document, base=base, table=table) == [
        "Bank, row 2, 'key': 'titel' is not a key that is known here; did you mean 'title'?",
        "Bank, row 3, 'value': write a whole number",
        "Bank, row 5, 'key': the key stands there twice",
    ]
    assert base == tiny()


def test_no_more_than_fifty_complaints_are_told() -> None:
    told = "dimension,code,reverse\n" + "".join(f"trust,X{n},?\n" for n in range(70))
    complaints = details(from_csv, told)
    assert complaints[0] == "row 2, 'reverse': write yes or no"
    assert (len(complaints), complaints[-1]) == (51, "… and 20 more.")


FRENCH = Words(
    "fr",
    {
        "%(label)s: %(text)s": "%(label)s\u00a0: %(text)s",
        "row %(row)d": "ligne %(row)d",
        "'%(key)s' is empty": "«\u00a0%(key)s\u00a0» est vide",
        "translations %(language)s: %(place)s %(problem)s": "en %(language)s, %(place)s %(problem)s",
        "must not be longer than %(longest)d characters": "dépasse %(longest)d caractères",
        "'%(key)s' must not be longer than %(longest)d characters": "%(key)s dépasse %(longest)d",
    },
)


def test_what_the_bank_refuses_is_told_by_cell_in_another_language() -> None:
    """Where it stands is known by what the complaint is about, not by its English words."""
    with spoken(FRENCH):
        assert details(
            from_sheets,
            Bank=[["key", "value"], ["source VA", ""]],
            Dimensions=[
                ["code", "title", "advice 1 title", "advice 1 text"],
                ["trust", "T", "", "A"],
            ],
            Questions=[["dimension", "code", "text"], ["trust", "T1", "x" * 301]],
        ) == [
            "Bank, ligne 2\u00a0: «\u00a0VA\u00a0» est vide",
            "Dimensions, ligne 2, advice 1\u00a0: «\u00a0title\u00a0» est vide",
            "Questions, ligne 2\u00a0: text dépasse 300",
        ]
        assert details(
            from_sheets,
            Questions=[
                ["dimension", "code", "text", "text [de]"],
                ["trust", "T1", "x", "y" * 451],
            ],
        ) == [
            "Questions, ligne 2, 'text [de]'\u00a0: "
            "en de, 'dimensions, trust, questions, T1, text' dépasse 450 caractères"
        ]


@pytest.mark.parametrize(
    ("cell", "reverse"),
    [("oui", True), ("VRAI", True), ("yes", True), ("non", False), ("Faux", False), ("", False)],
)
def test_yes_and_no_in_french(cell: str, reverse: bool) -> None:
    told = f"dimension,code,text,reverse\ntrust,T1,x,{cell}\n"
    assert from_csv(told).dimensions[0].questions[0].reverse is reverse
