"""Who writes banks, and what on."""

from __future__ import annotations

import pytest
from django.test import Client

from assessments.models import Bank
from assessments.services.banks.drafts import draft_next_version
from tests.factories import make_bank, make_user


@pytest.fixture
def curator(client: Client) -> Client:
    admin = make_user("admin@example.org", is_staff=True, is_superuser=True)
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def draft() -> Bank:
    return draft_next_version(bank=make_bank("small"), by=None)
