"""Jobs of opinions."""

from celery import shared_task

from campaign.opinions.suggestions import learn
from campaign.plan.models import Campaign


@shared_task
def train_suggestions(campaign_id: int, unit_id: int) -> None:
    """Train the model that suggests categories to a unit."""
    learn(Campaign.objects.select_related("definition").get(pk=campaign_id), unit_id)
