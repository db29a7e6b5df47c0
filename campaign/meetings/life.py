"""Organisational life of branches (item 39): what the rule of the floor below asks, gathered from the records."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import Max, Min, Q
from django.urls import reverse

from campaign.meetings.models import Meeting
from campaign.plan.models import Campaign, PhaseSchedule
from enterprises import remarks, rules
from enterprises.checks import Key, nightly
from enterprises.models import Organization, PartyGroup, Post
from enterprises.warnings import Warning

# Which kind of meeting mends which remark.
_REMEDIES = {
    "NO_GENERAL_MEETING": "BRANCH_GENERAL",
    "NO_COMMITTEE_MEETING": "BRANCH_COMMITTEE",
    "NO_GROUP_MEETING": "PARTY_GROUP",
    "NO_MEETING_IN_PHASE": "",
}


def _last_meetings(branches: Any) -> dict[int, dict[str, date]]:
    held = Meeting.objects.filter(organization__in=branches, state=Meeting.State.CONFIRMED).order_by()
    rows = held.values("organization").annotate(
        first=Min("held_on"),
        general=Max("held_on", filter=Q(kind="BRANCH_GENERAL")),
        committee=Max("held_on", filter=Q(kind="BRANCH_COMMITTEE")),
        group=Max("held_on", filter=Q(kind="PARTY_GROUP")),
        latest=Max("held_on"),
    )
    return {row["organization"]: row for row in rows}


def _phase_starts(today: date) -> dict[int, date]:
    """By unit, the day on which the phase that runs there today began."""
    running = PhaseSchedule.objects.filter(
        phase__campaign__state=Campaign.State.RUNNING, starts_on__lte=today, ends_on__gte=today
    ).order_by("starts_on")
    return dict(running.values_list("participation__unit", "starts_on"))


def life_of(today: date, organization_ids: list[int] | None = None) -> dict[int, list[rules.Remark]]:
    """What item 39 says about these open branches (``None``: all), in a fixed number of statements.

    A branch without any record is late with nothing but the present phase: it may just have been entered.
    """
    branches = Organization.objects.open().branches().order_by()
    if organization_ids is not None:
        branches = branches.filter(pk__in=organization_ids)
    rows = list(branches.values_list("pk", "enterprise"))
    if not rows:
        return {}
    # A page names its few branches; the nightly run asks about all of them.
    ours = [pk for pk, _unit in rows] if organization_ids is not None else branches.values("pk")
    last = _last_meetings(ours)
    starts = _phase_starts(today)
    committees = Post.objects.in_force(today).filter(scope_kind="organization", scope_id__in=ours)
    with_committee = set(committees.filter(role="COMMITTEE_MEMBER").order_by().values_list("scope_id", flat=True))
    groups = PartyGroup.objects.filter(closed_on=None, organization__in=ours)
    with_groups = set(groups.order_by().values_list("organization", flat=True))
    found: dict[int, list[rules.Remark]] = {}
    for pk, unit in rows:
        row = last.get(pk, {})
        life = rules.Life(
            since=row.get("first", today),
            has_committee=pk in with_committee,
            has_groups=pk in with_groups,
            last_general=row.get("general"),
            last_committee=row.get("committee"),
            last_group=row.get("group"),
            last_of_any_kind=row.get("latest"),
        )
        if said := rules.life_remarks(life, starts.get(unit), today):
            found[pk] = said
    return found


@nightly
def branch_life_everywhere(today: date) -> dict[Key, dict]:
    """Item 39 for the list of checks."""
    return {
        (pk, None, remark.code): remarks.plain(remark.values) for pk, said in life_of(today).items() for remark in said
    }


def warnings(organization_ids: list[int], today: date) -> dict[int, list[Warning]]:
    """Item 39 for the pages of these organisations; each leads to the form that mends it."""
    found: dict[int, list[Warning]] = defaultdict(list)
    for pk, said in life_of(today, organization_ids).items():
        for remark in said:
            kind = _REMEDIES[remark.code]
            url = f"{reverse('meetings:meeting_new')}?organization={pk}" + (f"&kind={kind}" if kind else "")
            found[pk].append(Warning(remark.code, remarks.sentence(remark.code, remark.values), url))
    return dict(found)
