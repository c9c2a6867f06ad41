"""Banks as tables: out without loss, and in from what people make of them in a spreadsheet."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, time
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliances.errors import Refused
from alliances.services.cells import guarded, runs, separator_of, unguarded
from assessments.services.banks.checks import bank_document
from assessments.services.banks.documents import BankDocument, bank_digest
from assessments.services.banks.store import shipped_bank
from assessments.services.banks.tables.documents import table_document
from assessments.services.banks.tables.sheets import read_table, write_table
from assessments.services.banks.tables.values import joined_labels, split_labels

REFUSED = "These tables cannot be used as they are. Nothing was stored."


def rich() -> dict[str, Any]:
    """A bank that says everything a table holds, with texts that spreadsheets would run."""
    return {
        "code": "rich",
        "version": 3,
        "since": 2,
        "title": "=Rich+1",
        "language": "en",
        "copyright": "© Someone, 2026",
        "minutes": 9,
        "audience": "members",
        "subject": "organisation",
        "introduction": "- First line.\n- Second line.\n\nAnother paragraph.",
        "sources": {"VA": "A book, with a comma", "X-1": "@other"},
        "bands": {"strong": 80, "mixed": 40},
        "dimensions": [
            {
                "code": "007",
                "title": "Trust",
                "in_sentence": "the trust",
                "question": "Do they?",
                "what_it_is": 'One line.\n\nAnd another; with “quotes” and "quotes".',
                "readings": {"strong": "+Good", "weak": "Bad"},
                "advice": [
                    {"title": "Talk", "text": "=1+1"},
                    {"title": "Write", "text": ""},
                    {"title": "Sign", "text": "At last."},
                    {"title": "Rest", "text": "A fourth step."},
                ],
                "asked_of_members": ["Come", "-5 reasons"],
                "source": "VA, X-1",
                "questions": [
                    {
                        "code": "01",
                        "text": "=SUM(A1)",
                        "text_of_peers": "They sum",
                        "help": "'=quoted",
                        "facet": "'plain",
                        "source": "VA",
                        "min": -3,
                        "max": 3,
                        "labels": ["-3 a", "", "b | c", "\\", "", "x\\|y", "end"],
                        "reverse": True,
                        "weight": Decimal("0.125"),
                        "change": "meaning",
                    },
                    {"code": "1-2", "text": "Yes", "labels": ["No", "", "", "", "Yes"]},
                ],
            },
            {"code": "empty", "title": "Without a question", "questions": []},
            {"code": "last", "questions": [{"code": "TRUE", "min": 0, "max": 10, "weight": 2}]},
        ],
        "translations": {
            "fr": {
                "title": "Riche",
                "labels": {"No": "Non", "Yes": "@Oui"},
                "dimensions": {
                    "007": {
                        "title": "Confiance",
                        "readings": {"weak": "Mauvais"},
                        "advice": [{}, {"title": "Écrire"}, {}, {"text": "Un quatrième pas."}],
                        "asked_of_members": ["", "=cinq"],
                        "questions": {"01": {"text": "=SOMME", "facet": "Facette"}},
                    }
                },
            },
            "pt-BR": {"introduction": "Um.\nDois."},
        },
    }


def document_of(data: dict[str, Any]) -> BankDocument:
    return bank_document(data=data, draft=True)


def again(document: BankDocument, format: Any, base: dict[str, Any] | None = None) -> BankDocument:
    table = read_table(content=write_table(document, format), name="x")
    return table_document(base=document.as_data() if base is None else base, table=table)


def tiny() -> dict[str, Any]:
    """A bank to lay tables over."""
    return document_of(
        {
            "code": "tiny",
            "version": 1,
            "dimensions": [
                {
                    "code": "trust",
                    "title": "Trust",
                    "advice": [{"title": "Talk", "text": "Often."}],
                    "questions": [
                        {"code": "T1", "text": "One", "help": "Help", "min": 0, "max": 10},
                        {"code": "T2", "text": "Two", "weight": 2},
                    ],
                },
                {"code": "none", "title": "None", "questions": []},
                {"code": "pain", "title": "Pain", "questions": [{"code": "P1", "text": "Three"}]},
            ],
            "translations": {
                "fr": {"dimensions": {"trust": {"questions": {"T1": {"text": "Un"}}}}}
            },
        }
    ).as_data()


def from_csv(text: str, base: dict[str, Any] | None = None) -> BankDocument:
    table = read_table(content=text.encode(), name="x.csv")
    return table_document(base=tiny() if base is None else base, table=table)


def workbook(**sheets: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def from_sheets(**sheets: list[list[Any]]) -> BankDocument:
    return table_document(base=tiny(), table=read_table(content=workbook(**sheets), name="x.xlsx"))


def outline(document: BankDocument) -> list[tuple[str, list[str]]]:
    return [(one.code, [q.code for q in one.questions]) for one in document.dimensions]


def details(call: Any, *arguments: Any, **named: Any) -> list[str]:
    with pytest.raises(Refused) as refusal:
        call(*arguments, **named)
    return [*refusal.value.details] or [refusal.value.message]


# Out and in again -------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ["rich", "tiny", "readiness"])
def test_what_is_written_is_read_without_loss(name: str, format: Any) -> None:
    document = {
        "rich": lambda: document_of(rich()),
        "tiny": lambda: document_of(tiny()),
        "readiness": lambda: shipped_bank("readiness"),
    }[name]()
    assert again(document, format) == document
    assert bank_digest(again(document, format)) == bank_digest(document)


@pytest.mark.parametrize("name", ["rich", "readiness"])
def test_a_workbook_alone_holds_the_whole_bank_but_its_reading(name: str) -> None:
    document = document_of(rich()) if name == "rich" else shipped_bank("readiness")
    assert again(document, "xlsx", {"code": document.code, "dimensions": []}) == document


def test_the_reading_stays_as_the_bank_has_it() -> None:
    told = {"title": "Told", "text": "So."}
    reading = {"rule": "pairs", "outward": told, "inward": told, "level": told}
    document = document_of({**rich(), "reading": reading})
    assert again(document, "xlsx") == document
    alone = again(document, "xlsx", {"code": "rich", "dimensions": []})
    assert alone.reading.rule == "weakest"


def test_a_csv_holds_one_row_a_question() -> None:
    content = write_table(document_of(rich()), "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[0] == [
        "dimension", "dimension_title", "code", "text", "text_of_peers", "help", "facet", "source",
        "min", "max", "labels", "reverse", "weight", "change",
        "text [fr]", "text_of_peers [fr]", "help [fr]", "facet [fr]",
        "text [pt-BR]", "text_of_peers [pt-BR]", "help [pt-BR]", "facet [pt-BR]",
    ]  # fmt: skip
    assert rows[1] == [
        "007", "Trust", "01", "'=SUM(A1)", "They sum", "''=quoted", "'plain", "VA",
        "-3", "3", "'-3 a |  | b \\| c | \\\\ |  | x\\\\\\|y | end", "yes", "0.125", "meaning",
        "'=SOMME", "", "", "Facette", "", "", "", "",
    ]  # fmt: skip
    assert [row[2] for row in rows[1:]] == ["01", "1-2", "TRUE"]


def test_a_workbook_has_four_sheets_pleasant_to_write_in() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_table(document_of(rich()), "xlsx")))
    assert book.sheetnames == ["Questions", "Dimensions", "Bank", "Labels"]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet["A1"].font.b
        assert not sheet["A2"].font.b
        assert sheet["A2"].alignment.wrap_text
    questions = book["Questions"]
    assert questions["D2"].value == "'=SUM(A1)"
    assert (questions["C2"].value, questions["C2"].number_format) == ("01", "@")
    assert (questions["I2"].value, questions["M2"].value) == (-3, 0.125)
    assert questions.column_dimensions["D"].width > 50
    assert [row[:2] for row in book["Bank"].iter_rows(values_only=True)] == [
        ("key", "value"),
        ("code", "rich"),
        ("version", 3),
        ("since", 2),
        ("title", "'=Rich+1"),
        ("language", "en"),
        ("copyright", "© Someone, 2026"),
        ("minutes", 9),
        ("audience", "members"),
        ("subject", "organisation"),
        ("introduction", "'- First line.\n- Second line.\n\nAnother paragraph."),
        ("band strong", 80),
        ("band mixed", 40),
        ("source VA", "A book, with a comma"),
        ("source X-1", "'@other"),
        ("title [fr]", "Riche"),
        ("introduction [fr]", None),
        ("title [pt-BR]", None),
        ("introduction [pt-BR]", "Um.\nDois."),
    ]
    assert list(book["Labels"].iter_rows(values_only=True))[:3] == [
        ("label", "fr", "pt-BR"),
        ("'-3 a", None, None),
        ("b | c", None, None),
    ]


def test_no_cell_runs() -> None:
    document = document_of(rich())
    book = openpyxl.load_workbook(io.BytesIO(write_table(document, "xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert len(cells) > 100
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [cell for cell in cells if isinstance(cell.value, str) and runs(cell.value)]
    text = write_table(document, "csv").decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not [cell for cell in row if runs(cell) and cell != "-3"]


awkward = st.text(
    alphabet=st.sampled_from("=+-@'\"|\\,;x0 aé😀_5F＝\n"), min_size=1, max_size=12
).map(lambda text: " ".join(text.split()) or "x")


@settings(max_examples=60)
@given(texts=st.lists(awkward, min_size=9, max_size=9))
def test_awkward_texts_come_back_as_they_were(texts: list[str]) -> None:
    data = rich()
    data["title"], data["copyright"], data["introduction"] = texts[:3]
    trust = data["dimensions"][0]
    trust["title"], trust["what_it_is"] = texts[3], f"{texts[4]}\n{texts[5]}"
    trust["advice"][1] = {"title": texts[6], "text": texts[0]}
    trust["questions"][0] |= {"text": texts[7], "labels": [*texts[:5], "", texts[8]]}
    data["translations"]["fr"]["title"] = texts[8]
    del data["translations"]["fr"]["labels"]
    document = document_of(data)
    for format in ("csv", "xlsx"):
        assert again(document, format) == document
    assert again(document, "xlsx", {"code": "rich", "dimensions": []}) == document


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1", "'=1"),
        ("'=1", "''=1"),
        ("''  +1", "'''  +1"),
        ("-a", "'-a"),
        ("'a", "'a"),
        ("a=1", "a=1"),
        ("'", "'"),
        ("", ""),
    ],
)
def test_a_guarded_text_comes_back(text: str, cell: str) -> None:
    assert guarded(text) == cell
    assert unguarded(cell) == text


@pytest.mark.parametrize(
    ("labels", "cell"),
    [
        (["a", "", "b"], "a |  | b"),
        (["a|b", "c"], "a\\|b | c"),
        (["a\\", "b"], "a\\\\ | b"),
        (["\\|", "\\\\"], "\\\\\\| | \\\\\\\\"),
    ],
)
def test_labels_in_one_cell(labels: list[str], cell: str) -> None:
    assert joined_labels(labels) == cell
    assert split_labels(cell) == labels


def test_labels_as_people_type_them() -> None:
    assert split_labels("Never|Always") == ["Never", "Always"]
    assert split_labels(" Never ||\tAlways ") == ["Never", "", "Always"]
    assert split_labels("a\\b | c") == ["a\\b", "c"]


def test_what_parts_cells_stands_in_the_first_line_that_has_any() -> None:
    assert separator_of("a;b,c;d\ne,f,g,h") == ";"
    assert separator_of("\n\ncode\na\tb,c") == "\t"
    assert separator_of("code\r\nx;y\r\nz,z,z") == ";"
    assert separator_of("code") == ","


# The table over the bank ------------------------------------------------------------------------


def test_the_table_is_the_whole_list_in_its_order() -> None:
    document = from_csv(
        "Dimension;Code;Text\r\npain;P2;New\r\n;P1;Third\r\nhope;H1;Hope\r\ntrust;T2;Second\r\n"
    )
    # What has no question stays behind what it stood behind.
    assert outline(document) == [
        ("pain", ["P2", "P1"]), ("hope", ["H1"]), ("trust", ["T2"]), ("none", []),
    ]  # fmt: skip
    assert [(q.code, q.text, q.weight) for one in document.dimensions for q in one.questions] == [
        ("P2", "New", 1), ("P1", "Third", 1), ("H1", "Hope", 1), ("T2", "Second", 2),
    ]  # fmt: skip
    assert document.dimensions[2].advice[0].title == "Talk"
    assert document.dimensions[1].title == "Hope"


def test_what_the_table_has_no_column_for_stays() -> None:
    document = from_csv("dimension,code,text\ntrust,T1,Other\n")
    question = document.dimensions[0].questions[0]
    assert (question.text, question.help, question.maximum) == ("Other", "Help", 10)
    assert [one.language for one in document.translations] == ["fr"]


def test_what_the_table_has_a_column_for_and_says_nothing_of_is_empty() -> None:
    document = from_csv("dimension,code,text,help,min,max,labels,weight,text [fr]\ntrust,T1\n")
    question = document.dimensions[0].questions[0]
    assert (question.text, question.help, question.minimum, question.maximum) == ("T1", "", 1, 5)
    assert question.labels[0] == "Strongly disagree"
    assert document.translations == ()


def test_without_a_column_for_it_a_question_keeps_its_dimension() -> None:
    document = from_csv("code\ttext\nP1\tC\nT1\tA\nT9\tB\n")
    assert outline(document) == [("pain", ["P1"]), ("trust", ["T1", "T9"]), ("none", [])]


def test_a_question_that_moves_keeps_its_translation() -> None:
    document = from_csv("dimension,code,text\npain,T1,One\n")
    at = ("dimensions", "pain", "questions", "T1", "text")
    assert document.translations[0].texts == ((at, "Un"),)


def test_a_row_may_name_a_dimension_alone() -> None:
    document = from_csv(
        "dimension,dimension_title,code\nhope,Great hope,\n,,H1\n,,\n,,H2\nwish,,\n"
    )
    assert outline(document)[-2:] == [("hope", ["H1", "H2"]), ("wish", [])]
    assert document.dimensions[-2].title == "Great hope"


def test_a_title_changed_in_one_row_is_the_dimensions() -> None:
    document = from_csv("dimension,dimension_title,code\ntrust,Trust,T1\ntrust,Great trust,T2\n")
    assert document.dimensions[0].title == "Great trust"
    told = "dimension,dimension_title,code\ntrust,Trust,T1\ntrust,A,T2\ntrust,B,T3\n"
    assert details(from_csv, told) == [
        "row 4, 'dimension_title': the dimension 'trust' is called 'A' elsewhere; write one title"
    ]


def test_cells_are_understood_as_people_type_them() -> None:
    document = from_csv(
        "dimension;code;Statement;Minimum;maximum;LABELS;reversed;weight\n"
        "trust;T1;'-5 is low;-1;1.0;No|So|Yes;TRUE;0,5\n"
        ";T2;5;0;3;;no;2\n"
        ";T3;;1;5;;Yes;1.250\n"
    )
    one, two, three = document.dimensions[0].questions
    assert (one.text, one.minimum, one.maximum, one.labels) == (
        "-5 is low",
        -1,
        1,
        ("No", "So", "Yes"),
    )
    assert (one.reverse, one.weight) == (True, Decimal("0.5"))
    assert (two.text, two.labels, two.reverse, two.weight) == ("5", ("0", "", "", "3"), False, 2)
    assert (three.reverse, three.weight) == (True, Decimal("1.25"))


def test_a_workbook_from_elsewhere_is_read() -> None:
    document = from_sheets(
        Anything=[
            ["dimension", "code", "text", "min", "max", "weight", "reverse", None],
            ["trust", 7, 2026, 0, 3.0, 0.30000000000000004, True],
            [],
            [None, "T8", "Text", None, None, 1.5, False],
        ]
    )
    seven, eight = document.dimensions[0].questions
    assert (seven.code, seven.text, seven.maximum, seven.weight) == ("7", "2026", 3, Decimal("0.3"))
    assert (seven.reverse, eight.reverse, eight.weight) == (True, False, Decimal("1.5"))


# What the other sheets say ----------------------------------------------------------------------

QUESTIONS = [["dimension", "code", "text"], ["trust", "T1", "One"], ["trust", "T2", "Two"]]


def test_a_sheet_of_dimensions_is_the_whole_list_of_them() -> None:
    document = from_sheets(
        Dimensions=[
            ["code", "title", "what_it_is", "reading mixed"],
            ["none", "Nothing", "Two\nlines", ""],
            ["trust", "", "", "So so"],
        ],
        Questions=[*QUESTIONS, ["hope", "H1", "Hope"]],
    )
    assert outline(document) == [("none", []), ("trust", ["T1", "T2"]), ("hope", ["H1"])]
    none, trust, _hope = document.dimensions
    assert (none.title, none.what_it_is, none.readings) == ("Nothing", "Two\nlines", ())
    assert (trust.title, trust.readings) == ("Trust", (("mixed", "So so"),))
    assert trust.advice[0].title == "Talk"


def test_steps_close_their_gaps_and_translations_go_with_them() -> None:
    base = document_of(rich()).as_data()
    content = workbook(
        Dimensions=[
            ["code", "advice 1 title", "advice 1 text", "asked_of_members 1", "advice 3 text [fr]"],
            ["007", "", "", "", "Enfin"],
        ],
        Questions=[["dimension", "code"], ["007", "01"]],
    )
    document = table_document(base=base, table=read_table(content=content, name="x"))
    trust = document.dimensions[0]
    assert [step.title for step in trust.advice] == ["Write", "Sign", "Rest"]
    assert trust.asked_of_members == ("-5 reasons",)
    french = {at[2:]: text for at, text in document.translations[0].texts if at[0] == "dimensions"}
    assert french == {
        ("title",): "Confiance",
        ("readings", "weak"): "Mauvais",
        ("advice", 0, "title"): "Écrire",
        ("advice", 1, "text"): "Enfin",
        ("advice", 2, "text"): "Un quatrième pas.",
        ("asked_of_members", 0): "=cinq",
        ("questions", "01", "text"): "=SOMME",
        ("questions", "01", "facet"): "Facette",
    }


def test_the_sheet_of_the_bank_says_what_it_has_rows_for() -> None:
    document = from_sheets(
        bank=[
            ["Key", "Value"],
            ["title", "Named"],
            ["Minutes", 7.0],
            ["band strong", "90"],
            ["source VA", "A book"],
            ["Audience", "Convener"],
            ["title [fr]", "Nommé"],
        ],
        Questions=QUESTIONS,
        Labels=[["label", "FR"], ["Agree", "D’accord"], ["Disagree", ""]],
        Notes=[["My own", 1]],
    )
    assert (document.code, document.version, document.title) == ("tiny", 1, "Named")
    assert (document.minutes, document.band_strong, document.band_mixed) == (7, 90, 50)
    assert (document.sources, document.audience) == ((("VA", "A book"),), "convener")
    assert [(one.language, one.texts) for one in document.translations] == [
        (
            "fr",
            (
                (("title",), "Nommé"),
                (("labels", "Agree"), "D’accord"),
                (("dimensions", "trust", "questions", "T1", "text"), "Un"),
            ),
        )
    ]


def test_sheets_of_other_names_are_not_read() -> None:
    content = workbook(Questions=QUESTIONS, Notes=[["=1+1"]], Empty=[], **{"<script>": [["x"]]})
    assert read_table(content=content, name="x").ignored == ("'Notes'", "'<script>'")


def test_a_title_changed_on_either_sheet_counts() -> None:
    head = ["dimension", "dimension_title", "code"]
    for there, here in (("New", "Trust"), ("Trust", "New"), ("New", "New")):
        document = from_sheets(
            Dimensions=[["code", "title"], ["trust", there]],
            Questions=[head, ["trust", here, "T1"]],
        )
        assert document.dimensions[0].title == "New"
    assert details(
        from_sheets,
        Dimensions=[["code", "title"], ["trust", "New"]],
        Questions=[head, ["trust", "Other", "T1"]],
    ) == [
        "Questions, row 2, 'dimension_title': the dimension 'trust' is called 'New' elsewhere; "
        "write one title"
    ]


# What is refused --------------------------------------------------------------------------------


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


# What other programs write ----------------------------------------------------------------------

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def handmade(sheet: str, strings: str = "") -> bytes:
    """A workbook with prefixes, absolute targets, and names of its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        new.writestr("[Content_Types].xml", "<Types/>")
        new.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{RELATED}/officeDocument" '
            'Target="/xl/Book2.xml"/></Relationships>',
        )
        new.writestr(
            "xl/_rels/Book2.xml.rels",
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r7" Type="{RELATED}/worksheet" '
            f'Target="/xl/one.xml"/><Relationship Id="r8" Type="{RELATED}/sharedStrings" '
            f'Target="texts.xml"/></Relationships>',
        )
        new.writestr(
            "xl/Book2.xml",
            f'<x:workbook xmlns:x="{MAIN}" xmlns:r="{RELATED}"><x:sheets>'
            '<x:sheet name="Blad1" sheetId="1" r:id="r7"/></x:sheets></x:workbook>',
        )
        new.writestr("xl/texts.xml", f'<x:sst xmlns:x="{MAIN}">{strings}</x:sst>')
        new.writestr("xl/one.xml", f'<x:worksheet xmlns:x="{MAIN}">{sheet}</x:worksheet>')
    return out.getvalue()


def test_what_other_programs_write_is_read() -> None:
    strings = (
        "<x:si><x:t>dimension</x:t></x:si><x:si><x:t>code</x:t></x:si>"
        "<x:si><x:r><x:t>te</x:t></x:r><x:r><x:rPr/><x:t xml:space='preserve'>xt </x:t></x:r>"
        "<x:rPh><x:t>aside</x:t></x:rPh></x:si>"
        "<x:si><x:t>a_x000D_\nb_x005F_x000D_</x:t></x:si>"
    )
    sheet = (
        "<x:sheetData>"
        '<x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c>'
        '<x:c t="s"><x:v>2</x:v></x:c></x:row>'
        '<x:row r="4"><x:c r="A4" t="inlineStr"><x:is><x:t>trust</x:t></x:is></x:c>'
        '<x:c r="C4" t="s"><x:v>3</x:v></x:c><x:c r="B4"><x:v>12</x:v></x:c></x:row>'
        '<x:row r="3"><x:c r="C3" s="1"/></x:row>'
        "</x:sheetData>"
    )
    table = read_table(content=handmade(sheet, strings), name="x")
    assert [(one.number, one.values) for one in table.questions.entries] == [
        (4, {"dimension": "trust", "code": "12", "text": "a\r\nb_x000D_"})
    ]
