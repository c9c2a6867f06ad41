"""The audit log, and triggers by which the database itself refuses to change or delete what is in it.

The head of a chain moves on by one at a time and never back. On PostgreSQL, TRUNCATE is refused too.

SQLite forgets the triggers of a table that a later migration builds anew; such a migration calls
`install` again at its end, and a test finds one that does not. Tests clear their tables by the
statements that are refused here: tests/conftest.py takes the triggers named in `CLEARING` away.
"""

from django.db import migrations, models

REFUSAL = "the audit log is never changed; what is in it stays"

ENTRY, CHAIN = "alliances_auditentry", "alliances_auditchain"
STEP = "NEW.id = OLD.id AND NEW.code = OLD.code AND NEW.length = OLD.length + 1"
# Table, event, and when it is refused on SQLite and on PostgreSQL; always where nothing is said.
REFUSED = [
    (ENTRY, "update", "", ""),
    (ENTRY, "delete", "", ""),
    # SQLite's REPLACE puts a row in another's place, and asks no trigger about the other.
    (
        ENTRY,
        "insert",
        f"EXISTS (SELECT 1 FROM {ENTRY} WHERE id = NEW.id OR (chain = NEW.chain AND number = NEW.number))",
        None,
    ),
    (CHAIN, "update", f"NOT ({STEP})", f"NOT ({STEP})"),
    (CHAIN, "delete", "", ""),
    (CHAIN, "insert", f"EXISTS (SELECT 1 FROM {CHAIN} WHERE id = NEW.id OR code = NEW.code)", None),
    (ENTRY, "truncate", None, ""),
    (CHAIN, "truncate", None, ""),
]
CLEARING = ("delete", "truncate")


def install(apps, schema_editor):
    remove(apps, schema_editor)
    statements = {"sqlite": sqlite, "postgresql": postgresql}[schema_editor.connection.vendor]
    for statement in statements():
        schema_editor.execute(statement)


def remove(apps, schema_editor, events=("update", "delete", "insert", "truncate")):
    vendor = schema_editor.connection.vendor
    for table, event, on_sqlite, on_postgresql in REFUSED:
        when = on_sqlite if vendor == "sqlite" else on_postgresql
        if when is not None and event in events:
            on = f" ON {table}" if vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{event}_stays{on}")


def sqlite():
    for table, event, when, _ in REFUSED:
        if when is not None:
            only = f"WHEN {when} " if when else ""
            yield (
                f"CREATE TRIGGER {table}_{event}_stays BEFORE {event.upper()} ON {table} {only}"
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )


def postgresql():
    yield (
        "CREATE OR REPLACE FUNCTION alliances_audit_stays() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table, event, _, when in REFUSED:
        if when is not None:
            only = f"WHEN ({when}) " if when else ""
            each = "STATEMENT" if event == "truncate" else "ROW"
            yield (
                f"CREATE TRIGGER {table}_{event}_stays BEFORE {event.upper()} ON {table} "
                f"FOR EACH {each} {only}EXECUTE FUNCTION alliances_audit_stays()"
            )


class Migration(migrations.Migration):

    dependencies = [
        ('alliances', '0004_languages'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditChain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True)),
                ('length', models.PositiveBigIntegerField(default=0)),
                ('digest', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chain', models.CharField(max_length=40)),
                ('number', models.PositiveBigIntegerField()),
                ('at', models.DateTimeField()),
                ('who', models.CharField(max_length=10)),
                ('account', models.BigIntegerField(null=True)),
                ('action', models.CharField(max_length=30)),
                ('kind', models.CharField(max_length=20)),
                ('thing', models.BigIntegerField()),
                ('label', models.CharField(blank=True, max_length=160)),
                ('details', models.TextField()),
                ('previous', models.CharField(max_length=64)),
                ('digest', models.CharField(max_length=64)),
            ],
            options={
                'ordering': ['chain', 'number'],
                'indexes': [models.Index(fields=['chain', 'at'], name='audit_chain_at')],
                'constraints': [models.UniqueConstraint(fields=('chain', 'number'), name='audit_number_once_a_chain')],
            },
        ),
        migrations.RunPython(install, remove),
    ]
