"""Writing concrete requirements: versions, comments, adoption, publication (item 52)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from campaign.plan.models import Campaign
from campaign.progress.actions import assess
from campaign.requirements.models import (
    ConcreteRequirements,
    RequirementsComment,
    RequirementsVariant,
    RequirementsVersion,
)
from enterprises import clock
from enterprises.access.reach import may_record
from enterprises.action import ActionError, action
from enterprises.actions.permit import NotPermitted, locked, not_future
from enterprises.models import Member, Organization


@dataclass(frozen=True)
class Variant:
    """What a version says to one post."""

    post: str
    text: str
    categories: tuple[str, ...] = ()


@action
def write_version(
    *,
    by,
    campaign: Campaign,
    organization: Organization,
    text: str,
    variants: Iterable[Variant] = (),
    change_note: str = "",
    submission: UUID | None = None,
) -> RequirementsVersion:
    """Write the next version; the first one founds the document. Earlier versions stay as they are.

    The same `submission` twice is one version. Raises `ActionError`.
    """
    _require(by, organization)
    variants = list(variants)
    if not text.strip():
        raise ActionError(_("The text is empty. Write the requirements, one a line."), "text")
    if any(not v.post.strip() or not v.text.strip() for v in variants):
        raise ActionError(_("A variant needs both the post and the text."), "variants")
    told = {"recorded_by": by, "recorded_at": clock.now()}
    document, _created = ConcreteRequirements.objects.get_or_create(
        campaign=campaign, organization=organization, defaults=told
    )
    locked(document)
    submission = submission or uuid4()
    existing = RequirementsVersion.objects.filter(submission=submission, document=document).first()
    if existing is not None:
        return existing
    last = document.versions.order_by("-number").first()
    version = RequirementsVersion.objects.create(
        document=document,
        number=last.number + 1 if last else 1,
        text=text.strip(),
        change_note=change_note.strip(),
        submission=submission,
        **told,
    )
    RequirementsVariant.objects.bulk_create(
        RequirementsVariant(version=version, post=v.post.strip(), text=v.text.strip(), categories=sorted(v.categories))
        for v in variants
    )
    return version


@action
def comment(
    *,
    by,
    version: RequirementsVersion,
    organization: Organization,
    text: str,
    said_on: date,
    member: Member | None = None,
    submission: UUID | None = None,
) -> RequirementsComment:
    """Enter what a branch, or a member of it, said about a version. The same `submission` twice is one.

    Raises `ActionError`.
    """
    _require(by, organization)
    if not organization.path.startswith(version.document.organization.path):
        raise ActionError(_("Comments come from the organizations that the requirements are for."))
    if not text.strip():
        raise ActionError(_("The comment is empty. Write what was said."), "text")
    if member is not None and organization.pk not in (member.branch_id, member.study_branch_id):
        raise ActionError(_("This member belongs to another branch."), "member")
    not_future(said_on, "said_on")
    found, _created = RequirementsComment.objects.get_or_create(
        submission=submission or uuid4(),
        defaults={
            "version": version,
            "organization": organization,
            "member": member,
            "text": text.strip(),
            "said_on": said_on,
            "recorded_by": by,
            "recorded_at": clock.now(),
        },
    )
    return found


@action
def answer(*, by, comment: RequirementsComment, outcome: str, answer: str = "") -> RequirementsComment:
    """Say what became of a comment. What is not taken up needs a word of explanation. Raises `ActionError`."""
    _require(by, comment.version.document.organization)
    kinds = RequirementsComment.Outcome
    if outcome not in kinds.values or outcome == kinds.OPEN:
        raise ActionError(_("Choose what became of the comment."), "outcome")
    if outcome == kinds.NOT_TAKEN and not answer.strip():
        raise ActionError(_("Say why it is not taken up."), "answer")
    comment = locked(comment)
    comment.outcome, comment.answer = outcome, answer.strip()
    comment.save(update_fields=["outcome", "answer"])
    return comment


@action
def adopt(*, by, version: RequirementsVersion, adopted_on: date, adopted_by: str = "") -> RequirementsVersion:
    """Adopt a version: from then on it is the one in force. Twice is once. Raises `ActionError`."""
    document = version.document
    _require(by, document.organization)
    not_future(adopted_on, "adopted_on")
    locked(document)
    version = locked(version)
    if version.adopted_on is not None:
        return version
    newer = document.versions.filter(number__gt=version.number, adopted_on__isnull=False).exists()
    if newer:
        raise ActionError(_("A later version has been adopted already. Write a new version instead."))
    version.adopted_on, version.adopted_by = adopted_on, adopted_by.strip()
    version.save(update_fields=["adopted_on", "adopted_by"])
    _assess(document)
    return version


@action
def revoke(*, by, version: RequirementsVersion, reason: str) -> RequirementsVersion:
    """Take back an adoption that was recorded by mistake. Raises `ActionError`."""
    document = version.document
    _require(by, document.organization)
    if not reason.strip():
        raise ActionError(_("Say why it is taken back."), "reason")
    locked(document)
    version = locked(version)
    if version.adopted_on is not None:
        version.adopted_on, version.adopted_by = None, ""
        version.save(update_fields=["adopted_on", "adopted_by"])
        _assess(document)
    return version


@action
def publish(*, by, document: ConcreteRequirements, published_on: date, published_where: str) -> ConcreteRequirements:
    """Record when and where the adopted text was published. Raises `ActionError` before adoption."""
    _require(by, document.organization)
    not_future(published_on, "published_on")
    if not published_where.strip():
        raise ActionError(_("Say where it was published."), "published_where")
    document = locked(document)
    first = document.versions.filter(adopted_on__isnull=False).order_by("adopted_on").first()
    if first is None or first.adopted_on is None:
        raise ActionError(_("No version has been adopted yet. Adopt one first."))
    if published_on < first.adopted_on:
        raise ActionError(_("This is before the adoption. Correct the date."), "published_on")
    document.published_on, document.published_where = published_on, published_where.strip()
    document.save(update_fields=["published_on", "published_where"])
    return document


def _assess(document: ConcreteRequirements) -> None:
    assess([document.organization_id], campaign_id=document.campaign_id, evidence=("requirements",))


def _require(by, organization: Organization) -> None:
    if by is not None and not may_record(by, organization):
        raise NotPermitted(
            _("Your post does not record for %(name)s. Ask its secretary.") % {"name": organization.name}
        )
