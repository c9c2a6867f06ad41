"""How a row of the table is written: whose object stands in the address, and what each role is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from alliances.models import Alliance, Participant, User

ROLES = (
    "stranger",
    "respondent",  # came by a link, no account
    "member",  # of the organisation Ash
    "fellow",  # member of the same alliance, of the organisation Birch
    "foreign",  # member of another alliance
    "convener",  # of no organisation
    "rival",  # convener of another alliance
    "admin",
    "curator",  # may write question banks, is no staff, and belongs to no alliance
    "operator",  # staff, without a permission, and belongs to no alliance
)

# Answers in the order of ROLES. L: to the login page, and from there back. Numbers: the status.
# "302": elsewhere.
ALL = {
    "all": "200 200 200 200 200 200 200 200 200 200",
    "no": "405 405 405 405 405 405 405 405 405 405",
    "no, inside": "L L 405 405 405 405 405 405 405 405",
    "gone": "404 404 404 404 404 404 404 404 404 404",
    "nobody": "L L 404 404 404 404 404 404 404 404",
    "login": "L L 200 200 200 200 200 200 200 200",
    "members": "L L 200 200 404 200 404 200 404 404",
    "conveners": "L L 404 404 404 200 404 200 404 404",
    # Ash's own, and the conveners
    "own": "L L 200 404 404 200 404 200 404 404",
    # Ash's own, and nobody else's
    "own alone": "L L 200 404 404 404 404 404 404 404",
    # a form sent empty comes back with what is wrong
    "wrong": "L L 404 404 404 422 404 422 404 404",
    "wrong, members": "L L 422 422 404 422 404 422 404 404",
    "wrong, own": "L L 422 404 404 422 404 422 404 404",
    "wrong, own alone": "L L 422 404 404 404 404 404 404 404",
    "does": "L L 404 404 404 302 404 302 404 404",
    "does, members": "L L 302 302 404 302 404 302 404 404",
    "does, own": "L L 302 404 404 302 404 302 404 404",
    "does, own alone": "L L 302 404 404 404 404 404 404 404",
    "respondent": "404 200 404 404 404 404 404 404 404 404",
}

TO_ALL = "302 302 302 302 302 302 302 302 302 302"
"""Whoever asks is led on."""
ADMIN_ALONE = "L L 404 404 404 404 404 200 404 404"


@dataclass(frozen=True)
class Row:
    """One address: whose object stands in it, and what GET (and HEAD), POST, and all other methods
    answer."""

    arguments: dict[str, Any]
    get: str
    post: str
    other: str
    sends: dict[str, str] | None = None


# What admins have, and who was given the permission to write question banks: for others it does not
# exist.
ADMINS = "L L 404 404 404 404 404 200 200 404"
WRONG_ADMINS = "L L 404 404 404 404 404 422 422 404"
DOES_ADMINS = "L L 404 404 404 404 404 302 302 404"
NO_ADMINS = "L L 404 404 404 404 404 405 405 404"


def for_admins(get: str = ADMINS, post: str = NO_ADMINS, *, sends: Any = None, **at: Any) -> Row:
    """Behind the login, for admins and curators."""
    return Row(at, get, post, NO_ADMINS, sends)


def public(get: str, post: str = "no", *, sends: Any = None, **arguments: Any) -> Row:
    """Before the login."""
    return Row(arguments, get, post, "no", sends)


def inside(get: str, post: str = "no, inside", *, sends: Any = None, **arguments: Any) -> Row:
    """Behind the login."""
    return Row(arguments, get, post, "no, inside", sends)


A = {"pk": "alliance"}


@dataclass(frozen=True)
class Seats:
    """The alliance that the rows are about: `ash` is the member's organisation, `birch` the fellow's;
    both have accepted. `users` by role."""

    alliance: Alliance
    ash: Participant
    birch: Participant
    users: dict[str, User]
