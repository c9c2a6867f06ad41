"""What every command of this project has in common: how it fails."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError

from alliances.errors import Refused

# What SQLite says of a table or column that no migration has made yet.
MISSING = ("no such table", "no such column", "has no column named")


class NorthboundCommand(BaseCommand):
    """A command that ends with exit code 1 and a sentence where it is refused, or has no database."""

    def execute(self, *args: Any, **options: Any) -> Any:
        try:
            return super().execute(*args, **options)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except (OperationalError, ProgrammingError) as error:
            raise CommandError(_told(error)) from error


def _told(error: OperationalError | ProgrammingError) -> str:
    said = (str(error).strip().splitlines() or [type(error).__name__])[0]
    # PostgreSQL has a class of errors for it; SQLite has its words alone.
    if isinstance(error, ProgrammingError) or any(words in said for words in MISSING):
        return f"The database lacks tables or columns ({said}). Run manage.py migrate first."
    return f"The database cannot be used ({said})."
