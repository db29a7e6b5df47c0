"""Who asks for a phase transition, and who lets pass: only from above (item 8)."""

from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext as _

from campaign.gates import rules
from campaign.gates.rules import Gate
from campaign.plan.models import Participation
from enterprises.access import roles
from enterprises.access.reach import may
from enterprises.models import Account, Enterprise, Organization, Post
from enterprises.tree import under


def passing_organizations(unit: Enterprise) -> list[Organization]:
    """The organisations that let the unit pass, the nearest first; none above a root that is no local one."""
    leading = unit.leading_organization
    if leading is None:
        return []
    chain = list(Organization.objects.ancestors_of(leading))
    wanted = rules.passers([(o.pk, o.kind, o.enterprise_id) for o in chain], leading.is_local) if chain else []
    return [organization for organization in reversed(chain) if organization.pk in wanted]


def _acting_for(post: Post) -> int | None:
    """The organisation a post acts for: its own, or the one that leads its enterprise."""
    if post.scope_kind == Post.Scope.ORGANIZATION:
        return post.scope_id
    if post.scope_kind == Post.Scope.ENTERPRISE:
        unit = Enterprise.objects.filter(pk=post.scope_id).values_list("leading_organization", flat=True)
        return unit.first()
    return None


def may_pass(account: Account, participation: Participation, gate: Gate | None) -> bool:
    """Whether the account lets the unit pass this gate (any gate of the campaign with ``None``)."""
    if not account.is_authenticated:
        return False
    gates = [gate] if gate else participation.campaign.data.get("gates", [])
    allowed = {code for each in gates for code in each["may_pass"]}
    posts = [post for post in account.acting_posts if post.role in allowed]
    if not posts:
        return False
    above = {organization.pk for organization in passing_organizations(participation.unit)}
    if not above:  # a unit under nobody: the campaign office at the top
        return account.reach.covers(roles.CAMPAIGN, "") and not _is_local(participation.unit)
    return any(_acting_for(post) in above for post in posts)


def _is_local(unit: Enterprise) -> bool:
    return bool(unit.leading_organization and unit.leading_organization.is_local)


def may_ask(account: Account, participation: Participation) -> bool:
    """Whether the account asks on behalf of the unit: whoever records for its leading organisation."""
    leading = participation.unit.leading_organization
    return leading is not None and may(account, roles.RECORD, leading)


def who_passes(unit: Enterprise) -> str:
    """Who lets the unit pass, in words."""
    above = passing_organizations(unit)
    if not above:
        return _("the campaign office at the top")
    return above[0].name


def why_not(unit: Enterprise) -> str:
    """Why somebody who sees the unit does not let it pass."""
    told = {"above": who_passes(unit)}
    if _is_local(unit):
        return _("Its Party affiliation is local: only %(above)s lets it pass, the enterprise assists.") % told
    return _("Only %(above)s, which leads this unit, lets it pass. A unit does not pass its own gate.") % told


def led_by(organizations: Sequence[Organization], prefix: str = "participation__unit__") -> Q:
    """Units that these organisations let pass, as a condition on rows that lead to them by ``prefix``."""
    parts = [_led_by(organization, prefix) for organization in organizations]
    return reduce(or_, parts) if parts else Q(pk__in=[])


def _led_by(organization: Organization, prefix: str) -> Q:
    leading = f"{prefix}leading_organization__"
    below = under(organization.path, leading) & ~Q(**{f"{leading}pk": organization.pk})
    if organization.kind == Organization.Kind.LOCAL_COMMITTEE:
        return below & Q(**{f"{leading}affiliation": Organization.Affiliation.LOCAL})
    owner = f"{leading}superior__enterprise"
    same = Q(**{owner: organization.enterprise_id}) if organization.enterprise_id else Q(**{f"{owner}__isnull": True})
    return below & same & Q(**{f"{leading}affiliation": Organization.Affiliation.HQ})


def led_through(account: Account) -> list[Organization]:
    """The organisations for which the acting posts let units pass."""
    ids = {_acting_for(post) for post in account.acting_posts if roles.CALENDAR in post.definition.permissions}
    return list(Organization.objects.filter(pk__in=ids - {None}))
