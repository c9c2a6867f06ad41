"""Every word of ours is a message on the pages of rounds and results, and in their reports; on the
desk, before the login, in the questionnaire, and where banks are written.

As `tests.alliances.test_translatable`, which says how.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import assessments.urls
from alliances.models import Alliance, User
from assessments.demonstration.cast import LOGINS
from assessments.models import Answer, Bank, Response, Result, Round
from assessments.reports import pdf
from assessments.services.asking import banks_to_ask, who_can_be_asked
from assessments.services.banks.drafts import draft_next_version
from assessments.services.banks.languages import parts_in, translate_part
from assessments.services.banks.parts import change_question
from assessments.services.banks.rows import document_of
from assessments.services.banks.store import ensure_shipped_banks, latest_bank, shipped_codes
from assessments.services.links import new_token, pseudonym
from assessments.services.mailbox import list_mail
from assessments.services.rounds import close_round, open_round
from assessments.services.workbook import save_selection
from tests.addresses import BANK_PAGES, PAGES
from tests.factories import make_bank, make_response, make_round, make_user
from tests.languages import spoken
from tests.marked import (
    LANGUAGE,
    Known,
    Marked,
    demonstration,
    outside,
    read,
    stored_texts,
    walk,
)

pytestmark = pytest.mark.django_db

FORMATS = {"YAML", "JSON", "Excel", "CSV"}
OF_ROUNDS = ({str(pattern.name) for pattern in assessments.urls.urlpatterns} & PAGES) - BANK_PAGES
"""Pages of whoever has an account and writes no banks."""


@pytest.fixture(autouse=True)
def languages(settings: Any) -> None:
    settings.LANGUAGES = [("en", "English"), (LANGUAGE, "In marks")]


def a_client() -> Client:
    return Client(headers={"accept-language": LANGUAGE})


def known() -> Known:
    return Known(stored_texts() | FORMATS)


def test_the_pages_of_who_writes_the_banks() -> None:
    """A published bank and its next version, with a translation begun and a question changed."""
    ensure_shipped_banks()
    admin = make_user("admin@example.org")
    admin.is_staff = admin.is_superuser = True
    admin.save()
    first = latest_bank("readiness")
    draft = draft_next_version(bank=first, by=admin)
    change_question(
        question=draft.questions.get(code="CP1"), edition=1, by=admin, data={"text": "It costs us."}
    )
    translate_part(
        bank=draft,
        language="fr",
        number=0,
        texts={("title",): "Maturité"},
        seen=parts_in(document_of(draft, draft=True), "fr")[0].mark,
        by=admin,
    )
    # A list shows the beginning of a longer text.
    introduction = " ".join(str(first.introduction).split()[:28])
    texts = Known(stored_texts() | FORMATS | {introduction} | set(shipped_codes()))
    client = a_client()
    client.force_login(admin)
    starts = [
        reverse("banks"),
        reverse("bank_publish", args=[draft.pk]),
        reverse("bank", args=[draft.pk]),
        reverse("bank", args=[first.pk]),
        reverse("bank_retire", args=[first.pk]),
    ]
    seen, found = set(), {}
    with spoken(Marked()):
        for name, html in walk(client, starts, BANK_PAGES):
            seen.add(name)
            if said := outside(html, texts):
                found.setdefault(name, []).extend(said)
    assert found == {}
    assert seen == BANK_PAGES


def test_the_pages_before_the_login(settings: Any) -> None:
    settings.DEMONSTRATION = False
    ensure_shipped_banks()
    starts = [reverse("home"), reverse("account_login"), reverse("account_reset_password")]
    code, bank = "invitation-appraisal", latest_bank("invitation-appraisal")
    client = a_client()
    with spoken(Marked()):
        pages = [html for _name, html in walk(client, starts, ())]
        for number in range(1, bank.dimensions.count() + 1):
            sent = {f"q-{one}": "3" for one in bank.questions.values_list("code", flat=True)}
            client.post(reverse("appraisal_page", args=[code, number]), sent)
        for name, more in (("appraisal", []), ("appraisal_page", [1]), ("appraisal_result", [])):
            pages.append(client.get(reverse(name, args=[code, *more])).content.decode())
        client.post(reverse("appraisal", args=[code]))
        pages.append(client.get(reverse("appraisal", args=[code])).content.decode())
        texts = known()
        assert [outside(html, texts) for html in pages] == [[]] * 7
    assert "nb-rows" in pages[-2]


@pytest.mark.parametrize("mode", ["confidential", "open"])
def test_the_questionnaire(mode: str) -> None:
    made = make_round(bank=make_bank(shape=(2, 2)), organisations=2, people=3, mode=mode)
    make_response(made, 1, answers={"A1": 3})
    client = a_client()
    base = f"/questionnaire/{made.round.pk}/"
    with spoken(Marked()):
        pages = [client.get(made.link()).content.decode()]
        client.post(made.link())
        pages += [client.get(f"{base}{path}").content.decode() for path in ("", "1/", "review/")]
        texts = known()
        found = [[re.sub(r"\s+", " ", one) for one in outside(html, texts)] for html in pages]
    assert found == [[], [], [], []]


def hold(alliance: Alliance, bank: Bank, name: str) -> Result:
    """The result of a round of `bank` in which everybody whom it is for answered, all of one opinion."""
    organisations = who_can_be_asked(alliance, bank.audience)
    if bank.audience == Bank.Audience.PARTNERS:
        organisations = organisations[:2]
        codes = [*bank.questions.values_list("code", flat=True)]
        for one in organisations:
            if not one.selections.filter(bank_code=bank.code).exists():
                save_selection(participant=one, bank=bank, edition=0, by=None, codes=codes)
    is_open = bank.audience in (Bank.Audience.PARTNERS, Bank.Audience.CONVENER)
    round_ = open_round(
        alliance=alliance,
        bank=bank,
        name=name,
        mode=Round.Mode.OPEN if is_open else Round.Mode.CONFIDENTIAL,
        threshold=1 if is_open else 5,
        closes_on=timezone.localdate(),
        representatives=[
            person for one in organisations for person in one.representatives.all() if person.email
        ],
    )
    shares = {one.pk: (37 * one.position % 100) / 100 for one in bank.dimensions.all()}
    for invitation in round_.invitations.all():
        response = Response.objects.create(
            round=round_,
            organisation=invitation.organisation,
            pseudonym=pseudonym(new_token()),
            submitted=True,
        )
        for question in bank.questions.all():
            share = shares[question.dimension_id]
            share = 1 - share if question.reverse else share
            Answer.objects.create(
                response=response,
                question=question,
                kind="value",
                value=round(question.minimum + share * (question.maximum - question.minimum)),
            )
    return close_round(round=round_)


@pytest.fixture
def alliance(settings: Any, tmp_path: Path) -> Alliance:
    """The demonstration's, which has asked each instrument besides; pairs twice, for their direction."""
    made = demonstration(settings, tmp_path)
    ensure_shipped_banks()
    for bank in banks_to_ask():
        if bank.subject != Bank.Subject.PERSON and bank.reading:
            turns = ("One", "Two") if bank.reading["rule"] == "pairs" else ("One",)
            for turn in turns:
                hold(made, bank, f"{bank.title} {turn}")
    return made


def every_result(alliance: Alliance) -> list[str]:
    """A page for each, and what only a round under way has."""
    asked = alliance.rounds.get(status=Round.Status.OPEN)
    return [
        *(reverse("result", args=[one.pk]) for one in alliance.rounds.filter(status="closed")),
        *(reverse("round", args=[one.pk]) for one in alliance.rounds.all()),
        reverse("round_close", args=[asked.pk]),
    ]


def choices(alliance: Alliance) -> Iterator[str]:
    """The terms of a round of each instrument."""
    for bank in banks_to_ask():
        yield f"{reverse('round_new', args=[alliance.pk])}?bank={bank.code}"


def mail(folder: Path) -> set[str]:
    """What the mail says, which is written in the language of who gets it."""
    mails = list_mail(folder)
    return {one.subject for one in mails} | {
        " ".join(part.split()) for one in mails for part in one.text.split("\n\n")
    }


def test_the_pages_of_a_convener(alliance: Alliance, tmp_path: Path) -> None:
    seen, found = read(
        User.objects.get(email=LOGINS[0].email),
        [reverse("home"), *every_result(alliance), *choices(alliance)],
        OF_ROUNDS,
        # The bank of one's own rules is made when its round opens.
        mail(tmp_path) | {"Point sur les règles de travail"},
    )
    assert found == {}
    assert OF_ROUNDS - seen == set()


def test_the_pages_of_a_member(alliance: Alliance, tmp_path: Path) -> None:
    member = alliance.memberships.get(participant__name="Harbour Pilots’ Guild").user
    seen, found = read(
        member, [reverse("home"), *every_result(alliance)], OF_ROUNDS, mail(tmp_path)
    )
    assert found == {}
    assert seen >= {"desk", "result"}


def test_the_reports(alliance: Alliance, monkeypatch: pytest.MonkeyPatch) -> None:
    """Report and scorecard of every result, as WeasyPrint is given them."""
    given = []

    def keep(html: str, *_more: Any) -> pdf.Rendered:
        given.append(html)
        return pdf.Rendered(content=b"", pages=pdf.SCORECARD_PAGES)

    monkeypatch.setattr(pdf, "_pdf", keep)
    texts = known()
    with spoken(Marked()):
        results = Result.objects.filter(round__alliance=alliance).select_related("round")
        for result in results:
            pdf.render_report(result=result)
            pdf.render_scorecard(result=result, participant_name="Harbour Pilots’ Guild")
    assert len(given) == 2 * len(results) > 10
    assert {said for html in given for said in outside(html, texts)} == set()
