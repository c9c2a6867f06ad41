"""What the installation's admin may look at. Nothing here can be changed, and no answer is here.

Responses, answers, comments and links are never registered: what somebody said is read by nobody
but its author, and reaches the others through the published result alone.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.models import Bank, Dimension, Question, Round


class _ReadOnly:
    """Look, and no more, whatever permissions the user has."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class DimensionInline(_ReadOnly, admin.TabularInline):
    model = Dimension
    fields = ["position", "code", "title", "question", "source"]
    show_change_link = False


class QuestionInline(_ReadOnly, admin.TabularInline):
    model = Question
    fields = ["dimension", "code", "text", "help", "minimum", "maximum", "reverse", "weight"]
    ordering = ["dimension__position", "position"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("dimension")


@admin.register(Bank)
class BankAdmin(_ReadOnly, admin.ModelAdmin):
    """Question banks. They are written on pages of their own, or come by `import_bank`."""

    list_display = ["title", "code", "version", "status", "language", "digest", "page"]
    list_filter = ["status"]
    exclude = ["alliance"]
    inlines = [DimensionInline, QuestionInline]

    def get_queryset(self, request: HttpRequest) -> Any:
        # What an alliance asks itself, in its own words, has no page here either.
        return super().get_queryset(request).filter(alliance__isnull=True)

    @admin.display(description=_("page"))
    def page(self, bank: Bank) -> SafeString:
        """Where it is written, compared and published."""
        address = reverse("bank", args=[bank.pk])
        return format_html('<a href="{}">{}</a>', address, gettext("Open"))


@admin.register(Round)
class RoundAdmin(_ReadOnly, admin.ModelAdmin):
    """Rounds as they were opened: who asked what, when, under which rules."""

    list_display = ["name", "alliance", "bank", "mode", "threshold", "status", "closes_on"]
    list_filter = ["status", "mode"]
    list_select_related = ["alliance", "bank"]
    fields = [
        "name",
        "alliance",
        "bank",
        "mode",
        "threshold",
        "status",
        "opened_at",
        "closes_on",
        "closed_at",
    ]
