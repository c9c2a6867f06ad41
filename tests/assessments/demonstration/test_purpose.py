"""The demonstration's purpose check is one worth looking at."""

from __future__ import annotations

import datetime as dt

import pytest

from alliances.models import PurposeCheck
from alliances.services.purpose.reading import purpose_page
from assessments.demonstration import cast
from assessments.demonstration.purpose import load_purpose
from tests.factories import make_alliance, make_participant, make_user

pytestmark = pytest.mark.django_db


def test_eight_write_and_it_closes_itself() -> None:
    convener = make_user("convener@example.org")
    alliance = make_alliance(convener=convener)
    for seat in cast.SEATS:
        make_participant(alliance, seat.name, status=seat.status)
    load_purpose(alliance=alliance, convener=convener, today=dt.date(2027, 10, 18))
    check = PurposeCheck.objects.get()
    assert check.opened_at.date() == dt.date(2027, 1, 1)
    assert check.closed_at is not None
    assert check.closed_at.date() == dt.date(2027, 1, 10)
    page = purpose_page(alliance=alliance, own=None)
    assert page is not None
    assert page.closed is not None
    assert page.closed.in_common == "Eight parties, one word in common: harbour."
    assert page.closed.when == "Nobody but City of Ostrel says when."
