"""Load the demo: invented groups in the middle of a campaign, and a sign-in for every role."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from campaign.demo import load, signins


class Command(BaseCommand):
    help = "Load the demo into an empty database. Where it is loaded already, nothing changes."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, **options):
        try:
            loaded = load.load()
        except load.NotEmpty:
            raise CommandError(
                _("The database holds organizations already. The demo is loaded into an empty database only.")
            ) from None
        path = signins.write()
        if options["json"]:
            accounts = [{"role": one.role, "account": one.username} for one in signins.SIGN_INS]
            self.stdout.write(json.dumps({"loaded": loaded.fresh, "rows": loaded.rows, "accounts": accounts}))
            return
        message = _("The demo is loaded.") if loaded.fresh else _("The demo was loaded before; nothing has changed.")
        self.stdout.write(message)
        self.stdout.write(signins.listing(), ending="")
        self.stdout.write(_("The sign-ins are also in %s.") % path)
