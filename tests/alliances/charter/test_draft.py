"""A charter is written: begun, filled section by section, changed by two at once, discarded."""

from __future__ import annotations

from typing import Any

import pytest

from alliances.errors import Refused
from alliances.models import CharterSection, CharterVersion
from alliances.services.charter.draft import (
    change_settings,
    copy_sections,
    discard_draft,
    start_charter,
    write_section,
)
from alliances.services.charter.life import circulate
from alliances.services.records import Overtaken
from tests.alliances.charter.worlds import LIGHT, MadeCharter, make_charter
from tests.factories import make_alliance, make_user

pytestmark = pytest.mark.django_db

Status = CharterVersion.Status


def start(**given: Any) -> CharterVersion:
    alliance = given.pop("alliance", None) or make_alliance()
    return start_charter(
        alliance=alliance,
        **{"depth": "full", "ratify_by": "all", "ratify_share": None, "by": None} | given,
    )


def write(
    version: CharterVersion, code: str, edition: int = 0, by: Any = None, **content: Any
) -> CharterSection:
    return write_section(version=version, code=code, edition=edition, by=by, content=content)


# --- begun


def test_a_first_version_is_begun() -> None:
    user = make_user(name="Ada")
    version = start(depth="light", ratify_by="share", ratify_share=75, by=user)
    version.refresh_from_db()
    assert (version.number, version.status, version.depth) == (1, "draft", "light")
    assert (version.ratify_by, version.ratify_share) == ("share", 75)
    assert (version.changed_by, version.edition, version.text) == (user, 1, "")
    assert not version.sections.exists()


WRONG = [
    ({"depth": "deep"}, "must be one of: light, full"),
    ({"ratify_by": "dice"}, "must be one of: all, all-but-one, share, majority"),
    ({"ratify_by": "share"}, "Give the share"),
    ({"ratify_by": "all", "ratify_share": 75}, "Give the share"),
    ({"ratify_by": "share", "ratify_share": 50}, "greater than or equal to 51"),
    ({"ratify_by": "share", "ratify_share": 100}, "less than or equal to 99"),
    ({"ratify_by": "share", "ratify_share": 10**30}, "less than or equal to 99"),
    ({"depth": "full\0"}, "must be one of"),
]


@pytest.mark.parametrize(("given", "said"), WRONG)
def test_what_a_charter_does_not_begin_with(given: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused) as refusal:
        start(**given)
    assert said in str(refusal.value)
    assert not CharterVersion.objects.exists()


def test_one_version_is_under_way_at_a_time() -> None:
    alliance = make_alliance()
    start(alliance=alliance)
    with pytest.raises(Refused, match="Version 1 is being written already"):
        start(alliance=alliance)
    made = make_charter()
    with pytest.raises(Refused, match="Version 1 is out for signing"):
        start(alliance=made.alliance)


def test_the_next_version_counts_on() -> None:
    made = make_charter(2)
    made.sign(0)
    made.sign(1)
    assert made.fresh().status == Status.RATIFIED
    assert start(alliance=made.alliance).number == 2


# --- settings


def test_settings_are_changed() -> None:
    user = make_user(name="Ada")
    version = start()
    changed = change_settings(
        version=version,
        edition=1,
        by=user,
        depth="light",
        ratify_by="share",
        ratify_share=66,
        reason="Fewer\r\nwords.",
    )
    changed.refresh_from_db()
    assert (changed.depth, changed.ratify_by, changed.ratify_share) == ("light", "share", 66)
    assert (changed.reason, changed.edition, changed.changed_by) == ("Fewer\nwords.", 2, user)


def settings_of(version: CharterVersion, **given: Any) -> dict[str, Any]:
    return {
        "version": version,
        "edition": version.edition,
        "by": None,
        "depth": version.depth,
        "ratify_by": version.ratify_by,
        "ratify_share": version.ratify_share,
        "reason": version.reason,
    } | given


def test_the_second_who_changes_settings_is_told() -> None:
    version = start()
    change_settings(**settings_of(version, depth="light"))
    with pytest.raises(Overtaken) as overtaken:
        change_settings(**settings_of(version, reason="Mine."))
    assert overtaken.value.current.depth == "light"  # type: ignore[attr-defined]
    version.refresh_from_db()
    assert (version.depth, version.reason) == ("light", "")


def test_settings_are_fixed_from_circulation_on() -> None:
    made = make_charter()
    with pytest.raises(Refused, match="has been circulated meanwhile"):
        change_settings(**settings_of(made.fresh(), reason="More."))
    assert made.fresh().reason == ""


# --- sections


def test_a_section_is_written_and_changed() -> None:
    ada, ben = make_user(name="Ada"), make_user(name="Ben")
    version = start()
    first = write(version, "scope", by=ada, **{"in": " The valley.\r\n", "out": ""})
    assert (first.edition, first.content, first.changed_by) == (1, {"in": "The valley."}, ada)
    second = write(
        version, "scope", edition=1, by=ben, **{"in": "The valley.", "out": "The coast."}
    )
    assert second.pk == first.pk
    second.refresh_from_db()
    assert second.content == {"in": "The valley.", "out": "The coast."}
    assert (second.edition, second.changed_by) == (2, ben)


def test_writing_the_same_counts_for_nothing() -> None:
    version = start()
    write(version, "rules", rules="Be on time.")
    again = write(version, "rules", edition=1, by=make_user(), rules="Be on time. ")
    assert (again.edition, again.changed_by) == (1, None)


def test_nothing_written_where_nothing_stood_makes_no_row() -> None:
    version = start()
    assert write(version, "rules", rules=" ").edition == 0
    assert not CharterSection.objects.exists()


def test_a_section_can_be_emptied_again() -> None:
    version = start()
    write(version, "rules", rules="Be on time.")
    assert write(version, "rules", edition=1).content == {}
    assert CharterSection.objects.get().edition == 2


def test_the_second_of_two_is_told_and_sees_what_is_stored() -> None:
    ada = make_user(name="Ada")
    version = start()
    write(version, "rules", rules="One.")
    write(version, "rules", edition=1, by=ada, rules="Ada’s.")
    with pytest.raises(Overtaken, match="Ada saved this while you were writing") as overtaken:
        write(version, "rules", edition=1, rules="Mine.")
    current = overtaken.value.current
    assert isinstance(current, CharterSection)
    assert (current.content, current.edition) == ({"rules": "Ada’s."}, 2)
    write(version, "rules", edition=2, rules="Both.")
    assert CharterSection.objects.get().content == {"rules": "Both."}


def test_the_second_of_two_who_write_a_section_first_is_told_too() -> None:
    version = start()
    write(version, "rules", by=make_user(name="Ada"), rules="Ada’s.")
    with pytest.raises(Overtaken, match="Ada saved this"):
        write(version, "rules", edition=0, rules="Mine.")
    assert CharterSection.objects.get().content == {"rules": "Ada’s."}


def test_a_circulated_version_is_written_no_more() -> None:
    made = make_charter()
    with pytest.raises(Refused, match="Version 1 has been circulated meanwhile"):
        write(made.version, "scope", edition=1, **{"in": "The world."})
    assert made.version.sections.get(code="scope").content == LIGHT["scope"]


def test_a_discarded_version_is_written_no_more() -> None:
    version = start()
    CharterVersion.objects.all().delete()
    with pytest.raises(Refused, match="has been removed meanwhile"):
        write(version, "rules", rules="Be on time.")


CONTENTS_WRONG = [
    ("weather", {}, ["A charter has no such section."]),
    ("scope", {"around": "x"}, ["“Scope” has no part “around”."]),
    ("scope", {"in": None}, ["In scope is written as a text."]),
    ("scope", {"in": ["x"]}, ["In scope is written as a text."]),
    ("scope", {"in": "a\0b"}, ["In scope holds a character that cannot be stored. Take it out."]),
    (
        "scope",
        {"in": "x" * 200_001, "out": "\ud800"},
        [
            "In scope has 200001 characters, and there is room for 200000. Shorten it.",
            "Out of scope holds a character that cannot be stored. Take it out.",
        ],
    ),
    (
        "purpose",
        {"statement": "x" * 501},
        ["The purpose in one sentence has 501 characters, and there is room for 500. Shorten it."],
    ),
    (
        "governance",
        {"free-standing": "perhaps"},
        ["Does it stand free of the parties’ own hierarchies? must be one of: yes, partly, no."],
    ),
    (
        "decisions",
        {"method": "qualified", "share": "50"},
        ["Share of the parties, in per cent is a whole number from 51 to 99."],
    ),
    (
        "decisions",
        {"method": "qualified", "share": "75.5"},
        ["Share of the parties, in per cent is a whole number from 51 to 99."],
    ),
    (
        "decisions",
        {"method": "qualified", "share": "٧٥"},
        ["Share of the parties, in per cent is a whole number from 51 to 99."],
    ),
    (
        "decisions",
        {"method": "consensus", "share": "75"},
        [
            "“Share of the parties, in per cent” stands with “Qualified majority: a share of the "
            "parties that you set” alone. Take it out, or choose that."
        ],
    ),
    (
        "resources",
        {"model": "own", "trustees": "Three of us."},
        [
            "“Trustees” stands with “A common fund with trustees” alone. Take it out, or choose that."
        ],
    ),
    (
        "term",
        {"until": "next year", "review": "2029-02-30"},
        [
            "The charter holds until: write the day as year-month-day, like 2029-03-31.",
            "The parties review it on: write the day as year-month-day, like 2029-03-31.",
        ],
    ),
]


@pytest.mark.parametrize(("code", "content", "said"), CONTENTS_WRONG)
def test_what_no_section_takes(code: str, content: dict[str, Any], said: list[str]) -> None:
    version = start()
    with pytest.raises(Refused) as refusal:
        write(version, code, **content)
    assert [refusal.value.message, *refusal.value.details] == said
    assert not CharterSection.objects.exists()


def test_all_or_nothing() -> None:
    version = start()
    write(version, "scope", **{"in": "The valley."})
    with pytest.raises(Refused):
        write(version, "scope", edition=1, **{"in": "The world.", "out": "\0"})
    assert CharterSection.objects.get().content == {"in": "The valley."}


def test_what_a_section_takes() -> None:
    version = start()
    long = "word " * 40_000
    word = "One\x0btwo\x0c\u2028three\ufeff\x07"
    assert write(version, "problem", problem=long, **{"nothing-done": word}).content == {
        "problem": long.strip(),
        "nothing-done": "One\ntwo\n\nthree",
    }
    assert write(version, "purpose", statement="One\r\n line ").content == {"statement": "One line"}
    assert write(version, "decisions", method="qualified", share=" 075 ").content == {
        "method": "qualified",
        "share": "75",
    }
    # a review in the past is remarked on, and no reason to refuse
    assert write(version, "term", review="1999-01-01").content == {"review": "1999-01-01"}
    html = "<script>alert(1)</script> & {{ x }}"
    assert write(version, "rules", rules=html).content == {"rules": html}


def test_a_writer_sees_at_once_what_would_be_frozen() -> None:
    """Marks that turn figures around, and letters that nobody sees, are gone when it is saved."""
    version = start()
    typed = "A : B = \u200f30 / 70\u200f per\u200b cent\U000e0041"
    assert write(version, "problem", problem=typed).content == {
        "problem": "A : B = 30 / 70 per cent"
    }
    assert write(version, "purpose", statement=typed).content == {
        "statement": "A : B = 30 / 70 per cent"
    }


# --- discarded and copied


def test_a_draft_is_discarded_with_its_sections() -> None:
    version = start()
    write(version, "rules", rules="Be on time.")
    discard_draft(version=version)
    assert not CharterVersion.objects.exists()
    assert not CharterSection.objects.exists()
    discard_draft(version=version)  # gone already


def test_what_others_have_seen_is_not_discarded() -> None:
    made = make_charter()
    with pytest.raises(Refused, match="has been circulated meanwhile"):
        discard_draft(version=made.version)
    assert made.fresh().status == Status.CIRCULATED


def ratified() -> MadeCharter:
    made = make_charter(2)
    made.sign(0)
    made.sign(1)
    return made


def test_sections_are_copied_into_an_empty_draft() -> None:
    made = ratified()
    user = make_user(name="Ada")
    target = start(alliance=made.alliance)
    copy_sections(source=made.version, target=target, by=user)
    assert {one.code: one.content for one in target.sections.all()} == LIGHT
    assert {(one.edition, one.changed_by) for one in target.sections.all()} == {(1, user)}
    write(target, "scope", edition=1, **{"in": "More."})
    assert made.version.sections.get(code="scope").content == LIGHT["scope"]
    with pytest.raises(Refused, match="is written in this draft already"):
        copy_sections(source=made.version, target=target)


def test_where_sections_are_not_copied() -> None:
    made, other = ratified(), start()
    with pytest.raises(Refused, match="same alliance"):
        copy_sections(source=made.version, target=other)
    with pytest.raises(Refused, match="text is fixed"):
        copy_sections(source=made.version, target=made.version)


def test_a_section_written_is_a_section_circulated() -> None:
    made = make_charter(2, circulated=False)
    write(made.version, "rules", rules="<b>Be on time.</b>")
    circulate(version=made.version, by=made.convener)
    assert "    <b>Be on time.</b>\n" in made.fresh().text
