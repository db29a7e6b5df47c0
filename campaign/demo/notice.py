"""Whether the database holds made-up data."""

from campaign.demo.models import DemoNotice
from enterprises import clock

_present = False


def present() -> bool:
    """Whether to say on every page that the data are made up. Asked once for each process that finds it so."""
    global _present
    _present = _present or DemoNotice.objects.exists()
    return _present


def put_up(kind: str, seed: int) -> None:
    """Mark the database as holding made-up data."""
    values = {"kind": kind, "seed": seed, "day": clock.today(), "made_at": clock.now()}
    DemoNotice.objects.update_or_create(pk=1, defaults=values)
