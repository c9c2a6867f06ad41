"""All that an alliance has on record, on one page."""

from django.urls import URLPattern, path

from alliances.views import records

urlpatterns: list[URLPattern] = [
    path("alliances/<int:pk>/records/", records.records_page, name="records"),
]
