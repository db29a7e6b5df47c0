"""The data dictionary, made from the models: docs/data-dictionary.md."""

import sys
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import models
from django.utils.encoding import force_str
from django.utils.translation import override

APPS = ("enterprises", "campaign")


def _kind(field: models.Field) -> str:
    if field.remote_field:
        return f"→ {field.related_model.__name__}"
    kind = field.get_internal_type().removesuffix("Field")
    length = getattr(field, "max_length", None)
    return f"{kind}({length})" if length else kind


def _values(field: models.Field) -> str:
    if not field.choices:
        return force_str(field.help_text)
    return ", ".join(f"`{value}` {force_str(label)}" for value, label in field.flatchoices)


def _describe(model: type[models.Model]) -> Iterator[str]:
    yield f"### {model.__name__} (`{model._meta.db_table}`)"
    yield ""
    yield cleandoc(model.__doc__ or "")
    yield ""
    yield "| field | type | empty | meaning | values |"
    yield "|---|---|---|---|---|"
    for field in model._meta.concrete_fields:
        empty = "yes" if field.null or field.blank else ""
        yield f"| `{field.name}` | {_kind(field)} | {empty} | {force_str(field.verbose_name)} | {_values(field)} |"
    yield ""


def dictionary() -> str:
    """The whole dictionary as Markdown, in English, models in the order of their registers."""
    lines = ["# Data dictionary", "", "Made from the models by `manage.py data_dictionary`; do not edit.", ""]
    with override("en"):
        for label in APPS:
            config = apps.get_app_config(label)
            lines += [f"## {label}: {force_str(config.verbose_name)}", ""]
            for model in config.get_models():
                if not hasattr(model, "pgh_tracked_model"):
                    lines += _describe(model)
    return "\n".join(lines).rstrip() + "\n"


class Command(BaseCommand):
    help = "Write docs/data-dictionary.md from the models."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when the file is stale")

    def handle(self, *args, **options):
        path = Path(settings.BASE_DIR) / "docs" / "data-dictionary.md"
        current = path.read_text(encoding="utf8") if path.exists() else ""
        if options["check"]:
            if current != dictionary():
                self.stderr.write("docs/data-dictionary.md is stale: run manage.py data_dictionary")
                sys.exit(1)
            return
        path.write_text(dictionary(), encoding="utf8")
