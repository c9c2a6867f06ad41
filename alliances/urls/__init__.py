"""Addresses of the alliances app, a module for each kind of paper."""

from django.urls import URLPattern

from alliances.urls import charter, common_ground, conduct, journal, people, progress, records

urlpatterns: list[URLPattern] = [
    *people.urlpatterns,
    *records.urlpatterns,
    *charter.urlpatterns,
    *common_ground.urlpatterns,
    *conduct.urlpatterns,
    *progress.urlpatterns,
    *journal.urlpatterns,
]
