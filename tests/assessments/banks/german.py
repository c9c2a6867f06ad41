"""A bank in languages that the pages are not in."""

from __future__ import annotations

import json
from typing import Any

from assessments.models import Bank
from assessments.services.banks.files import parse_bank
from assessments.services.banks.store import import_bank

IN_GERMAN = {
    "title": "Prüfung",
    "introduction": "Lies jeden Satz.",
    "labels": {"No": "Nein", "Yes": "Ja"},
    "dimensions": {
        "a": {
            "title": "Teil A",
            "questions": {"A1": {"text": "Wir tun A.", "help": "Wir alle."}},
        },
    },
}
"""All but the second question, the label between the ends, and the second part."""


def german_bank(**more: Any) -> Bank:
    """English with German, French and Hebrew: of German some is missing, of the others most."""
    data = {
        "code": "german",
        "version": 1,
        "title": "Audit",
        "introduction": "Read each statement.",
        "language": "en",
        "scale": {"min": 1, "max": 3, "labels": ["No", "In part", "Yes"]},
        "dimensions": [
            {
                "code": "a",
                "title": "Part A",
                "question": "How is A?",
                "questions": [
                    {"code": "A1", "text": "We do A.", "help": "All of us."},
                    {"code": "A2", "text": "We do A often."},
                ],
            },
            {"code": "b", "title": "Part B", "questions": [{"code": "B1", "text": "We do B."}]},
        ],
        "translations": {
            "de": IN_GERMAN,
            "fr": {"title": "Contrôle", "dimensions": {"a": {"title": "Partie A"}}},
            "he": {
                "labels": {"No": "לא", "Yes": "כן"},
                "dimensions": {"a": {"questions": {"A1": {"text": "אנחנו עושים א."}}}},
            },
        },
    }
    return import_bank(document=parse_bank(text=json.dumps(data | more)))
