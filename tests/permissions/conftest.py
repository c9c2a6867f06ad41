"""The world is made once for all of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.permissions.world import World, whole_world


@pytest.fixture(scope="package")
def world(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Whatever a question changes is undone by `World.ask`, and all of it at the end."""
    with django_db_blocker.unblock(), whole_world(tmp_path_factory.mktemp("mail")) as made:
        yield made
