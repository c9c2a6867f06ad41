"""Pages that belong to no alliance: whether the service is up, and how the figures are made."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments.forms.banks.reading import RULE_TITLES
from assessments.reports.readings import rules_in_words


@never_cache
@require_http_methods(["GET", "HEAD"])
def healthz(request: HttpRequest) -> HttpResponse:
    """200 and "ok" as long as the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@require_http_methods(["GET", "HEAD"])
def rules(request: HttpRequest) -> HttpResponse:
    rules = rules_in_words()
    context = {"readings": [(RULE_TITLES[rule][0], text) for rule, text in rules.items()]}
    return render(request, "assessments/rules.html", context)
