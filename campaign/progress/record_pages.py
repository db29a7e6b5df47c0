"""What the pages of records share: whose records, in which campaign, the form that makes one, the way back."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy

from campaign.plan.current import default
from campaign.plan.models import Campaign
from enterprises.access import roles
from enterprises.access.reach import may
from enterprises.forms.base import ActionForm
from enterprises.history import changes
from enterprises.models import Account, Enterprise, Organization, Post
from enterprises.tree import under
from enterprises.uploads import ACCEPT
from enterprises.views.base import ActionView

LISTS = ("item_ids", "thing_ids")  # ids say nothing to a reader


def own_organization(account: Account) -> Organization | None:
    """The organisation that the acting post records for, or ``None``."""
    seen = Organization.objects.visible_to(account)
    for post in account.acting_posts:
        if roles.RECORD not in post.definition.permissions:
            continue
        if post.scope_kind == Post.Scope.ORGANIZATION:
            return seen.filter(pk=post.scope_id).first()
        if post.scope_kind == Post.Scope.ENTERPRISE:
            unit = Enterprise.objects.visible_to(account).filter(pk=post.scope_id).first()
            return seen.filter(pk=unit.leading_organization_id).first() if unit else None
    return None


def campaigns_of(organization: Organization) -> QuerySet[Campaign]:
    """The running campaigns in which the organisation's unit takes part."""
    running = Campaign.objects.filter(state=Campaign.State.RUNNING, participations__unit=organization.enterprise_id)
    return running.select_related("definition").defer("definition__source")


def _organizations(request):
    return Organization.objects.visible_to(request.user)


class SubtreeFilter(django_filters.FilterSet):
    """A list that can be narrowed to an organisation with everything below it."""

    organization = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Organization"),
        queryset=_organizations,
        method="in_subtree",
        widget=forms.HiddenInput,
    )

    def in_subtree(self, queryset, name, value):
        """Everything of the organisation and below."""
        return queryset.filter(under(value.path, "organization__"))


def file_field(label: Any, required: bool = False) -> forms.FileField:
    """A file that is kept with a record."""
    return forms.FileField(
        label=label,
        required=required,
        help_text=gettext_lazy("JPEG, PNG, PDF, Word or Excel, up to 10 MB each."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )


class RecordForm(ActionForm):
    """A form that makes one record of the organisation ``subject``; sent twice, it is still one."""

    submission = forms.UUIDField(widget=forms.HiddenInput)

    def prepare(self) -> None:
        self.initial.setdefault("submission", uuid4())


class CampaignRecordForm(RecordForm):
    """A record in a campaign; the choice shows only where several campaigns run."""

    campaign = forms.ModelChoiceField(label=gettext_lazy("Campaign"), queryset=Campaign.objects.none())

    def prepare(self) -> None:
        super().prepare()
        running = campaigns_of(self.subject)
        self.fields["campaign"].queryset = running  # type: ignore[attr-defined]
        self.initial.setdefault("campaign", default(running))
        if len(running) < 2:
            self.fields["campaign"].widget = forms.HiddenInput()


class RecordView(ActionView):
    """A form about a record; ``notes`` are lines above it."""

    template_name = "components/record_form.html"
    permission = roles.RECORD
    related = ("organization",)
    notes: tuple[Any, ...] = ()

    def organization(self) -> Organization:
        return self.subject.organization

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        values = {"notes": self.notes, "of": self.organization(), "back_words": self.organization().name}
        return super().get_context_data(**values | kwargs)


class NewRecordView(RecordView):
    """The form that makes a record of the organisation in the address."""

    model = Organization
    related = ("enterprise",)

    def find(self) -> Organization:
        return get_object_or_404(self.queryset().select_related(*self.related), pk=self.kwargs["organization"])

    def organization(self) -> Organization:
        return self.subject

    def done(self, result: Any) -> HttpResponse:
        return HttpResponseRedirect(self.shown(result))

    def shown(self, result: Any) -> str:
        """Where the new record stands."""
        return self.back()


def listed(url_name: str, organization: Organization) -> str:
    """A list narrowed to one organisation."""
    return f"{reverse(url_name)}?{urlencode({'organization': organization.pk})}"


def new_actions(account: Account, *buttons: tuple[Any, str]) -> list[tuple[Any, str]]:
    """Buttons that make records of the own organisation: words and url name."""
    own = own_organization(account)
    if own is None or own.closed_on or not may(account, roles.RECORD, own):
        return []
    return [(words, reverse(name, args=[own.pk])) for words, name in buttons]


def history_of(record: Any, hidden: Iterable[str] = (), limit: int = 30) -> dict[str, Any]:
    """The history of a record and the names of those who made it, for ``enterprises/_history.html``.

    ``hidden`` are fields whose changes the reader may not see. A name beside a change that may be read is no
    account that may be opened.
    """
    fields = [f for f in record._meta.fields if f.name in {*hidden, *LISTS}]
    labels = {str(field.verbose_name) for field in fields}
    told = (replace(c, fields=[f for f in c.fields if f[0] not in labels]) for c in changes(record, limit))
    entries = [entry for entry in told if entry.fields]
    ids = {entry.account_id for entry in entries if entry.account_id}
    names = {account.pk: str(account) for account in Account.objects.filter(pk__in=ids)}
    return {"history": entries, "names": names}


def download(file: Any, name: str) -> FileResponse:
    """A stored file as a download; it is never shown inline."""
    ending = file.name.rsplit(".", 1)[-1]
    return FileResponse(
        file.open("rb"),
        as_attachment=True,
        filename=name if name.endswith(f".{ending}") else f"{name}.{ending}",
        content_type="application/octet-stream",
    )
