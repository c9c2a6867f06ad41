"""Writing a question bank with the keyboard alone, in a browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from assessments.models import Bank
from assessments.services.banks.drafts import draft_next_version
from assessments.services.banks.parts import change_question
from tests.factories import make_bank, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def curator(laptop: Page, log_in: Callable[[Page, Any], None]) -> Page:
    admin = make_user("admin@example.org")
    admin.is_staff = admin.is_superuser = True
    admin.save()
    log_in(laptop, admin)
    return laptop


def tab_to(page: Page, selector: str, *, most: int = 400) -> None:
    """Presses Tab until what `selector` names has the focus."""
    for _ in range(most):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to {selector}")


def enter(page: Page) -> None:
    """Presses Enter on what leads to a page, and waits for that."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def codes(bank: Bank) -> list[str]:
    return list(
        bank.questions.order_by("dimension__position", "position").values_list("code", flat=True)
    )


def test_a_bank_from_nothing_to_published_by_keyboard(
    curator: Page, axe: Callable[[Page], None]
) -> None:
    page = curator
    page.goto(reverse("banks"))
    tab_to(page, "a[href='/banks/new/']")
    enter(page)
    tab_to(page, "#id_title")
    page.keyboard.type("Harbour watch")
    enter(page)
    expect(page.locator("h1")).to_contain_text("Harbour watch")
    bank = Bank.objects.get(code="harbour-watch")
    axe(page)
    tab_to(page, "a[href$='/dimensions/new/']")
    enter(page)
    tab_to(page, "#id_title")
    page.keyboard.type("Readiness of the crew")
    tab_to(page, "#id_code")
    page.keyboard.type("crew")
    enter(page)
    expect(page.locator("h3", has_text="Readiness of the crew")).to_be_visible()
    tab_to(page, "a[href$='/questions/new/']")
    enter(page)
    for number, text in enumerate(["The crew is awake.", "The lamp burns."], 1):
        expect(page.locator("#id_code")).to_have_value(f"CR{number}")
        tab_to(page, "#id_text")
        page.keyboard.type(text)
        tab_to(page, "[name=more]")
        enter(page)
        expect(page.locator(".nb-message")).to_be_visible()
    axe(page)
    assert codes(bank) == ["CR1", "CR2"]
    page.goto(reverse("bank_publish", args=[bank.pk]))
    axe(page)
    tab_to(page, "main button[type=submit]")
    enter(page)
    expect(page.locator("h1")).to_contain_text("published")
    bank.refresh_from_db()
    assert bank.status == "published"
    assert [q.text for q in bank.questions.order_by("position")] == [
        "The crew is awake.",
        "The lamp burns.",
    ]


def test_sixty_questions_are_put_in_order_by_keyboard(
    curator: Page, axe: Callable[[Page], None]
) -> None:
    """A button that moves keeps the focus, so that one may press it again."""
    page, bank = curator, make_bank("long", shape=(10,) * 6, status="draft")
    page.goto(reverse("bank", args=[bank.pk]))
    axe(page)
    moved = bank.questions.get(code="A9")
    down = f"button[value='question-{moved.pk}-down']"
    tab_to(page, down)
    enter(page)
    expect(page.locator(down)).to_be_focused()
    assert codes(bank)[7:11] == ["A8", "A10", "A9", "B1"]
    # Past its dimension's end, into the next.
    enter(page)
    expect(page.locator(f"#d-{bank.dimensions.get(code='part-2').pk} {down}")).to_be_focused()
    assert codes(bank)[7:12] == ["A8", "A10", "A9", "B1", "B2"]
    assert bank.questions.get(code="A9").dimension.code == "part-2"
    # And at the very top there is no way up: the way down has the focus.
    first = bank.questions.get(code="A2")
    tab_to(page, f"button[value='question-{first.pk}-up']", most=500)
    enter(page)
    expect(page.locator(f"button[value='question-{first.pk}-down']")).to_be_focused()
    assert codes(bank)[:3] == ["A2", "A1", "A3"]
    # A dimension too.
    part = bank.dimensions.get(code="part-6")
    tab_to(page, f"button[value='dimension-{part.pk}-up']")
    enter(page)
    expect(page.locator(f"button[value='dimension-{part.pk}-up']")).to_be_focused()
    assert list(bank.dimensions.order_by("position").values_list("code", flat=True))[4:] == [
        "part-6",
        "part-5",
    ]
    # And a question is found, changed and saved.
    question = bank.questions.get(code="F5")
    tab_to(page, f"a[href='{reverse('question_edit', args=[question.pk])}']")
    enter(page)
    tab_to(page, "#id_text")
    page.keyboard.press("Control+a")
    page.keyboard.type("The pilots know the channel.")
    tab_to(page, "#id_reverse")
    page.keyboard.press("Space")
    axe(page)
    enter(page)
    expect(page.locator(f"#q-{question.pk}")).to_contain_text("The pilots know the channel.")
    question.refresh_from_db()
    assert (question.text, question.reverse) == ("The pilots know the channel.", True)


def test_marks_are_given_by_keyboard(curator: Page) -> None:
    page = curator
    draft = draft_next_version(bank=make_bank("small"), by=None)
    for code in ("A1", "B1"):
        question = draft.questions.get(code=code)
        change_question(question=question, edition=1, by=None, data={"text": f"New {code}."})
    page.goto(reverse("bank_publish", args=[draft.pk]))
    tab_to(page, "[name=mark-A1]")
    page.keyboard.press("Space")
    tab_to(page, "[name=mark-B1]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "main button[type=submit]")
    enter(page)
    expect(page.locator("h1")).to_contain_text("published")
    marks = dict(draft.questions.exclude(change="").values_list("code", "change"))
    assert marks == {"A1": "wording", "B1": "meaning"}


def test_another_scale_opens_its_fields(curator: Page) -> None:
    bank = draft_next_version(bank=make_bank("small"), by=None)
    curator.goto(reverse("question_new", args=[bank.dimensions.first().pk]))
    expect(curator.locator("#id_labels")).to_be_hidden()
    curator.select_option("#id_scale", "own")
    expect(curator.locator("#id_labels")).to_be_visible()
    curator.select_option("#id_scale", "0")
    expect(curator.locator("#id_labels")).to_be_visible()
