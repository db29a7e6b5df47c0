"""Who has read restricted records: the list for auditors (dossier 2.12)."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from enterprises.access import roles
from enterprises.listing import Column, ListView
from enterprises.models import Organization, RestrictedRead
from enterprises.reading import choices, words
from enterprises.tree import under


def _organizations(request):
    return Organization.objects.visible_to(request.user)


class ReadFilter(django_filters.FilterSet):
    """Filters of the list; an organisation stands for everything below it too."""

    model = django_filters.ChoiceFilter(label=pgettext_lazy("restricted", "Record"), choices=choices)
    number = django_filters.NumberFilter(field_name="object_id", label=gettext_lazy("Number of the record"))
    since = django_filters.DateFilter(
        field_name="at",
        lookup_expr="date__gte",
        label=gettext_lazy("From"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    until = django_filters.DateFilter(
        field_name="at",
        lookup_expr="date__lte",
        label=gettext_lazy("To"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    organization = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Organization"),
        queryset=_organizations,
        method="in_subtree",
        widget=forms.HiddenInput,
    )

    class Meta:
        model = RestrictedRead
        fields: list[str] = []

    def in_subtree(self, queryset, name, value):
        return queryset.filter(under(value.path, "organization__"))


class ReadList(ListView):
    """Every showing of a restricted text: who, what, when. Nothing of the text, and not about whom it is."""

    title = gettext_lazy("Who read restricted records")
    model = RestrictedRead
    permission = roles.AUDIT
    columns = [
        Column("at", gettext_lazy("Read at"), sort="at"),
        Column("account", pgettext_lazy("reader", "Account"), sort="account__username"),
        Column("model", pgettext_lazy("restricted", "Record"), value=lambda r: words(r.model), sort="model"),
        Column("object_id", gettext_lazy("Number of the record"), sort="object_id", css="n"),
        Column("organization", gettext_lazy("Organization"), value="organization.name", css="full"),
    ]
    filterset_class = ReadFilter
    search = ("account__username__startswith", "account__display_name__contains")
    search_label = gettext_lazy("Account or name of the reader")
    ordering = "-at"
    nothing = gettext_lazy("No restricted record has been read yet")

    def get_queryset(self):
        return super().get_queryset().select_related("account", "organization")
