"""Writing the reading list, what sessions took up of it, and what was applied in work (items 34, 49, 56)."""

from collections.abc import Collection, Iterable
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from campaign.meetings.models import Meeting
from campaign.plan.frames import tags_of
from campaign.plan.kinds import MEETING_KINDS
from campaign.plan.models import Campaign
from campaign.study.models import AppliedNote, SessionTags, StudiedMaterial, StudyMaterial
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may, may_record
from enterprises.action import ActionError, action
from enterprises.actions.permit import NotPermitted, locked
from enterprises.codes import EducationBand
from enterprises.models import Member, Organization
from enterprises.uploads import check_upload


def may_list(by, organization: Organization | None) -> bool:
    """Whether `by` keeps the reading list there; without an organisation: that of the whole campaign."""
    if organization is not None:
        return may_record(by, organization)
    return roles.RECORD in by.reach.permissions and by.reach.covers(roles.CAMPAIGN, "")


@action
def add_material(
    *,
    by,
    campaign: Campaign,
    organization: Organization | None,
    title: str,
    priority: str,
    required: bool = False,
    audiences: Collection[str] = (),
    bands: Collection[str] = (),
    source: str = "",
    note: str = "",
    upload: UploadedFile | None = None,
    submission: UUID | None = None,
) -> StudyMaterial:
    """Put a title on the reading list. The same `submission` twice is one. Raises `ActionError`."""
    _require_list(by, organization)
    _check_material(title, priority, audiences, bands)
    submission = submission or uuid4()
    if upload is not None:
        upload.name = f"{submission}.{check_upload(upload)}"
    material, _created = StudyMaterial.objects.get_or_create(
        submission=submission,
        defaults={
            "campaign": campaign,
            "organization": organization,
            "title": title.strip(),
            "source": source.strip(),
            "priority": priority,
            "required": required,
            "audiences": sorted(audiences),
            "bands": sorted(bands),
            "note": note.strip(),
            "file": upload or "",
            "recorded_by": by,
            "recorded_at": clock.now(),
        },
    )
    return material


@action
def change_material(
    *,
    by,
    material: StudyMaterial,
    title: str,
    priority: str,
    required: bool,
    audiences: Collection[str] = (),
    bands: Collection[str] = (),
    source: str = "",
    note: str = "",
) -> StudyMaterial:
    """Say a title of the list anew. Raises `ActionError`."""
    _require_list(by, material.organization)
    _check_material(title, priority, audiences, bands)
    material = locked(material)
    material.title, material.source, material.note = title.strip(), source.strip(), note.strip()
    material.priority, material.required = priority, required
    material.audiences, material.bands = sorted(audiences), sorted(bands)
    material.save(update_fields=["title", "source", "note", "priority", "required", "audiences", "bands"])
    return material


@action
def withdraw_material(*, by, material: StudyMaterial, reason: str) -> StudyMaterial:
    """Take a title off the list; sessions that took it up keep it. Twice is once. Raises `ActionError`."""
    _require_list(by, material.organization)
    if not reason.strip():
        raise ActionError(_("Say why it is taken off the list."), "reason")
    material = locked(material)
    if material.withdrawn_on is None:
        material.withdrawn_on = clock.today()
        material.save(update_fields=["withdrawn_on"])
    return material


@action
def name_studied(*, by, meeting: Meeting, materials: Iterable[StudyMaterial]) -> list[StudyMaterial]:
    """Say which titles a study session took up; what was said before is replaced, but for titles that have
    been taken off the list since. Raises `ActionError`."""
    _require_session(by, meeting)
    wanted = {material.pk: material for material in materials}
    if any(m.campaign_id != meeting.campaign_id for m in wanted.values()):
        raise ActionError(_("This title belongs to another campaign. Choose from the list."), "materials")
    locked(meeting)
    have = set(meeting.studied.values_list("material", flat=True))
    meeting.studied.filter(material__in=have - set(wanted), material__withdrawn_on=None).delete()
    StudiedMaterial.objects.bulk_create(
        StudiedMaterial(meeting=meeting, material=wanted[pk]) for pk in sorted(set(wanted) - have)
    )
    return list(wanted.values())


@action
def tag_session(*, by, meeting: Meeting, tags: Iterable[str]) -> SessionTags | None:
    """Say which guiding ideas a study session was about; none takes the tags away. Raises `ActionError`."""
    _require_session(by, meeting)
    chosen = set(tags)
    known = [code for code in tags_of(meeting.campaign) if code in chosen] if meeting.campaign else []
    if not known:
        SessionTags.objects.filter(meeting=meeting).delete()
        return None
    tagged, _created = SessionTags.objects.update_or_create(meeting=meeting, defaults={"tags": known})
    return tagged


@action
def note_applied(*, by, meeting: Meeting, text: str) -> AppliedNote | None:
    """Say what a study session led to in work; an empty text takes the note back. Raises `ActionError`."""
    _require_session(by, meeting)
    locked(meeting)
    note = AppliedNote.objects.filter(meeting=meeting).first()
    if not text.strip():
        if note is not None:
            note.delete()
        return None
    if note is None:
        return AppliedNote.objects.create(meeting=meeting, text=text.strip(), recorded_by=by, recorded_at=clock.now())
    if note.text != text.strip():
        # What was selected was the old wording: whoever selects reads the new one first.
        note.text, note.selected_on = text.strip(), None
        note.save(update_fields=["text", "selected_on"])
    return note


def may_select(by, note: AppliedNote) -> bool:
    """Whether `by` selects cases there: somebody who records for an organisation above the branch."""
    superior = note.meeting.organization.superior
    return superior is not None and may(by, roles.RECORD, superior)


@action
def select_case(*, by, note: AppliedNote, selected: bool = True) -> AppliedNote:
    """Select a note as a case for others to learn from, or no longer. Raises `ActionError`."""
    if by is not None and not may_select(by, note):
        raise NotPermitted(_("Cases are selected by the organization above the branch."))
    note = locked(note)
    if (note.selected_on is not None) != selected:
        note.selected_on = clock.today() if selected else None
        note.save(update_fields=["selected_on"])
    return note


def _require_list(by, organization: Organization | None) -> None:
    if by is not None and not may_list(by, organization):
        raise NotPermitted(_("Your post does not keep the reading list there. Ask the organization above it."))


def _require_session(by, meeting: Meeting) -> None:
    if by is not None and not may_record(by, meeting.organization, meeting.party_group):
        raise NotPermitted(
            _("Your post does not record for %(name)s. Ask its secretary.") % {"name": meeting.organization.name}
        )
    if not MEETING_KINDS[meeting.kind].is_study:
        raise ActionError(_("This meeting was no study. Only study sessions name what was studied."), "materials")


def _check_material(title: str, priority: str, audiences: Collection[str], bands: Collection[str]) -> None:
    if not title.strip():
        raise ActionError(_("The title is missing. Enter it."), "title")
    if priority not in StudyMaterial.Priority.values:
        raise ActionError(_("Choose one of the priorities offered."), "priority")
    if set(audiences) - set(Member.Category.values):
        raise ActionError(_("Choose from the categories offered."), "audiences")
    if set(bands) - set(EducationBand.values):
        raise ActionError(_("Choose from the categories offered."), "bands")
