"""Every word of ours is a message on the pages before the login, of the questionnaire, and of the banks.

As `tests.alliances.test_translatable`, which says how; rounds, results and the desk come later.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

import assessments.urls
from assessments.services.banks.drafts import draft_next_version
from assessments.services.banks.languages import parts_in, translate_part
from assessments.services.banks.parts import change_question
from assessments.services.banks.rows import document_of
from assessments.services.banks.store import ensure_shipped_banks, latest_bank, shipped_codes
from tests.factories import make_bank, make_response, make_round, make_user
from tests.languages import spoken
from tests.marked import LANGUAGE, Known, Marked, outside, stored_texts, walk

pytestmark = pytest.mark.django_db

FORMATS = {"YAML", "JSON", "Excel", "CSV"}
BANK_PAGES = {
    str(pattern.name)
    for pattern in assessments.urls.urlpatterns
    if str(pattern.pattern).startswith(("banks/", "dimensions/", "questions/"))
}
NO_PAGES = {
    # files
    "bank_export",
    "bank_statistics_table",
    "bank_paper",
    # answers to a press alone
    "bank_move",
    "bank_next",
}


@pytest.fixture(autouse=True)
def languages(settings: Any) -> None:
    settings.LANGUAGES = [("en", "English"), (LANGUAGE, "In marks")]


def a_client() -> Client:
    return Client(headers={"accept-language": LANGUAGE})


def known() -> Known:
    return Known(stored_texts() | FORMATS)


def test_the_pages_of_who_writes_the_banks() -> None:
    """A published bank and its next version, with a translation begun and a question changed."""
    ensure_shipped_banks()
    admin = make_user("admin@example.org")
    admin.is_staff = admin.is_superuser = True
    admin.save()
    first = latest_bank("readiness")
    draft = draft_next_version(bank=first, by=admin)
    change_question(
        question=draft.questions.get(code="CP1"), edition=1, by=admin, data={"text": "It costs us."}
    )
    translate_part(
        bank=draft,
        language="fr",
        number=0,
        texts={("title",): "Maturité"},
        seen=parts_in(document_of(draft, draft=True), "fr")[0].mark,
        by=admin,
    )
    # A list shows the beginning of a longer text.
    introduction = " ".join(str(first.introduction).split()[:28])
    texts = Known(stored_texts() | FORMATS | {introduction} | set(shipped_codes()))
    client = a_client()
    client.force_login(admin)
    starts = [
        reverse("banks"),
        reverse("bank_publish", args=[draft.pk]),
        reverse("bank", args=[draft.pk]),
        reverse("bank", args=[first.pk]),
        reverse("bank_retire", args=[first.pk]),
    ]
    seen, found = set(), {}
    with spoken(Marked()):
        for name, html in walk(client, starts, BANK_PAGES - NO_PAGES):
            seen.add(name)
            if said := outside(html, texts):
                found.setdefault(name, []).extend(said)
    assert found == {}
    assert seen == BANK_PAGES - NO_PAGES


def test_the_pages_before_the_login(settings: Any) -> None:
    settings.DEMONSTRATION = False
    ensure_shipped_banks()
    starts = [reverse("home"), reverse("account_login"), reverse("account_reset_password")]
    appraisal = reverse("appraisal", args=["invitation-appraisal"])
    client = a_client()
    with spoken(Marked()):
        pages = [html for _name, html in walk(client, starts, ())]
        pages.append(client.get(appraisal).content.decode())
        pages.append(client.post(appraisal, {"page": "0", "go": "on"}).content.decode())
        codes = [*latest_bank("invitation-appraisal").questions.values_list("code", flat=True)]
        answers = {f"kept-{code}": "3" for code in codes}
        last = latest_bank("invitation-appraisal").dimensions.count()
        result = client.post(appraisal, answers | {"page": str(last), "go": "on"})
        pages.append(result.content.decode())
        texts = known()
        assert [outside(html, texts) for html in pages] == [[]] * 6
    assert "nb-rows" in pages[-1]


@pytest.mark.parametrize("mode", ["confidential", "open"])
def test_the_questionnaire(mode: str) -> None:
    made = make_round(bank=make_bank(shape=(2, 2)), organisations=2, people=3, mode=mode)
    make_response(made, 1, answers={"A1": 3})
    client = a_client()
    base = f"/questionnaire/{made.round.pk}/"
    with spoken(Marked()):
        pages = [client.get(made.link()).content.decode()]
        client.post(made.link())
        pages += [client.get(f"{base}{path}").content.decode() for path in ("", "1/", "review/")]
        texts = known()
        found = [[re.sub(r"\s+", " ", one) for one in outside(html, texts)] for html in pages]
    assert found == [[], [], [], []]
