"""Rows are changed by hand, and the check names what does not fit; what may change is let be."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import JSONField, Value
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from alliances.models import Alliance, CharterLedger, CharterParty, CharterVersion, Signature
from alliances.services.charter.life import circulate, revise
from alliances.services.charter.seals import seal_of_signature
from alliances.services.charter.text import digest_of
from alliances.services.charter.verification import verify_charter
from alliances.services.people import update_participant
from tests.alliances.charter.worlds import AT, LIGHT, MadeCharter, make_charter
from tests.factories import make_alliance

pytestmark = pytest.mark.django_db


def sql(statement: str, *values: Any) -> None:
    """What somebody does at the database's own prompt."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount > 0


def faults(made: MadeCharter) -> list[tuple[int, int | None, str]]:
    found = verify_charter(alliance=made.alliance).faults
    return [(fault.version, fault.signature, fault.message) for fault in found]


def said(made: MadeCharter) -> str:
    return "\n".join(f"{version}/{signature} {said}" for version, signature, said in faults(made))


@pytest.fixture
def made() -> MadeCharter:
    """Version 1 replaced, version 2 with two of three signatures, version 3 being written; two
    parties more than needed."""
    made = make_charter(3, ratify_by="majority")
    made.sign(0)
    made.sign(1)
    draft = revise(version=made.version, by=made.convener)
    made.version = circulate(version=draft, by=made.convener).version
    for place in range(3):
        made.sign(place, at=AT + dt.timedelta(days=5))
    revise(version=made.version, by=made.convener)
    return made


@pytest.fixture
def out() -> MadeCharter:
    """One version with two of three signatures, all of which are needed."""
    made = make_charter(3)
    made.sign(0)
    made.sign(1)
    return made


def test_all_fits(made: MadeCharter) -> None:
    verification = verify_charter(alliance=made.alliance)
    assert verification.faults == []
    assert [(one.version.number, one.signatures) for one in verification.versions] == [
        (1, 2),
        (2, 3),
    ]
    assert [one.version.status for one in verification.versions] == ["amended", "ratified"]


def test_what_nobody_sees_is_left_out_of_the_text_and_no_fault() -> None:
    """Names and sections that were stored before such marks were taken out compose the same again."""
    typed = "A\u200csh = \u200f30 / 70\U000e0041\u200b"
    made = make_charter(
        2, contents=LIGHT | {"problem": {"problem": typed}}, ratify_by="majority", circulated=False
    )
    Alliance.objects.update(name=typed)
    made.parties[0].name = typed
    made.parties[0].save()
    version = circulate(version=made.fresh(), by=made.convener).version
    assert version.text.count("Ash = 30 / 70\n") == 3
    assert faults(made) == []


def test_what_may_change_is_no_fault(made: MadeCharter) -> None:
    made.alliance.name = "Tessel and Tarn"
    made.alliance.save()
    update_participant(participant=made.parties[0], name="Ash and Sons", status="left")
    made.users[1].delete()
    made.users[2].name = "Married Meanwhile"
    made.users[2].save()
    assert faults(made) == []


# --- the text


def test_a_word_of_the_text_changed(out: MadeCharter) -> None:
    sql("UPDATE alliances_charterversion SET text = replace(text, 'house', 'horse')")
    found = said(out)
    assert "1/None The text does not fit its SHA-256." in found
    assert "The section “Purpose” on record is not the one in the text." in found
    assert "1/1 It was given on another text" in found
    assert "1/2 It was given on another text" in found


def test_text_and_digest_changed_together(out: MadeCharter) -> None:
    text = out.version.text.replace("house", "horse")
    CharterVersion.objects.update(text=text, digest=digest_of(text))
    found = said(out)
    assert "does not fit its SHA-256" not in found
    assert "1/1 It was given on another text" in found
    assert "1/None It does not fit its seal" in found


def test_text_digest_and_section_changed_together_before_anybody_signed() -> None:
    made = make_charter(2)
    text = made.version.text.replace("house", "horse")
    CharterVersion.objects.update(text=text, digest=digest_of(text))
    purpose = made.version.sections.get(code="purpose")
    purpose.content = {"statement": "No horse under water by 2031."}
    purpose.save()
    assert [message[:24] for _v, _s, message in faults(made)] == ["It does not fit its seal"]


def test_a_section_changed(out: MadeCharter) -> None:
    out.version.sections.filter(code="decisions").update(
        content={"method": "leader", "fallback": "The mayor decides."}
    )
    assert faults(out) == [
        (1, None, "The section “How decisions are made” on record is not the one in the text.")
    ]


def test_a_section_taken_out(out: MadeCharter) -> None:
    out.version.sections.filter(code="term").delete()
    assert "The section “Term and review” on record" in said(out)


def test_a_section_put_in(out: MadeCharter) -> None:
    out.version.sections.create(code="disputes", content={"settling": "By the mayor."})
    assert "The section “Settling disputes” on record" in said(out)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("depth = 'full'", "The number or the depth"),
        ("number = 2", "The number or the depth"),
        ("ratify_by = 'majority'", "The rule for ratifying is not the one in the text"),
    ],
)
def test_a_setting_changed(out: MadeCharter, change: str, message: str) -> None:
    sql(f"UPDATE alliances_charterversion SET {change}")
    assert message in said(out)


def test_a_partys_name_changed(out: MadeCharter) -> None:
    sql("UPDATE alliances_charterparty SET name = 'Yew' WHERE name = 'Ash'")
    assert "The parties on record are not those in the text." in said(out)


def test_a_party_taken_out(out: MadeCharter) -> None:
    CharterParty.objects.filter(name="Cedar").delete()
    found = said(out)
    assert "The parties on record are not those in the text." in found
    # Of the two that are left both have signed.
    assert "and it does not count as ratified" in found


# --- the signatures


@pytest.mark.parametrize(
    "change",
    [
        "name = 'Mallory'",
        "position = 'King'",
        "organisation = 'Yew'",
        "seal = repeat('0', 64)",
        "account = account + 1000",
    ],
)
def test_a_signature_changed(out: MadeCharter, change: str) -> None:
    if "repeat" in change:
        change = f"seal = '{'0' * 64}'"
    sql(f"UPDATE alliances_signature SET {change} WHERE number = 1")
    found = said(out)
    assert "1/1 It does not fit its seal" in found


def test_a_moment_changed(out: MadeCharter) -> None:
    Signature.objects.filter(number=2).update(signed_at=AT + dt.timedelta(microseconds=1))
    assert [(version, signature) for version, signature, _ in faults(out)] == [(1, 2)]


def test_a_signature_on_another_text(out: MadeCharter) -> None:
    Signature.objects.filter(number=1).update(digest="0" * 64)
    assert "1/1 It was given on another text" in said(out)


def test_a_signature_moved_to_another_organisation(out: MadeCharter) -> None:
    Signature.objects.filter(number=1).update(participant=out.parties[2])
    assert "1/1 It does not fit its seal" in said(out)


def test_a_signature_for_somebody_who_is_no_party(out: MadeCharter) -> None:
    CharterParty.objects.filter(name="Ash").delete()
    assert "1/1 Ash is not among the parties." in said(out)


def test_a_signature_hung_on_another_account(out: MadeCharter) -> None:
    Signature.objects.filter(number=1).update(user=out.users[2])
    assert "1/1 It hangs on another account" in said(out)


@pytest.mark.parametrize("number", [1, 2])
def test_a_signature_taken_out(out: MadeCharter, number: int) -> None:
    """The last one too, though the numbers of the rest have no gap."""
    sql("DELETE FROM alliances_signature WHERE number = %s", number)
    found = said(out)
    assert "1/None It does not fit its seal" in found
    assert ("It should be number 1: one before it is missing." in found) == (number == 1)


def test_signatures_in_another_order(out: MadeCharter) -> None:
    for before, after in ((1, 99), (2, 1), (99, 2)):
        Signature.objects.filter(number=before).update(number=after)
    assert "1/1 It does not fit its seal" in said(out)
    assert "1/2 It does not fit its seal" in said(out)


def test_a_signature_put_in_with_a_seal_of_another_key(out: MadeCharter) -> None:
    last = out.version.signatures.get(number=2)
    forged = Signature(
        version=out.version,
        participant=out.parties[2],
        user=out.users[2],
        account=out.users[2].pk,
        number=3,
        organisation="Cedar",
        name="Mallory",
        digest=out.version.digest,
        signed_at=AT,
    )
    forged.seal = seal_of_signature(forged, last.seal, key="a guess")
    forged.save()
    assert "1/3 It does not fit its seal" in said(out)
    # It does not count towards the rule.
    assert "does not count as ratified" not in said(out)


# --- the status


def test_ratified_by_hand(out: MadeCharter) -> None:
    sql("UPDATE alliances_charterversion SET status = 'ratified', ratified_at = circulated_at")
    assert (
        "It counts as ratified, but has 2 good signatures, and its rule asks for 3 of 3."
        in said(out)
    )


def test_ratified_by_signatures_that_are_not_good(made: MadeCharter) -> None:
    Signature.objects.filter(version=made.version, number__lt=3).update(name="Mallory")
    assert "2/None It counts as ratified, but has 1 good signatures" in said(made)


def test_put_back_by_hand(made: MadeCharter) -> None:
    sql(
        "UPDATE alliances_charterversion SET status = 'circulated', ratified_at = NULL "
        "WHERE status = 'ratified'"
    )
    assert "2/None It has 3 good signatures, its rule asks for 2 of 3" in said(made)
    assert "1/None It counts as replaced, but no later version" in said(made)


def test_a_moment_that_is_missing(made: MadeCharter) -> None:
    sql("UPDATE alliances_charterversion SET ended_at = NULL WHERE status = 'amended'")
    assert "1/None It has no moment at which it was withdrawn or replaced." in said(made)


def test_a_version_taken_out(made: MadeCharter) -> None:
    for table in ("signature", "charterparty", "chartersection"):
        sql(
            f"DELETE FROM alliances_{table} WHERE version_id IN "
            "(SELECT id FROM alliances_charterversion WHERE number = 1)"
        )
    sql("DELETE FROM alliances_charterversion WHERE number = 1")
    assert faults(made) == [
        (1, None, "There is no such version, though there are later ones."),
        (None, None, LEDGER),
    ]


LEDGER = (
    "The versions do not fit their ledger: one was taken out, or put back as it once stood, past "
    "Northbound."
)


def take_out(version: CharterVersion) -> None:
    """A version with all that hangs on it."""
    Signature.objects.filter(version=version).delete()
    CharterVersion.objects.filter(pk=version.pk).delete()


def test_the_last_version_taken_out_whole(out: MadeCharter) -> None:
    """None is later whose number would tell, and no seal is left that would not fit."""
    take_out(out.version)
    assert faults(out) == [(None, None, LEDGER)]


def test_a_version_put_back_as_it_stood_before_somebody_signed(out: MadeCharter) -> None:
    seal = out.fresh().seal
    out.sign(2)
    Signature.objects.filter(number=3).delete()
    CharterVersion.objects.update(status="circulated", ratified_at=None, seal=seal)
    assert faults(out) == [(None, None, LEDGER)]


@pytest.mark.parametrize("left", ["seal", "signatures", "parties", ""])
def test_a_version_put_back_to_a_draft(out: MadeCharter, left: str) -> None:
    CharterVersion.objects.update(
        status="draft", text="", digest="", language="", circulated_at=None
    )
    if left != "seal":
        CharterVersion.objects.update(seal="")
    if left != "signatures":
        Signature.objects.all().delete()
    if left != "parties":
        CharterParty.objects.all().delete()
    said = [message for _v, _s, message in faults(out)]
    assert said[-1] == LEDGER
    assert ("It counts as a draft, but it was circulated once" in said[0]) == bool(left)


def test_the_ledger_taken_out_or_changed(out: MadeCharter) -> None:
    CharterLedger.objects.update(seal="0" * 64)
    assert faults(out) == [(None, None, LEDGER)]
    CharterLedger.objects.all().delete()
    assert faults(out) == [(None, None, LEDGER)]


def test_the_ledger_of_another_alliance(out: MadeCharter) -> None:
    other = make_alliance("Other")
    CharterLedger.objects.create(alliance=other, seal=CharterLedger.objects.get().seal)
    assert verify_charter(alliance=other).faults[0].message == LEDGER


def test_the_reason_for_the_change_changed(made: MadeCharter) -> None:
    """It is no part of the text, and stands above what people read before they sign."""
    CharterVersion.objects.filter(pk=made.version.pk).update(reason="Nothing of note.")
    assert [message[:24] for _v, _s, message in faults(made)] == ["It does not fit its seal"]


@pytest.mark.parametrize("content", [["The river floods."], "The river floods.", 5, None, True])
def test_a_section_of_another_shape(out: MadeCharter, content: Any) -> None:
    out.version.sections.filter(code="problem").update(content=Value(content, JSONField()))
    assert faults(out) == [
        (1, None, "The section “The problem” on record is not the one in the text.")
    ]


# --- the server's key


def test_another_key_fits_no_seal(out: MadeCharter) -> None:
    with override_settings(SECRET_KEY="another key"):
        assert [(version, signature) for version, signature, _ in faults(out)] == [
            (1, None),
            (1, 1),
            (1, 2),
            (None, None),
        ]


def test_the_key_of_before_is_honoured(out: MadeCharter, settings: Any) -> None:
    before = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key", [before]
    assert faults(out) == []
    out.sign(2)  # under the new key, after seals of the old one
    assert faults(out) == []
    settings.SECRET_KEY_FALLBACKS = []
    assert "1/1 It does not fit its seal" in said(out)
    assert "1/3" not in said(out)


# --- how it is told


def run(number: int) -> str:
    out = io.StringIO()
    call_command("verify_charter", str(number), stdout=out)
    return out.getvalue()


def test_the_command_says_a_line_a_version(made: MadeCharter) -> None:
    lines = run(made.alliance.pk).splitlines()
    assert len(lines) == 2
    assert re.fullmatch(r"Version 1, amended: 2 signatures, [0-9a-f]{64}\. All fits\.", lines[0])


def test_the_command_names_each_fault_and_fails(out: MadeCharter) -> None:
    Signature.objects.filter(number=1).update(name="Mallory")
    written = io.StringIO()
    with pytest.raises(CommandError, match="1 thing does not fit") as error:
        call_command("verify_charter", str(out.alliance.pk), stdout=written)
    assert error.value.returncode == 1
    assert written.getvalue().startswith("Version 1, signature 1: It does not fit its seal")


@pytest.mark.parametrize("number", [987654, 10**30])
def test_the_command_knows_no_such_alliance(number: int) -> None:
    with pytest.raises(CommandError, match=f"There is no alliance {number}"):
        run(number)


def test_the_command_with_nothing_to_check() -> None:
    made = make_charter(2, circulated=False)
    assert run(made.alliance.pk) == "Tessel has circulated no charter yet. Nothing to check.\n"


def test_the_command_and_the_page_name_what_is_about_all_versions(out: MadeCharter) -> None:
    take_out(out.version)
    written = io.StringIO()
    with pytest.raises(CommandError, match="1 thing does not fit"):
        call_command("verify_charter", str(out.alliance.pk), stdout=written)
    assert written.getvalue() == f"All versions: {LEDGER}\n"
    client = Client()
    client.force_login(out.users[2])
    page = client.get(reverse("charter_verify", args=[out.alliance.pk])).content.decode()
    assert "One thing does not fit." in page
    assert "<strong>All versions</strong>" in page


def test_members_read_the_same_on_the_page(out: MadeCharter) -> None:
    client = Client()
    client.force_login(out.users[2])
    address = reverse("charter_verify", args=[out.alliance.pk])
    page = client.get(address).content.decode()
    assert "Everything fits." in page
    assert "The text and two signatures fit." in page
    Signature.objects.filter(number=1).update(name="<b>Mallory</b>")
    page = client.get(address).content.decode()
    assert "One thing does not fit." in page
    assert "Version 1, signature 1" in page


def test_constant_queries(django_assert_num_queries: Any) -> None:
    made = make_charter(12)
    with django_assert_num_queries(5):
        verify_charter(alliance=made.alliance)
    made.sign(0)
    made.sign(1)
    with django_assert_num_queries(5):
        verify_charter(alliance=made.alliance)
