"""Filings: the documents, figures and feedback dates that prove a step (design section 5)."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enterprises.access.visibility import VisibleQuerySet, record_q
from enterprises.history import tracked


@tracked()
class Filing(models.Model):
    """One dated proof: a document or figure of the organisation, or (with ``member``) an entry per member.

    ``kind`` is a code of the campaign's definition. The text of an analysis or appraisal is never here.
    """

    campaign = models.ForeignKey("campaign.Campaign", models.PROTECT, related_name="filings")
    organization = models.ForeignKey("enterprises.Organization", models.PROTECT, related_name="filings")
    member = models.ForeignKey("enterprises.Member", models.PROTECT, null=True, blank=True, related_name="filings")
    kind = models.CharField(_("kind"), max_length=40)
    filed_on = models.DateField(_("date"))
    number = models.CharField(_("document number"), max_length=60, blank=True)
    title = models.CharField(pgettext_lazy("document", "title"), max_length=200, blank=True)
    figure = models.DecimalField(_("figure"), max_digits=14, decimal_places=2, null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    file = models.FileField(_("file"), upload_to="filings/%Y/%m/", blank=True)
    submission = models.UUIDField(default=uuid.uuid4, editable=False)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    recorded_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-filed_on", "-id"]
        indexes = [models.Index(fields=["campaign", "kind", "organization"], name="filing_as_evidence")]
        constraints = [
            models.UniqueConstraint(fields=["submission", "member"], name="filing_once", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return self.title or self.kind

    @staticmethod
    def visibility(account):
        return record_q(account)
