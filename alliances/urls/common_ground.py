"""The register, profiles and histories, differences."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
