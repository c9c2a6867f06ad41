"""Before a round opens its convener reads what it will show, and what would change that."""

from __future__ import annotations

import html
import random
import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alliances.models import Alliance, Participant
from assessments.foresight import Asked, Expected, foresee, foresee_of_person
from assessments.forms.rounds import mark_of
from assessments.models import Bank, Round
from assessments.services.rounds import close_round
from assessments.services.sheets import bank_rules
from tests.factories import (
    MadeRound,
    make_alliance,
    make_bank,
    make_participant,
    make_representative,
    make_response,
    make_round,
    make_user,
)

pytestmark = pytest.mark.django_db

SAID = [(1, 4, 2), (2, 2, 3), (4, 3, 3), (3, 5, 4), (5, 1, 2), (2, 4, 5), (4, 2, 1), (3, 3, 4)]
"""What eight people answer to A1, A2 and A3; all views, and none of them alike."""


@pytest.fixture
def alliance() -> Alliance:
    return make_alliance()


@pytest.fixture
def bank() -> Bank:
    return make_bank()


def crowd(sizes: dict[str, int], alliance: Alliance | None = None) -> list[Asked]:
    """So many people of each organisation; with `alliance`, of its participants."""
    found = {
        name: alliance.participants.filter(name=name).first() or make_participant(alliance, name)
        for name in (sizes if alliance else ())
    }
    return [
        Asked(name, found[name].pk if found else None, f"{name}{number}@example.org".lower())
        for name, people in sizes.items()
        for number in range(people)
    ]


def expected(
    alliance: Alliance, bank: Bank, sizes: dict[str, int], **more: Any
) -> dict[str, tuple[str, str]]:
    asked = crowd(sizes, alliance)
    terms = {"mode": Round.Mode.CONFIDENTIAL, "threshold": 5, "asked": asked} | more
    return told(foresee(alliance=alliance, bank=bank, **terms))


def text_of(answer: Any) -> str:
    """The words of the page, whatever the lines they stand on."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def told(lines: list[Expected]) -> dict[str, tuple[str, str]]:
    return {line.what: (line.verdict, line.why) for line in lines}


def held(alliance: Alliance, bank: Bank, asked: list[Asked]) -> MadeRound:
    """A round that all of them answered, closed."""
    name = f"Round {alliance.rounds.count() + 1}"
    made = make_round(alliance, bank, organisations=0, name=name)
    rosters: dict[str, Any] = {}
    for place, one in enumerate(asked):
        if one.organisation not in rosters:
            rosters[one.organisation] = made.round.organisations.create(
                name=one.organisation, participant_id=one.participant
            )
        made.invitations.append(
            made.round.invitations.create(
                organisation=rosters[one.organisation], name="Somebody", email=one.email
            )
        )
        made.tokens.append(f"{made.round.pk}{'x' * 40}{place}")
        answers = {f"A{number}": value for number, value in enumerate(SAID[place % 8], 1)}
        make_response(made, place, answers=dict(answers), submitted=True)
    close_round(round=made.round)
    return made


def test_as_many_people_of_each_organisation(alliance: Alliance, bank: Bank) -> None:
    lines = expected(alliance, bank, {"Ash": 2, "Birch": 2, "Cedar": 2})
    assert lines["The result"] == (
        "shown",
        "Once five of the six people asked have answered. With fewer, nothing is shown.",
    )
    assert lines["Each element’s score"][0] == "depends on answers"
    assert lines["The mean over people"][0] == "depends on answers"
    assert lines["Figures by organisation"][0] == "withheld"
    assert not [what for what in lines if what.startswith("Movement")]


def test_too_few_people(alliance: Alliance, bank: Bank) -> None:
    """Of a result that is withheld nothing is shown, and nothing is said to be."""
    assert expected(alliance, bank, {"Ash": 2, "Birch": 2}) == {
        "The result": (
            "withheld",
            "It takes five people who answer, and four are asked. Ask more people.",
        )
    }


@pytest.mark.parametrize(
    ("sizes", "named"),
    [
        # The one of Cedar is alone in number; without the others' size Cedar alone is left.
        ({"Ash": 2, "Birch": 2, "Cedar": 1}, "Cedar has another number"),
        # Three singles are three people beside six in pairs: of those nothing is left but three.
        (
            {"Ash": 2, "Birch": 2, "Cedar": 2, "Dogwood": 1, "Elm": 1, "Fir": 1},
            "Dogwood, Elm and Fir have another number",
        ),
        # Six of one organisation are left over by themselves.
        ({"Ash": 6, "Birch": 1, "Cedar": 1, "Dogwood": 1, "Elm": 1, "Fir": 1}, "Ash has another"),
    ],
)
def test_what_sizes_tell(alliance: Alliance, bank: Bank, sizes: dict[str, int], named: str) -> None:
    verdict, why = expected(alliance, bank, sizes)["The mean over people"]
    assert verdict == "withheld"
    assert why.startswith(named)


@pytest.mark.parametrize(
    "sizes",
    [
        {"Ash": 2, "Birch": 2, "Cedar": 2, "Dogwood": 2},
        {"Ash": 2, "Birch": 2, "Cedar": 2, "Dogwood": 1},
        {"Ash": 3, "Birch": 3, "Cedar": 1, "Dogwood": 1},
        {"Ash": 1, "Birch": 1, "Cedar": 1, "Dogwood": 1, "Elm": 1, "Fir": 1},
    ],
)
def test_what_is_foreseen_is_what_comes(
    alliance: Alliance, bank: Bank, sizes: dict[str, int]
) -> None:
    """All answer, and no answer is near an end: the mean over people is told where it was not foreseen that it
    would be withheld."""
    verdict, _why = expected(alliance, bank, sizes)["The mean over people"]
    document = held(alliance, bank, crowd(sizes)).round.result.document
    assert (document["elements"][0]["person_mean"] is not None) == (verdict != "withheld")


SHOWN = {
    "The result": lambda document: (
        document["verdict"]["level"] != "undecided"
        or any(one["score"] is not None for one in document["elements"])
    ),
    "Each element’s score": lambda document: all(
        one["score"] is not None for one in document["elements"]
    ),
    "The mean over people": lambda document: any(
        one["person_mean"] is not None and not one["extreme"] for one in document["elements"]
    ),
    "The mean of each statement, and how far views differ": lambda document: any(
        not question["withheld"] for one in document["elements"] for question in one["questions"]
    ),
    "Movement": lambda document: any(
        one["paired_difference"] is not None
        for one in (document["change"] or {"elements": []})["elements"]
    ),
    "Figures by organisation": lambda document: "by_organisation" in document["elements"][0],
}
"""What shows that a line came true."""


@pytest.mark.parametrize("seed", range(12))
def test_no_line_says_what_does_not_come(alliance: Alliance, bank: Bank, seed: int) -> None:
    """Made-up rosters, twice each, of whom all answer everything: what is said to be withheld is not there, and
    what is said to be shown is."""
    chance = random.Random(seed)  # noqa: S311 - the same each time
    names = ["Ash", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse"]
    sizes = {name: chance.randint(1, 3) for name in chance.sample(names, chance.randint(2, 7))}
    if sum(sizes.values()) < 5:
        sizes["Holly"] = 5
    for _ in range(2):
        asked = crowd(sizes, alliance)
        lines = foresee(alliance=alliance, bank=bank, mode="confidential", threshold=5, asked=asked)
        made = make_round(alliance, bank, organisations=0, name=f"R{alliance.rounds.count()}")
        for place, one in enumerate(asked):
            on_list, _new = made.round.organisations.get_or_create(
                name=one.organisation, participant_id=one.participant
            )
            made.invitations.append(
                made.round.invitations.create(
                    organisation=on_list, name="Somebody", email=one.email, progress="answered"
                )
            )
            made.tokens.append(f"{'x' * 38}{made.round.pk}-{place}")
            answers = {
                question.code: chance.randint(question.minimum, question.maximum)
                for question in bank.questions.all()
            }
            make_response(made, place, answers=answers, submitted=True)
        document = close_round(round=made.round).document
        for line in lines:
            came = SHOWN.get(line.what) or SHOWN.get(line.what.split(" ")[0])
            if line.verdict != "depends on answers" and line.what != "Comments":
                assert came is not None
                assert came(document) == (line.verdict == "shown"), (line.what, sizes)
        name = chance.choice(sorted(sizes))
        sizes[name] += chance.randint(0, 1)


SIX = {"Ash": 1, "Birch": 1, "Cedar": 1, "Dogwood": 1, "Elm": 1, "Fir": 1}


MOVEMENT = "Movement since “Round {}” of those that answer both times"
BESIDE = "Statements, agreement and movement, beside “Round {}”"
OPEN = "As far as it leaves each person’s answer open"


@pytest.mark.parametrize(
    ("sizes", "verdict", "why"),
    [
        (SIX, "depends on answers", OPEN),
        (SIX | {"Gorse": 1}, "withheld", "Gorse is new"),
        (SIX | {"Gorse": 3, "Hazel": 2}, "depends on answers", OPEN),
        ({"Ash": 1, "Birch": 1, "Cedar": 1, "Dogwood": 1, "Elm": 1}, "withheld", "Fir answered"),
        ({"Ash": 2, "Birch": 2, "Cedar": 1}, "withheld", "It takes five organisations"),
        ({"Ash": 1, "Xmas": 9}, "withheld", "Fewer than five of the people asked"),
    ],
)
def test_movement(
    alliance: Alliance, bank: Bank, sizes: dict[str, int], verdict: str, why: str
) -> None:
    held(alliance, bank, crowd(SIX, alliance))
    found = expected(alliance, bank, sizes)[MOVEMENT.format(1)]
    assert found[0] == verdict
    assert why in found[1]
    # All say what they said then, and nothing but what is foreseen stands in the way.
    assert moved(held(alliance, bank, crowd(sizes, alliance))) == (verdict != "withheld")


def moved(made: MadeRound) -> bool:
    """Whether a paired change is told of the one element that was answered."""
    entry = made.round.result.document["change"]["elements"][0]
    return entry["paired_difference"] is not None


def test_movement_of_organisations_that_nobody_knows_again(alliance: Alliance, bank: Bank) -> None:
    """A round that a file brought in names no participants: nothing is paired by a name alone."""
    held(alliance, bank, crowd(SIX))
    assert expected(alliance, bank, SIX)[MOVEMENT.format(1)][0] == "withheld"
    assert not moved(held(alliance, bank, crowd(SIX, alliance)))


ELEVEN = SIX | {"Gorse": 1, "Hazel": 1, "Ivy": 1, "Juniper": 1, "Kale": 1}


def test_a_round_is_broken_down_once(alliance: Alliance, bank: Bank) -> None:
    """Five of the eleven answered before; a movement of other six of them would give one alone."""
    first = dict.fromkeys(("Ash", "Birch", "Cedar", "Dogwood", "Elm"), 1)
    held(alliance, bank, crowd(first, alliance))
    assert moved(held(alliance, bank, crowd(ELEVEN, alliance)))
    verdict, why = expected(alliance, bank, SIX)[MOVEMENT.format(2)]
    assert verdict == "withheld"
    assert "Ask Gorse, Hazel, Ivy, Juniper and Kale as well." in why
    assert expected(alliance, bank, ELEVEN)[MOVEMENT.format(2)][0] == "depends on answers"
    assert not moved(held(alliance, bank, crowd(SIX, alliance)))


def test_other_questions_are_compared_with_nothing(alliance: Alliance, bank: Bank) -> None:
    held(alliance, bank, crowd(SIX, alliance))
    rules = [replace(rule, questions=rule.questions[:1]) for rule in bank_rules(bank)]
    found = expected(alliance, bank, SIX, dimensions=rules)[MOVEMENT.format(1)]
    assert found[0] == "withheld"
    assert "It asked other questions" in found[1]


def test_all_but_a_few_of_them_answered_before(alliance: Alliance, bank: Bank) -> None:
    """Whichever round before it was, not only the last."""
    held(alliance, bank, crowd(SIX, alliance))
    ten = dict.fromkeys(("Larch", "Maple", "Nettle", "Oak", "Pine"), 2)
    held(alliance, bank, crowd(ten, alliance))
    sizes = {**SIX, "Ash": 2}
    lines = expected(alliance, bank, sizes)
    assert [what for what in lines if what.startswith("Statements, agreement")] == [
        BESIDE.format(1)
    ]
    verdict, why = lines[BESIDE.format(1)]
    assert verdict == "depends on answers"
    assert why.startswith("One person is another than then.")
    entry = held(alliance, bank, crowd(sizes, alliance)).round.result.document["elements"][0]
    assert entry["score"] is not None
    assert {question["mean"] for question in entry["questions"]} == {None}


def test_movement_by_the_higher_of_two_thresholds(alliance: Alliance, bank: Bank) -> None:
    made = held(alliance, bank, crowd(SIX, alliance))
    Round.objects.filter(pk=made.round.pk).update(threshold=8)
    verdict, why = expected(alliance, bank, SIX)[
        "Movement since “Round 1” of those that answer both times"
    ]
    assert (verdict, why[:16]) == ("withheld", "Fewer than eight")


def test_open_by_organisation(alliance: Alliance, bank: Bank) -> None:
    lines = expected(alliance, bank, {"Ash": 2, "Birch": 1}, mode=Round.Mode.OPEN, threshold=1)
    assert {verdict for verdict, _why in lines.values()} == {"shown"}
    assert "Of Birch one person is asked" in lines["Each organisation’s scores"][1]


def test_about_a_person() -> None:
    enough, few = (told(foresee_of_person(threshold=5, peers=peers)) for peers in (6, 4))
    assert enough["What peers say"][0] == "shown"
    assert few["What peers say"] == ("withheld", "It takes five peers. Ask more of them.")
    assert enough["To you, and to the members"][0] == "withheld"


@pytest.fixture
def table(alliance: Alliance, bank: Bank) -> list[Participant]:
    """Ash with two people, and five organisations with one each."""
    made = [make_participant(alliance, name) for name in SIX]
    for participant in [made[0], *made]:
        make_representative(participant)
    return made


def convener(client: Client, alliance: Alliance) -> Client:
    user = make_user("ada@example.org")
    alliance.memberships.create(user=user, role="convener")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_convener_reads_it_before_opening(
    client: Client, alliance: Alliance, bank: Bank, table: list[Participant]
) -> None:
    address = f"{reverse('round_new', args=[alliance.pk])}?bank={bank.pk}"
    page = text_of(convener(client, alliance).get(address))
    assert "What will be shown" in page
    assert "Once five of the seven people asked have answered." in page
    assert "Ash has another number of people here" in page
    # Without the second of Ash, all send one: asked again, and nothing is opened by it.
    people = [one.representatives.first().pk for one in table]
    sent = {"name": "First", "bank": bank.pk, "mode": "confidential", "threshold": "5"}
    sent |= {"closes_on": "", "people": people, "look": "yes"}
    page = text_of(client.post(address, sent))
    assert "Once five of the six people asked have answered." in page
    assert "Beside the mean over organisations, as far as it leaves" in page
    page = text_of(client.post(address, sent | {"mode": "open", "threshold": "many"}))
    assert "With its name, to you and to the members." in page
    assert not alliance.rounds.exists()


def test_nobody_opens_another_round_than_they_read_about(
    client: Client, alliance: Alliance, bank: Bank, table: list[Participant]
) -> None:
    address = f"{reverse('round_new', args=[alliance.pk])}?bank={bank.pk}"
    form = convener(client, alliance).get(address).context["form"]
    chosen = {
        "name": "First",
        "bank": bank.pk,
        "mode": "confidential",
        "threshold": "5",
        "closes_on": str(form["closes_on"].value()),
    }
    everybody = form["people"].value()
    read = mark_of(form.expected(alliance))
    # With one person fewer the mean over people, which was withheld, is shown.
    fewer = [one.representatives.first().pk for one in table]
    answer = client.post(address, chosen | {"people": fewer, "read": read})
    assert "Nothing is open yet." in text_of(answer)
    assert 'href="#will-be-shown"' in answer.content.decode()
    assert not alliance.rounds.exists()
    # What is sent from the page that came back has been read.
    read_now = mark_of(answer.context["form"].expected(alliance))
    assert read_now != read
    assert f'name="read" value="{read_now}"' in answer.content.decode()
    # Back to everybody: nor is that what stood there last.
    assert client.post(address, chosen | {"people": everybody, "read": read_now}).status_code == 422
    assert client.post(address, chosen | {"people": fewer, "read": read_now}).status_code == 302
    assert alliance.rounds.count() == 1


def test_the_page_of_an_open_round_keeps_it(client: Client, alliance: Alliance, bank: Bank) -> None:
    made = make_round(alliance, bank, organisations=5)
    page = text_of(convener(client, alliance).get(reverse("round", args=[made.round.pk])))
    assert "Once five of the five people asked have answered." in page


def test_respondents_read_who_runs_the_server(settings: Any) -> None:
    settings.OPERATOR_NAME, settings.OPERATOR_CONTACT = (
        "Tessel Foundation",
        "privacy@tessel.example",
    )
    made = make_round(organisations=5)
    client = Client()
    client.post(made.link(), follow=True)
    page = text_of(client.get(reverse("questionnaire", args=[made.round.pk])))
    assert (
        "this server is run by Tessel Foundation, who could, with effort, read its database" in page
    )
    assert "privacy@tessel.example" in page
