"""A bank with a draft of its next version, for these tests."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from alliances.errors import Refused
from assessments.models import Bank, Dimension, Question
from assessments.services.banks.documents import BankDocument
from assessments.services.banks.drafts import draft_digest
from assessments.services.banks.files import parse_bank
from assessments.services.banks.rows import document_of
from tests.assessments.banks.documents import whole


def parse(data: object) -> BankDocument:
    return parse_bank(text=json.dumps(data))


def first_version() -> dict[str, Any]:
    """The whole bank as a first version, without marks."""
    data = whole() | {"version": 1}
    del data["since"]
    for question in data["dimensions"][0]["questions"]:
        del question["change"]
    return data


def dimension(bank: Bank, code: str = "trust") -> Dimension:
    return bank.dimensions.get(code=code)


def question(bank: Bank, code: str = "TR1") -> Question:
    return bank.questions.get(code=code)


def said(bank: Bank) -> dict[str, Any]:
    """All that is stored of it, as a file would say it."""
    return document_of(Bank.objects.get(pk=bank.pk), draft=True).as_data()


def seen(bank: Bank) -> str:
    """What somebody has seen who looks at the draft now."""
    return draft_digest(document_of(Bank.objects.get(pk=bank.pk), draft=True))


def refusal(call: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value
