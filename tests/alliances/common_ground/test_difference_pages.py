"""The pages on which two look at each other: nothing leaks before the reveal, and to no third after."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alliances.models import DifferencePair, DifferenceView, Membership, User
from alliances.services.differences import open_difference, write_view
from tests.alliances.common_ground.conftest import Table, browser, make_table
from tests.alliances.conftest import told
from tests.factories import make_alliance, make_user

SECRET = "quicksilver"
PAGES = ("difference", "difference_write", "difference_strengths", "difference_remove")


@pytest.fixture
def pair(table: Table) -> DifferencePair:
    return open_difference(alliance=table.alliance, first=table.ash, second=table.birch)


def hand_in(client: Client, pair: DifferencePair, text: str, edition: int = 0) -> Any:
    return client.post(
        reverse("difference_write", args=[pair.pk]),
        {"itself": f"{text} ourselves", "other": f"{text} them", "edition": str(edition)},
    )


def everything(user: User, pair: DifferencePair) -> str:
    """All that `user` can get of a pair by reading, page titles and sources included."""
    client, found = browser(user), ""
    for address in (
        reverse("differences", args=[pair.alliance_id]),
        *(reverse(name, args=[pair.pk]) for name in PAGES),
    ):
        answer = client.get(address, follow=True)
        found += answer.content.decode()
    return found


def test_nobody_but_its_own_side_reads_the_first_before_the_second(
    table: Table, pair: DifferencePair
) -> None:
    admin = User.objects.create_superuser("admin@example.org")
    carl = make_user("carl@example.org")
    Membership.objects.create(
        alliance=table.alliance, user=carl, role="member", participant=table.cedar
    )
    assert hand_in(browser(table.ann), pair, SECRET).status_code == 302
    for user in (table.bob, table.guest, carl, table.convener, admin):
        assert SECRET not in everything(user, pair)
    # One's own words one may see and change.
    assert SECRET in everything(table.ann, pair)
    # What a second sends too early, too short or from an old page shows nothing either.
    bob = browser(table.bob)
    answer = bob.post(reverse("difference_write", args=[pair.pk]), {"itself": "x", "edition": "1"})
    assert answer.status_code == 422
    assert SECRET not in answer.content.decode()
    answer = bob.post(reverse("difference_strengths", args=[pair.pk]), {}, follow=True)
    assert SECRET not in answer.content.decode()
    # A convener who moves to that organisation reads it no sooner.
    Membership.objects.filter(user=table.convener).update(participant=table.ash)
    assert SECRET not in everything(table.convener, pair)
    for edition in (0, 1):
        answer = hand_in(browser(table.convener), pair, "Mine", edition)
        assert answer.status_code == 422
        assert SECRET not in answer.content.decode()
        assert "Mine ourselves" in answer.content.decode()


def test_after_the_second_the_two_and_the_convener_read_both_and_no_third(
    table: Table, pair: DifferencePair
) -> None:
    hand_in(browser(table.ann), pair, SECRET)
    answer = hand_in(browser(table.bob), pair, "mercury")
    assert answer["Location"] == reverse("difference", args=[pair.pk])
    for user in (table.ann, table.bob, table.convener):
        text = browser(user).get(answer["Location"]).content.decode()
        for words in (f"{SECRET} ourselves", f"{SECRET} them", "mercury ourselves", "mercury them"):
            assert words in text
    third = everything(table.guest, pair)
    assert SECRET not in third
    assert "Both have read since" in third
    assert browser(table.guest).get(answer["Location"]).status_code == 404


def test_it_is_said_before_the_first_word(table: Table, pair: DifferencePair) -> None:
    text = browser(table.ann).get(reverse("difference_write", args=[pair.pk])).content.decode()
    assert "Nobody reads this until Birch has written too: the convener neither." in text
    assert "All other members see only that you two are at it." in text
    text = (
        browser(table.convener)
        .get(reverse("difference_open", args=[table.alliance.pk]))
        .content.decode()
    )
    assert "Nobody reads a word of it until both have written: you neither." in text


def test_what_comes_too_late_is_refused_and_not_lost(table: Table, pair: DifferencePair) -> None:
    ann = browser(table.ann)
    hand_in(ann, pair, "First")
    hand_in(browser(table.bob), pair, "mercury")
    answer = hand_in(ann, pair, "Second thoughts", 1)
    assert answer.status_code == 422
    assert "Both have written meanwhile, and both can read." in answer.content.decode()
    assert "Second thoughts ourselves" in answer.content.decode()
    assert DifferenceView.objects.get(participant=table.ash).itself == "First ourselves"
    # The page to write on leads to the page to read.
    assert ann.get(reverse("difference_write", args=[pair.pk]))["Location"] == reverse(
        "difference", args=[pair.pk]
    )


def test_of_two_colleagues_the_second_sees_both_texts(table: Table, pair: DifferencePair) -> None:
    ada = make_user("ada@example.org")
    Membership.objects.create(
        alliance=table.alliance, user=ada, role="member", participant=table.ash
    )
    hand_in(browser(table.ann), pair, SECRET)
    answer = hand_in(browser(ada), pair, "Mine")
    assert answer.status_code == 409
    text = answer.content.decode()
    assert f"{SECRET} ourselves" in text
    assert "Mine ourselves" in text
    assert (
        browser(ada)
        .post(reverse("difference_write", args=[pair.pk]), answer.context["form"].data.dict())
        .status_code
        == 302
    )
    assert DifferenceView.objects.get().itself == "Mine ourselves"


def test_a_convener_of_one_of_the_two_writes_for_it(table: Table, pair: DifferencePair) -> None:
    Membership.objects.filter(user=table.convener).update(participant=table.ash)
    client = browser(table.convener)
    assert hand_in(client, pair, "First").status_code == 302
    assert hand_in(client, pair, "Better", 1).status_code == 302
    view = DifferenceView.objects.get()
    assert (view.participant, view.itself) == (table.ash, "Better ourselves")
    assert (
        "Change what you wrote"
        in client.get(reverse("difference", args=[pair.pk])).content.decode()
    )


def test_strengths_follow(table: Table, pair: DifferencePair) -> None:
    ann = browser(table.ann)
    address = reverse("difference_strengths", args=[pair.pk])
    answer = ann.get(address, follow=True)
    assert told(answer) == ["The strengths come after both have written."]
    hand_in(ann, pair, "First")
    hand_in(browser(table.bob), pair, "Other")
    form = ann.get(address).context["form"]
    given = {"own_strengths": "We last.", "other_strengths": "", "edition": form["edition"].value()}
    assert ann.post(address, given).status_code == 302
    text = browser(table.convener).get(reverse("difference", args=[pair.pk])).content.decode()
    assert "We last." in text
    assert ann.post(address, given | {"own_strengths": "We row."}).status_code == 409


def test_the_convener_asks_two_and_takes_it_back(table: Table) -> None:
    client = browser(table.convener)
    address = reverse("difference_open", args=[table.alliance.pk])
    answer = client.post(address, {"first": table.cedar.pk, "second": table.ash.pk})
    pair = DifferencePair.objects.get()
    assert answer["Location"] == reverse("difference", args=[pair.pk])
    # Cedar has nobody who could write for it.
    text = client.get(answer["Location"]).content.decode()
    assert "Nobody of Cedar has access, so nobody can write for it." in text
    assert "Nobody of Ash has access" not in text
    answer = client.post(address, {"first": table.cedar.pk, "second": table.cedar.pk})
    assert (answer.status_code, DifferencePair.objects.count()) == (422, 1)
    other = make_alliance("Other", convener=table.convener)
    answer = client.post(
        reverse("difference_open", args=[other.pk]),
        {"first": table.cedar.pk, "second": table.ash.pk},
    )
    assert (answer.status_code, DifferencePair.objects.count()) == (422, 1)
    remove = reverse("difference_remove", args=[pair.pk])
    assert "nobody will have read it" in client.get(remove).content.decode()
    assert client.post(remove, {"confirm": "yes"}).status_code == 302
    assert DifferencePair.objects.count() == 0


def test_what_two_write_of_each_other_stays_text(table: Table, pair: DifferencePair) -> None:
    for user in (table.ann, table.bob):
        write_view(
            pair=pair,
            participant=Membership.objects.get(user=user).participant,  # type: ignore[arg-type]
            edition=0,
            itself="<b>we</b>",
            other="{{ form.back }}<script>",
            by=user,
        )
    text = browser(table.ann).get(reverse("difference", args=[pair.pk])).content.decode()
    assert "&lt;b&gt;we&lt;/b&gt;" in text
    assert "{{ form.back }}&lt;script&gt;" in text


def test_a_pages_queries(django_assert_max_num_queries: Any, db: None) -> None:
    table = make_table()
    pair = open_difference(alliance=table.alliance, first=table.ash, second=table.birch)
    client = browser(table.ann)
    # session, user, pair with the two, views, who has access, own organisation, may edit, own view
    with django_assert_max_num_queries(8):
        client.get(reverse("difference", args=[pair.pk]))
