"""All addresses: each app brings its own."""

from django.contrib import admin
from django.urls import include, path

handler400 = "config.errors.bad_request"
handler403 = "config.errors.not_permitted"
handler404 = "config.errors.nothing_here"
handler429 = "alliances.views.limits.too_many"

urlpatterns = [
    path("", include("assessments.urls")),
    path("", include("alliances.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/second/", include("allauth.mfa.urls")),
    path("admin/", admin.site.urls),
]
