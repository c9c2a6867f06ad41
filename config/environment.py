"""The environment, read once and refused where it makes no sense.

Nothing else in the project reads it. Every value has a default that is safe on one person's
machine; a start with something missing or senseless stops with the whole list of it.
"""

from __future__ import annotations

import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import environ
from django.core.exceptions import ImproperlyConfigured

LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}
HOST = re.compile(r"\.?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*|\[[0-9A-Fa-f:.]+\]")
DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql", "psql", "pgsql")
MAIL_PORTS = {"smtp": 25, "smtps": 587, "smtp+tls": 587, "smtp+ssl": 465}
MAIL_SCHEMES = (*MAIL_PORTS, "consolemail", "filemail", "memorymail", "dummymail")

OPERATOR = {
    "OPERATOR_NAME": "who runs this server, as its participants are told, such as Example Foundation",
    "OPERATOR_CONTACT": "how they reach whoever that is, such as privacy@example.org",
}
KEPT = "keep"
"""In place of a period: until somebody deletes it."""
MOST_DAYS = 36_500


class Refusal(ImproperlyConfigured):
    """Northbound does not start; the message says, line by line, what to set."""


LANGUAGES = ("en", "fr")
"""Those of the interface."""


@dataclass(frozen=True)
class Environment:
    """What the settings need to know, already checked."""

    production: bool
    debug: bool
    secret_key: str
    secret_key_fallbacks: list[str]
    allowed_hosts: list[str]
    data_dir: Path
    database: dict[str, Any]
    email: dict[str, Any]  # Django's EMAIL_… settings; empty where no mail server is named
    default_from_email: str
    trusted_proxies: int
    secure: bool
    time_zone: str
    default_language: str
    operator_name: (
        str  # who runs the server, as people are told; "" where the demonstration names nobody
    )
    operator_contact: str  # how to reach them, a mail address or whatever else they write
    # So many days after a round is over; None: until somebody deletes it.
    retention_answers_days: int | None
    retention_comments_days: int | None
    retention_invitations_days: int | None


def read_environment(base_dir: Path, variables: Mapping[str, str] | None = None) -> Environment:
    """Read and check `variables`, the process's own where not given; a blank one counts as unset.

    Production is meant as soon as `DEBUG` is set to a false value or `ALLOWED_HOSTS` names a host
    that is not this machine; else it is the demonstration.

    Makes the data folder, and in it the demonstration's secret key.

    Raises Refusal with every missing or senseless setting, not only the first. It
    never repeats a value that may hold a password.
    """
    return _Reader(os.environ if variables is None else variables).read(base_dir)


class _Reader:
    """Reads one variable after the other and remembers what was wrong with each."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.variables = variables
        self.problems: list[str] = []

    def read(self, base_dir: Path) -> Environment:
        debug = self.truth("DEBUG", default=None)
        allowed_hosts = self.hosts()
        foreign = [host for host in allowed_hosts if host not in LOOPBACK_HOSTS]
        production = debug is False or bool(foreign)
        if production and debug:
            self.refuse("DEBUG", "must not be on where ALLOWED_HOSTS names other machines")
        if production and not allowed_hosts:
            self.refuse("ALLOWED_HOSTS", "the names under which people reach this server")

        data_dir = self.data_dir(base_dir)
        environment = Environment(
            production=production,
            debug=bool(debug),
            secret_key=self.secret_key(production, data_dir),
            secret_key_fallbacks=self.secret_key_fallbacks(),
            allowed_hosts=allowed_hosts or LOOPBACK_HOSTS,
            data_dir=data_dir,
            database=self.database(data_dir),
            email=self.email(production),
            default_from_email=self.default_from_email(foreign),
            trusted_proxies=self.trusted_proxies(),
            secure=bool(self.truth("HTTPS", default=production)),
            time_zone=self.time_zone(),
            default_language=self.default_language(),
            operator_name=self.operator("OPERATOR_NAME", production),
            operator_contact=self.operator("OPERATOR_CONTACT", production),
            retention_answers_days=self.days("RETENTION_ANSWERS_DAYS", 1095),
            retention_comments_days=self.days("RETENTION_COMMENTS_DAYS", 365),
            retention_invitations_days=self.days("RETENTION_INVITATIONS_DAYS", 365),
        )
        if self.problems:
            raise Refusal(
                "Northbound does not start. Set in its environment (docs/operating.md):\n  "
                + "\n  ".join(self.problems)
            )
        return environment

    def refuse(self, name: str, why: str) -> None:
        self.problems.append(f"{name}: {why}")

    def text(self, name: str) -> str:
        return self.variables.get(name, "").strip()

    def truth(self, name: str, *, default: bool | None) -> bool | None:
        value = self.text(name).lower()
        if value and value not in TRUE | FALSE:
            self.refuse(name, "write 1 or 0")
        return value in TRUE if value else default

    def hosts(self) -> list[str]:
        hosts = [host.strip() for host in self.text("ALLOWED_HOSTS").split(",") if host.strip()]
        if "*" in hosts:
            # Links in mail are made from the name by which the server was asked.
            self.refuse("ALLOWED_HOSTS", "name the hosts; * would let anyone choose them")
        elif any(not HOST.fullmatch(host) for host in hosts):
            self.refuse(
                "ALLOWED_HOSTS", "names alone, with commas between: no https://, port or path"
            )
        return hosts

    def data_dir(self, base_dir: Path) -> Path:
        folder = base_dir / ".data"
        try:
            if self.text("DATA_DIR"):
                folder = Path(self.text("DATA_DIR")).expanduser().resolve()
            # Static files are collected in production; the server looks for their folder anyhow.
            (folder / "static").mkdir(parents=True, exist_ok=True)
        except (OSError, RuntimeError, ValueError):
            self.refuse("DATA_DIR", f"{folder} is no folder that can be made and written to")
        else:
            if not os.access(folder, os.W_OK | os.X_OK):
                self.refuse("DATA_DIR", f"{folder} cannot be written to by this user")
        return folder

    def secret_key_fallbacks(self) -> list[str]:
        """Keys that were in use before: what they signed still fits."""
        keys = self.text("SECRET_KEY_FALLBACKS").replace(",", " ").split()
        if any(_is_weak(key) for key in keys):
            self.refuse("SECRET_KEY_FALLBACKS", "keys as they once stood in SECRET_KEY")
        return keys

    def secret_key(self, production: bool, data_dir: Path) -> str:
        key = self.text("SECRET_KEY")
        if production:
            if _is_weak(key):
                self.refuse("SECRET_KEY", "50 random characters or more, known to nobody else")
        elif not key and not self.problems:
            try:
                key = _kept_secret(data_dir / "secret_key")
            except (OSError, ValueError):
                self.refuse("DATA_DIR", f"{data_dir / 'secret_key'} cannot be read or written")
        return key

    def database(self, data_dir: Path) -> dict[str, Any]:
        url = self.text("DATABASE_URL")
        if not url:
            return {
                "ENGINE": environ.Env.DB_SCHEMES["sqlite"],
                "NAME": str(data_dir / "db.sqlite3"),
            }
        how = "write sqlite:////folder/file.sqlite3 or postgresql://user:password@host:5432/name"
        if url.partition("://")[0] not in DATABASE_SCHEMES or "://" not in url:
            self.refuse("DATABASE_URL", how)
            return {}
        try:
            database: dict[str, Any] = environ.Env.db_url_config(url)
        except Exception:  # the parser raises many kinds
            self.refuse("DATABASE_URL", how)
            return {}
        name = database["NAME"]
        if not name:
            self.refuse("DATABASE_URL", "the database has no name; " + how)
        elif "\0" in name:
            self.refuse("DATABASE_URL", how)
        elif url.startswith("sqlite") and name != ":memory:":
            folder = Path(name).resolve().parent
            if not folder.is_dir():
                self.refuse("DATABASE_URL", f"the folder {folder} does not exist")
            elif Path(name).is_dir():
                self.refuse("DATABASE_URL", f"{name} is a folder, not a file")
        return database

    def email(self, production: bool) -> dict[str, Any]:
        url = self.text("EMAIL_URL")
        how = "the mail server, such as smtp+tls://user:password@host:587"
        if not url:
            if production:
                self.refuse("EMAIL_URL", how)
            return {}
        try:
            scheme = urlsplit(url).scheme
            if scheme not in MAIL_SCHEMES:
                raise ValueError(scheme)
            config: dict[str, Any] = environ.Env.email_url_config(url)
            if scheme in MAIL_PORTS and not config["EMAIL_HOST"]:
                raise ValueError("no host")
        except Exception:  # the parser raises many kinds, some with the password in their words
            self.refuse("EMAIL_URL", how)
            return {}
        if scheme in MAIL_PORTS:
            config["EMAIL_PORT"] = config["EMAIL_PORT"] or MAIL_PORTS[scheme]
        return {name: value for name, value in config.items() if name.startswith("EMAIL_")}

    def default_from_email(self, foreign: list[str]) -> str:
        address = self.text("DEFAULT_FROM_EMAIL")
        if not address:
            host = foreign[0].removeprefix(".") if foreign else "localhost"
            return f"Northbound <northbound@{host}>"
        _, mailbox = parseaddr(address)
        if not re.fullmatch(r"[^@\s]+@[^@\s]+", mailbox) or re.search(r"[\r\n]", address):
            self.refuse("DEFAULT_FROM_EMAIL", "write Name <name@example.org>")
        return address

    def trusted_proxies(self) -> int:
        value = self.text("TRUSTED_PROXIES") or "0"
        if not re.fullmatch(r"[0-9]{1,2}", value):
            self.refuse("TRUSTED_PROXIES", "the number of proxies in front of the server, 0 to 99")
            return 0
        return int(value)

    def time_zone(self) -> str:
        name = self.text("TIME_ZONE") or "UTC"
        try:
            ZoneInfo(name)
        except (OSError, ValueError, LookupError):
            self.refuse("TIME_ZONE", "a name such as Europe/Amsterdam")
            return "UTC"
        return name

    def default_language(self) -> str:
        language = self.text("DEFAULT_LANGUAGE") or "en"
        if language not in LANGUAGES:
            self.refuse("DEFAULT_LANGUAGE", " or ".join(LANGUAGES))
            return "en"
        return language

    def operator(self, name: str, production: bool) -> str:
        """Participants are told who holds what they say: a server for others does not start unnamed."""
        said = self.text(name)
        if (production and not said) or len(said) > 200 or not said.isprintable():
            self.refuse(name, OPERATOR[name])
        return said

    def days(self, name: str, default: int) -> int | None:
        """A period in days, or None where it is said to have no end. As everywhere, blank is unset."""
        value = self.text(name).lower()
        if not value:
            return default
        if value == KEPT:
            return None
        if not re.fullmatch(r"[0-9]{1,5}", value) or not 1 <= int(value) <= MOST_DAYS:
            self.refuse(name, f"a number of days from 1 to {MOST_DAYS}, or {KEPT}")
            return default
        return int(value)


def _is_weak(key: str) -> bool:
    return len(key) < 50 or len(set(key)) < 5 or key.startswith("django-insecure-")


def _kept_secret(path: Path) -> str:
    """The demonstration's own secret key, made at the first start, readable to its owner alone.

    Several processes may start at once: the key is complete before it gets its name, and the
    first to name one wins.
    """
    if not path.exists():
        descriptor, draft = tempfile.mkstemp(dir=path.parent)  # readable to its owner alone
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(50))
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            os.unlink(draft)
    key = path.read_text(encoding="ascii").strip()
    if len(key) < 50:
        raise ValueError(path)
    return key
