"""The language in which a charter was circulated; until now there was one, English."""

from typing import Any

from django.db import migrations, models


def all_in_english(apps: Any, schema_editor: Any) -> None:
    versions = apps.get_model("alliances", "CharterVersion").objects
    versions.using(schema_editor.connection.alias).exclude(status="draft").update(language="en")


class Migration(migrations.Migration):
    dependencies = [("alliances", "0002_records")]

    operations = [
        migrations.AddField(
            model_name="charterversion",
            name="language",
            field=models.CharField(
                blank=True,
                default="",
                editable=False,
                max_length=15,
                verbose_name="language of the text",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(all_in_english, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="charterversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("language", ""), ("status", "draft")),
                    models.Q(models.Q(("status", "draft"), _negated=True), models.Q(("language", ""), _negated=True)),
                    _connector="OR",
                ),
                name="charter_language_from_circulation_on",
            ),
        ),
    ]
