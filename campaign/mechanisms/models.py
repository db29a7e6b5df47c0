"""What lasts after the campaign: long-term mechanisms (item 84) and the register of regulations (item 85)."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enterprises.access.visibility import VisibleQuerySet, record_q
from enterprises.history import tracked


class Recorded(models.Model):
    """What every record of this room has: whose it is, and who entered it when, once for each form sent."""

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


@tracked()
class LongTermMechanism(Recorded):
    """One mechanism that is to outlast the campaign: of one of five kinds, from exploring to running (item 84)."""

    class Kind(models.TextChoices):
        STUDY = "STUDY", _("study")
        EDUCATION = "EDUCATION", _("education of members")
        MANAGEMENT = "MANAGEMENT", _("management of members")
        MASSES = "MASSES", _("ties of members with the masses")
        DEMOCRACY = "DEMOCRACY", _("inner-Party democracy")

    class Status(models.TextChoices):
        EXPLORING = "EXPLORING", _("being explored")
        DRAFTED = "DRAFTED", pgettext_lazy("mechanism", "drafted")
        ISSUED = "ISSUED", pgettext_lazy("mechanism", "issued")
        RUNNING = "RUNNING", pgettext_lazy("mechanism", "running")

    campaign = models.ForeignKey("campaign.Campaign", models.PROTECT, related_name="mechanisms")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    title = models.CharField(pgettext_lazy("document", "title"), max_length=200)
    contents = models.TextField(_("what it provides for"), max_length=2000, blank=True)
    status = models.CharField(_("status"), max_length=9, choices=Status.choices, default=Status.EXPLORING)
    since = models.DateField(_("in this status since"))
    number = models.CharField(_("document number"), max_length=60, blank=True)
    review_on = models.DateField(_("to be reviewed on"), null=True, blank=True)
    review = models.CharField(_("what the review found"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("long-term mechanism")
        ordering = ["kind", "organization__path", "pk"]

    def __str__(self) -> str:
        return self.title


@tracked()
class Regulation(Recorded):
    """One line of the register of regulations: made, amended or repealed, with its number and day (item 85)."""

    class Change(models.TextChoices):
        NEW = "NEW", pgettext_lazy("regulation", "new")
        AMENDED = "AMENDED", pgettext_lazy("regulation", "amended")
        REPEALED = "REPEALED", pgettext_lazy("regulation", "repealed")

    change = models.CharField(_("change"), max_length=8, choices=Change.choices, default=Change.NEW)
    title = models.CharField(pgettext_lazy("document", "title"), max_length=200)
    number = models.CharField(_("document number"), max_length=60, blank=True)
    decided_on = models.DateField(pgettext_lazy("regulation", "decided on"))
    mechanism = models.ForeignKey(
        LongTermMechanism, models.PROTECT, null=True, blank=True, related_name="regulations",
        verbose_name=_("mechanism that it serves"),
    )  # fmt: skip
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("regulation")
        ordering = ["-decided_on", "-pk"]

    def __str__(self) -> str:
        return self.title
