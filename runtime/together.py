"""Migrations that make many tables, in seconds rather than minutes."""

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import FieldOperation
from django.db.migrations.operations.models import CreateModel, IndexOperation, ModelOptionOperation
from django.db.migrations.state import ProjectState

# What a table has from the beginning when it is made as it is after the migration.
_CONTAINED = (FieldOperation, IndexOperation, ModelOptionOperation)


class Together(Operation):
    """Operations of one migration as one.

    Django renders all related models anew after each operation: for 528 operations on models that are all related
    to the campaign that was 75 s of an empty database. Here the state moves on in one step, tables are made as
    they are at its end, and what is said later of a table made here is contained in it already.
    """

    reversible = False

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Let the models be rendered once, when they are first asked for."""
        state.clear_delayed_apps_cache()
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Make the tables and the rest; nothing twice."""
        made = {operation.name_lower for operation in self.operations if isinstance(operation, CreateModel)}
        for operation in self.operations:
            model = getattr(operation, "model_name", getattr(operation, "name", "")).lower()
            if isinstance(operation, _CONTAINED) and model in made:
                continue
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """What it does, for people."""
        return f"{len(self.operations)} operations together"
