"""``explain ORG STEP`` and ``explain --member CODE``: why something is done, due or not applicable."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from campaign.plan.models import Campaign, Step
from campaign.progress import explain
from campaign.progress.evidence import Reason
from enterprises.models import Member, Organization


class Command(BaseCommand):
    """Prints the reasons: the rule, the records, the exemption."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("org", nargs="?", help="code of the organization")
        parser.add_argument("step", nargs="?", help="code of the step")
        parser.add_argument("--member", help="code of a member, instead of an organization and a step")
        parser.add_argument("--campaign", help="code of the campaign; the one launched last where it is left out")
        parser.add_argument("--json", action="store_true", help="one JSON object instead of text")

    def handle(self, *args: Any, **options: Any) -> None:
        campaign = _campaign(options["campaign"])
        if options["member"]:
            head, steps = _of_member(options["member"], campaign)
        elif options["org"] and options["step"]:
            head, steps = _of_organization(options["org"], options["step"], campaign)
        else:
            raise CommandError(_("Name an organization and a step, or a member with --member."))
        if options["json"]:
            data = [{"step": step.code, "reasons": [vars(reason) for reason in why]} for step, why in steps]
            self.stdout.write(json.dumps(head | {"campaign": campaign.code, "steps": data}, ensure_ascii=False))
            return
        for step, why in steps:
            self.stdout.write(step.name)
            for reason in why:
                self.stdout.write(f"  {reason.text}" + (f"  {reason.url}" if reason.url else ""))


def _campaign(code: str | None) -> Campaign:
    launched = Campaign.objects.exclude(state=Campaign.State.PREPARED).order_by("-launched_on", "-pk")
    campaign = launched.filter(code=code).first() if code else launched.first()
    if campaign is None:
        raise CommandError(_("There is no campaign with the code %s.") % code if code else _("No campaign runs."))
    return campaign


Explained = tuple[dict[str, str], list[tuple[Step, list[Reason]]]]


def _of_member(code: str, campaign: Campaign) -> Explained:
    member = Member.objects.select_related("branch").filter(code=code).first()
    if member is None:
        raise CommandError(_("There is no member with the code %s.") % code)
    return {"member": code}, explain.explain_member(member, campaign)


def _of_organization(code: str, step_code: str, campaign: Campaign) -> Explained:
    organization = Organization.objects.filter(code=code).first()
    if organization is None:
        raise CommandError(_("There is no organization with the code %s.") % code)
    step = campaign.steps.filter(code=step_code).first()
    if step is None:
        known = ", ".join(campaign.steps.values_list("code", flat=True))
        raise CommandError(
            _("The campaign has no step %(step)s. Use one of: %(known)s.") % {"step": step_code, "known": known}
        )
    return {"org": code, "step": step_code}, [(step, explain.explain_organization(organization, step))]
