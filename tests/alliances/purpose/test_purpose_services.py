"""A check is opened, written in and closed; what is refused, and what the page is told."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from alliances.errors import Refused
from alliances.models import Participant, PurposeCheck, PurposeSentence
from alliances.services.purpose.check import close_check, open_check, write_sentence
from alliances.services.purpose.reading import purpose_page
from alliances.services.records import Overtaken
from tests.alliances.purpose.conftest import Valley
from tests.factories import make_alliance, make_participant

MORNING = dt.datetime(2027, 3, 1, 9, 0, tzinfo=dt.UTC)
NOON = dt.datetime(2027, 3, 1, 12, 0, tzinfo=dt.UTC)


def write(
    check: PurposeCheck, participant: Participant, text: str, edition: int = 0, **more: Any
) -> PurposeSentence:
    return write_sentence(
        check=check, participant=participant, text=text, edition=edition, by=None, **more
    )


def test_it_closes_itself_with_the_last_missing_sentence(valley: Valley) -> None:
    check = open_check(alliance=valley.alliance, at=MORNING)
    write(check, valley.ash, "Dry feet.")
    write(check, valley.birch, "Dry  cellars\nin spring.")
    check.refresh_from_db()
    assert (check.opened_at, check.closed_at) == (MORNING, None)
    last = write(check, valley.elm, "Dry fields.", at=NOON)
    check.refresh_from_db()
    assert (check.closed_at, check.silent, last.changed_at) == (NOON, [], NOON)
    assert [sentence.text for sentence in check.sentences.all()] == [
        "Dry feet.",
        "Dry cellars in spring.",
        "Dry fields.",
    ]


def test_a_sentence_that_is_alone_is_not_shown(valley: Valley) -> None:
    """The convener sets the others' status while a check is open; who is left writes."""
    check = open_check(alliance=valley.alliance)
    for other in (valley.birch, valley.elm):
        Participant.objects.filter(pk=other.pk).update(status="left")
    write(check, valley.ash, "Dry feet.")
    check.refresh_from_db()
    assert check.closed_at is None
    Participant.objects.filter(pk=valley.birch.pk).update(status="accepted")
    write(check, valley.birch, "Dry cellars.")
    check.refresh_from_db()
    assert check.closed_at is not None


def test_a_sentence_may_be_changed_until_then(valley: Valley) -> None:
    check = open_check(alliance=valley.alliance)
    first = write(check, valley.ash, "Dry feet.")
    second = write(check, valley.ash, "Dry shoes.", edition=1)
    assert (second.pk, second.text, second.edition) == (first.pk, "Dry shoes.", 2)
    close = [write(check, valley.birch, "Dry cellars."), write(check, valley.elm, "Dry fields.")]
    with pytest.raises(Refused, match="has been closed meanwhile") as refusal:
        write(check, valley.birch, "Wet cellars.", edition=1)
    assert not isinstance(refusal.value, Overtaken)
    close[0].refresh_from_db()
    assert close[0].text == "Dry cellars."


@pytest.mark.parametrize(("began_from", "stored"), [(0, 1), (1, 2)])
def test_of_two_people_of_one_party_the_second_is_told(
    valley: Valley, began_from: int, stored: int
) -> None:
    check = open_check(alliance=valley.alliance)
    colleague = valley.people["Ash"][0]
    for edition in range(stored):
        write_sentence(
            check=check,
            participant=valley.ash,
            text=f"Dry feet {edition}.",
            edition=edition,
            by=colleague,
        )
    with pytest.raises(Overtaken, match=r"^Ash 0 saved this while you were writing") as overtaken:
        write(check, valley.ash, "Mine.", edition=began_from)
    assert overtaken.value.current.text == f"Dry feet {stored - 1}."  # type: ignore[attr-defined]
    assert check.sentences.count() == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (" \n ", "The purpose in a sentence is missing."),
        (
            "x" * 501,
            "The purpose in a sentence has 501 characters, and there is room for 500. Shorten it.",
        ),
        ("a\0b", "The purpose in a sentence holds a character that cannot be stored. Take it out."),
    ],
)
def test_a_wrong_sentence_is_refused(valley: Valley, text: str, message: str) -> None:
    check = open_check(alliance=valley.alliance)
    with pytest.raises(Refused) as refusal:
        write(check, valley.ash, text)
    assert refusal.value.message == message
    assert check.sentences.count() == 0


def test_who_is_no_party_writes_nothing(valley: Valley) -> None:
    check = open_check(alliance=valley.alliance)
    foreign = make_participant(make_alliance("Other"), "Far")
    for participant in (valley.oak, foreign):
        with pytest.raises(Refused, match="has not accepted its seat"):
            write(check, participant, "Dry feet.")
    assert PurposeSentence.objects.count() == 0


def test_the_convener_closes_it_without_the_others(valley: Valley) -> None:
    check = open_check(alliance=valley.alliance, at=MORNING)
    with pytest.raises(Refused, match=r"^Nobody has written yet\. Ask the others first"):
        close_check(check=check)
    write(check, valley.birch, "Dry cellars.")
    with pytest.raises(Refused, match=r"^Only one party has written"):
        close_check(check=check)
    check.refresh_from_db()
    assert check.closed_at is None
    write(check, valley.elm, "Dry fields.")
    closed = close_check(check=check, at=NOON)
    assert (closed.closed_at, closed.silent) == (NOON, ["Ash"])
    # the page was open in two windows
    assert close_check(check=check).closed_at == NOON


def test_a_check_closes_no_earlier_than_it_opened(valley: Valley) -> None:
    check = open_check(alliance=valley.alliance, at=NOON)
    for participant in (valley.ash, valley.birch, valley.elm):
        write(check, participant, "Dry.", at=MORNING)
    check.refresh_from_db()
    assert check.closed_at == NOON


def test_one_is_open_at_a_time_and_another_may_follow(valley: Valley) -> None:
    check = open_check(alliance=valley.alliance)
    with pytest.raises(Refused, match="is open already"):
        open_check(alliance=valley.alliance)
    write(check, valley.ash, "Dry feet.")
    write(check, valley.birch, "Dry cellars.")
    close_check(check=check)
    assert open_check(alliance=valley.alliance).pk != check.pk


def test_two_parties_are_needed(db: None) -> None:
    alliance = make_alliance()
    make_participant(alliance)
    make_participant(alliance, status="invited")
    with pytest.raises(Refused, match="There are no two parties"):
        open_check(alliance=alliance)
    assert PurposeCheck.objects.count() == 0


def test_a_check_that_is_gone(valley: Valley) -> None:
    check = open_check(alliance=valley.alliance)
    gone = PurposeCheck.objects.get(pk=check.pk)
    check.delete()
    for call in (lambda: write(gone, valley.ash, "Dry."), lambda: close_check(check=gone)):
        with pytest.raises(Refused, match="has been removed meanwhile"):
            call()


def test_what_the_page_is_told_of_an_open_check(valley: Valley) -> None:
    valley.people["Elm"][0].is_active = False
    valley.people["Elm"][0].save()
    check = open_check(alliance=valley.alliance)
    write(check, valley.ash, "Secret of Ash.")
    page = purpose_page(alliance=valley.alliance, own=valley.birch)
    assert page is not None
    assert page.open is not None
    assert [(p.name, p.has_written, p.has_account) for p in page.open.parties] == [
        ("Ash", True, True),
        ("Birch", False, True),
        ("Elm", False, False),
    ]
    assert (page.open.written, page.open.silent_names) == (1, "Birch and Elm")
    assert [party.name for party in page.locked_out] == ["Elm"]
    assert (page.open.own, page.open.may_be_closed, page.may_be_opened) == (None, False, False)
    assert "Secret" not in repr(page)
    own = purpose_page(alliance=valley.alliance, own=valley.ash)
    assert own is not None
    assert own.open is not None
    assert own.open.own is not None
    assert own.open.own.text == "Secret of Ash."


def closed(valley: Valley, *texts: str) -> Any:
    check = open_check(alliance=valley.alliance)
    for participant, text in zip((valley.ash, valley.birch, valley.elm), texts, strict=False):
        write(check, participant, text)
    check.refresh_from_db()
    if check.closed_at is None:
        close_check(check=check)
    page = purpose_page(alliance=valley.alliance, own=None)
    assert page is not None
    return page.closed


@pytest.mark.parametrize(
    ("texts", "in_common", "when"),
    [
        (
            ("A dry valley by 2031", "Dry cellars in the valley", "A green valley"),
            "Three parties, one word in common: valley.",
            "Nobody but Ash says when.",
        ),
        (
            ("Dry feet", "Warm hands", "Cool heads"),
            "Three parties, no word in common.",
            "Nobody says when.",
        ),
        (
            ("A dry valley by 2031", "The dry green valley by 2033", "Dry valleys"),
            "Three parties, two words in common: dry and valley.",
            "Two of three say when, and they name 2031 and 2033.",
        ),
        (
            ("A dry valley by 2031", "In 2031, a dry valley", "2031: the valley is dry"),
            "Three parties, and the same words from each.",
            "Each says when.",
        ),
        (
            ("Dry by 2031", "Dry by 2028", "Dry next winter"),
            "Three parties, one word in common: Dry.",
            "Each says when, and together they name 2028 and 2031.",
        ),
        (
            ("a1 b2 c3 d4 e5 f6 g7 h8", "a1 b2 c3 d4 e5 f6 g7"),
            "Two parties, seven words in common.",
            "Nobody says when.",
        ),
    ],
)
def test_the_finding(valley: Valley, texts: tuple[str, ...], in_common: str, when: str) -> None:
    found = closed(valley, *texts)
    assert (found.in_common, found.when) == (in_common, when)


def test_who_uses_which_word(valley: Valley) -> None:
    found = closed(valley, "Dry green valley", "Dry grey valley", "Deep valley")
    assert [(use.text, use.places, use.by, use.count) for use in found.in_several] == [
        ("valley", [True, True, True], "All", 3),
        ("Dry", [True, True, False], "All but Elm", 2),
    ]
    assert [(s.name, s.only_here) for s in found.sentences] == [
        ("Ash", ["green"]),
        ("Birch", ["grey"]),
        ("Elm", ["Deep"]),
    ]
    assert (found.in_all, found.in_one, found.dated, found.years) == (["valley"], 3, 0, [])


def test_earlier_checks_stay_readable_and_open_ones_cannot_be_chosen(valley: Valley) -> None:
    closed(valley, "Dry feet", "Dry cellars")
    first = PurposeCheck.objects.get()
    closed(valley, "Wet feet", "Wet cellars")
    open_ = open_check(alliance=valley.alliance)
    page = purpose_page(alliance=valley.alliance, own=None)
    assert page is not None
    assert page.open is not None
    assert page.closed is None
    assert [check.pk for check in page.others] == [first.pk + 1, first.pk]
    earlier = purpose_page(alliance=valley.alliance, own=None, chosen=first.pk)
    assert earlier is not None
    assert earlier.closed is not None
    assert earlier.closed.in_common == "Two parties, one word in common: Dry."
    assert earlier.closed.silent_names == "Elm"
    for chosen in (open_.pk, 10**30, 0):
        assert purpose_page(alliance=valley.alliance, own=None, chosen=chosen) is None


@pytest.mark.parametrize("parties", [3, 300])
def test_as_many_queries_however_many_parties(
    db: None, django_assert_num_queries: Any, parties: int
) -> None:
    alliance = make_alliance()
    Participant.objects.bulk_create(
        Participant(alliance=alliance, name=f"Party {n:03}", status="accepted")
        for n in range(parties)
    )
    everyone = list(alliance.participants.all())
    check = open_check(alliance=alliance)
    PurposeSentence.objects.bulk_create(
        PurposeSentence(check_held=check, participant=participant, text=f"Dry feet {n} by 2031")
        for n, participant in enumerate(everyone[1:])
    )
    with django_assert_num_queries(4):
        page = purpose_page(alliance=alliance, own=everyone[1])
        assert page is not None
        assert page.open is not None
        assert page.open.written == parties - 1
    write(check, everyone[0], "Dry feet")
    with django_assert_num_queries(3):
        page = purpose_page(alliance=alliance, own=everyone[1])
        assert page is not None
        assert page.closed is not None
        assert len(page.closed.sentences) == parties
