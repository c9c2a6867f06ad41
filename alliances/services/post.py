"""Mail that Northbound writes: to whom, in which words, and whom it did not reach.

Mails go out after all is stored, by one connection. Where one fails, whoever caused it is told
whom it did not reach, and nothing else is lost.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.utils import formataddr
from smtplib import SMTPException
from typing import Any, Protocol

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.encoding import punycode

from alliances.models import Membership, Participant, Representative, User
from alliances.services.texts import same_key

logger = logging.getLogger(__name__)

Addressee = User | Representative

NO_BREAK = "\u00a0\u202f"
"""Spaces that French sets before a colon or a question mark, and that stay what they are."""


class HasLanguage(Protocol):
    """Somebody whom mail is written to."""

    language: Any


@dataclass(frozen=True)
class Letter:
    """A mail before it is addressed."""

    subject: str
    body: str


@dataclass(frozen=True)
class Posted:
    """What came of a sending: how many mails left, and whom none could be sent to."""

    sent: int
    unreached: Sequence[Addressee]


def together(*sendings: Posted | None) -> Posted | None:
    """What came of several sendings; None where none of them was one. Each person stands once."""
    found = [one for one in sendings if one is not None]
    if not found:
        return None
    unreached: dict[str, Addressee] = {}
    for one in found:
        for person in one.unreached:
            unreached.setdefault(same_key(person.email), person)
    return Posted(sum(one.sent for one in found), list(unreached.values()))


def letter_from(kind: str, context: Mapping[str, Any], *, to: Addressee | None) -> Letter:
    """The mail that the templates alliances/mail/<kind>_subject.txt and <kind>.txt make of `context`.

    In the language of who it is `to`; a sample, to nobody, in that of the page. What `context` holds in
    words of ours, such as a day, is lazy for that reason.
    """
    with translation.override(language_for(to) if to is not None else translation.get_language()):
        subject = render_to_string(f"alliances/mail/{kind}_subject.txt", dict(context))
        body = render_to_string(f"alliances/mail/{kind}.txt", dict(context))
    return Letter(on_one_line(subject), body.strip() + "\n")


def language_for(person: HasLanguage) -> str:
    """In which language to write to `person`: theirs, where it is known; else the installation's."""
    known = person.language in dict(settings.LANGUAGES)
    return person.language if known else settings.LANGUAGE_CODE


def post(
    letters: Sequence[tuple[Addressee, Letter]], *, replies: Sequence[User], about: str
) -> Posted:
    """Sends each their letter by one connection, opened anew after a mail that failed.

    Where the mail server cannot be reached at all, it is not tried again for each. `replies` are
    those whom an answer reaches; `about` says in the log what the mails are about.
    """
    reply_to = _reply_to(replies)
    connection = get_connection()
    sent, unreached, trouble = 0, [], ""
    for person, written in letters:
        try:
            if not trouble:
                try:
                    connection.open()
                except (SMTPException, OSError) as error:
                    trouble = type(error).__name__
            if trouble:
                raise ConnectionError(trouble)
            message = EmailMessage(
                subject=written.subject,
                body=written.body,
                to=[_mailbox(person)],
                reply_to=reply_to,
                headers={"Auto-Submitted": "auto-generated"},
            )
            connection.send_messages([message])
            sent += 1
        except (SMTPException, OSError, ValueError) as error:
            # Whatever a mail server says of the mail stays out of the log.
            logger.warning(
                "No mail about %s to %s %s: %s",
                about,
                person._meta.model_name,
                person.pk,
                trouble or type(error).__name__,
            )
            unreached.append(person)
            _close(connection)
    _close(connection)
    return Posted(sent, unreached)


def people_of(participant: Participant, *, but: User) -> list[Addressee]:
    """Who is to know what is done in the name of `participant`, without `but`: its accounts that are
    not switched off, and its representatives on record. Each address once; two queries."""
    return [one for one in everybody_of(participant) if same_key(one.email) != same_key(but.email)]


def everybody_of(participant: Participant) -> list[Addressee]:
    """The same with nobody left out."""
    accounts = User.objects.filter(memberships__participant=participant, is_active=True)
    everybody: list[Addressee] = [
        *accounts.order_by("memberships__pk"),
        *participant.representatives.all(),
    ]
    seen: set[str] = set()
    found: list[Addressee] = []
    for person in everybody:
        if same_key(person.email) not in seen:
            seen.add(same_key(person.email))
            found.append(person)
    return found


def conveners_of(alliance_id: int) -> list[User]:
    """Who convenes the alliance, by an account that is not switched off. One query."""
    return list(
        User.objects.filter(
            memberships__alliance=alliance_id,
            memberships__role=Membership.Role.CONVENER,
            is_active=True,
        ).order_by("memberships__pk")
    )


def named(person: Addressee) -> str:
    """A person as a mail names them: with the address, which nobody else has."""
    name = on_one_line(person.name)
    return f"{name} ({person.email})" if name else person.email


def on_one_line(text: str) -> str:
    """`text` as it may stand in a mail's head, or within one of its sentences: no line ends, no
    control characters."""
    kept = "".join(mark if mark.isprintable() or mark in NO_BREAK else " " for mark in text)
    return " ".join(word for word in kept.split(" ") if word)


def _reply_to(people: Sequence[User]) -> list[str]:
    """Where answers go. Who has an address that no mail can carry is left out."""
    found = []
    for user in people:
        try:
            found.append(_mailbox(user))
        except ValueError:
            logger.warning("The address of user %s stands in no mail's head.", user.pk)
    return found


def _mailbox(person: Addressee) -> str:
    """Name and address as a mail's head holds them, the domain in ASCII.

    Raises ValueError (UnicodeError is one) for an address that no mail can carry.
    """
    local, _at, domain = person.email.rpartition("@")
    return formataddr((on_one_line(person.name), f"{local}@{punycode(domain)}"))


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except (SMTPException, OSError):
        logger.info("The mail server hung up first.")
