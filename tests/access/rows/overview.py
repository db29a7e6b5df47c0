"""The dashboards."""

from typing import Any

from campaign.models import Campaign
from tests.access.table import Row, everybody, only
from tests.cast import Cast
from tests.records import launch

EVERYWHERE = ("office", "auditor", "administrator")
CHAIN = (*EVERYWHERE, "enterprise_office", "committee_secretary", "supervision_group")
READERS = ("office", "enterprise_office", "committee_secretary", "supervision_group")  # of records
OF_BRANCH = (*CHAIN, "branch_secretary", "group_leader", "member")
OF_LOCALITY = (*EVERYWHERE, "enterprise_office", "local_liaison")


def committee(cast: Cast) -> dict[str, Any]:
    return {"pk": cast.org["A"].pk}


def branch(cast: Cast) -> dict[str, Any]:
    return {"pk": cast.org["B2"].pk}


def assisted(cast: Cast) -> dict[str, Any]:
    return {"pk": cast.org["C"].pk}


def step(cast: Cast) -> dict[str, Any]:
    campaign: Campaign = launch()
    return branch(cast) | {"campaign": campaign.code, "step": campaign.steps.first().code}


ROWS = [
    Row("overview:home", everybody(302)),
    Row("overview:me", everybody()),
    Row("overview:units", everybody()),
    Row("overview:week", only("branch_secretary", "group_leader", "other_secretary")),
    Row("overview:week_more", only("branch_secretary", "group_leader", "other_secretary")),
    Row("overview:country", only(*EVERYWHERE)),
    Row("overview:country_export", only(*EVERYWHERE)),
    Row("overview:country_headline", only("office")),
    Row("overview:country_stuck", only(*EVERYWHERE)),
    Row("overview:node", only(*CHAIN), kwargs=committee),
    Row("overview:node", only(*OF_BRANCH), kwargs=branch),
    Row("overview:node", only(*OF_LOCALITY), kwargs=assisted),
    Row("overview:node_export", only(*CHAIN), kwargs=committee),
    Row("overview:node_headline", only(*READERS), kwargs=committee),
    Row("overview:node_headline", only("office", "enterprise_office", "local_liaison"), kwargs=assisted),
    Row("overview:node_stuck", only(*CHAIN), kwargs=committee),
    Row("overview:node_stuck", only(*OF_LOCALITY), kwargs=assisted),
    Row("overview:step", only(*OF_BRANCH), kwargs=step),
]
