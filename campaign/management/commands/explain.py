"""``explain ORG STEP`` and ``explain --member CODE``: why something is done, due or not applicable."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from campaign.overview import lookup
from campaign.plan.models import Step
from campaign.progress import explain
from campaign.progress.evidence import Reason


class Command(BaseCommand):
    """Prints the reasons: the rule, the records, the exemption."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("org", nargs="?", help="code of the organization")
        parser.add_argument("step", nargs="?", help="code of the step")
        parser.add_argument("--member", help="code of a member, instead of an organization and a step")
        parser.add_argument("--campaign", help="code of the campaign; the one running longest where it is left out")
        parser.add_argument("--json", action="store_true", help="one JSON object instead of text")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            about, steps = explained(options)
        except LookupError as error:
            raise CommandError(str(error)) from None
        if options["json"]:
            data = [{"step": step.code, "reasons": [vars(reason) for reason in why]} for step, why in steps]
            self.stdout.write(json.dumps(about | {"steps": data}, ensure_ascii=False))
            return
        for step, why in steps:
            self.stdout.write(step.name)
            for reason in why:
                self.stdout.write("  " + "  ".join(filter(None, [reason.text, reason.url])))


def explained(options: dict[str, Any]) -> tuple[dict[str, str], list[tuple[Step, list[Reason]]]]:
    """What is asked about, and the steps with their reasons. Raises ``LookupError``."""
    campaign = lookup.running_campaign(options["campaign"])
    if campaign is None:
        raise lookup.nothing_runs()
    about = {"campaign": campaign.code}
    if options["member"]:
        member = lookup.member(options["member"])
        return about | {"member": member.code}, explain.explain_member(member, campaign)
    if not (options["org"] and options["step"]):
        raise lookup.nothing_named()
    organization = lookup.organization(options["org"])
    step = lookup.step(options["step"], campaign)
    return about | {"org": organization.code}, [(step, explain.explain_organization(organization, step))]
