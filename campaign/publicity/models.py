"""What was published, where and how long (items 71, 102), and how the media told of it (item 104)."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaign.progress.publications import Subject
from enterprises.access.visibility import VisibleQuerySet, record_q
from enterprises.history import tracked


class PublicationQuerySet(VisibleQuerySet):
    """Publications."""

    def standing(self):
        """Those that were not withdrawn."""
        return self.filter(withdrawn_on=None)

    def for_everybody(self, today):
        """Those that hang on this site on that day: everybody may read them, signed in or not."""
        return self.standing().filter(
            Q(until=None) | Q(until__gte=today), place=Publication.Place.SITE, since__lte=today
        )


@tracked()
class Publication(models.Model):
    """One publication of an organization. ``thing_ids`` are the things of its subject that it tells of."""

    class Place(models.TextChoices):
        BOARD = "BOARD", _("notice board")
        INTRANET = "INTRANET", _("intranet")
        STAFF_MEETING = "STAFF_MEETING", _("staff meeting")
        PAPER = "PAPER", _("enterprise newspaper")
        SITE = "SITE", _("public notice page of this site")

    campaign = models.ForeignKey("campaign.Campaign", models.PROTECT, related_name="publications")
    organization = models.ForeignKey("enterprises.Organization", models.PROTECT, related_name="publications")
    subject = models.CharField(_("what is published"), max_length=14, choices=Subject.choices)
    title = models.CharField(pgettext_lazy("document", "title"), max_length=200)
    text = models.TextField(_("text for the public page"), blank=True)
    thing_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    place = models.CharField(_("where it is published"), max_length=14, choices=Place.choices)
    place_words = models.CharField(_("which board, paper or meeting"), max_length=120, blank=True)
    since = models.DateField(pgettext_lazy("publication", "from"))
    until = models.DateField(pgettext_lazy("publication", "until"), null=True, blank=True)
    file = models.FileField(_("proof"), upload_to="publications/%Y/%m/", blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recorded_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        ordering = ["-since", "-id"]
        indexes = [models.Index(fields=["campaign", "organization", "subject"], name="publication_as_evidence")]
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="publication_in_order")
        ]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def visibility(account):
        return record_q(account)


@tracked()
class PublicityItem(models.Model):
    """One piece in the media or in a briefing that told of the campaign (item 104)."""

    class Channel(models.TextChoices):
        RADIO = "RADIO", _("radio")
        TV = "TV", _("television")
        PRESS = "PRESS", _("newspaper or periodical")
        NETWORK = "NETWORK", _("network")
        BOARD = "BOARD", _("publicity board")
        BRIEFING = "BRIEFING", _("work briefing")

    campaign = models.ForeignKey("campaign.Campaign", models.PROTECT, related_name="publicity_items")
    organization = models.ForeignKey("enterprises.Organization", models.PROTECT, related_name="publicity_items")
    channel = models.CharField(_("channel"), max_length=8, choices=Channel.choices)
    title = models.CharField(pgettext_lazy("document", "title"), max_length=200)
    outlet = models.CharField(_("station, paper or site"), max_length=120, blank=True)
    appeared_on = models.DateField(_("appeared on"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recorded_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("publicity item")
        ordering = ["-appeared_on", "-id"]
        indexes = [models.Index(fields=["organization", "appeared_on"], name="publicity_by_organization")]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def visibility(account):
        return record_q(account)
