"""Concrete requirements: the list, the page of one, its drafts and comments, and the adopted text (item 52)."""

from typing import Any

import django_filters
from django import forms as django_forms
from django.contrib.auth.decorators import login_required
from django.db.models import Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from campaign.plan import current
from campaign.requirements import actions, forms
from campaign.requirements.models import ConcreteRequirements, RequirementsComment, RequirementsVersion
from campaign.requirements.queries import adopted_for, checklist, text_for
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may_record
from enterprises.history import changes
from enterprises.listing import Column, ListView
from enterprises.models import Member, Organization
from enterprises.tree import under
from enterprises.views.base import RecordView


def _organizations(request):
    return Organization.objects.visible_to(request.user)


def _asked(request: HttpRequest) -> Organization:
    """The organisation of `?organization=`: 404 when out of sight."""
    asked = request.GET.get("organization", "")
    visible = Organization.objects.visible_to(request.user).select_related("enterprise")
    return get_object_or_404(visible, pk=int(asked) if asked.isascii() and asked.isdigit() else 0)


class DocumentFilter(django_filters.FilterSet):
    """Adopted or still a draft, published or not; an organisation stands for everything below it too."""

    STATES = [
        ("draft", gettext_lazy("not adopted")),
        ("adopted", gettext_lazy("adopted")),
        ("published", gettext_lazy("published")),
    ]
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=STATES, method="in_state")
    organization = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Organization"),
        queryset=_organizations,
        method="in_subtree",
        widget=django_forms.HiddenInput,
    )

    class Meta:
        model = ConcreteRequirements
        fields: list[str] = []

    def in_state(self, queryset, name, value):
        if value == "published":
            return queryset.filter(published_on__isnull=False)
        return queryset.filter(adopted_on__isnull=value == "draft")

    def in_subtree(self, queryset, name, value):
        return queryset.filter(under(value.path, "organization__"))


class DocumentList(ListView):
    """The requirements in sight: those from above and those below."""

    title = gettext_lazy("Concrete requirements")
    model = ConcreteRequirements
    permission = roles.READ
    columns = [
        Column(
            "organization",
            gettext_lazy("Organization"),
            value="organization.name",
            sort="organization__path",
            link="requirements:document",
            css="full",
        ),
        Column("campaign", gettext_lazy("Campaign"), value="campaign.name", css="full"),
        Column("latest", gettext_lazy("Latest version"), sort="latest", css="n"),
        Column("adopted_on", gettext_lazy("Adopted on"), sort="adopted_on"),
        Column("published_on", gettext_lazy("Published on"), sort="published_on"),
        Column("published_where", gettext_lazy("Published where")),
    ]
    filterset_class = DocumentFilter
    search = ("organization__name__contains", "organization__code__startswith")
    search_label = gettext_lazy("Organization or code")
    ordering = "organization"
    nothing = gettext_lazy("No requirements have been drafted yet")

    def get_queryset(self) -> QuerySet:
        found = super().get_queryset().select_related("organization", "campaign")
        return found.annotate(latest=Max("versions__number"), adopted_on=Max("versions__adopted_on"))

    def actions(self):
        account = self.request.user
        own = _own(account)
        if own is None or not may_record(account, own):
            return []
        return [(_("Write a draft"), f"{reverse('requirements:draft')}?organization={own.pk}")]


def _own(account) -> Organization | None:
    """The organisation of the acting post."""
    paths = [p for p in account.reach.paths.get(roles.READ, []) if p]
    return Organization.objects.visible_to(account).filter(path__in=paths).order_by("path").first()


@login_required
@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: what is in force, its drafts, what was said about them, its history."""
    related = ("organization", "campaign", "recorded_by")
    found = get_object_or_404(ConcreteRequirements.objects.visible_to(request.user).select_related(*related), pk=pk)
    versions = list(found.versions.prefetch_related("variants").select_related("recorded_by"))
    comments = RequirementsComment.objects.visible_to(request.user).filter(version__document=found)
    own = _own(request.user)
    may_write = may_record(request.user, found.organization)
    below = own is not None and own.path.startswith(found.organization.path)
    context = {
        "document": found,
        "versions": versions,
        "latest": versions[0] if versions else None,
        "in_force": found.in_force,
        "comments": comments.select_related("version", "organization", "member").order_by("-said_on", "-pk"),
        "seen": set(
            Member.objects.visible_to(request.user)
            .filter(pk__in=comments.values("member"))
            .values_list("pk", flat=True)
        ),
        "may_write": may_write,
        "comment_as": own if below and may_record(request.user, own) else None,
        "history": changes(found),
        "as_of": clock.now(),
    }
    return render(request, "requirements/document.html", context)


@login_required
@require_safe
def adopted(request: HttpRequest, pk: int) -> HttpResponse:
    """What holds for an organisation, for every member to read: the nearest adopted text, by category."""
    organization = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    version = adopted_for(organization)
    member = request.user.member
    category = request.GET.get("category", member.category if member else "")
    category = category if category in Member.Category.values else ""
    points = checklist(text_for(version, category)) if version else []
    common = checklist(version.text) if version else []
    context = {
        "organization": organization,
        "version": version,
        "points": points,
        "common": common if common != points else [],
        "variants": list(version.variants.all()) if version else [],
        "category": category,
        "as_of": clock.now(),
    }
    return render(request, "requirements/adopted.html", context)


class Draft(RecordView):
    """Write the next version for `?organization=`, beginning with the words of the last one."""

    model = Organization
    form_class = forms.DraftForm
    template_name = "requirements/draft.html"
    title = gettext_lazy("Write a draft")
    button = gettext_lazy("Keep this version")
    back_words = gettext_lazy("Concrete requirements")

    def find(self) -> Organization:
        """The organisation; with it the campaign and the last version."""
        organization = _asked(self.request)
        self.campaign = current.campaign_of(self.request)
        if self.campaign is None:
            raise Http404
        visible = RequirementsVersion.objects.visible_to(self.request.user)
        told = {"document__organization": organization, "document__campaign": self.campaign}
        self.last = visible.filter(**told).order_by("-number").first()
        return organization

    def permitted(self) -> bool:
        return may_record(self.request.user, self.subject)

    def get_initial(self) -> dict[str, Any]:
        if self.last is None:
            return {}
        told: dict[str, Any] = {"text": self.last.text}
        for number, variant in enumerate(self.last.variants.all()[: forms.VARIANTS], start=1):
            told |= {f"post_{number}": variant.post, f"text_{number}": variant.text}
            told[f"categories_{number}"] = variant.categories
        return told

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(last=self.last, campaign=self.campaign, **kwargs)

    def back(self) -> str:
        if self.last is None:
            return reverse("requirements:document_list")
        return reverse("requirements:document", args=[self.last.document_id])

    def act(self, form: Any) -> RequirementsVersion:
        return actions.write_version(
            by=self.request.user, campaign=self.campaign, organization=self.subject, **form.arguments()
        )

    def done(self, result: RequirementsVersion) -> HttpResponse:
        return redirect("requirements:document", result.document_id)


class VersionPage(RecordView):
    """What the forms about one version share."""

    model = RequirementsVersion
    related = ("document__organization", "document__campaign")
    back_words = gettext_lazy("Concrete requirements")

    def permitted(self) -> bool:
        return may_record(self.request.user, self.subject.document.organization)

    def back(self) -> str:
        return reverse("requirements:document", args=[self.subject.document_id])


class Adopt(VersionPage):
    """Adopt a version."""

    form_class = forms.AdoptForm
    title = gettext_lazy("Adopt this version")
    button = gettext_lazy("Adopt")
    lead = gettext_lazy("From then on it is what every member of the unit reads as adopted.")

    def act(self, form: Any) -> RequirementsVersion:
        return actions.adopt(by=self.request.user, version=self.subject, **form.arguments())


class Revoke(VersionPage):
    """Take an adoption back that was recorded by mistake."""

    form_class = forms.RevokeForm
    title = gettext_lazy("Take the adoption back")

    def act(self, form: Any) -> RequirementsVersion:
        return actions.revoke(by=self.request.user, version=self.subject, **form.arguments())


class Comment(VersionPage):
    """Enter what the own branch, or a member of it, said about a version (`?organization=`)."""

    form_class = forms.CommentForm
    title = gettext_lazy("Enter a comment")
    button = gettext_lazy("Enter it")

    def find(self) -> RequirementsVersion:
        self.branch = _asked(self.request)
        return super().find()

    def permitted(self) -> bool:
        return may_record(self.request.user, self.branch)

    def get_form_kwargs(self) -> dict[str, Any]:
        members = Member.objects.visible_to(self.request.user).on_roll().filter(branch=self.branch)
        return super().get_form_kwargs() | {"members": members}

    def act(self, form: Any) -> RequirementsComment:
        return actions.comment(by=self.request.user, version=self.subject, organization=self.branch, **form.arguments())


class Publish(RecordView):
    """Record when and where the adopted text was published."""

    model = ConcreteRequirements
    related = ("organization",)
    form_class = forms.PublishForm
    title = gettext_lazy("Record the publication")
    button = gettext_lazy("Record")
    back_words = gettext_lazy("Concrete requirements")

    def permitted(self) -> bool:
        return may_record(self.request.user, self.subject.organization)

    def back(self) -> str:
        return reverse("requirements:document", args=[self.subject.pk])

    def act(self, form: Any) -> ConcreteRequirements:
        return actions.publish(by=self.request.user, document=self.subject, **form.arguments())


class Answer(RecordView):
    """Say what became of a comment."""

    model = RequirementsComment
    related = ("version__document__organization", "organization")
    form_class = forms.AnswerForm
    title = gettext_lazy("Answer a comment")
    button = gettext_lazy("Save")
    back_words = gettext_lazy("Concrete requirements")

    @property
    def lead(self) -> str:
        return self.subject.text

    def permitted(self) -> bool:
        return may_record(self.request.user, self.subject.version.document.organization)

    def get_initial(self) -> dict[str, Any]:
        outcome = "" if self.subject.outcome == "OPEN" else self.subject.outcome
        return {"outcome": outcome, "answer": self.subject.answer}

    def back(self) -> str:
        return reverse("requirements:document", args=[self.subject.version.document_id])

    def act(self, form: Any) -> RequirementsComment:
        return actions.answer(by=self.request.user, comment=self.subject, **form.arguments())
