"""The charter, its signing, and the purpose check."""

from django.urls import URLPattern, path

from alliances.views import charter, charter_signing, charter_versions, purpose

urlpatterns: list[URLPattern] = [
    path("alliances/<int:pk>/charter/", charter.charter_page, name="charter"),
    # The draft
    path("alliances/<int:pk>/charter/start/", charter.charter_start, name="charter_start"),
    path("charters/<int:pk>/settings/", charter.charter_settings, name="charter_settings"),
    path("charters/<int:pk>/discard/", charter.charter_discard, name="charter_discard"),
    path(
        "charters/<int:pk>/sections/<slug:code>/", charter.charter_section, name="charter_section"
    ),
    path("charters/<int:pk>/hints/", charter.charter_hints, name="charter_hints"),
    # The purpose check
    path("alliances/<int:pk>/purpose/", purpose.purpose_check, name="purpose_check"),
    path("alliances/<int:pk>/purpose/open/", purpose.purpose_open, name="purpose_open"),
    path("purpose/<int:pk>/sentence/", purpose.purpose_sentence, name="purpose_sentence"),
    path("purpose/<int:pk>/close/", purpose.purpose_close, name="purpose_close"),
    # Versions: read, compared, circulated, revised, checked
    path("charters/<int:pk>/", charter_versions.charter_version, name="charter_version"),
    path("charters/<int:pk>/charter.txt", charter_versions.charter_text, name="charter_text"),
    path(
        "charters/<int:pk>/difference/",
        charter_versions.charter_difference,
        name="charter_difference",
    ),
    path(
        "charters/<int:pk>/circulate/", charter_versions.charter_circulate, name="charter_circulate"
    ),
    path("charters/<int:pk>/revise/", charter_versions.charter_revise, name="charter_revise"),
    path(
        "alliances/<int:pk>/charter/verify/",
        charter_versions.charter_verify,
        name="charter_verify",
    ),
    # Signing, and what is said before it
    path("charters/<int:pk>/sign/", charter_signing.charter_sign, name="charter_sign"),
    path("charters/<int:pk>/remind/", charter_signing.charter_remind, name="charter_remind"),
    path(
        "charters/<int:pk>/comments/<slug:code>/",
        charter_signing.charter_comment,
        name="charter_comment",
    ),
    path(
        "comments/<int:pk>/answer/",
        charter_signing.charter_comment_answer,
        name="charter_comment_answer",
    ),
]
