"""Requests for correction, and the log of how they were handled (item 66)."""

from uuid import UUID

from django.utils.translation import gettext as _

from campaign.appraisal.actions.shared import once, require_texts
from campaign.appraisal.models import AppraisalOpinion, CorrectionEntry, CorrectionRequest
from enterprises import clock
from enterprises.action import ActionError, action
from enterprises.actions.permit import NotPermitted, locked
from enterprises.models import Account, Member

State = CorrectionRequest.State


@action
def ask_correction(
    *,
    by: Account | None,
    member: Member,
    about: str,
    text: str,
    submission: UUID,
    appraisal: AppraisalOpinion | None = None,
) -> CorrectionRequest:
    """The member asks the branch to correct something. The same `submission` twice is one. Raises `ActionError`."""
    if by is not None and by.member_id != member.pk:
        raise NotPermitted(_("Only the member asks for a correction of the own record."))
    once(submission)
    existing = CorrectionRequest.objects.filter(submission=submission, member=member).first()
    if existing is not None:
        return existing
    if not text.strip():
        raise ActionError(_("Say what should be corrected, and how."), "text")
    if appraisal is not None and appraisal.member_id != member.pk:
        raise ActionError(_("This is the appraisal of somebody else."), "about")
    return CorrectionRequest.objects.create(
        member=member,
        organization=appraisal.organization if appraisal else member.branch,
        appraisal=appraisal,
        about=about,
        text=text.strip(),
        submission=submission,
        asked_at=clock.now(),
    )


@action
def answer_correction(*, by: Account | None, request: CorrectionRequest, state: str, text: str) -> CorrectionEntry:
    """The branch says what it did about a request, or that it goes on. Every answer is kept. Raises `ActionError`."""
    given_to = request.organization
    require_texts(by, given_to if given_to.closed_on is None else request.member.branch)
    if state not in State.values:
        raise ActionError(_("Choose how the request stands now."), "state")
    if not text.strip():
        raise ActionError(_("Say what was done, or why it is left as it is."), "text")
    request = locked(request)
    latest = request.entries.last()
    if latest is not None and (latest.state, latest.text) == (state, text.strip()):
        return latest
    if request.state != state:
        request.state = state
        request.save(update_fields=["state"])
    return CorrectionEntry.objects.create(
        request=request, state=state, text=text.strip(), written_by=by, written_at=clock.now()
    )
