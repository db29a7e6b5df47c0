"""Step statuses from the records: one rule for one branch and for all (design section 2).

Every change leaves a dirty row for its path, so that the fold follows; a recount, which folds everything
afterwards, does without.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db import connection, transaction

from campaign.plan.models import Campaign, Obligation, OwedBy, Step
from campaign.progress import evidence
from campaign.progress.prepared import fetch_one
from enterprises import clock

FEW = 5  # organizations up to which the plan of the statement is the same whichever they are

_LIMIT = "AND o.id = ANY(%(ids)s::bigint[])"  # alone: a plan for any values cannot see through an OR

# The statuses of one obligation that are not what the records say, as they are and as they should be.
_DIFFERING = """
WITH target AS (
    SELECT s.id AS status_id, s.due_on, s.done_on AS was_done_on, s.made_up AS was_made_up,
           s.persons_due AS were_due, s.persons_done AS were_done, s.applicable AS was_applicable,
           o.id, o.enterprise_id AS unit_id, o.path, o.closed_on, o.founded_on
    FROM campaign_stepstatus s JOIN enterprises_organization o ON o.id = s.organization_id
    WHERE s.step_id = %(step)s AND o.kind = ANY(%(kinds)s) AND (o.closed_on IS NULL OR s.done_on IS NULL) {limit}
),
result AS ({result}),
assessed AS (
    SELECT t.status_id, t.path, t.was_done_on, t.was_made_up, t.were_due, t.were_done, t.was_applicable,
        CASE WHEN t.closed_on IS NULL THEN r.done_on END AS done_on,
        coalesce(r.made_up, false) AND t.closed_on IS NULL AND r.done_on IS NOT NULL AS made_up,
        coalesce(r.persons_due, 0)::int AS persons_due, coalesce(r.persons_done, 0)::int AS persons_done,
        (r.done_on IS NOT NULL AND t.closed_on IS NULL) OR NOT (
            t.closed_on IS NOT NULL
            OR coalesce(t.founded_on > t.due_on, false)
            OR (%(of_members)s AND coalesce(r.persons_due, 0) = 0)
        ) AS applicable
    FROM target t LEFT JOIN result r ON r.organization_id = t.id
),
differing AS (
    SELECT * FROM assessed a WHERE (a.done_on, a.made_up, a.persons_due, a.persons_done, a.applicable)
        IS DISTINCT FROM (a.was_done_on, a.was_made_up, a.were_due, a.were_done, a.was_applicable)
)
"""
_MEND = """UPDATE campaign_stepstatus s
    SET done_on = d.done_on, made_up = d.made_up, persons_due = d.persons_due,
        persons_done = d.persons_done, applicable = d.applicable
    FROM differing d WHERE s.id = d.status_id"""
_EVALUATE = f"""{_DIFFERING},
changed AS ({_MEND} RETURNING d.path),
marked AS (INSERT INTO campaign_dirty (path, at) SELECT path, %(now)s::timestamptz FROM changed RETURNING 1)
SELECT count(*) FROM marked
"""
# All organisations: found first, then mended, because a statement that writes is planned without knowing how few
# differ. What somebody wrote in between stands: they saw records that this reading did not.
_FIND_ALL = f"CREATE TEMPORARY TABLE differing ON COMMIT DROP AS {_DIFFERING} SELECT * FROM differing"
_MEND_ALL = f"""{_MEND} AND (s.done_on, s.made_up, s.persons_due, s.persons_done, s.applicable)
    IS NOT DISTINCT FROM (d.was_done_on, d.was_made_up, d.were_due, d.were_done, d.was_applicable)"""
_MARK_ALL = "INSERT INTO campaign_dirty (path, at) SELECT path, %(now)s FROM differing"

# Every status that is owed; what is there already with the right date is left alone. In the order of the
# indexes, which a whole campaign fills from the beginning.
_BUILD = """
WITH due AS (
    SELECT * FROM unnest(%(due_steps)s::bigint[], %(due_units)s::bigint[], %(dues)s::date[])
        AS d(step_id, unit_id, due_on)
),
owed AS (SELECT * FROM unnest(%(owed_steps)s::bigint[], %(owed_kinds)s::text[]) AS k(step_id, kind)),
missing AS (
    SELECT due.step_id, o.id, due.due_on
    FROM enterprises_organization o JOIN due ON due.unit_id = o.enterprise_id
    JOIN owed ON owed.step_id = due.step_id AND owed.kind = o.kind
    LEFT JOIN campaign_stepstatus s ON s.step_id = due.step_id AND s.organization_id = o.id
    WHERE o.closed_on IS NULL AND (%(ids)s::bigint[] IS NULL OR o.id = ANY(%(ids)s))
      AND (s.id IS NULL OR (s.due_on >= %(today)s AND s.due_on <> due.due_on))
),
written AS (
    INSERT INTO campaign_stepstatus
        (step_id, organization_id, applicable, due_on, made_up, persons_due, persons_done)
    SELECT step_id, id, true, due_on, false, 0, 0 FROM missing ORDER BY step_id, id
    ON CONFLICT (step_id, organization_id) DO UPDATE SET due_on = excluded.due_on
    WHERE campaign_stepstatus.due_on >= %(today)s AND campaign_stepstatus.due_on <> excluded.due_on
    RETURNING organization_id
),
marked AS (
    INSERT INTO campaign_dirty (path, at)
    SELECT o.path, %(now)s FROM written JOIN enterprises_organization o ON o.id = written.organization_id
    WHERE %(mark)s
)
SELECT count(*) FROM written
"""

# Organisations that no longer owe a step (moved to a unit outside, or of another kind) and had not done it.
_DROP = """
WITH gone AS (
    DELETE FROM campaign_stepstatus s USING enterprises_organization o
    WHERE o.id = s.organization_id AND s.step_id = ANY(%(steps)s) AND s.done_on IS NULL
      AND (%(ids)s::bigint[] IS NULL OR o.id = ANY(%(ids)s))
      AND (o.enterprise_id IS NULL OR o.enterprise_id <> ALL(%(units)s::bigint[]) OR (s.step_id, o.kind) NOT IN (
          SELECT * FROM unnest(%(owed_steps)s::bigint[], %(owed_kinds)s::text[])
      ))
    RETURNING o.path
),
marked AS (INSERT INTO campaign_dirty (path, at) SELECT path, %(now)s FROM gone WHERE %(mark)s)
SELECT count(*) FROM gone
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


def work_in_bulk() -> None:
    """Until the transaction ends: room for sorts of everything, and whole tables read from end to end."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '256MB'")
        cursor.execute("SET LOCAL random_page_cost = 4")


def refresh_statistics() -> None:
    """Let the planner know the statuses just built: without, it takes the table for empty and never ends."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE campaign_stepstatus")


def evaluate(step: Step, obligation: Obligation, organization_ids: list[int] | None, mark: bool = True) -> int:
    """Bring the statuses of one obligation in line with the records. Returns how many changed.

    ``mark``: leave dirty rows for the fold.
    """
    found = evidence.of(obligation)
    sql = found.sql_of_all if organization_ids is None and found.sql_of_all else found.sql
    result, parameters = sql(step, obligation)
    values = parameters | {
        "step": step.pk,
        "campaign": step.campaign_id,
        "kinds": list(obligation.org_kinds),
        "ids": organization_ids,
        "today": clock.today(),
        "now": clock.now(),
        "of_members": obligation.owed_by == OwedBy.MEMBERS,
    }
    if organization_ids is None:
        return _evaluate_everywhere(_FIND_ALL.format(result=result, limit=""), values, mark)
    statement = _EVALUATE.format(result=result, limit=_LIMIT)
    if found.planned_once and len(organization_ids) <= FEW:
        return fetch_one(statement, values)[0]
    return _count(statement, values)


@transaction.atomic
def _evaluate_everywhere(find: str, values: dict[str, Any], mark: bool) -> int:
    with connection.cursor() as cursor:
        cursor.execute(find, values)
        changed = 0
        if cursor.rowcount:
            cursor.execute(_MEND_ALL)
            changed = cursor.rowcount
            if mark:
                cursor.execute(_MARK_ALL, values)
        cursor.execute("DROP TABLE differing")
    return changed


def evaluate_all(
    campaign: Campaign,
    organization_ids: list[int] | None,
    matches: Callable[[dict], bool] = lambda evidence: True,
    mark: bool = True,
) -> int:
    """Evaluate every obligation of a campaign whose evidence ``matches``. Returns how many statuses changed."""
    return sum(
        evaluate(step, obligation, organization_ids, mark)
        for step in campaign.steps.all()
        for obligation in step.obligations
        if matches(obligation.evidence)
    )


def build(
    steps: Iterable[Step],
    due_dates: dict[int, dict[int, date]],
    organization_ids: list[int] | None,
    mark: bool = True,
) -> int:
    """Give every owing organisation its row and due date; passed due dates stay. Returns how many changed.

    ``due_dates`` holds, by step, the units whose dates are to be looked at.
    """
    steps = list(steps)
    due = [(step, unit, day) for step, by_unit in due_dates.items() for unit, day in by_unit.items()]
    values = {
        "ids": organization_ids,
        "today": clock.today(),
        "now": clock.now(),
        "mark": mark,
        **_owed(steps),
    }
    columns = zip(*due, strict=True) if due else ((), (), ())
    dues = {name: list(column) for name, column in zip(("due_steps", "due_units", "dues"), columns, strict=True)}
    return _count(_BUILD, values | dues)


def drop(steps: Iterable[Step], organization_ids: list[int] | None, units: Iterable[int], mark: bool = True) -> int:
    """Take away what is no longer owed and is not done. Returns how many statuses.

    After the evaluation: what was done by members is not done any more in an organisation outside every unit.
    """
    steps = list(steps)
    values = {"ids": organization_ids, "now": clock.now(), "mark": mark, "units": list(units)}
    return _count(_DROP, values | {"steps": [step.pk for step in steps]} | _owed(steps))


def _owed(steps: list[Step]) -> dict[str, list]:
    pairs = [(step.pk, kind) for step in steps for obligation in step.obligations for kind in obligation.org_kinds]
    return {"owed_steps": [step for step, _kind in pairs], "owed_kinds": [kind for _step, kind in pairs]}
