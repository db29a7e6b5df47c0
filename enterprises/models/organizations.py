"""Party organisations and Party groups (dossier 2.1, 2.5 and part 3)."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enterprises.access.visibility import VisibleQuerySet, organization_q
from enterprises.history import tracked
from enterprises.tree import TreeQuerySet


class OrganizationQuerySet(VisibleQuerySet, TreeQuerySet):
    """Party organisations of the affiliation tree."""

    def open(self):
        """Those neither closed nor merged."""
        return self.filter(closed_on=None)

    def branches(self):
        """Branches of every form: ordinary, joint, temporary."""
        return self.filter(kind__in=Organization.BRANCH_KINDS)


@tracked()
class Organization(models.Model):
    """A Party organisation. ``superior`` is the affiliation tree: leadership, approvals, roll-up, access.

    ``enterprise`` is the unit that owns it (second tree). ``affiliation`` and ``assisted`` follow from
    the tree and are kept by ``enterprises.tree.refresh``.
    """

    class Kind(models.TextChoices):
        COMMITTEE = "COMMITTEE", _("Party committee")
        LEADING_GROUP_DZ = "LEADING_GROUP_DZ", _("leading Party members' group")
        HQ_COMMITTEE = "HQ_COMMITTEE", _("headquarters Party committee")
        GENERAL_BRANCH = "GENERAL_BRANCH", _("general Party branch")
        BRANCH = "BRANCH", _("Party branch")
        JOINT_BRANCH = "JOINT_BRANCH", _("joint Party branch")
        TEMPORARY_BRANCH = "TEMPORARY_BRANCH", _("temporary Party branch")
        LOCAL_COMMITTEE = "LOCAL_COMMITTEE", _("local Party committee")

    class Affiliation(models.TextChoices):
        HQ = "HQ", _("affiliated to headquarters")
        LOCAL = "LOCAL", _("affiliated to the locality")

    class Form(models.TextChoices):
        """For whom a branch was founded, beside its kind (item 40); empty for the ordinary line."""

        MOBILE = "MOBILE", _("mobile-member branch")
        RETIRED = "RETIRED", _("retired-member branch")

    BRANCH_KINDS = (Kind.BRANCH, Kind.JOINT_BRANCH, Kind.TEMPORARY_BRANCH)
    COMMITTEE_KINDS = (Kind.COMMITTEE, Kind.LEADING_GROUP_DZ, Kind.HQ_COMMITTEE)

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    form = models.CharField(
        pgettext_lazy("organization", "form"), max_length=8, choices=Form.choices, blank=True, default="", db_default=""
    )
    superior = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="subordinates", verbose_name=_("superior")
    )
    path = models.CharField(max_length=120, unique=True, db_collation="C", editable=False)
    enterprise = models.ForeignKey(
        "Enterprise",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organizations",
        verbose_name=_("owning enterprise"),
    )
    enterprise_given = models.BooleanField(default=False, editable=False)
    is_headquarters = models.BooleanField(_("headquarters"), default=False)
    affiliation = models.CharField(
        _("Party affiliation"),
        max_length=8,
        choices=Affiliation.choices,
        default=Affiliation.HQ,
        editable=False,
    )
    assisted = models.BooleanField(default=False, editable=False)
    division_code = models.CharField(_("place"), max_length=6, blank=True, help_text="GB/T 2260")
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    founding_document = models.CharField(_("founding document"), max_length=120, blank=True)
    term_end = models.DateField(_("term ends on"), null=True, blank=True)
    extension_until = models.DateField(_("approved extension until"), null=True, blank=True)
    secretary_name = models.CharField(_("secretary"), max_length=60, blank=True)
    directory_order = models.PositiveIntegerField(_("directory order"), default=0)
    closed_on = models.DateField(_("closed on"), null=True, blank=True, editable=False)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", editable=False
    )

    objects = OrganizationQuerySet.as_manager()
    parent_field = "superior"

    class Meta:
        ordering = ["directory_order", "code"]
        indexes = [models.Index(fields=["enterprise", "path"], name="organization_by_enterprise")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_branch(self) -> bool:
        return self.kind in self.BRANCH_KINDS

    @property
    def is_local(self) -> bool:
        return self.affiliation == self.Affiliation.LOCAL

    def term_overdue(self, on: date) -> bool:
        """Whether the term, with any approved extension, has run out on that day (dossier 2.5)."""
        end = max(filter(None, [self.term_end, self.extension_until]), default=None)
        return end is not None and end < on

    @staticmethod
    def visibility(account):
        return organization_q(account)


@tracked()
class PartyGroup(models.Model):
    """A Party group: a division of a branch, no level of organisation, passes no resolutions (2.1)."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="party_groups")
    closed_on = models.DateField(null=True, blank=True, editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["organization", "code"]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def visibility(account):
        return organization_q(account, "organization__")
