"""How a statement is worded: words that join thoughts, words that deny, and how hard a text is."""

from __future__ import annotations

import re

HARD_LIX = 55
"""From here on a text counts as very difficult (Björnsson, Läsbarhet, 1968)."""

WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
JOINED = {
    "en": re.compile(r"\b(?:and|or|as well as)\b|/|;", re.IGNORECASE),
    "fr": re.compile(r"\b(?:et|ou|ainsi que)\b|/|;", re.IGNORECASE),
}
NEGATIONS = {
    "en": re.compile(
        r"\b(?:not|no|never|nobody|none|nothing|nowhere|neither|nor|without|cannot|hardly|seldom|rarely)\b"
        r"|n[’']t\b"
        # What begins with un- denies, but for these; of the other syllables few words do.
        r"|\bun(?!animous|der|i(?:[oqt]|form|lat|son|vers)|less|til|cle)[a-z]{3,}"
        r"|\bin(?:a(?:ccessible|ccura|ctive|dequa|ppropria|tten)|c(?:apab|ompat|ompet|omplete|onsist"
        r"|onvenien|orrect)|de(?:cisive|pendab)|ef|eq|exper|flexib|frequent|secur|sensiti|signif|sincer"
        r"|suff|toler|valid|visib|volunt)\w*"
        r"|\bim(?:balance|matur|moral|partial|patien|perfect|polite|possib|practic|precis|proper|prud)\w*"
        r"|\b(?:ir(?:rational|regular|relevan|resol|respons)|il(?:legal|legib|legitim|logic))\w*"
        r"|\bdis(?:advantage|agree|appoint|appro|belie|connect|content|courag|honest|interest|like"
        r"|obey|order|organi|pleas|regard|respect|satis|trust|unit)\w*"
        r"|\bmis(?:inform|judg|lead|trust|underst)\w*|\bnon-\w+"
        r"|\b(?:lacks?|fails?|avoids?|refuses?|denies|deny|prevents?)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\bn(?:e\b|[’'])|\b(?:sans|aucune?|nul(?:le)?|jamais|personne|rien)\b"
        r"|\bin(?:acc|adapt|adéqu|apte|attend|attent|capab|certain|cohér|compat|compét|complet|compré"
        r"|conn|conscien|const|correct|décis|discr|effic|égal|exact|expér|habit|just|satis|sensib|signif"
        r"|stab|suff|util|variab|visib|volont)\w*"
        r"|\bim(?:matur|mora|parfait|patien|poli\b|polie|popul|possib|préci|probab|product|propre|prude"
        r"|puiss)\w*"
        r"|\b(?:ir(?:rationn|réal|régul|remplaç|respons)|il(?:légal|légit|lisib|logiq))\w*"
        r"|\b(?:mé(?:conn|content|fian|fi)|dé(?:loyal|raisonn|saccord|sapprou|savanta|sintér|sordre|sun)"
        r"|mal(?:honnêt|adroi|habil|heur))\w*|\bnon-\w+"
        r"|\b(?:manqu|échou|évit|refus|empêch)\w*",
        re.IGNORECASE,
    ),
}
# In French one negation is two words: these go with “ne”, before or behind it, and count with it.
_OTHER_HALVES = re.compile(
    r"\b(?:personne|rien|aucune?|nul(?:le)?)\b(?:\W*\w+){0,4}?\W*\bn(?:e\b|[’'])"
    r"|\bn(?:e\b|[’'])(?:\W*\w+){0,4}?\W*\b(?:pas|plus|jamais|rien|personne|aucune?)\b",
    re.IGNORECASE,
)


def negations(text: str, language: str) -> int:
    """How often a statement denies; 0 in languages other than English and French."""
    pattern = NEGATIONS.get(language[:2])
    if pattern is None:
        return 0
    if language[:2] == "fr":
        text = _OTHER_HALVES.sub(" ne ", text)
    return len(pattern.findall(text))


def lix(text: str) -> float:
    """How hard a text is, in any language of letters: words a sentence, and per cent of words of
    more than six letters (Björnsson, Läsbarhet, 1968)."""
    words = WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, len(re.findall(r"[.!?:]+(?:\s|$)", text)))
    long = sum(len(word) > 6 for word in words)
    return len(words) / sentences + 100 * long / len(words)
