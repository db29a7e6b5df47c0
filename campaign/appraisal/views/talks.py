"""Talks: the tick list, the list of talks, and the members nobody has talked with (item 57)."""

import django_filters
from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods

from campaign.appraisal import standing
from campaign.appraisal.actions.talks import record_talks, withdraw_talk
from campaign.appraisal.coverage import people_of, secretary_of, team_coverage
from campaign.appraisal.forms import ReasonForm, TalkForm
from campaign.appraisal.models import HeartToHeartTalk
from campaign.appraisal.views.shared import (
    campaign_in_hand,
    campaign_name,
    number,
    organization_recorded_for,
    ticked,
)
from campaign.plan.current import campaign_of
from enterprises.access import roles
from enterprises.access.reach import may_record
from enterprises.action import ActionError
from enterprises.listing import Column
from enterprises.long_lists import LongList
from enterprises.models import Member, Organization
from enterprises.tree import under


def _organizations(request):
    return Organization.objects.visible_to(request.user)


class TalkFilter(django_filters.FilterSet):
    """Filters of the list; an organisation stands for everything below it too."""

    STATES = [("standing", gettext_lazy("standing")), ("withdrawn", gettext_lazy("withdrawn"))]
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=STATES, method="in_state")
    organization = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Organization"),
        queryset=_organizations,
        method="in_subtree",
        widget=django_forms.HiddenInput,
    )

    class Meta:
        model = HeartToHeartTalk
        fields: list[str] = []

    def in_state(self, queryset, name, value):
        return queryset.filter(withdrawn_on__isnull=value == "standing")

    def in_subtree(self, queryset, name, value):
        return queryset.filter(under(value.path, "organization__"))


class TalkList(LongList):
    """Who talked with whom, and when. What was said is not kept."""

    title = gettext_lazy("Heart-to-heart talks")
    model = HeartToHeartTalk
    permission = roles.RECORD
    columns = [
        Column("to_member", pgettext_lazy("talk", "With"), value="to_member.name", sort="to_member__name_key"),
        Column("from_member", pgettext_lazy("talk", "From"), value="from_member.name", sort="from_member__name_key"),
        Column("held_on", gettext_lazy("Date"), sort="held_on"),
        Column("organization", gettext_lazy("Recorded by"), value="organization.name", css="full"),
        Column("withdrawn_on", gettext_lazy("Withdrawn on")),
        Column(
            "act",
            gettext_lazy("What can be done"),
            value=lambda t: None if t.withdrawn_on else _("Withdraw"),
            link=lambda t: None if t.withdrawn_on else reverse("appraisal:talk_withdraw", args=[t.pk]),
            export=lambda t: "",
        ),
    ]
    filterset_class = TalkFilter
    search = ("to_member__name__contains", "from_member__name__contains")
    search_label = gettext_lazy("Name")
    ordering = "-held_on"
    sorted_when_long = ("held_on",)
    nothing = gettext_lazy("No talk has been recorded yet")

    def get_queryset(self):
        related = ("to_member", "from_member", "organization")
        return super().get_queryset().filter(campaign=campaign_of(self.request)).select_related(*related)

    def facts(self):
        return [*campaign_name(self.request), _("Only who, with whom and when. Contents are not kept.")]

    def actions(self):
        return [(_("Nobody has talked with"), reverse("appraisal:untalked"))]


class UntalkedFilter(django_filters.FilterSet):
    """Filters of the list; an organisation stands for everything below it too."""

    category = django_filters.ChoiceFilter(label=gettext_lazy("Category"), choices=Member.Category.choices)
    organization = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Organization"),
        queryset=_organizations,
        method="in_subtree",
        widget=django_forms.HiddenInput,
    )

    class Meta:
        model = Member
        fields: list[str] = []

    def in_subtree(self, queryset, name, value):
        return queryset.filter(under(value.path, "branch__"))


class UntalkedList(LongList):
    """The members with whom nobody has talked, of those of whom the campaign expects it."""

    title = gettext_lazy("Members nobody has talked with")
    model = Member
    permission = roles.RECORD
    columns = [
        Column("name", pgettext_lazy("person", "Name"), sort="name_key", link="enterprises:member"),
        Column("code", gettext_lazy("Code"), sort="code"),
        Column("category", gettext_lazy("Category"), value="get_category_display", sort="category"),
        Column("branch", gettext_lazy("Branch"), value="branch.name", sort="branch__name", css="full"),
        Column("contact", gettext_lazy("Contact"), value="get_contact_display", sort="contact"),
    ]
    filterset_class = UntalkedFilter
    search = "search"
    ordering = "code"
    sorted_when_long = ("code",)
    nothing = gettext_lazy("Somebody has talked with everybody")

    def get_queryset(self):
        members, campaign = super().get_queryset().on_roll(), campaign_of(self.request)
        if campaign is None:
            return members.none()
        expected = members.filter(standing.expected_members(campaign))
        return expected.filter(standing.untalked(campaign)).select_related("branch")

    def facts(self):
        return campaign_name(self.request)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def talk_new(request: HttpRequest) -> HttpResponse:
    """Tick with whom one person has talked on one day: the secretary with every member, leaders with the team."""
    organization = organization_recorded_for(request)
    campaign = campaign_in_hand(request)
    people = people_of(request.user, organization)
    secretary = secretary_of(people, organization)
    form = TalkForm(
        request.POST if request.method == "POST" else None,
        people=people,
        first=people.filter(pk=number(request.GET.get("from", ""))).first() or secretary,
    )
    chosen = ticked(request)
    if request.method == "POST" and form.is_valid():
        try:
            talks = record_talks(
                by=request.user,
                campaign=campaign,
                organization=organization,
                with_members=list(people.filter(pk__in=chosen)),
                **form.cleaned_data,
            )
        except ActionError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            words = ngettext("%(n)d talk is recorded.", "%(n)d talks are recorded.", len(talks))
            messages.success(request, words % {"n": len(talks)})
            return redirect(request.get_full_path())
    context = {"organization": organization, "campaign": campaign, "form": form, "chosen": chosen}
    context |= _covered(request, campaign, organization, people, secretary)
    return render(request, "appraisal/talks.html", context)


def _covered(request: HttpRequest, campaign, organization: Organization, people, secretary: Member | None) -> dict:
    """With whom the secretary, and with whom anybody, has talked; the rest is what the list is for."""
    if organization.is_branch:
        seen = set(people.values_list("pk", flat=True))
        anybody = [s for s in standing.of_talks(campaign, organization) if s.member.pk in seen]
        by_secretary = standing.talked_with(campaign, organization, secretary.pk) if secretary else {}
    else:
        anybody, by_secretary = team_coverage(campaign, list(people), secretary)
    rows = [{"standing": s, "secretary_on": by_secretary.get(s.member.pk)} for s in anybody]
    others = [r for r in rows if secretary is None or r["standing"].member.pk != secretary.pk]
    return {
        "secretary": secretary,
        "open": [r for r in others if r["standing"].done_on is None],
        "talked": [r for r in others if r["standing"].done_on is not None],
        "by_secretary": sum(1 for r in others if r["secretary_on"]),
        "all": len(others),
        "expected_open": sum(1 for r in others if r["standing"].done_on is None and r["standing"].expected),
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def talk_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a talk that was entered by mistake."""
    related = ("organization", "to_member__branch", "from_member__branch", "campaign__definition")
    talk = get_object_or_404(HeartToHeartTalk.objects.visible_to(request.user).select_related(*related), pk=pk)
    if not may_record(request.user, talk.organization):
        raise PermissionDenied
    form = ReasonForm(request.POST if request.method == "POST" else None)
    back = f"{reverse('appraisal:talks')}?organization={talk.organization_id}&campaign={talk.campaign.code}"
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_talk(by=request.user, talk=talk, reason=form.cleaned_data["reason"])
            messages.success(request, _("It is withdrawn."))
            return redirect(back)
        except ActionError as refusal:
            form.add_error(refusal.field, refusal.message)
    what = _("%(one)s with %(other)s, %(day)s") % {
        "one": talk.from_member.name,
        "other": talk.to_member.name,
        "day": talk.held_on.isoformat(),
    }
    context = {"title": _("Withdraw a talk"), "what": what, "form": form, "back_url": back}
    return render(request, "appraisal/withdraw.html", context)
