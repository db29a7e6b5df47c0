"""Recording heart-to-heart talks: who with whom and when, many at once (item 57)."""

from collections.abc import Collection
from datetime import date
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from campaign.appraisal.actions.shared import assess_kind, check_day, once, require_record
from campaign.appraisal.models import HeartToHeartTalk
from campaign.plan.models import Campaign
from enterprises import clock
from enterprises.action import ActionError, action
from enterprises.actions.permit import locked
from enterprises.models import Account, Member, Organization


@action
def record_talks(
    *,
    by: Account | None,
    campaign: Campaign,
    organization: Organization,
    from_member: Member,
    with_members: Collection[Member],
    held_on: date,
    submission: UUID | None = None,
) -> list[HeartToHeartTalk]:
    """One talk of `from_member` with each of these, on that day. The same `submission` twice is one.

    A talk of the same two on the same day is not written again. Raises `ActionError`.
    """
    require_record(by, organization)
    submission = submission or uuid4()
    once(submission)
    written = list(HeartToHeartTalk.objects.filter(submission=submission))
    if written:
        return written
    check_day(held_on, "held_on")
    others = [m for m in with_members if m.pk != from_member.pk]
    _check(from_member, others)
    same = HeartToHeartTalk.objects.filter(
        campaign=campaign, from_member=from_member, to_member__in=others, held_on=held_on, withdrawn_on=None
    )
    known = set(same.values_list("to_member", flat=True))
    talks = HeartToHeartTalk.objects.bulk_create(
        HeartToHeartTalk(
            campaign=campaign,
            organization=organization,
            from_member=from_member,
            to_member=other,
            held_on=held_on,
            submission=submission,
            recorded_by=by,
            recorded_at=clock.now(),
        )
        for other in others
        if other.pk not in known
    )
    assess_kind("talks", campaign, {from_member.branch_id, *(m.branch_id for m in others)})
    return talks


def _check(from_member: Member, others: list[Member]) -> None:
    if not others:
        raise ActionError(_("Nobody was chosen. Tick at least one member."))
    gone = [m.name for m in (from_member, *others) if not m.is_on_roll]
    if gone:
        raise ActionError(_("%(names)s is no longer on the roll.") % {"names": _(", ").join(gone)})


@action
def withdraw_talk(*, by: Account | None, talk: HeartToHeartTalk, reason: str) -> HeartToHeartTalk:
    """Withdraw a talk that was not held: it stays to be seen and proves nothing. Twice is once."""
    require_record(by, talk.organization)
    if not reason.strip():
        raise ActionError(_("Say why it is withdrawn."), "reason")
    talk = locked(talk)
    if talk.withdrawn_on is None:
        talk.withdrawn_on = clock.today()
        talk.save(update_fields=["withdrawn_on"])
        assess_kind("talks", talk.campaign, {talk.from_member.branch_id, talk.to_member.branch_id})
    return talk
