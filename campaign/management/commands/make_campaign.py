"""Make a campaign of any size for measuring, deterministic, through COPY."""

import json
import time

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from campaign.demo import large


class Command(BaseCommand):
    help = "Make a realistic campaign of any size. Needs a database without organizations, or --replace."

    def add_arguments(self, parser):
        parser.add_argument("--branches", type=int, required=True)
        parser.add_argument("--members", type=int, required=True)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--replace",
            action="store_true",
            help="first delete every organization, member, account, campaign and record of this database",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, **options):
        started = time.monotonic()

        def say(line: str) -> None:
            self.stderr.write(f"{time.monotonic() - started:6.1f} s  {line}")

        try:
            rows = large.make(options["branches"], options["members"], options["seed"], options["replace"], say)
        except large.NotEmpty:
            raise CommandError(
                _("The database holds organizations already. Use an empty one, or --replace to delete everything.")
            ) from None
        except ValueError as error:
            raise CommandError(str(error)) from None
        seconds = round(time.monotonic() - started, 1)
        if options["json"]:
            self.stdout.write(json.dumps({"rows": rows, "seed": options["seed"], "seconds": seconds}))
            return
        for table, number in rows.items():
            self.stdout.write(f"{table:15} {number:>12,}")
        self.stdout.write(_("Made in %(seconds)s s.") % {"seconds": seconds})
