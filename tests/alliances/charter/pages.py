"""How the tests of the charter's pages ask for them."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils.translation import get_language

from alliances.models import CharterSection, CharterVersion
from alliances.services.charter.life import revise
from tests.alliances.charter.worlds import MadeCharter


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(name: str, version: CharterVersion) -> str:
    return reverse(name, args=[version.pk])


def page(made: MadeCharter) -> str:
    """The address of the charter's own page."""
    return reverse("charter", args=[made.alliance.pk])


def at(made: MadeCharter, code: str) -> str:
    """The address at which a section is written."""
    return reverse("charter_section", args=[made.version.pk, code])


def read(user: Any, name: str, version: CharterVersion, **query: Any) -> str:
    """The page as it comes, in the active language, without line breaks between its words."""
    spoken = {"accept-language": get_language() or "en"}
    answer = client_of(user).get(address(name, version), query, headers=spoken)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def second_version(made: MadeCharter, **contents: dict[str, str]) -> CharterVersion:
    draft = revise(version=made.version, by=made.convener)
    for code, content in contents.items():
        CharterSection.objects.update_or_create(
            version=draft, code=code, defaults={"content": content}
        )
    return draft
