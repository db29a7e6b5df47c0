"""Writing analyses: by the member, taken down by the secretary, or handed in on paper (items 36, 61, 67)."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid4

from django.db.models import Max
from django.utils.translation import gettext as _

from campaign.appraisal import rules
from campaign.appraisal.actions.shared import assess_kind, check_day, members_here, once, require_record, require_texts
from campaign.appraisal.models import AnalysisLikeness, AnalysisVersion, PartySpiritAnalysis
from campaign.plan.models import Campaign
from enterprises import clock
from enterprises.action import ActionError, action
from enterprises.actions.permit import NotPermitted, locked
from enterprises.models import Account, Member, Organization

Mode = PartySpiritAnalysis.Mode


@action
def write_analysis(
    *,
    by: Account | None,
    campaign: Campaign,
    member: Member,
    mode: str,
    stage: str,
    parts: Mapping[str, str],
    hand_in: bool,
) -> AnalysisVersion:
    """Write the next version of a member's analysis, or go on with the draft of it.

    The member writes (`WRITTEN`, `SHORT`); the secretary of the branch takes down what was told (`ORAL`). Handing
    in freezes the version and, the first time, sets the day. Raises `ActionError`.
    """
    _check_author(by, member, mode)
    if not parts.get("problems", "").strip():
        raise ActionError(_("Begin with the problems found oneself; the rest may follow later."), "problems")
    member = locked(member)
    if not member.is_on_roll:
        raise ActionError(_("%(names)s is no longer on the roll.") % {"names": member.name})
    analysis = _standing(by, campaign, member, mode)
    version = analysis.versions.filter(is_draft=True, written_by=by).first() or AnalysisVersion(
        analysis=analysis, number=(analysis.versions.aggregate(n=Max("number"))["n"] or 0) + 1
    )
    for part in AnalysisVersion.PARTS:
        setattr(version, part, parts.get(part, "").strip())
    version.stage, version.is_draft = stage, not hand_in
    version.written_by, version.written_at = by, clock.now()
    version.save()
    if hand_in:
        _handed_in(analysis, mode)
    return version


def _check_author(by: Account | None, member: Member, mode: str) -> None:
    if mode == Mode.ORAL:
        require_texts(by, member.branch)
    elif mode not in (Mode.WRITTEN, Mode.SHORT):
        raise ActionError(_("Choose one of the ways offered."), "mode")
    elif by is not None and by.member_id != member.pk:
        raise NotPermitted(_("Only the member writes the own analysis. Take down what was told instead."))


def _standing(by: Account | None, campaign: Campaign, member: Member, mode: str) -> PartySpiritAnalysis:
    """The member's analysis that stands, or a new one."""
    found = PartySpiritAnalysis.objects.select_for_update(of=("self",)).filter(
        campaign=campaign, member=member, withdrawn_on=None
    )
    analysis = found.first()
    if analysis is not None:
        return analysis
    return PartySpiritAnalysis.objects.create(
        campaign=campaign,
        member=member,
        organization=member.branch,
        mode=mode,
        recorded_by=by,
        recorded_at=clock.now(),
    )


def _handed_in(analysis: PartySpiritAnalysis, mode: str) -> None:
    # What counts is the fullest way in which it was ever handed in.
    if analysis.handed_in_on is None or rules.MADE[mode] >= rules.MADE[analysis.mode]:
        analysis.mode = mode
    analysis.handed_in_on = analysis.handed_in_on or clock.today()
    analysis.save(update_fields=["mode", "handed_in_on"])
    _compare(analysis)
    assess_kind("analysis", analysis.campaign, {analysis.member.branch_id})


def _compare(analysis: PartySpiritAnalysis) -> None:
    """Note with which analyses of the same branch the latest version is alike; take back what no longer holds."""
    texts = _latest_texts(analysis)
    mine = texts.pop(analysis.pk, "")
    AnalysisLikeness.objects.filter(first=analysis).delete()
    AnalysisLikeness.objects.filter(second=analysis).delete()
    AnalysisLikeness.objects.bulk_create(
        AnalysisLikeness(first_id=min(analysis.pk, other), second_id=max(analysis.pk, other), found_at=clock.now())
        for other in rules.alike_with(mine, texts)
    )


def _latest_texts(analysis: PartySpiritAnalysis) -> dict[int, str]:
    """The latest handed-in version of every analysis of the branch, by analysis."""
    versions = AnalysisVersion.objects.filter(
        analysis__campaign=analysis.campaign_id,
        analysis__member__branch=analysis.member.branch_id,
        analysis__withdrawn_on=None,
        is_draft=False,
    ).order_by("analysis", "number")
    return {version.analysis_id: version.whole for version in versions}


@action
def hand_in_on_paper(
    *,
    by: Account | None,
    campaign: Campaign,
    organization: Organization,
    days: Mapping[int, date],
    submission: UUID | None = None,
) -> list[PartySpiritAnalysis]:
    """Note for these members of the branch (by id) on which day the analysis was handed in on paper.

    Those handed in already keep their day. The same `submission` twice is one. Raises `ActionError`.
    """
    require_record(by, organization)
    submission = submission or uuid4()
    once(submission)
    for day in days.values():
        check_day(day, "day")
    members = members_here(organization, days)
    standing = {
        a.member_id: a
        for a in PartySpiritAnalysis.objects.filter(campaign=campaign, member__in=members, withdrawn_on=None)
    }
    handed = []
    for member in members:
        analysis = standing.get(member.pk)
        if analysis is not None and analysis.handed_in_on:
            continue
        analysis = analysis or PartySpiritAnalysis(
            campaign=campaign, member=member, organization=organization, submission=submission
        )
        analysis.mode, analysis.handed_in_on = Mode.PAPER, days[member.pk]
        analysis.recorded_by, analysis.recorded_at = by, clock.now()
        analysis.save()
        handed.append(analysis)
    assess_kind("analysis", campaign, {organization.pk})
    return handed


@action
def withdraw_analysis(*, by: Account | None, analysis: PartySpiritAnalysis, reason: str) -> PartySpiritAnalysis:
    """Take back an analysis noted by mistake; one whose text is here stays. Twice is once. Raises `ActionError`."""
    require_texts(by, analysis.member.branch)
    if not reason.strip():
        raise ActionError(_("Say why it is withdrawn."), "reason")
    analysis = locked(analysis)
    if analysis.versions.exists():
        raise ActionError(_("The member has written in it. Only an entry on paper can be taken back."), "reason")
    if analysis.withdrawn_on is None:
        analysis.withdrawn_on = clock.today()
        analysis.save(update_fields=["withdrawn_on"])
        assess_kind("analysis", analysis.campaign, {analysis.member.branch_id})
    return analysis
