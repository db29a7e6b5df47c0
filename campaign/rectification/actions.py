"""Writing rectification: items, their proofs, plans, and the measures of single members (items 68-73)."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from campaign.plan.frames import sentences_of
from campaign.plan.models import Campaign
from campaign.progress.actions import assess
from campaign.rectification import rules
from campaign.rectification.models import Feasibility, RectificationItem, RectificationProof
from campaign.rectification.wording import refuse
from enterprises import clock
from enterprises.access import roles
from enterprises.action import ActionError, action
from enterprises.actions.permit import locked, not_future, require
from enterprises.actions.submissions import earlier
from enterprises.models import Member, Organization
from enterprises.uploads import check_upload

EVIDENCE = ("rectified", "published")
State = RectificationItem.State


def prove(organization_ids: Iterable[int], campaign_id: int, *kinds: str) -> None:
    """Bring the steps that rectification proves in line with what was just written."""
    assess(organization_ids, campaign_id=campaign_id, evidence=kinds or EVIDENCE)


@action
def raise_item(
    *, by, campaign: Campaign, organization: Organization, submission: UUID | None = None, **told: Any
) -> RectificationItem:
    """Open an item. ``told`` are its fields; without owner or date it stands with a warning (item 72).

    The same `submission` twice is one. Raises ``ActionError``.
    """
    require(by, roles.RECORD, organization)
    submission = submission or uuid4()
    existing = earlier(RectificationItem, submission, organization=organization)
    if existing is not None:
        return existing
    item = RectificationItem(
        campaign=campaign,
        organization=organization,
        submission=submission,
        recorded_by=by,
        recorded_at=clock.now(),
        **{"raised_on": clock.today()} | told,
    )
    if item.opinion_item and item.opinion_item.organization_id != organization.pk:
        raise ActionError(_("These opinions were said of another organization. Raise the item there."))
    _check(item)
    item.save()
    prove([organization.pk], campaign.pk)
    return item


@action
def correct_item(*, by, item: RectificationItem, reason: str = "", **told: Any) -> RectificationItem:
    """Change the fields of an item that is not closed. Raises ``ActionError``."""
    require(by, roles.RECORD, item.organization)
    item = locked(item)
    _still(item)
    if item.state in rules.CLOSED:
        raise ActionError(_("It is rectified already. Reopen it first, with the reason."))
    for name, value in told.items():
        setattr(item, name, value)
    _check(item)
    item.save()
    prove([item.organization_id], item.campaign_id)
    return item


@action
def start_item(*, by, item: RectificationItem) -> RectificationItem:
    """Begin with an item. Raises ``ActionError``."""
    require(by, roles.RECORD, item.organization)
    item = locked(item)
    _still(item)
    if item.state != State.IN_PROGRESS:
        _move(item, State.IN_PROGRESS)
        item.save(update_fields=["state"])
    return item


@action
def finish_item(
    *,
    by,
    item: RectificationItem,
    done: str,
    done_on: date | None,
    outcome: str,
    verifier: Member | None = None,
    verifier_post: str = "",
    upload: UploadedFile | None = None,
    sentences: Iterable[str] = (),
) -> RectificationItem:
    """Close an item: what was done, when, to which effect; with priority also proof and verifier (items 70, 73).

    It is filed under ``sentences``, or under those of its effect (item 112). Raises ``ActionError``.
    """
    require(by, roles.RECORD, item.organization)
    item = locked(item)
    _still(item)
    _move(item, State.DONE)
    refuse(
        rules.closing_gaps(
            rules.Closing(
                done=done,
                done_on=done_on,
                outcome=outcome,
                priority=bool(item.priority),
                proofs=item.proofs.count() + (upload is not None),
                owner=_who(item.owner_id, item.owner_post, item.department),
                verifier=_who(verifier.pk if verifier else None, verifier_post),
            )
        )
    )
    if done_on is not None:
        not_future(done_on, "done_on")
        if done_on < item.raised_on:
            raise ActionError(_("It was raised only after this day. Correct the date."), "done_on")
    item.done, item.done_on, item.outcome = done.strip(), done_on, outcome
    item.verifier, item.verifier_post = verifier, verifier_post.strip()
    item.sentences = rules.filed_under(outcome, sentences, list(sentences_of(item.campaign)))
    item.save()
    if upload is not None:
        _store(item, upload)
    prove([item.organization_id], item.campaign_id)
    return item


@action
def add_proof(*, by, item: RectificationItem, upload: UploadedFile) -> RectificationProof:
    """Keep one more file with an item. Raises ``ActionError``."""
    require(by, roles.RECORD, item.organization)
    return _store(item, upload)


@action
def reopen_item(*, by, item: RectificationItem, reason: str) -> RectificationItem:
    """Open a closed item again, with the reason; what was done stays in its history. Raises ``ActionError``."""
    require(by, roles.RECORD, item.organization)
    if not reason.strip():
        raise ActionError(_("Say why it is opened again."), "reason")
    item = locked(item)
    _still(item)
    if item.state not in rules.CLOSED:
        raise ActionError(_("It is still open."))
    _move(item, State.IN_PROGRESS)
    item.done, item.done_on, item.outcome, item.published_on = "", None, "", None
    item.verifier, item.verifier_post, item.sentences = None, "", []
    item.save()
    prove([item.organization_id], item.campaign_id)
    return item


@action
def withdraw_item(*, by, item: RectificationItem, reason: str) -> RectificationItem:
    """Withdraw an item that should not have been entered: it stays to be seen and asks nothing. Twice is once.

    Raises ``ActionError``.
    """
    require(by, roles.RECORD, item.organization)
    if not reason.strip():
        raise ActionError(_("Say why it is withdrawn."), "reason")
    item = locked(item)
    if item.state == State.PUBLISHED:
        raise ActionError(_("It is published already. Withdraw the publication first."), "reason")
    if item.withdrawn_on is None:
        item.withdrawn_on = clock.today()
        item.save(update_fields=["withdrawn_on"])
        prove([item.organization_id], item.campaign_id)
    return item


def mark_published(ids: Iterable[int], on: date | None) -> None:
    """Items were told to the masses on that day, or (``None``) the publication was taken back.

    Called by the register of publications, in its transaction; it assesses the organization afterwards.
    """
    items = RectificationItem.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=list(ids))
    for item in items.filter(state__in=rules.CLOSED, withdrawn_on=None).order_by("pk"):
        if on is not None and item.published_on is not None:
            continue  # published elsewhere before: the first day stays
        item.state = State.DONE if on is None else State.PUBLISHED
        item.published_on = on
        item.save(update_fields=["state", "published_on"])


def _check(item: RectificationItem) -> None:
    """Bring an item into order and refuse what it must not lack. Raises ``ActionError``."""
    not_future(item.raised_on, "raised_on")
    lacking = item.feasibility == Feasibility.LACKING
    refuse(gap for gap in rules.opening_gaps(item.facts) if gap == rules.Gap.EXPLANATION)
    item.explained_on = (item.explained_on or clock.today()) if lacking else None
    if item.explained_on is not None:
        not_future(item.explained_on, "explained_on")
    if not lacking and item.due_on is not None and item.due_on < item.raised_on:
        raise ActionError(_("It is due before it was raised. Correct one of the dates."), "due_on")


def _still(item: RectificationItem) -> None:
    if item.withdrawn_on:
        raise ActionError(_("This item is withdrawn. Raise a new one."))


def _move(item: RectificationItem, state: str) -> None:
    """Set another state. Raises ``ActionError`` where it does not follow."""
    if not rules.may_follow(item.state, state):
        raise ActionError(
            _("The item is “%(state)s”; this does not follow. Load the page again.")
            % {"state": item.get_state_display()}
        )
    item.state = state


def _who(member_id: int | None, *words: str) -> frozenset[str]:
    """What identifies a person or department when two are compared."""
    named = {word.replace(" ", "") for word in words if word.strip()}
    return frozenset(named | ({f"#{member_id}"} if member_id else set()))


def _store(item: RectificationItem, upload: UploadedFile) -> RectificationProof:
    shown = (upload.name or "")[-120:]
    upload.name = f"{uuid4()}.{check_upload(upload)}"
    return RectificationProof.objects.create(
        item=item, file=upload, name=shown, size=upload.size or 0, added_at=clock.now()
    )
