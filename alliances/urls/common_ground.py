"""The register, profiles and histories, differences."""

from django.urls import URLPattern, path

from alliances.views import common_ground, differences, profiles

urlpatterns: list[URLPattern] = [
    path("alliances/<int:pk>/common-ground/", common_ground.common_ground, name="common_ground"),
    path(
        "alliances/<int:pk>/common-ground/new/",
        common_ground.ground_item_new,
        name="ground_item_new",
    ),
    path("ground/<int:pk>/", common_ground.ground_item, name="ground_item"),
    path("ground/<int:pk>/edit/", common_ground.ground_item_edit, name="ground_item_edit"),
    path("ground/<int:pk>/remove/", common_ground.ground_item_remove, name="ground_item_remove"),
    path("ground/<int:pk>/positions/", common_ground.positions_edit, name="positions_edit"),
    path("ground/<int:pk>/position/", common_ground.position_own, name="position_own"),
    path("alliances/<int:pk>/profiles/", profiles.profiles, name="profiles"),
    path("participants/<int:pk>/about/", profiles.profile, name="profile"),
    path("participants/<int:pk>/profile/", profiles.profile_edit, name="profile_edit"),
    path("alliances/<int:pk>/histories/new/", profiles.history_new, name="history_new"),
    path("histories/<int:pk>/", profiles.history, name="history"),
    path("histories/<int:pk>/edit/", profiles.history_edit, name="history_edit"),
    path("histories/<int:pk>/remove/", profiles.history_remove, name="history_remove"),
    path("alliances/<int:pk>/differences/", differences.differences, name="differences"),
    path(
        "alliances/<int:pk>/differences/open/",
        differences.difference_open,
        name="difference_open",
    ),
    path("differences/<int:pk>/", differences.difference, name="difference"),
    path("differences/<int:pk>/write/", differences.difference_write, name="difference_write"),
    path(
        "differences/<int:pk>/strengths/",
        differences.difference_strengths,
        name="difference_strengths",
    ),
    path("differences/<int:pk>/remove/", differences.difference_remove, name="difference_remove"),
]
