"""Filters of the lists; their state stands in the address."""

import django_filters as filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enterprises import clock
from enterprises.codes import PLACES
from enterprises.models import (
    Account,
    CheckFinding,
    Condition,
    Enterprise,
    Exemption,
    Member,
    Organization,
    Post,
)
from enterprises.remarks import CODES
from enterprises.tree import under


def _below(queryset: QuerySet, account, code: str, prefix: str = "") -> QuerySet:
    """Rows of the organisation with that code and everything below it; none where it is out of sight."""
    found = Organization.objects.visible_to(account).filter(code=code.strip()).first()
    return queryset.filter(under(found.path, prefix)) if found else queryset.none()


class OrganizationFilter(filters.FilterSet):
    """Organisations by place in the tree, kind, affiliation, state and term."""

    below = filters.CharFilter(label=_("below (code)"), method="filter_below")
    kind = filters.ChoiceFilter(label=_("kind"), choices=Organization.Kind.choices)
    form = filters.ChoiceFilter(label=pgettext_lazy("organization", "form"), choices=Organization.Form.choices)
    affiliation = filters.ChoiceFilter(label=_("Party affiliation"), choices=Organization.Affiliation.choices)
    state = filters.ChoiceFilter(
        label=_("state"),
        method="filter_state",
        choices=[("open", _("open")), ("closed", _("closed or merged")), ("assisted", _("assisted"))],
    )
    term = filters.ChoiceFilter(
        label=_("term"), method="filter_term", choices=[("over", _("overdue")), ("none", _("not on record"))]
    )

    class Meta:
        model = Organization
        fields: list[str] = []

    def filter_below(self, queryset, name, value):
        return _below(queryset, self.request.user, value)

    def filter_state(self, queryset, name, value):
        return {
            "open": queryset.filter(closed_on=None),
            "closed": queryset.exclude(closed_on=None),
            "assisted": queryset.filter(assisted=True),
        }[value]

    def filter_term(self, queryset, name, value):
        if value == "none":
            return queryset.filter(term_end=None)
        end = Greatest("term_end", Coalesce("extension_until", "term_end"))
        return queryset.annotate(end=end).filter(end__lt=clock.today(), closed_on=None)


class MemberFilter(filters.FilterSet):
    """Members by branch, category, type, contact and status."""

    below = filters.CharFilter(label=_("organization (code)"), method="filter_below")
    category = filters.ChoiceFilter(label=_("category"), choices=Member.Category.choices)
    kind = filters.ChoiceFilter(label=_("type"), choices=Member.Kind.choices)
    contact = filters.ChoiceFilter(label=_("contact"), choices=Member.Contact.choices)
    status = filters.ChoiceFilter(label=_("membership"), choices=[*Member.Status.choices], method="filter_status")
    excused = filters.ChoiceFilter(
        label=_("excused with approval"), method="filter_excused", choices=[("1", _("today"))]
    )

    class Meta:
        model = Member
        fields: list[str] = []

    def filter_below(self, queryset, name, value):
        return _below(queryset, self.request.user, value, "branch__")

    def filter_status(self, queryset, name, value):
        return queryset.filter(status=value)

    def filter_excused(self, queryset, name, value):
        today = clock.today()
        valid = Exemption.objects.filter(member=OuterRef("pk"), since__lte=today).filter(
            Q(until=None) | Q(until__gte=today)
        )
        return queryset.filter(Exists(valid))


class EnterpriseFilter(filters.FilterSet):
    """Units by kind, condition, place, batch."""

    kind = filters.ChoiceFilter(label=_("kind"), choices=Enterprise.Kind.choices)
    condition = filters.ChoiceFilter(label=_("condition"), choices=Condition.choices)
    place = filters.ChoiceFilter(
        label=_("place"), choices=list(PLACES.items()), field_name="division_code", lookup_expr="startswith"
    )
    declared_batch = filters.ChoiceFilter(label=_("batch"), choices=[("1", _("batch one")), ("2", _("batch two"))])
    industry = filters.CharFilter(label=_("industry"), lookup_expr="contains")

    class Meta:
        model = Enterprise
        fields: list[str] = []


class AccountFilter(filters.FilterSet):
    """Accounts by role and state."""

    role = filters.ChoiceFilter(label=_("post"), method="filter_role", choices=Post._meta.get_field("role").choices)
    is_active = filters.ChoiceFilter(
        label=_("state"), choices=[("true", _("active")), ("false", _("deactivated"))], method="filter_active"
    )

    class Meta:
        model = Account
        fields: list[str] = []

    def filter_role(self, queryset, name, value):
        held = Post.objects.in_force(clock.today()).filter(account=OuterRef("pk"), role=value)
        return queryset.filter(Exists(held))

    def filter_active(self, queryset, name, value):
        return queryset.filter(is_active=value == "true")


class CheckFilter(filters.FilterSet):
    """Findings of the nightly checks by check and place in the tree."""

    code = filters.ChoiceFilter(label=_("check"), choices=CODES)
    below = filters.CharFilter(label=_("organization (code)"), method="filter_below")

    class Meta:
        model = CheckFinding
        fields: list[str] = []

    def filter_below(self, queryset, name, value):
        return _below(queryset, self.request.user, value, "organization__")
