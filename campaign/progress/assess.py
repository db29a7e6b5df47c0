"""Step statuses from the records: one statement for one branch and for all (design section 2).

Every statement leaves a dirty row for each status it changed, so that the fold follows.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db import connection

from campaign.plan.models import Campaign, Obligation, OwedBy, Step
from campaign.progress import evidence
from enterprises import clock

_EVALUATE = """
WITH target AS (
    SELECT s.id AS status_id, s.due_on, s.done_on AS was_done_on, o.id, o.enterprise_id AS unit_id, o.path,
           o.closed_on, o.founded_on
    FROM campaign_stepstatus s JOIN enterprises_organization o ON o.id = s.organization_id
    WHERE s.step_id = %(step)s AND o.kind = ANY(%(kinds)s) AND (%(ids)s::bigint[] IS NULL OR o.id = ANY(%(ids)s))
      AND (o.closed_on IS NULL OR s.done_on IS NULL)
),
result AS ({result}),
assessed AS (
    SELECT t.status_id, t.path,
        CASE WHEN t.closed_on IS NULL THEN r.done_on END AS done_on,
        coalesce(r.made_up, false) AND t.closed_on IS NULL AND r.done_on IS NOT NULL AS made_up,
        coalesce(r.persons_due, 0) AS persons_due, coalesce(r.persons_done, 0) AS persons_done,
        (r.done_on IS NOT NULL AND t.closed_on IS NULL) OR NOT (
            t.closed_on IS NOT NULL
            OR coalesce(t.founded_on > t.due_on, false)
            OR (%(of_members)s AND coalesce(r.persons_due, 0) = 0)
        ) AS applicable
    FROM target t LEFT JOIN result r ON r.organization_id = t.id
),
changed AS (
    UPDATE campaign_stepstatus s
    SET done_on = a.done_on, made_up = a.made_up, persons_due = a.persons_due,
        persons_done = a.persons_done, applicable = a.applicable
    FROM assessed a
    WHERE s.id = a.status_id AND (s.done_on, s.made_up, s.persons_due, s.persons_done, s.applicable)
        IS DISTINCT FROM (a.done_on, a.made_up, a.persons_due, a.persons_done, a.applicable)
    RETURNING a.path
),
marked AS (INSERT INTO campaign_dirty (path, at) SELECT path, %(now)s FROM changed RETURNING 1)
SELECT count(*) FROM marked
"""

_BUILD = """
WITH due AS (SELECT * FROM unnest(%(units)s::bigint[], %(dues)s::date[]) AS d(unit_id, due_on)),
written AS (
    INSERT INTO campaign_stepstatus
        (step_id, organization_id, applicable, due_on, made_up, persons_due, persons_done)
    SELECT %(step)s, o.id, true, due.due_on, false, 0, 0
    FROM enterprises_organization o JOIN due ON due.unit_id = o.enterprise_id
    WHERE o.kind = ANY(%(kinds)s) AND o.closed_on IS NULL
      AND (%(ids)s::bigint[] IS NULL OR o.id = ANY(%(ids)s))
    ON CONFLICT (step_id, organization_id) DO UPDATE SET due_on = excluded.due_on
    WHERE campaign_stepstatus.due_on >= %(today)s AND campaign_stepstatus.due_on <> excluded.due_on
    RETURNING organization_id
),
marked AS (
    INSERT INTO campaign_dirty (path, at)
    SELECT o.path, %(now)s FROM written JOIN enterprises_organization o ON o.id = written.organization_id
    RETURNING 1
)
SELECT count(*) FROM marked
"""

# Organisations that no longer owe the step (moved to a unit outside, or of another kind) and had not done it.
_DROP = """
WITH gone AS (
    DELETE FROM campaign_stepstatus s USING enterprises_organization o
    WHERE o.id = s.organization_id AND s.step_id = %(step)s AND s.done_on IS NULL
      AND (%(ids)s::bigint[] IS NULL OR o.id = ANY(%(ids)s))
      AND (o.kind <> ALL(%(all_kinds)s) OR o.enterprise_id IS NULL OR o.enterprise_id <> ALL(%(units)s::bigint[]))
    RETURNING o.path
),
marked AS (INSERT INTO campaign_dirty (path, at) SELECT path, %(now)s FROM gone RETURNING 1)
SELECT count(*) FROM marked
"""


def _count(sql: str, values: dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]


def lock(organization_ids: list[int]) -> None:
    """Let one transaction at a time assess an organisation: what is counted next must see the other's rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM enterprises_organization WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE",
            [organization_ids],
        )


def refresh_statistics() -> None:
    """Let the planner know the statuses just built: without, it takes the table for empty and never ends."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE campaign_stepstatus")


def evaluate(step: Step, obligation: Obligation, organization_ids: list[int] | None) -> int:
    """Bring the statuses of one obligation in line with the records. Returns how many changed."""
    result, parameters = evidence.of(obligation).sql(step, obligation)
    values = parameters | {
        "step": step.pk,
        "campaign": step.campaign_id,
        "kinds": list(obligation.org_kinds),
        "ids": organization_ids,
        "today": clock.today(),
        "now": clock.now(),
        "of_members": obligation.owed_by == OwedBy.MEMBERS,
    }
    return _count(_EVALUATE.replace("{result}", result), values)


def evaluate_all(
    campaign: Campaign,
    organization_ids: list[int] | None,
    matches: Callable[[dict], bool] = lambda evidence: True,
) -> int:
    """Evaluate every obligation of a campaign whose evidence ``matches``. Returns how many statuses changed."""
    return sum(
        evaluate(step, obligation, organization_ids)
        for step in campaign.steps.all()
        for obligation in step.obligations
        if matches(obligation.evidence)
    )


def build(step: Step, due_by_unit: dict[int, date], organization_ids: list[int] | None, units: Iterable[int]) -> int:
    """Give every owing organisation its row and due date; passed due dates stay. Returns how many changed.

    ``due_by_unit`` holds the units whose dates are to be looked at, ``units`` all that take part.
    """
    kinds = [kind for obligation in step.obligations for kind in obligation.org_kinds]
    values = {
        "step": step.pk,
        "ids": organization_ids,
        "today": clock.today(),
        "now": clock.now(),
        "dues": list(due_by_unit.values()),
        "kinds": kinds,
    }
    written = _count(_BUILD, values | {"units": list(due_by_unit)})
    return written + _count(_DROP, values | {"units": list(units), "all_kinds": kinds})
