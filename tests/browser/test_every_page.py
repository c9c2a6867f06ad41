"""Every page behind the login, on the demonstration's alliance, on a telephone and on a laptop."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from alliances.models import Alliance, Contribution, User
from alliances.services.purpose.check import write_sentence
from assessments.demonstration.cast import LOGINS
from assessments.demonstration.load import load_demonstration
from assessments.models import Round
from assessments.services.banks.drafts import draft_next_version
from assessments.services.banks.languages import parts_in, translate_part
from assessments.services.banks.parts import change_question
from assessments.services.banks.rows import document_of
from assessments.services.banks.store import ensure_shipped_banks, latest_bank
from assessments.services.mailbox import list_mail
from tests.addresses import BANK_PAGES, OF_ADMINS, PAGES
from tests.assessments.banks.german import german_bank
from tests.browser.walk import A_PAPER, Walk
from tests.factories import make_alliance, make_answered_round, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def demonstration(settings: Any, tmp_path: Path, base_url: str) -> Path:
    """The demonstration, its mail in files; gives their folder."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = settings.MAIL_DIR = tmp_path
    load_demonstration(base_url=base_url)
    ensure_shipped_banks()
    return tmp_path


def one_of_each_kind(alliance: Alliance, *, is_convener: bool) -> list[str]:
    """An entry of the journal of each kind, and what stands at the two ends of other kinds."""
    entries = {entry.kind: entry for entry in alliance.journal.order_by("-on")}
    pledges = Contribution.objects.filter(participant__alliance=alliance)
    return [
        *(reverse("journal_entry", args=[entry.pk]) for entry in entries.values()),
        *(reverse("charter_version", args=[v.pk]) for v in alliance.charter_versions.all()),
        *(reverse("contribution", args=[one.pk]) for one in _first_and_last(pledges)),
        # of which nothing arrived, so that it may be removed
        *(
            reverse("contribution_edit", args=[one.pk])
            for one in pledges.filter(receipts=None)[:1]
            if is_convener
        ),
        *(
            reverse("difference", args=[pair.pk])
            for pair in alliance.difference_pairs.all()
            if is_convener
        ),
        *(reverse("metric", args=[one.pk]) for one in _first_and_last(alliance.metrics)),
        *(reverse("ground_item", args=[one.pk]) for one in _first_and_last(alliance.ground_items)),
        *(reverse("result", args=[one.pk]) for one in alliance.rounds.filter(status="closed")),
    ]


def _first_and_last(rows: Any) -> list[Any]:
    return [rows.first(), rows.last()]


def test_every_page_of_a_convener(
    laptop: Page,
    demonstration: Path,
    log_in: Callable[[Page, Any], None],
    axe: Callable[[Page], None],
) -> None:
    """All that links lead to, and then what opens with a purpose check and a draft."""
    log_in(laptop, User.objects.get(email=LOGINS[0].email))
    alliance = Alliance.objects.get()
    walk = Walk(laptop, axe).from_(
        reverse("home"),
        *one_of_each_kind(alliance, is_convener=True),
        reverse("demo_mail_message", args=[list_mail(demonstration)[0].name]),
        # where a press leads that leaves something out
        reverse("journal_action_new", args=[alliance.journal.filter(kind="meeting")[0].pk]),
        reverse("account_change_password"),
    )
    version = alliance.charter_versions.get(status="circulated")
    for address in (
        reverse("purpose_open", args=[alliance.pk]),
        reverse("charter_revise", args=[version.pk]),
    ):
        laptop.goto(address)
        laptop.locator("main .btn-primary").click()
    check = alliance.purpose_checks.get(closed_at=None)
    for participant in alliance.participants.filter(status="accepted")[:2]:
        write_sentence(check=check, participant=participant, text="Clean air.", edition=0, by=None)
    draft = alliance.charter_versions.get(status="draft")
    walk.from_(
        reverse("purpose_check", args=[alliance.pk]),
        reverse("charter", args=[alliance.pk]),
        reverse("charter_version", args=[draft.pk]),
    )
    assert PAGES - BANK_PAGES - OF_ADMINS - walk.names == {
        # An alliance that has its charter and its launch begins neither.
        "charter_start",
        "launch_lay_out",
        # The port has signed: see what a member sees.
        "charter_sign",
    }


def test_every_page_in_french(
    laptop: Page,
    demonstration: Path,
    log_in: Callable[[Page, Any], None],
    axe: Callable[..., None],
) -> None:
    """Longer words than the English: nothing is wider than the screen. Colours are the same."""
    convener = User.objects.get(email=LOGINS[0].email)
    convener.language = "fr"
    convener.save()
    log_in(laptop, convener)
    walk = Walk(laptop, partial(axe, without=["color-contrast"]), language="fr").from_(
        reverse("home"), *one_of_each_kind(Alliance.objects.get(), is_convener=True)
    )
    assert len(walk.names) > 70
    convener.is_superuser = convener.is_staff = True
    convener.save()
    walk.from_(reverse("banks"), reverse("bank", args=[latest_bank("readiness").pk]))


def test_every_page_of_a_member(
    laptop: Page,
    demonstration: Path,
    log_in: Callable[[Page, Any], None],
    axe: Callable[[Page], None],
) -> None:
    """Of one whose organisation has not signed, and states neither its pain nor some positions."""
    alliance = Alliance.objects.get()
    log_in(laptop, alliance.memberships.get(participant__name="Harbour Pilots’ Guild").user)
    walk = Walk(laptop, axe).from_(reverse("home"), *one_of_each_kind(alliance, is_convener=False))
    assert walk.names >= {
        "charter_comment",
        "charter_sign",
        "participant_pain",
        "position_own",
        "profile_edit",
        "stakeholder_new",
        "values_edit",
    }
    laptop.goto(reverse("people", args=[alliance.pk]))
    expect(laptop.locator("main")).not_to_contain_text("@marrow-bay.example")
    laptop.goto(reverse("result", args=[Round.objects.get(name="Second round").pk]))
    expect(laptop.locator("h1")).to_contain_text("Not ready:")
    with laptop.expect_download(timeout=A_PAPER) as download:
        laptop.get_by_role("link", name="Scorecard").click(no_wait_after=True)
    assert Path(download.value.path()).read_bytes()[:5] == b"%PDF-"


@pytest.mark.parametrize("screen", ["laptop", "scriptless"])
def test_the_whole_job(
    screen: str,
    request: pytest.FixtureRequest,
    demonstration: Path,
    base_url: str,
) -> None:
    """A convener describes an alliance, opens a round, people answer, it closes, the result stands."""
    page: Page = request.getfixturevalue(screen)
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(LOGINS[0].email)
    page.get_by_label("Password").fill(LOGINS[0].password)
    page.locator("main .btn-primary").click()
    # The alliance, and its people from a spreadsheet
    page.get_by_role("link", name="Describe an alliance").click()
    page.get_by_label("Name").fill("Tessel Valley")
    page.locator("main .btn-primary").click()
    page.get_by_role("link", name="Add many from a list").first.click()
    people = "\n".join(
        f"Organisation {n}\tinterest {n}\taccepted\tPerson {n}\tperson{n}@tessel.example"
        for n in range(1, 6)
    )
    page.locator("textarea").fill("organisation\tinterest\tstatus\tname\temail\n" + people)
    page.locator("main .btn-primary").click()
    page.locator("main .btn-primary").click()
    alliance = Alliance.objects.get(name="Tessel Valley")
    assert alliance.participants.count() == 5
    # The round
    page.goto(reverse("round_new", args=[alliance.pk]))
    page.get_by_role("link", name="Readiness").click()
    page.locator("main .btn-primary").click()
    round_ = Round.objects.get(alliance=alliance)
    # Five people answer, each by the link in their mail
    links = [
        line.strip()
        for mail in list_mail(demonstration)
        if "tessel.example" in mail.to
        for line in mail.text.splitlines()
        if line.strip().startswith(f"{base_url}/a/")
    ]
    assert len(links) == 5
    for link in links:
        page.context.clear_cookies(name=f"nb_r{round_.pk}")
        page.goto(link)
        page.locator("main .btn-primary").click()
        page.goto(f"/questionnaire/{round_.pk}/1/")
        for number in range(1, 9):
            expect(page.locator(".nb-progress")).to_contain_text(f"{number} of 8")
            for legend in page.locator("fieldset").all():
                legend.get_by_label("Agree", exact=True).check()
            page.get_by_role("button", name="Next" if number < 8 else "Review").click()
        page.get_by_role("button", name="Send in", exact=True).click()
        # The page before has a heading too, and going on from it would break off the sending.
        page.wait_for_url("**/done/")
    assert round_.invitations.filter(progress="answered").count() == 5
    # Closed, and published
    page.goto(reverse("round_close", args=[round_.pk]))
    page.locator("main .btn-primary").click()
    expect(page.locator("h1")).to_contain_text("Ready on conditions:")
    with page.expect_download(timeout=A_PAPER) as download:
        page.get_by_role("link", name="Report for the board").click(no_wait_after=True)
    assert Path(download.value.path()).read_bytes()[:5] == b"%PDF-"


def close_answered(name: str) -> None:
    """A closed round of the readiness bank, with all that its figures may be: most of it plain, a question
    that few know, one that is withheld because all agree, one that goes against the others."""
    bank = latest_bank("readiness")
    questions = list(bank.questions.values_list("code", "reverse"))
    sheets: list[dict[str, int | str]] = []
    for who in range(10):
        level = {code: 1 + (who + who * n % 3 // 2) % 5 for n, (code, _) in enumerate(questions)}
        sheets.append(
            {code: 6 - level[code] if turned else level[code] for code, turned in questions}
        )
        sheets[-1] |= {"CP2": 5, "CL1": 6 - level["CL1"]}
        if who < 4:
            sheets[-1]["CS1"] = "dk"
    make_answered_round(make_alliance(name), bank, sheets)


def test_every_page_of_who_writes_the_banks(
    laptop: Page, log_in: Callable[[Page, Any], None], axe: Callable[[Page], None]
) -> None:
    """A published bank and its next version, with a translation begun and a question changed."""
    admin = make_user("admin@example.org")
    admin.is_staff = admin.is_superuser = True
    admin.save()
    draft = draft_next_version(bank=latest_bank("readiness"), by=admin)
    oneself = latest_bank("collaborative-intelligence")
    question = draft.questions.get(code="CP1")
    change_question(
        question=question, edition=1, by=admin, data={"text": "The problem costs us dearly."}
    )
    translate_part(
        bank=draft,
        language="fr",
        number=0,
        texts={("title",): "Maturité"},
        seen=parts_in(document_of(draft, draft=True), "fr")[0].mark,
        by=admin,
    )
    for number in range(3):
        close_answered(f"Alliance {number}")
    log_in(laptop, admin)
    walk = Walk(laptop, axe, BANK_PAGES | OF_ADMINS).from_(
        reverse("home"),
        reverse("banks"),
        reverse("bank_reading", args=[draft.pk]) + "?rule=decision",
        # the introduction is where the bank leads to; a page of it, and as a peer reads it in a language
        reverse("bank_preview", args=[draft.pk, 1]) + "?mode=open",
        reverse("bank_preview", args=[oneself.pk, 0]) + "?of=peers",
        reverse("bank_preview", args=[latest_bank("invitation-appraisal").pk, 1]),
        reverse("bank_preview", args=[german_bank().pk, 1]) + "?language=he",
        reverse("bank_publish", args=[draft.pk]),
        reverse("bank", args=[draft.pk]),
        # what leads away from the published one
        reverse("bank", args=[latest_bank("readiness").pk]),
        reverse("bank_retire", args=[latest_bank("readiness").pk]),
    )
    assert walk.names >= BANK_PAGES | OF_ADMINS
    # The figures of its questions were seen whole, and their words where there are none yet.
    laptop.goto(reverse("bank_statistics", args=[latest_bank("readiness").pk]))
    assert laptop.locator("table.nb-figures").count() == 8
    Walk(laptop, axe, set()).from_(
        reverse("bank_statistics", args=[latest_bank("invitation-appraisal").pk])
    )
