"""Who reads what comes of a round about a person, and who does not."""

from __future__ import annotations

import io

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.test import Client
from pypdf import PdfReader

from alliances.models import Alliance, User
from assessments.desk import read_desk, read_shelf
from assessments.progress import read_rounds
from tests.assessments.persons.rounds import (
    OWN,
    answered,
    bank_of_oneself,
    opened,
    text_of,
)
from tests.assessments.reports.test_pdf import assert_accessible
from tests.factories import (
    make_link,
    make_user,
)

pytestmark = pytest.mark.django_db


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
