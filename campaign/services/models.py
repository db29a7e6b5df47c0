"""Serving the masses: commitments, hot issues, user lines, activities, rules of posts (items 77-80)."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enterprises.access.visibility import VisibleQuerySet, record_q
from enterprises.history import tracked


class Recorded(models.Model):
    """What every record of this room has: whose it is, and who entered it when, once for each form sent."""

    organization = models.ForeignKey("enterprises.Organization", models.PROTECT, related_name="%(class)ss")
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recorded_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        abstract = True

    @staticmethod
    def visibility(account):
        return record_q(account)


@tracked()
class ServiceCommitment(Recorded):
    """A set of commitments made to users: “ten prohibitions”, “ten measures”, “ten promises” (item 77)."""

    class Kind(models.TextChoices):
        PROHIBITION = "PROHIBITION", _("prohibitions")
        MEASURE = "MEASURE", _("measures")
        PROMISE = "PROMISE", _("promises")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    title = models.CharField(pgettext_lazy("document", "title"), max_length=200)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    published_where = models.CharField(_("published where"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("service commitments")
        ordering = ["-valid_from", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="commitment_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.title


class CommitmentItem(models.Model):
    """One numbered sentence of a set of commitments."""

    commitment = models.ForeignKey(ServiceCommitment, models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.CharField(_("text"), max_length=300)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["commitment", "number"]
        constraints = [models.UniqueConstraint(fields=["commitment", "number"], name="commitment_item_once")]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"

    @staticmethod
    def visibility(account):
        return record_q(account, "commitment__organization__")


@tracked()
class ComplianceCheck(models.Model):
    """A look at whether commitments are kept: so many cases, in so many of them broken; or one complaint (77)."""

    class Kind(models.TextChoices):
        CHECK = "CHECK", pgettext_lazy("service commitment", "check")
        COMPLAINT = "COMPLAINT", _("complaint")

    commitment = models.ForeignKey(ServiceCommitment, models.CASCADE, related_name="checks")
    item = models.ForeignKey(
        CommitmentItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="checks",
        verbose_name=_("which commitment"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    on = models.DateField(_("date"))
    cases = models.PositiveIntegerField(_("cases looked at"), default=1)
    broken = models.PositiveIntegerField(_("of them broken"), default=0)
    finding = models.CharField(_("what was found"), max_length=300, blank=True)
    remedy = models.CharField(_("what was done about it"), max_length=300, blank=True)
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recorded_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("compliance check")
        ordering = ["-on", "-id"]
        constraints = [models.CheckConstraint(condition=Q(broken__lte=F("cases")), name="broken_of_cases")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.on}"

    @staticmethod
    def visibility(account):
        return record_q(account, "commitment__organization__")


@tracked()
class HotIssue(Recorded):
    """A service problem that many complain of, and how far it has come (item 78)."""

    class State(models.TextChoices):
        OPEN = "OPEN", pgettext_lazy("hot issue", "open")
        WORKING = "WORKING", pgettext_lazy("hot issue", "being worked on")
        SOLVED = "SOLVED", pgettext_lazy("hot issue", "solved")

    title = models.CharField(_("problem"), max_length=200)
    raised_on = models.DateField(_("raised on"))
    heard_from = models.CharField(_("heard from"), max_length=120, blank=True)
    department = models.CharField(_("responsible department"), max_length=100)
    due_on = models.DateField(_("due on"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    solved_on = models.DateField(_("solved on"), null=True, blank=True)

    class Meta:
        verbose_name = _("hot issue")
        ordering = ["solved_on", "due_on", "id"]

    def __str__(self) -> str:
        return self.title


class HotIssueStep(models.Model):
    """One step forward with a hot issue. Steps are added, never changed."""

    issue = models.ForeignKey(HotIssue, models.CASCADE, related_name="steps")
    on = models.DateField(_("date"))
    text = models.CharField(pgettext_lazy("hot issue", "what was done"), max_length=300)
    solved = models.BooleanField(_("this solves it"), default=False)
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recorded_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return self.text

    @staticmethod
    def visibility(account):
        return record_q(account, "issue__organization__")


@tracked()
class UserLine(Recorded):
    """A line on which users say whether they are satisfied; every window unit must have one (item 78)."""

    class Kind(models.TextChoices):
        PHONE = "PHONE", _("telephone")
        BOX = "BOX", _("suggestion box")
        NETWORK = "NETWORK", _("network")
        VISIT = "VISIT", _("calling on users")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    words = models.CharField(_("number, address or place"), max_length=120)
    opened_on = models.DateField(pgettext_lazy("services", "opened on"))
    closed_on = models.DateField(pgettext_lazy("user line", "closed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("user line")
        ordering = ["-opened_on", "-id"]

    def __str__(self) -> str:
        return self.words


@tracked()
class ServiceActivity(Recorded):
    """Help given: relief, visits, volunteer work, with households reached and funds in yuan (item 80)."""

    class Kind(models.TextChoices):
        RELIEF = "RELIEF", _("poverty relief")
        VISIT = "VISIT", _("visits")
        VOLUNTEER = "VOLUNTEER", _("volunteer service")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    title = models.CharField(pgettext_lazy("activity", "title"), max_length=200)
    held_on = models.DateField(_("date"))
    place = models.CharField(pgettext_lazy("meeting", "place"), max_length=120, blank=True)
    participants = models.PositiveIntegerField(_("participants"), default=0)
    households = models.PositiveIntegerField(_("households reached"), default=0)
    funds = models.DecimalField(_("funds in yuan"), max_digits=14, decimal_places=2, default=0)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("service activity")
        ordering = ["-held_on", "-id"]

    def __str__(self) -> str:
        return self.title


@tracked()
class PostRule(Recorded):
    """A rule by which a headquarters improves its work style (item 79)."""

    class Kind(models.TextChoices):
        POST = "POST", _("post responsibility")
        COMMITMENT = "COMMITMENT", _("service promise")
        TIME_LIMIT = "TIME_LIMIT", _("time limit for handling")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    title = models.CharField(pgettext_lazy("document", "title"), max_length=200)
    number = models.CharField(_("document number"), max_length=60, blank=True)
    adopted_on = models.DateField(_("adopted on"))
    repealed_on = models.DateField(_("repealed on"), null=True, blank=True)
    effect = models.CharField(_("what got better"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("rule of posts")
        ordering = ["-adopted_on", "-id"]

    def __str__(self) -> str:
        return self.title
