"""Published labels and facts in another language: none is forgotten, and figures stay what they are."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

import assessments.evidence
from alliances.models import Alliance
from assessments.demonstration.load import load_demonstration
from assessments.evidence import collect_evidence
from assessments.evidence.words import _KNOWN, FACTS, LABELS, fact_in_words, label_in_words
from tests.assessments.evidence.records import ON
from tests.languages import Words, spoken

FRENCH = Words(
    "fr",
    {
        "Review is ahead": "Réexamen à venir",
        "%(n)s of %(all)s have stated it": "%(n)s sur %(all)s",
        "Due on %(day)s": "Prévu le %(day)s",
        "%(sum)s of %(sum_due)s due": "%(sum)s reçus sur %(sum_due)s",
        "%(now)s %% came, %(before)s %% before": (
            "%(now)s\u00a0%% de présents, %(before)s\u00a0%% avant"
        ),
        "%(n)s items, no %(kind)s and no %(other_kind)s": "%(n)s points, ni %(kind)s ni %(other_kind)s",
        "source": "source",
        "standard": "norme",
        "Nobody speaks for %(names)s": "Sans voix\u00a0: %(names)s",
        "%(most)s and %(last)s": "%(most)s et %(last)s",
        "%(names)s and %(others)s more": "%(names)s, et %(others)s autres",
        "1": "1er",
        "March": "mars",
    },
)


def calls() -> list[ast.Call]:
    """Each check as it is written in the code."""
    folder = Path(inspect.getfile(assessments.evidence)).parent
    trees = [ast.parse(path.read_text("utf-8")) for path in folder.glob("*.py")]
    return [
        node
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "check"
    ]


def test_every_label_and_every_reason_can_be_translated() -> None:
    labels = {call.args[1].value for call in calls() if isinstance(call.args[1], ast.Constant)}
    assert labels == set(LABELS)
    reasons = {
        call.args[6].value
        for call in calls()
        if len(call.args) > 6 and isinstance(call.args[6], ast.Constant)
    }
    assert len(reasons) > 8
    assert reasons - set(FACTS) == set()


@pytest.mark.django_db
def test_every_fact_of_the_demonstration_is_recognised(settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_FILE_PATH = settings.MAIL_DIR = tmp_path
    load_demonstration(base_url="http://testserver")
    with spoken(FRENCH):  # whoever asks: what is published is English
        found = collect_evidence(Alliance.objects.get(), ON)
    facts = [check.fact for checks in found.values() for check in checks]
    assert len(facts) > 30
    names = set(Alliance.objects.get().participants.values_list("name", flat=True))
    unknown = [
        fact
        for fact in (fact.replace("\u00a0%", " %") for fact in facts)
        if not any(pattern.fullmatch(fact) for _message, pattern in _KNOWN)
    ]
    assert set(unknown) <= names  # who convenes


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("5 of 8 have stated it", "5 sur 8"),
        ("Due on 1 March 2027", "Prévu le 1er\u00a0mars\u00a02027"),
        (
            "310,000 of 1,480,000\u00a0EUR due",
            "310\u202f000 reçus sur 1\u202f480\u202f000\u00a0EUR",
        ),
        ("87\u00a0% came, 62\u00a0% before", "87\u00a0% de présents, 62\u00a0% avant"),
        ("3 items, no source and no standard", "3 points, ni source ni norme"),
        ("Nobody speaks for cats, dogs and owls", "Sans voix\u00a0: cats, dogs et owls"),
        ("A, B, C and 2 more", "A, B, C, et 2 autres"),
        # what is none of ours stays as it was published
        ("Port Authority", "Port Authority"),
        ("5 of 8 had once said so", "5 of 8 had once said so"),
        ("", ""),
    ],
)
def test_a_fact_in_another_language(fact: str, said: str) -> None:
    with spoken(FRENCH):
        assert fact_in_words(fact) == said
    with translation.override("en"):
        assert fact_in_words(fact) == fact


def test_a_label_in_another_language() -> None:
    with spoken(FRENCH):
        assert label_in_words("Review is ahead") == "Réexamen à venir"
        assert label_in_words("Purpose") == "Purpose"  # a label of somebody else's
