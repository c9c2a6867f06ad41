"""Translations that stayed as they were while the text that they translate was changed.

Pure: takes two documents, knows no database.
"""

from __future__ import annotations

from collections import defaultdict

from assessments.services.banks.documents import BankDocument
from assessments.services.banks.texts import Path, texts_in, texts_of


def stale_texts(before: BankDocument, after: BankDocument) -> dict[str, frozenset[Path]]:
    """For each further language of `after`, the places where the bank's own text is another than in
    `before`, and the translation the same as then.

    Codes say what belongs together, so a question may stand in another dimension by now; a text in
    a list may stand at another place in it, with its translation.
    """
    own_before, own = texts_in(before, after.language), texts_of(after.as_data())
    found = {}
    for translation in after.translations:
        # What each translation translated then.
        translated: dict[tuple[Path, str], set[str]] = defaultdict(set)
        for at, text in _said_in(before, translation.language).items():
            if at in own_before:
                translated[_known_by(at), text].add(own_before[at])
        places = frozenset(
            at
            for at, text in translation.texts
            if (meant := translated.get((_known_by(at), text))) and own[at] not in meant
        )
        if places:
            found[translation.language] = places
    return found


def _said_in(document: BankDocument, language: str) -> dict[Path, str]:
    """What it says in that language itself."""
    if language == document.language:
        return texts_of(document.as_data())
    return next((dict(one.texts) for one in document.translations if one.language == language), {})


def _known_by(at: Path) -> Path:
    """The place without the dimension of a question, and without the place in a list."""
    inner = at[2:] if at[0] == "dimensions" and at[2] == "questions" else at
    return tuple("" if isinstance(key, int) else key for key in inner)
