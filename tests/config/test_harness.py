"""The tests' own safeguards."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from django.conf import settings


@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db8::1", "mail.example.org"])
def test_no_test_reaches_another_machine(address: str) -> None:
    with socket.socket() as out, pytest.raises(AssertionError, match="A test tries to reach"):
        out.connect((address, 25))


def test_this_machine_is_in_reach() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()


def test_the_tests_have_a_folder_of_their_own() -> None:
    assert Path(settings.DATA_DIR).name.startswith("northbound-tests-")
    assert settings.BASE_DIR not in Path(settings.DATA_DIR).parents
    assert settings.STATIC_ROOT.parent == settings.MAIL_DIR.parent == settings.DATA_DIR
