"""The charter, its signing, and the purpose check."""

from django.urls import URLPattern, path

from alliances.views import charter

urlpatterns: list[URLPattern] = [
    path("alliances/<int:pk>/charter/", charter.charter_page, name="charter"),
]
