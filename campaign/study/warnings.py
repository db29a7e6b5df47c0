"""Warnings on study: too many required titles (item 34), no session on the key title by mid-phase (item 49)."""

from collections import defaultdict
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.plan.models import Campaign, PhaseSchedule
from campaign.plan.own import policies_of
from campaign.study import rules
from campaign.study.models import StudiedMaterial, StudyMaterial
from campaign.study.reading import excesses, standing
from enterprises.models import Organization
from enterprises.tree import ancestor_paths
from enterprises.warnings import Warning

Found = dict[int, list[Warning]]


def reading(organization_ids: list[int], today: date) -> Found:
    """Both warnings, for these open organisations, in a fixed number of statements."""
    titles = list(standing().select_related("campaign__definition", "organization"))
    if not titles:
        return {}
    organizations = list(
        Organization.objects.open()
        .filter(pk__in=organization_ids, enterprise__isnull=False)
        .select_related("enterprise")
    )
    found: Found = defaultdict(list)
    for campaign in {m.campaign for m in titles}:
        listed = [m for m in titles if m.campaign_id == campaign.pk]
        _caps(found, campaign, organizations, listed)
        _key_titles(found, campaign, [o for o in organizations if o.is_branch], listed, today)
    return dict(found)


def _for(organization: Organization, titles: list[StudyMaterial]) -> list[StudyMaterial]:
    chain = {*ancestor_paths(organization.path), organization.path}
    return [m for m in titles if m.organization is None or m.organization.path in chain]


def _caps(found: Found, campaign: Campaign, organizations, titles: list[StudyMaterial]) -> None:
    """Said where a title was added, not again at everybody below."""
    adders = {m.organization_id for m in titles if m.required}
    policies = policies_of(campaign, [organization.enterprise_id for organization in organizations])
    for organization in organizations:
        if organization.pk not in adders:
            continue
        listed = _for(organization, titles)
        for excess in excesses(policies[organization.enterprise_id], listed, organization.enterprise.condition):
            text = _(
                "%(required)d titles are required of %(category)s members, at most %(cap)d should be. "
                "Make some of them optional."
            )
            values = {"required": excess.required, "category": excess.label, "cap": excess.cap}
            url = f"{reverse('study:material_list')}?campaign={campaign.pk}"
            found[organization.pk].append(Warning("MATERIALS_CAP", text % values, url))


def _study_phases(campaign: Campaign) -> list[int]:
    """The phases in which class hours are asked for."""
    steps = campaign.steps.all()
    return [s.phase_id for s in steps if any(o.evidence["kind"] == "hours" for o in s.obligations)]


def _key_titles(found: Found, campaign: Campaign, branches, titles: list[StudyMaterial], today: date) -> None:
    keys = [m for m in titles if m.priority == StudyMaterial.Priority.KEY]
    if not keys or not branches:
        return
    schedules = PhaseSchedule.objects.filter(
        phase__in=_study_phases(campaign), participation__unit__in={b.enterprise_id for b in branches}
    )
    spans = {
        unit: (start, end) for unit, start, end in schedules.values_list("participation__unit", "starts_on", "ends_on")
    }
    taken = set(
        StudiedMaterial.objects.filter(
            Q(meeting__organization__in=branches), material__in=keys, meeting__state="CONFIRMED"
        ).values_list("meeting__organization", "material")
    )
    for branch in branches:
        for key in _for(branch, keys):
            span = spans.get(branch.enterprise_id)
            if span and rules.key_title_missing(*span, (branch.pk, key.pk) in taken, today):
                text = _("Half the phase is over and no session was on “%(title)s”. Hold one, and name the title.")
                url = f"{reverse('meetings:meeting_new')}?organization={branch.pk}&kind=CONCENTRATED_STUDY"
                found[branch.pk].append(Warning("KEY_TITLE_MISSING", text % {"title": key.title}, url))
