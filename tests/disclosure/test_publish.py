"""Each rule of "Who may see what", against made-up rounds; figures worked out by hand."""

import itertools
from fractions import Fraction as F

import pytest

from assessments.disclosure import publish, withheld_questions
from assessments.scoring import Check, QuestionScore, State

from .builders import earlier, element, findings, person, published, six

# --- an ordinary confidential round


def test_the_whole_document():
    # Positions of 4 3 2: 75 50 25 → everyone 50. Six of eight organisations answered:
    # low 6·50/8 = 37.5, high (300 + 200)/8 = 62.5. All give the same value: r 1, AD 0,
    # of which is told that AD is no more than a quarter, for the means are whole.
    # Index √(50·50) = 50. lows are weak, highs are mixed: not firm.
    checks = [Check("signed", "Signed", State.PARTLY, 2, "7 of 9 signed")]
    document = published(
        six(),
        roster_organisations=8,
        roster_people=9,
        records={"charter": checks},
        forecast={"charter": 60},
    )
    figures = {
        "score": 50,
        "person_mean": 50,
        "band": "mixed",
        "people": 6,
        "organisations": 6,
        "dont_know": 0,
        "low": 37.5,
        "high": 62.5,
        "rwg": None,
        "ad": None,
        "ad_up_to": None,
        "agreed": True,
        "extreme": False,
        "withheld": False,
    }
    assert document == {
        "schema": "northbound.result/1",
        "scoring": "1",
        "alliance": "Tessel",
        "round": "First round",
        "closed_at": "2026-11-20T12:00:00+00:00",
        "mode": "confidential",
        "k": 5,
        "bank": {"code": "two", "version": 1, "digest": "sha256:0"},
        "roster": {"organisations": 8, "people": 9},
        "responses": {"organisations": 6, "people": 6},
        "verdict": {"level": "conditional", "deciding": ["pain", "charter"], "firm": False},
        "index": 50,
        "elements": [
            {
                "code": "pain",
                **figures,
                "forecast": None,
                "records": {"score": None, "checks": []},
                "questions": [
                    {"code": "pain1", "mean": 4, "people": 6, "withheld": False},
                    {"code": "pain2", "mean": 3, "people": 6, "withheld": False},
                    {"code": "pain3", "mean": 2, "people": 6, "withheld": False},
                ],
            },
            {
                "code": "charter",
                **figures,
                "forecast": 10,
                "records": {
                    "score": 50,
                    "checks": [
                        {
                            "code": "signed",
                            "label": "Signed",
                            "state": "partly",
                            "points": 2,
                            "fact": "7 of 9 signed",
                        }
                    ],
                },
                "questions": [
                    {"code": "charter1", "mean": 4, "people": 6, "withheld": False},
                    {"code": "charter2", "mean": 3, "people": 6, "withheld": False},
                    {"code": "charter3", "mean": 2, "people": 6, "withheld": False},
                ],
            },
        ],
        "change": None,
    }


# --- fewer than k


def test_nothing_at_all_on_fewer_than_k_respondents():
    document = published(
        six()[:4],
        records={"pain": [Check("x", "X", State.MET, 1, "fact")]},
        forecast={"pain": 50},
        comments={"pain": [(f"O{n}", "text") for n in range(5)]},
        earlier=earlier(six()),
    )
    assert document["index"] is None
    assert document["change"] is None
    assert document["verdict"] == {"level": "undecided", "deciding": [], "firm": False}
    for entry in document["elements"]:
        code = entry.pop("code")
        assert entry.pop("withheld") is True
        assert entry.pop("extreme") is False
        assert entry.pop("records") == {"score": None, "checks": []}
        assert entry.pop("questions") == [
            {"code": f"{code}{n}", "mean": None, "people": None, "withheld": True}
            for n in (1, 2, 3)
        ]
        assert set(entry.values()) == {None}
    assert publish(findings(six()[:4], comments={"pain": [("O1", "text")] * 5})).comments == {}


def test_an_element_on_which_fewer_than_k_have_a_score_is_withheld_whole():
    sheets = [*six()[:4], person("O4", (), (4, 3, 2)), person("O5", (), (4, 3, 2))]
    document = published(sheets)
    pain = element(document, "pain")
    assert pain["withheld"] is True
    for figure in ("score", "person_mean", "band", "people", "organisations", "dont_know"):
        assert pain[figure] is None
    for figure in ("low", "high", "rwg", "ad", "agreed"):
        assert pain[figure] is None
    assert [q["withheld"] for q in pain["questions"]] == [True, True, True]
    assert element(document, "charter")["score"] == 50
    assert document["verdict"]["level"] == "undecided"
    assert document["index"] is None


def test_exactly_k_is_enough():
    assert element(published(six()[:5]), "pain")["score"] == 50


def test_a_larger_threshold_holds():
    assert element(published(six(), threshold=7), "pain")["score"] is None


# --- questions


def question(code, people):
    values = tuple(1 + n % 2 for n in range(people))
    return QuestionScore(code, 1, 5, False, F(1), values)


@pytest.mark.parametrize(
    ("questions", "withheld"),
    [
        ([question("a", 6), question("b", 5), question("c", 9)], set()),
        # one below five: the next least answered goes with it
        ([question("a", 6), question("b", 4), question("c", 9)], {"a", "b"}),
        # the first of equals
        ([question("a", 9), question("b", 4), question("c", 6), question("d", 6)], {"b", "c"}),
        # two below five: nobody can tell them apart
        ([question("a", 3), question("b", 4), question("c", 9)], {"a", "b"}),
        # the only question of its element
        ([question("a", 4)], {"a"}),
    ],
)
def test_which_questions_are_withheld(questions, withheld):
    assert withheld_questions(questions, threshold=5) == withheld


def test_a_withheld_question_shows_neither_mean_nor_count():
    sheets = [person(f"O{n}", (4, 3, 2 if n < 4 else None), (4, 3, 2)) for n in range(6)]
    pain = element(published(sheets), "pain")
    assert pain["questions"] == [
        {"code": "pain1", "mean": None, "people": None, "withheld": True},
        {"code": "pain2", "mean": 3, "people": 6, "withheld": False},
        {"code": "pain3", "mean": None, "people": None, "withheld": True},
    ]


# --- all at one end


@pytest.mark.parametrize(
    ("value", "told", "band", "low", "high"),
    [
        # 95 of six over eight: 570/8 = 71.25; (570 + 200)/8 = 96.25
        (5, 95, "strong", 71.25, 96.25),
        # 5 of six over eight: 30/8 = 3.75; 230/8 = 28.75
        (1, 5, "weak", 3.75, 28.75),
    ],
)
def test_all_at_one_end_is_told_as_that_end(value, told, band, low, high):
    document = published(six(pain=(value,) * 3), roster_organisations=8, forecast={"pain": 90})
    pain = element(document, "pain")
    assert (pain["score"], pain["person_mean"], pain["band"]) == (told, told, band)
    assert (pain["low"], pain["high"], pain["extreme"]) == (low, high, True)
    assert (pain["rwg"], pain["ad"], pain["agreed"]) == (None, None, None)
    assert pain["forecast"] == 90 - told
    assert [q["mean"] for q in pain["questions"]] == [None, None, None]
    # √(95·50) = 68.9202…; √(5·50) = 15.8113…
    assert document["index"] == (68.92 if value == 5 else 15.81)


def test_one_person_off_the_end_would_know_the_others():
    # (5·100 + 275/3) / 6 = 98.61: whoever said 4 would read from it that all others said 5.
    sheets = [*six(pain=(5, 5, 5))[:5], person("O5", (5, 5, 4), (4, 3, 2))]
    pain = element(published(sheets), "pain")
    assert (pain["score"], pain["extreme"]) == (95, True)
    assert [q["withheld"] for q in pain["questions"]] == [True, True, True]


@pytest.mark.parametrize("last", [(5, 4, 3), (1, 4, 3)])
def test_a_question_at_an_end_takes_the_others_with_it(last):
    # pain1 at the end for all, or for all but one, who knows their own answer. Which question it is would
    # be seen if it were withheld by itself, or with another that a rule names.
    sheets = [person(f"O{n}", (5, 2 + n % 3, 1 + n), (4, 3, 2)) for n in range(5)]
    pain = element(published([*sheets, person("O5", last, (4, 3, 2))]), "pain")
    assert pain["score"] is not None
    assert [q["withheld"] for q in pain["questions"]] == [True, True, True]
    assert pain["person_mean"] is None


# --- organisations of two sizes


def sized(sizes):
    answers = [
        (1, 4, 3),
        (2, 2, 4),
        (3, 5, 2),
        (4, 3, 3),
        (2, 4, 5),
        (5, 1, 2),
        (3, 3, 4),
        (4, 2, 1),
    ]
    names = [f"O{number}" for number, size in enumerate(sizes) for _ in range(size)]
    return [person(name, answers[n % 8], (4, 3, 2)) for n, name in enumerate(names)]


@pytest.mark.parametrize(
    "sizes",
    [
        [1, 4],  # S and the mean over five people give what the one said
        [1] * 6 + [2],  # what the two said together
        [2] * 4 + [1],
        [1] * 2 + [6],  # as many as the threshold, of one organisation
    ],
)
def test_sizes_tell_no_organisation_apart(sizes):
    pain = element(published(sized(sizes)), "pain")
    assert pain["score"] is not None
    assert pain["person_mean"] is None
    assert [q["withheld"] for q in pain["questions"]].count(True) in (1, 3)


@pytest.mark.parametrize(
    "sizes",
    [
        [1] * 8,  # all count alike, by organisation and by person
        [2] * 4,
        [1] * 5 + [3, 3],  # six people of two organisations, and five
        [1] * 5
        + [2] * 3
        + [3],  # of three sizes, any two of which hold five people and two organisations
    ],
)
def test_sizes_that_tell_nobody_apart_withhold_nothing(sizes):
    pain = element(published(sized(sizes)), "pain")
    assert pain["person_mean"] is not None
    assert [q["withheld"] for q in pain["questions"]] == [False, False, False]


# --- open by organisation


def test_an_open_round_shows_organisations_and_withholds_nothing():
    sheets = [
        person("B", (5, 5, 5), (1, 1, 1)),
        person("A", (4, 3, 2), (1, 1, 1)),
        person("C", ("dk", "dk", "dk"), (1, 1, 1)),
    ]
    document = published(sheets, confidential=False, threshold=1)
    pain, charter = document["elements"]
    assert document["mode"] == "open"
    assert pain["score"] == 75  # (100 + 50) / 2
    assert pain["by_organisation"] == [
        {"organisation": "A", "score": 50},
        {"organisation": "B", "score": 100},
        {"organisation": "C", "score": None},
    ]
    assert (pain["low"], pain["high"]) == (50, 83.33)  # 150/3, 250/3
    assert pain["dont_know"] == 0.33
    assert (charter["score"], charter["extreme"], charter["withheld"]) == (0, False, False)
    assert charter["questions"][0] == {
        "code": "charter1",
        "mean": 1,
        "people": 3,
        "withheld": False,
    }
    assert document["verdict"]["level"] == "not-ready"
    assert document["index"] == 8.66  # √(75·1)


def test_an_open_round_with_fewer_respondents_than_its_threshold_has_no_verdict():
    document = published(six()[:4], confidential=False, threshold=5)
    assert document["verdict"]["level"] == "undecided"
    assert element(document, "pain")["score"] == 50


def test_a_confidential_round_shows_no_organisation():
    assert "O3" not in str(published(six(), earlier=earlier(six())))


# --- comments


def test_comments_only_where_k_people_commented_by_text():
    comments = {
        "pain": [("O5", "zebra"), ("O1", "Apple"), ("O2", "mango"), ("O3", "b"), ("O4", "c")],
        "charter": [(f"O{n}", "c") for n in range(4)],
    }
    assert publish(findings(six(), comments=comments)).comments == {
        "pain": [
            {"text": text, "organisation": None} for text in ("Apple", "b", "c", "mango", "zebra")
        ]
    }


def test_no_comments_on_a_withheld_element():
    sheets = [*six()[:4], person("O4", (), (4, 3, 2)), person("O5", (), (4, 3, 2))]
    comments = {code: [(f"O{n}", f"c{n}") for n in range(5)] for code in ("pain", "charter")}
    assert set(publish(findings(sheets, comments=comments)).comments) == {"charter"}


def test_comments_of_an_open_round_carry_the_organisation():
    comments = {"pain": [("B", "second"), ("A", "first")]}
    found = publish(findings(six(), confidential=False, comments=comments)).comments
    assert found == {
        "pain": [
            {"text": "first", "organisation": "A"},
            {"text": "second", "organisation": "B"},
        ]
    }


# --- change


def test_change_of_the_same_people():
    # Everyone from 25 (2 2 2) to 50: difference 25, six pairs, no spread.
    document = published(six(), earlier=earlier(six((2, 2, 2), (4, 3, 2))))
    assert document["change"] == {
        "since": {"round": "Earlier round", "closed_at": "2026-03-20T12:00:00+00:00"},
        "elements": [
            {
                "code": "pain",
                "previous": 25,
                "difference": 25,
                "pairs": 6,
                "paired_difference": 25,
                "low": 25,
                "high": 25,
                "more_than_noise": True,
            },
            {
                "code": "charter",
                "previous": 50,
                "difference": 0,
                "pairs": 6,
                "paired_difference": 0,
                "low": 0,
                "high": 0,
                "more_than_noise": False,
            },
        ],
    }


@pytest.mark.parametrize("gone", [1, 2, 3, 4])
def test_pairs_are_withheld_where_few_people_are_left_over(gone):
    # With them, six · S − pairs · mean would give away what those who left had said.
    before = earlier([*six((2, 2, 2)), *(person(f"X{n}", (5, 1, 3)) for n in range(gone))])
    pain = published(six(), earlier=before)["change"]["elements"][0]
    assert pain["previous"] is not None
    assert (pain["pairs"], pain["paired_difference"], pain["low"]) == (None, None, None)


def of_one_score(name, lowest, highest, count):
    """People who all say these two values and the one between, each in another order."""
    orders = itertools.permutations((lowest, (lowest + highest) // 2, highest))
    return [
        person(f"{name}{n}", order, (4, 3, 2))
        for n, order in zip(range(count), orders, strict=False)
    ]


def test_pairs_are_shown_where_enough_people_are_left_over():
    # Six of 50 (2 3 4) had 25 (1 2 3); five others, of 50 (1 3 5), do not answer again.
    before = earlier([*of_one_score("O", 1, 3, 6), *of_one_score("X", 1, 5, 5)])
    pain = published(of_one_score("O", 2, 4, 6), earlier=before)["change"]["elements"][0]
    assert (pain["pairs"], pain["paired_difference"]) == (6, 25)


def test_pairs_are_withheld_where_they_would_tell_who_answered_what():
    # Without the pairs the O and the X could have said each other's. With them it is known that the O
    # rose by 25 together and so had 25 each; of all that is told, only 2 2 2 leads there.
    before = earlier([*six((2, 2, 2)), *(person(f"X{n}", (5, 1, 3)) for n in range(5))])
    pain = published(six(), earlier=before)["change"]["elements"][0]
    assert (pain["difference"], pain["pairs"]) == (13.64, None)


def test_pairs_are_withheld_where_one_organisation_is_left_over():
    before = earlier([*six((2, 2, 2)), *(person("X", (5, 1, 3)) for _ in range(6))])
    pain = published(six(), earlier=before)["change"]["elements"][0]
    assert pain["paired_difference"] is None


def test_fewer_than_five_pairs_are_no_figure():
    # Five people of one organisation, asked twice: what moved would be that organisation's own.
    now = [person("A", (4, 4, 4), (4, 3, 2)) for _ in range(5)]
    pain = published(now, earlier=earlier(now))["change"]["elements"][0]
    assert (pain["difference"], pain["pairs"], pain["paired_difference"]) == (0, None, None)


def test_open_rounds_compare_whoever_answered_twice():
    before = earlier([*six((2, 2, 2)), person("X", (5, 1, 3))], confidential=False)
    pain = published(six(), confidential=False, earlier=before)["change"]["elements"][0]
    assert (pain["pairs"], pain["paired_difference"]) == (6, 25)


def test_change_from_a_withheld_element_is_withheld():
    pain = published(six(), earlier=earlier(six()[:4]))["change"]["elements"][0]
    assert pain == {
        "code": "pain",
        "previous": None,
        "difference": None,
        "pairs": None,
        "paired_difference": None,
        "low": None,
        "high": None,
        "more_than_noise": None,
    }


def test_change_to_an_extreme_derives_from_what_is_told():
    pain = published(six((5, 5, 5)), earlier=earlier(six()))["change"]["elements"][0]
    assert (pain["previous"], pain["difference"], pain["paired_difference"]) == (50, 45, 45)


# --- rounding


def test_two_decimals_half_up():
    from assessments.disclosure.rounding import two_decimals

    assert [
        two_decimals(figure)
        for figure in (F(1, 3), F(2, 3), F(1, 200), F(-1, 200), F(575, 9), F(60), None)
    ] == [0.33, 0.67, 0.01, 0, 63.89, 60, None]
