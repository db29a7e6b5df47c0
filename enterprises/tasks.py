"""Jobs of this floor: each loads nothing and calls one action. Times are in ``config/celery.py``."""

from celery import shared_task

from enterprises.actions.checks import run_checks
from enterprises.actions.members import take_due_transfers


@shared_task
def take_transfers() -> int:
    """Just after midnight: transfers whose day has come take effect."""
    return take_due_transfers(by=None)


@shared_task
def nightly_checks() -> dict[str, int]:
    """Before the working day: size, term, vacancy and coverage of every organisation and unit."""
    return run_checks(by=None)
