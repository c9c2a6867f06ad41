"""The examples for a server: encrypted as it is today, and a program that may do no more than it needs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"

CONFINED = {
    "NoNewPrivileges": "true",
    "CapabilityBoundingSet": "",
    "PrivateTmp": "true",
    "PrivateDevices": "true",
    "ProtectSystem": "strict",
    "ProtectHome": "true",
    "ProtectProc": "invisible",
    "InaccessiblePaths": "-/srv/northbound/.git",
    "ProtectKernelModules": "true",
    "RestrictAddressFamilies": "AF_INET AF_INET6 AF_UNIX",
    "RestrictNamespaces": "true",
    "RestrictSUIDSGID": "true",
    "SystemCallFilter": "@system-service",
    "UMask": "0077",
    "User": "northbound",
}


@pytest.mark.parametrize("name", ["northbound.service", "northbound-retention.service"])
def test_a_service_is_confined(name: str) -> None:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    pairs = [line.partition("=")[::2] for line in text.splitlines() if "=" in line]
    said = {key: value for key, value in pairs if key in CONFINED}
    assert said == CONFINED


def test_the_server_listens_to_the_proxy_alone() -> None:
    text = (DEPLOY / "northbound.service").read_text(encoding="utf-8")
    assert re.findall(r"--bind (\S+)", text) == ["127.0.0.1:8000"]


def directive(name: str) -> list[list[str]]:
    text = re.sub(r"#.*", "", (DEPLOY / "nginx.conf").read_text(encoding="utf-8"))
    return [found.split() for found in re.findall(rf"^\s*{name}\s+([^;]*);", text, re.M)]


def test_the_proxy_speaks_no_old_tls() -> None:
    assert directive("ssl_protocols") == [["TLSv1.2", "TLSv1.3"]]
    [[ciphers]] = directive("ssl_ciphers")
    for cipher in ciphers.split(":"):
        # keys of each session's own, and encryption that shows whether it was changed
        assert re.fullmatch(
            r"ECDHE-(ECDSA|RSA)-(AES(128|256)-GCM-SHA\d+|CHACHA20-POLY1305)", cipher
        )


def test_the_proxy_sends_everybody_to_https() -> None:
    assert directive("return") == [["301", "https://$host$request_uri"]]
    assert directive("listen")[:2] == [["80"], ["[::]:80"]]
    assert all(words[-1] == "ssl" for words in directive("listen")[2:])


def test_the_proxy_serves_no_file_of_its_own() -> None:
    """So there is no folder to list, and no history of the source to fetch."""
    for name in ("root", "alias", "autoindex"):
        assert directive(name) == []


def test_the_proxy_believes_no_visitor() -> None:
    """It writes the address of whoever connects behind what they sent, and their own scheme over it."""
    headers = dict(directive("proxy_set_header"))
    assert headers == {
        "Host": "$host",
        "X-Forwarded-For": "$proxy_add_x_forwarded_for",
        "X-Forwarded-Proto": "$scheme",
    }
