"""Who convenes, and who is at the table."""

from __future__ import annotations

import pytest
from django.test import Client

from alliances.models import Alliance, User
from tests.factories import (
    make_alliance,
    make_participant,
    make_representative,
    make_user,
)


@pytest.fixture
def ada() -> User:
    return make_user(name="Ada Marsh")


@pytest.fixture
def table(ada: User) -> Alliance:
    """Bo, whom it is about, and six more of two organisations."""
    alliance = make_alliance(convener=ada)
    ash = make_participant(alliance, "Ash")
    make_representative(ash, "Bo", email="bo@example.org")
    for number in range(3):
        make_representative(ash, f"Ash {number}")
    make_participant(alliance, "Birch", people=3)
    return alliance


@pytest.fixture
def client(ada: User) -> Client:
    client = Client()
    client.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")
    return client
