"""A draft from its beginning to its publication, and everything that is written in it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from alliances.models import User
from alliances.services.records import Overtaken
from assessments.models import Bank, Dimension, Question
from assessments.services.banks.documents import bank_digest
from assessments.services.banks.drafts import (
    create_bank,
    discard_draft,
    draft_next_version,
    publish_draft,
    retire_bank,
)
from assessments.services.banks.files import parse_bank
from assessments.services.banks.imports import import_draft
from assessments.services.banks.order import move_dimension, move_question, place_question
from assessments.services.banks.parts import (
    add_dimension,
    add_question,
    change_bank,
    change_dimension,
    change_question,
    remove_dimension,
    remove_question,
)
from assessments.services.banks.rows import document_of
from assessments.services.banks.store import bank_text, import_bank
from tests.assessments.banks.documents import minimal, whole
from tests.assessments.banks.drafts import (
    dimension,
    first_version,
    parse,
    question,
    refusal,
    said,
    seen,
)

pytestmark = pytest.mark.django_db


# Beginning -----------------------------------------------------------------------------------


def test_a_new_bank_is_an_empty_draft(ada: User) -> None:
    bank = create_bank(code="mine", title=" My  bank ", language="fr", by=ada)
    assert (bank.code, bank.version, bank.title, bank.language) == ("mine", 1, "My bank", "fr")
    assert (bank.status, bank.digest, bank.since) == ("draft", "", None)
    assert (bank.changed_by, bank.edition) == (ada, 1)
    assert (bank.dimensions.count(), bank.questions.count()) == (0, 0)


def test_a_new_bank_like_another_says_the_same_under_its_own_code(draft: Bank, ada: User) -> None:
    change_question(
        question=question(draft), edition=1, by=ada, data={"text": "Other.", "change": "wording"}
    )
    bank = create_bank(code="mine", title="Mine", language="de", by=ada, like=draft)
    expected = said(draft) | {"code": "mine", "version": 1, "title": "Mine"}
    del expected["since"]
    del expected["dimensions"][0]["questions"][0]["change"]
    # Its title is another one, so what translated the old one does not.
    del expected["translations"]["fr"]["title"]
    del expected["translations"]["de"]
    assert said(bank) == expected
    assert bank.language == "en"


@pytest.mark.parametrize(
    ("code", "message", "details"),
    [
        ("whole", "There is a question bank whole already. Choose another code.", []),
        # One that comes with the product, though it is not loaded yet.
        ("readiness", "There is a question bank readiness already. Choose another code.", []),
        (
            "not a code",
            "This is not a question bank that can be used. Nothing was stored.",
            ["'code' must begin with a letter or figure; then also - and _ may follow"],
        ),
        (
            "",
            "This is not a question bank that can be used. Nothing was stored.",
            ["'code' is empty"],
        ),
    ],
)
def test_a_new_bank_needs_a_code_of_its_own(
    published: Bank, code: str, message: str, details: list[str]
) -> None:
    refused = refusal(lambda: create_bank(code=code, title="x", language="en", by=None))
    assert (refused.message, refused.details) == (message, details)
    assert Bank.objects.count() == 1


def test_the_next_version_begins_as_a_copy(published: Bank, ada: User) -> None:
    draft = draft_next_version(bank=published, by=ada)
    assert (draft.code, draft.version, draft.since, draft.status) == ("whole", 2, 1, "draft")
    assert (draft.published_at, draft.published_by, draft.digest) == (None, None, "")
    assert said(draft) == first_version() | {"version": 2, "since": 1}
    codes = list(draft.questions.order_by("dimension__position", "position").values_list("code"))
    assert codes == [("TR1",), ("TR2",), ("SP1",)]
    assert document_of(published).as_data() == first_version()


def test_marks_are_of_one_version_alone(ada: User) -> None:
    """What was said of the last change says nothing of the next."""
    bank = import_bank(document=parse(whole()))
    assert set(bank.questions.values_list("change", flat=True)) == {"wording", "meaning", ""}
    draft = draft_next_version(bank=bank, by=ada)
    assert set(draft.questions.values_list("change", flat=True)) == {""}
    assert (draft.version, draft.since) == (4, 3)


def test_the_next_version_of_an_older_or_retired_one(published: Bank, ada: User) -> None:
    import_bank(document=parse(first_version() | {"version": 5}))
    retire_bank(bank=published, by=ada)
    draft = draft_next_version(bank=published, by=ada)
    assert (draft.version, draft.since) == (6, 1)


def test_one_draft_at_a_time(draft: Bank, published: Bank, ada: User) -> None:
    for bank in (published, draft):
        refused = refusal(lambda bank=bank: draft_next_version(bank=bank, by=ada))
        assert refused.message == (
            "Version 2 is being drafted already. Publish or discard it first."
        )
    assert Bank.objects.count() == 2


# Ending --------------------------------------------------------------------------------------


def test_publishing(draft: Bank, published: Bank, ben: User) -> None:
    bank = publish_draft(bank=draft, seen=seen(draft), by=ben)
    bank.refresh_from_db()
    assert (bank.status, bank.published_by, bank.changed_by) == ("published", ben, ben)
    assert bank.published_at is not None
    assert bank.digest == bank_digest(document_of(bank))
    assert bank.digest == bank_digest(parse_bank(text=bank_text(bank=bank, format="yaml")))


def test_what_was_changed_is_marked_when_it_is_published(draft: Bank, ada: User) -> None:
    change_question(question=question(draft), edition=1, by=ada, data={"text": "Other."})
    change_question(question=question(draft, "TR2"), edition=1, by=ada, data={"weight": Decimal(2)})
    refused = refusal(lambda: publish_draft(bank=draft, seen=seen(draft), by=ada))
    assert refused.message == (
        "Some questions differ from version 1. Say of each whether its earlier answers may still "
        "be compared."
    )
    assert refused.details == [
        "TR1 was changed (Statement): mark it as wording, if it still asks the same, or as meaning."
    ]
    assert set(draft.questions.values_list("change", flat=True)) == {""}
    refused = refusal(
        lambda: publish_draft(bank=draft, seen=seen(draft), by=ada, marks={"TR1": "some"})
    )
    assert refused.message == "Mark each changed question as wording or as meaning."
    marks = {"TR1": "wording", "TR2": "wording", "SP1": "meaning", "none": "meaning"}
    bank = publish_draft(bank=draft, seen=seen(draft), by=ada, marks=marks)
    # TR2 counts otherwise, and SP1 is as it was: neither is a matter of opinion.
    assert dict(bank.questions.values_list("code", "change")) == {
        "TR1": "wording",
        "TR2": "meaning",
        "SP1": "",
    }
    assert bank.digest == bank_digest(document_of(bank))


def test_publishing_what_one_did_not_see(draft: Bank, ada: User) -> None:
    looked = seen(draft)
    change_question(question=question(draft), edition=1, by=ada, data={"facet": "other"})
    refused = refusal(lambda: publish_draft(bank=draft, seen=looked, by=ada))
    assert refused.message == (
        "Somebody changed the draft while you were looking. Look at it again, then publish."
    )
    move_question(question=question(draft), by=1)
    refusal(lambda: publish_draft(bank=draft, seen=looked, by=ada))
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_a_draft_that_is_not_whole_is_not_published(ada: User) -> None:
    bank = create_bank(code="mine", title="Mine", language="en", by=ada)
    refused = refusal(lambda: publish_draft(bank=bank, seen=seen(bank), by=ada))
    assert refused.details == ["'dimensions' must have 1 to 50 entries"]
    add_dimension(bank=bank, by=ada, data={"code": "pain"})
    refused = refusal(lambda: publish_draft(bank=bank, seen=seen(bank), by=ada))
    assert refused.details == ["dimensions 1: 'questions' must have 1 to 500 entries"]


def test_discarding(draft: Bank, published: Bank) -> None:
    discard_draft(bank=draft)
    discard_draft(bank=draft)
    assert list(Bank.objects.all()) == [published]
    assert (Dimension.objects.count(), Question.objects.count()) == (2, 3)
    assert draft_next_version(bank=published, by=None).version == 2


def test_retiring(published: Bank, draft: Bank, ada: User) -> None:
    refused = refusal(lambda: retire_bank(bank=draft, by=ada))
    assert refused.message == "A draft is not retired. Publish it, or discard it."
    bank = retire_bank(bank=published, by=ada)
    assert (bank.status, bank.changed_by) == ("retired", ada)
    since = bank.retired_at
    assert since is not None
    assert retire_bank(bank=published, by=None).retired_at == since
    bank.refresh_from_db()
    assert bank.changed_by == ada


WRITTEN: list[tuple[str, Callable[[Bank], object]]] = [
    ("change_bank", lambda bank: change_bank(bank=bank, edition=1, by=None, data={"title": "x"})),
    ("add_dimension", lambda bank: add_dimension(bank=bank, by=None, data={"code": "new"})),
    (
        "change_dimension",
        lambda bank: change_dimension(
            dimension=dimension(bank), edition=1, by=None, data={"title": "x"}
        ),
    ),
    ("remove_dimension", lambda bank: remove_dimension(dimension=dimension(bank))),
    ("add_question", lambda bank: add_question(dimension=dimension(bank), by=None, data={"code": "N1"})),
    (
        "change_question",
        lambda bank: change_question(question=question(bank), edition=1, by=None, data={"text": "x"}),
    ),
    ("remove_question", lambda bank: remove_question(question=question(bank))),
    ("move_dimension", lambda bank: move_dimension(dimension=dimension(bank), by=1)),
    ("move_question", lambda bank: move_question(question=question(bank), by=1)),
    (
        "place_question",
        lambda bank: place_question(question=question(bank), dimension=dimension(bank, "speed")),
    ),
    ("publish_draft", lambda bank: publish_draft(bank=bank, seen=seen(bank), by=None)),
    ("discard_draft", lambda bank: discard_draft(bank=bank)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "write"), WRITTEN, ids=[name for name, _write in WRITTEN])
@pytest.mark.parametrize("status", ["published", "retired"])
def test_nothing_is_written_once_it_is_published(
    published: Bank, name: str, write: Callable[[Bank], object], status: str
) -> None:
    Bank.objects.filter(pk=published.pk).update(status=status)
    refused = refusal(lambda: write(published))
    assert refused.message == (
        "Version 1 is published by now and never changes. Make a new version to change it."
    )
    assert said(published) == first_version()


@pytest.mark.parametrize(
    ("name", "write"),
    [pair for pair in WRITTEN if pair[0] not in ("discard_draft", "publish_draft")],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_was_discarded_meanwhile(
    draft: Bank, name: str, write: Callable[[Bank], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody has the page open; the rows are gone when it comes back."""
    parts = {code: dimension(draft, code) for code in ("trust", "speed")}
    asked = question(draft)
    monkeypatch.setattr(f"{__name__}.dimension", lambda bank, code="trust": parts[code])
    monkeypatch.setattr(f"{__name__}.question", lambda bank, code="TR1": asked)
    discard_draft(bank=Bank.objects.get(pk=draft.pk))
    assert refusal(lambda: write(draft)).message.endswith("” has been removed meanwhile.")


def test_a_part_that_was_removed_meanwhile(draft: Bank) -> None:
    asked, part = question(draft, "SP1"), dimension(draft, "speed")
    remove_question(question=question(draft, "SP1"))
    refused = refusal(lambda: change_question(question=asked, edition=1, by=None, data={}))
    assert refused.message == "“SP1 We are quick.” has been removed meanwhile."
    change_bank(bank=draft, edition=1, by=None, data={"reading": {"rule": "mean"}})
    remove_dimension(dimension=part)
    refused = refusal(lambda: add_question(dimension=part, by=None, data={"code": "SP9"}))
    assert refused.message == "“Speed” has been removed meanwhile."


# Two admins ------------------------------------------------------------------------------------


def test_who_saves_second_is_shown_what_the_first_saved(draft: Bank, ada: User, ben: User) -> None:
    for part, change in (
        (draft, lambda by: change_bank(bank=draft, edition=1, by=by, data={"title": str(by.name)})),
        (
            dimension(draft),
            lambda by: change_dimension(
                dimension=dimension(draft), edition=1, by=by, data={"title": str(by.name)}
            ),
        ),
        (
            question(draft),
            lambda by: change_question(
                question=question(draft), edition=1, by=by, data={"help": str(by.name)}
            ),
        ),
    ):
        change(ada)
        with pytest.raises(Overtaken) as overtaken:
            change(ben)
        assert str(overtaken.value).startswith("Ada Marsh saved this while you were writing.")
        assert overtaken.value.current == part
        assert overtaken.value.current.edition == 2
        assert "Ada Marsh" in (
            getattr(overtaken.value.current, "title", ""),
            getattr(overtaken.value.current, "help", ""),
        )


def test_two_who_write_different_questions_do_not_meet(draft: Bank, ada: User, ben: User) -> None:
    change_question(question=question(draft), edition=1, by=ada, data={"text": "One."})
    change_question(question=question(draft, "TR2"), edition=1, by=ben, data={"text": "Two."})
    change_bank(bank=draft, edition=1, by=ada, data={"title": "New"})
    assert [q["text"] for q in said(draft)["dimensions"][0]["questions"]] == ["One.", "Two."]


def test_a_change_that_changes_nothing_is_none(draft: Bank, ben: User) -> None:
    same = said(draft)
    part = same["dimensions"][0]
    asked = part["questions"][1] | {"weight": Decimal("0.125")}
    del same["dimensions"], same["translations"], part["questions"]
    for row in (
        change_bank(bank=draft, edition=1, by=ben, data=same),
        change_dimension(dimension=dimension(draft), edition=1, by=ben, data=part),
        change_question(question=question(draft, "TR2"), edition=1, by=ben, data=asked),
    ):
        row.refresh_from_db()
        assert row.edition == 1
        assert row.changed_by != ben


# Writing the bank itself -------------------------------------------------------------------------


def test_the_banks_own_texts(draft: Bank, ben: User) -> None:
    bank = change_bank(
        bank=draft,
        edition=1,
        by=ben,
        data={
            "title": " New  title ",
            "audience": "convener",
            "bands": {"strong": 70, "mixed": 30},
        },
    )
    assert (bank.edition, bank.changed_by) == (2, ben)
    assert said(draft) == first_version() | {
        "version": 2,
        "since": 1,
        "title": "New title",
        "audience": "convener",
        "bands": {"strong": 70, "mixed": 30},
    }


def test_the_banks_own_translations_and_no_others(draft: Bank) -> None:
    before = said(draft)["translations"]["fr"]["dimensions"]
    texts = {"fr": {"title": "Autre", "labels": {"Yes": "Si"}}, "nl": {"title": "Vertrouwen"}}
    change_bank(bank=draft, edition=1, by=None, data={"translations": texts})
    assert said(draft)["translations"] == {
        "fr": {"title": "Autre", "labels": {"Yes": "Si"}, "dimensions": before},
        "nl": {"title": "Vertrouwen"},
    }


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"title": "x" * 121}, "'title' must not be longer than 120 characters"),
        ({"audience": "all"}, "'audience' must be one of everyone, convener, members, partners"),
        ({"version": 0}, "'version' must be a whole number from 1 to 2147483647"),
        ({"since": 2}, "'since' must be an earlier version than this one"),
        ({"colour": "red"}, "'colour' is not a key that is known here; take it out"),
        ({"language": "fr"}, "translations: fr is the bank’s own language"),
        (
            {"translations": {"fr": {"title": "x" * 181}}},
            "translations fr: 'title' must not be longer than 180 characters",
        ),
        ({"translations": {"English": {"title": "x"}}}, "translations: 'English' must be a language’s code such as fr or pt-BR"),
    ],
)  # fmt: skip
def test_what_no_file_could_say_is_refused(draft: Bank, data: dict[str, Any], told: str) -> None:
    before = said(draft)
    assert refusal(lambda: change_bank(bank=draft, edition=1, by=None, data=data)).details == [told]
    assert said(draft) == before


def test_code_and_version_of_a_draft(draft: Bank, published: Bank) -> None:
    import_bank(document=parse(minimal()))
    for data, message in (
        ({"version": 1}, "'since' must be an earlier version than this one"),
        (
            {"version": 1, "since": None},
            "Version 1 is stored already. The draft needs a higher one.",
        ),
        ({"code": "tiny"}, "There is a question bank tiny already. Choose another code."),
        ({"code": "readiness"}, "There is a question bank readiness already. Choose another code."),
    ):
        refused = refusal(lambda data=data: change_bank(bank=draft, edition=1, by=None, data=data))
        assert message in (refused.message, *refused.details)
    bank = change_bank(bank=draft, edition=1, by=None, data={"code": "other", "version": 7})
    assert (bank.code, bank.version) == ("other", 7)
    assert draft_next_version(bank=published, by=None).version == 2


# Import ------------------------------------------------------------------------------------------


def test_a_file_becomes_a_draft(ada: User) -> None:
    bank = import_draft(document=parse(whole()), by=ada)
    assert (bank.status, bank.version, bank.changed_by) == ("draft", 3, ada)
    assert said(bank) == whole()


def test_a_file_takes_the_place_of_the_draft_that_was_seen(draft: Bank, ben: User) -> None:
    data = minimal() | {"code": "whole", "version": 2}
    looked = seen(draft)
    change_question(question=question(draft), edition=1, by=ben, data={"text": "In between."})
    for over in ("", looked):
        refused = refusal(lambda over=over: import_draft(document=parse(data), by=ben, over=over))
        assert refused.message == (
            "The draft was changed meanwhile. Look again at what the file would change in it."
        )
    assert question(draft).text == "In between."
    bank = import_draft(document=parse(data), by=ben, over=seen(draft))
    assert (bank, bank.edition, bank.changed_by) == (draft, 2, ben)
    assert said(draft) == parse(data).as_data()
    assert Dimension.objects.filter(bank=draft).count() == 2


def test_a_file_of_another_version_than_the_draft(draft: Bank) -> None:
    refused = refusal(
        lambda: import_draft(document=parse(minimal() | {"code": "whole", "version": 3}), by=None)
    )
    assert refused.message == (
        "Version 2 is being drafted. Give the file that version to put it in the draft’s place, or "
        "publish or discard the draft first."
    )


def test_a_file_that_is_stored_already(published: Bank) -> None:
    assert import_draft(document=parse(first_version()), by=None) == published
    refused = refusal(
        lambda: import_draft(document=parse(first_version() | {"title": "Other"}), by=None)
    )
    assert refused.message == (
        "Version 1 of whole is published with other content, and never changes. Give the file a new "
        "version."
    )
    import_bank(document=parse(first_version() | {"version": 4}))
    refused = refusal(lambda: import_draft(document=parse(whole()), by=None))
    assert (
        refused.message == "Version 4 is stored already. Give the file a higher version than that."
    )


def test_a_file_is_not_published_over_a_draft(draft: Bank) -> None:
    """As load_banks would, after an update that brings another version."""
    refused = refusal(lambda: import_bank(document=parse(first_version() | {"version": 2})))
    assert refused.message == (
        "Version 2 of whole is a draft here. Publish or discard the draft, or give the file another "
        "version."
    )
    refused = refusal(lambda: import_bank(document=parse(first_version() | {"version": 3})))
    assert refused.message == (
        "Version 2 of whole is being drafted here. Publish or discard the draft, then import the "
        "file again."
    )
    assert Bank.objects.count() == 2
