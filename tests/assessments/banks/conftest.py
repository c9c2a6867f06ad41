"""What several of these tests begin with."""

from __future__ import annotations

import pytest

from alliances.models import User
from assessments.models import Bank
from assessments.services.banks.drafts import draft_next_version
from assessments.services.banks.store import import_bank
from tests.assessments.banks.drafts import first_version, parse
from tests.factories import make_user


@pytest.fixture
def ada(db: None) -> User:
    return make_user("ada@harrow.example", name="Ada Marsh")


@pytest.fixture
def ben(db: None) -> User:
    return make_user("ben@harrow.example", name="Ben Ostler")


@pytest.fixture
def published(db: None) -> Bank:
    """Version 1 of the whole bank."""
    return import_bank(document=parse(first_version()))


@pytest.fixture
def draft(published: Bank, ada: User) -> Bank:
    """Version 2 of the whole bank, as a draft."""
    return draft_next_version(bank=published, by=ada)
