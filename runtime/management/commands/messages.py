"""``messages [area] [--check]``: extract strings into the catalogues, or check them."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from runtime.catalogs import AREAS
from runtime.extraction import extract
from runtime.messages import problems, update
from runtime.translations import compile_stale


class Command(BaseCommand):
    """Keeps the Chinese catalogues in step with the sources; needs no database and no system gettext."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("area", nargs="?", choices=AREAS, help="only this area")
        parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if anything is amiss")
        parser.add_argument("--json", action="store_true", help="one JSON object instead of text")

    def handle(self, *args: Any, **options: Any) -> None:
        areas = [options["area"]] if options["area"] else list(AREAS)
        if not options["check"]:
            found = extract(settings.BASE_DIR, areas)
            for area in areas:
                update(area, settings.BASE_DIR, found)
            compile_stale()
        listed = problems(settings.BASE_DIR, areas)
        if options["json"]:
            self.stdout.write(json.dumps({"problems": [vars(p) for p in listed]}, ensure_ascii=False))
        else:
            for problem in listed:
                self.stdout.write(str(problem))
            self.stdout.write(f"{len(listed)} to do in {', '.join(areas)}")
        if options["check"] and listed:
            raise CommandError("The translations are not complete; see the list above.", returncode=1)
