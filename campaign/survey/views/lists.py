"""The list of surveys, and above it those that are still to be opened."""

import django_filters
from django import forms as django_forms
from django.db.models import Exists, OuterRef, Sum
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from campaign.survey import queries, rules
from campaign.survey.models import Respondents, SatisfactionSurvey
from enterprises import clock
from enterprises.access import roles
from enterprises.listing import Column, ListView
from enterprises.models import Organization
from enterprises.tree import under


def _organizations(request: HttpRequest):
    return Organization.objects.visible_to(request.user)


class SurveyFilter(django_filters.FilterSet):
    """By state, by what came out, by campaign; an organisation stands for everything below it too."""

    OUTCOMES = [
        ("satisfied", gettext_lazy("valid, no make-up")),
        ("make_up", gettext_lazy("make-up required")),
        ("no_result", gettext_lazy("without a valid result")),
    ]
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=SatisfactionSurvey.State.choices)
    outcome = django_filters.ChoiceFilter(
        label=pgettext_lazy("survey", "Outcome"), choices=OUTCOMES, method="by_outcome"
    )
    organization = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Organization"),
        queryset=_organizations,
        method="in_subtree",
        widget=django_forms.HiddenInput,
    )

    class Meta:
        model = SatisfactionSurvey
        fields: list[str] = []

    def by_outcome(self, queryset, name, value):
        closed = queryset.filter(state="CLOSED")
        if value == "no_result":
            return closed.filter(is_valid=False)
        return closed.filter(is_valid=True, make_up_required=value == "make_up")

    def in_subtree(self, queryset, name, value):
        return queryset.filter(under(value.path, "organization__"))


def _employees(survey: SatisfactionSurvey) -> str | None:
    """The rate of the workers and staff with its base; nothing where it was not measured or may not be shown."""
    row = next((r for r in survey.group_results.all() if r.respondents == Respondents.EMPLOYEES), None)
    if row is None or row.satisfied_or_basically is None or not row.base:
        return None
    words = _("%(rate)s %% of %(base)d")
    return words % {"rate": rules.rate(row.satisfied_or_basically, row.base), "base": row.base}


class SurveyList(ListView):
    """The surveys of the organisations that the acting post reaches."""

    title = gettext_lazy("Satisfaction surveys")
    model = SatisfactionSurvey
    permission = roles.READ_RECORDS
    template_name = "survey/list.html"
    columns = [
        Column(
            "organization",
            gettext_lazy("Surveyed organization"),
            value="organization.name",
            sort="organization__path",
            link="survey:survey",
            css="full",
        ),
        Column("organizer", gettext_lazy("Organizer"), value="organizer.name", sort="organizer__path", css="full"),
        Column("state", gettext_lazy("State"), value="get_state_display", sort="state", template="survey/_state.html"),
        Column("starts_on", gettext_lazy("First day"), sort="starts_on"),
        Column("closed_on", gettext_lazy("Closed on"), sort="closed_on"),
        Column("valid", gettext_lazy("Valid"), value="valid_sum", sort="valid_sum", css="n"),
        Column("employees", gettext_lazy("Workers satisfied or basically satisfied"), value=_employees, css="n"),
    ]
    filterset_class = SurveyFilter
    search = ("organization__name__contains", "organization__code__startswith")
    ordering = "-starts_on"
    nothing = gettext_lazy("No survey has been prepared yet")

    def get_queryset(self):
        later = SatisfactionSurvey.objects.visible_to(self.request.user).filter(earlier=OuterRef("pk"))
        found = super().get_queryset().select_related("organization", "organizer", "campaign")
        return found.annotate(valid_sum=Sum("group_results__valid"), repeated=Exists(later)).prefetch_related(
            "group_results"
        )

    def context(self):
        today = clock.today()
        waiting = queries.surveys_to_open(self.request.user, today)
        return {"waiting": [(one, one.days_over(today)) for one in waiting], "today": today}
