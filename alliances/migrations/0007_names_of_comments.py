"""Comments on the charter whose author had no name carry no e-mail address any more, which members read."""

import re

from django.db import migrations

AN_ADDRESS = re.compile(r"([^@\s]+)@[^@\s]+")


def shorten(apps, schema_editor):
    comments = apps.get_model("alliances", "CharterComment").objects
    for comment in comments.filter(author__contains="@").only("author").iterator():
        found = AN_ADDRESS.fullmatch(comment.author)
        if found:
            comment.author = found[1]
            comment.save(update_fields=["author"])


class Migration(migrations.Migration):
    dependencies = [("alliances", "0006_counted")]
    operations = [migrations.RunPython(shorten, migrations.RunPython.noop, elidable=True)]
