"""The shipped campaigns, launched on the cast."""

from datetime import date

from campaign.management.commands.load_definition import SHIPPED
from campaign.plan import actions
from campaign.plan.models import Campaign, Participation
from enterprises import clock

LAUNCH = date(2026, 7, 20)


def second_batch(launched_on: date = LAUNCH, **options) -> Campaign:
    """The second batch, launched and looked at on its launch date."""
    return launch("2005-second-batch", launched_on, **options)


def launch(name: str, launched_on: date = LAUNCH, **options) -> Campaign:
    with clock.fixed(launched_on):
        text = (SHIPPED / f"{name}.toml").read_text()
        definition = actions.load_definition(text=text, by=None)
        return actions.launch(definition=definition, launched_on=launched_on, by=None, **options)


def part(campaign: Campaign, unit: str) -> Participation:
    """The participation of a unit by its code."""
    return campaign.participations.select_related("unit__leading_organization").get(unit__code=unit)
