"""The charter's own page: what is done, what comes next, who may sign."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alliances.models import (
    CharterParty,
    CharterSection,
    CharterVersion,
    PurposeCheck,
    Signature,
)
from alliances.services.charter.draft import write_section
from alliances.services.charter.life import circulate
from alliances.services.charter.overview import (
    charter_overview,
    draft_overview,
)
from tests.alliances.charter.pages import at, client_of, page
from tests.alliances.charter.worlds import AT, LIGHT, MadeCharter, add_party, make_charter
from tests.factories import make_participant

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def made() -> MadeCharter:
    """A draft that is light, and done."""
    return make_charter(2, circulated=False)


@pytest.fixture
def convener(made: MadeCharter) -> Client:
    return client_of(made.convener)


def test_an_empty_alliance_is_led_to_begin(made: MadeCharter, convener: Client) -> None:
    CharterVersion.objects.all().delete()
    told = convener.get(page(made)).content.decode()
    assert "There is no charter yet." in told
    assert reverse("charter_start", args=[made.alliance.pk]) in told
    told = client_of(made.users[0]).get(page(made)).content.decode()
    assert "There is no charter yet." in told
    assert reverse("charter_start", args=[made.alliance.pk]) not in told


def test_members_do_not_see_a_draft(made: MadeCharter, convener: Client) -> None:
    assert "Version 1 is being written." in convener.get(page(made)).content.decode()
    member = client_of(made.users[0])
    told = member.get(page(made)).content.decode()
    assert "There is no charter yet." in told
    assert "Version 1" not in told
    for name in ("charter_settings", "charter_discard"):
        assert member.get(reverse(name, args=[made.version.pk])).status_code == 404
    assert member.get(at(made, "scope")).status_code == 404
    assert member.post(at(made, "scope"), {"in": "x"}).status_code == 404


def test_what_is_done_and_what_comes_next(made: MadeCharter) -> None:
    version = made.version
    whole = draft_overview(version=version, today=TODAY)
    assert (whole.needed, whole.done, whole.extra, whole.next) == (6, 6, 0, None)
    assert [line.state for line in whole.lines] == [
        *["done"] * 4,
        "spare",
        "done",
        *["spare"] * 5,
        "done",
    ]
    version.depth = "full"
    deep = draft_overview(version=version, today=TODAY)
    assert (deep.needed, deep.done, deep.left) == (12, 5, 7)  # roles lack the time pledged
    assert deep.next is not None
    assert (deep.next.number, deep.next.section.code, deep.next.state) == (5, "governance", "empty")
    roles = deep.lines[5]
    assert (roles.state, roles.open) == ("begun", ["Time pledged"])


def test_remarks_stand_beside_the_section(made: MadeCharter) -> None:
    CharterSection.objects.filter(code="term").update(content={"review": "2026-11-20"})
    [line] = draft_overview(version=made.version, today=TODAY).lines[-1:]
    assert (line.state, line.remarks) == (
        "done",
        ["The day of the review has passed. Set the next one."],
    )


HEADS = [
    # depth, sections that stand, headline
    ("full", {}, "Nothing stands there yet."),
    ("full", {"scope": {"in": "Here."}}, "None of 12 sections is done."),
    ("full", {"problem": LIGHT["problem"]}, "One of 12 sections is done."),
    (
        "light",
        {"problem": LIGHT["problem"], "scope": LIGHT["scope"]},
        "Two of six sections are done.",
    ),
    ("light", LIGHT, "All that it needs stands there."),
]


@pytest.mark.parametrize(("depth", "contents", "said"), HEADS)
def test_the_headline_of_a_draft(depth: str, contents: dict[str, Any], said: str) -> None:
    made = make_charter(2, circulated=False, contents=contents, depth=depth)
    told = client_of(made.convener).get(page(made)).content.decode()
    assert "Version 1 is being written." in told
    assert said in told
    assert told.count("btn-primary") == 1


def test_a_version_that_is_out_and_one_in_force() -> None:
    made = make_charter(2)
    client = client_of(made.convener)
    told = client.get(page(made)).content.decode()
    assert "Version 1 is out for signing." in told
    assert "Nobody has signed yet." in told
    made.sign(0)
    told = client_of(made.users[1]).get(page(made)).content.decode()
    assert "One of two parties has signed." in told
    assert "Read and sign version 1" in told
    assert "One more signature ratifies it." in told
    made.sign(1)
    told = client.get(page(made)).content.decode()
    assert "Version 1 is in force." in told
    assert "All two parties have signed it." in told
    assert "2 of 2" in told
    client.post(reverse("charter_revise", args=[made.version.pk]))
    told = client.get(page(made)).content.decode()
    assert "Version 1 is in force." in told
    assert "Version 2 is being written." in told
    second = CharterVersion.objects.get(number=2)
    circulate(version=second, by=made.convener, at=AT)
    told = client.get(page(made)).content.decode()
    assert "Version 2 is out for signing." in told
    assert "Version 1 holds until version 2 is ratified." in told
    assert told.count("btn-primary") == 1


def test_who_may_still_sign_is_led_there() -> None:
    made = make_charter(3, ratify_by="majority")
    sign = f'href="{reverse("charter_sign", args=[made.version.pk])}"'
    told = client_of(made.users[2]).get(page(made)).content.decode()
    assert f'class="btn btn-primary" {sign}>Read and sign version 1' in told
    made.sign(0)
    made.sign(1)
    told = client_of(made.users[2]).get(page(made)).content.decode()
    assert "Version 1 is in force." in told
    assert f'class="btn btn-primary" {sign}>Read and sign version 1' in told
    assert told.count("btn-primary") == 1
    told = client_of(made.users[0]).get(page(made)).content.decode()
    assert sign not in told
    assert "Read the charter" in told


def test_a_version_that_is_begun_from_another_asks_what_is_to_change() -> None:
    made = make_charter(2)
    made.sign(0)
    made.sign(1)
    client = client_of(made.convener)
    client.post(reverse("charter_revise", args=[made.version.pk]))
    second = CharterVersion.objects.get(number=2)
    told = client.get(page(made)).content.decode()
    assert "So far it says what the version before it says." in told
    settings = reverse("charter_settings", args=[second.pk])
    assert f'class="btn btn-primary" href="{settings}"' in told
    assert told.count("btn-primary") == 1
    stored = second.sections.get(code="scope")
    write_section(
        version=second,
        code="scope",
        edition=stored.edition,
        by=made.convener,
        content={"in": "The valley and the moor.", "out": "The coast."},
    )
    told = client.get(page(made)).content.decode()
    assert "All that it needs stands there." in told


def test_a_draft_with_gaps_is_written_before_it_is_circulated() -> None:
    made = make_charter(2, circulated=False, contents={"problem": LIGHT["problem"]})
    address = reverse("charter_version", args=[made.version.pk])
    told = client_of(made.convener).get(address).content.decode()
    assert f'class="btn btn-primary" href="{page(made)}">Go on writing' in told
    assert "Five sections are open." in told
    for code, content in LIGHT.items():
        made.version.sections.update_or_create(code=code, defaults={"content": content})
    told = client_of(made.convener).get(address).content.decode()
    circulates = reverse("charter_circulate", args=[made.version.pk])
    assert f'class="btn btn-primary" href="{circulates}"' in told


def test_a_section_leads_to_its_record_and_the_purpose_to_what_parties_wrote(
    made: MadeCharter, convener: Client
) -> None:
    rules = f'href="{reverse("working_rules", args=[made.alliance.pk])}">Working rules</a>'
    assert rules in convener.get(at(made, "rules")).content.decode()
    check = PurposeCheck.objects.create(alliance=made.alliance, opened_at=AT)
    for party, text in zip(made.parties, ("Dry by 2031", "No damp cellar"), strict=True):
        check.sentences.create(participant=party, text=text, changed_at=AT)
    held = f'href="{reverse("purpose_check", args=[made.alliance.pk])}">Purpose check</a>'
    told = convener.get(at(made, "purpose")).content.decode()
    assert held in told
    assert "Dry by 2031" not in told, "nobody reads a sentence of a check that is open"
    check.closed_at = AT
    check.save()
    told = convener.get(at(made, "purpose")).content.decode()
    assert "Dry by 2031" in told
    assert "No damp cellar" in told
    assert "Dry by 2031" not in convener.get(at(made, "scope")).content.decode()


def test_a_circulated_text_leads_to_the_records() -> None:
    made = make_charter(2)
    address = reverse("charter_version", args=[made.version.pk])
    told = client_of(made.users[0]).get(address).content.decode()
    for name in ("purpose_check", "decisions", "people"):
        assert f'On record: <a href="{reverse(name, args=[made.alliance.pk])}">' in told


def test_after_a_version_is_withdrawn_it_can_be_taken_up_again() -> None:
    made = make_charter(2)
    client = client_of(made.convener)
    client.post(reverse("charter_revise", args=[made.version.pk]))
    client.post(reverse("charter_discard", args=[CharterVersion.objects.get(number=2).pk]))
    told = client.get(page(made)).content.decode()
    assert "No charter is in force." in told
    assert "Version 1 was withdrawn on" in told
    assert "Take up version 1 again" in told
    member = client_of(made.users[0]).get(page(made)).content.decode()
    assert "Take up version 1 again" not in member


def test_versions_are_read_with_how_many_signed() -> None:
    made = make_charter(3)
    made.sign(1)
    made.sign(2)
    overview = charter_overview(alliance=made.alliance, with_draft=True, today=TODAY)
    assert overview.circulated is not None
    assert (overview.circulated.parties, overview.circulated.signed) == (3, 2)
    assert overview.draft is None
    assert [line.version.number for line in overview.shown] == [1]


@pytest.mark.parametrize("parties", [3, 300])
def test_the_page_asks_as_often_for_three_parties_as_for_three_hundred(
    parties: int, django_assert_num_queries: Any
) -> None:
    made = make_charter(2)
    now = timezone.now()
    others = [
        CharterParty(
            version=made.version,
            participant=make_participant(made.alliance, f"Party {number:03}"),
            name=f"Party {number:03}",
        )
        for number in range(parties - 2)
    ]
    CharterParty.objects.bulk_create(others)
    Signature.objects.bulk_create(
        Signature(
            version=made.version,
            participant=party.participant,
            account=number,
            number=number,
            organisation=party.name,
            name="Somebody",
            digest=made.version.digest,
            signed_at=now,
            seal="0" * 64,
        )
        for number, party in enumerate(others, start=1)
    )
    client = client_of(made.convener)
    with django_assert_num_queries(11):
        assert client.get(page(made)).status_code == 200


def test_a_draft_asks_as_often_whatever_stands_in_it(
    made: MadeCharter, convener: Client, django_assert_num_queries: Any
) -> None:
    for number in range(30):
        add_party(made, f"Party {number}")
    with django_assert_num_queries(10):
        assert convener.get(page(made)).status_code == 200
    with django_assert_num_queries(6):
        assert convener.get(at(made, "roles")).status_code == 200
