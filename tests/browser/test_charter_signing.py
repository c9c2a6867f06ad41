"""A charter is circulated, commented on, signed and checked, by the people themselves."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from alliances.models import CharterVersion, Membership, Signature
from alliances.services.charter.comments import add_comment
from alliances.services.charter.life import circulate, revise
from tests.alliances.charter.worlds import LIGHT, make_charter
from tests.browser.test_pages import assert_worthy

pytestmark = pytest.mark.django_db(transaction=True)

LogIn = Callable[[Page, Any], None]
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2


@pytest.mark.parametrize("screen", ["laptop", "scriptless", "phone"])
def test_from_draft_to_force(screen: str, request: pytest.FixtureRequest, log_in: LogIn) -> None:
    """The convener circulates, a member comments, both parties sign, everybody checks."""
    page: Page = request.getfixturevalue(screen)
    made = make_charter(2, circulated=False)
    log_in(page, made.convener)
    page.goto(reverse("charter_version", args=[made.version.pk]))
    page.get_by_role("link", name="Circulate it").click()
    expect(page.locator("main")).to_contain_text("No house under water by 2031.")
    page.get_by_role("button", name="Circulate this text").click()
    expect(page.locator("h1")).to_contain_text("Version 1 is out for signing.")
    # A member says something to a section
    log_in(page, made.users[0])
    page.reload()
    page.get_by_role("link", name=re.compile("Comment on this.*Scope")).click()
    page.get_by_label("Your comment").fill("And the coast?")
    page.get_by_role("button", name="Add the comment").click()
    expect(page.get_by_role("complementary", name="Comments on Scope")).to_contain_text(
        "And the coast?"
    )
    # The convener answers
    log_in(page, made.convener)
    page.reload()
    page.get_by_role("link", name=re.compile("Answer.*Member of Ash")).click()
    page.get_by_label("Your answer").fill("Next time.")
    page.get_by_role("button", name="Save the answer").click()
    expect(page.get_by_role("complementary", name="Comments on Scope")).to_contain_text(
        "Next time."
    )
    # Both sign
    for place, name in enumerate(("Ida Ash", "Bo Birch")):
        log_in(page, made.users[place])
        page.goto(reverse("charter_version", args=[made.version.pk]))
        page.get_by_role("link", name="Read and sign for").click()
        page.get_by_label("Your name, as you would sign on paper").fill(name)
        page.get_by_label("I have read this text and sign it for").check()
        page.get_by_role("button", name="Sign for").click()
    expect(page.locator("h1")).to_contain_text("Version 1 is in force.")
    expect(page.get_by_role("table")).to_contain_text("Ida Ash")
    # And check it: by the page, and by their own hands
    with page.expect_download() as download:
        page.get_by_role("link", name="The exact text as a file").click()
    digest = hashlib.sha256(Path(download.value.path()).read_bytes()).hexdigest()
    shown = "".join(page.locator(".nb-digest code").all_inner_texts())
    assert shown == digest
    page.get_by_role("link", name="Check the charter").click()
    expect(page.locator("h1")).to_contain_text("Everything fits.")
    # One signature, and with it what it takes to be in force
    Signature.objects.filter(number=2).update(name="Mallory")
    page.reload()
    expect(page.locator("h1")).to_contain_text("Two things do not fit.")


def test_a_text_that_was_withdrawn_while_it_was_read_is_not_signed(
    scriptless: Page, log_in: LogIn
) -> None:
    made = make_charter(2)
    page = scriptless
    log_in(page, made.users[0])
    page.goto(reverse("charter_sign", args=[made.version.pk]))
    page.get_by_label("I have read this text and sign it for Ash").check()
    second = circulate(version=revise(version=made.version, by=None), by=made.convener).version
    page.get_by_role("button", name="Sign for Ash").click()
    expect(page.get_by_role("alert")).to_contain_text("Version 1 has been withdrawn.")
    page.get_by_role("link", name="Read version 2").first.click()
    expect(page.locator("h1")).to_contain_text("Version 2 is out for signing.")
    assert not second.signatures.exists()


@pytest.mark.parametrize("screen", ["phone", "laptop"])
def test_every_page_of_it(
    screen: str, request: pytest.FixtureRequest, log_in: LogIn, axe: Callable[[Page], None]
) -> None:
    """With long names, long words and much text."""
    page: Page = request.getfixturevalue(screen)
    contents = LIGHT | {
        "purpose": {"statement": LONG * 3},
        "roles": {"roles": f"\t{LONG}\n" * 30 + "<b>bold</b>"},
    }
    made = make_charter(3, contents=contents, circulated=False)
    made.alliance.name = made.parties[0].name = LONG[:120]
    made.alliance.save()
    made.parties[0].save()
    Membership.objects.filter(user=made.convener).update(participant=made.parties[0])
    log_in(page, made.convener)
    visit(page, axe, made.version, "charter_version", "charter_circulate")
    made.version = circulate(version=made.version, by=made.convener).version
    comment = add_comment(version=made.version, user=made.convener, code="scope", text=LONG * 5)
    made.sign(1, name=LONG[:150], position=LONG[:120])
    names = ("version", "sign", "revise", "remind", "difference")
    visit(page, axe, made.version, *(f"charter_{name}" for name in names))
    for address in (
        reverse("charter_comment", args=[made.version.pk, "scope"]),
        reverse("charter_comment_answer", args=[comment.pk]),
        reverse("charter_verify", args=[made.alliance.pk]),
    ):
        page.goto(address)
        assert_worthy(page, axe)
    draft = revise(version=made.version, by=made.convener)
    draft.sections.filter(code="purpose").update(content={"statement": "Short."})
    visit(page, axe, draft, "charter_version", "charter_difference")
    visit(page, axe, made.version, "charter_version", "charter_sign")
    Signature.objects.update(name="Mallory")
    page.goto(reverse("charter_verify", args=[made.alliance.pk]))
    assert_worthy(page, axe)


def visit(page: Page, axe: Callable[[Page], None], version: CharterVersion, *names: str) -> None:
    for name in names:
        answer = page.goto(reverse(name, args=[version.pk]))
        assert answer is not None
        assert (name, answer.status) == (name, 200)
        assert_worthy(page, axe)
