"""The lock files: every package with its hashes, the same versions in both, no address in any file."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)(?: ; [^\\]+)? \\$")


def pins_of(name: str) -> dict[str, str]:
    """Version by package, read from a lock file that holds nothing else."""
    pins: dict[str, str] = {}
    hashes = 0
    for line in (ROOT / "requirements" / name).read_text(encoding="utf-8").splitlines():
        if pin := PIN.match(line):
            assert pins == {} or hashes > 0, f"{name}: no hash before {line}"
            pins[pin[1]] = pin[2]
            hashes = 0
        elif re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line):
            hashes += 1
        else:
            assert re.match(r"    # ", line), f"{name}: {line}"
    assert hashes > 0
    return pins


@pytest.mark.parametrize("name", ["base.txt", "test.txt"])
def test_every_package_has_its_version_and_hashes(name: str) -> None:
    assert "django" in pins_of(name)


def test_what_audits_them_is_locked_too() -> None:
    assert "pip-audit" in pins_of("audit.txt")


def test_the_tests_run_on_the_versions_that_are_installed_elsewhere() -> None:
    tests = pins_of("test.txt")
    assert {name: tests.get(name) for name in pins_of("base.txt")} == pins_of("base.txt")


def test_no_file_holds_an_index_address() -> None:
    """Where packages come from is the machine's affair."""
    # In parts, so that this file does not find itself.
    words = ["-".join(pair) for pair in [("index", "url"), ("find", "links"), ("trusted", "host")]]
    sources = [*words, '"resolved": *"http', "registry *= *http"]
    found = subprocess.run(
        ["git", "grep", "--untracked", "-nIE", "|".join(sources), "--", ".", ":!docs"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if found.returncode == 128:
        pytest.skip("not a git checkout")
    assert found.stdout == ""
