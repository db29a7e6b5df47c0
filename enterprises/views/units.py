"""Enterprises: the list, the two-pane page (items 3, 4, 32), and the forms about units."""

from collections import Counter
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enterprises import clock, panels
from enterprises.access import roles
from enterprises.actions import units
from enterprises.codes import place_name
from enterprises.filters import EnterpriseFilter
from enterprises.forms import units as forms
from enterprises.history import changes
from enterprises.listing import Column, ListView
from enterprises.models import Enterprise, Organization
from enterprises.tree import under
from enterprises.views.base import ActionView, PageView
from enterprises.views.organizations import SuggestView, account_names

HISTORY = 10
SHOWN = 200  # subsidiaries on the page; the list has them all


class EnterpriseList(ListView):
    """Every unit in sight."""

    title = gettext_lazy("Enterprises")
    model = Enterprise
    columns = [
        Column("name", gettext_lazy("name"), sort="name", link="enterprises:enterprise"),
        Column("code", gettext_lazy("code"), sort="code"),
        Column("kind", gettext_lazy("kind"), value="get_kind_display", sort="kind"),
        Column("parent", gettext_lazy("parent enterprise"), value="parent.name", css="full"),
        Column(
            "place",
            gettext_lazy("place"),
            value=lambda unit: place_name(unit.division_code),
            sort="division_code",
        ),
        Column("industry", gettext_lazy("industry"), sort="industry"),
        Column("condition", gettext_lazy("condition"), value="get_condition_display", sort="condition"),
        Column("declared_batch", gettext_lazy("batch"), sort="declared_batch", css="n"),
        Column("led", gettext_lazy("led by"), value="leading_organization.name", css="full"),
    ]
    filterset_class = EnterpriseFilter
    search = ("name__contains", "code__startswith")
    ordering = "code"
    template_name = "enterprises/enterprise_list.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("parent", "leading_organization")

    def actions(self) -> list:
        user = self.request.user
        keeps = roles.CHANGE_TREE in user.reach.permissions and user.reach.covers(roles.CAMPAIGN, "")
        return [(_("Enter a headquarters"), reverse("enterprises:unit_new"))] if keeps else []

    def context(self) -> dict[str, Any]:
        """Registered against target, by place and by industry (item 4)."""
        return {
            "registered": registered(self.request.user),
            "by_place": tally(self.rows, "division_code", place_name),
            "by_industry": tally(self.rows, "industry", str),
        }


def tally(rows: QuerySet[Enterprise], field: str, words: Any) -> list[tuple[str, int]]:
    """How many units stand at each value of ``field``, most first; empty ones last as "not stated"."""
    counted: Counter[str] = Counter()
    for value, number in rows.order_by().values_list(field).annotate(n=Count("pk")):
        counted[words(value) if value else ""] += number
    named = sorted(((k, n) for k, n in counted.items() if k), key=lambda pair: (-pair[1], pair[0]))
    return [*named, (_("not stated"), counted[""])] if counted[""] else named


def registered(account: Any) -> list[dict[str, Any]]:
    """National figures beside the targets of the campaign; only for those who see every organisation."""
    targets = panels.campaign_targets()
    if not targets or "" not in account.reach.paths.get(roles.READ, []):
        return []
    roots = Organization.objects.visible_to(account).filter(superior=None).values_list("pk", flat=True)
    lent = panels.counts_of(roots).values()
    found = {
        "members": sum(c.members for c in lent),
        "organizations": sum(c.organizations for c in lent),
        "headquarters": Enterprise.objects.visible_to(account).filter(kind="HEADQUARTERS").count(),
    }
    words = {
        "members": _("members"),
        "organizations": _("Party organizations"),
        "headquarters": _("headquarters"),
    }
    return [
        {"words": words[what], "found": found[what], "floor": floor, "reached": found[what] >= floor}
        for what, floor in targets.items()
    ]


class EnterprisePage(PageView):
    """Two panes: the own headquarters, and the subsidiaries led or assisted (item 3)."""

    model = Enterprise
    related = ("parent", "leading_organization")
    template_name = "enterprises/enterprise.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        unit, account = self.subject, self.request.user
        entries = changes(unit, HISTORY)
        own = organizations_of(unit, account)
        led, assisted = self._subsidiaries(unit, account)
        return super().get_context_data(
            unit=unit,
            place=place_name(unit.division_code),
            above=Enterprise.objects.visible_to(account).ancestors_of(unit),
            own=own,
            led=led,
            assisted=assisted,
            lent=panels.counts_of([o.pk for o in own]),
            conditions=unit.conditions.all(),
            may_change=units.may_keep_unit(account, unit),
            panels=panels.enterprise_panels(self.request, unit),
            history=entries,
            names=account_names(entries),
            as_of=clock.now(),
            **kwargs,
        )

    @staticmethod
    def _subsidiaries(unit: Enterprise, account: Any) -> tuple[list[Enterprise], list[Enterprise]]:
        """Units below, apart by who leads them: their affiliation decides, not who owns them."""
        below = Enterprise.objects.visible_to(account).below(unit).select_related("leading_organization")
        rows = list(below.order_by("path")[:SHOWN])
        branches = Organization.objects.open().branches().filter(enterprise__in=rows).order_by()
        counted = dict(branches.values_list("enterprise").annotate(n=Count("pk")))
        led, assisted = [], []
        for row in rows:
            row.branches = counted.get(row.pk, 0)  # type: ignore[attr-defined]
            leader = row.leading_organization
            (assisted if leader and leader.assisted else led).append(row)
        return led, assisted


def organizations_of(unit: Enterprise, account: Any) -> list[Organization]:
    """The uppermost open organisations of the unit itself, and those of its headquarters staff."""
    rows = Organization.objects.visible_to(account).open().filter(enterprise=unit)
    found = list(rows.exclude(superior__enterprise=unit).order_by("path"))
    staff = rows.filter(kind=Organization.Kind.HQ_COMMITTEE).order_by("path")
    return found + [o for o in staff if o not in found]


class EnterpriseSuggest(SuggestView):
    """Units in sight."""

    model = Enterprise


class UnitForm(ActionView):
    """A form about one unit."""

    model = Enterprise
    related = ("parent", "leading_organization")

    def permitted(self) -> bool:
        return units.may_keep_unit(self.request.user, self.subject)

    def back(self) -> str:
        return reverse("enterprises:enterprise", args=[self.subject.pk])


class NewUnit(ActionView):
    """Enter a headquarters or a directly affiliated unit."""

    title = gettext_lazy("Enter a headquarters")
    form_class = forms.FoundUnitForm

    def permitted(self) -> bool:
        reach = self.request.user.reach
        return roles.CHANGE_TREE in reach.permissions and reach.covers(roles.CAMPAIGN, "")

    def back(self) -> str:
        return reverse("enterprises:enterprise_list")

    def act(self, form: Any) -> Any:
        return units.found_unit(by=self.request.user, parent=self.subject, **form.arguments())

    def done(self, result: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse("enterprises:enterprise", args=[result.pk]))


class FoundUnit(UnitForm):
    title = gettext_lazy("Enter a subsidiary")
    form_class = forms.FoundUnitForm

    def act(self, form: Any) -> Any:
        return units.found_unit(by=self.request.user, parent=self.subject, **form.arguments())

    def done(self, result: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse("enterprises:enterprise", args=[result.pk]))


class RenameUnit(UnitForm):
    title = gettext_lazy("Rename")
    form_class = forms.RenameUnitForm

    def act(self, form: Any) -> Any:
        return units.rename_unit(by=self.request.user, unit=self.subject, **form.arguments())


class CorrectUnit(UnitForm):
    title = gettext_lazy("Correct the facts")
    form_class = forms.CorrectUnitForm

    def act(self, form: Any) -> Any:
        return units.correct_unit(by=self.request.user, unit=self.subject, **form.arguments())


class MoveUnit(UnitForm):
    title = gettext_lazy("Change the owner")
    form_class = forms.MoveUnitForm

    def act(self, form: Any) -> Any:
        return units.move_unit(by=self.request.user, unit=self.subject, **form.arguments())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        owned = Organization.objects.filter(under(self.subject.path, "enterprise__")).open().count()
        note = _("%(count)d organizations go over to the new owner's figures; who leads them stays.")
        return super().get_context_data(notes=[note % {"count": owned}], **kwargs)


class SetCondition(UnitForm):
    title = gettext_lazy("Record the condition")
    form_class = forms.ConditionForm

    def act(self, form: Any) -> Any:
        return units.set_condition(by=self.request.user, unit=self.subject, **form.arguments())
