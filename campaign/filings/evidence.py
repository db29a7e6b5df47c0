"""What filings prove: a document or figure of the organisation, or a dated entry for each member.

Entries follow the member into another branch. Withdrawn filings prove nothing.
"""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from campaign.filings.models import Filing
from campaign.plan.models import Obligation, Step
from campaign.progress.evidence import Reason, register
from campaign.progress.owing import OWING, asked
from enterprises.models import Member, Organization

FILING_SQL = """
SELECT f.organization_id, min(f.filed_on) AS done_on, false AS made_up, 0 AS persons_due, 0 AS persons_done
FROM target t JOIN campaign_filing f ON f.organization_id = t.id
WHERE f.campaign_id = %(campaign)s AND f.kind = %(code)s AND f.member_id IS NULL AND f.withdrawn_on IS NULL
GROUP BY f.organization_id
"""
_FEEDBACK = f"""
WITH owing AS ({OWING}),
filed AS (
    SELECT f.member_id, min(f.filed_on) AS filed_on FROM {{entries}}
    WHERE f.campaign_id = %(campaign)s AND f.kind = %(code)s AND f.withdrawn_on IS NULL
    GROUP BY f.member_id
)
SELECT owing.organization_id,
    CASE WHEN count(*) = count(filed.member_id) THEN max(filed.filed_on) END AS done_on, false AS made_up,
    count(*) AS persons_due, count(filed.member_id) AS persons_done
FROM owing LEFT JOIN filed ON filed.member_id = owing.id
GROUP BY owing.organization_id
"""
FEEDBACK_SQL = _FEEDBACK.format(entries="owing JOIN campaign_filing f ON f.member_id = owing.id")
# For all branches nearly every entry is asked about: looking each up among those owing would only take time.
FEEDBACK_OF_ALL = _FEEDBACK.format(entries="campaign_filing f")


def filing_sql(step: Step, obligation: Obligation) -> tuple[str, dict[str, Any]]:
    """The statement for documents and figures."""
    return FILING_SQL, {"code": obligation.evidence["code"]}


def feedback_sql(step: Step, obligation: Obligation) -> tuple[str, dict[str, Any]]:
    """The statement for entries per member."""
    return FEEDBACK_SQL, {"code": obligation.evidence["code"], **asked(step)}


def feedback_of_all(step: Step, obligation: Obligation) -> tuple[str, dict[str, Any]]:
    """The same for all branches."""
    return FEEDBACK_OF_ALL, {"code": obligation.evidence["code"], **asked(step)}


def form_url(step: Step, obligation: Obligation, organization: Organization) -> str:
    """The form in which the organisation files what the step asks for."""
    told = {
        "organization": organization.pk,
        "campaign": step.campaign.code,
        "code": obligation.evidence["code"],
    }
    return f"{reverse('filings:filing_new')}?{urlencode(told)}"


def explain_filing(step: Step, obligation: Obligation, organization: Organization) -> list[Reason]:
    """Each filing of the kind, withdrawn ones included."""
    filings = Filing.objects.filter(
        campaign=step.campaign_id, organization=organization, kind=obligation.evidence["code"], member=None
    )
    url = form_url(step, obligation, organization)
    reasons = [
        Reason(
            (_("Withdrawn: %(title)s, %(day)s.") if f.withdrawn_on else _("Filed: %(title)s, %(day)s."))
            % {"title": f.title or step.name, "day": f.filed_on.isoformat()},
            url,
        )
        for f in filings
    ]
    return reasons or [Reason(_("Not filed yet."), url)]


def explain_feedback(step: Step, obligation: Obligation, organization: Organization) -> list[Reason]:
    """Which members still lack an entry."""
    from campaign.filings.ticks import ticks_of

    url = form_url(step, obligation, organization)
    missing = [
        tick.member.name
        for tick in ticks_of(step.campaign, organization, obligation.evidence["code"])
        if tick.expected and tick.filing is None
    ]
    if not missing:
        return [Reason(_("Every member it is expected of has an entry."), url)]
    return [Reason(_("Without an entry yet: %s.") % pgettext("between names", ", ").join(missing), url)]


register("filing", sql=filing_sql, explain=explain_filing)


def explain_member(step: Step, obligation: Obligation, member: Member) -> list[Reason]:
    """The member's own entry, or why none is expected."""
    from campaign.filings.ticks import ticks_of

    ticks = ticks_of(step.campaign, member.branch, obligation.evidence["code"])
    tick = next((tick for tick in ticks if tick.member == member), None)
    if tick and tick.filing:
        return [Reason(_("Entered for %(day)s.") % {"day": tick.filing.filed_on.isoformat()})]
    if tick is None or tick.exempt:
        return [Reason(_("Approved absence, not expected."))]
    return [Reason(_("Left free (flexible), not expected.") if tick.free else _("No entry yet."))]


register(
    "feedback",
    sql=feedback_sql,
    explain=explain_feedback,
    explain_member=explain_member,
    sql_of_all=feedback_of_all,
)
