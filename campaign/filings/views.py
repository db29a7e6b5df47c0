"""Documents and figures of an organisation, entries per member, and their list."""

import django_filters
from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from campaign.filings import actions
from campaign.filings.forms import DocumentForm, TickForm, WithdrawForm
from campaign.filings.kinds import FilingKind, kinds_of
from campaign.filings.models import Filing
from campaign.filings.ticks import ticks_of
from campaign.plan.models import Campaign, Step
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may, may_record
from enterprises.action import ActionError
from enterprises.listing import Column, ListView
from enterprises.models import Member, Organization
from enterprises.tree import under


def _organizations(request):
    return Organization.objects.visible_to(request.user)


class FilingFilter(django_filters.FilterSet):
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
        model = Filing
        fields: list[str] = []

    def in_state(self, queryset, name, value):
        return queryset.filter(withdrawn_on__isnull=value == "standing")

    def in_subtree(self, queryset, name, value):
        return queryset.filter(under(value.path, "organization__"))


class FilingList(ListView):
    """Documents and figures filed; entries per member stand on the tick lists of the branches."""

    title = gettext_lazy("Documents")
    model = Filing
    permission = roles.READ_RECORDS
    columns = [
        Column("title", gettext_lazy("Title"), sort="title"),
        Column(
            "organization",
            gettext_lazy("Organization"),
            value="organization.name",
            sort="organization__path",
            css="full",
        ),
        Column("campaign", gettext_lazy("Campaign"), value="campaign.name", css="full"),
        Column("filed_on", gettext_lazy("Date"), sort="filed_on"),
        Column("number", gettext_lazy("Document number"), sort="number"),
        Column("figure", gettext_lazy("Figure"), css="n"),
        Column("withdrawn_on", gettext_lazy("Withdrawn on")),
        Column(
            "file",
            gettext_lazy("File"),
            value=lambda f: _("Download") if f.file else None,
            link=lambda f: reverse("filings:attachment", args=[f.pk]) if f.file else None,
        ),
    ]
    filterset_class = FilingFilter
    search = ("title__contains", "number__contains")
    search_label = gettext_lazy("Title or number")
    ordering = "-filed_on"
    nothing = gettext_lazy("Nothing has been filed yet")

    def get_queryset(self):
        return super().get_queryset().filter(member=None).select_related("organization", "campaign")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def filing_new(request: HttpRequest) -> HttpResponse:
    """File what `?organization=&campaign=&code=` names: a document or figure, or a day for each member."""
    organization = _organization(request)
    running = Campaign.objects.filter(state=Campaign.State.RUNNING).select_related("definition")
    campaign = get_object_or_404(running, code=request.GET.get("campaign", ""))
    kind = kinds_of(campaign).get(request.GET.get("code", ""))
    if kind is None:
        raise Http404
    if kind.per_member:
        return _ticks(request, organization, campaign, kind)
    return _document(request, organization, campaign, kind)


def _organization(request: HttpRequest) -> Organization:
    """The organisation filed for: 404 when not visible, 403 when it may only be read."""
    asked = request.GET.get("organization", "")
    visible = Organization.objects.visible_to(request.user).select_related("enterprise")
    organization = get_object_or_404(visible, pk=int(asked) if asked.isascii() and asked.isdigit() else 0)
    if not may_record(request.user, organization):
        raise PermissionDenied
    return organization


def _document(request: HttpRequest, organization: Organization, campaign: Campaign, kind: FilingKind) -> HttpResponse:
    form = DocumentForm(request.POST if request.method == "POST" else None, request.FILES or None, kind=kind)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        upload = told.pop("file")
        try:
            actions.file_document(
                by=request.user,
                campaign=campaign,
                organization=organization,
                kind=kind.code,
                upload=upload or None,
                **told,
            )
            messages.success(request, _("“%(name)s” is filed.") % {"name": kind.name})
            return redirect(request.get_full_path())
        except ActionError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    filings = Filing.objects.visible_to(request.user).filter(
        organization=organization, campaign=campaign, kind=kind.code, member=None
    )
    context = _context(organization, campaign, kind) | {"form": form, "filings": filings}
    return render(request, "filings/document.html", context)


def _ticks(request: HttpRequest, organization: Organization, campaign: Campaign, kind: FilingKind) -> HttpResponse:
    if not organization.is_branch or not may(request.user, roles.READ_MEMBERS, organization):
        raise Http404
    form = TickForm(request.POST if request.method == "POST" else None)
    chosen = {int(pk) for pk in request.POST.getlist("member") if pk.isascii() and pk.isdigit()}
    if request.method == "POST" and form.is_valid():
        if not chosen:
            form.add_error(None, _("Nobody was chosen. Tick at least one member."))
        else:
            try:
                return _ticked(request, organization, campaign, kind, chosen, form)
            except ActionError as refusal:
                form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    ticks = ticks_of(campaign, organization, kind.code)
    seen = set(Member.objects.visible_to(request.user).filter(branch=organization).values_list("pk", flat=True))
    context = _context(organization, campaign, kind) | {
        "form": form,
        "open": [t for t in ticks if t.filing is None and t.member.pk in seen],
        "entered": [t for t in ticks if t.filing is not None and t.member.pk in seen],
        "chosen": chosen,
    }
    return render(request, "filings/ticks.html", context)


def _ticked(request, organization, campaign, kind, chosen: set[int], form: TickForm) -> HttpResponse:
    filings = actions.tick_members(
        by=request.user,
        campaign=campaign,
        organization=organization,
        kind=kind.code,
        days=dict.fromkeys(chosen, form.cleaned_data["filed_on"]),
        submission=form.cleaned_data["submission"],
    )
    words = ngettext("%(n)d member is entered.", "%(n)d members are entered.", len(filings))
    messages.success(request, words % {"n": len(filings)})
    return redirect(request.get_full_path())


def _context(organization: Organization, campaign: Campaign, kind: FilingKind) -> dict:
    steps = Step.objects.filter(campaign=campaign).select_related("phase")
    asked = [s for s in steps if any(o.evidence.get("code") == kind.code for o in s.obligations)]
    return {
        "organization": organization,
        "campaign": campaign,
        "kind": kind,
        "step": asked[0] if asked else None,
        "today": clock.today(),
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a filing, with the reason; it stays to be seen."""
    visible = Filing.objects.visible_to(request.user).select_related("organization", "campaign", "member")
    filing = get_object_or_404(visible, pk=pk)
    if not may_record(request.user, filing.organization):
        raise PermissionDenied
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    back = f"{reverse('filings:filing_list')}?organization={filing.organization_id}"
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(by=request.user, filing=filing, reason=form.cleaned_data["reason"])
            messages.success(request, _("It is withdrawn."))
            return redirect(back)
        except ActionError as refusal:
            form.add_error(refusal.field, refusal.message)
    return render(request, "filings/withdraw.html", {"filing": filing, "form": form, "back": back})


@login_required
@require_safe
def attachment(request: HttpRequest, pk: int) -> FileResponse:
    """Download the file of a document; it is never shown inline."""
    filing = get_object_or_404(Filing.objects.visible_to(request.user).exclude(file=""), pk=pk)
    name = f"{filing.title}.{filing.file.name.rsplit('.', 1)[-1]}"
    return FileResponse(
        filing.file.open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream"
    )
