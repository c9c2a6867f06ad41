"""The database itself refuses to change a bank that is published or retired, and what hangs on it.

A bank may go from draft to published and from published to retired. Who changed it last may be
forgotten (a user is deleted), nothing else. Deletion is not refused here: rounds keep what they
asked by their foreign keys, and `manage.py verify_banks` finds what was removed.

SQLite forgets the triggers of a table that a later migration builds anew (any AlterField, AddField
with a constraint or AddConstraint on it). Such a migration calls `install` again at its end; a test
finds one that does not.
"""

from django.db import migrations

REFUSAL = "a published question bank never changes; make a new version"

# What may still change once a bank is published.
FREE = {
    "assessments_bank": ["status", "edition", "changed_at", "changed_by_id", "published_by_id", "retired_at"],
    "assessments_dimension": ["edition", "changed_at", "changed_by_id"],
    "assessments_question": ["edition", "changed_at", "changed_by_id"],
}
# The banks that a row belongs to, before and after.
BANKS = {
    "assessments_dimension": ["{row}.bank_id"],
    "assessments_question": [
        "{row}.bank_id",
        "(SELECT bank_id FROM assessments_dimension WHERE id = {row}.dimension_id)",
    ],
}
SAME = "(id = NEW.id OR (code = NEW.code AND version = NEW.version))"
STEPS = (
    "(NEW.status = OLD.status OR (OLD.status = 'draft' AND NEW.status = 'published') "
    "OR (OLD.status = 'published' AND NEW.status = 'retired'))"
)


def install(apps, schema_editor):
    remove(apps, schema_editor)
    statements = {"sqlite": sqlite, "postgresql": postgresql}[schema_editor.connection.vendor]
    for statement in statements(schema_editor.connection):
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    on = "ON {}" if schema_editor.connection.vendor == "postgresql" else ""
    for table, event in events():
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{event}_stays {on.format(table)}")


def events():
    for table in FREE:
        yield table, "update"
        yield table, "insert"


def sqlite(connection):
    for table, event in events():
        if table == "assessments_bank" and event == "insert":
            # SQLite's REPLACE puts a row in another's place, and asks no trigger about the other.
            when = f"EXISTS (SELECT 1 FROM {table} WHERE {SAME} AND status <> 'draft')"
        elif table == "assessments_bank":
            changed = different(connection, table)
            when = f"NOT {STEPS} OR (OLD.status <> 'draft' AND ({changed}))"
        else:
            rows = ["NEW"] if event == "insert" else ["OLD", "NEW"]
            banks = ", ".join(bank.format(row=row) for row in rows for bank in BANKS[table])
            when = f"EXISTS (SELECT 1 FROM assessments_bank WHERE id IN ({banks}) AND status <> 'draft')"
            if event == "update":
                when += f" AND ({different(connection, table)})"
        yield (
            f"CREATE TRIGGER {table}_{event}_stays BEFORE {event.upper()} ON {table} WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )


def different(connection, table):
    with connection.cursor() as cursor:
        columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
    return " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in columns if name not in FREE[table])


def postgresql(connection):
    for table, event in events():
        free = "ARRAY[" + ", ".join(f"'{name}'" for name in FREE[table]) + "]"
        changed = f"to_jsonb(NEW) - {free} IS DISTINCT FROM to_jsonb(OLD) - {free}"
        refuse = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';"
        if table == "assessments_bank" and event == "insert":
            continue
        if table == "assessments_bank":
            body = f"IF NOT {STEPS} OR (OLD.status <> 'draft' AND ({changed})) THEN {refuse} END IF;"
        else:
            rows = ["NEW"] if event == "insert" else ["OLD", "NEW"]
            banks = ", ".join(bank.format(row=row) for row in rows for bank in BANKS[table])
            # Waits for whoever is publishing the bank at this moment, and then sees it published. Two
            # statements: in one, the status would be looked at first, and nothing be waited for.
            found = (
                f"PERFORM 1 FROM assessments_bank WHERE id IN ({banks}) ORDER BY id FOR SHARE; "
                f"PERFORM 1 FROM assessments_bank WHERE id IN ({banks}) AND status <> 'draft'; "
                f"IF FOUND THEN {refuse} END IF;"
            )
            body = f"IF {changed} THEN {found} END IF;" if event == "update" else found
        yield (
            f"CREATE OR REPLACE FUNCTION {table}_{event}_stays() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {body} RETURN NEW; END $$"
        )
        yield (
            f"CREATE TRIGGER {table}_{event}_stays BEFORE {event.upper()} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_{event}_stays()"
        )


class Migration(migrations.Migration):

    dependencies = [("assessments", "0002_bank_life")]

    operations = [migrations.RunPython(install, remove)]
