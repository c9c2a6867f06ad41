from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Asks, scores, shows."""

    name = "assessments"
