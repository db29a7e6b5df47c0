"""A campaign over the cast on a fixed day, folded, with a client that signs in."""

from datetime import date

import pytest

from campaign.filings.models import Filing
from campaign.progress import actions
from enterprises import clock
from tests.progress.campaigns import launch

TODAY = date(2026, 8, 25)


@pytest.fixture
def campaign(cast):
    """The cast's campaign on ``TODAY``: reports were due on 21 August, analyses are due on 10 September."""
    with clock.fixed(TODAY):
        campaign = launch()
        actions.fold()
        yield campaign


@pytest.fixture
def sign_in(client, cast):
    """Sign in as one of the cast by name; returns the client."""

    def sign(name: str):
        client.force_login(cast.account[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign


@pytest.fixture
def file(campaign):
    """File a document for an organisation on a day, and fold."""

    def filed(organization, kind: str, day: date, member=None) -> None:
        Filing.objects.create(
            campaign=campaign,
            organization=organization,
            kind=kind,
            filed_on=day,
            member=member,
            recorded_at=clock.now(),
        )
        actions.assess([organization.pk], campaign.pk)
        actions.fold()

    return filed
