"""Make-up lessons (item 54)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from enterprises.access.visibility import VisibleQuerySet, record_q
from enterprises.history import tracked


@tracked()
class MakeUpLesson(models.Model):
    """How and when a member made up for a missed session. It counts beside raw attendance, not instead."""

    class Mode(models.TextChoices):
        HOME_DELIVERY = "HOME_DELIVERY", _("home delivery")
        REMOTE = "REMOTE", _("remote education")
        PAIRED_HELP = "PAIRED_HELP", _("paired help")
        SELF_STUDY = "SELF_STUDY", _("self-study with talk")

    absence = models.OneToOneField("campaign.Absence", models.CASCADE, related_name="makeup")
    mode = models.CharField(_("mode"), max_length=14, choices=Mode.choices)
    held_on = models.DateField(_("date"))
    helper = models.CharField(_("given by"), max_length=60, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    recorded_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-id"]

    def __str__(self) -> str:
        return f"{self.absence} · {self.held_on}"

    @staticmethod
    def visibility(account):
        return record_q(account, "absence__meeting__organization__")
