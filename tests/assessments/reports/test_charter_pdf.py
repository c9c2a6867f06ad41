"""The charter on paper and its certificate, read back from their bytes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from alliances.models import CharterSection, CharterVersion, Membership, Participant, Signature
from alliances.services.charter.life import circulate, revise
from alliances.services.charter.text import digest_groups
from assessments.reports import pdf
from assessments.reports.charter import render_certificate, render_charter
from assessments.reports.pdf import FontFetcher
from tests.alliances.charter.worlds import AT, LIGHT, MadeCharter, make_charter
from tests.assessments.reports.test_pdf import (
    HOSTILE,
    assert_accessible,
    outline_of,
    read,
    text_of,
)
from tests.factories import make_user
from tests.languages import Words, spoken

pytestmark = pytest.mark.django_db

CHECKED = dt.datetime(2026, 5, 9, 16, 5, tzinfo=dt.UTC)
URL = "https://northbound.example/alliances/1/charter/verify/"


def with_problem(text: str, **more: Any) -> MadeCharter:
    """A charter whose section on the problem says `text`."""
    return make_charter(contents=LIGHT | {"problem": {"problem": text}}, **more)


def certificate(version: CharterVersion, at: dt.datetime = CHECKED) -> PdfReader:
    return read(render_certificate(version=version, verify_url=URL, at=at))


def feet(reader: PdfReader) -> list[str]:
    """What stands at the end of each page."""
    return [" ".join(page.extract_text().split()) for page in reader.pages]


# The charter


def test_the_exact_text_and_a_place_for_each_party(tmp_path: Path) -> None:
    made = make_charter(3)
    content = render_charter(version=made.version)
    reader, said = read(content), text_of(read(content))
    assert outline_of(reader)[:3] == ["Charter of Tessel", "Parties", "The problem"]
    assert outline_of(reader)[-2:] == ["Ratifying", "Signatures"]
    for line in made.version.text.split("\n"):
        assert " ".join(line.split()) in said
    assert "Circulated on 4 May 2026 to three parties." in said.replace("\u00a0", " ")
    signing = feet(reader)[-1]
    for party in ("Ash", "Birch", "Cedar"):
        assert f"{party} Name Position Place and date Signature" in signing
    groups = digest_groups(made.version.digest)
    assert f"SHA-256 {' '.join(groups[:4])} {' '.join(groups[4:])}" in signing
    assert reader.metadata is not None
    assert reader.metadata.title == "Charter of Tessel, version 1"
    assert str(reader.metadata.creation_date) == "2026-05-04 10:30:00+00:00"
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert_accessible(content, tmp_path)


def test_each_page_says_which_text_it_is_of() -> None:
    made = with_problem("The river floods each spring, and twice in autumn. " * 200)
    reader = read(render_charter(version=made.version))
    pages = len(reader.pages)
    assert pages > 3
    digest = " ".join(digest_groups(made.version.digest))
    for number, said in enumerate(feet(reader), start=1):
        assert f"Charter of Tessel, version 1 SHA-256 {digest}" in said
        assert f"{number} of {pages}" in said


def test_the_paper_is_in_the_language_of_the_text_and_the_certificate_in_the_readers() -> None:
    french = Words(
        "fr",
        {
            "%(page)s of %(pages)s": "%(page)s sur %(pages)s",
            "Circulated on %(day)s to %(count)s parties.": "Soumise le %(day)s à %(count)s parties.",
            "May": "mai",
            "Ratifying": "Ratification",
            "Version %(number)d is not ratified yet.": "La version %(number)d attend.",
        },
    )
    with spoken(french):
        made = make_charter(3, circulated=False)
        version = circulate(version=made.version, by=None, at=AT).version
        reader = certificate(version)
        assert reader.root_object["/Lang"] == "fr"
        assert "La version 1 attend." in text_of(reader)
        with translation.override("en"):
            paper = read(render_charter(version=version))
            assert "Version 1 is not ratified yet." in text_of(certificate(version))
    said = text_of(paper).replace("\u00a0", " ")
    assert paper.root_object["/Lang"] == "fr"
    assert "Soumise le 4 mai 2026 à three parties." in said
    assert ("Ratification" in said, "1 sur 2" in said or "1 sur 3" in said) == (True, True)


def test_the_same_version_gives_the_same_bytes() -> None:
    version = make_charter().version
    assert render_charter(version=version) == render_charter(version=version)


def test_a_draft_says_on_every_page_that_it_is_none_to_sign(tmp_path: Path) -> None:
    made = with_problem("The river floods each spring. " * 300, circulated=False)
    content = render_charter(version=made.version)
    reader = read(content)
    assert len(reader.pages) > 2
    for said in feet(reader):
        assert said.count("Draft, not for signing") == 1
        assert "SHA-256" not in said
        assert "Place and date" not in said
    assert reader.metadata is not None
    assert reader.metadata.title == "Charter of Tessel, version 1. Draft, not for signing"
    assert_accessible(content, tmp_path)


@pytest.mark.parametrize(
    ("change", "warning"),
    [
        ({"text": "Charter of Tessel\nNew words.\n"}, "Changed since it was circulated"),
        ({"status": "withdrawn", "ended_at": AT}, "Withdrawn, not for signing"),
        (
            {"status": "amended", "ratified_at": AT, "ended_at": AT},
            "Replaced by a later version, not for signing",
        ),
    ],
)
def test_what_does_not_stand_any_more_is_not_offered_for_signing(
    change: dict[str, Any], warning: str
) -> None:
    made = make_charter()
    CharterVersion.objects.filter(pk=made.version.pk).update(**change)
    said = text_of(read(render_charter(version=made.fresh())))
    assert warning in said
    assert "Place and date" not in said


@pytest.mark.parametrize("parties", [2, 7, 30])
def test_however_many_parties_each_has_a_whole_block(parties: int) -> None:
    made = make_charter(parties)
    reader = read(render_charter(version=made.version))
    signing = [said for said in feet(reader) if "Place and date" in said]
    for said in signing:
        assert said.count("Name") == said.count("Signature ") == said.count("Place and date")
    assert sum(said.count("Place and date") for said in signing) == parties
    assert len(signing) == 1 + (parties > 6) + (parties > 14) + (parties > 22)


def test_whatever_a_text_asks_for_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    fetch = FontFetcher.fetch

    def watched(self: FontFetcher, url: str, headers: Any = None) -> Any:
        asked.append(url)
        return fetch(self, url, headers)

    monkeypatch.setattr(FontFetcher, "fetch", watched)
    made = with_problem(HOSTILE)
    Participant.objects.filter(pk=made.parties[0].pk).update(name=HOSTILE[:110])
    made.parties[0].refresh_from_db()
    made.version = circulate(version=revise(version=made.version, by=None), by=None).version
    made.sign(0, name=HOSTILE[:120], position=HOSTILE[:120])
    for content in (
        render_charter(version=made.fresh()),
        render_certificate(version=made.fresh(), verify_url=URL),
    ):
        reader = read(content)
        assert dict(reader.attachments) == {}
        assert '<imgsrc="file:///etc/passwd">' in text_of(reader).replace(" ", "")
    assert set(asked) == set(pdf.FONT_FILES)


@pytest.mark.parametrize(
    "text",
    [
        "Το ποτάμι πλημμυρίζει. Река выходит из берегов. Přes řeku, über den Fluß.",
        "يفيض النهر كل ربيع، وتغرق البيوت.",
        "“Quotes” – dashes — ellipsis… bullets • and № ½ €",
        "Word\x0bsoft break\x0cpage\u2028line \u200bzero \u00adsoft \ufeffmark",
        "e\u0301 x\u0301\u0302 \u202eturned\u202c",
        "  - a list\n      - deeper\n\n\n1. one\n\t2. two",
    ],
)
def test_letters_of_many_kinds(text: str, tmp_path: Path) -> None:
    made = with_problem(text)
    content = render_charter(version=made.version)
    assert_accessible(content, tmp_path)
    if text.startswith("Το"):
        assert text in text_of(read(content))


@pytest.mark.parametrize(
    ("text", "word", "count"),
    [
        ("floods and floods again " * 4300, "again", 4300),
        ("x" * 103_200, "x", 103_200),
        ("- floods\n" * 3000, "floods", 3000),
    ],
    ids=["words", "no blank", "lines"],
)
def test_a_hundred_kilobytes(text: str, word: str, count: int, tmp_path: Path) -> None:
    made = with_problem(text)
    content = render_charter(version=made.version)
    reader = read(content)
    said = text_of(reader)
    other = made.version.text.replace(text.strip(), "").count(word)
    assert count <= said.count(word) <= count + 3 * len(reader.pages) + other + 20
    if word == "x":
        assert_accessible(content, tmp_path)


# The certificate


def test_a_certificate_says_who_signed_what_and_who_did_not(tmp_path: Path) -> None:
    made = make_charter(4, ratify_by="all-but-one")
    first = made.sign(0, name="Ines Arroyo", position="Director")
    made.sign(2, at=AT + dt.timedelta(days=2, hours=3))
    Participant.objects.filter(pk=made.parties[3].pk).update(status="left")
    content = render_certificate(version=made.fresh(), verify_url=URL, at=CHECKED)
    reader = read(content)
    assert len(reader.pages) == 1
    said = text_of(reader).replace("\u00a0", " ")
    groups = digest_groups(made.version.digest)
    for line in (
        "Certificate of 9 May 2026, 16:05 UTC",
        "Version 1 is not ratified yet. Two of four parties have signed it.",
        "Version 1, circulated on 4 May 2026, 10:30 UTC",
        f"SHA-256 of the text {' '.join(groups[:4])} {' '.join(groups[4:])}",
        "This charter is ratified as soon as every party but one has signed it.",
        "Not met: one more signature is needed.",
        f"Ash Ines Arroyo Director 4 May 2026, 10:30 UTC {first.seal[:8]} {first.seal[8:16]}",
        "Cedar Person of Cedar 6 May 2026, 13:30 UTC",
        "Not signed: Birch",
        "Not signed, and no longer at the table: Dogwood",
        f"Open {URL} after logging in",
        "seals of one version and two signatures were worked out anew on 9 May 2026, 16:05 UTC. "
        "All of it fits.",
    ):
        assert line in said
    assert first.seal[16:24] not in said
    assert reader.metadata is not None
    assert reader.metadata.title == (
        "Certificate: Version 1 is not ratified yet. Two of four parties have signed it. "
        "Charter of Tessel"
    )
    assert_accessible(content, tmp_path)


def test_a_ratified_version() -> None:
    made = make_charter(2)
    made.sign(0)
    made.sign(1, at=AT + dt.timedelta(days=1))
    said = text_of(certificate(made.fresh())).replace("\u00a0", " ")
    assert "Version 1 is ratified. Every party has signed it." in said
    assert "Met on 5 May 2026, 10:30 UTC." in said
    assert "No party is missing." in said


def test_nobody_has_signed() -> None:
    said = text_of(certificate(make_charter(3).version))
    assert "Version 1 is not ratified yet. None of three parties have signed it." in said
    assert "Nobody has signed." in said
    assert "Not signed: Ash, Birch, Cedar" in said


def test_a_version_that_was_withdrawn() -> None:
    made = make_charter(3)
    made.sign(0)
    revise(version=made.fresh(), by=None)
    said = text_of(certificate(made.fresh()))
    assert "Version 1 was withdrawn. One of three parties has signed it." in said
    assert "Not met when it was withdrawn on" in said


def test_moments_are_told_with_their_zone(settings: Any) -> None:
    settings.TIME_ZONE = "Europe/Amsterdam"
    made = make_charter(2)
    said = text_of(certificate(made.version)).replace("\u00a0", " ")
    assert "circulated on 4 May 2026, 12:30 CEST (UTC+02:00)" in said
    settings.TIME_ZONE = "America/Sao_Paulo"
    said = text_of(certificate(made.version)).replace("\u00a0", " ")
    assert "circulated on 4 May 2026, 07:30 UTC-03:00" in said


def test_with_faults_it_is_no_certificate(tmp_path: Path) -> None:
    made = make_charter(3)
    made.sign(0)
    Signature.objects.update(name="Somebody Else")
    CharterSection.objects.filter(code="roles").update(content={"roles": "Birch leads."})
    content = render_certificate(version=made.fresh(), verify_url=URL, at=CHECKED)
    said = text_of(read(content)).replace("\u00a0", " ")
    assert said.index("This is no certificate: version 1 does not stand the check.") < said.index(
        "What does not fit"
    )
    assert "As it was found on 9 May 2026" in said
    assert "Signature 1: It does not fit its seal" in said
    assert "The section “Roles" in said
    assert "All of it fits" not in said
    assert "Certificate of" not in said
    assert "No certificate. Charter of Tessel, version 1" in said
    assert_accessible(content, tmp_path)


def test_a_fault_of_another_version_is_named_with_it() -> None:
    made = make_charter(2)
    later = circulate(version=revise(version=made.version, by=None), by=None).version
    CharterVersion.objects.filter(pk=made.version.pk).update(text="Charter of Tessel\nOther.\n")
    said = text_of(certificate(later))
    assert "This is no certificate: version 2 does not stand the check." in said
    assert "Version 1: The text does not fit its SHA-256." in said


def test_a_fault_of_all_versions_makes_it_none_either() -> None:
    """A later version was taken out whole: this one stands as it was sealed, and yet not alone."""
    made = make_charter(2)
    first = made.version
    draft = revise(version=first, by=made.convener)
    last = circulate(version=draft, by=made.convener).version
    CharterVersion.objects.filter(pk=last.pk).delete()
    said = text_of(certificate(CharterVersion.objects.get(pk=first.pk)))
    assert "This is no certificate: version 1 does not stand the check." in said
    assert "The versions do not fit their ledger: one was taken out" in said


def test_many_faults_are_counted() -> None:
    made = make_charter(30)
    for place in range(29):
        made.sign(place)
    Signature.objects.update(position="Changed")
    said = text_of(certificate(made.fresh()))
    assert said.count("It does not fit its seal") == 20
    assert "And 9 more." in said


@pytest.mark.parametrize("signed", [8, 25])
def test_one_page_for_eight_and_more_for_many(signed: int, tmp_path: Path) -> None:
    made = make_charter(signed)
    for place in range(signed):
        made.sign(place, position="Chief executive")
    content = render_certificate(version=made.fresh(), verify_url=URL, at=CHECKED)
    reader = read(content)
    assert (len(reader.pages) == 1) is (signed == 8)
    assert text_of(reader).count("Chief executive") == signed
    assert_accessible(content, tmp_path)


# Who gets them


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> MadeCharter:
    """A circulated version of an alliance with a convener; rendering costs nothing."""
    for name in ("render_charter", "render_certificate"):
        monkeypatch.setattr(f"assessments.views.charter_pdf.{name}", lambda **_: b"%PDF-")
    return make_charter(2)


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_members_have_what_was_circulated_and_conveners_drafts_too(made: MadeCharter) -> None:
    draft = revise(version=made.version, by=None)
    stranger = make_user("stranger@example.org")
    found = {}
    for who, user in (("convener", made.convener), ("member", made.users[0]), ("other", stranger)):
        client = client_of(user)
        found[who] = [
            client.get(reverse(name, args=[version.pk])).status_code
            for version in (made.version, draft)
            for name in ("charter_pdf", "certificate_pdf")
        ]
    assert found == {
        "convener": [200, 200, 200, 404],
        "member": [200, 200, 404, 404],
        "other": [404, 404, 404, 404],
    }


def test_they_are_downloads_that_no_cache_keeps(made: MadeCharter) -> None:
    client = client_of(made.users[1])
    for name, file in (("charter_pdf", "charter"), ("certificate_pdf", "certificate")):
        answer = client.get(reverse(name, args=[made.version.pk]))
        assert answer["Content-Type"] == "application/pdf"
        assert (
            answer["Content-Disposition"] == f'attachment; filename="tessel-{file}-version-1.pdf"'
        )
        assert answer["Cache-Control"] == "private, no-store"


def test_the_certificate_names_the_page_that_checks(
    made: MadeCharter, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, Any] = {}

    def watched(**arguments: Any) -> bytes:
        given.update(arguments)
        return b"%PDF-"

    monkeypatch.setattr("assessments.views.charter_pdf.render_certificate", watched)
    client_of(made.convener).get(reverse("certificate_pdf", args=[made.version.pk]))
    assert given["verify_url"] == "http://testserver" + reverse(
        "charter_verify", args=[made.alliance.pk]
    )
    assert Membership.objects.filter(user=made.convener).exists()
