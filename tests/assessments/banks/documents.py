"""Banks as files hold them, for these tests."""

from __future__ import annotations

import copy
from typing import Any


def minimal() -> dict[str, Any]:
    """What the smallest files say: codes, and scales of their own."""
    return {
        "code": "tiny",
        "version": 1,
        "dimensions": [
            {
                "code": "common-pain",
                "questions": [
                    {"code": "A1", "reverse": False, "weight": 1, "min": 1, "max": 5},
                    {"code": "A2", "reverse": True, "weight": 0.5, "min": 0, "max": 10},
                ],
            },
            {
                "code": "trust_and_speed",
                "questions": [{"code": "B1", "reverse": False, "weight": 2, "min": -3, "max": 3}],
            },
        ],
    }


def merge_bomb() -> str:
    """A YAML of some 500 bytes that would grow to hundreds of millions of keys."""
    lines = [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 10)]
    return "a0: &a0 {k: v}\n" + "".join(lines)


def told(title: str = "A title", text: str = "") -> dict[str, str]:
    return {"title": title, "text": text}


# One reading of each rule, for a bank with the dimensions trust and speed.
READINGS: dict[str, dict[str, Any]] = {
    "weakest": {"rule": "weakest"},
    "mean": {"rule": "mean"},
    "self-peers": {
        "rule": "self-peers",
        "peers_least": 6,
        "gap": 15,
        "higher": told("Higher", "You see more than others do."),
        "lower": told("Lower"),
        "alike": told("Alike"),
    },
    "pairs": {
        "rule": "pairs",
        "outward": told("Out"),
        "inward": told("In"),
        "level": told("Level"),
    },
    "checklist": {"rule": "checklist", "done": told("Done"), "open": told("Open")},
    "ladder": {"rule": "ladder", "top": told("Top"), "none": told("None")},
    "decision": {
        "rule": "decision",
        "outcomes": [
            {
                "code": "stay-away",
                "title": "Stay away",
                "text": "Lead it yourself.",
                "when": {"any": [{"dimension": "trust", "bands": ["weak"]}]},
            },
            {
                "code": "join",
                "title": "Join",
                "text": "",
                "when": {
                    "all": [
                        {"dimension": "trust", "bands": ["strong"]},
                        {"dimension": "speed", "bands": ["strong", "mixed"]},
                    ]
                },
            },
            {"code": "join-if", "title": "Join if", "text": "", "conditions": True},
        ],
    },
}


def whole(rule: str = "decision") -> dict[str, Any]:
    """A bank that says everything a bank can say, its reading by this rule."""
    reading = copy.deepcopy(READINGS[rule])
    texts: dict[str, Any] = {
        "decision": {
            "outcomes": {"join": {"title": "Rejoindre"}, "join-if": {"title": "Peut-être"}}
        },
        "self-peers": {"higher": told("Plus haut", "Vous voyez davantage.")},
    }
    return {
        "code": "whole",
        "version": 3,
        "since": 2,
        "title": "Trust and speed",
        "language": "en",
        "copyright": "Northbound",
        "minutes": 4,
        "audience": "members",
        "subject": "organisation",
        "introduction": "First paragraph.\n\nSecond paragraph.",
        "sources": {"K": "A work, 2007", "VA": "Another work"},
        "bands": {"strong": 80, "mixed": 40},
        "reading": reading,
        "dimensions": [
            {
                "code": "trust",
                "title": "Trust",
                "in_sentence": "the trust",
                "question": "How far do you trust?",
                "what_it_is": "It is hard won.\nIt is soon lost.",
                "readings": {"strong": "You trust.", "mixed": "Partly.", "weak": "You fear."},
                "facets": ["secrets", "promises"],
                "advice": [told("Begin.", "With little."), told("Go on.", "With more.")],
                "asked_of_members": ["Give first.", "Say what you fear."],
                "source": "K, VA",
                "questions": [
                    {
                        "code": "TR1",
                        "text": "I trust them.",
                        "text_of_peers": "This person trusts us.",
                        "help": "With a secret.",
                        "facet": "secrets",
                        "source": "K",
                        "min": 1,
                        "max": 3,
                        "labels": ["No", "", "Yes"],
                        "reverse": False,
                        "weight": 1,
                        "change": "wording",
                    },
                    {
                        "code": "TR2",
                        "text": "I count on them.",
                        "help": "",
                        "facet": "",
                        "source": "",
                        "min": -2,
                        "max": 0,
                        "labels": ["-2", "about −1", "0"],
                        "reverse": True,
                        "weight": 0.125,
                        "change": "meaning",
                    },
                ],
            },
            {
                "code": "speed",
                "title": "Speed",
                "in_sentence": "the speed",
                "question": "",
                "what_it_is": "",
                "advice": [],
                "asked_of_members": [],
                "source": "",
                "questions": [
                    {
                        "code": "SP1",
                        "text": "We are quick.",
                        "help": "",
                        "facet": "",
                        "source": "",
                        "min": 1,
                        "max": 3,
                        "labels": ["No", "", "Yes"],
                        "reverse": False,
                        "weight": 2,
                    }
                ],
            },
        ],
        "translations": {
            "de": {"title": "Vertrauen"},
            "fr": {
                "title": "Confiance et vitesse",
                "introduction": "Un.\n\nDeux.",
                "labels": {"No": "Non", "Yes": "Oui", "about −1": "environ −1"},
                **({"reading": texts[rule]} if rule in texts else {}),
                "dimensions": {
                    "trust": {
                        "title": "La confiance",
                        "in_sentence": "la confiance",
                        "question": "Faites-vous confiance ?",
                        "what_it_is": "Un.\nDeux.",
                        "readings": {"strong": "Oui.", "weak": "Non."},
                        "advice": [{}, {"title": "Continuez.", "text": "Avec davantage."}],
                        "asked_of_members": ["", "Dites vos craintes."],
                        "questions": {
                            "TR1": {
                                "text": "Je leur fais confiance.",
                                "text_of_peers": "Cette personne nous fait confiance.",
                                "help": "Avec un secret.",
                                "facet": "les secrets",
                            },
                            "TR2": {"text": "Je compte sur eux."},
                        },
                    }
                },
            },
        },
    }
