"""What the environment may say, and what is refused before anything starts."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path
from typing import Any

import pytest

from config.environment import Environment, Refusal, read_environment

KEY = "k3y-A" * 11  # 55 characters
PRODUCTION = {
    "ALLOWED_HOSTS": "northbound.example.org",
    "SECRET_KEY": KEY,
    "EMAIL_URL": "smtp+tls://post:secret@mail.example.org",
    "OPERATOR_NAME": "Example Foundation",
    "OPERATOR_CONTACT": "privacy@example.org",
}


@pytest.fixture
def read(tmp_path: Path) -> Any:
    def reader(**variables: str) -> Environment:
        return read_environment(tmp_path, variables)

    return reader


def problems_of(read: Any, **variables: str) -> list[str]:
    """The names of the settings that a start with `variables` complains of, in order."""
    with pytest.raises(Refusal) as refusal:
        read(**variables)
    first, *lines = str(refusal.value).splitlines()
    assert first == "Northbound does not start. Set in its environment (docs/operating.md):"
    return [line.strip().partition(":")[0] for line in lines]


def test_nothing_set_is_the_demonstration(read: Any, tmp_path: Path) -> None:
    found = read()
    key = (tmp_path / ".data" / "secret_key").read_text()
    assert found == Environment(
        production=False,
        debug=False,
        secret_key=key,
        secret_key_fallbacks=[],
        allowed_hosts=["localhost", "127.0.0.1", "[::1]"],
        data_dir=tmp_path / ".data",
        database={
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(tmp_path / ".data" / "db.sqlite3"),
        },
        email={},
        default_from_email="Northbound <northbound@localhost>",
        trusted_proxies=0,
        secure=False,
        time_zone="UTC",
        default_language="en",
        operator_name="",
        operator_contact="",
        retention_answers_days=1095,
        retention_comments_days=365,
        retention_invitations_days=365,
    )


def test_blank_counts_as_unset(read: Any) -> None:
    names = [*PRODUCTION, "DEBUG", "DATABASE_URL", "DATA_DIR", "DEFAULT_FROM_EMAIL", "HTTPS"]
    names += ["TRUSTED_PROXIES", "TIME_ZONE", "SECRET_KEY_FALLBACKS", "DEFAULT_LANGUAGE"]
    names += [f"RETENTION_{kind}_DAYS" for kind in ("ANSWERS", "COMMENTS", "INVITATIONS")]
    assert read(**dict.fromkeys(names, " ")) == read()


def test_production_by_the_name_of_its_host(read: Any) -> None:
    found = read(**PRODUCTION)
    assert (found.production, found.debug, found.secure) == (True, False, True)
    assert found.secret_key == KEY
    assert found.allowed_hosts == ["northbound.example.org"]
    assert found.default_from_email == "Northbound <northbound@northbound.example.org>"
    assert found.email == {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_FILE_PATH": "",
        "EMAIL_HOST": "mail.example.org",
        "EMAIL_HOST_PASSWORD": "secret",
        "EMAIL_HOST_USER": "post",
        "EMAIL_PORT": 587,
        "EMAIL_USE_TLS": True,
    }


def test_keys_from_before_still_open_what_they_closed(read: Any) -> None:
    other = KEY[::-1]
    found = read(**PRODUCTION, SECRET_KEY_FALLBACKS=f"{other}, {KEY}")
    assert found.secret_key_fallbacks == [other, KEY]


def test_production_says_all_that_is_missing_at_once(read: Any) -> None:
    named = ["SECRET_KEY", "EMAIL_URL", "OPERATOR_NAME", "OPERATOR_CONTACT"]
    assert problems_of(read, DEBUG="0") == ["ALLOWED_HOSTS", *named]
    assert problems_of(read, ALLOWED_HOSTS="a.example.org") == named


def test_production_on_this_machine_alone(read: Any) -> None:
    found = read(**{**PRODUCTION, "ALLOWED_HOSTS": "localhost", "DEBUG": "off", "HTTPS": "0"})
    assert (found.production, found.secure) == (True, False)
    assert found.default_from_email == "Northbound <northbound@localhost>"


def test_development_may_show_its_errors(read: Any) -> None:
    found = read(DEBUG="1")
    assert (found.production, found.debug, found.secure) == (False, True, False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "perhaps"),
        ("DEBUG", "1"),  # with a foreign host
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "https://northbound.example.org"),
        ("ALLOWED_HOSTS", "northbound.example.org:443"),
        ("ALLOWED_HOSTS", "northbound.example.org other.example.org"),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY_FALLBACKS", "short"),
        ("SECRET_KEY_FALLBACKS", KEY + " " + "a" * 60),
        ("SECRET_KEY", "a" * 60),
        ("SECRET_KEY", "django-insecure-" + KEY),
        ("DATA_DIR", "/dev/null/data"),
        ("DATA_DIR", "~nobody-of-this-name/data"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "mysql://user@host/name"),
        ("DATABASE_URL", "://"),
        ("DATABASE_URL", "postgresql://user:pass@host:notaport/name"),
        ("DATABASE_URL", "postgresql://user:pass@host:5432"),
        ("DATABASE_URL", "postgresql://[::1/name"),
        ("DATABASE_URL", "sqlite:////no-folder-of-this-name/db.sqlite3"),
        ("DATABASE_URL", "sqlite:////dev"),
        ("DATABASE_URL", "sqlite:////dev/nul%00l"),
        ("EMAIL_URL", "mail.example.org"),
        ("EMAIL_URL", "pigeon://mail.example.org"),
        ("EMAIL_URL", "smtp://"),
        ("EMAIL_URL", "smtp+tls://user:pass@mail.example.org:99999"),
        ("EMAIL_URL", "smtp://[::1"),
        ("DEFAULT_FROM_EMAIL", "nobody"),
        ("DEFAULT_FROM_EMAIL", "a@example.org\nBcc: b@example.org"),
        ("HTTPS", "maybe"),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXIES", "one"),
        ("TRUSTED_PROXIES", "9" * 5000),
        ("TIME_ZONE", "Middle/Earth"),
        ("TIME_ZONE", "../../etc/passwd"),
        ("TIME_ZONE", "Europe"),
        ("DEFAULT_LANGUAGE", "de"),
        ("DEFAULT_LANGUAGE", "FR"),
        ("OPERATOR_NAME", " "),
        ("OPERATOR_NAME", "x" * 201),
        ("OPERATOR_CONTACT", "a@example.org\nb@example.org"),
        ("RETENTION_ANSWERS_DAYS", "0"),
        ("RETENTION_ANSWERS_DAYS", "-1"),
        ("RETENTION_COMMENTS_DAYS", "36501"),
        ("RETENTION_COMMENTS_DAYS", "9" * 5000),
        ("RETENTION_INVITATIONS_DAYS", "two years"),
        ("RETENTION_INVITATIONS_DAYS", "٣"),
    ],
)
def test_senseless_values_are_named_and_nothing_else(read: Any, name: str, value: str) -> None:
    assert problems_of(read, **{**PRODUCTION, name: value}) == [name]


@pytest.mark.parametrize("name", ["DATABASE_URL", "EMAIL_URL"])
@pytest.mark.parametrize("scheme", ["postgresql", "smtp", "pigeon"])
def test_a_refusal_keeps_passwords_to_itself(read: Any, name: str, scheme: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read(**{**PRODUCTION, name: f"{scheme}://user:pa/s5w0rd@host:x/y"})
    assert "s5w0rd" not in str(refusal.value)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("sqlite://:memory:", {"NAME": ":memory:"}),
        (
            "postgresql://user:p%40ss@db.example.org:5433/northbound?sslmode=require",
            {
                "NAME": "northbound",
                "USER": "user",
                "PASSWORD": "p@ss",
                "HOST": "db.example.org",
                "PORT": 5433,
                "OPTIONS": {"sslmode": "require"},
            },
        ),
        (
            "postgresql://user:@/northbound?host=/run/postgresql",
            {
                "NAME": "northbound",
                "USER": "user",
                "PASSWORD": "",
                "HOST": "",
                "PORT": "",
                "OPTIONS": {"host": "/run/postgresql"},
            },
        ),
    ],
)
def test_databases(read: Any, url: str, expected: dict[str, Any]) -> None:
    engine = "sqlite3" if url.startswith("sqlite") else "postgresql"
    assert read(DATABASE_URL=url).database == {
        "ENGINE": f"django.db.backends.{engine}",
        **expected,
    }


def test_a_database_file_where_it_is_wanted(read: Any, tmp_path: Path) -> None:
    path = tmp_path / "db.sqlite3"
    assert read(DATABASE_URL=f"sqlite:///{path}").database["NAME"] == str(path)


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://localhost:1025", 1025, None, None),
        ("smtp://localhost", 25, None, None),
        ("smtp+tls://mail.example.org", 587, True, None),
        ("smtp+ssl://mail.example.org", 465, None, True),
    ],
)
def test_mail_servers(read: Any, url: str, port: int, tls: bool, ssl: bool) -> None:
    email = read(EMAIL_URL=url).email
    assert email["EMAIL_PORT"] == port
    assert (email.get("EMAIL_USE_TLS"), email.get("EMAIL_USE_SSL")) == (tls, ssl)


def test_a_period_is_a_number_of_days_or_has_no_end(read: Any) -> None:
    found = read(RETENTION_ANSWERS_DAYS="30", RETENTION_COMMENTS_DAYS="Keep")
    assert found.retention_answers_days == 30
    assert found.retention_comments_days is None
    assert found.retention_invitations_days == 365


def test_a_value_is_taken_as_it_stands(read: Any) -> None:
    """No `$NAME` in it stands for another variable."""
    assert read(**{**PRODUCTION, "SECRET_KEY": "$" + KEY}).secret_key == "$" + KEY


def test_the_demonstrations_key_stays_and_is_its_owners(read: Any, tmp_path: Path) -> None:
    first = read().secret_key
    path = tmp_path / ".data" / "secret_key"
    assert len(first) >= 50
    assert read().secret_key == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(os.listdir(path.parent)) == ["secret_key", "static"]


def test_processes_that_start_together_share_one_key(read: Any) -> None:
    keys: list[str] = []
    threads = [threading.Thread(target=lambda: keys.append(read().secret_key)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1


def test_a_broken_key_file_is_said(read: Any, tmp_path: Path) -> None:
    (tmp_path / ".data").mkdir()
    (tmp_path / ".data" / "secret_key").write_text("")
    assert problems_of(read) == ["DATA_DIR"]


def test_production_makes_no_key(read: Any, tmp_path: Path) -> None:
    read(**PRODUCTION)
    assert os.listdir(tmp_path / ".data") == ["static"]
