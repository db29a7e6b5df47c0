"""What the pages of this room share: the campaign looked at, and forms about one organisation."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from campaign.plan.current import campaign_of
from campaign.plan.models import Campaign
from enterprises.access import roles
from enterprises.access.reach import may_record
from enterprises.history import changes
from enterprises.models import Account, Organization
from enterprises.views.base import ActionView
from enterprises.views.organizations import account_names


def leadership_url(organization: Organization, campaign: Campaign) -> str:
    """The leadership page of an organisation in a campaign."""
    url = reverse("leadership:organization", args=[organization.pk])
    return f"{url}?{urlencode({'campaign': campaign.code})}"


def sees_records(account: Account, organization: Organization) -> bool:
    """Whether the account reads the organisation's records: led, or assisted (design section 4)."""
    reach = account.reach
    if reach.covers(roles.READ_RECORDS, organization.path):
        return True
    unit = organization.enterprise
    if unit is None or roles.READ_RECORDS not in reach.permissions:
        return False
    return any(unit.path.startswith(path) for path in reach.enterprise_paths)


def changes_of(thing: Model) -> dict[str, Any]:
    """The history of an object for its page: what became what, when, by whom."""
    entries = changes(thing)
    return {"history": entries, "names": account_names(entries)}


class CampaignMixin:
    """``self.campaign``: the one in the address, else the one chosen. Not found where none has been launched."""

    request: Any

    @cached_property
    def campaign(self) -> Campaign:
        found = campaign_of(self.request)
        if found is None:
            raise Http404
        return found


class CampaignListMixin(CampaignMixin):
    """A list in a campaign. The menu leads here before any campaign is launched: then the page says so."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if campaign_of(request) is None:
            return render(request, "leadership/none.html", {"title": self.title})  # type: ignore[attr-defined]
        return super().get(request, *args, **kwargs)  # type: ignore[misc]


class RecordingForm(CampaignMixin, ActionView):
    """A form that records for one organisation."""

    template_name = "leadership/form.html"

    def permitted(self) -> bool:
        return may_record(self.request.user, self.organization())

    def back(self) -> str:
        return leadership_url(self.organization(), self.campaign)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"campaign": self.campaign}


class OrganizationForm(RecordingForm):
    """A form about an organisation in the campaign."""

    model = Organization
    related = ("superior", "enterprise")

    def told(self, form: Any) -> dict[str, Any]:
        """The arguments of the action."""
        return form.arguments() | {"by": self.request.user, "campaign": self.campaign, "organization": self.subject}
