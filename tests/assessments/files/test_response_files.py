"""Responses as CSV: what is taken, and what is refused with its line."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliances.errors import Refused
from assessments.scoring import QuestionRules
from assessments.services.response_files import read_response_file

QUESTIONS = {"Q1": QuestionRules("Q1"), "Q2": QuestionRules("Q2", 0, 10)}


def read(text: str | bytes, **options):
    content = text if isinstance(text, bytes) else text.encode()
    return read_response_file(content=content, questions=QUESTIONS, **options)


def complaints(text: str | bytes, **options):
    with pytest.raises(Refused) as refusal:
        read(text, **options)
    return refusal.value.details or [refusal.value.message]


def test_an_ordinary_file():
    file = read("respondent,organisation,Q1,Q2\nr1,Ash,5,dk\nr2,Birch,,NA\n\nr3,Ash,1,10\n")
    assert file.organisations == ("Ash", "Birch")
    assert file.respondents == ("r1", "r2", "r3")
    assert [(sheet.organisation, dict(sheet.answers)) for sheet in file.sheets] == [
        ("Ash", {"Q1": 5, "Q2": "dk"}),
        ("Birch", {"Q2": "na"}),
        ("Ash", {"Q1": 1, "Q2": 10}),
    ]
    assert file.missing_columns == ()


@pytest.mark.parametrize(
    "text",
    [
        "respondent;organisation;Q1;Q2\nr1;Ash;5;0\n",
        "respondent\torganisation\tQ1\tQ2\r\nr1\tAsh\t5\t0\r\n",
        "\ufeffrespondent,organisation,Q1,Q2\nr1,Ash,5,0",
        'Q2,Q1,"organisation",respondent\n0,5," Ash ",r1\n',
        "respondent,organisation,Q1,Q2\nr1,Ash,+5,0,,\n",
    ],
)
def test_the_same_in_other_clothes(text):
    [sheet] = read(text).sheets
    assert (sheet.organisation, dict(sheet.answers)) == ("Ash", {"Q1": 5, "Q2": 0})


def test_a_question_without_a_column_counts_as_not_answered():
    file = read("respondent,organisation,Q2\nr1,Ash,3\n")
    assert file.missing_columns == ("Q1",)
    assert dict(file.sheets[0].answers) == {"Q2": 3}


HEAD = "respondent,organisation,Q1,Q2\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["The file is empty. Its first line names the columns."]),
        ("\n \n", ["The file is empty. Its first line names the columns."]),
        (HEAD, ["The file has a heading and no responses."]),
        ("organisation,Q1\nAsh,3\n", ["Line 1: there is no column “respondent”."]),
        ("respondent,organisation,Q9,Q1\n", ["Line 1: unknown column “Q9”."]),
        ("respondent,organisation,Q1,Q1\n", ["Line 1: the column “Q1” stands twice."]),
        ("respondent,organisation\nr,Ash\n", ["Line 1: there is no column for any question."]),
        (
            HEAD + "r1,Ash,6,3\nr2,Ash,2.5,11\n",
            [
                "Line 2: Q1: “6” is not a whole number from 1 to 5, dk or na.",
                "Line 3: Q1: “2.5” is not a whole number from 1 to 5, dk or na.",
                "Line 3: Q2: “11” is not a whole number from 0 to 10, dk or na.",
            ],
        ),
        (
            HEAD + "r1,Ash,1,1\nR1,Ash,1,1\n",
            ["Line 3: the respondent “R1” stands in line 2 already."],
        ),
        (HEAD + ",Ash,1,1\n", ["Line 2: the respondent is missing."]),
        (HEAD + "r1,,1,1\n", ["Line 2: the organisation is missing."]),
        (
            HEAD + "r1,Ash,1,1\nr2,ASH,1,1\n",
            ["Line 3: “ASH” stands before as “Ash”; write it in one way."],
        ),
        (HEAD + "r1,Ash,1,1,7\n", ["Line 2: more cells than the heading has columns."]),
        (
            HEAD + f"r1,{'x' * 121},1,1\n",
            ["Line 2: the organisation’s name is longer than 120 characters."],
        ),
        (
            HEAD + "r1,A\x07sh,1,1\n",
            ["Line 2: the organisation’s name holds a line break or a control character."],
        ),
        (HEAD + "r1,A\0sh,1,1\n", ["The file holds a NUL character (line 2); it is no CSV."]),
        (
            HEAD.encode() + b"r1,Caf\xe9,1,1\n",
            ["The file is not UTF-8 text (line 2). Save it as CSV UTF-8."],
        ),
        (HEAD + "r1,Ash,٣,1\n", ["Line 2: Q1: “٣” is not a whole number from 1 to 5, dk or na."]),
    ],
)
def test_refusals(text, expected):
    assert complaints(text) == expected


def test_an_unclosed_quote_is_refused():
    assert "cannot be read as CSV" in complaints(HEAD + '"r1,Ash,1,1\n')[0]


def test_the_line_is_the_one_an_editor_shows():
    # The first respondent's cell holds a line break, so the second stands in lines 4.
    assert complaints(HEAD + '"r\n1",Ash,1,1\nr2,Ash,9,1\n') == [
        "Line 4: Q1: “9” is not a whole number from 1 to 5, dk or na."
    ]


def test_unknown_organisations_of_a_known_roster():
    known = {"ash": "Ash"}
    assert complaints(HEAD + "r1,Elm,1,1\n", organisations=known) == [
        "Line 2: unknown organisation “Elm”."
    ]
    assert read(HEAD + "r1,ASH,1,1\n", organisations=known).sheets[0].organisation == "Ash"


def test_too_much_is_refused():
    assert complaints(b"x" * (10 * 1024 * 1024 + 1)) == ["The file is larger than 10 MB."]
    rows = "".join(f"r{n},Ash,1,1\n" for n in range(10_001))
    assert complaints(HEAD + rows) == ["The file has more than 10000 responses."]


def test_complaints_end_somewhere():
    found = complaints(HEAD + "".join(f"r{n},Ash,9,1\n" for n in range(60)))
    assert len(found) == 51
    assert found[-1] == "… and 10 more."


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_whatever_comes_is_read_or_refused(content):
    for start in (b"", HEAD.encode()):
        with contextlib.suppress(Refused):
            read(start + content)
