"""Step statuses and the summaries folded from them (design section 2, "Progress")."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enterprises.access.visibility import VisibleQuerySet, organization_q


class StepStatus(models.Model):
    """Where one organisation stands with one step. Nothing here depends on the day it is read.

    ``applicable`` false: not expected of this organisation (grey, never counted). ``made_up``: done, but
    only with make-up lessons. ``persons_due`` and ``persons_done`` stand beside steps owed by members.
    """

    step = models.ForeignKey("campaign.Step", models.CASCADE, related_name="statuses", db_index=False)
    organization = models.ForeignKey("enterprises.Organization", models.CASCADE, related_name="step_statuses")
    applicable = models.BooleanField(_("expected"), default=True)
    due_on = models.DateField(_("due on"))
    done_on = models.DateField(_("done on"), null=True)
    made_up = models.BooleanField(_("made up"), default=False)
    persons_due = models.PositiveIntegerField(_("persons due"), default=0)
    persons_done = models.PositiveIntegerField(_("persons done"), default=0)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "organization"], name="status_once")]

    @staticmethod
    def visibility(account):
        return organization_q(account, "organization__")


class Node(models.Model):
    """What a summary row is about: an organisation's subtree, the assisted units of a group, or all roots.

    ``organization`` set: that node with everything below it. ``enterprise`` set: what the top enterprise
    assists but does not lead (item 8). Neither: the national figure, every participating unit once.
    """

    organization = models.ForeignKey("enterprises.Organization", models.CASCADE, null=True, related_name="+")
    enterprise = models.ForeignKey("enterprises.Enterprise", models.CASCADE, null=True, related_name="+")

    class Meta:
        abstract = True


class StepSummary(Node):
    """Counts of owing organisations of a node and step. Open ones are kept per due date (overdue depends
    on the day); settled ones have no due date."""

    step = models.ForeignKey("campaign.Step", models.CASCADE, related_name="+", db_index=False)
    due_on = models.DateField(null=True)
    open = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)
    not_applicable = models.PositiveIntegerField(default=0)
    persons_due = models.PositiveIntegerField(default=0)
    persons_done = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "enterprise", "step", "due_on"],
                name="step_summary_once",
                nulls_distinct=False,
            )
        ]


class MemberTally(Node):
    """Members and organisations of a node. With a campaign: of its participating units only.

    ``total = covered + sought + excused``; covered is the rest (item 37).
    """

    campaign = models.ForeignKey("campaign.Campaign", models.CASCADE, null=True, related_name="+")
    total = models.PositiveIntegerField(default=0)
    sought = models.PositiveIntegerField(default=0)
    excused = models.PositiveIntegerField(default=0)
    probationary = models.PositiveIntegerField(default=0)
    branches = models.PositiveIntegerField(default=0)
    organizations = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "enterprise", "campaign"],
                name="member_tally_once",
                nulls_distinct=False,
            )
        ]

    @property
    def covered(self) -> int:
        return self.total - self.sought - self.excused


class Dirty(models.Model):
    """A path whose ancestors' summaries are to be recomputed. Written plainly, never updated, no unique
    key: an upsert here loses updates under concurrency."""

    path = models.CharField(max_length=120, db_collation="C")
    at = models.DateTimeField()


class FoldState(models.Model):
    """One row: when the summaries were last folded, and the day up to which exemptions were followed."""

    folded_at = models.DateTimeField()
    day = models.DateField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_fold_state")]
