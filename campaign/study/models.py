"""Study: make-up lessons (54), materials (34, 49), what was applied in work (56), theme activities (51)."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enterprises.access import roles
from enterprises.access.visibility import VisibleQuerySet, member_q, organization_q, record_q
from enterprises.codes import EducationBand
from enterprises.history import tracked
from enterprises.models import Member
from enterprises.tree import ancestor_paths


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


@tracked()
class StudyMaterial(models.Model):
    """A title of the reading list (items 34, 49). Without an organisation it is for the whole campaign, else
    for that organisation with everything below it. `audiences` are member categories,
    `bands` of which education (item 31); empty: everybody."""

    class Priority(models.TextChoices):
        """Key is what a branch must have taken up by the middle of the phase: the Party Constitution (49)."""

        KEY = "KEY", pgettext_lazy("study material", "key")
        MAIN = "MAIN", pgettext_lazy("study material", "main")
        FURTHER = "FURTHER", pgettext_lazy("study material", "further reading")

    campaign = models.ForeignKey("campaign.Campaign", models.PROTECT, related_name="materials")
    organization = models.ForeignKey(
        "enterprises.Organization", models.PROTECT, null=True, blank=True, related_name="materials"
    )
    title = models.CharField(pgettext_lazy("document", "title"), max_length=200)
    source = models.CharField(_("author or publisher"), max_length=120, blank=True)
    priority = models.CharField(_("priority"), max_length=8, choices=Priority.choices, default=Priority.MAIN)
    required = models.BooleanField(pgettext_lazy("study material", "required"), default=False)
    audiences = ArrayField(
        models.CharField(max_length=12, choices=Member.Category.choices),
        verbose_name=_("for whom"),
        default=list,
        blank=True,
    )
    bands = ArrayField(
        models.CharField(max_length=8, choices=EducationBand.choices),
        verbose_name=_("for which education"),
        default=list,
        blank=True,
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    file = models.FileField(_("file"), upload_to="study/%Y/%m/", blank=True)
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    recorded_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+", editable=False)
    recorded_at = models.DateTimeField(editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def audience_words(self) -> str:
        """For whom it is, in words; empty for everybody."""
        named = [Member.Category(code).label for code in self.audiences]
        return "、".join(map(str, [*named, *(EducationBand(code).label for code in self.bands)]))

    @staticmethod
    def visibility(account):
        """What is asked from above, the own chain included, and what was added below; titles are no secret."""
        above = {up for path in account.reach.paths.get(roles.READ, []) for up in ancestor_paths(path)}
        return Q(organization=None) | Q(organization__path__in=above) | organization_q(account, "organization__")


@tracked()
class StudiedMaterial(models.Model):
    """A study session took up a title of the reading list (item 49)."""

    meeting = models.ForeignKey("campaign.Meeting", models.CASCADE, related_name="studied")
    material = models.ForeignKey(StudyMaterial, models.PROTECT, related_name="sessions")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "material"], name="studied_once")]

    @staticmethod
    def visibility(account):
        return record_q(account, "meeting__organization__")


@tracked()
class SessionTags(models.Model):
    """The guiding ideas of the campaign that a study session was about (item 111), as codes of its definition."""

    meeting = models.OneToOneField("campaign.Meeting", models.CASCADE, related_name="session_tags")
    tags = ArrayField(models.CharField(max_length=40), verbose_name=_("guiding ideas"))

    objects = VisibleQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.meeting)

    @staticmethod
    def visibility(account):
        return record_q(account, "meeting__organization__")


@tracked()
class AppliedNote(models.Model):
    """What a study session led to in work: deeds, not quantities of notes (item 56). One a session."""

    meeting = models.OneToOneField("campaign.Meeting", models.CASCADE, related_name="applied_note")
    text = models.TextField(_("applied in work"))
    selected_on = models.DateField(_("selected as a case on"), null=True, blank=True)
    recorded_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+", editable=False)
    recorded_at = models.DateTimeField(editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-meeting__held_on", "-id"]

    def __str__(self) -> str:
        return str(self.meeting)

    @staticmethod
    def visibility(account):
        return record_q(account, "meeting__organization__")


@tracked()
class ThemeActivity(models.Model):
    """A theme practice activity (item 51): on its own, or as part of a meeting whose attendance it shares.

    `others_present` counts those without a member row here: the masses, guests, families.
    """

    class Kind(models.TextChoices):
        OATH = "OATH", _("renewing the oath of admission")
        RECOLLECTION = "RECOLLECTION", _("recollecting one's growth")
        POLITICAL_BIRTHDAY = "POLITICAL_BIRTHDAY", _("political birthday")
        OTHER = "OTHER", _("of one's own design")

    organization = models.ForeignKey("enterprises.Organization", models.PROTECT, related_name="theme_activities")
    campaign = models.ForeignKey(
        "campaign.Campaign", models.PROTECT, null=True, blank=True, related_name="theme_activities"
    )
    meeting = models.OneToOneField(
        "campaign.Meeting", models.PROTECT, null=True, blank=True, related_name="theme_activity"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    title = models.CharField(pgettext_lazy("meeting", "title"), max_length=200)
    held_on = models.DateField(_("date"))
    outcome = models.TextField(_("outcome"), blank=True)
    others_present = models.PositiveIntegerField(_("others present"), default=0)
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    recorded_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+", editable=False)
    recorded_at = models.DateTimeField(editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-id"]
        indexes = [models.Index(fields=["organization", "-held_on"], name="activity_by_organization")]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def visibility(account):
        return record_q(account)


class ActivityParticipant(models.Model):
    """A member who took part in an activity; `honored`: whose political birthday it was."""

    activity = models.ForeignKey(ThemeActivity, models.CASCADE, related_name="participants")
    member = models.ForeignKey("enterprises.Member", models.PROTECT, related_name="+")
    honored = models.BooleanField(_("whose political birthday it was"), default=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "member"], name="took_part_once")]

    @staticmethod
    def visibility(account):
        return member_q(account, "member__")


class ActivityPhoto(models.Model):
    """A photograph or file of an activity; served as a download only."""

    activity = models.ForeignKey(ThemeActivity, models.CASCADE, related_name="photos")
    file = models.FileField(_("file"), upload_to="activities/%Y/%m/")
    name = models.CharField(_("file name"), max_length=120)
    size = models.PositiveIntegerField(_("size in bytes"))
    added_at = models.DateTimeField()

    objects = VisibleQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def visibility(account):
        return record_q(account, "activity__organization__")
