"""A bank may be one alliance's own.

The triggers of 0003_published_banks go first and come back last: on SQLite they name the columns that
stay, of which there is one more now, and taking the column away again builds the table anew.
"""

import importlib

import django.db.models.deletion
from django.db import migrations, models

published_banks = importlib.import_module("assessments.migrations.0003_published_banks")


class Migration(migrations.Migration):

    dependencies = [
        ("alliances", "0001_initial"),
        ("assessments", "0005_workbook"),
    ]

    operations = [
        migrations.RunPython(published_banks.remove, published_banks.install),
        migrations.AddField(
            model_name="bank",
            name="alliance",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="own_banks",
                to="alliances.alliance",
            ),
        ),
        migrations.RunPython(published_banks.install, published_banks.remove),
    ]
