"""None, one, two and twelve of whatever is counted: each sentence as somebody would say it."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from assessments.models import Invitation
from assessments.progress import OrganisationProgress, Progress
from assessments.reports.elements import views_sentence
from assessments.reports.facts import facts
from assessments.reports.findings import headline, standfirst
from assessments.reports.marks import element_places
from assessments.reports.reached import reached
from assessments.reports.report import make_report

from .documents import CODES, bank_texts, checks, document, element, not_ready, withheld

TEXTS = bank_texts()


def elements(count: int, score: float | None, **changes: Any) -> list[dict[str, Any]]:
    """So many elements, the first of them the bank's."""
    codes = [*CODES, *(f"part-{number}" for number in range(len(CODES) + 1, count + 1))][:count]
    return [element(code, score, **changes) for code in codes]


def some(count: int, score: float | None, total: int) -> dict[str, Any]:
    """`total` elements, the first `count` of them with `score`, the others strong."""
    made = elements(total, 80)
    made[:count] = elements(count, score)
    return document(made, mode="open", k=1)


def answered(people: int, organisations: int, *, of: int, k: int) -> dict[str, Any]:
    made = document(elements(1, None), mode="open", k=k)
    made["roster"] = {"organisations": of, "people": 12}
    made["responses"] = {"organisations": organisations, "people": people}
    return made


def said(published: dict[str, Any]) -> str:
    return str(headline(published, TEXTS))


@pytest.mark.parametrize(
    ("people", "k", "expected"),
    [
        (0, 1, "No verdict: nobody answered, and one is needed."),
        (0, 2, "No verdict: nobody answered, and two are needed."),
        (1, 2, "No verdict: one person answered, and two are needed."),
        (2, 12, "No verdict: two people answered, and 12 are needed."),
        (12, 13, "No verdict: 12 people answered, and 13 are needed."),
    ],
)
def test_too_few_people(people: int, k: int, expected: str) -> None:
    assert said(answered(people, min(people, 1), of=1, k=k)) == expected


@pytest.mark.parametrize(
    ("organisations", "of", "expected"),
    [
        (0, 1, "No verdict: no organisation answered, and one is needed."),
        (0, 12, "No verdict: no organisation answered, and six are needed."),
        (1, 3, "No verdict: one of three organisations answered, and two are needed."),
        (2, 12, "No verdict: two of 12 organisations answered, and six are needed."),
        (12, 25, "No verdict: 12 of 25 organisations answered, and 13 are needed."),
    ],
)
def test_too_few_organisations(organisations: int, of: int, expected: str) -> None:
    assert said(answered(12, organisations, of=of, k=1)) == expected


@pytest.mark.parametrize(
    ("count", "score", "total", "expected"),
    [
        (1, None, 1, "No verdict: the one element has no score."),
        (1, None, 2, "No verdict: one of two elements has no score."),
        (2, None, 2, "No verdict: neither element has a score."),
        (2, None, 12, "No verdict: two of 12 elements have no score."),
        (12, None, 12, "No verdict: none of 12 elements has a score."),
        (1, 40, 1, "Not ready: the one element is weak. Common pain decides."),
        (1, 40, 2, "Not ready: one of two elements is weak. Common pain decides."),
        (2, 40, 2, "Not ready: both elements are weak. Common pain decides."),
        (2, 40, 12, "Not ready: two of 12 elements are weak. Common pain decides."),
        (12, 40, 12, "Not ready: all 12 elements are weak. Common pain decides."),
        (1, 60, 1, "Ready on conditions: one element is mixed. Common pain comes first."),
        (2, 60, 2, "Ready on conditions: two elements are mixed. Common pain comes first."),
        (12, 60, 12, "Ready on conditions: 12 elements are mixed. Common pain comes first."),
        (0, 60, 1, "Ready: the one element is strong."),
        (0, 60, 2, "Ready: both elements are strong."),
        (0, 60, 12, "Ready: all 12 elements are strong."),
    ],
)
def test_elements_in_the_headline(
    count: int, score: float | None, total: int, expected: str
) -> None:
    assert said(some(count, score, total)) == expected


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        (0, "(Not firm: not every organisation has a score on every element.)"),
        (1, "(Not firm: one organisation has not answered.)"),
        (2, "(Not firm: two organisations have not answered.)"),
        (12, "(Not firm: 12 organisations have not answered.)"),
    ],
)
def test_organisations_that_are_missing(missing: int, expected: str) -> None:
    made = some(0, None, 2)
    made["verdict"]["firm"] = False
    made["roster"]["organisations"] = made["responses"]["organisations"] + missing
    assert headline(made, TEXTS).last == expected


@pytest.mark.parametrize(
    ("total", "agreed", "expected"),
    [
        (1, True, "People see the element much the same way."),
        (2, True, "People see both elements much the same way."),
        (12, True, "People see all 12 elements much the same way."),
        (1, False, "People are divided on common pain."),
        (2, False, "People are divided on both elements."),
        (12, False, "People are divided on all 12 elements."),
    ],
)
def test_where_people_agree(total: int, agreed: bool, expected: str) -> None:
    made = document(elements(total, 80, agreed=agreed))
    assert standfirst(made, TEXTS)[0] == expected


@pytest.mark.parametrize(
    ("weak", "expected"),
    [
        (0, "People are divided on all 12 elements."),
        (1, "People are divided on all 12 elements, and one of these 12 is weak."),
        (2, "People are divided on all 12 elements, and two of these 12 are weak."),
        (12, "People are divided on all 12 elements, and all 12 are weak."),
    ],
)
def test_weak_ones_among_the_divided(weak: int, expected: str) -> None:
    made = some(weak, 40, 12)
    for entry in made["elements"]:
        entry["agreed"] = False
    assert standfirst(made, TEXTS)[0] == expected


@pytest.mark.parametrize(
    ("count", "score", "total", "expected"),
    [
        (0, None, 1, "The one element is strong"),
        (0, None, 2, "All elements are strong"),
        (1, 40, 1, "One element is weak"),
        (2, 60, 12, "Two elements are mixed"),
        (12, 40, 12, "12 elements are weak"),
    ],
)
def test_the_overview_and_the_headings(
    count: int, score: float | None, total: int, expected: str
) -> None:
    report = make_report(some(count, score, total), TEXTS)
    assert report.overview_title == expected
    page = render_to_string(
        "assessments/results/result.html", {"report": report, "round": SimpleNamespace(pk=1)}
    )
    paper = render_to_string("reports/report.html", {"report": report})
    heading = {
        1: "One element",
        2: "Two elements, the weakest first",
        12: "12 elements, the weakest first",
    }
    assert f'<h2 id="h-rows">{heading[total]}</h2>' in page
    lead = {1: "One element is looked at.", 2: "Two elements are", 12: "12 elements are"}
    assert f'<p class="lead">{lead[total]}' in paper


@pytest.mark.parametrize(
    ("recorded", "total", "expected"),
    [
        (1, 1, "The one element has records to compare with."),
        (1, 2, "So far one of two elements has records to compare with."),
        (2, 2, "All elements have records to compare with."),
        (2, 12, "So far two of 12 elements have records to compare with."),
    ],
)
def test_elements_with_records(recorded: int, total: int, expected: str) -> None:
    made = document(elements(total, 80))
    for entry in made["elements"][:recorded]:
        entry["records"] = checks("met")
    assert facts(made, TEXTS)[2].text == expected


@pytest.mark.parametrize(
    ("organisations", "people", "expected"),
    [
        ((0, 1), (0, 1), ("0 of 1 organisation answered", "0 of 1 person.")),
        ((1, 2), (2, 12), ("1 of 2 organisations answered", "2 of 12 people.")),
    ],
)
def test_who_answered(
    organisations: tuple[int, int], people: tuple[int, int], expected: tuple[str, str]
) -> None:
    made = some(0, None, 2)
    made["responses"] = {"organisations": organisations[0], "people": people[0]}
    made["roster"] = {"organisations": organisations[1], "people": people[1]}
    fact = facts(made, TEXTS)[1]
    assert (fact.term, fact.text.split(" Each")[0]) == expected


def lines(published: dict[str, Any], ad: float = 0.62) -> dict[str, str]:
    entry = published["elements"][0] | {"ad": ad}
    places = element_places(entry, steps=4, previous=None)
    return {line.term: str(line.text) for line in reached(published, entry, TEXTS, places)}


@pytest.mark.parametrize(
    ("organisations", "people", "expected"),
    [
        (
            1,
            1,
            "80.00, shown as 80: what one organisation says. The mean over one person is 80.00.",
        ),
        (
            2,
            12,
            "80.00, shown as 80: the mean of two organisations, one voice each. "
            "The mean over 12 people is 80.00.",
        ),
    ],
)
def test_how_a_score_was_reached(organisations: int, people: int, expected: str) -> None:
    made = document(elements(1, 80, organisations=organisations, people=people))
    assert lines(made)["Score"] == expected


# On a scale of four steps a deviation of 0.04 is a point of 100, of 0.08 two.
@pytest.mark.parametrize(
    ("ad", "points"), [(0.0, "0 points"), (0.04, "1 point"), (0.08, "2 points"), (0.5, "12 points")]
)
def test_points_of_spread(ad: float, points: str) -> None:
    made = document(elements(1, 80))
    assert f"an answer stands {points} from the mean" in lines(made, ad)["Spread"]
    entry = made["elements"][0] | {"ad": ad}
    places = element_places(entry, steps=4, previous=None)
    assert places.reach == Decimal(str(ad)) * 25
    assert f"an answer stands {points} from the mean" in views_sentence(entry, places, 5)


# What would tell single answers is told less exactly, or not at all (docs/scoring.md).
def test_a_spread_in_quarters() -> None:
    made = document(elements(1, 80, rwg=None, ad=None, ad_up_to=0.75))
    # 0.75 of four steps is 18.75 of 100, so no more than 19; 61.25 to 98.75, as all places without decimals.
    entry = made["elements"][0]
    places = element_places(entry, steps=4, previous=None)
    told = {line.term: str(line.text) for line in reached(made, entry, TEXTS, places)}
    assert told["Spread"] == (
        "61 to 98: on average an answer stands no more than 19 points from the mean of its statement "
        "(AD up to 0.75 on five steps, in quarters)."
    )
    assert told["Agreed"] == (
        "The figures behind it are withheld, so that no answer can be worked out."
    )
    assert views_sentence(entry, places, 5) == (
        "People see it much the same way. On average an answer stands no more than 19 points from "
        "the mean of its statement."
    )


def test_no_spread_and_no_mean_of_people() -> None:
    made = document(
        elements(1, 80, rwg=None, ad=None, ad_up_to=None, agreed=False, person_mean=None)
    )
    entry = made["elements"][0]
    places = element_places(entry, steps=4, previous=None)
    told = {line.term: str(line.text) for line in reached(made, entry, TEXTS, places)}
    assert told["Score"] == (
        "80.00, shown as 80: the mean of eight organisations, one voice each, of 14 people."
    )
    assert "Spread" not in told
    assert told["Divided"] == (
        "The figures behind it are withheld, so that no answer can be worked out."
    )
    assert views_sentence(entry, places, 5) == "People see it differently."


@pytest.mark.parametrize(
    ("states", "points"), [(("met",), "1 point"), (("met", "not"), "2 points")]
)
def test_points_on_record(states: tuple[str, ...], points: str) -> None:
    made = document(elements(1, 80, records=checks(*states)))
    assert f"of {points} in all" in lines(made)["On record"]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        (0, "78.00 in “Readiness, first round”."),
        (1, "For the one that answered both times the difference is +3.40"),
        (2, "Among the two that answered both times the mean difference is +3.40"),
        (12, "Among the 12 that answered both times the mean difference is +3.40"),
    ],
)
def test_pairs_of_a_comparison(pairs: int, expected: str) -> None:
    made = not_ready()
    made["change"]["elements"][0]["pairs"] = pairs
    assert expected in lines(made)["Last round"]
    assert ("both times" in lines(made)["Last round"]) is (pairs > 0)


@pytest.mark.parametrize(
    ("hidden", "expected"),
    [
        (0, ""),
        (1, "One statement is withheld, so that no answer can be worked out."),
        (2, "Two statements are withheld, so that no answer can be worked out."),
    ],
)
def test_statements_that_are_withheld(hidden: int, expected: str) -> None:
    made = document(elements(1, 80))
    for question in made["elements"][0]["questions"][:hidden]:
        question |= {"mean": None, "people": None, "withheld": True}
    assert make_report(made, TEXTS).as_asked[0].hidden_statements == expected


def test_a_round_that_nobody_answered_is_told_whole() -> None:
    made = document([withheld(code) for code in CODES])
    made["responses"] = {"organisations": 0, "people": 0}
    report = make_report(made, TEXTS)
    assert str(report.headline) == "No verdict: nobody answered, and five are needed."
    assert report.overview_title == "No figures can be told"


def progress(*organisations: tuple[int, int]) -> Progress:
    """A round of organisations of so many people, of whom so many answered."""
    invited = [
        OrganisationProgress(
            f"Organisation {number}",
            [
                Invitation(progress="answered" if person < answering else "waiting")
                for person in range(people)
            ],
        )
        for number, (people, answering) in enumerate(organisations)
    ]
    round_: Any = SimpleNamespace(is_about_a_person=False, is_confidential=True, threshold=5)
    return Progress(round_, invited)


@pytest.mark.parametrize(
    ("organisations", "finding", "addition"),
    [
        (
            [(1, 0)],
            "No organisation has answered yet.",
            "The one person who was asked is still missing.",
        ),
        ([(2, 1)], "The only organisation has answered.", "One of two people is still missing."),
        (
            [(2, 1), (1, 1)],
            "Both organisations have answered.",
            "One of three people is still missing.",
        ),
        (
            [(2, 0), (1, 1)],
            "One of two organisations has not answered.",
            "Two of three people are still missing.",
        ),
        (
            [(1, 0)] * 2 + [(1, 1)] * 10,
            "Two of 12 organisations have not answered.",
            "Two of 12 people are still missing.",
        ),
        (
            [(1, 1)] * 12,
            "All 12 organisations have answered.",
            "Everybody who was asked has sent in. You can close the round.",
        ),
    ],
)
def test_how_far_a_round_is(
    organisations: list[tuple[int, int]], finding: str, addition: str
) -> None:
    found = progress(*organisations)
    assert (found.finding, found.addition) == (finding, addition)


@pytest.mark.parametrize(
    ("answering", "expected"),
    [
        (0, "Nobody has answered, and five are needed"),
        (1, "One person has answered, and five are needed"),
        (2, "Two people have answered, and five are needed"),
    ],
)
def test_what_closing_now_would_cost(answering: int, expected: str) -> None:
    warning = progress((12, answering)).warnings[0]
    assert warning == f"{expected}: no figure at all would be published."


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        # Opened at 23:30 in UTC, closed at 22:15 a day later; nine hours on in Tokyo.
        ("UTC", "from 19 to 20\u00a0November\u00a02026"),
        ("Asia/Tokyo", "from 20 to 21\u00a0November\u00a02026"),
        ("Pacific/Honolulu", "from 19 to 20\u00a0November\u00a02026"),
    ],
)
def test_the_days_of_a_round_are_local(zone: str, expected: str) -> None:
    made = not_ready() | {"closed_at": "2026-11-20T22:15:00+00:00"}
    with timezone.override(zone):
        opened_at = datetime(2026, 11, 19, 23, 30, tzinfo=UTC)
        assert make_report(made, TEXTS, opened_at=opened_at).span == expected


def test_a_round_of_one_local_day_was_closed_on_it() -> None:
    made = not_ready() | {"closed_at": "2026-11-20T10:00:00+00:00"}
    opened_at = datetime(2026, 11, 19, 20, tzinfo=UTC)
    with timezone.override("Asia/Tokyo"):  # from 5:00 to 19:00 on the 20th
        span = make_report(made, TEXTS, opened_at=opened_at).span
    assert span == "closed 20\u00a0November\u00a02026"


def test_a_movement_without_its_interval() -> None:
    made = not_ready()
    entry = made["elements"][0]
    [change] = [one for one in made["change"]["elements"] if one["code"] == entry["code"]]
    change |= {"previous": 78.0, "pairs": 7, "paired_difference": 3.4, "low": None, "high": None}
    for more, said in (
        (True, "More than noise, because 0 lies outside the interval, which is withheld."),
        (False, "Within noise, because 0 lies inside the interval, which is withheld."),
    ):
        change["more_than_noise"] = more
        places = element_places(entry, steps=4, previous=None)
        told = {line.term: str(line.text) for line in reached(made, entry, TEXTS, places)}
        assert told["Last round"].endswith(
            f"Among the seven that answered both times the mean difference is +3.40. {said}"
        )
