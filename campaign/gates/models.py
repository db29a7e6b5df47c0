"""Phase transitions of units, and the look back before each (dossier part 1 J, 2.7)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enterprises.access.visibility import VisibleQuerySet, enterprise_q
from enterprises.history import tracked


@tracked()
class LookBackCheck(models.Model):
    """A unit compared its records with the steps of a phase and said what is missing (回头看)."""

    participation = models.ForeignKey(
        "campaign.Participation", models.PROTECT, related_name="look_backs", verbose_name=_("participation")
    )
    phase = models.ForeignKey("campaign.Phase", models.PROTECT, related_name="+", verbose_name=_("phase"))
    checked_on = models.DateField(_("date"))
    submission = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    recorded_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "-id"]

    def __str__(self) -> str:
        return f"{self.phase} {self.checked_on}"

    @staticmethod
    def visibility(account):
        return enterprise_q(account, "participation__unit__")


class LookBackLine(models.Model):
    """One step of a look-back check: what the records said on that day, and what is done about it."""

    class Result(models.TextChoices):
        DONE = "DONE", _("done")
        MADE_UP = "MADE_UP", _("done with make-up")
        MISSING = "MISSING", _("missing")
        NOT_DUE = "NOT_DUE", _("not due yet")
        NOT_ASKED = "NOT_ASKED", _("not asked here")

    check_of = models.ForeignKey(LookBackCheck, models.CASCADE, related_name="lines")
    step = models.ForeignKey("campaign.Step", models.PROTECT, related_name="+", verbose_name=_("step"))
    result = models.CharField(_("result"), max_length=10, choices=Result)
    expected = models.PositiveIntegerField(_("organizations that owe it"), default=0)
    missing = models.PositiveIntegerField(_("of them missing"), default=0)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["step__order"]
        constraints = [models.UniqueConstraint(fields=["check_of", "step"], name="look_back_line_once")]

    @staticmethod
    def visibility(account):
        return enterprise_q(account, "check_of__participation__unit__")


@tracked()
class PhaseTransition(models.Model):
    """A unit asked to pass a gate, was let through, was refused, or was sent back (转段).

    ``gate`` is a code of the definition, or `SENT_BACK`. ``unmet``: the names of the conditions (both
    languages) that were not met when it was let through all the same: a forced passage, which stays to be
    seen for ever. ``undone_at``: the passage was a mistake and was taken back.
    """

    SENT_BACK = "make_up"

    class State(models.TextChoices):
        ASKED = "ASKED", _("asked for")
        PASSED = "PASSED", _("let pass")
        REFUSED = "REFUSED", _("refused")
        RETURNED = "RETURNED", _("sent back to make up")

    participation = models.ForeignKey(
        "campaign.Participation", models.PROTECT, related_name="transitions", verbose_name=_("participation")
    )
    gate = models.CharField(_("gate"), max_length=40)
    from_stage = models.CharField(_("from stage"), max_length=20)
    to_stage = models.CharField(_("to stage"), max_length=20)
    state = models.CharField(_("state"), max_length=10, choices=State)
    look_back = models.ForeignKey(
        LookBackCheck, models.PROTECT, null=True, related_name="+", verbose_name=_("look-back check")
    )
    summary = models.TextField(_("summary of the phase"), blank=True)
    asked_by = models.ForeignKey(
        "enterprises.Account", models.PROTECT, null=True, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked at"), null=True)
    reason = models.TextField(_("reason"), blank=True)
    decided_by = models.ForeignKey(
        "enterprises.Account", models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    forced = models.BooleanField(_("conditions unmet"), default=False)
    unmet = models.JSONField(_("conditions that were unmet"), default=list, blank=True)
    undone_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(_("undone at"), null=True)
    undo_reason = models.TextField(_("reason of the undoing"), blank=True)
    submission = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("phase transition")
        verbose_name_plural = _("phase transitions")
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "participation"], name="transition_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["participation"], condition=Q(state="ASKED"), name="one_open_request"),
            models.CheckConstraint(condition=Q(forced=False) | ~Q(reason=""), name="forced_passage_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.from_stage} → {self.to_stage}"

    @staticmethod
    def visibility(account):
        return enterprise_q(account, "participation__unit__")
