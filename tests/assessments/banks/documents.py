"""Banks as files hold them, for these tests."""

from __future__ import annotations

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
