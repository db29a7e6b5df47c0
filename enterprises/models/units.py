"""Enterprises and their units (dossier 0.1, items 1-4, 32)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from enterprises.access.visibility import VisibleQuerySet, enterprise_q
from enterprises.codes import is_in_beijing
from enterprises.history import tracked
from enterprises.tree import TreeQuerySet


class Condition(models.TextChoices):
    """Enterprise condition (item 32). It is a condition of each unit, not only of the group."""

    SOUND = "SOUND", _("Sound")
    IN_DIFFICULTY = "IN_DIFFICULTY", _("In difficulty")
    RESTRUCTURING = "RESTRUCTURING", _("Restructuring")
    NEAR_BANKRUPTCY = "NEAR_BANKRUPTCY", _("Near bankruptcy")


class EnterpriseQuerySet(VisibleQuerySet, TreeQuerySet):
    """Units of the ownership tree."""


@tracked()
class Enterprise(models.Model):
    """A unit of the ownership tree: a headquarters, a subsidiary or a directly affiliated unit of SASAC."""

    class Kind(models.TextChoices):
        HEADQUARTERS = "HEADQUARTERS", _("Headquarters")
        SUBSIDIARY = "SUBSIDIARY", _("Subsidiary")
        DIRECT_UNIT = "DIRECT_UNIT", _("Directly affiliated unit")

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="subsidiaries",
        verbose_name=_("parent enterprise"),
    )
    path = models.CharField(max_length=120, unique=True, db_collation="C", editable=False)
    division_code = models.CharField(_("headquarters place"), max_length=6, blank=True, help_text="GB/T 2260")
    industry = models.CharField(_("industry"), max_length=60, blank=True)
    condition = models.CharField(_("condition"), max_length=20, choices=Condition.choices, default=Condition.SOUND)
    is_window_unit = models.BooleanField(_("window trade"), default=False)
    is_centrally_managed = models.BooleanField(_("centrally managed"), default=False)
    declared_batch = models.PositiveSmallIntegerField(_("batch"), null=True, blank=True)
    directory_order = models.PositiveIntegerField(_("directory order"), default=0)
    leading_organization = models.ForeignKey(
        "Organization", models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    objects = EnterpriseQuerySet.as_manager()
    parent_field = "parent"

    class Meta:
        ordering = ["directory_order", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def in_beijing(self) -> bool:
        """Whether the headquarters place is Beijing."""
        return is_in_beijing(self.division_code)

    @property
    def is_hard_pressed(self) -> bool:
        """Whether the unit is in one of the three hard conditions (item 33)."""
        return self.condition != Condition.SOUND

    @staticmethod
    def visibility(account):
        return enterprise_q(account)


class EnterpriseCondition(models.Model):
    """One dated entry of a unit's condition history (item 32)."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="conditions")
    condition = models.CharField(_("condition"), max_length=20, choices=Condition.choices)
    since = models.DateField(_("since"))
    reason = models.TextField(_("reason"), blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["enterprise", "-since", "-id"]

    @staticmethod
    def visibility(account):
        return enterprise_q(account, "enterprise__")
