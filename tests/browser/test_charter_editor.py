"""The convener writes a charter in a real browser: with and without JavaScript, on two screens."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from alliances.models import CharterSection, CharterVersion, WorkingRule
from tests.alliances.charter.worlds import LIGHT, MadeCharter, make_charter
from tests.browser.test_pages import assert_worthy

pytestmark = pytest.mark.django_db(transaction=True)

LogIn = Callable[[Page, Any], None]


@pytest.fixture(params=["phone", "laptop"])
def any_page(request: pytest.FixtureRequest) -> Page:
    page: Page = request.getfixturevalue(request.param)
    return page


def charter(made: MadeCharter) -> str:
    return f"/alliances/{made.alliance.pk}/charter/"


def section(made: MadeCharter, code: str) -> str:
    return f"/charters/{made.version.pk}/sections/{code}/"


def content(made: MadeCharter, code: str) -> dict[str, str]:
    return CharterSection.objects.get(version=made.version, code=code).content


@pytest.mark.parametrize("which", ["laptop", "scriptless"])
def test_a_light_charter_is_written_from_the_first_page_to_the_last(
    which: str, request: pytest.FixtureRequest, log_in: LogIn
) -> None:
    """By the filled button alone: it leads through every section that is needed."""
    page: Page = request.getfixturevalue(which)
    made = make_charter(2, circulated=False)
    CharterVersion.objects.all().delete()
    log_in(page, made.convener)
    page.goto(charter(made))
    page.get_by_role("link", name="Begin a charter").click()
    page.get_by_label("Light: for units of one organisation").check()
    page.get_by_role("button", name="Begin the charter").click()
    expect(page.locator("h1")).to_contain_text("Nothing stands there yet.")
    fields = {
        "The problem": {"The problem that all parties share": "The river floods."},
        "Scope": {"In scope": "The valley.", "Out of scope": "The coast."},
        "Purpose": {"The purpose in one sentence": "No house under water by 2031."},
        "How decisions are made": {"What happens when it fails": "The mayor decides."},
        "Roles and time": {"Who does what": "Ash leads."},
        "Term and review": {"The parties review it on": "2030-01-31"},
    }
    for title, texts in fields.items():
        page.get_by_role("link", name=re.compile(f"(Write|Go on with) “{title}”")).click()
        expect(page.locator("h1")).to_have_text(title)
        for label, text in texts.items():
            page.get_by_label(label, exact=True).fill(text)
        if title == "How decisions are made":
            page.get_by_label("Consensus: nobody objects").check()
        page.get_by_role("button", name=re.compile("^Save$|^Save and finish$")).click()
        expect(page.get_by_role("status").filter(has_text="is saved.")).to_be_visible()
    expect(page.locator("h1")).to_contain_text("All that it needs stands there.")
    written = {one.code: one.content for one in CharterSection.objects.all()}
    assert written == LIGHT


def test_saving_goes_on_from_section_to_section(laptop: Page, log_in: LogIn) -> None:
    made = make_charter(2, circulated=False, contents={}, depth="full")
    log_in(laptop, made.convener)
    laptop.goto(section(made, "problem"))
    titles = []
    for _ in range(11):
        titles.append(laptop.locator("h1").inner_text())
        laptop.get_by_role("button", name="Save, and on to the next").click()
    assert titles[0] == "The problem"
    assert laptop.locator("h1").inner_text() == "Term and review"
    assert len(set(titles)) == 11
    expect(laptop.get_by_role("button", name="Save, and on to the next")).to_have_count(0)


def test_hints_come_while_one_writes(laptop: Page, log_in: LogIn) -> None:
    made = make_charter(2, circulated=False, contents={})
    log_in(laptop, made.convener)
    laptop.goto(section(made, "purpose"))
    said = laptop.locator("#hints-said")
    expect(said).to_contain_text("as soon as there is a sentence")
    field = laptop.get_by_label("The purpose in one sentence")
    field.press_sequentially("Explore synergies with relevant stakeholders")
    expect(said).to_contain_text("Six things to look at again.")
    expect(laptop.locator("#hints-list")).to_contain_text("“synergies”")
    field.fill("By 2031 every ship at the quay of Tessel draws its power from the shore.")
    expect(said).to_have_text("Nothing to look at again.")
    expect(laptop.locator("#hints-list li")).to_have_count(4)
    # the page that the summary is on stays the same one: what is read out is the change
    assert laptop.evaluate("document.querySelectorAll('#hints-said').length") == 1
    field.fill("")
    expect(said).to_contain_text("as soon as there is a sentence")
    assert not CharterSection.objects.exists()


def test_hints_after_the_login_has_ended_do_no_harm(laptop: Page, log_in: LogIn) -> None:
    made = make_charter(2, circulated=False, contents={})
    log_in(laptop, made.convener)
    laptop.goto(section(made, "purpose"))
    laptop.context.clear_cookies(name="sessionid")
    with laptop.expect_response(lambda response: "login" in response.url):
        laptop.get_by_label("The purpose in one sentence").press_sequentially("By 2031")
    expect(laptop.locator("h1")).to_have_text("Purpose")
    expect(laptop.locator("#hints-said")).to_have_count(1)
    expect(laptop.get_by_label("The purpose in one sentence")).to_have_value("By 2031")
    expect(laptop.get_by_label("Password")).to_have_count(0)


def test_hints_without_javascript(scriptless: Page, log_in: LogIn) -> None:
    made = make_charter(2, circulated=False, contents={})
    log_in(scriptless, made.convener)
    scriptless.goto(section(made, "purpose"))
    scriptless.get_by_label("The purpose in one sentence").fill("Explore synergies.")
    scriptless.get_by_role("button", name="Check the wording").click()
    expect(scriptless.locator("#hints-list")).to_contain_text("“synergies”")
    expect(scriptless.get_by_label("The purpose in one sentence")).to_have_value(
        "Explore synergies."
    )
    assert not CharterSection.objects.exists()


def test_two_conveners_write_at_once(
    laptop: Page, phone: Page, log_in: LogIn, axe: Callable[[Page], None]
) -> None:
    made = make_charter(2, circulated=False)
    for page in (laptop, phone):
        log_in(page, made.convener)
        page.goto(section(made, "scope"))
    laptop.get_by_label("In scope", exact=True).fill("The valley and its hills.")
    laptop.get_by_role("button", name="Save", exact=True).click()
    expect(laptop.get_by_role("status")).to_contain_text("“Scope” is saved.")
    phone.get_by_label("In scope", exact=True).fill("The valley and the sea.")
    phone.get_by_role("button", name="Save", exact=True).click()
    beside = phone.locator(".nb-overtaken")
    expect(beside).to_contain_text("The valley and its hills.")
    expect(beside).to_contain_text("The valley and the sea.")
    beside.get_by_text("What differs, word by word").click()
    expect(beside.locator("ins")).to_contain_text("sea")
    expect(phone.get_by_label("In scope", exact=True)).to_have_value("The valley and the sea.")
    assert_worthy(phone, axe)
    phone.get_by_role("button", name="Save", exact=True).click()
    expect(phone.get_by_role("status")).to_contain_text("“Scope” is saved.")
    assert content(made, "scope")["in"] == "The valley and the sea."


def test_a_hundred_kilobytes_are_pasted(
    any_page: Page, log_in: LogIn, axe: Callable[[Page], None]
) -> None:
    made = make_charter(2, circulated=False, contents={})
    log_in(any_page, made.convener)
    any_page.goto(section(made, "problem"))
    pasted = "“Smart” – quotes… <script>alert(1)</script> • point\n\n" * 2000 + "x" * 3000
    assert len(pasted) > 100_000
    field = any_page.get_by_label("The problem that all parties share")
    field.focus()
    any_page.keyboard.insert_text(pasted)
    any_page.get_by_role("button", name="Save", exact=True).click()
    expect(any_page.get_by_role("status")).to_contain_text("is saved.")
    assert content(made, "problem")["problem"] == pasted
    any_page.goto(section(made, "problem"))
    expect(field).to_have_value(pasted)
    assert_worthy(any_page, axe)


def test_working_rules_are_taken_over(laptop: Page, log_in: LogIn) -> None:
    made = make_charter(2, circulated=False, contents={}, depth="full")
    WorkingRule.objects.create(alliance=made.alliance, text="Be on time.")
    log_in(laptop, made.convener)
    laptop.goto(section(made, "rules"))
    field = laptop.get_by_label("Rules", exact=True)
    field.fill("Ours.")
    laptop.get_by_role("button", name="Take over the working rules on record").click()
    expect(field).to_have_value("Ours.\nBe on time.")
    assert not CharterSection.objects.exists()
    laptop.get_by_role("button", name="Save", exact=True).click()
    expect(laptop.get_by_role("status")).to_contain_text("is saved.")
    assert content(made, "rules") == {"rules": "Ours.\nBe on time."}


def test_pages_of_the_editor(any_page: Page, log_in: LogIn, axe: Callable[[Page], None]) -> None:
    made = make_charter(
        2, circulated=False, contents={**LIGHT, "rules": {"rules": "word" * 500}}, depth="full"
    )
    WorkingRule.objects.create(alliance=made.alliance, text="Be on time.")
    log_in(any_page, made.convener)
    settings = f"/charters/{made.version.pk}/settings/"
    discard = f"/charters/{made.version.pk}/discard/"
    codes = ["purpose", "decisions", "rules", "term"]
    pages = [charter(made), settings, discard, *(section(made, code) for code in codes)]
    for address in pages:
        any_page.goto(address)
        assert_worthy(any_page, axe)
    CharterVersion.objects.all().delete()
    for address in (charter(made), f"{charter(made)}start/"):
        any_page.goto(address)
        assert_worthy(any_page, axe)


def test_the_charter_page_of_members(
    any_page: Page, log_in: LogIn, axe: Callable[[Page], None]
) -> None:
    made = make_charter(3)
    made.sign(0)
    log_in(any_page, made.users[1])
    any_page.goto(charter(made))
    expect(any_page.locator("h1")).to_contain_text("One of three parties has signed.")
    assert_worthy(any_page, axe)
    made.sign(1)
    made.sign(2)
    any_page.goto(charter(made))
    expect(any_page.locator("h1")).to_contain_text("All three parties have signed it.")
    assert_worthy(any_page, axe)


@pytest.mark.parametrize("scheme", ["dark"])
def test_dark(laptop: Page, log_in: LogIn, axe: Callable[[Page], None], scheme: Any) -> None:
    made = make_charter(2, circulated=False)
    laptop.emulate_media(color_scheme=scheme)
    log_in(laptop, made.convener)
    for address in (charter(made), section(made, "purpose")):
        laptop.goto(address)
        assert_worthy(laptop, axe)
