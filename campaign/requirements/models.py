"""Concrete requirements of maintaining the advanced nature (item 52): drafts, comments, what was adopted."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enterprises.access import roles
from enterprises.access.visibility import VisibleQuerySet, organization_q, record_q
from enterprises.history import tracked
from enterprises.models import Member
from enterprises.tree import ancestor_paths


def along_the_chain(account, prefix: str) -> Q:
    """Organisations in sight and all above them: every member reads what holds for the own unit."""
    above = {up for path in account.reach.paths.get(roles.READ, []) for up in ancestor_paths(path)}
    return Q(**{f"{prefix}path__in": above}) | organization_q(account, prefix)


@tracked()
class ConcreteRequirements(models.Model):
    """The concrete requirements of one organisation in one campaign. Its versions hold the text; the latest
    version that was adopted is in force."""

    campaign = models.ForeignKey("campaign.Campaign", models.PROTECT, related_name="requirements")
    organization = models.ForeignKey("enterprises.Organization", models.PROTECT, related_name="requirements")
    published_on = models.DateField(_("published on"), null=True, blank=True)
    published_where = models.CharField(_("published where"), max_length=120, blank=True)
    recorded_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+", editable=False)
    recorded_at = models.DateTimeField(editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["organization__path", "id"]
        constraints = [models.UniqueConstraint(fields=["campaign", "organization"], name="requirements_once")]

    def __str__(self) -> str:
        return str(self.organization)

    @property
    def in_force(self) -> "RequirementsVersion | None":
        """The version adopted last."""
        adopted = [v for v in self.versions.all() if v.adopted_on]
        return max(adopted, key=lambda v: (v.adopted_on, v.number), default=None)

    @staticmethod
    def visibility(account):
        return along_the_chain(account, "organization__")


@tracked()
class RequirementsVersion(models.Model):
    """One wording, numbered from 1. A version is never rewritten; it is followed by another."""

    document = models.ForeignKey(ConcreteRequirements, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("text"))
    change_note = models.CharField(_("what changed"), max_length=200, blank=True)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    adopted_by = models.CharField(_("adopted by"), max_length=120, blank=True)
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recorded_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+", editable=False)
    recorded_at = models.DateTimeField(editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["document", "-number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="requirements_version_once")]

    def __str__(self) -> str:
        return f"{self.document} · {self.number}"

    @staticmethod
    def visibility(account):
        return along_the_chain(account, "document__organization__")


class RequirementsVariant(models.Model):
    """What the same version says to one post, where it says it differently (岗位). ``categories`` are the
    member categories it is meant for; empty: named by the post alone."""

    version = models.ForeignKey(RequirementsVersion, models.CASCADE, related_name="variants")
    post = models.CharField(_("post"), max_length=60)
    categories = ArrayField(models.CharField(max_length=12, choices=Member.Category.choices), default=list, blank=True)
    text = models.TextField(_("text"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["version", "id"]

    def __str__(self) -> str:
        return self.post

    @staticmethod
    def visibility(account):
        return along_the_chain(account, "version__document__organization__")


@tracked()
class RequirementsComment(models.Model):
    """What a branch or one of its members said about a draft, entered by the branch, and what came of it."""

    class Outcome(models.TextChoices):
        OPEN = "OPEN", _("not yet answered")
        TAKEN = "TAKEN", _("taken up")
        PARTLY = "PARTLY", _("partly taken up")
        NOT_TAKEN = "NOT_TAKEN", _("not taken up")

    version = models.ForeignKey(RequirementsVersion, models.CASCADE, related_name="comments")
    organization = models.ForeignKey("enterprises.Organization", models.PROTECT, related_name="+")
    member = models.ForeignKey("enterprises.Member", models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField(_("comment"))
    said_on = models.DateField(_("date"))
    outcome = models.CharField(
        pgettext_lazy("comment", "outcome"), max_length=10, choices=Outcome.choices, default=Outcome.OPEN
    )
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recorded_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+", editable=False)
    recorded_at = models.DateTimeField(editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["said_on", "id"]

    def __str__(self) -> str:
        return f"{self.organization} · {self.said_on}"

    @staticmethod
    def visibility(account):
        return record_q(account)
