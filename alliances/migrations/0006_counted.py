"""The table in which all processes of the server count tries (settings: CACHES)."""

from django.core.management import call_command
from django.db import migrations

TABLE = "northbound_counted"


def make(apps, schema_editor):
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def drop(apps, schema_editor):
    table = schema_editor.quote_name(TABLE)
    schema_editor.execute(f"DROP TABLE IF EXISTS {table}")


class Migration(migrations.Migration):
    dependencies = [("alliances", "0005_audit")]
    operations = [migrations.RunPython(make, drop)]
