"""The page that adds many people from a list: shown first, put right, stored when all is right."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from alliances.models import Participant
from tests.alliances.conftest import House, form_errors, told


def test_a_pasted_list_is_shown_changed_and_added(house: House, convener: Client) -> None:
    address = reverse("people_import", args=[house.alliance.pk])
    pasted = 'Mill\t\t\t"Ann ""A"" Lee"\tann@mill.example\r\nMill\t\t\tBo\tbo@mill.example'
    shown = convener.post(address, {"text": pasted})
    assert shown.status_code == 200
    assert (shown.context["plan"].new_organisations, shown.context["plan"].new_people) == (1, 2)
    assert "Nothing is stored yet." in shown.content.decode()
    assert shown.context["text"] == pasted
    assert not Participant.objects.filter(name="Mill").exists()

    back = convener.post(address, {"text": pasted, "step": "change"})
    assert (back.status_code, back.context["form"]["text"].value()) == (200, pasted)

    added = convener.post(address, {"text": pasted, "step": "add"}, follow=True)
    assert told(added) == ["Added: 1 organisation, 2 people."]
    assert [p.name for p in Participant.objects.get(name="Mill").representatives.all()] == [
        'Ann "A" Lee',
        "Bo",
    ]
    again = convener.post(address, {"text": pasted, "step": "add"}, follow=True)
    assert told(again) == ["Everybody on the list was there already. Nothing is added."]


def test_a_file_travels_on_as_text(house: House, convener: Client) -> None:
    address = reverse("people_import", args=[house.alliance.pk])
    file = SimpleUploadedFile("people.csv", "organisation;name\nFluß;".encode("utf-8-sig"))
    shown = convener.post(address, {"text": "", "file": file})
    assert shown.context["text"] == "organisation;name\nFluß;"
    convener.post(address, {"text": shown.context["text"], "step": "add"})
    assert Participant.objects.filter(name="Fluß").exists()


def test_wrong_lines_come_back_to_be_put_right(house: House, convener: Client) -> None:
    address = reverse("people_import", args=[house.alliance.pk])
    file = SimpleUploadedFile("people.csv", b"Mill,,,Ann,ann\nMill,,asleep")
    for step in ("look", "add"):
        file.seek(0)
        answer = convener.post(address, {"file": file, "step": step})
        assert answer.status_code == 422
        assert answer.context["refusal"].details == [
            "Line 1: “ann” is not an e-mail address. Write it like name@example.org.",
            "Line 2: “asleep” is no status. Write one of: invited, accepted, declined, left.",
        ]
        assert answer.context["form"]["text"].value() == "Mill,,,Ann,ann\nMill,,asleep"
        assert "Line 2: “asleep” is no status." in answer.content.decode()
    assert Participant.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "file", "message"),
    [
        ("", None, "The list is empty. Paste cells or choose a file."),
        ("  \n", None, "The list is empty. Paste cells or choose a file."),
        ("", b"", "The list is empty. Paste cells or choose a file."),
        ("Mill", b"Mill", "There is a pasted list and a file. Send one of the two."),
        ("", b"x" * 1_200_000, "The file is larger than 1 MB. Split it."),
        ("", b"PK\x03\x04", "This is a workbook, not a CSV file."),
        ("", "Fluß".encode("cp1252"), "The file is not in UTF-8 (see line 1)"),
    ],
)
def test_lists_that_cannot_be_taken(
    house: House, convener: Client, text: str, file: bytes | None, message: str
) -> None:
    fields: dict[str, Any] = {"text": text}
    if file is not None:
        fields["file"] = SimpleUploadedFile("people.csv", file)
    answer = convener.post(reverse("people_import", args=[house.alliance.pk]), fields)
    assert answer.status_code == 422
    (error,) = form_errors(answer)
    assert error.startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Mi\0ll", "Nothing is stored. Put these lines right and send the list again."),
        ("x" * 1_200_000, "The list is larger than 1 MB. Split it."),
    ],
)
def test_text_that_cannot_be_read(house: House, convener: Client, text: str, message: str) -> None:
    for step in ("look", "add"):
        answer = convener.post(
            reverse("people_import", args=[house.alliance.pk]), {"text": text, "step": step}
        )
        assert (answer.status_code, answer.context["refusal"].message) == (422, message)
    assert Participant.objects.count() == 2


def test_markup_in_a_list_stays_text(house: House, convener: Client) -> None:
    answer = convener.post(
        reverse("people_import", args=[house.alliance.pk]), {"text": '"<script>alert(1)</script>"'}
    )
    assert "<script>alert" not in answer.content.decode()
    assert "&lt;script&gt;alert(1)" in answer.content.decode()
