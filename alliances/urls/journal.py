"""The journal, actions, and momentum."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
