"""An alliance, its people, and who has access."""

from django.urls import path

from alliances.views import access, alliances, audit, people, people_import, representatives

urlpatterns = [
    path("alliances/new/", alliances.alliance_new, name="alliance_new"),
    path("alliances/<int:pk>/edit/", alliances.alliance_edit, name="alliance_edit"),
    path("alliances/<int:pk>/people/", people.people_page, name="people"),
    path("alliances/<int:pk>/people/import/", people_import.people_import, name="people_import"),
    path("alliances/<int:pk>/participants/new/", people.participant_new, name="participant_new"),
    path("participants/<int:pk>/edit/", people.participant_edit, name="participant_edit"),
    path("participants/<int:pk>/pain/", people.participant_pain, name="participant_pain"),
    path("participants/<int:pk>/remove/", people.participant_remove, name="participant_remove"),
    path(
        "participants/<int:pk>/representatives/new/",
        representatives.representative_new,
        name="representative_new",
    ),
    path(
        "representatives/<int:pk>/edit/",
        representatives.representative_edit,
        name="representative_edit",
    ),
    path(
        "representatives/<int:pk>/remove/",
        representatives.representative_remove,
        name="representative_remove",
    ),
    path("alliances/<int:pk>/access/", access.access_page, name="access"),
    path("access/<int:pk>/remove/", access.access_remove, name="access_remove"),
    # Who did what
    path("alliances/<int:pk>/log/", audit.alliance_log, name="audit"),
    path("alliances/<int:pk>/log.csv", audit.alliance_log_table, name="audit_table"),
    path("log/", audit.installation_log, name="installation_audit"),
    path("log.csv", audit.installation_log_table, name="installation_audit_table"),
]
