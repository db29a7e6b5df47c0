"""What the nightly checks found (items 38, 39; dossier 2.1, 2.5)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enterprises.access.visibility import VisibleQuerySet, enterprise_q, organization_q
from enterprises.remarks import SENTENCES, sentence


class CheckFinding(models.Model):
    """One remark about an organisation or a unit, from the day it was first found until it is mended.

    Replaced by every run; it is a hint to look, never a label, and carries no history of its own.
    """

    organization = models.ForeignKey(
        "Organization", models.CASCADE, null=True, related_name="check_findings", db_index=False
    )
    unit = models.ForeignKey("Enterprise", models.CASCADE, null=True, related_name="check_findings")
    code = models.CharField(_("check"), max_length=30)
    values = models.JSONField(default=dict)
    since = models.DateField(_("found on"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["code", "since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "unit", "code"], name="check_finding_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(organization=None) ^ Q(unit=None), name="check_finding_has_one_subject"),
        ]

    def __str__(self) -> str:
        return sentence(self.code, self.values)

    @property
    def name(self) -> str:
        """The short name of the check."""
        return str(SENTENCES[self.code][0])

    @property
    def subject(self):
        """What the remark is about."""
        return self.organization or self.unit

    @staticmethod
    def visibility(account):
        of_organizations = Q(organization__isnull=False) & organization_q(account, "organization__")
        return of_organizations | (Q(unit__isnull=False) & enterprise_q(account, "unit__"))
