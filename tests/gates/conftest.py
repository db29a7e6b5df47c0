"""A unit of the cast in the second batch, and the people around it."""

from collections.abc import Callable

import pytest
from django.test import Client

from campaign.plan.models import Campaign, Participation
from campaign.progress import gates
from campaign.progress.gates import Check
from enterprises import clock
from tests.plan.launched import LAUNCH, part, second_batch
from tests.plan.pages import client


@pytest.fixture
def campaign(cast):
    with clock.fixed(LAUNCH):
        yield second_batch()


@pytest.fixture
def unit(campaign) -> Participation:
    """Subsidiary A: asked for by its committee secretary, passed by the office of its headquarters."""
    return part(campaign, "E01-A")


@pytest.fixture
def sign_in(cast) -> Callable[[str], Client]:
    return lambda name: client(cast, name)


@pytest.fixture
def room_says(monkeypatch) -> Callable[..., None]:
    """Stands in for the rooms: no check is registered but those a test says, so that the tests of gates hold
    whatever rooms there are."""
    checks: dict = {}
    monkeypatch.setattr(gates, "_REGISTERED", checks)

    def say(code: str, met: bool, text: str = "（示例）") -> None:
        checks[code] = lambda participation, stage: Check(met, text)

    return say


@pytest.fixture
def stand_at() -> Callable[[Participation, str], Participation]:
    """Puts a unit at a stage, as if it had passed the gates before."""

    def put(participation: Participation, stage: str) -> Participation:
        Participation.objects.filter(pk=participation.pk).update(state=stage)
        participation.refresh_from_db()
        return participation

    return put


def gates_of(campaign: Campaign) -> list[dict]:
    """The gates of a campaign by its definition."""
    return campaign.data["gates"]
