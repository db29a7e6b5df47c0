"""Business beside the campaign: indicators, targets, how both were arranged (items 81-83)."""

import uuid
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaign.business import rules
from enterprises.access.visibility import VisibleQuerySet, record_q
from enterprises.history import tracked

QUALIFIERS = [
    (rules.Qualifier.EXACT, _("exact")),
    (rules.Qualifier.AT_LEAST, _("at least")),
    (rules.Qualifier.MORE_THAN, _("more than")),
    (rules.Qualifier.ABOUT, _("about")),
]
MARKS = {
    rules.Qualifier.AT_LEAST: _("%(n)s or more"),
    rules.Qualifier.MORE_THAN: _("more than %(n)s"),
    rules.Qualifier.ABOUT: _("about %(n)s"),
}


def said(value: Decimal | None, qualifier: str) -> str:
    """A figure in words, its qualifier with it; a dash for nothing."""
    if value is None:
        return "—"
    mark = MARKS.get(rules.Qualifier(qualifier))
    return str(mark) % {"n": f"{value:,}"} if mark else f"{value:,}"


class Recorded(models.Model):
    """What every record of this room has: the leading organization of the unit, who entered it when, once a form."""

    organization = models.ForeignKey("enterprises.Organization", models.PROTECT, related_name="%(class)ss")
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recorded_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+", editable=False)
    recorded_at = models.DateTimeField(_("recorded at"), editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        abstract = True

    @staticmethod
    def visibility(account):
        return record_q(account)


def _money(words):
    return models.DecimalField(words, max_digits=14, decimal_places=1, null=True, blank=True)


def _percent(words):
    return models.DecimalField(words, max_digits=7, decimal_places=1, null=True, blank=True)


def _qualifier():
    return models.CharField(max_length=9, choices=QUALIFIERS, default=rules.Qualifier.EXACT)


@tracked()
class EconomicIndicator(Recorded):
    """Cumulative figures of a unit from January to the end of ``month`` (its first day), in 亿元 (item 82).

    A unit's figures hold its subsidiaries. ``*_growth`` is as stated, kept beside what the values say.
    """

    month = models.DateField(_("until the end of"))
    revenue = _money(_("revenue"))
    revenue_qualifier = _qualifier()
    revenue_prior = _money(_("revenue, same time last year"))
    revenue_growth = _percent(_("growth of revenue as stated, %"))
    profit = _money(_("profit"))
    profit_qualifier = _qualifier()
    profit_prior = _money(_("profit, same time last year"))
    profit_growth = _percent(_("growth of profit as stated, %"))
    preservation = _percent(_("rate of preservation and appreciation of state assets, %"))
    stability = models.CharField(_("note on stability"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("economic indicators")
        ordering = ["-month", "organization__path"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "month"], name="indicators_once_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="indicators_by_month"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

    @property
    def revenue_words(self) -> str:
        return said(self.revenue, self.revenue_qualifier)

    @property
    def profit_words(self) -> str:
        return said(self.profit, self.profit_qualifier)

    @property
    def computed_revenue_growth(self) -> Decimal | None:
        return rules.growth(self.revenue, self.revenue_prior)

    @property
    def computed_profit_growth(self) -> Decimal | None:
        return rules.growth(self.profit, self.profit_prior)

    @property
    def growth_of_revenue(self) -> Decimal | None:
        """Computed where both values exist, otherwise as stated."""
        computed = self.computed_revenue_growth
        return self.revenue_growth if computed is None else computed

    @property
    def growth_of_profit(self) -> Decimal | None:
        computed = self.computed_profit_growth
        return self.profit_growth if computed is None else computed

    @property
    def outgrows(self) -> bool | None:
        """Whether profit grew faster than revenue (item 83)."""
        return rules.profit_outgrows(self.growth_of_revenue, self.growth_of_profit)

    @property
    def margin(self) -> Decimal | None:
        return rules.margin(self.profit, self.revenue)

    @property
    def doubtful(self) -> bool:
        """Whether a stated growth contradicts the values."""
        return rules.contradicts(self.revenue_growth, self.computed_revenue_growth) or rules.contradicts(
            self.profit_growth, self.computed_profit_growth
        )


@tracked()
class BusinessTarget(Recorded):
    """A production or reform target of a year against what came of it (item 83)."""

    class Kind(models.TextChoices):
        PRODUCTION = "PRODUCTION", _("production and business")
        REFORM = "REFORM", _("reform")

    class State(models.TextChoices):
        OPEN = "OPEN", pgettext_lazy("target", "under way")
        MET = "MET", pgettext_lazy("target", "met")
        MISSED = "MISSED", pgettext_lazy("target", "not met")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.PRODUCTION)
    year = models.PositiveSmallIntegerField(_("year"))
    target = models.CharField(_("target"), max_length=200)
    actual = models.CharField(_("what came of it"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=6, choices=State.choices, default=State.OPEN)

    class Meta:
        verbose_name = _("business target")
        ordering = ["-year", "kind", "pk"]

    def __str__(self) -> str:
        return self.target


@tracked()
class Arrangement(Recorded):
    """How a unit arranged campaign and production so that neither is delayed (item 81); said anew, it is a new one."""

    campaign = models.ForeignKey("campaign.Campaign", models.PROTECT, related_name="+")
    said_on = models.DateField(_("date"))
    text = models.TextField(_("how both were arranged"), max_length=2000)

    class Meta:
        verbose_name = _("arrangement of campaign and production")
        ordering = ["-said_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.said_on:%Y-%m-%d}"
