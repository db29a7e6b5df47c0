"""The mark that the database holds made-up data; every page shows it."""

from campaign.demo.models import DemoNotice
from enterprises import clock


def put_up(kind: str, seed: int) -> None:
    """Mark the database as holding made-up data."""
    values = {"kind": kind, "seed": seed, "day": clock.today(), "made_at": clock.now()}
    DemoNotice.objects.update_or_create(pk=1, defaults=values)
