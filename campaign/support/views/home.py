"""Support in figures, what waits, and the figures of a node with those directly below it (items 41-44)."""

from functools import cached_property
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from campaign.support import figures
from campaign.support import owed as waiting
from campaign.support.access import LEAD, keeps_care, sees_records, sees_totals
from campaign.support.proposals import proposals
from campaign.support.views.subjects import node_at, organization_at, own_node, own_node_or_404
from enterprises import clock
from enterprises.access import roles
from enterprises.listing import Column, ListView
from enterprises.models import Organization


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Everything about support in figures, each with the way to its list."""
    if roles.READ_RECORDS not in request.user.reach.permissions:
        raise Http404
    own = own_node(request.user)
    reads = own is not None and sees_records(request.user, own)
    context = {
        "organization": own if reads else None,
        "figures": figures.of_node(own, clock.today()) if own and reads else None,
        "proposed": proposals(request.user).count() if LEAD in request.user.reach.permissions else None,
        "keeps_care": own is not None and keeps_care(request.user, own),
        "sees_totals": own is not None and sees_totals(request.user, own),
    }
    return render(request, "support/home.html", context)


@login_required
@require_safe
def owed(request: HttpRequest, pk: int) -> HttpResponse:
    """What an organization owes those directly below it, as a part of the page where its people land."""
    return _owed(request, organization_at(request, pk))


@login_required
@require_safe
def owed_own(request: HttpRequest) -> HttpResponse:
    """The same for the organization of the acting post."""
    return _owed(request, own_node_or_404(request))


def _owed(request: HttpRequest, organization: Organization) -> HttpResponse:
    inside = sees_records(request.user, organization)
    lines = waiting.of_office(request.user, organization, clock.today()) if inside else []
    context = {"organization": organization, "lines": lines, "inside": inside}
    template = "support/_owed_part.html" if request.htmx else "support/owed.html"  # type: ignore[attr-defined]
    return render(request, template, context)


class NodeFigures(ListView):
    """Weak organizations and requests of each organization directly below (items 41, 42); export is the report."""

    title = gettext_lazy("Support by organization")
    model = Organization
    permission = roles.READ_RECORDS
    search = ("name__contains", "code__startswith")
    ordering = "name"
    template_name = "support/figures.html"
    nothing: Any = gettext_lazy("No organization stands below this one")

    @cached_property
    def node(self) -> Organization:
        """The organization in the address."""
        return node_at(self.request, self.kwargs["pk"])

    @cached_property
    def below(self) -> dict[str, figures.NodeFigures]:
        """The figures of those directly below, by path."""
        return figures.of_children(self.node, clock.today())

    def get_queryset(self):
        return super().get_queryset().filter(superior=self.node)

    def get_columns(self) -> list[Column]:
        def figure(name: str, label: Any, group: str, field: str) -> Column:
            return Column(name, label, value=lambda o: getattr(getattr(self.below[o.path], group), field), css="n")

        return [
            Column("name", gettext_lazy("Organization"), sort="path", link="support:figures"),
            figure("weak", pgettext_lazy("column", "Weak"), "weak", "total"),
            figure("in_hand", pgettext_lazy("column", "In hand"), "weak", "in_hand"),
            figure("reported", pgettext_lazy("column", "Reported"), "weak", "reported"),
            figure("improved", gettext_lazy("Improved"), "weak", "improved"),
            figure("raised", pgettext_lazy("column", "Raised"), "requests", "raised"),
            figure("solved", pgettext_lazy("column", "Solved"), "requests", "solved"),
            figure("refused", pgettext_lazy("column", "Refused"), "requests", "refused"),
            figure("answered", pgettext_lazy("column", "Taken on"), "requests", "answered"),
            figure("unanswered", gettext_lazy("Unanswered"), "requests", "unanswered"),
            figure("long", pgettext_lazy("column", "Late"), "requests", "long"),
        ]

    def facts(self):
        return [self.node.name]

    def actions(self):
        back = self.node.superior
        up = [(back.name, reverse("support:figures", args=[back.pk]))] if back and self._reads(back) else []
        return [*up, (_("Support in figures"), reverse("support:home"))]

    def _reads(self, organization: Organization) -> bool:
        return sees_records(self.request.user, organization)

    def context(self) -> dict:
        """The figures of the node itself with everything below it."""
        return {
            "node": self.node,
            "figures": figures.of_node(self.node, clock.today()),
            "itself": self.below[self.node.path],
        }
