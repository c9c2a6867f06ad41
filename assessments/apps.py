from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Asks, scores, shows."""

    name = "assessments"

    def ready(self) -> None:
        from assessments.services.forgetting import listen

        listen()
