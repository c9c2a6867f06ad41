"""A round about one person: the person and their peers answer, and that person alone reads the result.

The bank asks one question an element on a scale from 0 to 10, so that an answer of 9 is a score of 90.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from alliances.errors import Refused
from alliances.models import Alliance, Representative, User
from assessments.desk import read_desk, read_shelf
from assessments.models import Bank, Response, Result, Round
from assessments.progress import read_progress, read_rounds
from assessments.services.banks.files import parse_bank
from assessments.services.banks.store import import_bank
from assessments.services.rounds import close_round, open_round, set_forecast
from tests.assessments.reports.test_pdf import assert_accessible
from tests.factories import (
    MadeRound,
    make_alliance,
    make_bank,
    make_link,
    make_participant,
    make_representative,
    make_response,
    make_user,
)

pytestmark = pytest.mark.django_db

OWN = {"L": 9, "C": 5, "H": 5}
PEERS = [{"L": 6, "C": 5, "H": 8}] * 4 + [{"L": 6, "C": 6, "H": 8}]
"""Listening 60 against 90; calm 52 against 50; honest 80 against 50."""


def bank_of_oneself(*, translations: Any = None, **reading: Any) -> Bank:
    told = {
        view: {"title": f"You {view}", "text": f"That is {view}."}
        for view in ("higher", "lower", "alike")
    }
    data = {
        "code": "oneself",
        "version": 1,
        "title": "Working with others",
        "subject": "person",
        **({"translations": translations} if translations else {}),
        "reading": {"rule": "self-peers", "peers_least": 5, "gap": 20, **told, **reading},
        "scale": {"min": 0, "max": 10, "labels": ["Never", *[""] * 9, "Always"]},
        "dimensions": [
            {
                "code": title.lower(),
                "title": title,
                "in_sentence": f"being {title.lower()}",
                "readings": {band: f"{title} is {band}." for band in ("strong", "mixed", "weak")},
                "advice": [{"title": f"Be more {title.lower()}.", "text": "Begin today."}],
                "questions": [
                    {
                        "code": title[0],
                        "text": f"I am {title.lower()}.",
                        "text_of_peers": f"This person is {title.lower()}.",
                    }
                ],
            }
            for title in ("Listening", "Calm", "Honest")
        ],
    }
    return import_bank(document=parse_bank(text=json.dumps(data)))


@pytest.fixture
def ada() -> User:
    return make_user(name="Ada Marsh")


@pytest.fixture
def table(ada: User) -> Alliance:
    """Bo, whom it is about, and six more of two organisations."""
    alliance = make_alliance(convener=ada)
    ash = make_participant(alliance, "Ash")
    make_representative(ash, "Bo", email="bo@example.org")
    for number in range(3):
        make_representative(ash, f"Ash {number}")
    make_participant(alliance, "Birch", people=3)
    return alliance


@pytest.fixture
def client(ada: User) -> Client:
    client = Client()
    client.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")
    return client


def bo() -> Representative:
    return Representative.objects.get(name="Bo")


def opened(alliance: Alliance, bank: Bank | None = None, **changes: Any) -> MadeRound:
    """A round about Bo that asks five peers, each with a link."""
    others = list(Representative.objects.exclude(name="Bo").order_by("pk"))
    terms: dict[str, Any] = {
        "alliance": alliance,
        "bank": bank or bank_of_oneself(),
        "name": "About Bo",
        "mode": "confidential",
        "threshold": 5,
        "closes_on": timezone.localdate() + dt.timedelta(days=3),
        "representatives": others[:5],
        "about": bo(),
    }
    round_ = open_round(**(terms | changes))
    made = MadeRound(round_)
    for invitation in round_.invitations.order_by("-of_oneself", "pk"):
        made.invitations.append(invitation)
        made.tokens.append(make_link(invitation))
    return made


def answered(
    made: MadeRound, own: dict[str, Any] | None = OWN, peers: list[dict[str, Any]] = PEERS
) -> Result:
    """Bo and the peers say this, and the round closes."""
    if own is not None:
        response = make_response(made, 0, answers=own, submitted=True)
        Response.objects.filter(pk=response.pk).update(of_oneself=True)
    for place, answers in enumerate(peers, start=1):
        make_response(made, place, answers=answers, submitted=True)
    return close_round(round=made.round)


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


# What comes of it


def test_oneself_beside_peers(table) -> None:
    document = answered(opened(table)).document
    assert [
        (e["code"], e["own"], e["peers"], e["people"], e["view"]) for e in document["elements"]
    ] == [
        ("listening", 90, 60, 5, "higher"),
        ("calm", 50, 52, 5, "alike"),
        ("honest", 50, 80, 5, "lower"),
    ]
    assert document["peers"] == {"asked": 5, "answered": 5}
    assert (document["schema"], document["answered"], document["k"]) == (
        "northbound.person/1",
        True,
        5,
    )
    assert "organisation" not in json.dumps(document)
    assert "verdict" not in document


def test_every_peer_is_one_voice(table) -> None:
    # Three of Ash say 0, 0, 0 and two of Birch 10, 10: 40 by person, 50 by organisation.
    peers = [{"L": value, "C": 5, "H": 5} for value in (0, 0, 0, 10, 10)]
    made = opened(table)
    names = {i.organisation.name: 0 for i in made.invitations[1:]}
    for invitation in made.invitations[1:]:
        names[invitation.organisation.name] += 1
    assert names == {"Ash": 3, "Birch": 2}
    assert answered(made, peers=peers).document["elements"][0]["peers"] == 40


@pytest.mark.parametrize(("own", "view"), [(8, "higher"), (7, "alike"), (5, "alike"), (4, "lower")])
def test_views_differ_from_the_gap_on(table, own: int, view: str) -> None:
    # Peers 60: 80 is 20 more, 40 is 20 less.
    made = opened(table)
    document = answered(made, own={"L": own, "C": 5, "H": 5}).document
    assert document["elements"][0]["view"] == view


def test_nothing_of_fewer_than_five_peers(table) -> None:
    document = answered(opened(table), peers=PEERS[:4]).document
    for element in document["elements"]:
        assert (element["peers"], element["people"], element["view"]) == (None, None, None)
        assert element["withheld"]
        assert all(q["peers"] is None and q["withheld"] for q in element["questions"])
    assert [element["own"] for element in document["elements"]] == [90, 50, 50]


def test_an_element_that_four_answered_is_withheld(table) -> None:
    peers = [dict(answers) for answers in PEERS]
    peers[0]["C"] = "dk"
    elements = answered(opened(table), peers=peers).document["elements"]
    assert [element["withheld"] for element in elements] == [False, True, False]
    assert elements[1]["peers"] is None


def test_all_peers_at_one_end(table) -> None:
    peers = [{"L": 10, "C": 0, "H": 5}] * 5
    elements = answered(opened(table), peers=peers).document["elements"]
    assert [(e["peers"], e["extreme"]) for e in elements] == [(95, True), (5, True), (50, False)]
    # The question alone would tell it.
    assert elements[0]["questions"][0]["peers"] is None


def test_who_did_not_answer_reads_what_peers_said(table) -> None:
    document = answered(opened(table), own=None).document
    assert document["answered"] is False
    assert [(e["own"], e["peers"], e["view"]) for e in document["elements"]] == [
        (None, 60, None),
        (None, 52, None),
        (None, 80, None),
    ]


def test_begun_by_the_own_link_it_is_ones_own(table) -> None:
    made = opened(table)
    for place in (0, 1):
        Client().post(made.link(place))
    assert sorted(Response.objects.values_list("organisation__name", "of_oneself")) == [
        ("Ash", False),
        ("Ash", True),
    ]


# Who reads it


def test_the_person_reads_it_by_their_own_link(table) -> None:
    made = opened(table)
    browser = Client()
    browser.post(made.link(0))
    home = f"/questionnaire/{made.round.pk}/"
    assert browser.get(f"{home}result/").status_code == 404
    for code, value in OWN.items():
        browser.post(f"{home}save/", {"code": code, "value": value})
    browser.post(f"{home}submit/")
    answered(made, own=None)
    page = text_of(browser.get(f"{home}result/"))
    for sentence in (
        "On two of three elements your peers see you otherwise.",
        "You see yourself higher on being listening.",
        "You see yourself lower on being honest.",
        "Five of five peers answered.",
        "You higher. That is higher.",
        "Listening is mixed.",
        "Be more listening.",
        "Honest is strong.",
    ):
        assert sentence in page
    assert "Be more honest." not in page
    # By any good link of theirs, also one that comes later.
    later = Client()
    token = make_link(made.invitations[0])
    assert "Your result is there." in text_of(later.get(f"/a/{token}/"))
    answer = later.post(f"/a/{token}/", follow=True)
    assert answer.redirect_chain == [(f"{home}result/", 302)]
    assert "On two of three elements" in text_of(answer)


def test_the_person_keeps_it_on_paper(table, tmp_path) -> None:
    made = opened(table)
    answered(made)
    browser = Client()
    browser.post(made.link(0))
    answer = browser.get(f"/questionnaire/{made.round.pk}/result.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    reader = PdfReader(io.BytesIO(answer.content))
    said = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for sentence in (
        "On two of three elements your peers see you otherwise.",
        "Bo. Five of five peers answered.",
        "Listening 60 90",
        "Be more listening. Begin today.",
        "This result is for you alone.",
    ):
        assert sentence in said
    assert_accessible(answer.content, tmp_path)
    same = browser.get(f"/questionnaire/{made.round.pk}/result.pdf")
    assert same.content == answer.content
    french = browser.get(
        f"/questionnaire/{made.round.pk}/result.pdf", headers={"accept-language": "fr"}
    )
    assert "vos pairs" in PdfReader(io.BytesIO(french.content)).pages[0].extract_text()


def test_the_person_reads_it_in_any_language_of_the_bank(table) -> None:
    german = {
        "title": "Zusammenarbeit",
        "reading": {"higher": {"title": "Sie höher", "text": "Das ist höher."}},
        "dimensions": {
            "listening": {
                "title": "Zuhören",
                "in_sentence": "Zuhören",
                "readings": {"mixed": "Zuhören ist mittel."},
                "advice": [{"title": "Hören Sie zu."}],
                "questions": {"L": {"text": "Ich höre zu."}},
            }
        },
    }
    made = opened(table, bank_of_oneself(translations={"de": german}))
    answered(made)
    browser = Client()
    browser.post(made.link(0))
    home = f"/questionnaire/{made.round.pk}/"
    page = browser.get(f"{home}result/").content.decode()
    assert "Be more listening." in page
    answer = browser.get(f"{home}result/?language=de")
    assert (answer.status_code, answer["Location"]) == (302, f"{home}result/")
    page = browser.get(f"{home}result/").content.decode()
    for text in (
        '<html lang="en">',
        "You see yourself higher on Zuhören.",
        '<span class="name"><span lang="de">Zuhören</span></span>',
        '<h3><span lang="de">Sie höher.</span></h3>',
        '<p class="nb-lead" lang="de">Das ist höher.</p>',
        '<p class="nb-narrow" lang="de">Zuhören ist mittel.</p>',
        '<strong><span lang="de">Hören Sie zu.</span></strong> <span class="nb-note">Begin today.',
        '<span lang="de">Ich höre zu.</span>',
        '<span class="name">Calm</span>',
    ):
        assert text in page


def test_a_peer_does_not(table) -> None:
    made = opened(table)
    home = f"/questionnaire/{made.round.pk}/"
    sent_in, begun = Client(), Client()
    sent_in.post(made.link(1))
    begun.post(made.link(2))
    sent_in.post(f"{home}save/", {"code": "L", "value": 5})
    sent_in.post(f"{home}submit/")
    answered(made, peers=[])
    for name in ("result/", "result.pdf"):
        assert sent_in.get(f"{home}{name}").status_code == 404
        assert begun.get(f"{home}{name}").status_code == 410
        assert Client().get(f"{home}{name}").status_code == 404


@pytest.mark.parametrize(
    "name", ["result/", "report.pdf", "scorecard.pdf", "result.json", "result.csv"]
)
@pytest.mark.parametrize("role", ["convener", "member", "admin", "Bo"])
def test_nobody_reads_it_by_an_account(table, ada, name: str, role: str) -> None:
    made = opened(table)
    answered(made)
    user = {
        "convener": lambda: ada,
        "member": lambda: make_user("member@example.org"),
        "admin": lambda: User.objects.create_superuser("admin@example.org"),
        "Bo": lambda: make_user("bo@example.org"),
    }[role]()
    if role in ("member", "Bo"):
        table.memberships.create(user=user)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/rounds/{made.round.pk}/{name}").status_code == 404


def test_nor_by_a_command(table, tmp_path) -> None:
    made = opened(table)
    answered(made)
    with pytest.raises(CommandError, match="no published result"):
        call_command("export_result", made.round.pk)
    with pytest.raises(CommandError, match="who alone reads its result"):
        call_command("render_report", str(made.round.pk), out=str(tmp_path / "report.pdf"))
    assert list(tmp_path.iterdir()) == []


def test_members_do_not_see_that_there_is_one(table, client) -> None:
    made = opened(table)
    member = make_user("member@example.org")
    table.memberships.create(user=member)
    theirs = Client()
    theirs.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    rounds = f"/alliances/{table.pk}/rounds/"
    for _ in (1, 2):
        assert "About Bo" not in text_of(theirs.get(rounds))
        assert "About Bo" in text_of(client.get(rounds))
        assert theirs.get(f"/rounds/{made.round.pk}/").status_code == 404
        assert "About Bo" not in str(read_desk(alliance=table, convener=False))
        # Whoever convenes is told of it as long as it is open.
        assert ("About Bo" in str(read_desk(alliance=table, convener=True))) is made.round.is_open
        assert "About Bo" not in str(
            read_shelf(alliances=Alliance.objects.all(), user=AnonymousUser())
        )
        if made.round.is_open:
            answered(made)
            made.round.refresh_from_db()
    assert "Bo alone reads its result." in text_of(client.get(rounds))
    assert client.get(f"/rounds/{made.round.pk}/", follow=True).redirect_chain == [(rounds, 302)]
    assert read_rounds(table) == []


# Opening, watching, closing


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
