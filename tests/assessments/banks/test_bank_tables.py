"""Banks as tables: out without loss, and in from what people make of them in a spreadsheet."""

from __future__ import annotations

import csv
import io
import zipfile
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliances.services.cells import (
    guarded,
    guarded_throughout,
    runs,
    separator_of,
    unguarded,
    unguarded_throughout,
)
from assessments.services.banks.documents import bank_digest
from assessments.services.banks.store import shipped_bank, shipped_codes
from assessments.services.banks.tables.documents import table_document
from assessments.services.banks.tables.sheets import read_table, write_table
from assessments.services.banks.tables.values import joined_labels, split_labels
from tests.assessments.banks.tables import (
    QUESTIONS,
    again,
    details,
    document_of,
    from_csv,
    from_sheets,
    outline,
    rich,
    tiny,
    workbook,
)

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


@pytest.mark.parametrize("name", ["rich", *shipped_codes()])
def test_a_workbook_alone_holds_the_whole_bank(name: str) -> None:
    document = document_of(rich()) if name == "rich" else shipped_bank(name)
    assert again(document, "xlsx", {}) == document


def test_a_csv_says_nothing_of_the_reading() -> None:
    told = {"title": "Told", "text": "So."}
    reading = {"rule": "pairs", "outward": told, "inward": told, "level": told}
    document = document_of({**rich(), "reading": reading})
    assert again(document, "csv") == document


READING = [
    ["key", "value", "value [fr]"],
    ["rule", "Decision"],
    ["outcome stop title", "Stop", "Arrêter"],
    ["outcome stop text", "It would not hold."],
    ["outcome stop any", " trust: Weak ,mixed; pain:weak;"],
    ["outcome go title", "Go"],
    ["outcome go conditions", "oui"],
]


def test_a_reading_as_somebody_writes_it() -> None:
    document = from_sheets(Questions=QUESTIONS, Reading=READING)
    assert document.as_data()["reading"] == {
        "rule": "decision",
        "outcomes": [
            {
                "code": "stop",
                "title": "Stop",
                "text": "It would not hold.",
                "when": {
                    "any": [
                        {"dimension": "trust", "bands": ["weak", "mixed"]},
                        {"dimension": "pain", "bands": ["weak"]},
                    ]
                },
            },
            {"code": "go", "title": "Go", "text": "", "conditions": True},
        ],
    }
    [french] = document.translations
    assert dict(french.texts)["reading", "outcomes", "stop", "title"] == "Arrêter"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["rule", "guess"]], "Reading: reading: 'rule' must be one of"),
        ([["rule", "decision"]], "Reading"),
        ([["rule", "mean"], ["colour", "red"]], "Reading, row 3, 'key': 'colour' is not a key"),
        (
            [["rule", "mean"], ["rule", "pairs"]],
            "Reading, row 3, 'key': the key stands there twice",
        ),
        (
            [["rule", "self-peers"], ["gap", "wide"]],
            "Reading, row 3, 'value': write a whole number",
        ),
        ([["rule", "pairs"], ["gap", "5"]], "Reading"),
        (
            [["rule", "decision"], ["outcome a title", "A"], ["outcome a conditions", "perhaps"]],
            "Reading, row 4, 'value': write yes or no",
        ),
        (
            [
                ["rule", "decision"],
                ["outcome a all", "nowhere: weak"],
                ["outcome a title", "A"],
                ["outcome b title", "B"],
            ],
            "Reading, outcome 1",
        ),
    ],
)
def test_a_reading_that_cannot_be_used_is_refused_by_its_row(
    rows: list[list[str]], said: str
) -> None:
    found = details(lambda: from_sheets(Questions=QUESTIONS, Reading=[["key", "value"], *rows]))
    assert any(one.startswith(said) for one in found), found


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


def test_a_workbook_has_sheets_pleasant_to_write_in() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_table(document_of(rich()), "xlsx")))
    assert book.sheetnames == ["Questions", "Dimensions", "Bank", "Labels", "Reading"]
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
    ("text", "cell"),
    [
        ("Port;=1+1", "Port;'=1+1"),
        ("Port;'=1+1", "Port;''=1+1"),
        ('Port; "=1+1;-x', "Port; \"'=1+1;'-x"),
        ("=1\n@SUM(A1)", "'=1\n'@SUM(A1)"),
        ("Ferry; Line - a=b", "Ferry; Line - a=b"),
    ],
)
def test_a_cell_of_a_csv_is_guarded_where_another_separator_parts_it(text: str, cell: str) -> None:
    assert guarded_throughout(text) == cell
    assert unguarded_throughout(cell) == text


def test_and_so_is_a_bank_as_csv() -> None:
    data = rich()
    data["dimensions"][0]["questions"][0]["text"] = "Who?;=cmd|'/c calc'!A1;"
    document = document_of(data)
    assert b";=" not in write_table(document, "csv")
    assert again(document, "csv") == document


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
