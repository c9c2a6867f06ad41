"""Every page behind the login, on the demonstration's alliance, on a telephone and on a laptop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from alliances.models import Alliance, Membership, Representative, User
from assessments.demonstration.cast import LOGINS
from assessments.demonstration.load import load_demonstration
from assessments.models import Invitation, Round
from assessments.services.mailbox import list_mail
from tests.browser.test_pages import assert_worthy

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def demonstration(settings: Any, tmp_path: Path, base_url: str) -> Path:
    """The demonstration, its mail in files; gives their folder."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = settings.MAIL_DIR = tmp_path
    load_demonstration(base_url=base_url)
    return tmp_path


def convener_pages(mail: Path) -> list[str]:
    alliance = Alliance.objects.get()
    participant = alliance.participants.get(name="Ostrel Shipping Line")
    person = Representative.objects.get(participant=participant)
    membership = Membership.objects.get(user__email=LOGINS[1].email)
    open_round = Round.objects.get(status="open")
    result = Round.objects.get(name="Second round")
    waiting = Invitation.objects.filter(round=open_round).exclude(progress="answered").first()
    return [
        reverse("home"),
        reverse("desk", args=[alliance.pk]),
        reverse("alliance_new"),
        reverse("alliance_edit", args=[alliance.pk]),
        reverse("people", args=[alliance.pk]),
        reverse("people_import", args=[alliance.pk]),
        reverse("participant_new", args=[alliance.pk]),
        reverse("participant_edit", args=[participant.pk]),
        reverse("participant_pain", args=[participant.pk]),
        reverse("participant_remove", args=[participant.pk]),
        reverse("representative_new", args=[participant.pk]),
        reverse("representative_edit", args=[person.pk]),
        reverse("representative_remove", args=[person.pk]),
        reverse("access", args=[alliance.pk]),
        reverse("access_remove", args=[membership.pk]),
        reverse("rounds", args=[alliance.pk]),
        reverse("round_new", args=[alliance.pk]),
        reverse("round", args=[open_round.pk]),
        reverse("round_remind", args=[open_round.pk]),
        reverse("round_forecast", args=[open_round.pk]),
        reverse("round_close", args=[open_round.pk]),
        reverse("round_link", args=[waiting.pk]),  # type: ignore[union-attr]
        reverse("result", args=[result.pk]),
        reverse("demo_mail"),
        reverse("demo_mail_message", args=[list_mail(mail)[0].name]),
        reverse("account_logout"),
        reverse("account_change_password"),
    ]


@pytest.mark.parametrize("screen", ["phone", "laptop"])
def test_every_page_of_a_convener(
    screen: str,
    request: pytest.FixtureRequest,
    demonstration: Path,
    log_in: Callable[[Page, Any], None],
    axe: Callable[[Page], None],
) -> None:
    page: Page = request.getfixturevalue(screen)
    log_in(page, User.objects.get(email=LOGINS[0].email))
    for address in convener_pages(demonstration):
        answer = page.goto(address)
        assert answer is not None
        assert (address, answer.status) == (address, 200)
        assert_worthy(page, axe)


@pytest.mark.parametrize("screen", ["phone", "laptop"])
def test_what_a_member_sees(
    screen: str,
    request: pytest.FixtureRequest,
    demonstration: Path,
    log_in: Callable[[Page, Any], None],
    axe: Callable[[Page], None],
) -> None:
    page: Page = request.getfixturevalue(screen)
    log_in(page, User.objects.get(email=LOGINS[1].email))
    page.goto("/")
    page.get_by_role("link", name="Marrow Bay Clean Harbour Alliance").click()
    assert_worthy(page, axe)
    page.get_by_role("link", name="People").click()
    assert_worthy(page, axe)
    expect(page.locator("main")).not_to_contain_text("@marrow-bay.example")
    page.get_by_role("link", name="Rounds").click()
    assert_worthy(page, axe)
    page.goto(reverse("result", args=[Round.objects.get(name="Second round").pk]))
    expect(page.locator("h1")).to_contain_text("Not ready:")
    with page.expect_download() as download:
        page.get_by_role("link", name="Scorecard").click()
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
    page.get_by_label("Email").fill(LOGINS[0].email)
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
        page.get_by_role("button", name="Send in").click()
        expect(page.locator("h1")).to_be_visible()
    assert round_.invitations.filter(progress="answered").count() == 5
    # Closed, and published
    page.goto(reverse("round_close", args=[round_.pk]))
    page.locator("main .btn-primary").click()
    expect(page.locator("h1")).to_contain_text("Ready on conditions:")
    with page.expect_download() as download:
        page.get_by_role("link", name="Report for the board").click()
    assert Path(download.value.path()).read_bytes()[:5] == b"%PDF-"
