"""The demo of ``up --demo``: twelve invented groups in the middle of a campaign."""

from dataclasses import dataclass
from random import Random

from django.db import connection, transaction

from campaign.demo import (
    appraisal,
    build,
    gates,
    improving,
    lasting,
    lately,
    launching,
    leadership,
    membership,
    notice,
    opinions,
    phase_one,
    signins,
    supporting,
    survey,
)
from campaign.demo.models import DemoNotice
from campaign.demo.seeds import DEMO
from campaign.demo.trees import write_units
from campaign.progress.actions import fold, recount
from enterprises import clock
from enterprises.actions.checks import run_checks
from enterprises.models import Organization

SEED = 2005
MEMBERS = 5000


class NotEmpty(Exception):
    """The database holds organisations that are not the demo's."""


@dataclass(frozen=True)
class Loaded:
    """What is there now: whether it was loaded this time, and the rows written then, by table."""

    fresh: bool
    rows: dict[str, int]


def load() -> Loaded:
    """Load the demo into an empty database; where it is already, change nothing. Raises ``NotEmpty``."""
    if DemoNotice.objects.filter(kind=DemoNotice.Kind.DEMO).exists():
        return Loaded(False, {})
    if Organization.objects.exists():
        raise NotEmpty
    with transaction.atomic():
        rows = _write()
        notice.put_up(DemoNotice.Kind.DEMO, SEED)
    return Loaded(True, rows)


def _write() -> dict[str, int]:
    today, random = clock.today(), Random(SEED)
    forest = build.grow(list(DEMO), MEMBERS, today, random)
    write_units(forest, today)
    campaigns = launching.launch(today)
    rows = build.fill(forest, campaigns, today, random)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    recount()
    lately.happen(forest, today)
    gates.stand(campaigns[0], today)
    branch = signins.chosen_branch(forest)
    lately.study(campaigns[0], branch, today)
    survey.happen(campaigns[0], today)
    improving.improve(campaigns[0], branch, today)
    phase_one.happen(campaigns, branch, today)
    appraisal.happen(campaigns[0], branch, today)
    opinions.collect(campaigns[0], branch, today)
    leadership.lead(campaigns[0], branch, today)
    supporting.happen(branch, today)
    membership.gain(campaigns[0], branch, today)
    lasting.last(campaigns[0], today)
    fold()
    run_checks(by=None)
    supporting.dismiss(branch)
    signins.create(forest, branch)
    appraisal.remark(campaigns[0])
    return rows
