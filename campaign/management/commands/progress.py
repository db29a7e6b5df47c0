"""``progress ORG [--campaign CODE] [--as-of DATE]``: what the dashboard shows for a node and its children."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from campaign.overview import lookup
from campaign.overview.account import account
from campaign.overview.printed import text
from campaign.progress import actions
from enterprises import clock


class Command(BaseCommand):
    """Exact figures: pending changes are folded in before anything is read."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("org", help="code of the organization")
        parser.add_argument("--campaign", help="code of the campaign; the one running longest where it is left out")
        parser.add_argument("--as-of", type=lookup.day, help="the day, as YYYY-MM-DD; today where it is left out")
        parser.add_argument("--json", action="store_true", help="one JSON object instead of text")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            organization = lookup.organization(options["org"])
            campaign = lookup.running_campaign(options["campaign"])
        except LookupError as error:
            raise CommandError(str(error)) from None
        actions.fold()
        found = account(organization, campaign, clock.today(), options["as_of"])
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
        else:
            self.stdout.write(text(found, organization, campaign))
