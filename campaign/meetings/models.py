"""Meetings: what was held, who was due, who was absent and why, what was resolved (dossier 2.2, 2.3)."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaign.plan import kinds
from enterprises.access.visibility import VisibleQuerySet, record_q
from enterprises.history import tracked


@tracked()
class Meeting(models.Model):
    """A meeting. Stored are those *absent*; confirming freezes who was due and who of them had the vote.

    A draft may be changed; a confirmed record only gets addenda.
    """

    class State(models.TextChoices):
        DRAFT = "DRAFT", _("draft")
        CONFIRMED = "CONFIRMED", _("confirmed")

    class Slot(models.TextChoices):
        """When in the week (item 55)."""

        WORKING = "WORKING", _("working hours")
        OFF = "OFF", _("off hours")
        WEEKEND = "WEEKEND", _("weekend")
        HOLIDAY = "HOLIDAY", _("public holiday")

    organization = models.ForeignKey("enterprises.Organization", models.PROTECT, related_name="meetings")
    party_group = models.ForeignKey("enterprises.PartyGroup", models.PROTECT, null=True, blank=True, related_name="+")
    campaign = models.ForeignKey("campaign.Campaign", models.PROTECT, null=True, blank=True, related_name="meetings")
    kind = models.CharField(_("kind"), max_length=30, choices=kinds.choices())
    title = models.CharField(pgettext_lazy("meeting", "title"), max_length=200)
    held_on = models.DateField(_("date"))
    starts_at = models.TimeField(_("start"))
    minutes = models.PositiveSmallIntegerField(_("length in minutes"))
    class_hours = models.DecimalField(_("class hours"), max_digits=4, decimal_places=1, default=0)
    slot = models.CharField(_("time of the week"), max_length=8, choices=Slot.choices)
    place = models.CharField(pgettext_lazy("meeting", "place"), max_length=120, blank=True)
    chair = models.CharField(_("chair"), max_length=60, blank=True)
    recorder = models.CharField(_("recorder"), max_length=60, blank=True)
    speaker = models.CharField(_("speaker"), max_length=60, blank=True)
    due = models.CharField(_("who is due"), max_length=10, choices=[(d.value, d.value) for d in kinds.Due])
    due_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    voter_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    due_count = models.PositiveIntegerField(_("due"), default=0)
    present_count = models.PositiveIntegerField(_("present"), default=0)
    gist = models.TextField(_("gist"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recorded_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-starts_at", "-id"]
        indexes = [
            models.Index(fields=["organization", "-held_on"], name="meeting_by_organization"),
            models.Index(fields=["campaign", "kind", "organization"], name="meeting_as_evidence"),
            GinIndex(fields=["due_ids"], condition=~Q(due="BRANCH"), name="meeting_named_due"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_confirmed(self) -> bool:
        return self.state == self.State.CONFIRMED

    @staticmethod
    def visibility(account):
        return record_q(account)


@tracked()
class Absence(models.Model):
    """Someone due who was not there. Leave is shown apart and never reduces the number due (2.3)."""

    class Reason(models.TextChoices):
        SHIFT = "SHIFT", _("on duty")
        TRIP = "TRIP", _("business trip")
        LEAVE = "LEAVE", _("on leave")
        FAMILY_VISIT = "FAMILY_VISIT", _("visiting family")
        OTHER = "OTHER", _("other leave")
        NONE = "NONE", _("without leave")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="absences")
    member = models.ForeignKey("enterprises.Member", models.PROTECT, related_name="absences")
    reason = models.CharField(_("reason"), max_length=14, choices=Reason.choices, default=Reason.OTHER)
    makeup_due_on = models.DateField(_("make-up due on"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="absent_once")]

    def __str__(self) -> str:
        return f"{self.member} · {self.meeting}"

    @property
    def on_leave(self) -> bool:
        return self.reason != self.Reason.NONE

    @property
    def makeup_url(self) -> str:
        """Where the make-up lesson is recorded."""
        return f"{reverse('study:makeup_new')}?absence={self.pk}"

    @staticmethod
    def visibility(account):
        return record_q(account, "meeting__organization__")


class Observer(models.Model):
    """Someone who attended without a vote (列席)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="observers")
    name = models.CharField(_("name"), max_length=60)
    capacity = models.CharField(_("capacity"), max_length=100, blank=True)

    objects = VisibleQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def visibility(account):
        return record_q(account, "meeting__organization__")


class Resolution(models.Model):
    """A resolution and its vote, with the figures frozen at confirmation."""

    class Kind(models.TextChoices):
        RESOLUTION = "resolution", _("resolution")
        ADMISSION = "admission", _("admission or conversion of a member")
        ELECTION = "election", _("election")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="resolutions")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.RESOLUTION)
    text = models.TextField(_("resolution"))
    votes_for = models.PositiveIntegerField(_("for"), default=0)
    votes_against = models.PositiveIntegerField(_("against"), default=0)
    abstentions = models.PositiveIntegerField(_("abstentions"), default=0)
    written_for = models.PositiveIntegerField(_("written opinions for"), default=0)
    due_voters = models.PositiveIntegerField(_("voters due"), default=0)
    present_voters = models.PositiveIntegerField(_("voters present"), default=0)
    passed = models.BooleanField(_("passed"), default=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "id"]

    def __str__(self) -> str:
        return self.text

    @staticmethod
    def visibility(account):
        return record_q(account, "meeting__organization__")


class Attachment(models.Model):
    """A photograph or file of a meeting; served as a download only."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attachments")
    file = models.FileField(_("file"), upload_to="meetings/%Y/%m/")
    name = models.CharField(_("file name"), max_length=120)
    size = models.PositiveIntegerField(_("size in bytes"))
    added_at = models.DateTimeField()

    objects = VisibleQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def visibility(account):
        return record_q(account, "meeting__organization__")


class Addendum(models.Model):
    """A dated addition to a confirmed record; the record itself is not overwritten (2.2)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="addenda")
    text = models.TextField(_("addendum"))
    added_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return self.text

    @staticmethod
    def visibility(account):
        return record_q(account, "meeting__organization__")


@tracked()
class ExclusionDecision(models.Model):
    """A member formally not counted among the voters due (2.3): two approvals, never the ground."""

    member = models.ForeignKey("enterprises.Member", models.CASCADE, related_name="exclusions")
    approved_by = models.ForeignKey("enterprises.Organization", models.PROTECT, related_name="+")
    approved_on = models.DateField(_("approved by the higher organization on"))
    adopted_at = models.ForeignKey(Meeting, models.PROTECT, related_name="exclusions")
    until = models.DateField(_("valid until"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-approved_on", "-id"]

    def __str__(self) -> str:
        return f"{self.member} · {self.approved_on}"

    @staticmethod
    def visibility(account):
        return record_q(account, "member__branch__")
