"""What languages are called."""

from __future__ import annotations

from django.utils.translation import get_language, get_language_info

from alliances.services.counts import first_small


def language_name(code: str) -> str:
    """What the language of this code is called within a sentence of the page; the code where nobody
    here knows it. At the beginning of one, `first_capital` goes around it."""
    try:
        name = str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
    # Names of languages are proper names in English, and begin small in French.
    return name if (get_language() or "").startswith("en") else first_small(name)
