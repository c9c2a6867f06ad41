"""numpy and scipy are dear to load: no page but that of the figures pays for them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

ALL_BUT_THE_FIGURES = """
import sys
import django
django.setup()
import config.urls, config.wsgi, django.contrib.admin
from django.urls import get_resolver
get_resolver().url_patterns
import assessments.statistics
import assessments.reports.pdf
print(sorted(name for name in ("numpy", "scipy") if name in sys.modules))
import assessments.statistics.study
print(sorted(name for name in ("numpy", "scipy", "scipy.stats") if name in sys.modules))
"""


def test_the_server_starts_without_them() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", ALL_BUT_THE_FIGURES],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.splitlines() == ["[]", "['numpy', 'scipy']"]
