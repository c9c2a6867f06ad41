"""Contributions and costs, value expected, metrics."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
