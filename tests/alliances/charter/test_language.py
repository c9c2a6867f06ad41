"""A charter's text stays in the language in which it was circulated, whoever reads it."""

from __future__ import annotations

import importlib
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from alliances.models import CharterVersion
from alliances.services.charter.comments import block_of
from alliances.services.charter.comparison import compare
from alliances.services.charter.life import circulate, preview, revise
from alliances.services.charter.text import digest_of, read_text
from alliances.services.charter.verification import verify_charter
from assessments.reports.charter import charter_paper
from tests.alliances.charter.pages import client_of, read
from tests.alliances.charter.worlds import LIGHT, MadeCharter, make_charter
from tests.languages import Words, spoken

pytestmark = pytest.mark.django_db

FRENCH = {
    "Charter of %(alliance)s": "Charte de l’alliance\u00a0: %(alliance)s",
    "Parties": "Parties à la charte",
    "The problem": "Le problème",
    "Purpose": "But",
    "The parties review it on %(day)s.": "Les parties la réexaminent le %(day)s.",
    "January": "janvier",
    "This charter is ratified as soon as every party has signed it.": "Toutes signent.",
    "With %(parties)d parties that takes %(needed)d signatures.": (
        "Pour %(parties)d parties, %(needed)d signatures."
    ),
    "1": "1er",
}
CONTENTS = {
    "problem": {"problem": "La rivière déborde."},
    "purpose": {"statement": "D’ici 2031 plus aucune maison sous l’eau."},
    "term": {"review": "2030-01-01"},
}


@pytest.fixture
def made() -> MadeCharter:
    """A charter whose convener circulated it on a French page."""
    made = make_charter(3, contents=CONTENTS, circulated=False)
    with spoken(Words("fr", FRENCH)):
        made.version = circulate(version=made.version, by=made.convener, despite_gaps=True).version
    return made


def test_the_text_is_in_the_language_of_who_circulates(made: MadeCharter) -> None:
    assert made.fresh().language == "fr"
    lines = made.fresh().text.split("\n")
    assert lines[0] == "Charte de l’alliance\u00a0: Tessel"
    assert lines[3:7] == ["Parties à la charte", "    Ash", "    Birch", "    Cedar"]
    assert "    Les parties la réexaminent le 1er janvier 2030." in lines
    assert lines[-2] == "    Toutes signent. Pour 3 parties, 3 signatures."


def test_who_reads_in_english_checks_it_and_reads_it_in_french(made: MadeCharter) -> None:
    with spoken(Words("fr", FRENCH)), translation.override("en"):
        assert verify_charter(alliance=made.alliance).faults == []
        version = made.fresh()
        block = block_of(version, "problem")
        assert block is not None
        assert (block.heading, block.paragraphs) == ("Le problème", ["La rivière déborde."])
        page = read(made.users[0], "charter_version", version)
        assert '<p class="nb-charter-title" lang="fr">Charte de l’alliance : Tessel</p>' in page
        assert '<h3 lang="fr">But</h3>' in page
        assert reverse("charter_comment", args=[version.pk, "purpose"]) in page
        assert charter_paper(version).blocks[0].code == "parties"
        assert 'lang="fr"' in read(made.users[0], "charter_sign", version)


def test_a_french_reader_finds_an_english_charter_as_it_was_signed() -> None:
    made = make_charter(3, contents=LIGHT | CONTENTS)
    before = made.fresh().text
    with spoken(Words("fr", FRENCH)):
        assert verify_charter(alliance=made.alliance).faults == []
        page = read(made.users[0], "charter_version", made.fresh())
        assert '<h3 lang="en">The problem</h3>' in page
        assert 'lang="en">    ' not in page
    assert made.fresh().text == before
    assert "    The parties review it on 1 January 2030." in before.split("\n")


def test_other_words_of_ours_are_told_in_french_as_in_english(made: MadeCharter) -> None:
    """A heading that is translated otherwise today is not what people signed, and that is said."""
    with spoken(Words("fr", FRENCH | {"The problem": "Le mal"})):
        said = [fault.message for fault in verify_charter(alliance=made.alliance).faults]
    assert [line for line in said if "Le problème" in line or "Le mal" in line] == [
        "The section “Le problème” on record is not the one in the text.",
        "The section “Le mal” on record is not the one in the text.",
    ]


def test_another_language_by_hand_is_told(made: MadeCharter) -> None:
    CharterVersion.objects.update(language="en")
    with spoken(Words("fr", FRENCH)):
        assert verify_charter(alliance=made.alliance).faults


def test_the_next_version_in_another_language(made: MadeCharter) -> None:
    """Sections are still compared with their own, and the draft is seen as it would be frozen."""
    with spoken(Words("fr", FRENCH)), translation.override("en"):
        draft = revise(version=made.fresh(), by=made.convener)
        assert draft.language == ""
        assert "\nThe problem\n" in preview(version=draft).text
        with translation.override("fr"):
            assert "\nLe problème\n" in preview(version=draft).text
        second = circulate(version=draft, by=made.convener, despite_gaps=True).version
        assert (second.language, digest_of(second.text)) == ("en", second.digest)
        comparison = compare(
            before=read_text(made.fresh().text, "fr"), after=read_text(second.text, "en")
        )
        assert [change.state for change in comparison.changes if change.code == "problem"] == [
            "same"
        ]
        assert verify_charter(alliance=made.alliance).faults == []


def test_the_page_says_which_language_it_will_be(settings: Any) -> None:
    made = make_charter(3, circulated=False)
    client: Client = client_of(made.convener)
    address = reverse("charter_circulate", args=[made.version.pk])
    said = "Its headings and set sentences stay in English, the language of this page"
    assert said in client.get(address).content.decode()
    settings.LANGUAGES = [("en", "English")]
    assert said not in client.get(address).content.decode()


def test_what_was_circulated_before_there_were_languages_is_english() -> None:
    """The migration on rows as they stood; the constraint lets no version without a language be."""
    made = make_charter(3)
    for place in range(3):
        made.sign(place)
    draft = revise(version=made.fresh(), by=made.convener)
    CharterVersion.objects.exclude(status="draft").update(language="fr")
    migration = importlib.import_module("alliances.migrations.0003_charter_language")
    migration.all_in_english(apps, SimpleNamespace(connection=connection))
    found = dict(CharterVersion.objects.values_list("number", "language"))
    assert found == {1: "en", draft.number: ""}
    with pytest.raises(IntegrityError), transaction.atomic():
        CharterVersion.objects.update(language="")
