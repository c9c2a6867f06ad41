"""A list becomes participants and people: all of it, or nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from alliances.errors import Refused
from alliances.models import Participant, Representative
from alliances.services.people_import import import_people, preview_people
from tests.alliances.conftest import House
from tests.languages import Words, spoken

LIST = """organisation\tinterest\tstatus\tname\temail\tposition\trole
Wetlands Trust\tbirds\tAccepted\tJo Fen\tjo@wet.example\tDirector\tLeader
wetlands trust\t\t\tKim Reed\tkim@wet.example\t\t
County Council\tsomething else\tdeclined\tInes Other\tINES@council.example\tBoss\tsponsor
County Council\t\t\tPaul Oak\tpaul@council.example\t\tobserver
Old Mill Society
"""


def _stored() -> list[tuple[str, str, str, list[tuple[str, str, str, str]]]]:
    return [
        (
            participant.name,
            participant.interest,
            participant.status,
            [
                (person.name, person.email, person.title, person.role)
                for person in participant.representatives.all()
            ],
        )
        for participant in Participant.objects.order_by("name")
    ]


BEFORE = [
    (
        "County Council",
        "households",
        "accepted",
        [("Ines Arroyo", "ines@council.example", "Director", "leader")],
    ),
    ("Eastline Rail", "", "invited", []),
]


def test_a_list_is_stored_beside_what_is_there(house: House) -> None:
    plan = import_people(alliance=house.alliance, text=LIST)
    assert _stored() == [
        (
            "County Council",
            "households",
            "accepted",
            [
                ("Ines Arroyo", "ines@council.example", "Director", "leader"),
                ("Paul Oak", "paul@council.example", "", "observer"),
            ],
        ),
        ("Eastline Rail", "", "invited", []),
        ("Old Mill Society", "", "invited", []),
        (
            "Wetlands Trust",
            "birds",
            "accepted",
            [
                ("Jo Fen", "jo@wet.example", "Director", "leader"),
                ("Kim Reed", "kim@wet.example", "", "representative"),
            ],
        ),
    ]
    assert (plan.new_organisations, plan.known_organisations) == (2, 1)
    assert (plan.new_people, plan.known_people) == (3, 1)


def test_a_preview_says_the_same_and_stores_nothing(house: House) -> None:
    plan = preview_people(alliance=house.alliance, text=LIST)
    assert [
        (
            listed.line,
            listed.name,
            listed.is_new,
            [(p.line, p.name, p.is_new) for p in listed.people],
        )
        for listed in plan.organisations
    ] == [
        (2, "Wetlands Trust", True, [(2, "Jo Fen", True), (3, "Kim Reed", True)]),
        (4, "County Council", False, [(4, "Ines Arroyo", False), (5, "Paul Oak", True)]),
        (6, "Old Mill Society", True, []),
    ]
    assert _stored() == BEFORE


def test_a_second_time_adds_nothing(house: House) -> None:
    import_people(alliance=house.alliance, text=LIST)
    before = _stored()
    plan = import_people(alliance=house.alliance, text=LIST)
    assert plan.adds_nothing
    assert (plan.known_organisations, plan.known_people) == (3, 4)
    assert _stored() == before


def test_another_alliance_does_not_count(house: House) -> None:
    plan = import_people(alliance=house.other, text="County Council,,,Ines,ines@council.example")
    assert (plan.new_organisations, plan.new_people) == (1, 1)
    assert house.council.representatives.count() == 1


@pytest.mark.parametrize(
    ("text", "details"),
    [
        (
            "New,,,Ann,ann@new.example\nNew,,,Ann,ANN@new.example",
            ["Line 2: ANN@new.example stands on line 1 already."],
        ),
        (
            "Rails,,,Ines,ines@council.example",
            [
                "Line 1: ines@council.example is there already, as Ines Arroyo of County Council.",
            ],
        ),
        (
            "New,,,Ann,ann@new.example,,boss",
            [
                "Line 1: “boss” is no role. Write one of: convener, leader, representative, "
                "sponsor, observer."
            ],
        ),
        (
            "New,,sleeping",
            ["Line 1: “sleeping” is no status. Write one of: invited, accepted, declined, left."],
        ),
        (",birds", ["Line 1: The organisation is missing."]),
        (
            "New,,,Ann,ann\nNew,,,,b@new.example\nNew,,,Cleo",
            [
                "Line 1: “ann” is not an e-mail address. Write it like name@example.org.",
                "Line 2: The name is missing.",
                "Line 3: The e-mail address is missing.",
            ],
        ),
        (
            "New,birds,accepted\n\nnew,frogs,declined\nNew,,left",
            [
                "Line 3: the interest of New is “frogs” here and “birds” on line 1.",
                "Line 4: the status of New is “left” here and “accepted” on line 1.",
            ],
        ),
        (
            "x" * 121,
            ["Line 1: The organisation has 121 characters, and there is room for 120. Shorten it."],
        ),
        (
            "N\x07ew",
            ["Line 1: The organisation holds a character that cannot be stored. Take it out."],
        ),
    ],
    ids=[
        "doubled in the list",
        "elsewhere in the alliance",
        "role",
        "status",
        "no organisation",
        "half a person",
        "lines that disagree",
        "long",
        "bell",
    ],
)
def test_one_wrong_line_stores_nothing(house: House, text: str, details: list[str]) -> None:
    text = f"{text}\nRight Organisation,,,Right,right@right.example"
    with pytest.raises(Refused) as refusal:
        import_people(alliance=house.alliance, text=text)
    assert refusal.value.details == details
    with pytest.raises(Refused) as refusal:
        preview_people(alliance=house.alliance, text=text)
    assert refusal.value.details == details
    assert _stored() == BEFORE


def test_two_thousand_people_take_few_queries(house: House, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    text = "\n".join(f"Organisation {n % 200},,,Person {n},p{n}@many.example" for n in range(2000))
    # On SQLite 48, for it takes 999 values at a time: 38 inserts of people, not 2,000; five to record it.
    with django_assert_max_num_queries(48):
        import_people(alliance=house.alliance, text=text)
    assert Representative.objects.filter(participant__alliance=house.alliance).count() == 2001


FRENCH = Words(
    "fr",
    {
        "accepted": "accepté, acceptée, a accepté",
        "declined": "décliné, déclinée",
        "leader": "chef de file",
    },
)


@pytest.mark.parametrize(
    ("status", "role"),
    [("Acceptée", "Chef de file"), ("a accepté", "chef  de file"), ("accepted", "Leader")],
)
def test_status_and_role_in_a_language_of_the_installation(
    house: House, settings: Any, status: str, role: str
) -> None:
    settings.LANGUAGES = [("en", "English"), ("fr", "French")]
    with spoken(FRENCH), translation.override("en"):
        (listed,) = preview_people(
            alliance=house.alliance, text=f"Mill\tmills\t{status}\tAna\tana@mill.example\t\t{role}"
        ).organisations
    assert (listed.status, listed.people[0].role) == ("accepted", "leader")


def test_two_lines_that_disagree_are_told_in_the_words_of_the_page(house: House) -> None:
    text = "Mill\tmills\taccepted\nMill\tmills\tdeclined"
    with spoken(FRENCH), pytest.raises(Refused) as refused:
        preview_people(alliance=house.alliance, text=text)
    assert refused.value.details == [
        "Line 2: the status of Mill is “décliné” here and “accepté” on line 1."
    ]


@pytest.mark.parametrize("word", ["fr", "FR", "Français", "french", "francais"])
def test_the_language_of_mails_to_somebody(house: House, word: str) -> None:
    text = f"organisation,name,email,language\nMill,Ann,ann@mill.example,{word}\nMill,Bo,bo@mill.example,"
    [listed] = preview_people(alliance=house.alliance, text=text).organisations
    assert [person.language for person in listed.people] == ["fr", ""]
    import_people(alliance=house.alliance, text=text)
    assert dict(
        Representative.objects.filter(participant__name="Mill").values_list("name", "language")
    ) == {"Ann": "fr", "Bo": ""}


def test_a_language_is_read_as_the_page_calls_it(house: House) -> None:
    text = "organisation,name,email,language\nMill,Ann,ann@mill.example,anglais"
    with translation.override("fr"):
        [listed] = preview_people(alliance=house.alliance, text=text).organisations
    assert listed.people[0].language == "en"


def test_a_language_that_the_installation_lacks(house: House) -> None:
    text = "organisation,name,email,language\nMill,Ann,ann@mill.example,Klingon"
    with pytest.raises(Refused) as refused:
        import_people(alliance=house.alliance, text=text)
    assert refused.value.details == [
        "Line 2: “Klingon” is no language of this installation. Write one of: English, Français."
    ]
    assert not Participant.objects.filter(name="Mill").exists()


def test_the_language_of_mails_stands_beside_the_address(house: House, client: Any) -> None:
    text = (
        "organisation,name,email,language\nMill,Ann,ann@mill.example,fr\nMill,Bo,bo@mill.example,"
    )
    import_people(alliance=house.alliance, text=text)
    client.force_login(house.convener, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/alliances/{house.alliance.pk}/people/").content.decode()
    assert "ann@mill.example · mail in French</p>" in page
    assert "bo@mill.example</p>" in page
