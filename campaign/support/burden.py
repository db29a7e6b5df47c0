"""The burden meter (item 44): what a branch is asked to enter, and what the offices send down, week by week.

Nobody's work is judged here: figures are of organizations, never of a person. The hours are an estimate, the number
of records times the minutes of ``FORMS``. Secretaries are not asked for their hours: that would be one more form.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from enterprises import clock
from enterprises.models import Organization
from enterprises.panels import counts_of
from enterprises.tree import END, WIDTH, ancestor_paths

WEEKS = 4  # for which records are counted (whole weeks back from today) and requests listed (from Mondays)
MOST = 150_000  # members of a subtree up to which the figures are worked out while the reader waits


@dataclass(frozen=True)
class Form:
    """One kind of record that a branch enters.

    ``table`` and ``of``: its rows, and how they lead to the organization ``o``. ``minutes``: a stated guess of what
    one takes. ``reused``: where its facts stand again without being asked for again.
    """

    code: str
    label: str | Promise
    table: str
    minutes: int
    reused: str | Promise
    of: str = "o.id = r.organization_id"
    counted: str = "*"


_MEETING = "o.id = m.organization_id"
_SENT = "DISTINCT r.submission"
FORMS = (
    Form("MEETING", _("meetings"), "campaign_meeting r", 15,
         _("progress of the steps, attendance, class hours, who needs a make-up, facts of leaders, summary report")),
    Form("MAKEUP", _("make-up lessons"), "campaign_makeuplesson r JOIN campaign_absence a ON a.id = r.absence_id "
         "JOIN campaign_meeting m ON m.id = a.meeting_id", 3,
         _("attendance after make-up, class hours, study by category"), _MEETING),
    Form("FILING", _("documents, figures and feedback dates"), "campaign_filing r", 10,
         _("progress of the steps, conditions of phase transitions"), counted=_SENT),
    Form("TALK", _("heart-to-heart talks"), "campaign_hearttohearttalk r", 2,
         _("progress of the steps, who has not been talked with"), counted=_SENT),
    Form("ANALYSIS", _("Party-spirit analyses noted"), "campaign_partyspiritanalysis r", 5,
         _("progress of the steps, facts of leaders; the text is read by those entitled only")),
    Form("APPRAISAL", _("appraisals"), "campaign_appraisalopinion r", 10,
         _("progress of the steps, appraisal notice, the member's own page")),
    Form("ITEM", _("rectification items"), "campaign_rectificationitem r", 8,
         _("rectification plan, publications, what became of an opinion, summary report")),
    Form("PLAN", _("rectification plans"), "campaign_rectificationplan r", 20,
         _("approval above, publications, progress of the steps")),
    Form("PUBLICATION", _("publications"), "campaign_publication r", 5,
         _("public notice page, progress of the steps")),
    Form("ACTIVITY", _("theme activities"), "campaign_themeactivity r", 8,
         _("study figures, what was done in practice")),
    Form("SERVICE", _("service activities"), "campaign_serviceactivity r", 5,
         _("services in figures, summary report")),
    Form("REQUEST", _("requests for help"), "campaign_difficultyrequest r", 5,
         _("answers due above, figures of support")),
    Form("MEASURE", _("measures for a weak organization"), "campaign_weakmeasure r "
         "JOIN campaign_weakorganization w ON w.id = r.weak_id", 5,
         _("report of improvement, figures of support"), "o.id = w.organization_id"),
)  # fmt: skip
MINUTES = {form.code: form.minutes for form in FORMS}

# Records of branches by the node they belong to; only branches, for they are what is meant to be spared.
_RECORDS = """
SELECT left(o.path, %(width)s), count({counted})
FROM {table} JOIN enterprises_organization o ON {of}
WHERE o.path >= %(path)s AND o.path < %(end)s AND o.kind = ANY(%(kinds)s)
  AND r.recorded_at >= %(since)s AND r.recorded_at < %(until)s
GROUP BY 1
"""
_BRANCHES = """
SELECT left(o.path, %(width)s), count(*) FROM enterprises_organization o
WHERE o.path >= %(path)s AND o.path < %(end)s AND o.kind = ANY(%(kinds)s) AND o.closed_on IS NULL
GROUP BY 1
"""


@dataclass(frozen=True)
class Request:
    """One kind of thing that is sent down. ``sql`` gives the moment or day of each, once however many it reached."""

    code: str
    label: str | Promise
    sql: str


# What holds for a node comes from the organizations above it or from inside its subtree.
_REACHES = "((o.path >= %(path)s AND o.path < %(end)s) OR o.path = ANY(%(above)s))"
_HERE = "o.path >= %(path)s AND o.path < %(end)s"
REQUESTS = (
    Request("FILINGS", _("documents, figures and entries due under the campaign"), f"""
        SELECT DISTINCT s.step_id AS request, s.due_on::timestamp AS at
        FROM campaign_stepstatus s JOIN campaign_step step ON step.id = s.step_id
        JOIN enterprises_organization o ON o.id = s.organization_id
        WHERE {_HERE} AND s.applicable AND step.evidence ->> 'kind' IN ('filing', 'feedback')
          AND s.due_on >= %(first)s AND s.due_on < %(after)s"""),
    Request("RETURNED", _("plans sent back"), f"""
        SELECT e.id, e.at AT TIME ZONE %(zone)s FROM campaign_planentry e
        JOIN campaign_planversion v ON v.id = e.version_id JOIN campaign_implementationplan p ON p.id = v.plan_id
        JOIN enterprises_organization o ON o.id = p.organization_id
        WHERE {_HERE} AND e.act = 'RETURNED' AND e.at >= %(since)s AND e.at < %(until)s"""),
    Request("CALENDAR", _("changes of the calendar"), f"""
        SELECT DISTINCT c.change_set, c.changed_at AT TIME ZONE %(zone)s FROM campaign_schedulechange c
        JOIN campaign_participation part ON part.id = c.participation_id
        JOIN enterprises_organization o ON o.enterprise_id = part.unit_id
        WHERE {_HERE} AND c.changed_at >= %(since)s AND c.changed_at < %(until)s"""),
    Request("GUIDANCE", _("changes of what is asked of members"), f"""
        SELECT DISTINCT g.id, g.changed_at AT TIME ZONE %(zone)s FROM campaign_guidancechange g
        JOIN campaign_participation part ON part.id = g.participation_id
        JOIN enterprises_organization o ON o.enterprise_id = part.unit_id
        WHERE {_HERE} AND g.changed_at >= %(since)s AND g.changed_at < %(until)s"""),
    Request("READING", _("required titles on the reading list"), f"""
        SELECT t.id, t.recorded_at AT TIME ZONE %(zone)s FROM campaign_studymaterial t
        LEFT JOIN enterprises_organization o ON o.id = t.organization_id
        WHERE (t.organization_id IS NULL OR {_REACHES}) AND t.required AND t.withdrawn_on IS NULL
          AND t.recorded_at >= %(since)s AND t.recorded_at < %(until)s"""),
    Request("DRAFTS", _("drafts sent down for comments"), f"""
        SELECT v.id, v.recorded_at AT TIME ZONE %(zone)s FROM campaign_requirementsversion v
        JOIN campaign_concreterequirements d ON d.id = v.document_id
        JOIN enterprises_organization o ON o.id = d.organization_id
        WHERE {_REACHES} AND v.recorded_at >= %(since)s AND v.recorded_at < %(until)s"""),
    Request("WEAK", _("weak organizations to be put in order"), f"""
        SELECT w.id, w.recorded_at AT TIME ZONE %(zone)s FROM campaign_weakorganization w
        JOIN enterprises_organization o ON o.id = w.organization_id
        WHERE {_HERE} AND w.state <> 'WITHDRAWN' AND w.recorded_at >= %(since)s AND w.recorded_at < %(until)s"""),
)  # fmt: skip
_WEEKLY = "SELECT date_trunc('week', at), count(*) FROM ({sql}) AS sent(request, at) GROUP BY 1"


@dataclass
class Load:
    """What the branches of one node have entered in the weeks counted, by kind of record."""

    branches: int = 0
    records: dict[str, int] | None = None

    def __post_init__(self) -> None:
        self.records = dict.fromkeys(MINUTES, 0) | (self.records or {})

    @property
    def total(self) -> int:
        """Records of all kinds."""
        assert self.records is not None
        return sum(self.records.values())

    @property
    def per_branch(self) -> Decimal | None:
        """Records a branch and week, to one decimal; ``None`` without a branch."""
        return _tenths(Decimal(self.total) / (self.branches * WEEKS)) if self.branches else None

    @property
    def hours(self) -> Decimal | None:
        """Hours a branch and week, an estimate from ``MINUTES``; ``None`` without a branch."""
        assert self.records is not None
        minutes = sum(count * MINUTES[code] for code, count in self.records.items())
        return _tenths(Decimal(minutes) / (60 * self.branches * WEEKS)) if self.branches else None


def _tenths(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.1"), ROUND_HALF_UP)


def mondays(today: date) -> list[date]:
    """The first days of the weeks listed, the present one last."""
    this = today - timedelta(days=today.weekday())
    return [this - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]


def _between(first: date, after: date) -> dict:
    """The bounds as the statements need them; ``after`` is the first day that does not count."""
    return {
        "first": first,
        "after": after,
        "since": datetime.combine(first, time.min, clock.ZONE),
        "until": datetime.combine(after, time.min, clock.ZONE),
        "zone": str(clock.ZONE),
    }


def within_reach(organization: Organization) -> bool:
    """Whether the subtree is small enough to be counted while the reader waits."""
    counts = counts_of([organization.pk]).get(organization.pk)
    return counts is None or counts.members <= MOST


def load_of(organization: Organization, today: date) -> Load:
    """What the branches of an organization's subtree have entered."""
    return _loads(organization, len(organization.path), today)[organization.path]


def loads_below(organization: Organization, today: date) -> dict[str, Load]:
    """The same of each organization directly below, by path."""
    return _loads(organization, len(organization.path) + WIDTH, today)


def _loads(organization: Organization, width: int, today: date) -> dict[str, Load]:
    tomorrow = today + timedelta(days=1)
    values = _scope(organization) | _between(tomorrow - timedelta(weeks=WEEKS), tomorrow)
    values |= {"width": width, "kinds": [kind.value for kind in Organization.BRANCH_KINDS]}
    found: dict[str, Load] = defaultdict(Load)
    with connection.cursor() as cursor:
        cursor.execute(_BRANCHES, values)
        for node, branches in cursor.fetchall():
            found[node].branches = branches
        for form in FORMS:
            cursor.execute(_RECORDS.format(table=form.table, of=form.of, counted=form.counted), values)
            for node, count in cursor.fetchall():
                records = found[node].records
                assert records is not None
                records[form.code] = count
    return found


def sent_down(organization: Organization, today: date) -> dict[str, dict[date, int]]:
    """How many different requests reached the subtree in each week (by its Monday), by kind."""
    weeks = mondays(today)
    values = _scope(organization) | _between(weeks[0], weeks[-1] + timedelta(weeks=1))
    found: dict[str, dict[date, int]] = {}
    with connection.cursor() as cursor:
        for request in REQUESTS:
            cursor.execute(_WEEKLY.format(sql=request.sql), values)
            sent = {monday.date(): count for monday, count in cursor.fetchall()}
            found[request.code] = {monday: sent.get(monday, 0) for monday in weeks}
    return found


def _scope(organization: Organization) -> dict:
    return {
        "path": organization.path,
        "end": organization.path + END,
        "above": ancestor_paths(organization.path),
    }
