"""What one may not see is as what does not exist: to the byte, for each role, by looking, by sending and by
a method that no page knows."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests.permissions.asking import METHODS, Answer
from tests.permissions.rows.row import ROLES
from tests.permissions.rows.table import DEEPER, NUMBERED, TABLE
from tests.permissions.world import World

pytestmark = pytest.mark.django_db

NOBODY = 99_000_001
"""The key of nothing at all."""
NO_CODE = "nobody-has-this"

WITHOUT_A_RESULT = {"questionnaire_result", "own_result_pdf"}
"""Whoever answers in a round knows that there is one: to them, that it has no result for them is said by
another page than that their link is none."""

HIDDEN = ("404", "405", "410", "L")


def twins(world: World, name: str) -> tuple[str, list[str]]:
    """The address of the row `name`, and the same of things that nobody has: all of its keys, and each of
    its codes."""
    given = world.arguments(name)
    keys = {key for key, value in given.items() if isinstance(value, int) and key != "number"}
    keys |= {key for key in given if key in ("token", "name")}
    missing: list[dict[str, Any]] = []
    if keys:
        missing.append({key: NO_CODE if key in ("token", "name") else NOBODY for key in keys})
    if len(keys) > 1:  # one is there, and one is not
        missing += [{key: NOBODY} for key in sorted(keys)]
    missing += [{key: NO_CODE} for key in ("code", "kind", "language", "format") if key in given]
    if "number" in given:
        missing.append({"number": 9_999})
    return (
        reverse(name, kwargs=given),
        [reverse(name, kwargs=given | one) for one in missing],
    )


def shape(answer: Answer, address: str) -> Any:
    """The answer with its own address blanked, as a page or the login names it."""
    return answer.normal(address, address.replace("/", "%2F"))


@pytest.mark.parametrize("name", [name for name, row in TABLE.items() if row.arguments])
def test_hidden_is_as_missing(world: World, name: str) -> None:
    address, missing = twins(world, name)
    assert missing
    sends = TABLE[name].sends
    compared = 0
    for role in ROLES:
        if role == "respondent" and name in WITHOUT_A_RESULT:
            continue
        for method in ("GET", "POST", "PUT"):
            there = world.ask(role, method, address, sends)
            # Whoever has the thing learns that a code is wrong; whoever has it not learns nothing.
            if there.told not in HIDDEN:
                if method == "GET":
                    break
                continue
            # The codes of what is hidden are looked for by GET alone, to be done in time.
            for other in missing if method == "GET" else missing[:1]:
                nothing = world.ask(role, method, other, sends)
                assert shape(nothing, other) == shape(there, address), (role, method, other)
                compared += 1
    assert compared or TABLE[name].get.startswith(("all", "302"))


@pytest.mark.parametrize(("name", "which", "expected"), DEEPER)
def test_hidden_by_its_state_is_as_missing(
    world: World, name: str, which: str, expected: str
) -> None:
    more = NUMBERED.get(name, {})
    address = reverse(name, kwargs={"pk": world.objects[which]} | more)
    missing = reverse(name, kwargs={"pk": NOBODY} | more)
    for role, told in zip(ROLES, expected.split(), strict=True):
        if told not in HIDDEN:
            continue
        for method in ("GET", "HEAD", "POST"):
            hidden = world.ask(role, method, address)
            assert hidden.told in HIDDEN, (role, method)
            nothing = world.ask(role, method, missing)
            assert shape(hidden, address) == shape(nothing, missing), (role, method)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("name", "theirs"),
    [
        ("desk", "other alliance"),
        ("people", "other alliance"),
        ("audit", "other alliance"),
        ("audit_table", "other alliance"),
        ("charter_text", "other charter"),
        ("journal_entry", "other entry"),
        ("result_csv", "other closed"),
        ("access_remove", "other membership"),
    ],
)
def test_another_alliances_is_as_missing(world: World, role: str, name: str, theirs: str) -> None:
    """The other way round: ours may not see theirs."""
    if role in ("foreign", "rival", "admin"):
        return
    address = reverse(name, args=[world.objects[theirs]])
    missing = reverse(name, args=[NOBODY])
    for method in ("GET", "POST"):
        hidden, nothing = world.ask(role, method, address), world.ask(role, method, missing)
        assert hidden.told in HIDDEN
        assert shape(hidden, address) == shape(nothing, missing), method


@pytest.mark.parametrize("role", ["member", "fellow", "convener", "curator", "operator"])
def test_somebody_elses_second_factor_is_as_missing(world: World, role: str) -> None:
    factor = world.objects["factor"]
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        address, missing = (reverse(name, args=[pk]) for pk in (factor, NOBODY))
        for method in METHODS:
            theirs, nothing = world.ask(role, method, address), world.ask(role, method, missing)
            assert shape(theirs, address) == shape(nothing, missing), (name, method)


# What a query or a form names: of another alliance, or of nobody

QUERIES = [
    ("purpose_check", "check", "other purpose check"),
    ("charter_difference", "with", "other charter"),
    ("decisions", "party", "other participant"),
    ("decisions_asked", "party", "other participant"),
    ("access", "person", "other representative"),
    ("round_new", "bank", "other bank"),
    ("journal", "page", "other entry"),
    ("actions", "page", "other entry"),
    ("audit", "page", "other alliance"),
]


@pytest.mark.parametrize(("name", "query", "theirs"), QUERIES)
def test_a_query_tells_nothing_of_another_alliance(
    world: World, name: str, query: str, theirs: str
) -> None:
    address = world.address(name)
    key = str(world.objects[theirs])
    for role in ("member", "convener"):
        hidden = world.ask(role, "GET", f"{address}?{query}={key}")
        nothing = world.ask(role, "GET", f"{address}?{query}={NOBODY}")
        assert hidden.normal(f"{query}={key}") == nothing.normal(f"{query}={NOBODY}"), role


FORMS: list[tuple[str, str, dict[str, str], str]] = [
    # row, the field that names a thing, what else is sent, and whose thing of another alliance it names
    ("action_new", "participant", {"what": "x", "who": "y", "due_on": "2026-12-01"}, "participant"),
    ("action_edit", "participant", {"what": "x", "who": "y", "edition": "1"}, "participant"),
    ("journal_action_new", "participant", {"what": "x", "who": "y"}, "participant"),
    ("contribution_new", "participant", {"kind": "influence", "what": "x"}, "participant"),
    ("difference_open", "first", {}, "participant"),
    ("difference_open", "second", {}, "participant"),
    ("history_new", "first", {"together": "x"}, "participant"),
    ("history_new", "second", {"together": "x"}, "participant"),
    ("history_new", "other", {"together": "x"}, "participant"),
    ("access", "participant", {"email": "new@example.org", "role": "member"}, "participant"),
    ("access", "membership", {"role": "member"}, "membership"),
    ("round_new", "people", {"bank": "small", "name": "x"}, "representative"),
    ("round_new", "about", {"bank": "oneself", "name": "x"}, "representative"),
    ("round_new", "bank", {}, "bank"),
]


@pytest.mark.parametrize(("name", "field", "sends", "kind"), FORMS)
def test_a_form_tells_nothing_of_another_alliance(
    world: World, name: str, field: str, sends: dict[str, str], kind: str
) -> None:
    """Nobody's key and another alliance's are refused in the same words, and nothing is stored of either."""
    address = world.address(name)
    theirs = str(world.objects[f"other {kind}"])
    for role in ("convener", "member"):
        hidden = world.ask(role, "POST", address, sends | {field: theirs})
        nothing = world.ask(role, "POST", address, sends | {field: str(NOBODY)})
        assert hidden.status != 302
        assert blanked(hidden, theirs) == blanked(nothing, str(NOBODY)), role


def blanked(answer: Answer, key: str) -> Any:
    """With the key that was sent blanked where a field gives it back."""
    return answer.normal(f'value="{key}"', f" {key} ")
