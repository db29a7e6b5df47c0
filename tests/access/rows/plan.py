"""Who opens campaigns and calendars."""

from campaign.plan.models import BusinessPeak
from tests.access.table import Row, everybody, only
from tests.plan.launched import LAUNCH, part, second_batch

# Everybody with a post at or above unit E01-A sees its calendar; who leads it may change it.
SEE = (
    "office", "enterprise_office", "committee_secretary", "branch_secretary", "group_leader", "member", "auditor",
    "administrator", "supervision_group", "other_secretary",
)  # fmt: skip
KEEP = ("office", "enterprise_office", "committee_secretary")
READ_ONLY = dict.fromkeys((name for name in SEE if name not in KEEP), 403)
CAMPAIGN_KEEPERS = ("office", "administrator")


def _campaign(cast) -> dict:
    return {"code": second_batch().code}


def _unit(cast) -> dict:
    return {"pk": part(second_batch(), "E01-A").pk}


def _assisted(cast) -> dict:
    return {"pk": part(second_batch(), "E01-C").pk}


def _peak(cast) -> dict:
    found = part(second_batch(), "E01-A")
    peak = BusinessPeak.objects.create(unit=found.unit, starts_on=LAUNCH, ends_on=LAUNCH)
    return {"pk": found.pk, "peak": peak.pk}


def _peak_dates(cast) -> dict:
    return {"peak-starts_on": "2026-08-01", "peak-ends_on": "2026-08-02"}


def _own_guidance(cast) -> dict:
    return {"reason": "（示例）", "class_hours_FRONT_LINE": "10"}


def _keepers_only(status: int = 200) -> dict[str, int]:
    return everybody(403) | dict.fromkeys(CAMPAIGN_KEEPERS, status)


ROWS = [
    Row("plan:campaign_list", everybody()),
    Row("plan:campaign", everybody(), kwargs=_campaign),
    Row("plan:starting", everybody(), kwargs=_campaign),
    Row("plan:choose", everybody(302), kwargs=_campaign, method="post"),
    Row("plan:launch", _keepers_only()),
    Row("plan:launch", _keepers_only(), method="post"),
    Row("plan:calendar", everybody()),
    Row("plan:guidance", everybody(), kwargs=_campaign),
    Row("plan:own_guidance", everybody()),
    Row("plan:in_step", only(*CAMPAIGN_KEEPERS)),
    Row("plan:unit_guidance", only(*SEE), kwargs=_unit),
    # whoever leads the unit asks otherwise there; an enterprise only assists a local unit (item 8)
    Row("plan:change_guidance", only(*KEEP) | READ_ONLY, kwargs=_unit),
    Row("plan:change_guidance", only(*KEEP) | READ_ONLY, kwargs=_unit, method="post", data=_own_guidance),
    Row(
        "plan:change_guidance",
        only("local_liaison") | dict.fromkeys(("office", "enterprise_office", "auditor", "administrator"), 403),
        kwargs=_assisted,
    ),
    Row("plan:unit_calendar", only(*SEE), kwargs=_unit),
    Row(
        "plan:unit_calendar",
        only("office", "enterprise_office", "auditor", "administrator", "local_liaison"),
        kwargs=_assisted,
    ),
    # the administrator keeps campaigns and so may note a central extension
    Row("plan:change", only(*KEEP) | READ_ONLY | {"administrator": 200}, kwargs=_unit),
    Row(
        "plan:change",
        only("office", "administrator", "local_liaison") | {"enterprise_office": 403, "auditor": 403},
        kwargs=_assisted,
    ),
    Row("plan:change", only(*KEEP) | READ_ONLY | {"administrator": 200}, kwargs=_unit, method="post"),
    Row("plan:undo", only(*KEEP) | READ_ONLY | {"administrator": 200}, kwargs=_unit),
    Row("plan:peak_add", only(*KEEP, status=302) | READ_ONLY, kwargs=_unit, method="post", data=_peak_dates),
    Row("plan:peak_remove", only(*KEEP, status=302) | READ_ONLY, kwargs=_peak, method="post"),
]
