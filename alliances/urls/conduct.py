"""The launch, decisions, working rules, internal stakeholders."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
