"""Contributions and costs, value expected, metrics."""

from django.urls import URLPattern, path

from alliances.views import contributions, metrics, values

urlpatterns: list[URLPattern] = [
    path("alliances/<int:pk>/contributions/", contributions.contributions, name="contributions"),
    path(
        "alliances/<int:pk>/contributions/new/",
        contributions.contribution_new,
        name="contribution_new",
    ),
    path("contributions/<int:pk>/", contributions.contribution, name="contribution"),
    path("contributions/<int:pk>/edit/", contributions.contribution_edit, name="contribution_edit"),
    path(
        "contributions/<int:pk>/remove/",
        contributions.contribution_remove,
        name="contribution_remove",
    ),
    path("contributions/<int:pk>/receipts/new/", contributions.receipt_new, name="receipt_new"),
    path("receipts/<int:pk>/edit/", contributions.receipt_edit, name="receipt_edit"),
    path("receipts/<int:pk>/remove/", contributions.receipt_remove, name="receipt_remove"),
    path("alliances/<int:pk>/costs/new/", contributions.cost_new, name="cost_new"),
    path("costs/<int:pk>/edit/", contributions.cost_edit, name="cost_edit"),
    path("costs/<int:pk>/remove/", contributions.cost_remove, name="cost_remove"),
    path("alliances/<int:pk>/values/", values.values, name="values"),
    path("participants/<int:pk>/values/", values.values_edit, name="values_edit"),
    path("alliances/<int:pk>/metrics/", metrics.metrics, name="metrics"),
    path("alliances/<int:pk>/metrics/new/", metrics.metric_new, name="metric_new"),
    path("metrics/<int:pk>/", metrics.metric, name="metric"),
    path("metrics/<int:pk>/edit/", metrics.metric_edit, name="metric_edit"),
    path("metrics/<int:pk>/remove/", metrics.metric_remove, name="metric_remove"),
    path("metrics/<int:pk>/readings/new/", metrics.reading_new, name="reading_new"),
    path("readings/<int:pk>/edit/", metrics.reading_edit, name="reading_edit"),
    path("readings/<int:pk>/remove/", metrics.reading_remove, name="reading_remove"),
]
