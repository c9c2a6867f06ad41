"""How a round about a person is opened, watched and closed."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from alliances.errors import Refused
from alliances.models import Representative
from assessments.models import Bank, Round
from assessments.progress import read_progress
from assessments.services.rounds import close_round, set_forecast
from tests.assessments.persons.rounds import (
    OWN,
    PEERS,
    bank_of_oneself,
    bo,
    opened,
    text_of,
)
from tests.factories import (
    make_alliance,
    make_bank,
    make_participant,
    make_representative,
    make_response,
)

pytestmark = pytest.mark.django_db


def sent(bank: Bank, **changes: Any) -> dict[str, Any]:
    return {
        "name": "About Bo",
        "bank": bank.pk,
        "about": bo().pk,
        "closes_on": (timezone.localdate() + dt.timedelta(days=9)).isoformat(),
        "people": list(Representative.objects.values_list("pk", flat=True)),
    } | changes


def test_the_convener_opens_it(client, table, mailoutbox) -> None:
    bank = bank_of_oneself()
    page = client.get(f"/alliances/{table.pk}/rounds/new/")
    assert "Bo, Ash" in page.content.decode()
    assert 'name="mode"' not in page.content.decode()
    assert "nobody else does, you included" in text_of(page)
    client.post(f"/alliances/{table.pk}/rounds/new/", sent(bank))
    round_ = Round.objects.get()
    assert (round_.about, round_.about_name, round_.mode, round_.threshold) == (
        bo(),
        "Bo",
        "confidential",
        5,
    )
    own = round_.invitations.get(of_oneself=True)
    assert (own.name, round_.invitations.count()) == ("Bo", 7)
    bodies = {mail.to[0].split()[0]: mail.body for mail in mailoutbox}
    assert "some questions about yourself" in bodies["Bo"]
    assert "The result is for you alone" in bodies["Bo"]
    other = next(body for name, body in bodies.items() if name != "Bo")
    assert "some questions about Bo for you: Working with others." in other
    assert "Bo alone sees figures" in other


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"about": ""}, "This is missing."),
        ({"about": "0"}, "Select a valid choice."),
        ({"about": "x\0"}, "Select a valid choice."),
    ],
)
def test_wrong_terms(client, table, changes: dict[str, str], said: str) -> None:
    answer = client.post(f"/alliances/{table.pk}/rounds/new/", sent(bank_of_oneself(), **changes))
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert Round.objects.count() == 0


def test_five_peers_are_needed(client, table) -> None:
    few = list(Representative.objects.exclude(name="Bo").values_list("pk", flat=True))[:4]
    answer = client.post(
        f"/alliances/{table.pk}/rounds/new/", sent(bank_of_oneself(), people=[bo().pk, *few])
    )
    assert answer.status_code == 422
    assert "fewer than 5 people would show nothing" in text_of(answer)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"about": None}, "Say about whom."),
        ({"mode": "open"}, "A round about one person is confidential."),
        ({"threshold": 6}, "fewer than 6 people"),
    ],
)
def test_the_service_refuses(table, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=re.escape(said)):
        opened(table, **changes)
    assert Round.objects.count() == 0


def test_only_such_a_bank_is_about_a_person(table) -> None:
    with pytest.raises(Refused, match="not about one person"):
        opened(table, make_bank())
    with pytest.raises(Refused, match="is no peer of theirs"):
        opened(table, representatives=list(Representative.objects.all()))
    elsewhere = make_representative(make_participant(make_alliance("Other")))
    with pytest.raises(Refused, match="does not belong to this alliance"):
        opened(table, about=elsewhere)


def test_the_bank_says_how_many_peers_at_least(table) -> None:
    with pytest.raises(Refused, match="threshold is 7 or more"):
        opened(table, bank_of_oneself(peers_least=7))


def test_one_round_a_person_at_a_time(table) -> None:
    bank = bank_of_oneself()
    opened(table, bank)
    with pytest.raises(Refused, match="open already"):
        opened(table, bank, name="Again")
    other = Representative.objects.get(name="Ash 0")
    peers = list(Representative.objects.exclude(pk=other.pk))
    opened(table, bank, name="About Ash 0", about=other, representatives=peers)
    assert Round.objects.count() == 2


def test_each_reads_their_own_words(table) -> None:
    made = opened(table)
    for place, words in ((0, "I am listening."), (1, "This person is listening.")):
        browser = Client()
        link = text_of(browser.get(made.link(place)))
        assert ("about yourself" in link) == (place == 0)
        browser.post(made.link(place))
        home = f"/questionnaire/{made.round.pk}/"
        assert words in text_of(browser.get(f"{home}1/"))
        introduction = text_of(browser.get(home))
        page = text_of(browser.get(f"{home}1/"))
        if place:
            assert "6 people are asked about Bo, themselves included." in introduction
            assert "Does not apply to this person" in page
            assert "Bo reads it without your name, and only if five or more peers" in page
            assert "Nobody sees what you answered about Bo." in introduction
            assert "The result is for Bo alone" in introduction
        else:
            assert "This is about you, and for you alone." in introduction
            assert "6 people are asked about you, yourself included." in introduction
            assert "Does not apply to me" in page
            assert "it stands among your own answers, and not in the result" in page
            assert "without your name" not in page
        browser.post(f"{home}save/", {"code": "L", "value": 5})
        browser.post(f"{home}submit/")
        assert words in text_of(browser.get(f"{home}review/"))


def test_the_round_and_its_closing(client, table, mailoutbox) -> None:
    made = opened(table)
    page = text_of(client.get(f"/rounds/{made.round.pk}/"))
    assert "its result goes to Bo, and to nobody else" in page
    assert "forecast" not in page
    assert client.get(f"/rounds/{made.round.pk}/forecast/").status_code == 404
    with pytest.raises(Refused):
        set_forecast(round=made.round, forecast={"calm": 50})
    assert read_progress(made.round).warnings == [
        "No peers have answered, and five are needed: nothing of peers would be told.",
        "Bo has not answered: there would be nothing to set beside the peers.",
    ]
    page = text_of(client.get(f"/rounds/{made.round.pk}/close/"))
    assert "Bo alone can read it, and is told so by mail; you cannot." in page
    assert "forecast" not in page
    assert "Close and publish" not in page
    answer = client.post(f"/rounds/{made.round.pk}/close/", follow=True)
    assert "Bo alone can read the result. One mail is sent." in text_of(answer)
    [mail] = mailoutbox
    assert mail.to == ["Bo <bo@example.org>"]
    link = re.search(r"http://testserver(/a/\S+/)", mail.body)
    assert link is not None
    assert "Too few peers answered." in text_of(Client().post(link[1], follow=True))


def test_the_round_counts_people(client, table) -> None:
    made = opened(table)
    page = f"/rounds/{made.round.pk}/"
    assert "Nobody has answered yet." in text_of(client.get(page))
    for place in range(5):
        make_response(made, place, answers=OWN, submitted=True)
    # Both organisations have sent something in by now; the last peer is missing all the same.
    text = text_of(client.get(page))
    assert "One of six people has not answered." in text
    assert "Each peer counts as one voice." in text
    assert "organisations have answered" not in text
    assert "5 of 6 people have answered." in text_of(client.get(f"/alliances/{table.pk}/rounds/"))
    make_response(made, 5, answers=OWN, submitted=True)
    assert "Everybody has answered." in text_of(client.get(page))


def test_comments_only_of_five_peers(table) -> None:
    made = opened(table)
    responses = [
        make_response(made, place, answers=PEERS[place - 1], submitted=True)
        for place in range(1, 6)
    ]
    dimensions = list(made.round.bank.dimensions.all())
    for number, response in enumerate(responses):
        response.comments.create(dimension=dimensions[0], text=f"Word {9 - number}")
        if number:
            response.comments.create(dimension=dimensions[1], text="Only four said something")
    result = close_round(round=made.round)
    assert [one["text"] for one in result.comments["listening"]] == [
        f"Word {number}" for number in (5, 6, 7, 8, 9)
    ]
    assert "calm" not in result.comments
