"""The summary report of a unit (item 76): six headings (item 114) and the four sentences (item 112)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from enterprises.access.visibility import VisibleQuerySet, record_q
from enterprises.history import tracked


@tracked()
class SummaryReport(models.Model):
    """The report of one organisation on one campaign. ``filed_version`` is the version that was filed, if any."""

    campaign = models.ForeignKey(
        "campaign.Campaign", models.PROTECT, related_name="summaries", verbose_name=_("campaign")
    )
    organization = models.ForeignKey(
        "enterprises.Organization", models.PROTECT, related_name="summaries", verbose_name=_("organization")
    )
    version = models.PositiveSmallIntegerField(_("version"), default=0)
    filed_version = models.PositiveSmallIntegerField(_("filed version"), null=True, editable=False)
    filed_on = models.DateField(_("filed on"), null=True, editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("summary report")
        verbose_name_plural = _("summary reports")
        ordering = ["organization__path"]
        constraints = [models.UniqueConstraint(fields=["campaign", "organization"], name="summary_report_once")]

    def __str__(self) -> str:
        return str(self.organization)

    @property
    def changed_since_filing(self) -> bool:
        return self.filed_version is not None and self.version > self.filed_version

    @staticmethod
    def visibility(account):
        return record_q(account)


class SummaryVersion(models.Model):
    """One version of the text, by code of the chapter. Versions are never changed, only followed by another."""

    report = models.ForeignKey(SummaryReport, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    chapters = models.JSONField(_("chapters"))
    submission = models.UUIDField(unique=True, editable=False)
    saved_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(_("saved at"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="summary_version_once")]

    @staticmethod
    def visibility(account):
        return record_q(account, "report__organization__")
