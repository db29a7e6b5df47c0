"""Recompute progress from the records, or check that nothing would change."""

import json
import sys

from django.core.management.base import BaseCommand

from campaign.progress import actions


class Command(BaseCommand):
    help = "Recompute every step status and summary from the records."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when anything differs")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args, **options):
        check = options["check"]
        found = actions.recount_check() if check else actions.recount()
        if options["json"]:
            self.stdout.write(json.dumps(found | {"checked": check}))
        else:
            for what, number in found.items():
                self.stdout.write(f"{what}: {number} {'differ' if check else 'mended'}")
        if check and any(found.values()):
            sys.exit(1)
