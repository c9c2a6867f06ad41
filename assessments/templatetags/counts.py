"""Counts as they stand in a sentence."""

from __future__ import annotations

from django import template

from alliances.services import counts

register = template.Library()


@register.filter
def in_words(number: int) -> str:
    """Below ten in words: {{ 3|in_words }} is "three", {{ 12|in_words }} is "12"."""
    return counts.in_words(number)
