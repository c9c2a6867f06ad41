"""The pages on which a charter is written, as the convener, the other convener and a member see them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alliances.models import (
    CharterVersion,
    WorkingRule,
)
from alliances.services.charter.life import circulate
from alliances.services.charter.overview import (
    joined,
    on_record,
)
from alliances.services.charter.sections import SECTIONS
from tests.alliances.charter.pages import at, client_of, page
from tests.alliances.charter.worlds import LIGHT, MadeCharter, make_charter
from tests.factories import make_participant, make_representative

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def made() -> MadeCharter:
    """A draft that is light, and done."""
    return make_charter(2, circulated=False)


@pytest.fixture
def convener(made: MadeCharter) -> Client:
    return client_of(made.convener)


def content(made: MadeCharter, code: str) -> dict[str, str]:
    return made.version.sections.get(code=code).content


def errors(answer: Any) -> list[str]:
    return list(answer.context["form"].non_field_errors())


# --- beginning, settings, discarding


def test_a_charter_is_begun_on_a_page(made: MadeCharter, convener: Client) -> None:
    address = reverse("charter_start", args=[made.alliance.pk])
    answer = convener.post(address, {"depth": "full", "ratify_by": "all"})
    assert answer.status_code == 422
    assert "Version 1 is being written already" in errors(answer)[0]
    CharterVersion.objects.all().delete()
    assert convener.get(address).status_code == 200
    answer = convener.post(address, {"depth": "full", "ratify_by": "share", "ratify_share": "75"})
    assert answer["Location"] == page(made)
    begun = CharterVersion.objects.get()
    assert (begun.depth, begun.ratify_by, begun.ratify_share) == ("full", "share", 75)
    assert begun.changed_by == made.convener


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"depth": "deep", "ratify_by": "all"},
        {"depth": "full", "ratify_by": "share"},
        {"depth": "full", "ratify_by": "all", "ratify_share": "75"},
        {"depth": "full", "ratify_by": "share", "ratify_share": "9" * 5000},
        {"depth": "full", "ratify_by": "share", "ratify_share": "a\0b"},
        {"depth": "full\0", "ratify_by": "x" * 100_000},
    ],
)
def test_what_a_charter_is_not_begun_with(
    made: MadeCharter, convener: Client, sent: dict[str, str]
) -> None:
    CharterVersion.objects.all().delete()
    answer = convener.post(reverse("charter_start", args=[made.alliance.pk]), sent)
    assert answer.status_code == 422
    assert not CharterVersion.objects.exists()


def test_settings_on_their_page(made: MadeCharter, convener: Client) -> None:
    address = reverse("charter_settings", args=[made.version.pk])
    shown = convener.get(address).context["form"].initial
    sent = {**{name: value or "" for name, value in shown.items()}, "reason": "Why not."}
    assert convener.post(address, sent).status_code == 302
    assert made.fresh().reason == "Why not."
    late = convener.post(address, {**sent, "depth": "full", "reason": "Mine."})
    assert late.status_code == 409
    told = late.content.decode()
    assert "Stored now, and written by you" in told
    assert "Mine." in told
    assert made.fresh().reason == "Why not."


def test_a_draft_is_discarded_after_asking(made: MadeCharter, convener: Client) -> None:
    address = reverse("charter_discard", args=[made.version.pk])
    assert "cannot be brought back" in convener.get(address).content.decode()
    assert made.fresh().pk == made.version.pk
    assert convener.post(address)["Location"] == page(made)
    assert not CharterVersion.objects.exists()
    assert convener.get(address).status_code == 404


def test_pages_of_a_draft_lead_back_once_it_is_circulated(
    made: MadeCharter, convener: Client
) -> None:
    circulate(version=made.version, by=made.convener)
    for address in (
        reverse("charter_settings", args=[made.version.pk]),
        reverse("charter_discard", args=[made.version.pk]),
        at(made, "scope"),
    ):
        assert convener.get(address)["Location"] == page(made)
    answer = convener.post(reverse("charter_discard", args=[made.version.pk]))
    assert answer.status_code == 422
    assert made.fresh().status == "circulated"


# --- a section


def test_every_section_has_its_page(made: MadeCharter, convener: Client) -> None:
    for number, one in enumerate(SECTIONS, start=1):
        code = one.code
        answer = convener.get(at(made, code))
        assert answer.status_code == 200
        assert f"Section {number} of 12" in answer.content.decode()
    for code in ("weather", "Scope", "x" * 300):
        assert convener.get(at(made, code)).status_code == 404
        assert convener.post(at(made, code)).status_code == 404


def test_saving_goes_on_or_back(made: MadeCharter, convener: Client) -> None:
    sent = {"edition": "1", "in": "The valley.", "out": "The hills."}
    answer = convener.post(at(made, "scope"), {**sent, "go": "on"})
    assert answer["Location"] == at(made, "purpose")
    assert content(made, "scope") == {"in": "The valley.", "out": "The hills."}
    answer = convener.post(at(made, "scope"), {**sent, "edition": "2", "go": "back"})
    assert answer["Location"] == f"{page(made)}#section-scope"
    answer = convener.post(at(made, "term"), {"edition": "1", "review": "2030-01-31", "go": "on"})
    assert answer["Location"] == f"{page(made)}#section-term"


def test_what_is_stored_stands_in_the_fields(made: MadeCharter, convener: Client) -> None:
    convener.post(
        at(made, "decisions"),
        {"edition": "1", "method": "qualified", "share": "75", "fallback": "</textarea><b>x"},
    )
    told = convener.get(at(made, "decisions")).content.decode()
    assert 'value="75"' in told
    assert "&lt;/textarea&gt;&lt;b&gt;x" in told
    assert "</textarea><b>" not in told
    form = convener.get(at(made, "term")).context["form"]
    assert 'value="2030-01-31"' in str(form["review"])


def test_the_second_of_two_sees_both_texts_and_loses_none(
    made: MadeCharter, convener: Client
) -> None:
    theirs = {"edition": "1", "in": "The valley and its hills.", "out": "The coast."}
    mine = {"edition": "1", "in": "The valley and the sea.", "out": "The coast."}
    convener.post(at(made, "scope"), theirs)
    answer = convener.post(at(made, "scope"), mine)
    assert answer.status_code == 409
    form = answer.context["form"]
    assert [(one.label, one.stored, one.written) for one in form.beside] == [
        ("In scope", "The valley and its hills.", "The valley and the sea.")
    ]
    assert "saved this while you were writing" in errors(answer)[0]
    assert str(form["edition"]).count('value="2"') == 1
    assert "The valley and the sea." in str(form["in"])
    assert content(made, "scope")["in"] == "The valley and its hills."
    convener.post(at(made, "scope"), {**mine, "edition": "2"})
    assert content(made, "scope")["in"] == "The valley and the sea."


def test_two_who_write_a_section_for_the_first_time(made: MadeCharter, convener: Client) -> None:
    assert convener.post(at(made, "rules"), {"edition": "0", "rules": "Theirs."}).status_code == 302
    for edition in ("0", "", "x", "-1", "9" * 400):
        answer = convener.post(at(made, "rules"), {"edition": edition, "rules": "Mine."})
        assert answer.status_code in (409, 422), edition
        assert "Mine." in answer.content.decode()
    assert content(made, "rules") == {"rules": "Theirs."}


def test_choices_and_days_are_compared_in_words(made: MadeCharter, convener: Client) -> None:
    convener.post(at(made, "decisions"), {"edition": "1", "method": "leader", "fallback": "-"})
    answer = convener.post(at(made, "decisions"), {"edition": "1", "method": "majority"})
    beside = {one.label: (one.stored, one.written) for one in answer.context["form"].beside}
    assert beside["Method"] == (
        "The leader decides after hearing all parties",
        "Majority: more than half of the parties",
    )
    convener.post(at(made, "term"), {"edition": "1", "review": "2031-01-31"})
    answer = convener.post(at(made, "term"), {"edition": "1", "review": "2032-01-31"})
    [review] = answer.context["form"].beside
    assert (review.stored, review.written) == (
        "31\xa0January\xa02031",
        "31\xa0January\xa02032",
    )


def test_what_was_written_stays_where_the_version_was_circulated_meanwhile(
    made: MadeCharter, convener: Client
) -> None:
    circulate(version=made.version, by=made.convener)
    answer = convener.post(at(made, "rules"), {"edition": "0", "rules": "A whole evening’s work."})
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "Version 1 has been circulated meanwhile" in errors(answer)[0]
    assert "A whole evening’s work." in told
    assert 'name="go"' not in told
    assert "readonly" in told
    assert not made.version.sections.filter(code="rules").exists()


def test_what_was_written_stays_where_the_draft_goes_in_that_moment(
    made: MadeCharter, convener: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from alliances.views import charter

    real = charter.write_section

    def late(**given: Any) -> Any:
        CharterVersion.objects.all().delete()
        return real(**given)

    monkeypatch.setattr(charter, "write_section", late)
    answer = convener.post(at(made, "rules"), {"edition": "0", "rules": "A whole evening’s work."})
    assert answer.status_code == 422
    assert "A whole evening’s work." in answer.content.decode()
    assert "has been removed meanwhile" in errors(answer)[0]


ODD = [
    ("scope", {"in": "a\0b"}),
    ("scope", {"in": "x" * 200_001}),
    ("purpose", {"statement": "x" * 501}),
    ("decisions", {"method": "dice"}),
    ("decisions", {"method": "qualified", "share": "100"}),
    ("decisions", {"method": "qualified", "share": "1e2"}),
    ("decisions", {"method": "consensus", "share": "75"}),
    ("governance", {"free-standing": "perhaps\0"}),
    ("resources", {"model": "own", "trustees": "Three of us."}),
    ("term", {"review": "tomorrow"}),
    ("term", {"review": "99999-01-01", "until": "0000-00-00"}),
    ("term", {"review": "2030-01-01\0"}),
]


@pytest.mark.parametrize(("code", "sent"), ODD)
def test_what_a_section_refuses_stays_on_the_page(
    made: MadeCharter, convener: Client, code: str, sent: dict[str, str]
) -> None:
    edition = {"edition": "1"} if code in LIGHT else {}
    before = list(made.version.sections.values_list("code", "content"))
    answer = convener.post(at(made, code), {**edition, **sent})
    assert answer.status_code == 422
    assert list(made.version.sections.values_list("code", "content")) == before


def test_a_hundred_thousand_characters_from_a_word_processor(
    made: MadeCharter, convener: Client
) -> None:
    pasted = "“Smart” – quotes…\r\n\x0bsoft break\x0cpage break\x07 \t• point <b>&amp;\r\n" * 1700
    assert len(pasted) > 100_000
    answer = convener.post(at(made, "problem"), {"edition": "1", "problem": pasted, "go": "back"})
    assert answer.status_code == 302
    stored = content(made, "problem")["problem"]
    assert stored.startswith("“Smart” – quotes…\n\nsoft break\npage break \t• point <b>&amp;\n")
    assert stored.count("• point <b>&amp;") == 1700
    told = convener.get(at(made, "problem")).content.decode()
    assert told.count("• point &lt;b&gt;&amp;amp;") == 1700
    assert convener.get(page(made)).status_code == 200


# --- what the records say already


def test_working_rules_are_taken_over_without_saving(made: MadeCharter, convener: Client) -> None:
    assert "Take over" not in convener.get(at(made, "rules")).content.decode()
    for text in ("Be on time.", "Bring two ways."):
        WorkingRule.objects.create(alliance=made.alliance, text=text)
    assert "Take over the working rules" in convener.get(at(made, "rules")).content.decode()
    sent = {"edition": "0", "rules": "Be on time.\r\nOurs.", "take": "1"}
    answer = convener.post(at(made, "rules"), sent)
    assert answer.status_code == 200
    assert "Be on time.\nOurs.\nBring two ways.</textarea>" in str(
        answer.context["form"]["rules"]
    ).replace("\r\n", "\n")
    assert "Nothing is stored until you save." in answer.content.decode()
    assert not made.version.sections.filter(code="rules").exists()


def test_who_leads_is_on_record(made: MadeCharter) -> None:
    ash, birch = made.parties
    make_representative(ash, "Ada Bell", role="leader", title="Engineer", days_a_month="2.5")
    make_representative(ash, "Cy Dorn", role="convener", days_a_month="1")
    make_representative(birch, "Eve Fox", role="representative", days_a_month="10")
    make_representative(birch, "Gil Hue", role="leader")
    away = make_participant(made.alliance, "Away", status="left")
    make_representative(away, "Gone", role="leader", days_a_month="5")
    assert on_record(alliance=made.alliance, code="roles") == {
        "roles": [
            "Convener: Cy Dorn (Ash)",
            "Leader: Ada Bell, Engineer (Ash)",
            "Leader: Gil Hue (Birch)",
        ],
        "time": [
            "Ada Bell, Engineer (Ash): 2.5 days a month",
            "Cy Dorn (Ash): 1 day a month",
            "Eve Fox (Birch): 10 days a month",
        ],
    }
    assert on_record(alliance=made.alliance, code="scope") == {}


def test_joining_lines_adds_what_is_not_there() -> None:
    assert joined("", ["a", "b"]) == "a\nb"
    assert joined("b \r\nc\n\n", ["a", "b"]) == "b \r\nc\na"
    assert joined(" \n", ["a"]) == "a"
    assert joined("x", []) == "x"


# --- hints


def test_hints_without_javascript(made: MadeCharter, convener: Client) -> None:
    told = convener.get(at(made, "purpose")).content.decode()
    assert "No house under water" in told
    assert 'id="hints-said"' in told
    sent = {"edition": "1", "statement": "Explore synergies <b>", "success": "Mine.", "check": "1"}
    answer = convener.post(at(made, "purpose"), sent)
    assert answer.status_code == 200
    told = answer.content.decode()
    assert "“synergies”" in told
    assert "Mine." in told
    assert "Explore synergies &lt;b&gt;" in told
    assert content(made, "purpose") == LIGHT["purpose"]


def test_hints_for_a_script(made: MadeCharter, convener: Client) -> None:
    address = reverse("charter_hints", args=[made.version.pk])
    answer = convener.post(address, {"statement": "Explore <i>synergies</i>."})
    told = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in told
    assert "“synergies”" in told
    assert "<i>" not in told
    assert "as soon as there is a sentence" in convener.post(address).content.decode()
    assert convener.post(address, {"statement": "x\0" * 100_000}).status_code == 200
    assert convener.get(address).status_code == 405


def test_only_the_purpose_has_hints(made: MadeCharter, convener: Client) -> None:
    told = convener.get(at(made, "scope")).content.decode()
    assert "htmx" not in told
    assert "Check the wording" not in told
