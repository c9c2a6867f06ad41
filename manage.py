#!/usr/bin/env python
"""Django's command line for Northbound."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as error:
        raise SystemExit(
            "Django is not installed for this Python. Run `make setup`, "
            "then `.venv/bin/python manage.py …`."
        ) from error
    from config.environment import Refusal

    try:
        execute_from_command_line(sys.argv)
    except Refusal as refusal:
        raise SystemExit(str(refusal)) from None


if __name__ == "__main__":
    main()
