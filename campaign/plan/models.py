"""The plan of a campaign: its definition, its phases and steps, and each unit's own calendar."""

import uuid
from dataclasses import dataclass

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from enterprises.access.visibility import VisibleQuerySet, enterprise_q
from enterprises.history import tracked
from enterprises.models import Member


class Public(models.Model):
    """What everyone who has signed in may read: the plan of a campaign is no secret."""

    objects = VisibleQuerySet.as_manager()

    class Meta:
        abstract = True

    @staticmethod
    def visibility(account):
        return models.Q(pk__isnull=False)


class Named(Public):
    """Something the definition names in both languages; `name` is the one of the reader's language."""

    name_zh = models.CharField(_("Chinese name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=160)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the active language; Chinese unless the reader chose English."""
        return self.name_en if (get_language() or "").startswith("en") else self.name_zh


class Definition(Named):
    """One loaded version of a campaign definition. Versions are never changed, only followed by another."""

    code = models.SlugField(_("code"), max_length=60, db_index=False)
    version = models.PositiveIntegerField(_("version"))
    data = models.JSONField(_("content"))
    source = models.TextField(_("source text"))
    loaded_at = models.DateTimeField(_("loaded at"))
    loaded_by = models.ForeignKey(
        "enterprises.Account", models.PROTECT, null=True, related_name="+", verbose_name=_("loaded by")
    )

    class Meta:
        verbose_name = _("campaign definition")
        verbose_name_plural = _("campaign definitions")
        ordering = ["code", "-version"]
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="definition_version_once")]


@tracked()
class Campaign(Named):
    """One campaign, tied for its whole life to the definition version it was launched with."""

    class State(models.TextChoices):
        PREPARED = "PREPARED", _("Prepared")
        RUNNING = "RUNNING", _("Running")
        CLOSED = "CLOSED", _("Closed")

    class Preset(models.TextChoices):
        P2005 = "2005", _("Rules of 2005")
        CURRENT = "current", _("Current rules")

    code = models.SlugField(_("code"), max_length=60, unique=True)
    definition = models.ForeignKey(Definition, models.PROTECT, related_name="campaigns", verbose_name=_("definition"))
    launched_on = models.DateField(_("launch date"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PREPARED)
    preset = models.CharField(_("rule preset"), max_length=10, choices=Preset)
    batch_number = models.PositiveSmallIntegerField(_("batch"), null=True, blank=True)

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["launched_on", "code"]

    @property
    def data(self) -> dict:
        """The validated content of the definition version this campaign runs on."""
        return self.definition.data


class Phase(Named):
    """A phase (阶段). Days are counted from the launch date; a unit's own dates are its `PhaseSchedule`."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="phases", verbose_name=_("campaign"))
    code = models.CharField(_("code"), max_length=20)
    order = models.PositiveSmallIntegerField(_("order"))
    opens_day = models.PositiveSmallIntegerField(_("opens on day"))
    closes_day = models.PositiveSmallIntegerField(_("closes on day"))

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["campaign", "order"]
        constraints = [models.UniqueConstraint(fields=["campaign", "code"], name="phase_code_once")]


class OwedBy(models.TextChoices):
    """Who owes a step: the organisation itself, the organisation for its leading team, or its members."""

    ORGANIZATIONS = "organizations", _("organizations")
    TEAM = "team", _("leading teams")
    MEMBERS = "members", _("members")


class Anchor(models.TextChoices):
    PHASE_START = "phase_start", _("start of the phase")
    PHASE_END = "phase_end", _("end of the phase")


@dataclass(frozen=True)
class Obligation:
    """Who of one step owes what; `evidence` is `{"kind": ..., parameters}` as in `campaign.plan.definition`."""

    owed_by: str
    org_kinds: tuple[str, ...]
    evidence: dict


class Step(Named):
    """A step (环节) of a phase: who owes it, what proves it and when it is due.

    `owed_by`, `org_kinds` and `evidence` are the first obligation. `also` lists further ones for other kinds
    of organisation (a branch owes the organisational life meeting, a committee the democratic life meeting
    of its team: item 62). An organisation kind stands in one obligation of a step at most.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="steps", verbose_name=_("campaign"))
    phase = models.ForeignKey(Phase, models.CASCADE, related_name="steps", verbose_name=_("phase"))
    code = models.CharField(_("code"), max_length=40)
    order = models.PositiveSmallIntegerField(_("order"))
    owed_by = models.CharField(_("owed by"), max_length=14, choices=OwedBy)
    org_kinds = models.JSONField(_("kinds of organization"))
    evidence = models.JSONField(_("evidence"))
    also = models.JSONField(_("further obligations"), default=list, blank=True)
    anchor = models.CharField(_("due date counted from"), max_length=12, choices=Anchor)
    due_days = models.SmallIntegerField(_("days after it"))
    tolerance_percent = models.PositiveSmallIntegerField(_("tolerance, per cent"), default=2)
    tolerance_days = models.PositiveSmallIntegerField(_("tolerance, days"), default=7)
    soon_days = models.PositiveSmallIntegerField(_("due soon, days"), default=7)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["campaign", "order"]
        constraints = [models.UniqueConstraint(fields=["campaign", "code"], name="step_code_once")]

    @property
    def obligations(self) -> tuple[Obligation, ...]:
        """All obligations of the step, the principal one first."""
        first = Obligation(self.owed_by, tuple(self.org_kinds), self.evidence)
        rest = [Obligation(o["owed_by"], tuple(o["org_kinds"]), o["evidence"]) for o in self.also]
        return (first, *rest)

    def obligation_for(self, org_kind: str) -> Obligation | None:
        """What an organisation of this kind owes in this step; None when nothing is expected of it."""
        return next((o for o in self.obligations if org_kind in o.org_kinds), None)


@tracked()
class Participation(models.Model):
    """A unit takes part in a campaign, once (item 2). `state` is a stage of the definition's gates."""

    ENROLLED = "enrolled"

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="participations", verbose_name=_("campaign"))
    unit = models.ForeignKey(
        "enterprises.Enterprise", models.PROTECT, related_name="participations", verbose_name=_("unit")
    )
    rolling = models.BooleanField(_("rolling schedule"), default=False)
    state = models.CharField(_("stage"), max_length=20, default=ENROLLED)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = [models.UniqueConstraint(fields=["campaign", "unit"], name="participation_once")]

    def __str__(self) -> str:
        return str(self.unit)

    @staticmethod
    def visibility(account):
        return enterprise_q(account, "unit__")


@tracked()
class UnitGuidance(models.Model):
    """What a unit asks of one category of members in place of the campaign's own values (item 33).

    An empty value means: as the campaign says. ``category`` empty stands for the unit as a whole, of which
    only ``shift_days`` is kept. Resolved by ``campaign.plan.own``.
    """

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="own_guidance", verbose_name=_("participation")
    )
    category = models.CharField(_("category"), max_length=20, choices=Member.Category, blank=True)
    class_hours = models.PositiveSmallIntegerField(_("class hours"), null=True, blank=True)
    writing = models.CharField(_("form of writing"), max_length=10, blank=True)
    binding = models.BooleanField(_("binding"), null=True, blank=True)
    materials_cap = models.PositiveSmallIntegerField(_("most required titles"), null=True, blank=True)
    shift_days = models.PositiveSmallIntegerField(_("days later"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("own guidance of a unit")
        verbose_name_plural = _("own guidance of units")
        constraints = [models.UniqueConstraint(fields=["participation", "category"], name="unit_guidance_once")]

    @staticmethod
    def visibility(account):
        return enterprise_q(account, "participation__unit__")


class GuidanceChange(models.Model):
    """A unit's own guidance became another one: why, by whom, from what to what. Never edited or deleted.

    ``old`` and ``new`` are the whole own guidance: a list of rules as in a definition, by category.
    """

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="guidance_changes", verbose_name=_("participation")
    )
    old = models.JSONField(_("before"), default=list, blank=True)
    new = models.JSONField(_("then"), default=list, blank=True)
    reason = models.TextField(_("reason"))
    changed_by = models.ForeignKey(
        "enterprises.Account", models.PROTECT, null=True, related_name="+", verbose_name=_("changed by")
    )
    changed_at = models.DateTimeField(_("changed at"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of own guidance")
        verbose_name_plural = _("changes of own guidance")
        ordering = ["-changed_at", "-pk"]

    @staticmethod
    def visibility(account):
        return enterprise_q(account, "participation__unit__")


@tracked()
class PhaseSchedule(models.Model):
    """A unit's own dates of one phase, both days included."""

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="schedules", verbose_name=_("participation")
    )
    phase = models.ForeignKey(Phase, models.CASCADE, related_name="schedules", verbose_name=_("phase"))
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("phase schedule")
        verbose_name_plural = _("phase schedules")
        ordering = ["participation", "phase__order"]
        constraints = [
            models.UniqueConstraint(fields=["participation", "phase"], name="phase_schedule_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="phase_schedule_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"

    @staticmethod
    def visibility(account):
        return enterprise_q(account, "participation__unit__")


class ScheduleChange(models.Model):
    """One phase of one unit got other dates: why, by whom, from what to what. Never edited or deleted."""

    class Kind(models.TextChoices):
        ROLLING = "ROLLING", _("Rolling schedule")
        CENTRAL = "CENTRAL", _("Extension decided centrally")
        LOCAL = "LOCAL", _("Dates set locally")

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="changes", verbose_name=_("participation")
    )
    phase = models.ForeignKey(Phase, models.CASCADE, related_name="changes", verbose_name=_("phase"))
    change_set = models.UUIDField(_("changed together"), default=uuid.uuid4, db_index=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    old_starts_on = models.DateField(_("started on before"))
    old_ends_on = models.DateField(_("ended on before"))
    new_starts_on = models.DateField(_("starts on"))
    new_ends_on = models.DateField(_("ends on"))
    reason = models.TextField(_("reason"))
    warnings = models.JSONField(_("warnings overridden"), default=list, blank=True)
    undoes = models.UUIDField(_("undoes the change"), null=True, blank=True)
    changed_by = models.ForeignKey(
        "enterprises.Account", models.PROTECT, null=True, related_name="+", verbose_name=_("changed by")
    )
    changed_at = models.DateTimeField(_("changed at"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("schedule change")
        verbose_name_plural = _("schedule changes")
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.old_starts_on} – {self.old_ends_on} → {self.new_starts_on} – {self.new_ends_on}"

    @staticmethod
    def visibility(account):
        return enterprise_q(account, "participation__unit__")


@tracked()
class BusinessPeak(models.Model):
    """A time of full production in a unit (item 7), both days included: meetings then draw a warning."""

    unit = models.ForeignKey("enterprises.Enterprise", models.CASCADE, related_name="peaks", verbose_name=_("unit"))
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("business peak")
        verbose_name_plural = _("business peaks")
        ordering = ["unit", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="business_peak_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"

    @staticmethod
    def visibility(account):
        return enterprise_q(account, "unit__")
