"""Writing opinions: sent by anybody, entered by staff, sorted, merged, answered, removed (items 58, 59)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from campaign.opinions.categories import categories_of
from campaign.opinions.models import LONGEST, Channel, Opinion, OpinionItem, OpinionPage, SourceGroup
from campaign.opinions.references import digest, new_slug, reference_of
from campaign.plan.models import Campaign, Participation
from campaign.progress.actions import assess
from enterprises import clock
from enterprises.access.reach import may_record
from enterprises.action import ActionError, action
from enterprises.actions.permit import NotPermitted, locked, not_future
from enterprises.models import Organization

MOST = 2000  # opinions entered in one go


@dataclass(frozen=True)
class Told:
    """One opinion as somebody tells it; ``category`` where it came sorted already."""

    text: str
    channel: str
    received_on: date
    source_group: str = ""
    category: str = ""


@action
def open_page(*, by, participation: Participation) -> OpinionPage:
    """Give the unit its public page, or open it again. Twice is once. Raises ``ActionError``."""
    _require(by, _leading(participation))
    page, _created = OpinionPage.objects.get_or_create(participation=participation, defaults={"slug": new_slug()})
    if not page.is_open:
        page.is_open = True
        page.save(update_fields=["is_open"])
    return page


@action
def close_page(*, by, page: OpinionPage) -> OpinionPage:
    """Take no more opinions through the public page; its address stays reserved."""
    _require(by, _leading(page.participation))
    page.is_open = False
    page.save(update_fields=["is_open"])
    return page


@action
def receive(
    *, by, page: OpinionPage, text: str, submission: UUID, guess: str = "", source_group: str = ""
) -> tuple[Opinion, str]:
    """Take an opinion sent through the public page. Returns it with the number its author takes along.

    Nobody is asked who they are: ``by`` is not used. The same ``submission`` twice is one opinion.
    Raises ``ActionError``.
    """
    organization = _leading(page.participation)
    if not page.is_open:
        raise ActionError(_("This page takes no opinions any more."))
    campaign = page.participation.campaign
    reference = reference_of(submission)
    opinion, created = Opinion.objects.get_or_create(
        reference_digest=digest(reference),
        defaults={
            "campaign": campaign,
            "organization": organization,
            "channel": Channel.WEB,
            "source_group": _one_of(source_group, SourceGroup.values),
            "text": _words(text),
            "received_on": clock.today(),
            "guess": _one_of(guess, categories_of(campaign)),
        },
    )
    if created:
        _follow(campaign, [organization.pk])
    return opinion, reference


@action
def enter(
    *, by, campaign: Campaign, organization: Organization, told: Sequence[Told], submission: UUID
) -> list[Opinion]:
    """Enter opinions that came in otherwise, on behalf of those who voiced them (item 58).

    The same ``submission`` twice enters nothing again. Raises ``ActionError``; its message names the line.
    """
    _require(by, organization)
    if not campaign.participations.filter(unit=organization.enterprise_id).exists():
        raise ActionError(_("%(name)s does not take part in this campaign.") % {"name": organization.name})
    if not told:
        raise ActionError(_("There is no opinion in it. Write at least one line."), "texts")
    if len(told) > MOST:
        raise ActionError(_("These are more than %(most)d opinions. Enter them in several goes.") % {"most": MOST})
    known = categories_of(campaign)
    made = [_entered(one, campaign, organization, known, uuid5(submission, str(n))) for n, one in enumerate(told)]
    stored = Opinion.objects.filter(reference_digest__in=[one.reference_digest for one in made])
    if not stored.exists():
        Opinion.objects.bulk_create(made)
        _follow(campaign, [organization.pk])
        return made
    return list(stored)


def _entered(told: Told, campaign, organization, known, submission: UUID) -> Opinion:
    not_future(told.received_on, "received_on")
    if told.channel not in Channel.values:
        raise ActionError(_("Choose how the opinion came in."), "channel")
    if told.category and told.category not in known:
        raise ActionError(_("The campaign knows no such category."), "category")
    state = Opinion.State.SORTED if told.category else Opinion.State.RAW
    return Opinion(
        campaign=campaign,
        organization=organization,
        channel=told.channel,
        source_group=_one_of(told.source_group, SourceGroup.values),
        text=_words(told.text),
        received_on=told.received_on,
        category=told.category,
        state=state,
        sorted_on=clock.today() if told.category else None,
        reference_digest=digest(reference_of(submission)),
    )


@action
def sort(*, by, opinion: Opinion, category: str, item: OpinionItem | None = None, new_item: str = "") -> Opinion:
    """Put an opinion into a category; with ``item`` or a ``new_item`` also merge it there (item 59).

    Sorting again corrects. Raises ``ActionError``.
    """
    _require(by, opinion.organization)
    opinion = locked(opinion)
    _standing(opinion)
    if category not in categories_of(opinion.campaign):
        raise ActionError(_("Choose one of the categories."), "category")
    if new_item.strip():
        item = _item(opinion, category, new_item.strip())
    if item is not None and (item.campaign_id, item.organization_id) != (opinion.campaign_id, opinion.organization_id):
        raise ActionError(_("That item belongs to another organization."), "item")
    opinion.category = item.category if item else category
    opinion.item = item
    opinion.state = Opinion.State.MERGED if item else Opinion.State.SORTED
    opinion.sorted_on = opinion.sorted_on or clock.today()
    opinion.save(update_fields=["category", "item", "state", "sorted_on"])
    _follow(opinion.campaign, [opinion.organization_id])
    return opinion


def _item(opinion: Opinion, category: str, title: str) -> OpinionItem:
    return OpinionItem.objects.create(
        campaign=opinion.campaign,
        organization=opinion.organization,
        title=title,
        category=category,
        created_on=clock.today(),
    )


@action
def remove(*, by, opinion: Opinion) -> Opinion:
    """Take out what is not for this system, e.g. an accusation against a named person (2.12).

    The words are deleted, also from what the author could look up; that there was one is still counted.
    """
    _require(by, opinion.organization)
    opinion = locked(opinion)
    opinion.text = opinion.category = opinion.guess = opinion.source_group = ""
    opinion.item = None
    opinion.state = Opinion.State.REMOVED
    opinion.sorted_on = opinion.sorted_on or clock.today()
    opinion.save()
    _follow(opinion.campaign, [opinion.organization_id])
    return opinion


@action
def answer(*, by, item: OpinionItem, answer: str) -> OpinionItem:
    """Say what becomes of an item; the authors of its originals read it (item 59: handled)."""
    _require(by, item.organization)
    if not answer.strip():
        raise ActionError(_("Say what was or will be done."), "answer")
    item = locked(item)
    item.answer = answer.strip()
    item.answered_on = item.answered_on or clock.today()
    item.save(update_fields=["answer", "answered_on"])
    return item


@action
def rename_item(*, by, item: OpinionItem, title: str, category: str) -> OpinionItem:
    """Correct the sentence or the category of an item; its originals take the category over."""
    _require(by, item.organization)
    if category not in categories_of(item.campaign):
        raise ActionError(_("Choose one of the categories."), "category")
    if not title.strip():
        raise ActionError(_("Say it in one sentence."), "title")
    item = locked(item)
    item.title, item.category = title.strip(), category
    item.save(update_fields=["title", "category"])
    item.opinions.exclude(category=category).update(category=category)
    return item


def _follow(campaign: Campaign, organization_ids: Iterable[int]) -> None:
    assess(organization_ids, campaign_id=campaign.pk, evidence=("opinions",))


def _leading(participation: Participation) -> Organization:
    organization = participation.unit.leading_organization
    if organization is None:
        raise ActionError(_("The unit has no Party organization yet that could take opinions."))
    return organization


def _require(by, organization: Organization) -> None:
    if by is not None and not may_record(by, organization):
        raise NotPermitted(
            _("Your post does not record for %(name)s. Ask its secretary.") % {"name": organization.name}
        )


def _standing(opinion: Opinion) -> None:
    if opinion.state == Opinion.State.REMOVED:
        raise ActionError(_("This opinion was taken out. Nothing of it is left to be sorted."))


def _words(text: str) -> str:
    words = text.replace("\r\n", "\n").strip()
    if not words:
        raise ActionError(_("There is nothing written yet. Write what you see and what you propose."), "text")
    if len(words) > LONGEST:
        raise ActionError(_("This is longer than %(most)d characters. Make two of it.") % {"most": LONGEST}, "text")
    return words


def _one_of(value: str, known: Iterable[str]) -> str:
    return value if value in known else ""
