"""Leadership of a campaign: bodies, responsible persons, plans, training, leaders' facts (items 17-29)."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from enterprises.access import roles
from enterprises.access.visibility import VisibleQuerySet, record_q
from enterprises.history import tracked
from enterprises.tree import ancestor_paths


class Recorded(models.Model):
    """Entered by somebody at some moment, once: the same ``submission`` twice is one row."""

    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recorded_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+", editable=False)
    recorded_at = models.DateTimeField(_("recorded at"), editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        abstract = True


class Dated(models.Model):
    """Held from one day to another, both included; ``until`` empty: still held."""

    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        abstract = True


@tracked()
class LeadingGroup(Recorded):
    """The leading group (领导小组) of a campaign in one organisation, with its founding document (item 17)."""

    campaign = models.ForeignKey("campaign.Campaign", models.PROTECT, related_name="leading_groups")
    organization = models.ForeignKey("enterprises.Organization", models.PROTECT, related_name="leading_groups")
    document_number = models.CharField(_("founding document"), max_length=120)
    founded_on = models.DateField(_("founded on"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "organization"], name="leading_group_once")]

    def __str__(self) -> str:
        return gettext("Leading group of %(name)s") % {"name": self.organization}

    @staticmethod
    def visibility(account):
        return record_q(account)


@tracked()
class GroupSeat(Recorded, Dated):
    """A seat in a leading group. The head is the incumbent secretary; the action sees to it (item 17)."""

    class Role(models.TextChoices):
        HEAD = "HEAD", _("head")
        DEPUTY = "DEPUTY", _("deputy head")
        MEMBER = "MEMBER", pgettext_lazy("leading group", "member")

    group = models.ForeignKey(LeadingGroup, models.CASCADE, related_name="seats")
    member = models.ForeignKey("enterprises.Member", models.PROTECT, related_name="+", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=8, choices=Role.choices, default=Role.MEMBER)

    class Meta:
        ordering = ["group", "id"]
        constraints = [
            models.UniqueConstraint(fields=["group"], condition=Q(role="HEAD", until=None), name="one_head_of_group"),
            models.UniqueConstraint(fields=["group", "member"], condition=Q(until=None), name="one_seat_each"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.member}"

    @staticmethod
    def visibility(account):
        return record_q(account, "group__organization__")


@tracked()
class CampaignOffice(Recorded):
    """The campaign office (办公室) of one organisation: founding document, budget, premises (items 17, 22).

    Budgets are in yuan; ``budget_allocated`` empty means that none is on record.
    """

    campaign = models.ForeignKey("campaign.Campaign", models.PROTECT, related_name="campaign_offices")
    organization = models.ForeignKey("enterprises.Organization", models.PROTECT, related_name="campaign_offices")
    document_number = models.CharField(_("founding document"), max_length=120)
    founded_on = models.DateField(_("founded on"))
    budget_allocated = models.DecimalField(
        _("budget allocated, yuan"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    budget_used = models.DecimalField(_("budget used, yuan"), max_digits=14, decimal_places=2, default=0)
    has_premises = models.BooleanField(_("has premises"), default=False)
    premises = models.CharField(_("premises"), max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "organization"], name="campaign_office_once")]

    def __str__(self) -> str:
        return gettext("Campaign office of %(name)s") % {"name": self.organization}

    @staticmethod
    def visibility(account):
        return record_q(account)


@tracked()
class OfficeStaff(Recorded, Dated):
    """Somebody who works in a campaign office; not every one is a Party member, so a name is enough."""

    office = models.ForeignKey(CampaignOffice, models.CASCADE, related_name="staff")
    name = models.CharField(pgettext_lazy("person", "name"), max_length=60)
    duty = models.CharField(_("duty"), max_length=100, blank=True)
    full_time = models.BooleanField(_("full time"), default=False)

    class Meta:
        ordering = ["office", "id"]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def visibility(account):
        return record_q(account, "office__organization__")


@tracked()
class Responsibility(Recorded, Dated):
    """Who is responsible where no post says so: a stand-in for a vacant secretary, or the administrative head.

    The secretary in office is the first (of a committee) or directly responsible person (of every other
    organisation) by that post alone (items 18, 19); a stand-in counts only while the post is vacant.
    ``member`` is empty for an administrative head who is no Party member.
    """

    class Kind(models.TextChoices):
        FIRST = "FIRST", _("first responsible person")
        DIRECT = "DIRECT", _("directly responsible person")
        ADMIN_SUPPORT = "ADMIN_SUPPORT", _("administrative head in support")

    organization = models.ForeignKey("enterprises.Organization", models.PROTECT, related_name="responsibilities")
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices)
    member = models.ForeignKey("enterprises.Member", models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(pgettext_lazy("person", "name"), max_length=60)
    document_number = models.CharField(_("document number"), max_length=120, blank=True)

    class Meta:
        ordering = ["organization", "kind", "-since", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "kind"], condition=Q(until=None), name="one_responsible_of_each_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"

    @staticmethod
    def visibility(account):
        return record_q(account)


def plan_q(account, prefix: str = "") -> Q:
    """Plans of organisations whose records one reads; approved ones also along the chain above (item 25)."""
    led = [path for path in account.reach.paths.get(roles.READ, []) if path]
    above = {up for path in led for up in (*ancestor_paths(path), path)}
    approved = Q(**{f"{prefix}approved__isnull": False, f"{prefix}organization__path__in": sorted(above)})
    return record_q(account, f"{prefix}organization__") | approved


@tracked()
class ImplementationPlan(models.Model):
    """The implementation plan of an organisation, or (with ``phase``) its plan for one phase (item 25).

    ``state`` is that of the latest version, ``approved`` the version now in force.
    """

    class State(models.TextChoices):
        DRAFT = "DRAFT", _("draft")
        SUBMITTED = "SUBMITTED", pgettext_lazy("leadership", "handed in")
        REVIEWED = "REVIEWED", _("reviewed")
        APPROVED = "APPROVED", _("approved")
        FILED = "FILED", pgettext_lazy("leadership", "filed")
        RETURNED = "RETURNED", pgettext_lazy("leadership", "returned")

    IN_FORCE = (State.APPROVED, State.FILED)

    campaign = models.ForeignKey("campaign.Campaign", models.PROTECT, related_name="plans")
    organization = models.ForeignKey("enterprises.Organization", models.PROTECT, related_name="plans")
    phase = models.ForeignKey("campaign.Phase", models.PROTECT, null=True, blank=True, related_name="plans")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    approved = models.ForeignKey("campaign.PlanVersion", models.PROTECT, null=True, related_name="+", editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["organization__path", "phase__order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "organization", "phase"], name="one_plan_of_each_kind", nulls_distinct=False
            )
        ]
        indexes = [models.Index(fields=["campaign", "state"], name="plan_by_state")]

    def __str__(self) -> str:
        if self.phase is None:
            return gettext("Implementation plan")
        return gettext("Plan for the phase “%(phase)s”") % {"phase": self.phase}

    @staticmethod
    def visibility(account):
        return plan_q(account)


@tracked()
class PlanVersion(Recorded):
    """One version of a plan: text, an attached file, or both. It changes only while it is a draft."""

    plan = models.ForeignKey(ImplementationPlan, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    title = models.CharField(pgettext_lazy("document", "title"), max_length=200)
    text = models.TextField(pgettext_lazy("plan", "text"), blank=True)
    file = models.FileField(_("file"), upload_to="plans/%Y/%m/", blank=True)
    tags = ArrayField(models.CharField(max_length=40), verbose_name=_("guiding ideas"), default=list, blank=True)

    class Meta:
        ordering = ["plan", "-number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once")]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def visibility(account):
        return plan_q(account, "plan__")


class PlanEntry(models.Model):
    """One link of a plan's chain: who handed in, reviewed, approved, filed or returned which version, and why.

    Never edited or deleted.
    """

    class Act(models.TextChoices):
        DRAFTED = "DRAFTED", _("drafted")
        SUBMITTED = "SUBMITTED", pgettext_lazy("leadership", "handed in")
        REVIEWED = "REVIEWED", _("reviewed")
        APPROVED = "APPROVED", _("approved")
        FILED = "FILED", pgettext_lazy("leadership", "filed")
        RETURNED = "RETURNED", pgettext_lazy("leadership", "returned")

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="entries")
    act = models.CharField(_("act"), max_length=10, choices=Act.choices)
    remark = models.TextField(pgettext_lazy("leadership", "remark"), blank=True)
    document_number = models.CharField(_("document number"), max_length=120, blank=True)
    organization = models.ForeignKey("enterprises.Organization", models.PROTECT, null=True, related_name="+")
    account = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("at"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]

    @staticmethod
    def visibility(account):
        return plan_q(account, "version__plan__")


@tracked()
class TrainingEvent(Recorded):
    """A mobilisation and training meeting of one level, or a class for secretaries (items 23, 24)."""

    class Kind(models.TextChoices):
        MOBILISATION = "MOBILISATION", _("mobilisation and training meeting")
        TRAINING = "TRAINING", _("training class for secretaries and backbone workers")

    campaign = models.ForeignKey("campaign.Campaign", models.PROTECT, related_name="trainings")
    organization = models.ForeignKey("enterprises.Organization", models.PROTECT, related_name="trainings")
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices, default=Kind.TRAINING)
    title = models.CharField(pgettext_lazy("meeting", "title"), max_length=200)
    held_on = models.DateField(_("date"))
    place = models.CharField(pgettext_lazy("meeting", "place"), max_length=120, blank=True)
    materials = models.TextField(_("materials"), blank=True)
    file = models.FileField(_("file"), upload_to="trainings/%Y/%m/", blank=True)

    class Meta:
        ordering = ["-held_on", "-id"]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def visibility(account):
        return record_q(account)


class Trainee(models.Model):
    """A member who signed in at a training event."""

    event = models.ForeignKey(TrainingEvent, models.CASCADE, related_name="trainees")
    member = models.ForeignKey("enterprises.Member", models.PROTECT, related_name="trainings")
    recorded_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "member"], name="trained_once_an_event")]

    @staticmethod
    def visibility(account):
        return record_q(account, "event__organization__")


@tracked()
class LeadFact(Recorded):
    """One dated fact of a leader taking the lead in one of five things (item 26). A fact, never a mark.

    Meetings attended, lectures given and analyses handed in are read from their own records; what stands
    here are the facts that no record holds.
    """

    class Kind(models.TextChoices):
        STUDY = "STUDY", _("takes part in study")
        LECTURE = "LECTURE", _("gives Party lectures and reports")
        PROBLEMS = "PROBLEMS", _("looks for problems")
        CRITICISM = "CRITICISM", _("criticises and self-criticises")
        RECTIFY = "RECTIFY", _("rectifies")

    campaign = models.ForeignKey("campaign.Campaign", models.PROTECT, related_name="lead_facts")
    organization = models.ForeignKey("enterprises.Organization", models.PROTECT, related_name="lead_facts")
    member = models.ForeignKey(
        "enterprises.Member",
        models.PROTECT,
        related_name="lead_facts",
        verbose_name=pgettext_lazy("leadership", "leader"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    on = models.DateField(_("date"))
    text = models.CharField(pgettext_lazy("leadership", "what was done"), max_length=200)
    meeting = models.ForeignKey("campaign.Meeting", models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["campaign", "member"], name="lead_fact_by_member")]

    def __str__(self) -> str:
        return self.text

    @staticmethod
    def visibility(account):
        return record_q(account) | Q(member=account.reach.member or 0)


@tracked()
class ContactPoint(Recorded, Dated):
    """An organisation that a leader keeps in touch with during the campaign (items 28, 29).

    ``team`` is the organisation in whose leading team the leader is.
    """

    class Status(models.TextChoices):
        ORDINARY = "ORDINARY", _("contact point")
        CANDIDATE = "CANDIDATE", _("put forward as demonstration point")
        DEMONSTRATION = "DEMONSTRATION", _("demonstration point")

    campaign = models.ForeignKey("campaign.Campaign", models.PROTECT, related_name="contact_points")
    team = models.ForeignKey("enterprises.Organization", models.PROTECT, related_name="+", verbose_name=_("team"))
    member = models.ForeignKey(
        "enterprises.Member",
        models.PROTECT,
        related_name="contact_points",
        verbose_name=pgettext_lazy("leadership", "leader"),
    )
    organization = models.ForeignKey(
        "enterprises.Organization", models.PROTECT, related_name="contact_points", verbose_name=_("contact point")
    )
    status = models.CharField(_("status"), max_length=14, choices=Status.choices, default=Status.ORDINARY)
    status_reason = models.CharField(_("reason"), max_length=300, blank=True)
    status_on = models.DateField(_("status since"), null=True, blank=True)

    class Meta:
        ordering = ["team__path", "member__name_key", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "member", "organization"], condition=Q(until=None), name="contact_point_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.organization}"

    @staticmethod
    def visibility(account):
        here = record_q(account, "team__") | record_q(account, "organization__")
        return here | Q(member=account.reach.member or 0)


@tracked()
class ContactPointVisit(Recorded):
    """A visit to a contact point: what it was for, what was found, what was solved (item 29)."""

    class Kind(models.TextChoices):
        RESEARCH = "RESEARCH", _("research")
        INSPECTION = "INSPECTION", _("inspection")
        GUIDANCE = "GUIDANCE", _("guidance")
        SUMMING_UP = "SUMMING_UP", _("summing up")
        MEMBERS = "MEMBERS", _("visits to members")
        SYMPOSIUM = "SYMPOSIUM", _("symposium")

    point = models.ForeignKey(ContactPoint, models.CASCADE, related_name="visits")
    visited_on = models.DateField(_("date"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    gist = models.CharField(_("gist"), max_length=300, blank=True)
    found = models.PositiveSmallIntegerField(_("problems found"), default=0)
    solved = models.PositiveSmallIntegerField(_("problems solved"), default=0)

    class Meta:
        ordering = ["-visited_on", "-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.visited_on}"

    @staticmethod
    def visibility(account):
        here = record_q(account, "point__team__") | record_q(account, "point__organization__")
        return here | Q(point__member=account.reach.member or 0)
