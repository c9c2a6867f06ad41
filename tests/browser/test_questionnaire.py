"""The respondent in a real browser: by keyboard, without JavaScript, on a bad line, on two devices."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from assessments.models import Answer, Bank, Comment, Response
from assessments.services.invitations import send_invitations
from tests.assessments.banks.german import german_bank
from tests.browser.test_pages import assert_worthy
from tests.factories import (
    MadeRound,
    make_alliance,
    make_bank,
    make_participant,
    make_response,
    make_round,
    make_user,
)

pytestmark = pytest.mark.django_db(transaction=True)

SAVED = re.compile(r"^Saved at \d\d:\d\d$")


@pytest.fixture
def made() -> MadeRound:
    return make_round(bank=make_bank(shape=(3, 2)), organisations=3)


def given() -> set[tuple[str, str, int | None]]:
    return set(Answer.objects.values_list("question__code", "kind", "value"))


def begin(page: Page, made: MadeRound, place: int = 0) -> str:
    """Opens the questionnaire by the link; gives its address."""
    page.goto(made.link(place))
    page.get_by_role("button").click()
    return page.url


def status(page: Page) -> Any:
    return page.locator("#saved")


def choose(page: Page, code: str, label: str) -> None:
    page.locator(f"#q-{code}").get_by_label(label, exact=True).check()


def tab_to(page: Page, name: str) -> None:
    """Tabs on until what bears the focus says `name`."""
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.textContent.trim()")
        if focused == name:
            return
    raise AssertionError(f"The keyboard does not reach {name!r}.")


def tab_to_field(page: Page, name: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    raise AssertionError(f"The keyboard does not reach {name!r}.")


def test_from_start_to_end_by_keyboard_alone(laptop: Page, made: MadeRound) -> None:
    page = laptop
    page.goto(made.link())
    tab_to(page, "Open the questionnaire")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("This round is confidential.")
    assert made.tokens[0] not in page.url
    tab_to(page, "Begin")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Part 1")
    tab_to_field(page, "q-A1")
    page.keyboard.press("Space")  # the first option
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")  # the third
    tab_to_field(page, "q-A2")
    page.keyboard.press("ArrowLeft")  # round from the first to the last: not applicable
    tab_to_field(page, "q-A3")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")  # don’t know
    tab_to_field(page, "comment")
    page.keyboard.type("By hand.")
    page.keyboard.press("Tab")
    expect(status(page)).to_have_text(SAVED)
    assert given() == {("A1", "value", 3), ("A2", "na", None), ("A3", "dk", None)}
    assert page.evaluate("document.activeElement.textContent") == "Next: Part 2"
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Part 2")
    tab_to_field(page, "q-B1")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")  # from a question on: the button that leads on
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 question is open.")
    tab_to(page, "Statement B2.")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/2/#q-B2$"))
    tab_to_field(page, "q-B2")
    page.keyboard.press("Space")
    tab_to(page, "Next: review and send in")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("All questions are answered.")
    tab_to(page, "Send in")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Your answers are sent in.")

    response = Response.objects.get()
    assert response.submitted is True
    assert given() == {
        ("A1", "value", 3),
        ("A2", "na", None),
        ("A3", "dk", None),
        ("B1", "value", 1),
        ("B2", "value", 1),
    }
    assert Comment.objects.get().text == "By hand."


def test_from_start_to_end_without_javascript(scriptless: Page, made: MadeRound) -> None:
    page = scriptless
    begin(page, made)
    page.get_by_role("link", name="Begin").click()
    choose(page, "A1", "Agree")
    choose(page, "A2", "I don’t know")
    page.get_by_label("Anything to add?").fill("On paper.")
    expect(page.locator("body")).not_to_contain_text("all saved")
    expect(status(page)).to_be_empty()
    assert given() == set()  # nothing is saved, and nothing says so
    page.get_by_role("button", name="Next: Part 2").click()
    expect(page.get_by_role("status")).to_contain_text(["Saved. Your answers count"])
    assert given() == {("A1", "value", 4), ("A2", "dk", None)}
    choose(page, "B1", "Disagree")
    page.get_by_role("button", name="Back to Part 1").click()
    assert given() == {("A1", "value", 4), ("A2", "dk", None), ("B1", "value", 2)}
    expect(page.locator("#q-A1").get_by_label("Agree", exact=True)).to_be_checked()
    page.get_by_role("button", name="Next: Part 2").click()
    page.get_by_role("button", name="Next: review and send in").click()
    page.get_by_role("button", name="Send in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Your answers are sent in.")
    page.get_by_role("link", name="Read your answers").click()
    expect(page.locator("main")).to_contain_text("On paper.")
    assert Response.objects.get().submitted is True


def test_saved_is_said_only_once_it_is_true_and_tried_again_until_then(
    laptop: Page, made: MadeRound
) -> None:
    page = laptop
    home = begin(page, made)
    page.goto(f"{home}1/")
    tries = []

    def broken(route: Route) -> None:
        tries.append(route.request.post_data)
        route.abort()

    page.route("**/save/", broken)
    choose(page, "A1", "Agree")
    expect(status(page)).to_have_text("Not saved. Trying again…")
    choose(page, "A1", "Disagree")
    choose(page, "A2", "Agree")
    expect(status(page)).to_have_text("Not saved. Trying again…")
    expect(page.locator("#count")).not_to_contain_text("saved")
    assert given() == set()
    assert len(tries) >= 2

    page.unroute("**/save/")
    expect(status(page)).to_have_text(SAVED, timeout=20_000)
    expect(page.locator("#count")).to_contain_text("2 of 3 answered, all saved.")
    assert given() == {("A1", "value", 2), ("A2", "value", 4)}


def test_a_server_in_trouble_is_tried_again(laptop: Page, made: MadeRound) -> None:
    page = laptop
    home = begin(page, made)
    page.goto(f"{home}1/")
    answers = iter([500, 503])

    def troubled(route: Route) -> None:
        code = next(answers, None)
        if code is None:
            route.continue_()
        else:
            route.fulfill(status=code, body="<h1>Sorry</h1>")

    page.route("**/save/", troubled)
    choose(page, "A1", "Agree")
    expect(status(page)).to_have_text("Not saved. Trying again…")
    expect(status(page)).to_have_text(SAVED, timeout=20_000)
    assert given() == {("A1", "value", 4)}


def test_leaving_with_something_unsaved_is_asked_first(laptop: Page, made: MadeRound) -> None:
    page = laptop
    home = begin(page, made)
    page.goto(f"{home}1/")
    asked = []

    def stay(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.route("**/save/", lambda route: route.abort())
    choose(page, "A1", "Agree")
    expect(status(page)).to_contain_text("Not saved.")
    page.get_by_role("link", name="What others will see").click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert page.url == f"{home}1/"
    # The form carries all of the page, so that going on by it asks nothing.
    page.get_by_role("button", name="Next: Part 2").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Part 2")
    assert asked == ["beforeunload"]
    assert given() == {("A1", "value", 4)}


def test_what_the_server_refuses_is_said_in_its_words(laptop: Page, made: MadeRound) -> None:
    page = laptop
    home = begin(page, made)
    page.goto(f"{home}1/")
    page.evaluate("document.querySelector('textarea').removeAttribute('maxlength')")
    page.get_by_label("Anything to add?").fill("x" * 2001)
    expect(status(page)).to_have_text(
        "Not saved. The comment has 2,001 characters, and 2,000 fit. Shorten it."
    )
    choose(page, "A1", "Agree")
    expect(status(page)).to_contain_text("Not saved. The comment has 2,001 characters")
    page.get_by_label("Anything to add?").fill("Short.")
    expect(status(page)).to_have_text(SAVED)
    assert given() == {("A1", "value", 4)}
    assert Comment.objects.get().text == "Short."


def test_a_question_called_as_the_page_calls_its_own_parts(
    laptop: Page, axe: Callable[[Page], None]
) -> None:
    page = laptop
    names = ["comment", "count", "saved", "answers", "csrfmiddlewaretoken"]

    def rename(bank: Bank) -> None:
        for number, name in enumerate(names, start=1):
            bank.questions.filter(code=f"A{number}").update(code=name)

    bank = make_bank("names", shape=(len(names),), change=rename)
    home = begin(page, make_round(bank=bank))
    page.goto(f"{home}1/")
    for name in names:
        choose(page, name, "Agree")
    page.get_by_label("Anything to add?").fill("Said.")
    expect(page.locator("#count")).to_have_text("5 of 5 answered, all saved.")
    expect(status(page)).to_have_text(SAVED)
    assert given() == {(name, "value", 4) for name in names}
    assert Comment.objects.get().text == "Said."
    axe(page)


def test_a_page_sent_in_elsewhere_says_so(laptop: Page, made: MadeRound) -> None:
    page = laptop
    home = begin(page, made)
    page.goto(f"{home}1/")
    Response.objects.update(submitted=True)
    choose(page, "A1", "Agree")
    expect(status(page)).to_have_text(
        "Not saved. Your answers were sent in. They can be read, and no longer changed."
    )
    assert given() == set()


def test_an_answer_under_way_does_not_overtake_the_page(laptop: Page, made: MadeRound) -> None:
    page = laptop
    home = begin(page, made)
    page.goto(f"{home}1/")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/save/", hold)
    choose(page, "A1", "Agree")
    page.wait_for_timeout(200)
    choose(page, "A1", "Strongly agree")
    page.get_by_role("button", name="Next: Part 2").click(no_wait_after=True)
    page.wait_for_timeout(200)
    assert page.url == f"{home}1/"  # waits for the older answer
    held[0].continue_()
    expect(page.get_by_role("heading", level=1)).to_have_text("Part 2")
    assert given() == {("A1", "value", 5)}


def test_coming_back_on_another_device(
    laptop: Page, made: MadeRound, new_context: Callable[..., BrowserContext]
) -> None:
    home = begin(laptop, made)
    laptop.goto(f"{home}1/")
    for code in ("A1", "A2", "A3"):
        choose(laptop, code, "Agree")
    expect(laptop.locator("#count")).to_have_text("3 of 3 answered, all saved.")
    expect(status(laptop)).to_have_text(SAVED)

    telephone = new_context(viewport={"width": 360, "height": 780}).new_page()
    telephone.goto(home)
    expect(telephone.get_by_role("heading", level=1)).to_have_text(
        "This browser does not hold your link."
    )
    telephone.goto(made.link())
    telephone.get_by_role("button", name="Go on with the questionnaire").click()
    telephone.get_by_role("link", name="Go on with 2 of 2").click()
    choose(telephone, "B1", "Disagree")
    expect(status(telephone)).to_have_text(SAVED)
    telephone.get_by_role("button", name="Back to Part 1").click()
    expect(telephone.locator("#q-A1").get_by_label("Agree", exact=True)).to_be_checked()
    assert Response.objects.count() == 1


@pytest.mark.parametrize("width", ["phone", "laptop"])
def test_every_page_of_the_respondent(
    width: str, request: pytest.FixtureRequest, axe: Callable[[Page], None], made: MadeRound
) -> None:
    page: Page = request.getfixturevalue(width)

    def check() -> None:
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
        expect(page.locator("h1")).to_have_count(1)

    page.goto("/a/unknown/")
    check()
    page.goto(made.link())
    check()
    home = begin(page, made)
    check()
    page.goto(f"{home}review/")
    check()
    page.goto(f"{home}1/")
    choose(page, "A1", "Agree")
    expect(status(page)).to_have_text(SAVED)
    check()
    page.evaluate("document.querySelector('textarea').removeAttribute('maxlength')")
    page.get_by_label("Anything to add?").fill("x" * 2001)
    page.get_by_role("button", name="Next: Part 2").click()
    expect(page.get_by_role("alert")).to_contain_text("the rest is saved")
    check()
    page.get_by_label("Anything to add?").fill("Said.")
    page.get_by_role("button", name="Next: Part 2").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Part 2")
    page.goto(f"{home}review/")
    check()
    page.get_by_role("button", name="Send in", exact=True).click()
    check()
    page.goto(f"{home}review/")
    check()
    page.goto(made.link())
    check()
    page.goto(f"{home}data/")
    check()
    page.get_by_role("link", name="Delete your answers").click()
    check()
    page.get_by_role("button", name="Delete your answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What happens with what you say")
    check()
    assert Response.objects.count() == 0


@pytest.mark.parametrize("width", ["phone", "laptop"])
def test_every_page_of_the_convener(
    width: str,
    request: pytest.FixtureRequest,
    axe: Callable[[Page], None],
    log_in: Callable[[Page, Any], None],
) -> None:
    convener = make_user(name="Ada Marsh")
    alliance = make_alliance(convener=convener)
    made = make_round(alliance, organisations=3, people=2)
    make_response(made, 0, answers={"A1": 1}, submitted=True)
    make_response(made, 2, answers={"A1": 1})
    made.invitations[4].links.all().delete()
    empty = make_alliance("New Alliance", convener=convener)
    open_to = make_alliance("Old Alliance", convener=convener)
    for name in ("Arbour", "Basin", "Coast"):
        make_participant(open_to, name, people=2)
    make_participant(open_to, "Dune")
    page: Page = request.getfixturevalue(width)
    log_in(page, convener)
    pk = made.round.pk
    for address in (
        f"/alliances/{alliance.pk}/rounds/",
        f"/alliances/{empty.pk}/rounds/",
        f"/alliances/{alliance.pk}/rounds/new/",
        f"/alliances/{empty.pk}/rounds/new/",
        f"/alliances/{open_to.pk}/rounds/new/",
        f"/rounds/{pk}/",
        f"/rounds/{pk}/remind/",
        f"/rounds/{pk}/forecast/",
        f"/rounds/{pk}/close/",
        f"/invitations/{made.invitations[2].pk}/link/",
    ):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
        expect(page.locator("h1")).to_have_count(1)
    page.goto(f"/alliances/{open_to.pk}/rounds/new/")
    page.get_by_label("Threshold").fill("4")
    # Whoever has looked at what will be shown stands there; what is wrong leads them away from it.
    page.get_by_role("button", name="Work it out").click()
    page.wait_for_url("**#will-be-shown")
    page.get_by_role("button", name="Open and invite").click()
    expect(page.locator("main")).to_contain_text("the threshold is 5 or more")
    assert "#" not in page.url
    axe(page)
    page.get_by_label("Threshold").fill("5")
    page.get_by_role("button", name="Open and invite").click()
    expect(page.get_by_role("status")).to_contain_text("The round is open. Six mails are sent.")
    axe(page)


@pytest.mark.parametrize("width", ["phone", "laptop"])
def test_the_mailbox(
    width: str,
    request: pytest.FixtureRequest,
    axe: Callable[[Page], None],
    settings: Any,
    tmp_path: Any,
    base_url: str,
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    page: Page = request.getfixturevalue(width)
    page.goto("/demo/mail/")
    axe(page)
    made = make_round()
    send_invitations(round=made.round, base_url=base_url, invitations=made.invitations)
    page.goto("/demo/mail/")
    axe(page)
    page.get_by_role("link", name="how ready are we?").first.click()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    page.locator(".nb-letter a").click()
    page.get_by_role("button", name="Open the questionnaire").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("This round is confidential.")


def test_the_questions_in_another_language_than_the_pages(
    phone: Page, axe: Callable[[Page], None]
) -> None:
    """Picked before the beginning, changed on a page that is half answered, by thumb and by keyboard."""
    made = make_round(bank=german_bank(), organisations=3)
    page = phone
    page.goto(made.link())
    assert_worthy(page, axe)
    page.get_by_role("link", name="Deutsch").tap()
    assert_worthy(page, axe)
    page.get_by_role("button", name="Open the questionnaire").tap()
    assert_worthy(page, axe)
    expect(page.locator("main")).to_contain_text("Lies jeden Satz.")
    page.get_by_role("link", name="Begin").tap()
    expect(page.locator("h1")).to_have_text("Teil A")
    expect(page.locator("h1")).to_have_attribute("lang", "de")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert_worthy(page, axe)
    choose(page, "A1", "Ja")
    expect(status(page)).to_have_text(SAVED)

    # What was typed a moment ago comes along too.
    page.get_by_label("Anything to add?").fill("Half way.")
    tab_to(page, "עברית")
    page.keyboard.press("Enter")
    expect(page.locator("#q-A1 legend")).to_contain_text("אנחנו עושים א.")
    expect(page.locator("#q-A1").get_by_label("כן")).to_be_checked()
    expect(page.get_by_label("Anything to add?")).to_have_value("Half way.")
    assert_worthy(page, axe)
    assert page.locator("#q-A1 .likert").evaluate("e => getComputedStyle(e).direction") == "rtl"

    page.get_by_role("button", name="Français").last.tap()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("h1")).to_have_text("Partie A")
    assert_worthy(page, axe)
    # Enter in an answer leads on, to no other language.
    tab_to_field(page, "q-A2")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Part B")
    assert given() == {("A1", "value", 3), ("A2", "value", 1)}
    assert Comment.objects.get().text == "Half way."


def test_the_questions_in_another_language_without_javascript(scriptless: Page) -> None:
    made = make_round(bank=german_bank(), organisations=3)
    page = scriptless
    begin(page, made)
    page.get_by_role("link", name="Deutsch").click()
    page.get_by_role("link", name="Begin").click()
    choose(page, "A1", "Ja")
    page.get_by_role("button", name="English").click()
    expect(page.locator("h1")).to_have_text("Part A")
    expect(page.locator("#q-A1").get_by_label("Yes")).to_be_checked()
    assert given() == {("A1", "value", 3)}
