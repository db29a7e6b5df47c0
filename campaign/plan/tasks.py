"""Jobs of the plan."""

from celery import shared_task

from campaign.plan import actions


@shared_task
def start_due_campaigns() -> list[str]:
    """Every morning: campaigns whose launch date has come begin to run."""
    return actions.start_due(by=None)
