"""The journal as people use it: a meeting is written down, actions decided and done, momentum read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from alliances.models import Action, Alliance, JournalEntry, Membership, Participant, User
from assessments.demonstration import cast
from assessments.demonstration.journal import load_journal
from assessments.demonstration.progress import load_progress
from tests.browser.test_pages import assert_worthy
from tests.factories import make_alliance, make_user

pytestmark = pytest.mark.django_db(transaction=True)

LogIn = Callable[[Page, Any], None]


@pytest.fixture
def convener() -> User:
    return make_user("convener@example.org", name="Ingrid Solheim")


@pytest.fixture
def alliance(convener: User) -> Alliance:
    """Eight who have accepted; the member speaks for the ferries."""
    alliance = make_alliance("Marrow Bay", convener=convener)
    for seat in cast.SEATS:
        Participant.objects.create(alliance=alliance, name=seat.name, status=seat.status)
    return alliance


@pytest.fixture
def member(alliance: Alliance) -> User:
    member = make_user("member@example.org", name="Sile Brannigan")
    Membership.objects.create(
        alliance=alliance,
        user=member,
        role="member",
        participant=alliance.participants.get(name="Lantern Ferries"),
    )
    return member


@pytest.fixture
def demonstration(alliance: Alliance, convener: User) -> Alliance:
    today = timezone.localdate()
    load_progress(alliance=alliance, convener=convener, today=today)
    load_journal(alliance=alliance, convener=convener, today=today)
    return alliance


@pytest.mark.parametrize("screen", ["laptop", "phone", "scriptless"])
def test_from_an_empty_journal_to_a_done_action(
    screen: str,
    request: pytest.FixtureRequest,
    alliance: Alliance,
    convener: User,
    member: User,
    log_in: LogIn,
) -> None:
    page: Page = request.getfixturevalue(screen)
    log_in(page, convener)
    page.goto(reverse("journal", args=[alliance.pk]))
    expect(page.locator("h1")).to_contain_text("Nothing is written down yet.")
    page.get_by_role("link", name="Record a meeting").click()
    page.get_by_label("What it was about").fill("Which berth comes first")
    page.get_by_label("What was decided").fill("The ferry berth.\nThen the container quay.")
    page.get_by_label("Lantern Ferries: presence").select_option("came in person")
    page.get_by_label("Lantern Ferries: who came").fill("Sile Brannigan")
    page.get_by_label("Ostrel Shipping Line: presence").select_option("sent a stand-in")
    page.get_by_label("Fennick Energy: presence").select_option("stayed away")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_have_text("Which berth comes first")
    expect(page.locator(".nb-stand")).to_have_text("Two of three came, one by a stand-in.")
    # Actions are decided on the meeting's page
    page.get_by_label("What is to be done").fill("Ask three makers")
    page.get_by_label("Who does it").fill("Piet Okafor")
    page.get_by_label("Organisation").select_option("Lantern Ferries")
    late = timezone.localdate() - dt.timedelta(days=3)
    page.get_by_label("Until").fill(late.isoformat())
    page.get_by_role("button", name="Add the action").click()
    expect(page.locator("#actions")).to_contain_text("Ask three makers")
    # and the member whose organisation does it says that it is done, by one press
    page.context.clear_cookies()
    log_in(page, member)
    page.goto(reverse("actions", args=[alliance.pk]))
    expect(page.locator("h1")).to_contain_text("One action is overdue. It is with Piet Okafor.")
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("status")).to_contain_text("Done: Ask three makers")
    expect(page.locator("h1")).to_contain_text("Nothing is waiting to be done.")
    assert Action.objects.get().done_on == timezone.localdate()


@pytest.mark.parametrize("screen", ["laptop", "scriptless"])
def test_a_review_with_a_third_side(
    screen: str,
    request: pytest.FixtureRequest,
    alliance: Alliance,
    convener: User,
    log_in: LogIn,
) -> None:
    page: Page = request.getfixturevalue(screen)
    log_in(page, convener)
    page.goto(reverse("journal_new", args=[alliance.pk, "review"]))
    page.get_by_label("In a few words").fill("Why the cable is late")
    for place, name in enumerate(("Fennick Energy", "Lantern Ferries")):
        page.get_by_label("Which participant").nth(place).select_option(name)
    page.get_by_label("What it contributed").first.fill("The study came late.")
    page.get_by_role("button", name="Make room for another side").click()
    expect(page.get_by_label("What it contributed").first).to_have_value("The study came late.")
    page.get_by_label("Which participant").nth(2).select_option("City of Ostrel")
    page.get_by_label("What it can do").nth(2).fill("Answer within a week.")
    # Enter saves, though another button stands before the one that does.
    page.get_by_label("In a few words").press("Enter")
    expect(page.locator(".nb-stand")).to_have_text(
        "Between City of Ostrel, Fennick Energy and Lantern Ferries."
    )
    expect(page.locator("main")).to_contain_text("Answer within a week.")


@pytest.mark.parametrize("screen", ["phone", "laptop"])
def test_every_page(
    screen: str,
    request: pytest.FixtureRequest,
    demonstration: Alliance,
    convener: User,
    log_in: LogIn,
    axe: Callable[[Page], None],
) -> None:
    page: Page = request.getfixturevalue(screen)
    log_in(page, convener)
    pk = demonstration.pk
    action = Action.objects.filter(done_on=None).first()
    assert action is not None
    addresses = [
        *(reverse(name, args=[pk]) for name in ("journal", "actions", "momentum", "action_new")),
        *(reverse("journal_new", args=[pk, kind]) for kind in JournalEntry.Kind.values),
        reverse("journal", args=[pk]) + "?kind=milestone",
        reverse("action_edit", args=[action.pk]),
        reverse("action_remove", args=[action.pk]),
    ]
    for kind in JournalEntry.Kind.values:
        entry = JournalEntry.objects.filter(kind=kind).first()
        assert entry is not None
        names = (
            ["journal_entry", "journal_edit"]
            if kind in ("meeting", "review", "problem")
            else ["journal_entry"]
        )
        addresses += [reverse(name, args=[entry.pk]) for name in names]
    addresses.append(reverse("journal_remove", args=[entry.pk]))
    for address in addresses:
        answer = page.goto(address)
        assert answer is not None
        assert (address, answer.status) == (address, 200)
        assert_worthy(page, axe)


def test_momentum_is_read_and_followed_to_the_record(
    demonstration: Alliance, member: User, laptop: Page, log_in: LogIn, axe: Callable[[Page], None]
) -> None:
    log_in(laptop, member)
    laptop.goto(reverse("momentum", args=[demonstration.pk]))
    expect(laptop.locator("h1")).to_contain_text("The train has been losing speed since")
    expect(laptop.locator("h1")).to_contain_text("fewer come to meetings")
    figures = laptop.locator("#picture-attendance")
    figures.locator("summary").click()
    expect(figures.get_by_role("row")).to_have_count(11)
    laptop.emulate_media(color_scheme="dark")
    assert_worthy(laptop, axe)
    laptop.get_by_role("link", name="Attendance").click()
    expect(laptop.locator(".nb-entries > li")).to_have_count(10)


def test_names_without_an_end(
    alliance: Alliance, convener: User, phone: Page, log_in: LogIn, axe: Callable[[Page], None]
) -> None:
    """Long words and right-to-left letters break no page at 360 pixels."""
    log_in(phone, convener)
    long = "x" * 110
    party = alliance.participants.first()
    assert party is not None
    party.name = long
    party.save()
    day = timezone.localdate()
    entry = JournalEntry.objects.create(
        alliance=alliance, kind="meeting", on=day, title=long, note="מפגש " + long
    )
    entry.attendances.create(participant=party, presence="stand-in", who=long)
    Action.objects.create(
        alliance=alliance,
        entry=entry,
        participant=party,
        what=long,
        who=long,
        due_on=day - dt.timedelta(days=400),
    )
    for address in (
        reverse("journal", args=[alliance.pk]),
        reverse("journal_entry", args=[entry.pk]),
        reverse("journal_edit", args=[entry.pk]),
        reverse("actions", args=[alliance.pk]),
    ):
        phone.goto(address)
        assert_worthy(phone, axe)
