"""Who signs the demonstration's charter, and what three parties say that have not signed the second."""

from __future__ import annotations

import datetime as dt

from alliances.models import Alliance, CharterVersion, User
from alliances.services.access import give_access
from alliances.services.charter.comments import add_comment, answer_comment
from alliances.services.charter.signing import sign
from assessments.demonstration.cast import SEATS, Person

# Who speaks for each party when it comes to signing.
SIGNERS = (
    "Ingrid Solheim",
    "Sile Brannigan",
    "Amira Haddad",
    "Dr Wen Ishikawa",
    "Oliver Tan",
    "Gareth Pryce",
    "Nuala Kerr",
    "Rasmus Thygesen",
)

# Days before today: access is given to those who sign, shortly before the first version goes out.
SEATED = 226

# Signer and days before today. The last signature of the first version brings it into force.
FIRST_SIGNED = dict(zip(SIGNERS, (223, 222, 220, 219, 217, 216, 213, 210), strict=True))
SECOND_SIGNED = dict(zip(SIGNERS[:5], (20, 19, 17, 14, 11), strict=True))

# Who, days before today, section, what; and what the convener answers, so many days later.
COMMENTS = (
    (
        "Rasmus Thygesen",
        18,
        "scope",
        "The container quay was out when we signed in spring. Head office will not sign before it "
        "knows which plug the ships get, and in which year.",
        1,
        "The plug is on the agenda of the next council. Bring head office along.",
    ),
    (
        "Nuala Kerr",
        16,
        "scope",
        "“Who has which berth while it is built” has to say that the ice house keeps one. As it "
        "stands we could lose it for two years, and nobody would have broken a word.",
        0,
        "",
    ),
    (
        "Nuala Kerr",
        16,
        "disputes",
        "Left open. And if the dispute is about our berth, who decides?",
        0,
        "",
    ),
    (
        "Gareth Pryce",
        12,
        "disputes",
        "We sign when this is filled in. A quarrel about a mooring cannot wait for a council.",
        2,
        "Maja Lindqvist and Amira Haddad draft it by the end of the month.",
    ),
    (
        "Dr Wen Ishikawa",
        15,
        "information",
        "Good. The sentence that a doubted reading stands until it is checked is what we needed.",
        0,
        "",
    ),
    (
        "Oliver Tan",
        13,
        "resources",
        "Two fifths of the cables holds for the berths of today. For more berths we talk again.",
        0,
        "",
    ),
)


def seat_signers(alliance: Alliance, convener: User, today: dt.date) -> dict[str, User]:
    """An account for each who signs, of the organisation that they speak for; users by name."""
    has_access = {
        membership.user.name: membership.user
        for membership in alliance.memberships.select_related("user")
    }
    for seat in SEATS:
        for person in seat.people:
            if person.name in SIGNERS and person.name not in has_access:
                has_access[person.name] = _given_access(
                    alliance, seat.name, person, convener, _moment(today, SEATED, 9)
                )
    return {name: has_access[name] for name in SIGNERS}


def sign_first_version(version: CharterVersion, users: dict[str, User], today: dt.date) -> None:
    """All eight sign."""
    _sign(version, users, FIRST_SIGNED, today)


def sign_second_version(version: CharterVersion, users: dict[str, User], today: dt.date) -> None:
    """Five of eight sign, one fewer than it takes; who has not says why."""
    _sign(version, users, SECOND_SIGNED, today)
    for name, days, code, text, later, answer in COMMENTS:
        comment = add_comment(
            version=version, user=users[name], code=code, text=text, at=_moment(today, days, 14)
        )
        if answer:
            answer_comment(comment=comment, answer=answer, at=_moment(today, days - later, 9))


def _given_access(
    alliance: Alliance, organisation: str, person: Person, convener: User, at: dt.datetime
) -> User:
    participant = alliance.participants.get(name=organisation)
    given = give_access(
        alliance=alliance,
        email=person.email,
        name=person.name,
        by=convener,
        participant=participant,
        at=at,
    )
    return given.membership.user


def _sign(
    version: CharterVersion, users: dict[str, User], days: dict[str, int], today: dt.date
) -> None:
    titles = {person.name: person.title for seat in SEATS for person in seat.people}
    for hour, (name, days_ago) in enumerate(days.items(), start=11):
        sign(
            version=version,
            user=users[name],
            digest=version.digest,
            name=name,
            position=titles[name],
            at=_moment(today, days_ago, min(hour, 17)),
        )


def _moment(today: dt.date, days_ago: int, hour: int) -> dt.datetime:
    day = today - dt.timedelta(days=days_ago)
    return dt.datetime.combine(day, dt.time(hour, (hour * 17) % 60), tzinfo=dt.UTC)
