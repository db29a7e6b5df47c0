"""Talks, Party-spirit analyses, life meetings, appraisals and their notices (items 57, 61-67).

Texts stand in tables of their own that are not audited: their versions are their history. What is audited holds
facts only. There is no score, grade or count about a person anywhere (item 67).
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaign.appraisal.access import analysis_q, appraisal_q
from enterprises.access.visibility import VisibleQuerySet, member_q, record_q, secretary_scopes
from enterprises.history import tracked
from enterprises.models import Member


@tracked()
class HeartToHeartTalk(models.Model):
    """Who talked heart to heart with whom, and on which day (item 57). What was said is never kept."""

    campaign = models.ForeignKey("campaign.Campaign", models.PROTECT, related_name="+", db_index=False)
    organization = models.ForeignKey("enterprises.Organization", models.PROTECT, related_name="talks")
    from_member = models.ForeignKey(
        "enterprises.Member", models.PROTECT, related_name="talks_held", verbose_name=pgettext_lazy("talk", "from")
    )
    to_member = models.ForeignKey(
        "enterprises.Member", models.PROTECT, related_name="talks_received", verbose_name=pgettext_lazy("talk", "with")
    )
    held_on = models.DateField(_("date"))
    submission = models.UUIDField(default=uuid.uuid4, editable=False)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    recorded_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "to_member"], name="talk_once"),
            models.CheckConstraint(condition=~Q(from_member=F("to_member")), name="talk_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.from_member} → {self.to_member} · {self.held_on}"

    @staticmethod
    def visibility(account):
        q = member_q(account, "to_member__")
        return q | Q(from_member=account.reach.member) if account.reach.member else q


@tracked()
class PartySpiritAnalysis(models.Model):
    """That a member has made the Party-spirit analysis, how, and when it was handed in (items 36, 61).

    The text, where it is in the system at all, is in the versions. ``handed_in_on`` empty: still being written.
    """

    class Mode(models.TextChoices):
        """How it is made, from the least to the most; on paper stands for any length."""

        ORAL = "ORAL", _("told, taken down by another")
        SHORT = "SHORT", _("written, short")
        WRITTEN = "WRITTEN", pgettext_lazy("analysis", "written")
        PAPER = "PAPER", _("handed in on paper")

    campaign = models.ForeignKey("campaign.Campaign", models.PROTECT, related_name="+", db_index=False)
    member = models.ForeignKey("enterprises.Member", models.PROTECT, related_name="analyses", verbose_name=_("member"))
    organization = models.ForeignKey("enterprises.Organization", models.PROTECT, related_name="analyses")
    mode = models.CharField(pgettext_lazy("analysis", "how"), max_length=8, choices=Mode.choices)
    handed_in_on = models.DateField(_("handed in on"), null=True, blank=True)
    submission = models.UUIDField(default=uuid.uuid4, editable=False)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    recorded_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["member", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "member"], condition=Q(withdrawn_on=None), name="one_analysis_a_member"
            ),
        ]

    def __str__(self) -> str:
        return str(self.member)

    @staticmethod
    def visibility(account):
        return analysis_q(account)


class AnalysisVersion(models.Model):
    """One version of the text of an analysis: what the member found comes first, the comparisons beside it (67).

    A handed-in version is never changed; the next one follows it. Not audited: these rows are the history.
    """

    class Stage(models.TextChoices):
        BEFORE = "BEFORE", _("before the meeting")
        AFTER = "AFTER", _("after the meeting")

    PARTS = ("problems", "constitution", "requirements", "opinions", "roots", "direction")

    analysis = models.ForeignKey(PartySpiritAnalysis, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    stage = models.CharField(_("stage"), max_length=6, choices=Stage.choices, default=Stage.BEFORE)
    problems = models.TextField(_("problems I have found myself"))
    constitution = models.TextField(_("measured by the Party Constitution"), blank=True)
    requirements = models.TextField(_("measured by the concrete requirements"), blank=True)
    opinions = models.TextField(_("measured by the opinions received"), blank=True)
    roots = models.TextField(_("where they come from"), blank=True)
    direction = models.TextField(_("what I will do"), blank=True)
    is_draft = models.BooleanField(_("draft"), default=True)
    written_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(_("written at"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["analysis", "number"]
        constraints = [models.UniqueConstraint(fields=["analysis", "number"], name="analysis_version_once")]

    @staticmethod
    def visibility(account):
        """Of the analyses in sight; a draft is its writer's alone."""
        readable = PartySpiritAnalysis.objects.filter(analysis_q(account)).order_by().values("pk")
        return Q(analysis__in=readable) & (Q(is_draft=False) | Q(written_by=account))

    @property
    def whole(self) -> str:
        """All parts together, for the comparison of texts."""
        return "\n".join(filter(None, (getattr(self, part) for part in self.PARTS)))


class AnalysisLikeness(models.Model):
    """That the analyses of two members of a branch are alike (item 61). Which passages is not said."""

    first = models.ForeignKey(PartySpiritAnalysis, models.CASCADE, related_name="+")
    second = models.ForeignKey(PartySpiritAnalysis, models.CASCADE, related_name="+")
    found_at = models.DateTimeField(_("found at"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="likeness_once")]

    @staticmethod
    def visibility(account):
        ours = secretary_scopes(account, "BRANCH_SECRETARY")
        return Q(first__member__branch__in=ours, second__member__branch__in=ours)


@tracked()
class MeetingQuality(models.Model):
    """What an attending member of a supervision group remarks on a life meeting (item 63): the meeting, no person."""

    class Quality(models.TextChoices):
        GOOD = "GOOD", _("good: true words, criticism and self-criticism")
        FAIR = "FAIR", _("fair")
        PRO_FORMA = "PRO_FORMA", _("pro forma")

    meeting = models.ForeignKey("campaign.Meeting", models.PROTECT, related_name="qualities")
    quality = models.CharField(_("quality"), max_length=10, choices=Quality.choices)
    remark = models.TextField(_("remark"), blank=True)
    recorded_by = models.ForeignKey("enterprises.Account", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "-recorded_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "recorded_by"], name="quality_once")]

    def __str__(self) -> str:
        return f"{self.meeting} · {self.get_quality_display()}"

    @staticmethod
    def visibility(account):
        return record_q(account, "meeting__organization__")


@tracked()
class AppraisalOpinion(models.Model):
    """The branch's appraisal of a member, as facts: agreed where and when, fed back how and when (items 64, 66).

    No grade, no score. The text, where it is in the system, is in the versions; the member's reply beside it.
    """

    class Way(models.TextChoices):
        WRITTEN = "WRITTEN", _("in writing")
        TALK = "TALK", _("in a talk")

    campaign = models.ForeignKey("campaign.Campaign", models.PROTECT, related_name="+", db_index=False)
    member = models.ForeignKey(
        "enterprises.Member", models.PROTECT, related_name="appraisals", verbose_name=_("member")
    )
    organization = models.ForeignKey(
        "enterprises.Organization", models.PROTECT, related_name="appraisals", verbose_name=_("branch")
    )
    meeting = models.ForeignKey(
        "campaign.Meeting", models.PROTECT, null=True, related_name="+", verbose_name=_("agreed at")
    )
    fed_back_on = models.DateField(_("fed back on"), null=True, blank=True)
    way = models.CharField(pgettext_lazy("feedback", "way"), max_length=8, choices=Way.choices, blank=True)
    acknowledged_at = models.DateTimeField(_("acknowledged at"), null=True, blank=True)
    submission = models.UUIDField(default=uuid.uuid4, editable=False)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    recorded_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["member", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "member"], condition=Q(withdrawn_on=None), name="one_appraisal_a_member"
            ),
        ]

    def __str__(self) -> str:
        return str(self.member)

    @staticmethod
    def visibility(account):
        return appraisal_q(account)


class AppraisalVersion(models.Model):
    """One version of the text of an appraisal. A corrected one follows it; none is changed. Not audited."""

    appraisal = models.ForeignKey(AppraisalOpinion, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("appraisal opinion"))
    written_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(_("written at"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["appraisal", "number"]
        constraints = [models.UniqueConstraint(fields=["appraisal", "number"], name="appraisal_version_once")]

    @staticmethod
    def visibility(account):
        return Q(appraisal__in=AppraisalOpinion.objects.filter(appraisal_q(account)).order_by().values("pk"))


class AppraisalReply(models.Model):
    """What the member says to the appraisal: the right of reply, kept with it (item 66). Not audited."""

    appraisal = models.ForeignKey(AppraisalOpinion, models.CASCADE, related_name="replies")
    text = models.TextField(_("reply"))
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    written_at = models.DateTimeField(_("written at"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "id"]

    @staticmethod
    def visibility(account):
        return Q(appraisal__in=AppraisalOpinion.objects.filter(appraisal_q(account)).order_by().values("pk"))


class CorrectionRequest(models.Model):
    """A member asks the branch to correct what is recorded of the member (item 66). Between these two only."""

    class About(models.TextChoices):
        APPRAISAL = "APPRAISAL", _("the appraisal")
        STUDY = "STUDY", _("my study record")
        FACTS = "FACTS", _("what is on record of me")
        OTHER = "OTHER", _("something else")

    class State(models.TextChoices):
        OPEN = "OPEN", _("waits for the branch")
        CORRECTED = "CORRECTED", _("corrected")
        KEPT = "KEPT", _("left as it is, with the reason")

    member = models.ForeignKey("enterprises.Member", models.PROTECT, related_name="+", verbose_name=_("member"))
    organization = models.ForeignKey(
        "enterprises.Organization", models.PROTECT, related_name="+", verbose_name=_("branch")
    )
    appraisal = models.ForeignKey(AppraisalOpinion, models.PROTECT, null=True, blank=True, related_name="corrections")
    about = models.CharField(pgettext_lazy("request", "about"), max_length=10, choices=About.choices)
    text = models.TextField(_("what should be corrected"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    asked_at = models.DateTimeField(_("asked at"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["organization"], condition=Q(state="OPEN"), name="correction_open")]

    def __str__(self) -> str:
        return f"{self.member} · {self.get_about_display()}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @staticmethod
    def visibility(account):
        return appraisal_q(account)


class CorrectionEntry(models.Model):
    """One entry of the log of handling: what the branch did or answered, when, and by whom. Never changed."""

    request = models.ForeignKey(CorrectionRequest, models.CASCADE, related_name="entries")
    state = models.CharField(_("state"), max_length=10, choices=CorrectionRequest.State.choices)
    text = models.TextField(_("answer"))
    written_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(_("written at"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "id"]

    @staticmethod
    def visibility(account):
        return Q(request__in=CorrectionRequest.objects.filter(appraisal_q(account)).order_by().values("pk"))


@tracked()
class AppraisalNotice(models.Model):
    """How the appraisal went, told in general terms to the members or to all (item 65). No person is in it."""

    class Scope(models.TextChoices):
        MEMBERS = "MEMBERS", _("members of the branch")
        MASSES = "MASSES", _("members and masses of the unit")
        SUPERIOR = "SUPERIOR", _("the organization above")

    class Form(models.TextChoices):
        MEETING = "MEETING", _("at a meeting")
        BOARD = "BOARD", _("on the notice board")
        LETTER = "LETTER", _("in writing")

    campaign = models.ForeignKey("campaign.Campaign", models.PROTECT, related_name="+")
    organization = models.ForeignKey(
        "enterprises.Organization", models.PROTECT, related_name="appraisal_notices", verbose_name=_("organization")
    )
    scope = models.CharField(_("told to"), max_length=10, choices=Scope.choices)
    form = models.CharField(pgettext_lazy("notice", "form"), max_length=10, choices=Form.choices)
    given_on = models.DateField(_("date"))
    contents = models.TextField(_("contents in general terms"))
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    recorded_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-given_on", "-id"]

    def __str__(self) -> str:
        return f"{self.organization} · {self.given_on}"

    @staticmethod
    def visibility(account):
        q = record_q(account)
        if account.reach.member:
            own = Member.objects.filter(pk=account.reach.member).values("branch")
            q |= Q(organization__in=own, withdrawn_on=None)
        return q
