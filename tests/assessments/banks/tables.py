"""Tables of banks, short to write, for these tests."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from alliances.errors import Refused
from assessments.services.banks.checks import bank_document
from assessments.services.banks.documents import BankDocument
from assessments.services.banks.tables.documents import table_document
from assessments.services.banks.tables.sheets import read_table, write_table

REFUSED = "These tables cannot be used as they are. Nothing was stored."


QUESTIONS = [["dimension", "code", "text"], ["trust", "T1", "One"], ["trust", "T2", "Two"]]


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
                "facets": ["sums | bars", "=3", "rest"],
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
