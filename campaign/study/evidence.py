"""What study proves: every member who owes class hours has them (items 33, 48, 54).

Hours come from confirmed study meetings at which the member was due and either there or made up for it.
They follow the member: also from former branches, from where the member takes part in study, and from
named lists. Sessions with the same list of those due are added up before the list is unfolded.
"""

from typing import Any

from django.utils.translation import gettext as _

from campaign.plan.kinds import MEETING_KINDS
from campaign.plan.models import Obligation, Step
from campaign.progress.evidence import Reason, register
from campaign.progress.owing import OWING, asked
from enterprises.models import Organization

_COUNTS = """m.campaign_id = %(campaign)s AND m.kind = ANY(%(meeting_kinds)s)
      AND m.state = 'CONFIRMED' AND m.class_hours > 0"""
_COLUMNS = "m.id, m.held_on, m.class_hours, m.due_ids"
# Named lists are looked up member by member for some organisations (`ids`), and read whole for all of them
# (`ids` is null). Both are constants to the planner, so the half that does not apply is not planned at all.
SQL = f"""
WITH owing AS ({OWING}),
places AS (
    SELECT id FROM target
    UNION SELECT ms.organization_id FROM owing JOIN enterprises_membership ms ON ms.member_id = owing.id
    UNION SELECT p.study_branch_id FROM owing JOIN enterprises_member p ON p.id = owing.id
    WHERE p.study_branch_id IS NOT NULL
),
sessions AS (
    SELECT {_COLUMNS} FROM places JOIN campaign_meeting m ON m.organization_id = places.id
    WHERE m.due = 'BRANCH' AND {_COUNTS}
  UNION ALL
    SELECT DISTINCT {_COLUMNS} FROM owing JOIN campaign_meeting m ON m.due_ids @> ARRAY[owing.id]
    WHERE m.due <> 'BRANCH' AND {_COUNTS} AND %(ids)s::bigint[] IS NOT NULL
  UNION ALL
    SELECT {_COLUMNS} FROM campaign_meeting m
    WHERE m.due <> 'BRANCH' AND {_COUNTS} AND %(ids)s::bigint[] IS NULL
),
gaps AS (
    SELECT a.member_id, s.id AS session_id, s.class_hours, lesson.held_on AS made_up_on
    FROM sessions s JOIN campaign_absence a ON a.meeting_id = s.id
    LEFT JOIN campaign_makeuplesson lesson ON lesson.absence_id = a.id
),
lost AS (
    SELECT member_id, sum(class_hours) FILTER (WHERE made_up_on IS NULL) AS missed,
        sum(class_hours) FILTER (WHERE made_up_on IS NOT NULL) AS made_up
    FROM gaps GROUP BY member_id
),
lists AS (SELECT due_ids, sum(class_hours) AS hours FROM sessions GROUP BY due_ids),
given AS (
    SELECT d.id, sum(lists.hours) AS hours FROM lists, unnest(lists.due_ids) AS d(id) GROUP BY d.id
),
totals AS (
    SELECT o.organization_id, o.id, o.hours AS required,
        coalesce(given.hours, 0) - coalesce(lost.missed, 0) AS got, coalesce(lost.made_up, 0) AS made_up
    FROM owing o LEFT JOIN given ON given.id = o.id LEFT JOIN lost ON lost.member_id = o.id
),
sums AS (
    SELECT organization_id, count(*) AS persons_due, count(*) FILTER (WHERE got >= required) AS persons_done,
        bool_or(made_up > 0 AND got - made_up < required) AS made_up, max(required) AS most
    FROM totals GROUP BY organization_id
),
credits AS (
    SELECT t.organization_id, t.id, t.required, s.class_hours,
        greatest(s.held_on, g.made_up_on) AS day,
        sum(s.class_hours) OVER (PARTITION BY t.id ORDER BY greatest(s.held_on, g.made_up_on), s.id) AS so_far
    FROM sessions s CROSS JOIN LATERAL unnest(s.due_ids) AS d(id)
    JOIN totals t ON t.id = d.id
    JOIN sums ON sums.organization_id = t.organization_id AND sums.persons_due = sums.persons_done
    LEFT JOIN gaps g ON g.session_id = s.id AND g.member_id = d.id
    WHERE g.session_id IS NULL OR g.made_up_on IS NOT NULL
),
reached AS (
    SELECT organization_id, max(day) AS done_on FROM credits
    WHERE so_far >= required AND so_far - class_hours < required GROUP BY organization_id
)
SELECT sums.organization_id,
    CASE WHEN sums.persons_due = sums.persons_done THEN coalesce(reached.done_on, %(nothing_asked)s) END AS done_on,
    sums.made_up, sums.persons_due, sums.persons_done
FROM sums LEFT JOIN reached ON reached.organization_id = sums.organization_id
"""


def sql(step: Step, obligation: Obligation) -> tuple[str, dict[str, Any]]:
    """The statement for `campaign.progress.evidence`. Where no hours are asked, the launch day is the day."""
    return SQL, {
        "meeting_kinds": obligation.evidence["meeting_kinds"],
        "nothing_asked": step.campaign.launched_on,
        **asked(step),
    }


def explain(step: Step, obligation: Obligation, organization: Organization) -> list[Reason]:
    """The rule, and which members still lack how many hours."""
    from campaign.study.hours import standing

    kinds = ", ".join(str(MEETING_KINDS[kind].label) for kind in obligation.evidence["meeting_kinds"])
    reasons = [Reason(_("Asked for: the class hours of each member's guidance, from: %s.") % kinds)]
    for row in standing(step.campaign, organization, obligation.evidence["meeting_kinds"]):
        told = {"name": row.member.name, "hours": row.hours, "required": row.required}
        if row.exempt:
            reasons.append(Reason(_("%(name)s: approved absence, not expected.") % told))
        elif row.required is None:
            reasons.append(Reason(_("%(name)s: left free (flexible), %(hours)s class hours.") % told))
        elif row.hours < row.required:
            reasons.append(Reason(_("%(name)s: %(hours)s of %(required)s class hours.") % told))
    return reasons


register("hours", sql=sql, explain=explain)
