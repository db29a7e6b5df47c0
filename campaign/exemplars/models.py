"""Models (优秀共产党员典型, item 53): nominated, verified by the branch, publicised with the member's consent."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enterprises.access.visibility import VisibleQuerySet, member_q, organization_q, record_q
from enterprises.history import tracked


@tracked()
class ModelMember(models.Model):
    """A member put forward as a model. What stands in `deeds` are facts that the branch has verified; there
    is neither a score nor an order among models."""

    class State(models.TextChoices):
        NOMINATED = "NOMINATED", _("nominated")
        VERIFIED = "VERIFIED", _("verified by the branch")
        PUBLICISED = "PUBLICISED", _("publicised")
        WITHDRAWN = "WITHDRAWN", _("withdrawn")

    class Consent(models.TextChoices):
        """How the member agreed to be publicised."""

        WRITTEN = "WRITTEN", _("signed statement")
        ORAL = "ORAL", _("said to the branch secretary")

    organization = models.ForeignKey("enterprises.Organization", models.PROTECT, related_name="exemplars")
    member = models.ForeignKey("enterprises.Member", models.PROTECT, related_name="exemplars")
    campaign = models.ForeignKey("campaign.Campaign", models.PROTECT, null=True, blank=True, related_name="exemplars")
    headline = models.CharField(_("headline"), max_length=120)
    deeds = models.TextField(_("deeds"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.NOMINATED)
    nominated_on = models.DateField(_("nominated on"))
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    verified_how = models.CharField(_("how it was verified"), max_length=200, blank=True)
    consent_on = models.DateField(_("consent given on"), null=True, blank=True)
    consent_kind = models.CharField(_("consent"), max_length=8, choices=Consent.choices, blank=True)
    publicised_on = models.DateField(_("publicised on"), null=True, blank=True)
    publicised_where = models.CharField(_("publicised where"), max_length=120, blank=True)
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recorded_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+", editable=False)
    recorded_at = models.DateTimeField(editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-nominated_on", "-id"]
        indexes = [models.Index(fields=["organization", "state"], name="model_by_organization")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="PUBLICISED") | Q(consent_on__isnull=False, verified_on__isnull=False),
                name="publicised_with_consent",
            )
        ]

    def __str__(self) -> str:
        return self.headline

    @property
    def is_publicised(self) -> bool:
        return self.state == self.State.PUBLICISED

    @staticmethod
    def visibility(account):
        """A name with its deeds goes along the affiliation chain; once publicised, wherever the unit is seen."""
        return member_q(account, "member__") | (Q(state="PUBLICISED") & organization_q(account, "organization__"))


class ModelReport(models.Model):
    """A report meeting on models at which this one was presented."""

    exemplar = models.ForeignKey(ModelMember, models.CASCADE, related_name="reports")
    meeting = models.ForeignKey("campaign.Meeting", models.CASCADE, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-meeting__held_on", "id"]
        constraints = [models.UniqueConstraint(fields=["exemplar", "meeting"], name="reported_once")]

    @staticmethod
    def visibility(account):
        return record_q(account, "meeting__organization__")
