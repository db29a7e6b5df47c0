"""Writing rectification plans: drafted, submitted, reviewed by the group, approved by the leading organization."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from campaign.plan.models import Campaign
from campaign.rectification import rules
from campaign.rectification.actions import prove
from campaign.rectification.models import RectificationItem, RectificationPlan
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may
from enterprises.action import ActionError, action
from enterprises.actions.permit import NotPermitted, locked, require
from enterprises.actions.submissions import earlier
from enterprises.models import Organization

State = RectificationPlan.State
GROUPS = ("GROUP_HEAD", "GROUP_MEMBER")


def may_approve(account: Any, plan: RectificationPlan) -> bool:
    """Whether the account approves it: at the leading organization, never the own one.

    For a unit whose affiliation is local this is its local committee; the enterprise only assists (item 8).
    """
    superior = plan.organization.superior
    return superior is not None and may(account, roles.CALENDAR, superior)


def may_review(account: Any, plan: RectificationPlan) -> bool:
    """Whether the account writes the review note: a supervision group that reads the organization."""
    groups = any(post.role in GROUPS for post in account.acting_posts)
    return groups and may(account, roles.READ_RECORDS, plan.organization)


@action
def draft_plan(
    *,
    by,
    campaign: Campaign,
    organization: Organization,
    title: str,
    scope: str = RectificationPlan.Scope.UNIT,
    aims: str = "",
    nothing: str = "",
    items: Iterable[RectificationItem] = (),
    submission: UUID | None = None,
) -> RectificationPlan:
    """Draft the next version. The same `submission` twice is one. Raises ``ActionError``."""
    require(by, roles.RECORD, organization)
    submission = submission or uuid4()
    existing = earlier(RectificationPlan, submission, organization=organization)
    if existing is not None:
        return existing
    versions = RectificationPlan.objects.filter(campaign=campaign, organization=organization, scope=scope)
    latest = versions.order_by("-version").first()
    if latest is not None and latest.state not in (State.APPROVED, State.REPLACED):
        raise ActionError(_("Version %(n)d is not approved yet. Change that one.") % {"n": latest.version})
    return RectificationPlan.objects.create(
        campaign=campaign,
        organization=organization,
        scope=scope,
        version=latest.version + 1 if latest else 1,
        title=title.strip(),
        aims=aims.strip(),
        nothing=nothing.strip(),
        item_ids=_ids(items, organization),
        submission=submission,
        recorded_by=by,
        recorded_at=clock.now(),
    )


@action
def change_plan(
    *,
    by,
    plan: RectificationPlan,
    title: str,
    aims: str = "",
    nothing: str = "",
    items: Iterable[RectificationItem] = (),
) -> RectificationPlan:
    """Change a version that is still on the own desk. Raises ``ActionError``."""
    require(by, roles.RECORD, plan.organization)
    plan = locked(plan)
    if not plan.may_be_changed:
        raise ActionError(_("This version is submitted. Draft a new one when it is approved."))
    plan.title, plan.aims, plan.nothing = title.strip(), aims.strip(), nothing.strip()
    plan.item_ids = _ids(items, plan.organization)
    plan.save()
    return plan


@action
def submit_plan(*, by, plan: RectificationPlan) -> RectificationPlan:
    """Send it to the leading organization: each item has an owner and a date (item 69). Raises ``ActionError``."""
    require(by, roles.RECORD, plan.organization)
    plan = locked(plan)
    if not plan.may_be_changed:
        return plan
    items = RectificationItem.objects.filter(pk__in=plan.item_ids, withdrawn_on=None)
    gaps = rules.plan_gaps((item.facts for item in items), plan.nothing)
    if rules.Gap.RESULT in gaps:
        raise ActionError(_("The plan holds no item. Choose some, or say why there is nothing to rectify."))
    if gaps:
        raise ActionError(
            _("%(n)d items lack an owner, a date or an explanation. Complete them first.") % {"n": max(gaps.values())}
        )
    plan.state, plan.submitted_on = State.SUBMITTED, clock.today()
    plan.save(update_fields=["state", "submitted_on"])
    return plan


@action
def review_plan(*, by, plan: RectificationPlan, note: str) -> RectificationPlan:
    """Write the note of the supervision group on a submitted plan (item 69). Raises ``ActionError``."""
    if by is not None and not may_review(by, plan):
        raise NotPermitted(_("Only a supervision group of this organization reviews the plan."))
    if not note.strip():
        raise ActionError(_("Write what the group says."), "note")
    plan = locked(plan)
    if plan.state != State.SUBMITTED:
        raise ActionError(_("The plan does not wait for approval now. Load the page again."))
    plan.group_note, plan.reviewed_on = note.strip(), clock.today()
    plan.save(update_fields=["group_note", "reviewed_on"])
    return plan


@action
def approve_plan(*, by, plan: RectificationPlan) -> RectificationPlan:
    """Approve it; the version before is replaced. Twice is once. Raises ``ActionError``."""
    _leading(by, plan)
    plan = locked(plan)
    if plan.state == State.APPROVED:
        return plan
    _waits(plan)
    older = RectificationPlan.objects.filter(
        campaign=plan.campaign_id, organization=plan.organization_id, scope=plan.scope, state=State.APPROVED
    )
    for version in older.select_for_update(no_key=True, of=("self",)):
        version.state = State.REPLACED
        version.save(update_fields=["state"])
    plan.state, plan.approved_on, plan.approver = State.APPROVED, clock.today(), plan.organization.superior
    plan.returned_why = ""
    plan.save(update_fields=["state", "approved_on", "approver", "returned_why"])
    prove([plan.organization_id], plan.campaign_id, "rectification_plan", "rectified", "published")
    return plan


@action
def return_plan(*, by, plan: RectificationPlan, reason: str) -> RectificationPlan:
    """Send it back with the reason. Raises ``ActionError``."""
    _leading(by, plan)
    if not reason.strip():
        raise ActionError(_("Say what is to be changed."), "reason")
    plan = locked(plan)
    _waits(plan)
    plan.state, plan.returned_why = State.RETURNED, reason.strip()
    plan.save(update_fields=["state", "returned_why"])
    return plan


def mark_plans_published(ids: Iterable[int], on: Any) -> None:
    """Plans were told to the masses on that day, or (``None``) the publication was taken back."""
    for plan in RectificationPlan.objects.filter(pk__in=list(ids)).order_by("pk"):
        if on is None or plan.published_on is None:
            plan.published_on = on
            plan.save(update_fields=["published_on"])


def _leading(by: Any, plan: RectificationPlan) -> None:
    if by is not None and not may_approve(by, plan):
        raise NotPermitted(_("The plan is approved by the leading organization."))


def _waits(plan: RectificationPlan) -> None:
    if plan.state != State.SUBMITTED:
        raise ActionError(_("The plan does not wait for approval now. Load the page again."))


def _ids(items: Iterable[RectificationItem], organization: Organization) -> list[int]:
    """The ids of the items, in the order of their priority. Raises ``ActionError`` for an item of others."""
    chosen = list(items)
    if any(item.organization_id != organization.pk for item in chosen):
        raise ActionError(_("A plan holds items of its own organization only."), "items")
    return [item.pk for item in sorted(chosen, key=lambda item: (-item.opinions, item.pk))]
