"""What meetings prove: the nth confirmed meeting of some kinds, held with enough present (dossier 2.2).

For kinds whose absences are to be made up, a meeting counts from the day of its last needed make-up lesson
(item 54); until then it does not count. Those exempt, left free or gone hold nothing up.
"""

from typing import Any

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from campaign.meetings.models import Meeting
from campaign.plan.kinds import MEETING_KINDS, Due, Quorum
from campaign.plan.models import Obligation, Step
from campaign.progress.evidence import Reason, register
from enterprises import clock
from enterprises.models import Member, Organization

SQL = """
WITH held AS (
    SELECT m.id, m.organization_id, m.held_on, m.due
    FROM target t JOIN campaign_meeting m ON m.organization_id = t.id
    WHERE m.campaign_id = %(campaign)s AND m.kind = ANY(%(meeting_kinds)s) AND m.state = 'CONFIRMED'
      AND m.class_hours >= %(min_class_hours)s
      AND CASE WHEN m.kind = ANY(%(two_thirds)s) THEN m.present_count * 3 >= m.due_count * 2
               WHEN m.kind = ANY(%(half)s) THEN m.present_count * 2 >= m.due_count ELSE true END
),
gaps AS (
    SELECT a.meeting_id, max(lesson.held_on) AS last_on,
        bool_or(
            lesson.id IS NULL AND p.status = 'ACTIVE'
            AND (h.due <> 'BRANCH' OR h.organization_id IN (p.branch_id, p.study_branch_id))
            AND NOT EXISTS (
                SELECT 1 FROM enterprises_exemption x WHERE x.member_id = p.id
                AND x.since <= %(today)s AND coalesce(x.until >= %(today)s, true)
            )
        ) AS open
    FROM held h
    JOIN campaign_absence a ON a.meeting_id = h.id AND a.makeup_due_on IS NOT NULL
    JOIN enterprises_member p ON p.id = a.member_id
    LEFT JOIN campaign_makeuplesson lesson ON lesson.absence_id = a.id
    GROUP BY a.meeting_id
),
complete AS (
    SELECT h.organization_id, greatest(h.held_on, g.last_on) AS done_on, g.last_on IS NOT NULL AS made_up,
        row_number() OVER (
            PARTITION BY h.organization_id
            ORDER BY greatest(h.held_on, g.last_on), g.last_on IS NOT NULL, h.id
        ) AS place
    FROM held h LEFT JOIN gaps g ON g.meeting_id = h.id
    WHERE g.open IS NOT TRUE
)
SELECT organization_id, max(done_on) AS done_on, bool_or(made_up) AS made_up,
    0 AS persons_due, 0 AS persons_done
FROM complete WHERE place <= %(min_count)s
GROUP BY organization_id HAVING count(*) >= %(min_count)s
"""


def _with_quorum(quorum: Quorum) -> list[str]:
    return [kind.code for kind in MEETING_KINDS.values() if kind.quorum == quorum]


def sql(step: Step, obligation: Obligation) -> tuple[str, dict[str, Any]]:
    """The statement for `campaign.progress.evidence`."""
    proof = obligation.evidence
    return SQL, {
        "meeting_kinds": proof["meeting_kinds"],
        "min_count": proof["min_count"],
        "min_class_hours": proof["min_class_hours"],
        "half": _with_quorum(Quorum.HALF),
        "two_thirds": _with_quorum(Quorum.TWO_THIRDS),
    }


def has_quorum(meeting: Meeting) -> bool:
    """Whether enough were present for the meeting to count as held (dossier 2.2)."""
    quorum = MEETING_KINDS[meeting.kind].quorum
    if quorum == Quorum.TWO_THIRDS:
        return meeting.present_count * 3 >= meeting.due_count * 2
    return quorum == Quorum.NONE or meeting.present_count * 2 >= meeting.due_count


def open_gaps(meeting: Meeting) -> int:
    """How many make-up lessons the meeting waits for: those exempt, left free or gone hold nothing up."""
    today = clock.today()
    missed = meeting.absences.filter(makeup_due_on__isnull=False, makeup=None, member__status=Member.Status.ACTIVE)
    if meeting.due == Due.BRANCH:
        here = meeting.organization_id
        missed = missed.filter(Q(member__branch=here) | Q(member__study_branch=here))
    lasting = Q(member__exemptions__until=None) | Q(member__exemptions__until__gte=today)
    return missed.exclude(pk__in=missed.filter(lasting, member__exemptions__since__lte=today).values("pk")).count()


def explain(step: Step, obligation: Obligation, organization: Organization) -> list[Reason]:
    """The rule, and each meeting with what it still lacks."""
    proof = obligation.evidence
    kinds = pgettext("between names", ", ").join(str(MEETING_KINDS[kind].label) for kind in proof["meeting_kinds"])
    rule = ngettext(
        "Asked for: %(count)d confirmed meeting of the kind: %(kinds)s.",
        "Asked for: %(count)d confirmed meetings of the kinds: %(kinds)s.",
        proof["min_count"],
    ) % {"count": proof["min_count"], "kinds": kinds}
    meetings = Meeting.objects.filter(
        campaign=step.campaign_id, organization=organization, kind__in=proof["meeting_kinds"]
    ).order_by("held_on", "id")
    return [Reason(rule), *(_reason(meeting, proof["min_class_hours"]) for meeting in meetings[:20])]


def _reason(meeting: Meeting, min_class_hours: int) -> Reason:
    told = {"day": meeting.held_on.isoformat(), "title": meeting.title}
    url = reverse("meetings:detail", args=[meeting.pk])
    if not meeting.is_confirmed:
        return Reason(_("%(day)s %(title)s: a draft; confirm it to count it.") % told, url)
    if meeting.class_hours < min_class_hours:
        return Reason(_("%(day)s %(title)s: fewer class hours than asked for.") % told, url)
    if not has_quorum(meeting):
        return Reason(_("%(day)s %(title)s: too few were present to count.") % told, url)
    missing = open_gaps(meeting)
    if missing:
        text = ngettext(
            "%(day)s %(title)s: %(count)d make-up lesson is still open.",
            "%(day)s %(title)s: %(count)d make-up lessons are still open.",
            missing,
        )
        return Reason(text % {**told, "count": missing}, url)
    last = meeting.absences.filter(makeup_due_on__isnull=False).aggregate(day=Max("makeup__held_on"))["day"]
    if last:
        counted = {**told, "last": max(last, meeting.held_on).isoformat()}
        return Reason(_("%(day)s %(title)s: counts from %(last)s, when all had made up for it.") % counted, url)
    return Reason(_("%(day)s %(title)s: counts.") % told, url)


register("meeting", sql=sql, explain=explain, planned_once=True)
