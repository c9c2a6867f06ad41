"""Days and moments as pages write them, in English and in French."""

from __future__ import annotations

import datetime as dt

import pytest
from django.template import engines
from django.utils import timezone, translation

from alliances.services.figures import dated, day
from tests.languages import Words, spoken

FIRST, SECOND = dt.date(2026, 1, 1), dt.date(2026, 11, 22)
MOMENT = dt.datetime(2026, 5, 1, 9, 5, tzinfo=dt.UTC)
FRENCH = Words("fr", {"1": "1er", "January": "janvier", "May": "mai", "November": "novembre"})


def written(template: str, value: object) -> str:
    return engines["django"].from_string(template).render({"value": value})


@pytest.mark.parametrize(
    ("value", "shape", "said"),
    [
        (FIRST, "DATE_FORMAT", "1\u00a0January\u00a02026"),
        (SECOND, "DATE_FORMAT", "22\u00a0November\u00a02026"),
        (FIRST, "MONTH_DAY_FORMAT", "1\u00a0January"),
        (FIRST, "j F Y", "1 January 2026"),
        (FIRST, "YEAR_MONTH_FORMAT", "January\u00a02026"),
        (MOMENT, "DATETIME_FORMAT", "1\u00a0May\u00a02026, 09:05"),
    ],
)
def test_english(value: dt.date, shape: str, said: str) -> None:
    assert dated(value, shape) == said


@pytest.mark.parametrize(
    ("value", "shape", "said"),
    [
        (FIRST, "DATE_FORMAT", "1er\u00a0janvier\u00a02026"),
        (SECOND, "DATE_FORMAT", "22\u00a0novembre\u00a02026"),
        (FIRST, "MONTH_DAY_FORMAT", "1er\u00a0janvier"),
        (FIRST, "YEAR_MONTH_FORMAT", "janvier\u00a02026"),
        (MOMENT, "DATETIME_FORMAT", "1er\u00a0mai\u00a02026 à 9\u00a0h\u00a005"),
        (MOMENT, "TIME_FORMAT", "9\u00a0h\u00a005"),
    ],
)
def test_french(value: dt.date, shape: str, said: str) -> None:
    with spoken(FRENCH):
        assert dated(value, shape) == said


def test_templates_write_days_in_the_same_way() -> None:
    with spoken(FRENCH), timezone.override("Europe/Paris"):
        assert written("{{ value|date }}", FIRST) == day(FIRST) == "1er\u00a0janvier\u00a02026"
        # 22:30 in London is the next day in Paris.
        late = dt.datetime(2026, 4, 30, 22, 30, tzinfo=dt.UTC)
        assert written('{{ value|date:"MONTH_DAY_FORMAT" }}', late) == "1er\u00a0mai"
        assert written("{{ value|date }}", None) == written("{{ value|date }}", "") == ""
    with translation.override("en"):
        assert written('{{ value|date:"c" }}', MOMENT) == "2026-05-01T09:05:00+00:00"
