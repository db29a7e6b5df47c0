"""What the migrations leave is what the models say (``runtime.together`` makes tables as they are at the end)."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from runtime.together import Together

MANY = 10
OURS = [m for label in ("enterprises", "campaign") for m in apps.get_app_config(label).get_models()]


@pytest.mark.django_db
@pytest.mark.parametrize("model", OURS, ids=lambda m: m.__name__)
def test_a_table_has_the_columns_constraints_and_indexes_of_its_model(model):
    with connection.cursor() as cursor:
        table = model._meta.db_table
        columns = {column.name for column in connection.introspection.get_table_description(cursor, table)}
        names = set(connection.introspection.get_constraints(cursor, table))
    assert columns == {field.column for field in model._meta.local_concrete_fields}
    assert {named.name for named in (*model._meta.constraints, *model._meta.indexes)} <= names


@pytest.mark.django_db
def test_every_tracked_table_has_its_triggers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        found = [row[0].strip('"') for row in cursor.fetchall()]
    for model in OURS:
        assert found.count(model._meta.db_table) == len(getattr(model._meta, "triggers", [])), model


def test_many_operations_are_carried_out_together():
    """One migration of 75 operations, each for itself, took 17 s of the 25 that an empty database needed."""
    loader = MigrationLoader(None)
    for (app, name), migration in loader.disk_migrations.items():
        if app in ("enterprises", "campaign"):
            alone = [operation for operation in migration.operations if not isinstance(operation, Together)]
            assert len(alone) <= MANY, f"{app} {name}: wrap them in Together"
