from django.apps import AppConfig


class AlliancesConfig(AppConfig):
    """Who they are, what they agreed, what they recorded. Knows nothing of assessments."""

    name = "alliances"

    def ready(self) -> None:
        from alliances.services.audit.accounts import watch

        watch()
