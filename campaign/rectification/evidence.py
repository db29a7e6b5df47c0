"""What rectification proves (items 68-73), and the conditions of gates that ask for it.

* ``rectification_plan``: a plan approved by the leading organization; its first version counts.
* ``rectified``: everything that falls due by the step's own due day is done, or explained where conditions are
  lacking; and there is at least one item, or an approved statement that there is nothing to rectify.
* ``published``: the masses were told of it on or after the day on which all that was settled.

Items that fall due later hold nothing up, whatever the day it is read.
"""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaign.plan.models import Obligation, OwedBy, Participation, Step
from campaign.progress import publications
from campaign.progress.evidence import Reason, register
from campaign.progress.gates import Check, register_condition
from campaign.progress.outcomes import Outcome, register_outcome
from campaign.progress.publications import Desk, Publishable, Subject
from campaign.progress.record_pages import listed
from campaign.rectification import rules
from campaign.rectification.actions import mark_published
from campaign.rectification.models import Feasibility, RectificationItem, RectificationPlan
from campaign.rectification.plan_actions import mark_plans_published
from campaign.rectification.wording import standing
from enterprises import clock
from enterprises.models import Organization

APPROVED = (RectificationPlan.State.APPROVED, RectificationPlan.State.REPLACED)

PLAN_SQL = """
SELECT p.organization_id, min(p.approved_on) AS done_on, false AS made_up, 0 AS persons_due, 0 AS persons_done
FROM target t JOIN campaign_rectificationplan p ON p.organization_id = t.id
WHERE p.campaign_id = %(campaign)s AND p.scope = %(scope)s AND p.state IN ('APPROVED', 'REPLACED')
GROUP BY p.organization_id
"""
# Per organization: since when everything that is due by the step's day is settled. Needs target.due_on.
_SETTLED = """
    SELECT t.id AS organization_id,
        CASE WHEN bool_and(CASE
            WHEN i.feasibility = 'LACKING' THEN i.explained_on IS NOT NULL
            WHEN i.due_on > t.due_on THEN true
            ELSE i.done_on IS NOT NULL END)
        THEN max(CASE
            WHEN i.feasibility = 'LACKING' THEN i.explained_on
            WHEN i.due_on > t.due_on THEN i.raised_on
            ELSE i.done_on END) END AS done_on
    FROM target t JOIN campaign_rectificationitem i ON i.organization_id = t.id
    WHERE i.campaign_id = %(campaign)s AND i.withdrawn_on IS NULL
    GROUP BY t.id
  UNION ALL
    SELECT t.id, min(p.approved_on)
    FROM target t JOIN campaign_rectificationplan p ON p.organization_id = t.id
    WHERE p.campaign_id = %(campaign)s AND p.scope = 'UNIT' AND p.state = 'APPROVED' AND p.nothing <> ''
      AND NOT EXISTS (
        SELECT 1 FROM campaign_rectificationitem i
        WHERE i.organization_id = t.id AND i.campaign_id = %(campaign)s AND i.withdrawn_on IS NULL
      )
    GROUP BY t.id
"""
RECTIFIED_SQL = f"""
WITH settled AS ({_SETTLED})
SELECT organization_id, done_on, false AS made_up, 0 AS persons_due, 0 AS persons_done FROM settled
"""
PUBLISHED_SQL = f"""
WITH settled AS ({_SETTLED})
SELECT s.organization_id, min(p.since) AS done_on, false AS made_up, 0 AS persons_due, 0 AS persons_done
FROM settled s JOIN campaign_publication p ON p.organization_id = s.organization_id
WHERE p.campaign_id = %(campaign)s AND p.subject = 'RECTIFICATION' AND p.withdrawn_on IS NULL
  AND p.since >= s.done_on
GROUP BY s.organization_id
"""


def plan_sql(step: Step, obligation: Obligation) -> tuple[str, dict[str, Any]]:
    """The statement for approved plans: the leading team's own where the team owes the step."""
    team = obligation.owed_by == OwedBy.TEAM
    return PLAN_SQL, {"scope": RectificationPlan.Scope.TEAM.value if team else RectificationPlan.Scope.UNIT.value}


def rectified_sql(step: Step, obligation: Obligation) -> tuple[str, dict[str, Any]]:
    """The statement for settled items."""
    return RECTIFIED_SQL, {}


def published_sql(step: Step, obligation: Obligation) -> tuple[str, dict[str, Any]]:
    """The statement for publications after everything was settled."""
    return PUBLISHED_SQL, {}


def _plans(step: Step, organization: Organization):
    return RectificationPlan.objects.filter(campaign=step.campaign_id, organization=organization)


def _items(step: Step, organization: Organization):
    return RectificationItem.objects.standing().filter(campaign=step.campaign_id, organization=organization)


def explain_plan(step: Step, obligation: Obligation, organization: Organization) -> list[Reason]:
    """Each version of the plan and where it stands."""
    url = listed("rectification:plan_list", organization)
    reasons = [
        Reason(
            _("Version %(n)d: %(state)s.") % {"n": plan.version, "state": plan.get_state_display()},
            url,
        )
        for plan in _plans(step, organization).order_by("version")
    ]
    return reasons or [Reason(_("No plan has been drafted yet."), url)]


def explain_rectified(step: Step, obligation: Obligation, organization: Organization) -> list[Reason]:
    """Each item and how it stands; or the statement that there is nothing to rectify."""
    url = listed("rectification:item_list", organization)
    today = clock.today()
    reasons = [
        Reason(_("%(title)s: %(state)s.") % {"title": item.title, "state": standing(item, today)[1]}, url)
        for item in _items(step, organization)
    ]
    if reasons:
        return reasons
    stated = _plans(step, organization).filter(state=RectificationPlan.State.APPROVED).exclude(nothing="").first()
    if stated is not None:
        return [Reason(_("Nothing to rectify, as stated: %(why)s") % {"why": stated.nothing}, url)]
    return [Reason(_("No item has been raised yet, and no plan states that there is nothing to rectify."), url)]


def explain_published(step: Step, obligation: Obligation, organization: Organization) -> list[Reason]:
    """What was published, and what still waits."""
    url = listed("publicity:publication_list", organization)
    waits = _items(step, organization).filter(state=rules.DONE).count()
    told = _items(step, organization).filter(state=rules.PUBLISHED)
    reasons = [
        Reason(_("Published: %(title)s, %(day)s.") % {"title": i.title, "day": date_format(i.published_on)}, url)
        for i in told
    ]
    if waits:
        words = ngettext("%(n)d rectified item is not published.", "%(n)d rectified items are not published.", waits)
        reasons.append(Reason(words % {"n": waits}, url))
    return reasons or [Reason(_("Nothing has been published yet."), url)]


register("rectification_plan", sql=plan_sql, explain=explain_plan)
register("rectified", sql=rectified_sql, explain=explain_rectified)
register(publications.EVIDENCE, sql=published_sql, explain=explain_published)


# Conditions of gates: of the unit's own organizations that owe the step, from the records.


def _owing(participation: Participation, kind: str) -> dict[int, str]:
    """The open organizations of the unit that owe a step proved in that way: names by id."""
    kinds = {
        org_kind
        for step in participation.campaign.steps.all()
        for obligation in step.obligations
        if obligation.evidence["kind"] == kind
        for org_kind in obligation.org_kinds
    }
    rows = Organization.objects.open().filter(enterprise=participation.unit_id, kind__in=kinds)
    return dict(rows.order_by("path").values_list("pk", "name"))


def _address(participation: Participation, url_name: str) -> str:
    leading = participation.unit.leading_organization
    return listed(url_name, leading) if leading else ""


def _named(names: list[str]) -> str:
    return _(", ").join(names[:5]) + (_(" and others") if len(names) > 5 else "")


def plan_condition(participation: Participation, stage: str) -> Check:
    """Whether every organization of the unit that owes a plan has an approved one (item 69)."""
    owing = _owing(participation, "rectification_plan")
    approved = RectificationPlan.objects.filter(
        campaign=participation.campaign_id, organization__in=owing, state__in=APPROVED
    )
    have = set(approved.values_list("organization", flat=True))
    missing = [name for pk, name in owing.items() if pk not in have]
    url = _address(participation, "rectification:plan_list")
    if missing:
        return Check(False, _("No approved plan: %(names)s.") % {"names": _named(missing)}, url)
    return Check(True, _("Every plan is approved."), url)


def items_condition(participation: Participation, stage: str) -> Check:
    """Whether everything due by today is done or explained (items 68, 72)."""
    today = clock.today()
    items = RectificationItem.objects.filter(
        campaign=participation.campaign_id, organization__enterprise=participation.unit_id
    )
    left = items.overdue(today).count() + items.open().filter(due_on=None).count()
    url = _address(participation, "rectification:item_list")
    if left:
        words = ngettext("%(n)d item is overdue or has no date.", "%(n)d items are overdue or have no date.", left)
        return Check(False, words % {"n": left}, url)
    owing = _owing(participation, "rectified")
    have = set(items.standing().values_list("organization", flat=True))
    stated = RectificationPlan.objects.filter(campaign=participation.campaign_id, organization__in=owing)
    have |= set(stated.filter(state="APPROVED").exclude(nothing="").values_list("organization", flat=True))
    missing = [name for pk, name in owing.items() if pk not in have]
    if missing:
        return Check(False, _("Neither items nor a statement: %(names)s.") % {"names": _named(missing)}, url)
    return Check(True, _("All that is due is done or explained."), url)


def published_condition(participation: Participation, stage: str) -> Check:
    """Whether the masses were told of everything that is done (item 71)."""
    items = RectificationItem.objects.filter(
        campaign=participation.campaign_id, organization__enterprise=participation.unit_id
    )
    waits = items.unpublished().count()
    url = _address(participation, "publicity:publication_list")
    if waits:
        words = ngettext("%(n)d rectified item is not published.", "%(n)d rectified items are not published.", waits)
        return Check(False, words % {"n": waits}, url)
    if not items.standing().filter(state=rules.PUBLISHED).exists():
        return Check(False, _("Nothing has been published yet."), url)
    return Check(True, _("Everything rectified is published."), url)


register_condition("plan", plan_condition)
register_condition("items", items_condition)
register_condition("published", published_condition)


# What the register of publications and the opinions' timeline ask of this room.


def _item_for_all(item: RectificationItem) -> Publishable:
    lacking = item.feasibility == Feasibility.LACKING and item.state not in rules.CLOSED
    return Publishable(
        pk=item.pk,
        title=item.title,
        on=(item.explained_on if lacking else item.done_on) or item.raised_on,
        state=str(item.get_feasibility_display() if lacking else item.get_state_display()),
        department=item.public_owner,
        result=item.explanation if lacking else item.done,
        published_on=item.published_on,
    )


def ready_items(organization_id: int) -> list[Publishable]:
    """Items that may be told to the masses: those done, and those that wait for conditions (explained)."""
    items = RectificationItem.objects.standing().filter(organization=organization_id)
    closed = items.filter(state__in=rules.CLOSED) | items.filter(feasibility=Feasibility.LACKING)
    return [_item_for_all(item) for item in closed]


def shown_items(ids) -> list[Publishable]:
    """Items as the public may read them; withdrawn and reopened ones no longer."""
    items = RectificationItem.objects.standing().filter(pk__in=list(ids))
    closed = items.filter(state__in=rules.CLOSED) | items.filter(feasibility=Feasibility.LACKING)
    return [_item_for_all(item) for item in closed]


def _plan_for_all(plan: RectificationPlan) -> Publishable:
    words = _("version %(n)d, approved by %(name)s") % {"n": plan.version, "name": plan.approver or "—"}
    return Publishable(plan.pk, plan.title, plan.approved_on, words, result=plan.aims, published_on=plan.published_on)


def ready_plans(organization_id: int) -> list[Publishable]:
    """Approved plans."""
    plans = RectificationPlan.objects.filter(organization=organization_id, state=RectificationPlan.State.APPROVED)
    return [_plan_for_all(plan) for plan in plans.select_related("approver")]


def shown_plans(ids) -> list[Publishable]:
    """Approved plans as the public may read them."""
    plans = RectificationPlan.objects.filter(pk__in=list(ids), state__in=APPROVED)
    return [_plan_for_all(plan) for plan in plans.select_related("approver")]


publications.register_desk(Subject.RECTIFICATION, Desk(ready_items, shown_items, mark_published))
publications.register_desk(Subject.PLAN, Desk(ready_plans, shown_plans, mark_plans_published))


@register_outcome
def outcomes(opinion_item_ids: list[int]) -> dict[int, list[Outcome]]:
    """What became of opinions: raised as an item, rectified, published. No names of persons."""
    found: dict[int, list[Outcome]] = {}
    for item in RectificationItem.objects.standing().filter(opinion_item_id__in=opinion_item_ids).order_by("pk"):
        lines = found.setdefault(item.opinion_item_id, [])
        lines.append(Outcome(_("Taken up for rectification: %(title)s") % {"title": item.title}, item.raised_on))
        if item.explained_on:
            words = _("Conditions are lacking for now: %(why)s") % {"why": item.explanation}
            lines.append(Outcome(words, item.explained_on))
        if item.done_on:
            lines.append(Outcome(_("Rectified: %(what)s") % {"what": item.done}, item.done_on))
        if item.published_on:
            lines.append(Outcome(_("Published to the masses"), item.published_on))
    return found
