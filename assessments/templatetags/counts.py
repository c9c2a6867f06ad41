"""Counts as they stand in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from django import template

from alliances.services import counts, languages

register = template.Library()


@register.filter
def in_words(number: int) -> str:
    """Below ten in words: {{ 3|in_words }} is "three", {{ 12|in_words }} is "12"."""
    return counts.in_words(number)


@register.filter
def language_called(code: str) -> str:
    """A language by its name on the page: {{ "fr"|language_called }} is "French". Django's own filters
    fail on a code that they do not know."""
    return languages.language_name(code)


@register.filter
def languages_called(codes: Sequence[str]) -> str:
    """Several in a row."""
    return counts.listed([languages.language_name(code) for code in codes])
