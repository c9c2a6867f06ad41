"""The launch: the days proposed, where steps stand, the sentence, the picture, and who edits."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from alliances.errors import Refused
from alliances.models import LaunchStep, Participant
from alliances.services.launch.keeping import add_step, change_step, lay_out_track, proposed_days
from alliances.services.launch.track import Stop, read_track
from alliances.services.records import Overtaken
from tests.alliances.conduct.conftest import NASTY, TODAY, Parties

DAY = dt.timedelta(days=1)


def lay_out(parties: Parties, decided_on: dt.date, weeks: int = 4) -> dict[str, LaunchStep]:
    steps = lay_out_track(
        alliance=parties.alliance, by=parties.convener, decided_on=decided_on, weeks=weeks
    )
    return {step.code: step for step in steps}


def stops(parties: Parties, on: dt.date = TODAY) -> dict[str, Stop]:
    return {stop.step.code: stop for stop in read_track(alliance=parties.alliance, on=on).stops}


def done(step: LaunchStep, on: dt.date) -> None:
    LaunchStep.objects.filter(pk=step.pk).update(done_on=on)


# By hand: a fifth of 28 days is 5.6, so the steps end after 6, 11, 17, 22 and 28 days.
@pytest.mark.parametrize(
    ("weeks", "ends"),
    [(4, [6, 11, 17, 22, 28]), (5, [7, 14, 21, 28, 35]), (6, [8, 17, 25, 34, 42])],
)
def test_five_steps_follow_each_other(weeks: int, ends: list[int]) -> None:
    days = proposed_days(decided_on=TODAY, weeks=weeks)
    assert [code for code, _begin, _end in days] == [
        "challenges",
        "differences",
        "protocols",
        "decisions",
        "mechanisms",
    ]
    assert [(end - TODAY).days for _code, _begin, end in days] == ends
    assert [(begin - TODAY).days for _code, begin, _end in days] == [
        0,
        *(end + 1 for end in ends[:-1]),
    ]


@pytest.mark.parametrize("weeks", [0, 3, 7, -4])
def test_a_launch_takes_four_to_six_weeks(weeks: int) -> None:
    with pytest.raises(Refused, match="four, five or six weeks"):
        proposed_days(decided_on=TODAY, weeks=weeks)


def test_the_calendar_ends() -> None:
    with pytest.raises(Refused, match="calendar ends"):
        proposed_days(decided_on=dt.date(9999, 12, 20), weeks=4)


def test_the_track_is_laid_out_once(parties: Parties) -> None:
    lay_out(parties, TODAY)
    with pytest.raises(Refused, match="laid out already"):
        lay_out(parties, TODAY)
    assert LaunchStep.objects.count() == 5


def test_own_steps_stay_where_they_are(parties: Parties) -> None:
    add_step(
        alliance=parties.alliance,
        by=None,
        today=TODAY,
        code="own",
        title="Sail together",
        due_on=TODAY,
    )
    lay_out(parties, TODAY)
    assert LaunchStep.objects.count() == 6


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"code": "own", "title": "  "}, "Say what the step is."),
        ({"code": "protocols", "title": "Mine"}, "Only a step of your own takes a title"),
        ({"code": "own", "title": "x", "starts_on": TODAY + DAY}, "A step is done after it begins"),
        ({"code": "own", "title": "x", "done_on": TODAY + DAY}, "has not come yet"),
        ({"code": "nonsense"}, "must be one of"),
        ({"code": "challenges"}, "on the track already"),
    ],
)
def test_a_wrong_step_is_refused(parties: Parties, fields: dict[str, Any], message: str) -> None:
    LaunchStep.objects.create(alliance=parties.alliance, code="challenges", due_on=TODAY)
    with pytest.raises(Refused, match=message):
        add_step(alliance=parties.alliance, by=None, today=TODAY, **{"due_on": TODAY} | fields)
    assert LaunchStep.objects.count() == 1


def test_who_was_overtaken_is_told_and_nothing_is_lost(parties: Parties) -> None:
    step = lay_out(parties, TODAY)["protocols"]
    change_step(step=step, edition=1, by=parties.convener, today=TODAY, who="Ines")
    with pytest.raises(Overtaken):
        change_step(step=step, edition=1, by=None, today=TODAY, who="Tom")
    step.refresh_from_db()
    assert (step.who, step.edition) == ("Ines", 2)


# Where steps stand


def test_done_late_under_way_and_to_come(parties: Parties) -> None:
    # Laid out 16 days ago: challenges until day 6, differences 11, protocols 17, decisions 22.
    steps = lay_out(parties, TODAY - 16 * DAY)
    done(steps["challenges"], TODAY - 8 * DAY)  # due 10 days ago, done 8 days ago
    found = stops(parties)
    assert {code: (stop.state, stop.words, stop.late_days) for code, stop in found.items()} == {
        "challenges": ("done", "Done, two days late", 2),
        "differences": ("late", "Five days late", 5),
        "protocols": ("under-way", "Under way", 0),
        "decisions": ("to-come", "To come", 0),
        "mechanisms": ("to-come", "To come", 0),
    }
    assert stops(parties, TODAY + DAY)["protocols"].words == "Due today"
    assert stops(parties, TODAY + 2 * DAY)["protocols"].words == "One day late"


def test_three_of_five_are_done_and_one_is_eleven_days_late(parties: Parties) -> None:
    steps = lay_out(parties, TODAY - 28 * DAY)  # protocols were due 11 days ago
    for code in ("challenges", "differences", "decisions"):
        done(steps[code], TODAY - 20 * DAY)
    track = read_track(alliance=parties.alliance, on=TODAY)
    assert track.finding == "Three of five steps of the launch are done."
    assert track.addition == "Agreeing on protocols is eleven days late."


@pytest.mark.parametrize(
    ("done_codes", "days_ago", "finding", "addition"),
    [
        (
            [],
            0,
            "None of the five steps of the launch is done yet.",
            "Exploring the challenges is next, due by 21\N{NO-BREAK SPACE}June\N{NO-BREAK SPACE}2026.",
        ),
        (
            ["challenges"],
            9,
            "One of five steps of the launch is done.",
            "Examining the differences is next, due by 17\N{NO-BREAK SPACE}June\N{NO-BREAK SPACE}2026.",
        ),
        (
            ["challenges"],
            25,
            "One of five steps of the launch is done.",
            "Three are late, examining the differences by 14 days.",
        ),
        (
            ["challenges", "differences", "protocols", "decisions", "mechanisms"],
            60,
            "All five steps of the launch are done.",
            "Each was done by its day.",
        ),
    ],
)
def test_the_sentence(
    parties: Parties, done_codes: list[str], days_ago: int, finding: str, addition: str
) -> None:
    steps = lay_out(parties, TODAY - days_ago * DAY)
    for code in done_codes:
        done(steps[code], steps[code].due_on)
    track = read_track(alliance=parties.alliance, on=TODAY)
    assert (track.finding, track.addition) == (finding, addition)


def test_what_took_longest_is_named_when_all_is_done(parties: Parties) -> None:
    steps = lay_out(parties, TODAY - 60 * DAY)
    for step in steps.values():
        done(step, step.due_on)
    done(steps["decisions"], steps["decisions"].due_on + 3 * DAY)
    addition = read_track(alliance=parties.alliance, on=TODAY).addition
    assert addition == "Drawing the decision map took longest: it was done three days late."


def test_one_step_of_ones_own(parties: Parties) -> None:
    step = LaunchStep.objects.create(
        alliance=parties.alliance, code="own", title="sail <b>", due_on=TODAY - 2 * DAY
    )
    track = read_track(alliance=parties.alliance, on=TODAY)
    assert track.finding == "The one step of the launch is not done yet."
    assert track.addition == "“sail <b>” is two days late."
    done(step, TODAY)
    assert read_track(alliance=parties.alliance, on=TODAY).finding == (
        "The one step of the launch is done."
    )


# The picture


def test_places_on_the_time_line(parties: Parties) -> None:
    # 40 days from left to right: today lies within them.
    for title, begin, due, finished in (
        ("a", 0, 20, 10),
        ("b", 10, 40, None),
    ):
        LaunchStep.objects.create(
            alliance=parties.alliance,
            code="own",
            title=title,
            starts_on=TODAY + begin * DAY - 30 * DAY,
            due_on=TODAY + due * DAY - 30 * DAY,
            done_on=None if finished is None else TODAY + finished * DAY - 30 * DAY,
        )
    track = read_track(alliance=parties.alliance, on=TODAY)
    first, second = track.stops
    assert (track.first_day, track.last_day) == (TODAY - 30 * DAY, TODAY + 10 * DAY)
    assert (track.today_at, track.today_words, track.today_near_end) == ("75.00%", "", True)
    assert (first.begins_at, first.length, first.done_at) == ("0.00%", "50.00%", "25.00%")
    assert (second.begins_at, second.length, second.done_at) == ("25.00%", "75.00%", None)
    assert (first.late_from, second.late_from) == (None, None)


def test_a_step_forgotten_for_a_year_does_not_press_the_rest_together(parties: Parties) -> None:
    steps = lay_out(parties, TODAY - 400 * DAY)
    for step in list(steps.values())[:4]:
        done(step, step.due_on)
    track = read_track(alliance=parties.alliance, on=TODAY)
    # 28 days, and a quarter of them beyond
    assert track.last_day == TODAY - 400 * DAY + 35 * DAY
    assert track.today_at is None
    assert track.today_words == "Today is 365 days after the last day shown."
    assert track.stops[-1].late_from == "80.00%"
    assert track.stops[-1].late_length == "20.00%"


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_days_at_the_ends_of_the_calendar(parties: Parties, day: dt.date) -> None:
    LaunchStep.objects.create(alliance=parties.alliance, code="protocols", due_on=day)
    track = read_track(alliance=parties.alliance, on=TODAY)
    assert len(track.stops) == 1
    assert (
        parties.client("convener").get(reverse("launch", args=[parties.alliance.pk])).status_code
        == 200
    )


@pytest.mark.parametrize("many", [3, 300])
def test_the_page_takes_the_same_queries_for_many(
    parties: Parties, django_assert_num_queries: Any, many: int
) -> None:
    for place in range(many):
        Participant.objects.create(alliance=parties.alliance, name=f"P{place}")
        LaunchStep.objects.create(
            alliance=parties.alliance, code="own", title=f"Step {place}", due_on=TODAY
        )
    client = parties.client("convener")
    # session, user, alliance, may edit, steps
    with django_assert_num_queries(5):
        answer = client.get(reverse("launch", args=[parties.alliance.pk]))
    assert len(answer.context["track"].stops) == many


# Pages


def test_a_convener_lays_it_out_and_marks_a_step_as_done(parties: Parties) -> None:
    client, home = parties.client("convener"), reverse("launch", args=[parties.alliance.pk])
    text = client.get(home).content.decode()
    assert "The launch is not laid out yet." in text
    assert reverse("launch_lay_out", args=[parties.alliance.pk]) in text
    answer = client.post(
        reverse("launch_lay_out", args=[parties.alliance.pk]),
        {"decided_on": "2026-02-02", "weeks": "6"},
    )
    assert answer["Location"] == home
    step = LaunchStep.objects.get(code="mechanisms")
    assert step.due_on == dt.date(2026, 3, 16)
    address = reverse("launch_step_done", args=[step.pk])
    client.post(address, {"done_on": "2026-03-20", "note": "A folder.", "edition": "1"})
    step.refresh_from_db()
    assert (step.done_on, step.note, step.edition) == (dt.date(2026, 3, 20), "A folder.", 2)
    again = client.post(address, {"done_on": "2026-03-21", "note": "Mine.", "edition": "1"})
    assert again.status_code == 409
    assert [(beside.stored, beside.written) for beside in again.context["form"].beside] == [
        (
            "20\N{NO-BREAK SPACE}March\N{NO-BREAK SPACE}2026",
            "21\N{NO-BREAK SPACE}March\N{NO-BREAK SPACE}2026",
        ),
        ("A folder.", "Mine."),
    ]
    second = client.post(
        reverse("launch_lay_out", args=[parties.alliance.pk]),
        {"decided_on": "2026-02-02", "weeks": "6"},
    )
    assert second.status_code == 422


def test_a_step_is_added_changed_and_removed(parties: Parties) -> None:
    client = parties.client("convener")
    lay_out(parties, TODAY)
    new = reverse("launch_step_new", args=[parties.alliance.pk])
    assert list(dict(client.get(new).context["form"].fields["code"].choices)) == ["own"]
    client.post(new, {"code": "own", "title": NASTY, "due_on": "2026-07-01", "who": NASTY})
    step = LaunchStep.objects.get(code="own")
    assert step.title == NASTY
    for page in (
        reverse("launch", args=[parties.alliance.pk]),
        reverse("launch_step_edit", args=[step.pk]),
        reverse("launch_step_remove", args=[step.pk]),
    ):
        text = client.get(page).content.decode()
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert" in text
    client.post(
        reverse("launch_step_edit", args=[step.pk]),
        {"title": "Sail", "due_on": "2026-07-02", "edition": "1"},
    )
    step.refresh_from_db()
    assert (step.title, step.who) == ("Sail", "")
    client.post(reverse("launch_step_remove", args=[step.pk]))
    assert LaunchStep.objects.count() == 5
    # One of the five that was removed can be put back
    LaunchStep.objects.filter(code="protocols").delete()
    assert list(dict(client.get(new).context["form"].fields["code"].choices)) == [
        "protocols",
        "own",
    ]


def test_members_read_and_change_nothing(parties: Parties) -> None:
    step = lay_out(parties, TODAY)["protocols"]
    text = parties.client("of_ash").get(reverse("launch", args=[parties.alliance.pk])).content
    for address in (
        reverse("launch_step_new", args=[parties.alliance.pk]),
        reverse("launch_step_edit", args=[step.pk]),
        reverse("launch_step_done", args=[step.pk]),
    ):
        assert address not in text.decode()
