"""Writing publications (items 71, 102) and publicity items (item 104)."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from campaign.plan.models import Campaign
from campaign.progress import publications
from campaign.progress.actions import assess
from campaign.publicity.models import Publication, PublicityItem
from enterprises import clock
from enterprises.access import roles
from enterprises.action import ActionError, action
from enterprises.actions.permit import locked, not_future, require
from enterprises.actions.submissions import earlier
from enterprises.models import Organization
from enterprises.uploads import check_upload


@action
def publish(
    *,
    by,
    campaign: Campaign,
    organization: Organization,
    subject: str,
    title: str,
    place: str,
    since: date,
    until: date | None = None,
    things: Iterable[int] = (),
    text: str = "",
    place_words: str = "",
    upload: UploadedFile | None = None,
    submission: UUID | None = None,
) -> Publication:
    """Enter a publication; the things it tells of (ids of its subject) count as published from that day.

    The same `submission` twice is one. Raises ``ActionError``.
    """
    require(by, roles.RECORD, organization)
    submission = submission or uuid4()
    existing = earlier(Publication, submission, organization=organization)
    if existing is not None:
        return existing
    not_future(since, "since")
    if until is not None and until < since:
        raise ActionError(_("It ends before it begins. Correct one of the days."), "until")
    chosen = _ready(subject, organization, list(things), since)
    if upload is not None:
        upload.name = f"{submission}.{check_upload(upload)}"
    publication = Publication.objects.create(
        campaign=campaign,
        organization=organization,
        subject=subject,
        title=title.strip(),
        text=text.strip(),
        thing_ids=chosen,
        place=place,
        place_words=place_words.strip(),
        since=since,
        until=until,
        file=upload or "",
        submission=submission,
        recorded_by=by,
        recorded_at=clock.now(),
    )
    publications.mark(subject, chosen, since)
    _prove(publication)
    return publication


@action
def withdraw_publication(*, by, publication: Publication, reason: str) -> Publication:
    """Take a publication back: it stays to be seen and tells nobody anything. Twice is once.

    What stands in no other publication counts as unpublished again. Raises ``ActionError``.
    """
    require(by, roles.RECORD, publication.organization)
    if not reason.strip():
        raise ActionError(_("Say why it is withdrawn."), "reason")
    publication = locked(publication)
    if publication.withdrawn_on is None:
        publication.withdrawn_on = clock.today()
        publication.save(update_fields=["withdrawn_on"])
        publications.mark(publication.subject, _told_nowhere_else(publication), None)
        _prove(publication)
    return publication


@action
def record_publicity(
    *, by, campaign: Campaign, organization: Organization, submission: UUID | None = None, **told: Any
) -> PublicityItem:
    """Enter a piece that appeared (item 104). The same `submission` twice is one. Raises ``ActionError``."""
    require(by, roles.RECORD, organization)
    submission = submission or uuid4()
    existing = earlier(PublicityItem, submission, organization=organization)
    if existing is not None:
        return existing
    not_future(told["appeared_on"], "appeared_on")
    return PublicityItem.objects.create(
        campaign=campaign,
        organization=organization,
        submission=submission,
        recorded_by=by,
        recorded_at=clock.now(),
        **told,
    )


@action
def correct_publicity(*, by, item: PublicityItem, **told: Any) -> PublicityItem:
    """Correct what was entered. Raises ``ActionError``."""
    require(by, roles.RECORD, item.organization)
    not_future(told.get("appeared_on", item.appeared_on), "appeared_on")
    item = locked(item)
    for name, value in told.items():
        setattr(item, name, value)
    item.save()
    return item


def _ready(subject: str, organization: Organization, ids: list[int], since: date) -> list[int]:
    """The chosen ids, if all may be published on that day. Raises ``ActionError``."""
    known = {thing.pk: thing for thing in publications.ready(subject, organization.pk)}
    if any(pk not in known for pk in ids):
        raise ActionError(_("Some of what was chosen is not ready to be published. Choose again."), "things")
    early = [known[pk] for pk in ids if known[pk].on > since]
    if early:
        words = _("“%(title)s” was not done yet on that day. Correct the date, or leave it out.")
        raise ActionError(words % {"title": early[0].title}, "since")
    return sorted(ids)


def _told_nowhere_else(publication: Publication) -> list[int]:
    others = Publication.objects.standing().filter(
        organization=publication.organization_id, subject=publication.subject, thing_ids__overlap=publication.thing_ids
    )
    told = {pk for ids in others.values_list("thing_ids", flat=True) for pk in ids}
    return [pk for pk in publication.thing_ids if pk not in told]


def _prove(publication: Publication) -> None:
    assess([publication.organization_id], campaign_id=publication.campaign_id, evidence=(publications.EVIDENCE,))
