"""The demonstration's mail: what Django's file backend wrote, read back.

A file holds the messages of one connection, each followed by a line of 79 dashes.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

SEPARATOR = b"\n" + b"-" * 79 + b"\n"
FILE_NAME = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9]+\.log", re.ASCII)
FILES_AT_MOST = 200


@dataclass(frozen=True)
class Mail:
    """One message. `name` finds it again; `sent` is None where its date cannot be read."""

    name: str
    to: str
    subject: str
    sender: str
    sent: dt.datetime | None
    text: str


def list_mail(folder: Path) -> list[Mail]:
    """The messages in `folder`, newest first; those of the latest 200 files."""
    try:
        files = sorted(
            (path for path in folder.iterdir() if FILE_NAME.fullmatch(path.name)),
            # The name tells the second, and the file's own time which of one second came first.
            key=lambda path: (path.name[:15], path.stat().st_mtime_ns),
        )
    except OSError:
        return []
    found = [mail for path in files[-FILES_AT_MOST:] for mail in _read_file(path)]
    return found[::-1]


def find_mail(folder: Path, name: str) -> Mail | None:
    """The message called `name` in the list of `folder`; None where it is not there."""
    return next((mail for mail in list_mail(folder) if mail.name == name), None)


def _read_file(path: Path) -> Iterator[Mail]:
    try:
        content = path.read_bytes()
    except OSError:
        return
    for number, part in enumerate(content.split(SEPARATOR), start=1):
        if part.strip():
            yield _read_message(f"{path.stem}-{number}", part)


def _read_message(name: str, content: bytes) -> Mail:
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - by policy.default
    body = message.get_body(("plain",))
    try:
        text = "" if body is None else str(body.get_content())
    except (LookupError, MessageError):  # an unknown character set
        text = ""
    try:
        sent = parsedate_to_datetime(str(message["date"]))
    except ValueError:
        sent = None
    return Mail(
        name=name,
        to=str(message["to"] or ""),
        subject=str(message["subject"] or ""),
        sender=str(message["from"] or ""),
        sent=sent,
        text=text,
    )
