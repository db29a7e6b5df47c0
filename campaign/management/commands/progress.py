"""``progress ORG [--campaign CODE] [--as-of DATE]``: what the dashboard shows for a node and its children."""

import json
from argparse import ArgumentTypeError
from datetime import date
from typing import Any
from unicodedata import east_asian_width

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from campaign.overview.account import account
from campaign.plan.models import Campaign
from campaign.progress import actions
from enterprises import clock
from enterprises.models import Organization


def day(text: str) -> date:
    """A date as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(_("%s is not a date; write it as 2005-11-09") % text) from None


class Command(BaseCommand):
    """Exact figures: pending changes are folded in before anything is read."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("org", help="code of the organization")
        parser.add_argument("--campaign", help="code of the campaign; the one launched last where it is left out")
        parser.add_argument("--as-of", type=day, help="the day, as YYYY-MM-DD; today where it is left out")
        parser.add_argument("--json", action="store_true", help="one JSON object instead of text")

    def handle(self, *args: Any, **options: Any) -> None:
        organization = Organization.objects.filter(code=options["org"]).first()
        if organization is None:
            raise CommandError(_("There is no organization with the code %s.") % options["org"])
        campaign = _campaign(options["campaign"])
        actions.fold()
        found = account(organization, campaign, clock.today(), options["as_of"])
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
        else:
            self.stdout.write(_text(found, organization, campaign))


def _campaign(code: str | None) -> Campaign | None:
    if code is None:
        running = Campaign.objects.filter(state=Campaign.State.RUNNING)
        return running.order_by("-launched_on", "-pk").first()
    campaign = Campaign.objects.filter(code=code).first()
    if campaign is None:
        raise CommandError(_("There is no campaign with the code %s.") % code)
    return campaign


def _text(found: dict[str, Any], organization: Organization, campaign: Campaign | None) -> str:
    title = [f"{organization.name} ({found['org']})", found["as_of"]]
    if campaign:
        title.insert(1, campaign.name)
    blocks = [" · ".join(title), _members(found), _steps(found)]
    if found["assisted"]["members"]["total"] or any(s["expected"] for s in found["assisted"]["steps"]):
        blocks += [_("Assisted units, counted apart:"), _members(found["assisted"]), _steps(found["assisted"])]
    if found["children"]:
        blocks.append(_children(found["children"]))
    return "\n\n".join(block for block in blocks if block)


def _members(found: dict[str, Any]) -> str:
    return (
        _("Members %(total)s = taking part %(covered)s + being sought %(sought)s + excused %(excused)s")
        % found["members"]
    )


def _steps(found: dict[str, Any]) -> str:
    heads = [
        _("Step"),
        _("Expected"),
        _("Done in time"),
        _("Made up or late"),
        _("Overdue"),
        _("Not due yet"),
        _("Not expected"),
    ]
    rows = [[str(value) for value in step.values()] for step in found["steps"]]
    return table([heads, *rows]) if rows else ""


def _children(children: list[dict[str, Any]]) -> str:
    heads = [_("Code"), _("Organization"), _("Members"), _("Expected"), _("Done"), _("Overdue")]
    rows = []
    for child in children:
        steps = child["steps"]
        done = sum(step["done"] + step["late"] for step in steps)
        sums = [child["members"]["total"], sum(s["expected"] for s in steps), done, sum(s["overdue"] for s in steps)]
        rows.append([child["org"], child["name"], *map(str, sums)])
    return table([heads, *rows], texts=2)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def table(rows: list[list[str]], texts: int = 1) -> str:
    """Aligned columns on a terminal, where a Chinese character is two wide; the first ``texts`` to the left."""
    widths = [max(_width(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for row in rows:
        padded = []
        for i, text in enumerate(row):
            room = " " * (widths[i] - _width(text))
            padded.append(text + room if i < texts else room + text)
        lines.append("  ".join(padded).rstrip())
    return "\n".join(lines)
