"""Common ground in a browser: an item raised, positions taken, two who look at each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from alliances.models import DifferencePair, GroundItem, Membership, Position, User
from assessments.demonstration.common_ground import load_common_ground
from tests.browser.test_pages import assert_worthy
from tests.factories import make_alliance, make_participant, make_user

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = (
    "Marrow Bay Port Authority",
    "City of Ostrel",
    "Lantern Ferries",
    "Ostrel Shipping Line",
    "Fennick Energy",
    "Marrow Bay Fishers’ Cooperative",
    "Institute for Coastal Air",
    "Harbour Pilots’ Guild",
)


@pytest.fixture
def users(db: None) -> dict[str, User]:
    """The convener, of the port, and a member of each organisation, by the organisation's name."""
    found = {"convener": make_user("convener@example.org", name="Ingrid Solheim")}
    alliance = make_alliance("Marrow Bay", convener=found["convener"])
    for name in NAMES:
        participant = make_participant(alliance, name, status="accepted")
        found[name] = make_user(name=f"Member of {name}")
        Membership.objects.create(
            alliance=alliance, user=found[name], role="member", participant=participant
        )
    port = alliance.participants.get(name=NAMES[0])
    Membership.objects.filter(user=found["convener"]).update(participant=port)
    return found


@pytest.fixture
def filled(users: dict[str, User]) -> dict[str, User]:
    """The same with the demonstration's register, profiles, histories and pairs."""
    load_common_ground(
        alliance=Membership.objects.get(user=users["convener"]).alliance,
        convener=users["convener"],
        today=timezone.localdate(),
    )
    return users


@pytest.mark.parametrize("screen", ["phone", "laptop"])
def test_every_page_is_worthy(
    screen: str,
    request: pytest.FixtureRequest,
    filled: dict[str, User],
    log_in: Callable[[Page, Any], None],
    axe: Callable[[Page], None],
) -> None:
    page: Page = request.getfixturevalue(screen)
    log_in(page, filled["convener"])
    alliance = Membership.objects.get(user=filled["convener"]).alliance
    item = GroundItem.objects.filter(kind="source").first()
    port = alliance.participants.get(name=NAMES[0])
    history = alliance.histories.get(first=port)
    seen = DifferencePair.objects.get(revealed_at__isnull=False)
    waiting = DifferencePair.objects.get(revealed_at=None)
    assert item is not None
    for name, pk in (
        ("common_ground", alliance.pk),
        ("ground_item_new", alliance.pk),
        ("ground_item", item.pk),
        ("ground_item_edit", item.pk),
        ("ground_item_remove", item.pk),
        ("positions_edit", item.pk),
        ("position_own", item.pk),
        ("profiles", alliance.pk),
        ("profile", port.pk),
        ("profile_edit", port.pk),
        ("history_new", alliance.pk),
        ("history", history.pk),
        ("history_edit", history.pk),
        ("history_remove", history.pk),
        ("differences", alliance.pk),
        ("difference_open", alliance.pk),
        ("difference", seen.pk),
        ("difference", waiting.pk),
        ("difference_write", waiting.pk),
        ("difference_strengths", seen.pk),
        ("difference_remove", seen.pk),
    ):
        answer = page.goto(reverse(name, args=[pk]))
        assert answer is not None
        assert (name, answer.status) == (name, 200)
        assert_worthy(page, axe)


def test_the_widest_split_of_the_demonstration(
    filled: dict[str, User], laptop: Page, log_in: Callable[[Page, Any], None]
) -> None:
    log_in(laptop, filled["convener"])
    alliance = Membership.objects.get(user=filled["convener"]).alliance
    laptop.goto(reverse("common_ground", args=[alliance.pk]))
    expect(laptop.locator("h1")).to_contain_text("The Institute’s soot measurements")
    expect(laptop.locator("h1")).to_contain_text(
        "Four agree, one can live with it, three disagree."
    )
    expect(laptop.get_by_role("heading", name="A third party that interprets")).to_be_visible()
    expect(laptop.locator(".cg-items > li")).to_have_count(6)


@pytest.mark.parametrize("screen", ["phone", "scriptless"])
def test_a_member_raises_a_source_and_the_convener_records_who_trusts_it(
    screen: str,
    request: pytest.FixtureRequest,
    users: dict[str, User],
    log_in: Callable[[Page, Any], None],
    axe: Callable[[Page], None],
) -> None:
    page: Page = request.getfixturevalue(screen)

    def look() -> None:
        # axe is a script itself
        if screen != "scriptless":
            assert_worthy(page, axe)

    alliance = Membership.objects.get(user=users["convener"]).alliance
    log_in(page, users["Lantern Ferries"])
    page.goto(reverse("common_ground", args=[alliance.pk]))
    look()
    page.get_by_role("link", name="Add to the register").click()
    page.get_by_label("Source: whose facts count").check()
    page.get_by_label("What it says").fill("The pilots’ log counts the calls.")
    page.get_by_role("button", name="Add it to the register").click()
    expect(page.locator("h1")).to_have_text("The pilots’ log counts the calls.")
    page.get_by_role("link", name="Say where you stand").click()
    page.get_by_label("Agrees", exact=True).check()
    page.get_by_label("Reason").fill("They are there at night.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".cg-groups")).to_contain_text("They are there at night.")
    # The convener, and meanwhile the ferries once more
    log_in(page, users["convener"])
    item = GroundItem.objects.get()
    page.goto(reverse("positions_edit", args=[item.pk]))
    Position.objects.update(reason="They are there, day and night.", edition=2)
    ferries = page.get_by_role("group", name="Lantern Ferries")
    ferries.get_by_label("Reason").fill("They are always there.")
    line = page.get_by_role("group", name="Ostrel Shipping Line")
    line.get_by_label("Position").select_option(label="Disagrees")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".nb-overtaken")).to_contain_text("They are there, day and night.")
    expect(page.locator(".nb-overtaken")).to_contain_text("They are always there.")
    look()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text(
        "One agrees, one disagrees, six have not been asked."
    )
    assert Position.objects.get(stance="agree").reason == "They are always there."


@pytest.mark.parametrize("screen", ["phone", "scriptless"])
def test_two_look_at_each_other(
    screen: str,
    request: pytest.FixtureRequest,
    users: dict[str, User],
    log_in: Callable[[Page, Any], None],
) -> None:
    page: Page = request.getfixturevalue(screen)
    alliance = Membership.objects.get(user=users["convener"]).alliance
    log_in(page, users["convener"])
    page.goto(reverse("differences", args=[alliance.pk]))
    page.get_by_role("link", name="Ask two to look at each other").click()
    page.get_by_label("One organisation").select_option(label="Fennick Energy")
    page.get_by_label("The other").select_option(label="City of Ostrel")
    page.get_by_role("button", name="Ask these two").click()
    there = page.url
    for name, ours, theirs in (
        ("City of Ostrel", "Slow by law.", "They never call back."),
        ("Fennick Energy", "Careful with other people’s money.", "They promise for four years."),
    ):
        expect(page.locator("main")).not_to_contain_text("Slow by law.")
        log_in(page, users[name])
        page.goto(reverse("differences", args=[alliance.pk]))
        page.get_by_role("link", name="Write for City of Ostrel and Fennick Energy").click()
        expect(page.locator("main")).to_contain_text("Nobody reads this until")
        page.get_by_label("How we see ourselves").fill(ours)
        page.locator("textarea").nth(1).fill(theirs)
        page.get_by_role("button", name="Hand it in").click()
    for name in ("Fennick Energy", "City of Ostrel", "convener"):
        log_in(page, users[name])
        page.goto(there)
        expect(page.locator("main")).to_contain_text("Slow by law.")
        expect(page.locator("main")).to_contain_text("They promise for four years.")
    log_in(page, users["Lantern Ferries"])
    answer = page.goto(there)
    assert answer is not None
    assert answer.status == 404
