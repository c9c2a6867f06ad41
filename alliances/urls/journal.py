"""The journal, actions, and momentum."""

from django.urls import URLPattern, path

from alliances.views import actions, journal, momentum

urlpatterns: list[URLPattern] = [
    path("alliances/<int:pk>/journal/", journal.journal, name="journal"),
    path("alliances/<int:pk>/journal/new/<slug:kind>/", journal.journal_new, name="journal_new"),
    path("journal/<int:pk>/", journal.journal_entry, name="journal_entry"),
    path("journal/<int:pk>/edit/", journal.journal_edit, name="journal_edit"),
    path("journal/<int:pk>/remove/", journal.journal_remove, name="journal_remove"),
    path("journal/<int:pk>/actions/new/", journal.journal_action_new, name="journal_action_new"),
    path("alliances/<int:pk>/actions/", actions.actions, name="actions"),
    path("alliances/<int:pk>/actions/new/", actions.action_new, name="action_new"),
    path("actions/<int:pk>/edit/", actions.action_edit, name="action_edit"),
    path("actions/<int:pk>/done/", actions.action_done, name="action_done"),
    path("actions/<int:pk>/drop/", actions.action_drop, name="action_drop"),
    path("actions/<int:pk>/reopen/", actions.action_reopen, name="action_reopen"),
    path("actions/<int:pk>/remove/", actions.action_remove, name="action_remove"),
    path("alliances/<int:pk>/momentum/", momentum.momentum, name="momentum"),
]
