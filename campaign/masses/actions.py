"""Writing how the masses took part: representatives at meetings, comments on the notice page (item 103)."""

from uuid import NAMESPACE_OID, UUID, uuid5

from django.utils.translation import gettext as _

from campaign.masses.models import LONGEST, PublicComment, Representatives
from campaign.masses.rules import ways_in
from campaign.meetings.models import Meeting
from campaign.opinions.actions import Told, enter
from campaign.opinions.models import Channel
from campaign.opinions.references import digest
from campaign.plan.kinds import MEETING_KINDS
from campaign.plan.models import Campaign
from enterprises import clock
from enterprises.access import roles
from enterprises.action import ActionError, action
from enterprises.actions.permit import locked, require
from enterprises.models import Organization

State = PublicComment.State


@action
def note_representatives(
    *, by, meeting: Meeting, number: int, chosen: str = "", spoke: int = 0
) -> Representatives | None:
    """Note how many of the masses took part in a meeting; none (0) takes the note away. Noting again corrects.

    Raises ``ActionError`` where this kind of meeting does not admit them.
    """
    require(by, roles.RECORD, meeting.organization)
    if not number:
        Representatives.objects.filter(meeting=meeting).delete()
        return None
    kind = MEETING_KINDS[meeting.kind]
    ways = ways_in(kind.guests)
    if not ways:
        words = _("“%(kind)s” admits only those whom the organization above sends. Hear the masses at a symposium.")
        raise ActionError(words % {"kind": kind.label}, "number")
    if chosen not in ways:
        raise ActionError(
            _("To this kind of meeting the masses come by invitation. Say how they were chosen."), "chosen"
        )
    if spoke > number:
        raise ActionError(_("More spoke than took part. Correct one of the figures."), "spoke")
    told = {"number": number, "chosen": chosen, "spoke": spoke, "recorded_by": by, "recorded_at": clock.now()}
    noted, _created = Representatives.objects.update_or_create(meeting=meeting, defaults=told)
    return noted


@action
def send_comment(*, by, campaign: Campaign, organization: Organization, text: str, submission: UUID) -> PublicComment:
    """Take a comment from the notice page. Nobody is asked who they are: ``by`` is not used.

    The same ``submission`` twice is one comment. Raises ``ActionError``.
    """
    words = text.replace("\r\n", "\n").strip()
    if not words:
        raise ActionError(_("There is nothing written yet."), "text")
    if len(words) > LONGEST:
        raise ActionError(_("This is longer than %(most)d characters. Shorten it.") % {"most": LONGEST}, "text")
    told = {"campaign": campaign, "organization": organization, "text": words, "received_on": clock.today()}
    comment, _created = PublicComment.objects.get_or_create(submission_digest=digest(str(submission)), defaults=told)
    return comment


@action
def publish_comment(*, by, comment: PublicComment) -> PublicComment:
    """Let a comment stand under the notice. Twice is once. Raises ``ActionError``."""
    comment = _undecided(by, comment, but=State.PUBLISHED)
    return _decide(by, comment, State.PUBLISHED)


@action
def decline_comment(*, by, comment: PublicComment, reason: str) -> PublicComment:
    """Decline a comment, or take a published one down, for one of the reasons. Its words are deleted.

    Raises ``ActionError``.
    """
    require(by, roles.RECORD, comment.organization)
    if reason not in PublicComment.Reason.values:
        raise ActionError(_("Say why it is declined."), "reason")
    comment = locked(comment)
    if comment.state == State.HANDED_OVER:
        raise ActionError(_("It was handed over to the opinions already. Deal with it there."))
    return _decide(by, comment, State.DECLINED, reason)


@action
def hand_over_comment(*, by, comment: PublicComment) -> PublicComment:
    """Make an opinion of a comment that is one: it is sorted and answered there (item 58). Twice is once.

    Raises ``ActionError``.
    """
    comment = _undecided(by, comment, but=State.HANDED_OVER)
    if comment.state == State.HANDED_OVER:
        return comment
    told = Told(text=comment.text, channel=Channel.WEB, received_on=comment.received_on)
    enter(
        by=by,
        campaign=comment.campaign,
        organization=comment.organization,
        told=[told],
        submission=uuid5(NAMESPACE_OID, comment.submission_digest),
    )
    return _decide(by, comment, State.HANDED_OVER)


def _undecided(by, comment: PublicComment, but: str) -> PublicComment:
    require(by, roles.RECORD, comment.organization)
    comment = locked(comment)
    if comment.state not in (State.WAITING, but):
        raise ActionError(_("Somebody has decided on this comment already. Open it again to see how."))
    return comment


def _decide(by, comment: PublicComment, state: str, reason: str = "") -> PublicComment:
    comment.state, comment.reason = state, reason
    comment.decided_on, comment.decided_by = clock.today(), by
    if state in (State.DECLINED, State.HANDED_OVER):
        comment.text = ""
    comment.save()
    return comment
