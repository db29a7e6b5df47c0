"""Holding a survey: prepared, opened, closed by the organization above; ballots by whoever holds a code."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID, uuid4

from django.db import connection
from django.utils.translation import gettext as _

from campaign.plan.models import Campaign
from campaign.progress.actions import assess
from campaign.survey import codes, counting, questionnaire
from campaign.survey.models import (
    Ballot,
    CodeIssue,
    GroupResult,
    PaperCount,
    Respondents,
    SatisfactionSurvey,
    SurveyCode,
)
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may
from enterprises.action import ActionError, action
from enterprises.actions.permit import NotPermitted, locked
from enterprises.models import Organization

State = SatisfactionSurvey.State
MOST_CODES = 500  # in one sheet
LONGEST_REMARK = 500  # characters


class BallotRefused(ActionError):
    """No ballot: ``why`` is ``unknown``, ``used``, ``early`` or ``closed``."""

    def __init__(self, why: str, message: str = "") -> None:
        super().__init__(message or why)
        self.why = why


@action
def prepare_survey(
    *,
    by,
    campaign: Campaign,
    organization: Organization,
    respondents: Iterable[str],
    starts_on: date,
    ends_on: date,
    reported_on: date | None = None,
    report_gist: str = "",
    submission: UUID | None = None,
) -> SatisfactionSurvey:
    """Prepare the survey of an organisation, by the one above it (item 74, trap 18). Twice is once.

    After a survey that asked for a make-up this is the re-survey and is linked to it. Raises `ActionError`.
    """
    submission = submission or uuid4()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [submission.int % 2**63])
    existing = SatisfactionSurvey.objects.filter(submission=submission, organization=organization).first()
    if existing is not None:
        return existing
    organization = locked(organization)
    organizer = _organizer(by, organization)
    _owes(campaign, organization)
    groups = _groups(respondents)
    _days(starts_on, ends_on)
    return SatisfactionSurvey.objects.create(
        campaign=campaign,
        organization=organization,
        organizer=organizer,
        respondents=groups,
        starts_on=starts_on,
        ends_on=ends_on,
        reported_on=reported_on,
        report_gist=report_gist.strip(),
        earlier=_earlier(campaign, organization),
        submission=submission,
        created_by=by,
        created_at=clock.now(),
    )


def _organizer(by, organization: Organization) -> Organization:
    organizer = organization.superior
    if organizer is None:
        raise ActionError(
            _("Nobody stands above %(name)s, so nobody can hold its survey.") % {"name": organization.name}
        )
    if by is not None and not may(by, roles.SURVEY, organizer):
        raise NotPermitted(
            _("The survey of %(name)s is held by the organization above it, %(organizer)s, never by itself.")
            % {"name": organization.name, "organizer": organizer.name}
        )
    return organizer


def _owes(campaign: Campaign, organization: Organization) -> None:
    if campaign.state != Campaign.State.RUNNING or not campaign.data.get("survey"):
        raise ActionError(_("This campaign has no survey. Choose a running campaign that has one."), "campaign")
    unit = organization.enterprise
    leads = unit is not None and unit.leading_organization_id == organization.pk
    owes = any(
        o.evidence["kind"] == "survey" and organization.kind in o.org_kinds
        for step in campaign.steps.all()
        for o in step.obligations
    )
    if unit is None or not (leads or owes) or not campaign.participations.filter(unit=unit).exists():
        raise ActionError(_("%(name)s owes no survey in this campaign.") % {"name": organization.name})


def _groups(respondents: Iterable[str]) -> list[str]:
    chosen = [group.value for group in Respondents if group.value in set(respondents)]
    if not chosen:
        raise ActionError(_("Nobody is asked yet. Choose at least one group."), "respondents")
    return chosen


def _days(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise ActionError(_("The last day lies before the first. Choose a later one."), "ends_on")


def _earlier(campaign: Campaign, organization: Organization) -> SatisfactionSurvey | None:
    """The survey that this one repeats. Refuses while one is under way, and where none has to be repeated."""
    latest = SatisfactionSurvey.objects.filter(campaign=campaign, organization=organization).order_by("-pk").first()
    if latest is None:
        return None
    if latest.state != State.CLOSED:
        raise ActionError(_("A survey is under way already. Close it, or discard it while it is only prepared."))
    if latest.is_valid and not latest.make_up_required:
        raise ActionError(_("The survey has been held and asks for no make-up. It is not held again."))
    return latest


def _held(by, survey: SatisfactionSurvey, *states: str) -> SatisfactionSurvey:
    """The survey, locked, for its organizer, in one of these states. Raises `ActionError`."""
    if by is not None and not may(by, roles.SURVEY, survey.organizer):
        raise NotPermitted(_("Only the organizer, %(name)s, may do this.") % {"name": survey.organizer.name})
    survey = locked(survey)
    if states and survey.state not in states:
        raise ActionError(
            _("The survey is %(state)s; this cannot be done now.") % {"state": survey.get_state_display()}
        )
    return survey


@action
def change_survey(
    *,
    by,
    survey: SatisfactionSurvey,
    respondents: Iterable[str],
    starts_on: date,
    ends_on: date,
    reported_on: date | None = None,
    report_gist: str = "",
) -> SatisfactionSurvey:
    """Change what was prepared; once it is open, the dates and the unit's report only. Raises `ActionError`."""
    survey = _held(by, survey, State.PREPARED, State.OPEN)
    groups = _groups(respondents)
    if survey.is_open and groups != survey.respondents:
        raise ActionError(_("The survey is open; the groups that are asked stay as they are."), "respondents")
    _days(starts_on, ends_on)
    survey.respondents, survey.starts_on, survey.ends_on = groups, starts_on, ends_on
    survey.reported_on, survey.report_gist = reported_on, report_gist.strip()
    survey.save(update_fields=["respondents", "starts_on", "ends_on", "reported_on", "report_gist"])
    return survey


@action
def discard_survey(*, by, survey: SatisfactionSurvey) -> None:
    """Throw away what was only prepared, its codes with it. Raises `ActionError`."""
    _held(by, survey, State.PREPARED).delete()


@action
def open_survey(*, by, survey: SatisfactionSurvey) -> SatisfactionSurvey:
    """Open the box: from now on the form is what it is. Opening twice is once. Raises `ActionError`.

    Employees and members vote at the meeting to which the unit has reported (2.8); outsiders need no report.
    """
    survey = _held(by, survey)
    if survey.state != State.PREPARED:
        return survey
    today = clock.today()
    if today > survey.ends_on:
        raise ActionError(_("The last day has passed. Set a later one, then open the survey."))
    inside = {Respondents.EMPLOYEES, Respondents.MEMBERS} & set(survey.respondents)
    if inside and (survey.reported_on is None or survey.reported_on > today):
        raise ActionError(_("The unit reports to the meeting first. Enter the day on which it did."), "reported_on")
    survey.state, survey.opened_on = State.OPEN, today
    survey.form = survey.campaign.data["survey"]
    survey.save(update_fields=["state", "opened_on", "form"])
    return survey


@action
def issue_codes(
    *, by, survey: SatisfactionSurvey, respondents: str, count: int, submission: UUID | None = None
) -> list[str]:
    """Make codes for one group and hand them out once; only their hashes are kept. Raises `ActionError`.

    The same `submission` again gives an empty list: nobody can be shown the same codes twice.
    """
    survey = _held(by, survey, State.PREPARED, State.OPEN)
    if respondents not in survey.respondents:
        raise ActionError(_("This group is not asked in the survey."), "respondents")
    if not 1 <= count <= MOST_CODES:
        raise ActionError(_("Between 1 and %(most)d codes fit one sheet.") % {"most": MOST_CODES}, "count")
    submission = submission or uuid4()
    if CodeIssue.objects.filter(submission=submission).exists():
        return []
    CodeIssue.objects.create(
        survey=survey, respondents=respondents, count=count, submission=submission, issued_by=by,
        issued_at=clock.now(),
    )  # fmt: skip
    made = sorted({codes.generate() for _number in range(count)})
    rows = [SurveyCode(survey=survey, respondents=respondents, digest=codes.digest(code)) for code in made]
    SurveyCode.objects.bulk_create(sorted(rows, key=lambda row: row.pk))
    return made


@action
def cast_ballot(*, by, code: str, answers: Mapping[str, str], remark: str = "") -> None:
    """Put a ballot into the box and use the code up, both or neither. ``by`` is not kept and not looked at.

    Raises `BallotRefused` for a code that cannot be used, `ActionError` with the item for an answer missing.
    """
    row = codes.find(code)
    if row is None:
        raise BallotRefused("unknown")
    codes.lock_box(row.survey_id)
    survey = SatisfactionSurvey.objects.select_related("campaign__definition").get(pk=row.survey_id)
    refuse_unless_open(survey)
    asked = questionnaire.of(survey)
    for item in asked.items:
        if answers.get(item.code) not in asked.scale:
            raise ActionError(_("Nothing is chosen yet. If you do not know, choose “do not know”."), item.code)
    if not codes.use(row.pk):
        raise BallotRefused("used")
    Ballot.objects.create(
        survey=survey,
        respondents=row.respondents,
        answers={item.code: answers[item.code] for item in asked.items},
        remark=remark.strip()[:LONGEST_REMARK],
        voted_on=clock.today(),
    )
    codes.mix(survey.pk, row.respondents)


def refuse_unless_open(survey: SatisfactionSurvey) -> None:
    """Refuse before the first and after the last day, and unless the box is open. Raises `BallotRefused`."""
    today = clock.today()
    if survey.is_closed or today > survey.ends_on:
        raise BallotRefused("closed")
    if not survey.is_open or today < survey.starts_on:
        raise BallotRefused("early")


@action
def enter_paper(
    *,
    by,
    survey: SatisfactionSurvey,
    respondents: str,
    issued: int,
    returned: int,
    valid: int,
    answers: Mapping[str, Mapping[str, int]],
) -> PaperCount:
    """Enter the paper ballots of a group as counted; entering again replaces. Raises `ActionError`.

    ``answers`` is item -> option -> number; on a valid ballot an item may be left blank.
    """
    survey = _held(by, survey, State.OPEN)
    if respondents not in survey.respondents:
        raise ActionError(_("This group is not asked in the survey."), "respondents")
    asked = questionnaire.of(survey)
    kept = {item.code: {o: int(answers.get(item.code, {}).get(o, 0)) for o in asked.scale} for item in asked.items}
    for item, row in kept.items():
        if sum(row.values()) > valid:
            words = _("%(total)d answers on %(valid)d valid ballots. Count this item again.")
            raise ActionError(words % {"total": sum(row.values()), "valid": valid}, item)
    if valid > returned:
        raise ActionError(_("More valid ballots than were returned. Correct one of the two."), "valid")
    if returned > issued:
        raise ActionError(_("More ballots returned than issued. Correct one of the two."), "returned")
    paper, _created = PaperCount.objects.update_or_create(
        survey=survey,
        respondents=respondents,
        defaults={"issued": issued, "returned": returned, "valid": valid, "answers": kept},
    )
    return paper


@action
def close_survey(*, by, survey: SatisfactionSurvey) -> SatisfactionSurvey:
    """Close the box and freeze the result; closing twice is once. Raises `ActionError`.

    Ballots get new keys and places, and which codes were handed in is forgotten.
    """
    codes.lock_box(survey.pk)
    survey = _held(by, survey)
    if survey.is_closed:
        return survey
    if not survey.is_open:
        raise ActionError(_("The survey was never opened. Discard it instead."))
    frozen = counting.freeze(survey)
    survey.state, survey.closed_on, survey.result = State.CLOSED, clock.today(), frozen.data
    survey.is_valid, survey.make_up_required = frozen.is_valid, frozen.make_up_required
    survey.save(update_fields=["state", "closed_on", "result", "is_valid", "make_up_required"])
    GroupResult.objects.bulk_create(frozen.rows)
    codes.seal(survey)
    assess([survey.organization_id], campaign_id=survey.campaign_id, evidence={"survey"})
    return survey
