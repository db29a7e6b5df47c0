"""Writing models: nominated, verified, publicised with consent, presented at report meetings (item 53)."""

from datetime import date
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from campaign.exemplars.models import ModelMember, ModelReport
from campaign.meetings.models import Meeting
from campaign.plan.models import Campaign
from enterprises import clock
from enterprises.access.reach import may_record
from enterprises.action import ActionError, action
from enterprises.actions.permit import NotPermitted, locked, not_future
from enterprises.models import Member, Organization

State = ModelMember.State
REPORT = "MODELS_REPORT"


@action
def nominate(
    *,
    by,
    member: Member,
    headline: str,
    deeds: str,
    nominated_on: date,
    campaign: Campaign | None = None,
    submission: UUID | None = None,
) -> ModelMember:
    """Put a member of a branch forward. The same `submission` twice is one. Raises `ActionError`."""
    _require(by, member.branch)
    _check_text(headline, deeds)
    not_future(nominated_on, "nominated_on")
    if not member.is_on_roll:
        raise ActionError(_("This member is no longer on the roll here."), "member")
    exemplar, _created = ModelMember.objects.get_or_create(
        submission=submission or uuid4(),
        defaults={
            "organization": member.branch,
            "member": member,
            "campaign": campaign,
            "headline": headline.strip(),
            "deeds": deeds.strip(),
            "nominated_on": nominated_on,
            "recorded_by": by,
            "recorded_at": clock.now(),
        },
    )
    return exemplar


@action
def tell_deeds(*, by, exemplar: ModelMember, headline: str, deeds: str) -> ModelMember:
    """Say the deeds anew; what was verified was the old text, so it is to be verified again."""
    _require(by, exemplar.organization)
    _check_text(headline, deeds)
    exemplar = _open(exemplar)
    if exemplar.state == State.PUBLICISED:
        raise ActionError(_("It is publicised already. Withdraw it first, and nominate anew."))
    if (exemplar.headline, exemplar.deeds) != (headline.strip(), deeds.strip()):
        exemplar.headline, exemplar.deeds = headline.strip(), deeds.strip()
        exemplar.state, exemplar.verified_on, exemplar.verified_how = State.NOMINATED, None, ""
        exemplar.save(update_fields=["headline", "deeds", "state", "verified_on", "verified_how"])
    return exemplar


@action
def verify(*, by, exemplar: ModelMember, verified_on: date, verified_how: str) -> ModelMember:
    """Record that the branch has checked the facts. Raises `ActionError`."""
    _require(by, exemplar.organization)
    not_future(verified_on, "verified_on")
    if not verified_how.strip():
        raise ActionError(_("Say how the branch verified the facts."), "verified_how")
    exemplar = _open(exemplar)
    if verified_on < exemplar.nominated_on:
        raise ActionError(_("This is before the nomination. Correct the date."), "verified_on")
    exemplar.verified_on, exemplar.verified_how = verified_on, verified_how.strip()
    if exemplar.state == State.NOMINATED:
        exemplar.state = State.VERIFIED
    exemplar.save(update_fields=["verified_on", "verified_how", "state"])
    return exemplar


@action
def record_consent(*, by, exemplar: ModelMember, consent_on: date, consent_kind: str) -> ModelMember:
    """Record that the member agrees to be publicised. Raises `ActionError`."""
    _require(by, exemplar.organization)
    not_future(consent_on, "consent_on")
    if consent_kind not in ModelMember.Consent.values:
        raise ActionError(_("Choose how the member agreed."), "consent_kind")
    exemplar = _open(exemplar)
    exemplar.consent_on, exemplar.consent_kind = consent_on, consent_kind
    exemplar.save(update_fields=["consent_on", "consent_kind"])
    return exemplar


@action
def publicise(*, by, exemplar: ModelMember, publicised_on: date, publicised_where: str) -> ModelMember:
    """Record that the deeds were publicised: only after the branch verified them and the member agreed.

    Raises `ActionError`.
    """
    _require(by, exemplar.organization)
    not_future(publicised_on, "publicised_on")
    exemplar = _open(exemplar)
    if exemplar.verified_on is None:
        raise ActionError(_("The branch has not verified the facts yet. Record that first."))
    if exemplar.consent_on is None:
        raise ActionError(_("The member's consent is not recorded. Ask the member, and record it first."))
    if publicised_on < max(exemplar.verified_on, exemplar.consent_on):
        raise ActionError(_("This is before the consent or the verification. Correct the date."), "publicised_on")
    if not publicised_where.strip():
        raise ActionError(_("Say where it was publicised."), "publicised_where")
    exemplar.state = State.PUBLICISED
    exemplar.publicised_on, exemplar.publicised_where = publicised_on, publicised_where.strip()
    exemplar.save(update_fields=["state", "publicised_on", "publicised_where"])
    return exemplar


@action
def withdraw(*, by, exemplar: ModelMember, reason: str) -> ModelMember:
    """Withdraw a model: the member's consent is taken back, or the facts do not hold. Twice is once."""
    _require(by, exemplar.organization)
    if not reason.strip():
        raise ActionError(_("Say why it is withdrawn."), "reason")
    exemplar = locked(exemplar)
    if exemplar.state != State.WITHDRAWN:
        exemplar.state = State.WITHDRAWN
        exemplar.save(update_fields=["state"])
    return exemplar


@action
def present(*, by, exemplar: ModelMember, meeting: Meeting) -> ModelReport:
    """Record that the model was presented at a report meeting. Twice is once. Raises `ActionError`."""
    _require(by, exemplar.organization)
    exemplar = _open(exemplar)
    if exemplar.verified_on is None or exemplar.consent_on is None:
        raise ActionError(_("Before a report, the facts are verified and the member's consent is recorded."))
    if meeting.kind != REPORT or not meeting.is_confirmed:
        raise ActionError(_("Choose a confirmed report meeting on models."), "meeting")
    report, _created = ModelReport.objects.get_or_create(exemplar=exemplar, meeting=meeting)
    return report


def _open(exemplar: ModelMember) -> ModelMember:
    """The row, locked. Raises `ActionError` once it is withdrawn."""
    exemplar = locked(exemplar)
    if exemplar.state == State.WITHDRAWN:
        raise ActionError(_("It is withdrawn. Nominate the member anew."))
    return exemplar


def _check_text(headline: str, deeds: str) -> None:
    if not headline.strip():
        raise ActionError(_("Give it a headline."), "headline")
    if not deeds.strip():
        raise ActionError(_("Write what the member did: facts that the branch can verify."), "deeds")


def _require(by, organization: Organization) -> None:
    if by is not None and not may_record(by, organization):
        raise NotPermitted(
            _("Your post does not record for %(name)s. Ask its secretary.") % {"name": organization.name}
        )
