"""Which category is suggested for an opinion: the trained model of each unit, kept in the cache.

A model learns from a shipped sheet of invented examples and from what the unit itself has sorted. It is
trained by a worker when first asked for, and anew once an hour while people sort; until it is there, nothing
is suggested and sorting goes on.
"""

import json
import logging
import time
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from django.core.cache import cache

from campaign.opinions.categories import categories_of
from campaign.opinions.classifier import Model, train
from campaign.opinions.models import Opinion
from campaign.plan.models import Campaign

SAMPLES = Path(__file__).with_name("samples.tsv")
OWN = 2000  # of the unit's latest sorted opinions
KEPT = 86_400  # seconds
FRESH = 3_600  # seconds until it is trained anew
PATIENCE = 120  # seconds before the worker is asked again

log = logging.getLogger(__name__)


def samples() -> Iterator[tuple[str, str]]:
    """The shipped examples: text and category."""
    for line in SAMPLES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, _tab, text = line.partition("\t")
            yield text, code


def learn(campaign: Campaign, unit_id: int) -> Model | None:
    """Train the model of a unit and keep it. Runs in a worker."""
    known = categories_of(campaign)
    own = Opinion.objects.filter(
        campaign=campaign, organization__enterprise=unit_id, state__in=[Opinion.State.SORTED, Opinion.State.MERGED]
    )
    latest = list(own.order_by("-pk").values_list("text", "category")[:OWN])
    model = train(pair for pair in (*samples(), *latest) if pair[1] in known)
    kept = {"at": time.time(), "model": model.as_json() if model else None}
    cache.set(_key(campaign.pk, unit_id), json.dumps(kept, ensure_ascii=False), KEPT)
    return model


def model_of(campaign: Campaign, unit_id: int | None) -> Model | None:
    """The model of a unit, where it has been trained; asks the worker for it where not, or where it is old."""
    if unit_id is None:
        return None
    kept = cache.get(_key(campaign.pk, unit_id))
    told = _read(kept) if kept else None
    if told is None or time.time() - told[0] > FRESH:
        _ask(campaign.pk, unit_id)
    return told[1] if told else None


@lru_cache(maxsize=4)
def _read(kept: str) -> tuple[float, Model | None]:
    told = json.loads(kept)
    return told["at"], Model.from_json(told["model"]) if told["model"] else None


def _key(campaign_id: int, unit_id: int) -> str:
    return f"opinions:model:{campaign_id}:{unit_id}"


def _ask(campaign_id: int, unit_id: int) -> None:
    from campaign.opinions.tasks import train_suggestions

    if not cache.add(f"opinions:asked:{campaign_id}:{unit_id}", 1, PATIENCE):
        return
    try:
        train_suggestions.delay(campaign_id, unit_id)
    except train_suggestions.OperationalError:  # the broker is away: sorting goes on without suggestions
        log.warning("no worker could be asked for suggestions")
