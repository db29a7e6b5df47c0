"""Representatives of the masses at meetings; comments on the notice page and what becomes of them (item 103)."""

from typing import Any

import django_filters
from django.contrib.auth.decorators import login_required
from django.db.models import Sum
from django.forms import HiddenInput
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from campaign.masses import actions, forms
from campaign.masses.models import PublicComment, Representatives
from campaign.meetings.models import Meeting
from campaign.opinions import limits
from campaign.plan.kinds import choices as kinds
from campaign.progress.record_pages import RecordView, SubtreeFilter, listed
from campaign.publicity import notice
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may
from enterprises.action import ActionError
from enterprises.listing import Column, ListView
from enterprises.models import Organization
from enterprises.tree import under

COMMENTS = 40  # in an hour from one network
TOO_MANY = 429


class RepresentativesFilter(django_filters.FilterSet):
    """By kind of meeting and how they were chosen."""

    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind of meeting"), choices=kinds, field_name="meeting__kind")
    chosen = django_filters.ChoiceFilter(
        label=gettext_lazy("How they were chosen"), choices=Representatives.Chosen.choices
    )
    organization = django_filters.NumberFilter(method="in_subtree", widget=HiddenInput)

    class Meta:
        model = Representatives
        fields: list[str] = []

    def in_subtree(self, queryset, name, value):
        above = Organization.objects.visible_to(self.request.user).filter(pk=int(value)).first()
        return queryset.filter(under(above.path, "meeting__organization__")) if above else queryset.none()


class RepresentativesList(ListView):
    """In which meetings of one's reach the masses took part, and how they came there."""

    title = gettext_lazy("The masses at meetings")
    model = Representatives
    permission = roles.READ_RECORDS
    columns = [
        Column("meeting", gettext_lazy("Meeting"), value="meeting.title", link=lambda r: r.meeting_url),
        Column("kind", gettext_lazy("Kind of meeting"), value="meeting.get_kind_display", sort="meeting__kind"),
        Column("held_on", gettext_lazy("Date"), value="meeting.held_on", sort="meeting__held_on"),
        Column(
            "organization",
            gettext_lazy("Organization"),
            value="meeting.organization.name",
            sort="meeting__organization__path",
            css="full",
        ),
        Column("number", gettext_lazy("Took part"), sort="number", css="n"),
        Column("spoke", gettext_lazy("Spoke"), sort="spoke", css="n"),
        Column("chosen", gettext_lazy("How they were chosen"), value="get_chosen_display", sort="chosen", css="full"),
    ]
    filterset_class = RepresentativesFilter
    search = ("meeting__title__contains",)
    search_label = gettext_lazy("Title of the meeting")
    ordering = "-held_on"
    template_name = "masses/representatives.html"
    nothing = gettext_lazy("No representatives of the masses have been noted yet")

    def get_queryset(self):
        return super().get_queryset().select_related("meeting__organization")

    def drawn(self, thing: Representatives) -> dict:
        thing.meeting_url = reverse("meetings:detail", args=[thing.meeting_id])  # type: ignore[attr-defined]
        return super().drawn(thing)

    def actions(self):
        return [(_("Public comments"), reverse("masses:comment_list"))]

    def context(self) -> dict:
        """Person-times by how they were chosen, of exactly the rows listed."""
        sums = self.rows.order_by().values("chosen").annotate(number=Sum("number"), spoke=Sum("spoke"))
        by_way = {row["chosen"]: row for row in sums}
        return {
            "ways": [
                (way.label, by_way[way.value]["number"], by_way[way.value]["spoke"])
                for way in Representatives.Chosen
                if way.value in by_way
            ]
        }


class NoteRepresentatives(RecordView):
    """Note how many of the masses took part in one meeting."""

    title = gettext_lazy("The masses at this meeting")
    button = gettext_lazy("Save")
    model = Meeting
    form_class = forms.RepresentativesForm

    def back(self) -> str:
        return reverse("meetings:detail", args=[self.subject.pk])

    def act(self, form: Any) -> Representatives | None:
        return actions.note_representatives(by=self.request.user, meeting=self.subject, **form.arguments())


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Comment on an organization's notices: for everybody, without signing in and without script."""
    page = notice.page_of(pk, clock.today())
    if page is None:
        raise Http404
    form = forms.CommentForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        if limits.allowed(request, "comment", COMMENTS):
            if _taken(page, form):
                return render(request, "masses/sent.html", {"page": page})
        else:
            status = TOO_MANY
            form.add_error(None, _("Very many comments have come from your network. Send it again in an hour."))
    return render(request, "masses/comment.html", {"page": page, "form": form}, status=status)


def _taken(page: notice.Page, form: forms.CommentForm) -> bool:
    campaign = page.postings[0].publication.campaign
    try:
        actions.send_comment(by=None, campaign=campaign, organization=page.organization, **form.cleaned_data)
    except ActionError as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return False
    return True


class CommentFilter(SubtreeFilter):
    """By state."""

    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=PublicComment.State.choices)

    class Meta:
        model = PublicComment
        fields: list[str] = []


class CommentList(ListView):
    """The comments on the notice pages in reach; those that wait come first."""

    title = gettext_lazy("Public comments")
    model = PublicComment
    permission = roles.READ_RECORDS
    columns = [
        Column("received_on", gettext_lazy("Received on"), sort="received_on", link="masses:comment"),
        Column("text", gettext_lazy("Comment"), value=lambda c: c.text[:80] or "—", css="full"),
        Column("state", gettext_lazy("State"), value="get_state_display", sort="state"),
        Column("reason", gettext_lazy("Reason"), value="get_reason_display"),
        Column(
            "organization",
            gettext_lazy("Organization"),
            value="organization.name",
            sort="organization__path",
            css="full",
        ),
        Column("decided_on", gettext_lazy("Decided on"), sort="decided_on"),
    ]
    filterset_class = CommentFilter
    search = ("text__contains",)
    search_label = gettext_lazy("Words of the comment")
    ordering = "-state"  # WAITING is last in the alphabet
    nothing = gettext_lazy("No comment has come in yet")

    def get_queryset(self):
        return super().get_queryset().select_related("organization")

    def actions(self):
        return [(_("The masses at meetings"), reverse("masses:representatives_list"))]


@login_required
@require_safe
def read_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """One comment: its words while they count, what was decided, by whom."""
    seen = PublicComment.objects.visible_to(request.user).select_related("organization", "decided_by", "campaign")
    found = get_object_or_404(seen, pk=pk)
    open_ones = (PublicComment.State.WAITING, PublicComment.State.PUBLISHED)
    context = {
        "comment": found,
        "may_decide": found.state in open_ones and may(request.user, roles.RECORD, found.organization),
        "back": listed("masses:comment_list", found.organization),
        "notice_url": reverse("publicity:notice", args=[found.organization_id]),
    }
    return render(request, "masses/read.html", context)


class DecideComment(RecordView):
    """Publish a comment, hand it over to the opinions, or decline it."""

    title = gettext_lazy("Decide on the comment")
    button = gettext_lazy("Save the decision")
    model = PublicComment
    form_class = forms.DecisionForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"notes": [self.subject.text] if self.subject.text else []}

    def back(self) -> str:
        return reverse("masses:comment", args=[self.subject.pk])

    def act(self, form: Any) -> PublicComment:
        told = form.cleaned_data
        if told["decision"] == form.PUBLISH:
            return actions.publish_comment(by=self.request.user, comment=self.subject)
        if told["decision"] == form.HAND_OVER:
            return actions.hand_over_comment(by=self.request.user, comment=self.subject)
        return actions.decline_comment(by=self.request.user, comment=self.subject, reason=told["reason"])
