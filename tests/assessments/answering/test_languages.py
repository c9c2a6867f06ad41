"""A respondent reads the questions in any language of their bank, whatever language the pages are in."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from assessments.models import Answer, Bank, Comment, Invitation, Response
from assessments.models.speech import bank_said, question_said
from tests.assessments.banks.german import german_bank
from tests.factories import MadeRound, make_bank, make_round

pytestmark = pytest.mark.django_db

GERMAN = {"accept-language": "de-AT,de;q=0.9,en;q=0.5"}


@pytest.fixture
def made() -> MadeRound:
    return make_round(bank=german_bank())


def begun(made: MadeRound, **headers: str) -> Client:
    client = Client(headers=headers)
    client.post(made.link())
    return client


def home(made: MadeRound) -> str:
    return f"/questionnaire/{made.round.pk}/"


def html(client: Client, address: str) -> str:
    """The page, its line breaks taken for blanks."""
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def page_language(page: str) -> str:
    found = re.search(r'<html lang="([\w-]+)"', page)
    assert found is not None
    return found[1]


# What is offered and picked


def test_the_link_and_the_introduction_offer_each_language_by_its_own_name(made: MadeRound) -> None:
    client = begun(made)
    for page in (html(Client(), made.link()), html(client, home(made))):
        assert '<span lang="en" dir="ltr" aria-current="true">English</span>' in page
        for code, name, query, direction in (
            ("de", "Deutsch", "?language=de", "ltr"),
            ("fr", "Français", "?language=fr&amp;lang=fr", "ltr"),
            ("he", "עברית", "?language=he", "rtl"),
        ):
            assert (
                f'href="{query}" lang="{code}" hreflang="{code}" dir="{direction}">{name}</a>'
                in page
            )


def test_a_bank_in_one_language_offers_none() -> None:
    made = make_round(bank=make_bank())
    assert "Language of the questions" not in html(Client(), made.link())
    assert "Language of the questions" not in html(begun(made), home(made) + "1/")


def test_what_is_picked_on_the_link_page_is_read_in_the_questionnaire(made: MadeRound) -> None:
    client = Client()
    page = html(client, made.link() + "?language=de")
    assert '<input type="hidden" name="language" value="de">' in page
    assert page_language(page) == "en"
    answer = client.post(made.link(), {"language": "de"})
    cookie = answer.cookies[f"nb_l{made.round.pk}"]
    assert (cookie.value, cookie["path"]) == ("de", home(made))
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    page = html(client, home(made) + "1/")
    assert page_language(page) == "en"
    assert '<h1 lang="de">Teil A</h1>' in page
    assert '<span lang="de">Wir tun A.</span>' in page


def test_a_link_of_the_introduction_keeps_it_and_leads_back(made: MadeRound) -> None:
    client = begun(made)
    answer = client.get(home(made) + "?language=de")
    assert (answer.status_code, answer["Location"]) == (302, home(made))
    assert "django_language" not in answer.cookies
    assert '<div class="nb-narrow nb-after nb-paragraphs" lang="de">' in html(client, home(made))


def test_one_that_the_pages_are_in_too_is_picked_for_both(made: MadeRound) -> None:
    client = begun(made)
    client.get(home(made) + "?language=de")
    page = html(client, home(made) + "?language=fr&lang=fr")
    assert page_language(page) == "fr"
    page = html(client, home(made) + "1/")
    assert "<h1>Partie A</h1>" in page
    # German again, and the pages stay French.
    page = html(client, home(made) + "1/?language=de")
    assert page_language(page) == "fr"
    assert '<h1 lang="de">Teil A</h1>' in page
    # Picked in the foot: both again, as the bank has it.
    assert 'href="?lang=en&amp;language=en"' in page
    page = html(client, home(made) + "1/?lang=en&language=en")
    assert page_language(page) == "en"
    assert "<h1>Part A</h1>" in page


def test_in_the_foot_a_language_that_the_bank_is_not_in_leaves_it_as_it_is() -> None:
    bank = german_bank(translations={"de": {"dimensions": {"a": {"title": "Teil A"}}}})
    made = make_round(bank=bank)
    client = begun(made)
    client.get(home(made) + "?language=de")
    page = html(client, home(made) + "1/")
    assert 'href="?lang=fr"' in page
    page = html(client, home(made) + "1/?lang=fr")
    assert page_language(page) == "fr"
    assert '<h1 lang="de">Teil A</h1>' in page


@pytest.mark.parametrize("wanted", ["nl", "", "de-AT", "DE", "x" * 3000, "de\0"])
def test_what_the_bank_is_not_in_changes_nothing(made: MadeRound, wanted: str) -> None:
    client = begun(made)
    answer = client.get(home(made), {"language": wanted})
    assert answer.status_code == 200
    assert f"nb_l{made.round.pk}" not in answer.cookies
    client.cookies[f"nb_l{made.round.pk}"] = "nl"
    assert "<h1>Part A</h1>" in html(client, home(made) + "1/")


def test_it_reaches_that_round_alone(made: MadeRound) -> None:
    other = make_round(bank=Bank.objects.get())
    client = begun(made)
    client.post(other.link())
    client.get(home(made) + "?language=de")
    assert "<h1>Part A</h1>" in html(client, home(other) + "1/")


# The first guess


@pytest.mark.parametrize(
    ("browser", "pages", "heading"),
    [
        ("de", "en", '<h1 lang="de">Teil A</h1>'),
        ("de-CH, fr;q=0.8", "fr", '<h1 lang="de">Teil A</h1>'),
        ("nl, de;q=0.5", "en", '<h1 lang="de">Teil A</h1>'),
        ("fr-CA", "fr", "<h1>Partie A</h1>"),
        ("nl", "en", "<h1>Part A</h1>"),
        ("en, de;q=0.9", "en", "<h1>Part A</h1>"),
        ("nl, de;q=0", "en", "<h1>Part A</h1>"),
        ("*", "en", "<h1>Part A</h1>"),
        ("", "en", "<h1>Part A</h1>"),
    ],
)
def test_the_browser_is_asked_first(
    made: MadeRound, browser: str, pages: str, heading: str
) -> None:
    page = html(begun(made, **{"accept-language": browser}), home(made) + "1/")
    assert page_language(page) == pages
    assert heading in page


def test_what_was_chosen_for_all_pages_outweighs_it(made: MadeRound) -> None:
    client = begun(made, **GERMAN)
    client.get("/?lang=fr")
    assert "<h1>Partie A</h1>" in html(client, home(made) + "1/")


def test_a_bank_in_german_alone_is_read_under_english_pages() -> None:
    made = make_round(bank=german_bank(language="de", translations={}))
    page = html(begun(made), home(made) + "1/")
    assert page_language(page) == "en"
    assert '<h1 lang="de">Part A</h1>' in page


# What is answered stays, and nothing is stored


def test_a_button_saves_the_page_and_leads_to_it_in_the_other_language(made: MadeRound) -> None:
    client = begun(made)
    page = html(client, home(made) + "1/")
    assert (
        '<button class="nb-link" type="submit" form="answers" name="read_in" value="de" lang="de"'
        in page
    )
    # Enter in an answer leads on: the first button of the form is that which does.
    assert page.index('name="go" value="on"') < page.index('name="read_in"')
    sent = {"q-A1": "3", "q-A2": "", "comment": "Bien.", "read_in": "de"}
    answer = client.post(home(made) + "1/", sent)
    assert (answer.status_code, answer["Location"]) == (302, home(made) + "1/")
    assert Answer.objects.get().value == 3
    assert Comment.objects.get().text == "Bien."
    page = html(client, home(made) + "1/")
    assert '<span lang="de">Wir tun A.</span>' in page
    assert re.search(r'value="3" checked><span lang="de">Ja</span>', page)
    assert page_language(page) == "en"


def test_a_button_for_one_that_the_pages_are_in_too(made: MadeRound) -> None:
    client = begun(made)
    client.post(home(made) + "1/", {"q-A1": "1", "read_in": "fr"})
    page = html(client, home(made) + "1/")
    assert page_language(page) == "fr"
    assert "<h1>Partie A</h1>" in page


def test_a_page_with_something_wrong_comes_back_in_it(made: MadeRound) -> None:
    client = begun(made)
    answer = client.post(home(made) + "1/", {"q-A1": "99", "q-A2": "2", "read_in": "de"})
    assert answer.status_code == 422
    assert '<h1 lang="de">Teil A</h1>' in answer.content.decode()
    assert Answer.objects.get().question.code == "A2"


def test_nothing_of_it_is_stored(made: MadeRound) -> None:
    client = begun(made)

    def rows() -> list[Any]:
        return [list(model.objects.values()) for model in (Invitation, Response)]

    before = rows()
    client.get(home(made) + "?language=de")
    client.post(home(made) + "1/", {"read_in": "he"})
    assert rows() == before


def test_the_review_and_what_was_sent_in_are_in_it(made: MadeRound) -> None:
    client = begun(made)
    client.get(home(made) + "?language=de")
    client.post(home(made) + "1/", {"q-A1": "3"})
    page = html(client, home(made) + "review/")
    assert '<span lang="de">Teil A</span>' in page
    client.post(home(made) + "submit/")
    page = html(client, home(made) + "review/")
    assert '<span lang="de">Wir tun A.</span>' in page
    assert '<span lang="de">Ja</span>' in page
    assert '<span lang="de">' not in html(client, home(made) + "review/?language=en&lang=en")


# Texts that a language lacks


def test_a_text_that_is_missing_says_in_which_language_it_is(made: MadeRound) -> None:
    client = begun(made, **{"accept-language": "fr"})
    client.get(home(made) + "?language=de")
    page = html(client, home(made) + "1/")
    assert page_language(page) == "fr"
    for text in (
        '<h1 lang="de">Teil A</h1>',
        '<p class="nb-stand" lang="en">How is A?</p>',
        '<span lang="de">Wir tun A.</span></legend>',
        'id="help-q-A1" lang="de">Wir alle.</p>',
        '<span lang="en">We do A often.</span></legend>',
        '<span lang="de">Nein</span></label>',
        '<span lang="en">In part</span></label>',
        '<span lang="en">Part B</span>',
    ):
        assert text in page


def test_what_is_in_the_language_of_the_page_says_nothing(made: MadeRound) -> None:
    page = html(begun(made), home(made) + "1/")
    main = page[page.index("<main") : page.index('class="nb-note nb-languages')]
    assert "lang=" not in main


def test_from_right_to_left(made: MadeRound) -> None:
    client = begun(made)
    client.get(home(made) + "?language=he")
    page = html(client, home(made) + "1/")
    assert '<span lang="he" dir="rtl">אנחנו עושים א.</span></legend>' in page
    # A scale runs as its labels do, also below a question that is in English still: one that ran the
    # other way round from question to question would be misread.
    assert "</small>We do A often.</legend>" in page
    assert page.count('<div class="likert is-other" dir="rtl">') == 2


def test_a_scale_in_english_runs_as_ever_below_a_question_in_hebrew() -> None:
    text = {"dimensions": {"a": {"questions": {"A1": {"text": "אנחנו עושים א."}}}}}
    made = make_round(bank=german_bank(translations={"he": text}))
    client = begun(made)
    page = html(client, home(made) + "1/?language=he")
    assert '<span lang="he" dir="rtl">אנחנו עושים א.</span></legend>' in page
    assert '<div class="likert is-other">' in page
    assert page.count("rtl") == 2  # the text, and the name of the language


def test_a_bank_of_which_the_questions_alone_are_in_a_language_offers_it() -> None:
    text = {"dimensions": {"b": {"questions": {"B1": {"text": "Wir tun B."}}}}}
    made = make_round(bank=german_bank(translations={"de": text}))
    assert ">Deutsch</a>" in html(Client(), made.link())
    page = html(begun(made, **GERMAN), home(made) + "2/")
    assert "<h1>Part B</h1>" in page
    assert '<span lang="de">Wir tun B.</span>' in page


def test_each_text_knows_its_language() -> None:
    bank = german_bank()
    said = bank_said(bank, "fr")
    assert [(said.title, said.title.language)] == [("Contrôle", "fr")]
    assert said.introduction.language == "en"
    question = question_said(bank.questions.get(code="A1"), "de", bank)
    assert [label.language for label in question.labels] == ["de", "en", "de"]
