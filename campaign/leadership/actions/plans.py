"""Plans: versions and the chain draft → reviewed → approved → filed, with returns (item 25)."""

from collections.abc import Iterable
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from campaign.leadership import rules
from campaign.leadership.actions.entering import entered, require_open, require_own, stamp
from campaign.leadership.capacities import capacities, leading
from campaign.leadership.models import ImplementationPlan, PlanEntry, PlanVersion
from campaign.plan.frames import tags_of
from campaign.plan.models import Campaign, Phase
from enterprises import clock
from enterprises.action import ActionError, action
from enterprises.actions.permit import NotPermitted, locked
from enterprises.models import Organization
from enterprises.uploads import check_upload

State = ImplementationPlan.State


@action
def write_plan(
    *,
    by,
    campaign: Campaign,
    organization: Organization,
    phase: Phase | None = None,
    title: str = "",
    text: str = "",
    upload: UploadedFile | None = None,
    tags: Iterable[str] = (),
    submission: UUID | None = None,
) -> PlanVersion:
    """Write the plan of an organisation: a draft is said anew, anything further along gets a new version.

    ``tags``: codes of the guiding ideas it holds (item 111). The version in force stays in force until a later
    one is approved. Raises `ActionError`.
    """
    require_own(by, organization)
    if same := entered(PlanVersion, submission):
        return same
    require_open(organization)
    locked(organization)
    plan, _new = ImplementationPlan.objects.get_or_create(campaign=campaign, organization=organization, phase=phase)
    latest = plan.versions.first()
    if plan.state in (State.SUBMITTED, State.REVIEWED):
        raise ActionError(_("This plan is being reviewed. Wait for the answer, or ask for it to be returned."))
    draft = latest if latest and plan.state == State.DRAFT else None
    kept = latest.file if latest and not upload else ""
    if not text.strip() and not upload and not kept:
        raise ActionError(_("Neither text nor file. Write the plan, or attach it."), "text")
    version = draft or PlanVersion(plan=plan, number=latest.number + 1 if latest else 1, **stamp(by, submission))
    version.title, version.text, version.file = title.strip() or str(plan), text.strip(), _named(version, upload, kept)
    version.tags = [code for code in tags_of(campaign) if code in set(tags)]
    version.save()
    if draft is None:
        _enter(by, plan, version, PlanEntry.Act.DRAFTED, organization)
        _stand(plan, State.DRAFT)
    return version


def _named(version: PlanVersion, upload: UploadedFile | None, kept):
    if upload is None:
        return kept
    upload.name = f"{version.submission}.{check_upload(upload)}"
    return upload


def _stand(plan: ImplementationPlan, state: str) -> None:
    plan.state = state
    plan.save(update_fields=["state"])


def _enter(by, plan, version, act, organization, remark: str = "", document_number: str = "") -> PlanEntry:
    return PlanEntry.objects.create(
        version=version,
        act=act,
        organization=organization,
        account=by,
        at=clock.now(),
        remark=remark.strip(),
        document_number=document_number.strip(),
    )


@action
def move_plan(
    *, by, plan: ImplementationPlan, act: str, version: int | None = None, remark: str = "", document_number: str = ""
) -> ImplementationPlan:
    """Hand in, review, approve, file or return the latest version (``rules.ACTS``).

    ``version``: the number of the version that was read; a newer one is refused. The same act twice is one.
    A return needs a reason. Raises `ActionError`, `NotPermitted` where the acting post has no such part.
    """
    plan = locked(plan)
    latest = plan.versions.first()
    acting = _capacity(by, plan, act)
    if latest is None or (version is not None and version != latest.number):
        raise ActionError(_("There is a newer version. Read it first."))
    after = rules.ACTS[act][1]
    if plan.state == after:
        return plan
    try:
        rules.next_state(plan.state, act)
    except ValueError:
        words = plan.get_state_display()
        raise ActionError(_("The plan is %(state)s; this does not follow. Look again.") % {"state": words}) from None
    if act == "return" and not remark.strip():
        raise ActionError(_("Say why it is returned, so that it can be mended."), "remark")
    if act == "approve":
        plan.approved = latest
    plan.state = after
    plan.save(update_fields=["state", "approved"])
    _enter(by, plan, latest, after, acting, remark, document_number)
    return plan


def _capacity(by, plan: ImplementationPlan, act: str) -> Organization | None:
    """The organisation that acts; ``None`` for a supervision group. Raises `NotPermitted`."""
    who = rules.ACTS[act][2]
    above = leading(plan.organization)
    if by is None:
        return plan.organization if rules.OWN in who else above
    mine = capacities(by, plan.organization) & set(who)
    if not mine:
        words = _("Only %(name)s decides about this plan.") if rules.OWN not in who else _("Only %(name)s hands it in.")
        raise NotPermitted(words % {"name": (above if rules.OWN not in who else plan.organization).name})
    if rules.OWN in mine:
        return plan.organization
    return above if rules.LEADING in mine else None
