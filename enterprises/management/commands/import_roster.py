"""``import_roster``: an enterprise, organisation or member roster, from the command line."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from enterprises.rosters.actions import import_roster
from enterprises.rosters.columns import KINDS
from enterprises.rosters.reading import Unreadable
from enterprises.rosters.running import Order, Result


class Command(BaseCommand):
    """Reads, validates and applies a roster; with errors nothing is applied unless ``--skip-errors``."""

    help = "Imports a roster (.xlsx or .csv) of enterprises, organizations or members."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="show what would change, write nothing")
        parser.add_argument("--skip-errors", action="store_true", help="apply the rows without errors")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--kind", choices=sorted(KINDS), help="default: told by the header")
        parser.add_argument("--effective", type=date.fromisoformat, help="first day in another branch (default: today)")

    def handle(self, *args: Any, **options: Any) -> None:
        order = Order(
            options["file"],
            kind=options["kind"],
            effective=options["effective"],
            dry=options["dry_run"],
            skip_errors=options["skip_errors"],
        )
        try:
            result = import_roster(by=None, order=order)
        except Unreadable as error:
            self._refuse(str(error), options)
        if options["json"]:
            self.stdout.write(json.dumps(result.as_json(), ensure_ascii=False))
        else:
            self._print(result, order)
        if result.problems.error_count and not result.applied:
            raise SystemExit(1)

    def _refuse(self, message: str, options: dict[str, Any]) -> None:
        if options["json"]:
            empty = Result(options["kind"] or "").as_json()
            self.stdout.write(json.dumps({**empty, "message": message}, ensure_ascii=False))
            raise SystemExit(1)
        raise CommandError(message)

    def _print(self, result: Result, order: Order) -> None:
        write = self.stdout.write
        write(_("%(read)d rows: %(created)d new, %(updated)d changed, %(unchanged)d unchanged") % vars(result))
        for title, problems, count in (
            (_("Errors"), result.problems.errors, result.problems.error_count),
            (_("Warnings"), result.problems.warnings, result.problems.warning_count),
        ):
            if count:
                write(f"{title}: {count}")
            for problem in problems[:50]:
                place = _("row %(row)d, %(column)s") % {"row": problem.row, "column": problem.column}
                write(f"  {problem.sheet} {place}: {problem.message}".replace("   ", "  "))
        if result.dropped:
            write(_("Dropped at reading, not stored: %(columns)s") % {"columns": "、".join(result.dropped)})
        if result.ignored:
            write(_("Not read: %(columns)s") % {"columns": "、".join(result.ignored)})
        if result.absent_count:
            write(
                _("%(count)d members of these branches are not in the file; they stay.")
                % {"count": result.absent_count}
            )
        if result.applied:
            write(_("Applied."))
        elif order.dry:
            write(_("Nothing was written (dry run)."))
        else:
            write(_("Nothing was written. Correct the errors, or apply the right rows with --skip-errors."))
