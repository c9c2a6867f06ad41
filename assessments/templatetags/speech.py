"""In which language a text of a bank is, for who hears the page read aloud and for what is written from
right to left (WCAG 3.1.2)."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi, get_language_info

register = template.Library()


@register.filter
def language_attributes(text: Any) -> SafeString:
    """The attributes that the element around `text` has: `lang` where its language is not the page's,
    and `dir` where it is written in the other direction."""
    language = getattr(text, "language", "")
    if not text or not language or language.lower() == (get_language() or "").lower():
        return SafeString("")
    direction = "rtl" if _from_right(language) else "ltr"
    if _from_right(language) == get_language_bidi():
        return format_html(' lang="{}"', language)
    return format_html(' lang="{}" dir="{}"', language, direction)


@register.filter
def in_language(text: Any) -> SafeString:
    """`text`, inside of an element that says its language where it is not the page's."""
    attributes = language_attributes(text)
    if not attributes:
        return SafeString(conditional_escape(str(text)))
    return format_html("<span{}>{}</span>", attributes, text)


@register.filter
def from_right(text: Any) -> bool:
    """Whether `text` is in a language that is written from right to left."""
    return _from_right(getattr(text, "language", ""))


def _from_right(language: str) -> bool:
    try:
        return bool(get_language_info(language)["bidi"])
    except KeyError:
        return False
