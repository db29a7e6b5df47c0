"""What the nightly checks found (items 38, 39)."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from enterprises.filters import CheckFilter
from enterprises.listing import Column, ListView
from enterprises.models import CheckFinding


def _page_of(finding: CheckFinding) -> str:
    if finding.organization_id:
        return reverse("enterprises:organization", args=[finding.organization_id])
    return reverse("enterprises:enterprise", args=[finding.unit_id])


class CheckList(ListView):
    """The open findings in sight: hints to look, never labels."""

    title = gettext_lazy("Checks")
    model = CheckFinding
    columns = [
        Column(
            "subject",
            gettext_lazy("organization or unit"),
            value="subject.name",
            sort=("organization__name", "unit__name"),
            link=_page_of,
        ),
        Column("name", gettext_lazy("check"), sort="code"),
        Column("words", gettext_lazy("what to do"), value=str, css="full"),
        Column("since", gettext_lazy("found on"), sort="since"),
    ]
    filterset_class = CheckFilter
    search = ("organization__name__contains", "organization__code__startswith", "unit__name__contains")
    ordering = "-since"
    nothing: Any = gettext_lazy("The last check found nothing to mend")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("organization", "unit")
