"""Rectification: items, the plans that hold them, proofs, and the measures of single members (items 68-73)."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from campaign.plan.frames import sentences_of
from campaign.plan.models import PhaseSchedule
from campaign.rectification import rules
from enterprises.access.visibility import NOTHING, VisibleQuerySet, record_q, secretary_scopes
from enterprises.history import tracked


class Feasibility(models.TextChoices):
    """Within one's means (item 72)."""

    AT_ONCE = "AT_ONCE", _("at once")
    PERIOD = "PERIOD", _("within a period")
    LACKING = "LACKING", _("conditions lacking")


class ItemQuerySet(VisibleQuerySet):
    """Rectification items."""

    def standing(self):
        """Those that were not withdrawn."""
        return self.filter(withdrawn_on=None)

    def open(self):
        """Those still to be done: neither done nor explained to the masses."""
        return self.standing().exclude(state__in=rules.CLOSED).exclude(feasibility=Feasibility.LACKING)

    def overdue(self, today):
        """Those whose day has passed; "conditions lacking" never is overdue (item 72)."""
        return self.open().filter(due_on__lt=today)

    def unpublished(self):
        """Those done that the masses have not been told of (item 71)."""
        return self.standing().filter(state=rules.DONE)

    def with_phase(self):
        """With ``raised_phase`` (name in the reader's language) and ``last_phase_from``, of the unit's calendar."""
        name = "phase__name_en" if (get_language() or "").startswith("en") else "phase__name_zh"
        dates = PhaseSchedule.objects.filter(
            participation__campaign=OuterRef("campaign"), participation__unit=OuterRef("organization__enterprise")
        )
        begun = dates.filter(starts_on__lte=OuterRef("raised_on")).order_by("-phase__order")
        last = dates.order_by("-phase__order")
        return self.annotate(
            raised_phase=Subquery(begun.values(name)[:1]), last_phase_from=Subquery(last.values("starts_on")[:1])
        )


@tracked()
class RectificationItem(models.Model):
    """One thing to be put right by an organization, raised and closed in whatever phase (item 68).

    The owner is a member, a post in words or a department. ``opinions`` counts the opinions behind it; the
    default order is by their number (item 70).
    """

    class Source(models.TextChoices):
        OPINION = "OPINION", _("opinions")
        ANALYSIS = "ANALYSIS", _("Party-spirit analysis")
        FINDING = "FINDING", _("finding of a supervision group")
        OWN = "OWN", _("own initiative")

    class Priority(models.TextChoices):
        """Why it comes first (item 70)."""

        STABILITY = "STABILITY", _("prominent problem of reform, development and stability")
        OPINIONS = "OPINIONS", _("strongest opinions of the masses")
        SERVICES = "SERVICES", _("service most urgently needed")

    class State(models.TextChoices):
        OPEN = rules.OPEN, pgettext_lazy("rectification", "open")
        IN_PROGRESS = rules.IN_PROGRESS, _("being rectified")
        DONE = rules.DONE, _("rectified")
        PUBLISHED = rules.PUBLISHED, pgettext_lazy("rectification", "published")

    class Outcome(models.TextChoices):
        """Which effect it has (item 73)."""

        INNER = "INNER", _("problem of members or organizations solved")
        PRACTICAL = "PRACTICAL", _("practical problem of reform or vital interests solved")
        STRATEGY = "STRATEGY", _("development strategy or plan revised")

    campaign = models.ForeignKey("campaign.Campaign", models.PROTECT, related_name="rectification_items")
    organization = models.ForeignKey("enterprises.Organization", models.PROTECT, related_name="rectification_items")
    opinion_item = models.ForeignKey(
        "campaign.OpinionItem", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("opinion item")
    )
    source = models.CharField(_("source"), max_length=10, choices=Source.choices, default=Source.OPINION)
    source_code = models.CharField(_("number or place of the source"), max_length=80, blank=True)
    opinions = models.PositiveIntegerField(_("opinions behind it"), default=0)
    title = models.CharField(_("what is to be put right"), max_length=200)
    measure = models.TextField(_("measure"))
    expected = models.CharField(_("measurable result"), max_length=300, blank=True)
    owner = models.ForeignKey(
        "enterprises.Member",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rectification_items",
        verbose_name=_("owner"),
    )
    owner_post = models.CharField(_("post of the owner"), max_length=60, blank=True)
    department = models.CharField(_("responsible department"), max_length=100, blank=True)
    feasibility = models.CharField(_("feasibility"), max_length=8, choices=Feasibility.choices)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    explanation = models.TextField(_("explanation to the masses"), blank=True)
    explained_on = models.DateField(_("explained on"), null=True, blank=True)
    priority = models.CharField(_("priority reason"), max_length=10, choices=Priority.choices, blank=True)
    raised_on = models.DateField(_("raised on"))
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.OPEN)
    done = models.TextField(_("what was done"), blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    outcome = models.CharField(_("effect"), max_length=10, choices=Outcome.choices, blank=True)
    sentences = ArrayField(models.CharField(max_length=40), verbose_name=_("filed under"), default=list, blank=True)
    verifier = models.ForeignKey(
        "enterprises.Member",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("verified by"),
    )
    verifier_post = models.CharField(_("post of the verifier"), max_length=100, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recorded_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("rectification item")
        ordering = ["-opinions", "due_on", "id"]
        indexes = [
            models.Index(fields=["campaign", "organization"], name="rectification_as_evidence"),
            models.Index(fields=["organization", "due_on"], name="rectification_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=rules.CLOSED) | (Q(done_on__isnull=False) & ~Q(done="")),
                name="rectified_says_what_was_done",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def owner_words(self) -> str:
        """Who answers for it, for those who may read the record."""
        person = " ".join(filter(None, [self.owner.name if self.owner else "", self.owner_post]))
        return " · ".join(filter(None, [self.department, person]))

    @property
    def public_owner(self) -> str:
        """Who answers for it, for the public: department or post, never a name (item 102)."""
        return self.department or self.owner_post

    @property
    def verifier_words(self) -> str:
        """Who verified it."""
        return " ".join(filter(None, [self.verifier.name if self.verifier else "", self.verifier_post]))

    @property
    def facts(self) -> rules.Facts:
        """What the rules need to know of it."""
        return rules.Facts(
            measure=self.measure,
            expected=self.expected,
            owned=bool(self.owner_id or self.owner_post or self.department),
            due_on=self.due_on,
            lacking=self.feasibility == Feasibility.LACKING,
            explanation=self.explanation,
            state=self.state,
            done_on=self.done_on,
        )

    def raised_in_phase(self):
        """The phase of the unit's own calendar in which it was raised (item 68), or ``None`` before the first."""
        dates = PhaseSchedule.objects.filter(
            participation__campaign=self.campaign_id, participation__unit=self.organization.enterprise_id
        )
        rows = {row.phase_id: row for row in dates.select_related("phase")}
        found = rules.phase_at([(pk, row.starts_on) for pk, row in rows.items()], self.raised_on)
        return rows[found].phase if found is not None else None

    def names_of_sentences(self) -> dict[str, str]:
        """How the sentences are called under which it is filed."""
        return sentences_of(self.campaign)

    @staticmethod
    def visibility(account):
        return record_q(account)


class RectificationProof(models.Model):
    """A file that proves what was done; served as a download only (item 73)."""

    item = models.ForeignKey(RectificationItem, models.CASCADE, related_name="proofs")
    file = models.FileField(_("file"), upload_to="rectification/%Y/%m/")
    name = models.CharField(_("file name"), max_length=120)
    size = models.PositiveIntegerField(_("size in bytes"))
    added_at = models.DateTimeField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def visibility(account):
        return record_q(account, "item__organization__")


@tracked()
class RectificationPlan(models.Model):
    """One version of the rectification plan of an organization or its leading team (item 69).

    It holds the ids of its items. A plan without items says in ``nothing`` why there is nothing to put right.
    """

    class Scope(models.TextChoices):
        UNIT = "UNIT", _("of the organization")
        TEAM = "TEAM", _("of the leading team")

    class State(models.TextChoices):
        DRAFT = "DRAFT", pgettext_lazy("plan", "draft")
        SUBMITTED = "SUBMITTED", pgettext_lazy("plan", "waits for approval")
        RETURNED = "RETURNED", pgettext_lazy("plan", "returned")
        APPROVED = "APPROVED", pgettext_lazy("plan", "approved")
        REPLACED = "REPLACED", pgettext_lazy("plan", "replaced by a newer version")

    campaign = models.ForeignKey("campaign.Campaign", models.PROTECT, related_name="rectification_plans")
    organization = models.ForeignKey("enterprises.Organization", models.PROTECT, related_name="rectification_plans")
    scope = models.CharField(_("whose plan"), max_length=4, choices=Scope.choices, default=Scope.UNIT)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    title = models.CharField(pgettext_lazy("document", "title"), max_length=200)
    aims = models.TextField(_("aims and arrangements"), blank=True)
    nothing = models.TextField(_("why there is nothing to rectify"), blank=True)
    item_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    submitted_on = models.DateField(_("submitted on"), null=True, blank=True)
    group_note = models.TextField(_("review note of the group"), blank=True)
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    approver = models.ForeignKey(
        "enterprises.Organization",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("approved by"),
    )
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    returned_why = models.TextField(_("why it was returned"), blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recorded_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rectification plan")
        ordering = ["-recorded_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "organization", "scope", "version"], name="rectification_plan_version"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def may_be_changed(self) -> bool:
        """Whether it is still on the desk of the organization itself."""
        return self.state in (self.State.DRAFT, self.State.RETURNED)

    @staticmethod
    def visibility(account):
        return record_q(account)


@tracked()
class RectificationMeasure(models.Model):
    """What one member sets out to put right in himself (item 69).

    Only the member and the secretary of the own branch see it; it enters no list of others, no search and no
    export.
    """

    campaign = models.ForeignKey("campaign.Campaign", models.PROTECT, related_name="member_measures")
    member = models.ForeignKey("enterprises.Member", models.CASCADE, related_name="rectification_measures")
    measure = models.TextField(_("measure"))
    due_on = models.DateField(_("due on"))
    done = models.TextField(_("what was done"), blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recorded_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure of a member")
        ordering = ["done_on", "due_on", "id"]

    def __str__(self) -> str:
        return f"{self.member} · {self.due_on}"

    @staticmethod
    def visibility(account):
        """The own ones, and those of the branch whose secretary one is: the very branch, not a tree above it."""
        own = Q(member=account.reach.member) if account.reach.member else NOTHING
        return own | Q(member__branch__in=secretary_scopes(account, "BRANCH_SECRETARY"))
