"""docs/result.schema.json: what is published follows it, and what does not follow is found."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assessments.models import Round
from assessments.services.rounds import close_round
from tests.factories import make_alliance, make_bank, make_response, make_round

from .documents import SAMPLES, not_ready, one_extreme, one_withheld, open_mode
from .schema import complaints

SCHEMA = json.loads(
    (Path(__file__).resolve().parents[3] / "docs" / "result.schema.json").read_text("utf-8")
)


def told(document: dict[str, Any]) -> list[str]:
    return list(complaints(json.loads(json.dumps(document)), SCHEMA, SCHEMA))


@pytest.mark.parametrize("name", SAMPLES)
def test_the_sample_documents_follow_it(name: str) -> None:
    assert told(SAMPLES[name]()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("mode", Round.Mode.values)
@pytest.mark.parametrize("answering", [0, 3, 6])
def test_a_published_result_follows_it(mode: str, answering: int) -> None:
    alliance, bank = make_alliance(), make_bank()
    for name in ("Earlier", "Later"):
        made = make_round(alliance, bank, organisations=6, mode=mode, name=name)
        for place in range(answering):
            answers: dict[str, Any] = {"A1": 2, "A2": 1 + place % 3, "B1": 4, "B2": 2, "C1": 5}
            make_response(made, place, answers=answers, submitted=True)
        result = close_round(round=made.round)
        assert told(result.document) == []
    assert result.document["responses"]["people"] == answering
    # A round of fewer people than its threshold tells nothing, movement included.
    assert (result.document["change"] is None) == (mode == "confidential" and answering < 5)


def _set(*path: str | int, to: Any) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        place: Any = document
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = to

    return change


@pytest.mark.parametrize(
    ("sample", "change", "complaint"),
    [
        (not_ready, lambda d: d.pop("verdict"), "$: verdict is missing"),
        (not_ready, _set("secret", to=1), "$.secret: must not be there"),
        (not_ready, _set("k", to=4), "$.k: 4 is below 5"),
        (not_ready, _set("k", to=True), "$.k: True is no integer"),
        (not_ready, _set("schema", to="x"), "$.schema: 'x' is none of ['northbound.result/1']"),
        (not_ready, _set("elements", to=[]), "$.elements: fewer than 1"),
        (
            not_ready,
            _set("elements", 2, "score", to=100.01),
            "$.elements[2].score: 100.01 is above 100",
        ),
        (not_ready, _set("elements", 0, "firm", to=1), "$.elements[0].firm: must not be there"),
        (
            not_ready,
            _set("elements", 0, "by_organisation", to=[]),
            "$.elements[0].by_organisation: must not be there",
        ),
        (
            not_ready,
            _set("elements", 0, "records", "checks", 0, "state", to="maybe"),
            "$.elements[0].records.checks[0].state: 'maybe' is none of "
            "['met', 'partly', 'not', 'n/a']",
        ),
        (
            not_ready,
            _set("change", "elements", 7, "pairs", to=1.5),
            "$.change.elements[7].pairs: 1.5 is no integer or null",
        ),
        (
            open_mode,
            lambda d: d["elements"][3].pop("by_organisation"),
            "$.elements[3]: by_organisation is missing",
        ),
        (
            one_withheld,
            _set("elements", 5, "people", to=4),
            "$.elements[5].people: 4 is none of [None]",
        ),
        (
            one_withheld,
            _set("elements", 5, "questions", 1, "mean", to=3.5),
            "$.elements[5].questions[1].mean: 3.5 is none of [None]",
        ),
        (
            one_extreme,
            _set("elements", 0, "score", to=99),
            "$.elements[0].score: 99 is none of [5, 95]",
        ),
    ],
)
def test_what_does_not_follow_is_found(
    sample: Callable[[], dict[str, Any]],
    change: Callable[[dict[str, Any]], None],
    complaint: str,
) -> None:
    document = copy.deepcopy(sample())
    change(document)
    assert told(document) == [complaint]
