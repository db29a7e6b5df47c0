"""What talks, analyses and appraisals prove, for every member who owes them (items 57, 61, 64).

Records follow the member into another branch. Withdrawn ones prove nothing. Explanations count and name nobody:
who is still missing stands on the pages of the branch, for those who may see its members.
"""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from campaign.appraisal.standing import Standing, of_analyses, of_appraisals, of_talks
from campaign.plan.models import Obligation, Step
from campaign.progress.evidence import Reason, register
from campaign.progress.owing import OWING, OWING_WRITING, asked, writing_asked
from enterprises.models import Member, Organization

_RESULT = """
SELECT owing.organization_id,
    CASE WHEN count(*) = count(shown.on_day) THEN max(shown.on_day) END AS done_on, false AS made_up,
    count(*) AS persons_due, count(shown.on_day) AS persons_done
FROM owing LEFT JOIN shown ON shown.id = owing.id
GROUP BY owing.organization_id
"""
# A talk is held by two: it counts for both.
TALKS_SQL = f"""
WITH owing AS ({OWING}),
shown AS (
    SELECT both_sides.id, min(both_sides.held_on) AS on_day FROM (
        SELECT owing.id, t.held_on FROM owing JOIN campaign_hearttohearttalk t ON t.to_member_id = owing.id
        WHERE t.campaign_id = %(campaign)s AND t.withdrawn_on IS NULL
        UNION ALL
        SELECT owing.id, t.held_on FROM owing JOIN campaign_hearttohearttalk t ON t.from_member_id = owing.id
        WHERE t.campaign_id = %(campaign)s AND t.withdrawn_on IS NULL
    ) AS both_sides GROUP BY both_sides.id
)
{_RESULT}
"""
# What is asked differs by category, condition and unit; who is asked for no writing owes nothing (item 36).
ANALYSIS_SQL = f"""
WITH owing AS ({OWING_WRITING}),
shown AS (
    SELECT owing.id, a.handed_in_on AS on_day
    FROM owing JOIN campaign_partyspiritanalysis a ON a.member_id = owing.id
    WHERE a.campaign_id = %(campaign)s AND a.withdrawn_on IS NULL AND a.handed_in_on IS NOT NULL
      AND CASE a.mode WHEN 'ORAL' THEN 1 WHEN 'SHORT' THEN 2 ELSE 3 END >= owing.writing
)
{_RESULT}
"""
APPRAISAL_SQL = f"""
WITH owing AS ({OWING}),
shown AS (
    SELECT owing.id, a.fed_back_on AS on_day
    FROM owing JOIN campaign_appraisalopinion a ON a.member_id = owing.id
    WHERE a.campaign_id = %(campaign)s AND a.withdrawn_on IS NULL AND a.fed_back_on IS NOT NULL
)
{_RESULT}
"""


def talks_sql(step: Step, obligation: Obligation) -> tuple[str, dict[str, Any]]:
    """The statement for talks."""
    return TALKS_SQL, asked(step)


def analysis_sql(step: Step, obligation: Obligation) -> tuple[str, dict[str, Any]]:
    """The statement for analyses."""
    return ANALYSIS_SQL, writing_asked(step)


def appraisal_sql(step: Step, obligation: Obligation) -> tuple[str, dict[str, Any]]:
    """The statement for appraisals fed back."""
    return APPRAISAL_SQL, asked(step)


PAGES = {"talks": "appraisal:talk_new", "analysis": "appraisal:analyses", "appraisal": "appraisal:appraisals"}


def page_of(kind: str, step: Step, organization: Organization) -> str:
    """The page of the branch on which the step is recorded, member by member."""
    query = urlencode({"organization": organization.pk, "campaign": step.campaign.code})
    return f"{reverse(PAGES[kind])}?{query}"


def _counted(kind: str, step: Step, organization: Organization, standings: list[Standing]) -> list[Reason]:
    url = page_of(kind, step, organization)
    missing = sum(1 for s in standings if s.expected and s.done_on is None)
    free = sum(1 for s in standings if not s.expected)
    if missing:
        text = ngettext("%(n)d member is still missing.", "%(n)d members are still missing.", missing)
        reasons = [Reason(text % {"n": missing}, url)]
    else:
        reasons = [Reason(_("Everybody of whom it is expected has done it."), url)]
    if free:
        text = ngettext("Of %(n)d member it is not expected.", "Of %(n)d members it is not expected.", free)
        reasons.append(Reason(text % {"n": free}))
    return reasons


def explain_talks(step: Step, obligation: Obligation, organization: Organization) -> list[Reason]:
    """How many members nobody has talked with."""
    return _counted("talks", step, organization, of_talks(step.campaign, organization))


def explain_analysis(step: Step, obligation: Obligation, organization: Organization) -> list[Reason]:
    """How many analyses are still missing."""
    return _counted("analysis", step, organization, of_analyses(step.campaign, organization))


def explain_appraisal(step: Step, obligation: Obligation, organization: Organization) -> list[Reason]:
    """How many appraisals are not fed back."""
    return _counted("appraisal", step, organization, of_appraisals(step.campaign, organization))


def _told(standing: Standing | None) -> list[Reason]:
    if standing is None:
        return [Reason(_("Not on the roll of a branch that takes part."))]
    if standing.done_on:
        return [Reason(pgettext("step of a member", "Done on %(day)s.") % {"day": standing.done_on.isoformat()})]
    if standing.exempt:
        return [Reason(_("Approved absence, not expected."))]
    if not standing.expected:
        return [Reason(_("Not asked of this category, or left free."))]
    return [Reason(_("Not yet done."))]


def _one(standings: list[Standing], member: Member) -> Standing | None:
    return next((s for s in standings if s.member == member), None)


def member_talks(step: Step, obligation: Obligation, member: Member) -> list[Reason]:
    """Whether anybody has talked with the member."""
    return _told(_one(of_talks(step.campaign, member.branch), member))


def member_analysis(step: Step, obligation: Obligation, member: Member) -> list[Reason]:
    """Whether the member's analysis is handed in, and how it may be made."""
    standing = _one(of_analyses(step.campaign, member.branch), member)
    return _told(standing)


def member_appraisal(step: Step, obligation: Obligation, member: Member) -> list[Reason]:
    """Whether the member's appraisal was fed back."""
    return _told(_one(of_appraisals(step.campaign, member.branch), member))


register("talks", sql=talks_sql, explain=explain_talks, explain_member=member_talks)
register("analysis", sql=analysis_sql, explain=explain_analysis, explain_member=member_analysis)
register("appraisal", sql=appraisal_sql, explain=explain_appraisal, explain_member=member_appraisal)
