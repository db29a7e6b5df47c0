"""The history of leadership in one organisation: what was founded, named, decided, held, and corrected."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from campaign.leadership.models import (
    CampaignOffice,
    GroupSeat,
    LeadingGroup,
    OfficeStaff,
    PlanEntry,
    Responsibility,
    TrainingEvent,
)
from campaign.plan.models import Campaign
from enterprises.history import changes
from enterprises.models import Organization

LATEST = 30


@dataclass(frozen=True)
class Entry:
    """One line of the history."""

    moment: datetime
    words: str
    url: str = ""
    url_words: str = ""


def history_of(campaign: Campaign, organization: Organization) -> list[Entry]:
    """The latest entries, newest first."""
    here = {"campaign": campaign, "organization": organization}
    groups, offices = LeadingGroup.objects.filter(**here), CampaignOffice.objects.filter(**here)
    found = [Entry(g.recorded_at, _("Leading group founded: %(doc)s") % {"doc": g.document_number}) for g in groups]
    found += [Entry(o.recorded_at, _("Campaign office founded: %(doc)s") % {"doc": o.document_number}) for o in offices]
    for seat in GroupSeat.objects.filter(group__in=groups).select_related("member"):
        found += _dated(seat, f"{seat.get_role_display()} {seat.member.name}")
    for staff in OfficeStaff.objects.filter(office__in=offices):
        found += _dated(staff, _("Campaign office: %(name)s") % {"name": staff.name})
    for entry in Responsibility.objects.filter(organization=organization):
        found += _dated(entry, f"{entry.get_kind_display()} {entry.name}")
    chain = PlanEntry.objects.filter(version__plan__organization=organization, version__plan__campaign=campaign)
    found += [_plan(entry) for entry in chain.select_related("version__plan__phase")[:LATEST]]
    found += [
        Entry(event.recorded_at, event.title, reverse("leadership:training", args=[event.pk]), _("Open"))
        for event in TrainingEvent.objects.filter(**here)[:LATEST]
    ]
    for thing in [*groups, *offices]:
        found += _corrections(thing)
    return sorted(found, key=lambda entry: entry.moment, reverse=True)[:LATEST]


def _dated(row, words: str) -> list[Entry]:
    since = _("%(words)s, from %(day)s") % {"words": words, "day": row.since}
    found = [Entry(row.recorded_at, since)]
    for change in changes(row):
        if row.until and any(new == str(row.until) for _label, _old, new in change.fields):
            found.append(Entry(change.at, _("%(words)s, until %(day)s") % {"words": words, "day": row.until}))
    return found


def _plan(entry: PlanEntry) -> Entry:
    plan = entry.version.plan
    told = {"plan": plan, "number": entry.version.number, "act": entry.get_act_display()}
    words = _("%(plan)s, version %(number)s: %(act)s") % told
    if entry.remark:
        words += pgettext("before a remark", ": ") + entry.remark
    return Entry(entry.at, words, reverse("leadership:plan", args=[plan.pk]), _("Open"))


def _corrections(thing) -> list[Entry]:
    return [
        Entry(change.at, f"{label}: {old or '—'} → {new or '—'}")
        for change in changes(thing)
        for label, old, new in change.fields
    ]
