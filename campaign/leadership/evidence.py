"""Conditions of the gate into the campaign: leading group, responsible persons, plan, training (items 17-19, 24, 25).

Each is judged over the organisations of the unit. The reason names who is missing and leads to where it is mended.
"""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from campaign.leadership import rules
from campaign.leadership.bodies import group_states
from campaign.leadership.models import CampaignOffice, ImplementationPlan
from campaign.leadership.standing import standings
from campaign.leadership.training import branch_secretaries, trained_in
from campaign.plan.models import Participation
from campaign.progress.gates import Check, register_condition
from enterprises import clock
from enterprises.models import Organization

NAMED = 5  # organisations named in one sentence


def organizations_of(participation: Participation) -> list[Organization]:
    """The open organisations of the unit, from the top down."""
    ours = Organization.objects.open().filter(enterprise=participation.unit_id).exclude(kind="LOCAL_COMMITTEE")
    return list(ours.order_by("path"))


def bodies_of(organizations: list[Organization]) -> list[Organization]:
    """Those that found a leading group and file a plan: committees, or the uppermost one where there is none."""
    return [o for o in organizations if o.kind in rules.BODY_KINDS] or organizations[:1]


def page_of(participation: Participation, organization: Organization) -> str:
    """The leadership page of an organisation in this campaign."""
    query = urlencode({"campaign": participation.campaign.code})
    return f"{reverse('leadership:organization', args=[organization.pk])}?{query}"


def naming(organizations: Iterable[Organization]) -> str:
    """Their names in one sentence; beyond five, how many more."""
    names = [organization.name for organization in organizations]
    said = pgettext("between names", ", ").join(names[:NAMED])
    rest = len(names) - NAMED
    if rest <= 0:
        return said
    return ngettext("%(names)s and %(n)d more", "%(names)s and %(n)d more", rest) % {"names": said, "n": rest}


def _missing(participation: Participation, sentence: str, missing: list[Organization]) -> Check:
    return Check(False, sentence % {"names": naming(missing)}, page_of(participation, missing[0]))


def _nothing(participation: Participation) -> Check:
    url = reverse("enterprises:enterprise", args=[participation.unit_id])
    return Check(False, _("The unit has no Party organization yet. Found one."), url)


def leading_group(participation: Participation, stage: str) -> Check:
    """Group and office founded, the secretary in office at the head (item 17)."""
    ours = bodies_of(organizations_of(participation))
    if not ours:
        return _nothing(participation)
    states = group_states(participation.campaign, ours, clock.today())
    if lacking := [o for o in ours if states[o.pk].group is None]:
        return _missing(participation, _("No leading group yet: %(names)s."), lacking)
    if changed := [o for o in ours if states[o.pk].head_state is not rules.Head.RIGHT]:
        return _missing(participation, _("The head of the leading group is not the secretary: %(names)s."), changed)
    offices = CampaignOffice.objects.filter(campaign=participation.campaign_id, organization__in=ours)
    have = set(offices.order_by().values_list("organization", flat=True))
    if lacking := [o for o in ours if o.pk not in have]:
        return _missing(participation, _("No campaign office yet: %(names)s."), lacking)
    return Check(True, _("Leading group and office are founded."), page_of(participation, ours[0]))


def responsible(participation: Participation, stage: str) -> Check:
    """Somebody is first or directly responsible in every organisation of the unit (items 18, 19)."""
    ours = organizations_of(participation)
    if not ours:
        return _nothing(participation)
    found = standings(ours, participation.campaign, clock.today())
    if lacking := [o for o in ours if found[o.pk].holder is None]:
        return _missing(participation, _("Nobody is responsible: %(names)s."), lacking)
    words = _("First and directly responsible persons are named in %(n)d organizations.")
    return Check(True, words % {"n": len(ours)}, page_of(participation, ours[0]))


def plan_filed(participation: Participation, stage: str) -> Check:
    """The implementation plan of every committee of the unit is approved and filed (item 25)."""
    ours = bodies_of(organizations_of(participation))
    if not ours:
        return _nothing(participation)
    filed = ImplementationPlan.objects.filter(
        campaign=participation.campaign_id, organization__in=ours, phase=None, state=ImplementationPlan.State.FILED
    )
    have = set(filed.order_by().values_list("organization", flat=True)) | set(_filed_before(participation, ours))
    if lacking := [o for o in ours if o.pk not in have]:
        return _missing(participation, _("No implementation plan filed: %(names)s."), lacking)
    return Check(True, _("The implementation plan is approved and filed."), page_of(participation, ours[0]))


def _filed_before(participation: Participation, ours: list[Organization]) -> Iterable[int]:
    """Where a version was filed and a newer one is being written: the filed one is still in force."""
    plans = ImplementationPlan.objects.filter(
        campaign=participation.campaign_id, organization__in=ours, phase=None, approved__entries__act="FILED"
    )
    return plans.order_by().values_list("organization", flat=True)


def secretaries_trained(participation: Participation, stage: str) -> Check:
    """Every secretary of a branch of the unit took part in a training class (item 24)."""
    branches = [o for o in organizations_of(participation) if o.is_branch]
    posts = branch_secretaries(clock.today(), Organization.objects.filter(pk__in=[b.pk for b in branches]))
    untrained = set(posts.exclude(trained_in(participation.campaign)).order_by().values_list("scope_id", flat=True))
    if lacking := [b for b in branches if b.pk in untrained]:
        query = urlencode({"campaign": participation.campaign.code, "unit": participation.unit_id})
        words = _("Secretaries not trained yet: %(names)s.") % {"names": naming(lacking)}
        return Check(False, words, f"{reverse('leadership:untrained_list')}?{query}")
    held = posts.count()
    if not held and branches:
        words = _("No branch has a secretary on record: %(names)s.")
        return Check(False, words % {"names": naming(branches)}, page_of(participation, branches[0]))
    words = ngettext("%(n)d branch secretary is trained.", "All %(n)d branch secretaries are trained.", held)
    return Check(True, words % {"n": held}, reverse("leadership:training_list"))


register_condition("leading_group", leading_group)
register_condition("responsible", responsible)
register_condition("plan_filed", plan_filed)
register_condition("secretaries_trained", secretaries_trained)
