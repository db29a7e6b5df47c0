"""The fold every second, and the nightly check that nothing has drifted."""

import logging

from celery import shared_task

from campaign.progress import actions

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def fold_progress() -> int:
    """Fold pending changes; skip when another fold is at work."""
    return actions.fold(wait=False)


@shared_task
def check_progress() -> dict[str, int]:
    """Recount from the records and report what differs; mends it when anything does."""
    found = actions.recount_check()
    if any(found.values()):
        logger.error("progress differed from the records: %s", found)
        actions.recount()
    return found
