"""Support of the grass roots: weak organizations, requests for help, care given (items 41-43)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaign.support import rules
from campaign.support.access import care_q
from enterprises.access.visibility import VisibleQuerySet, record_q
from enterprises.history import tracked
from enterprises.remarks import short_name


class Recorded(models.Model):
    """What every record of this room has: who entered it when, once for each form sent."""

    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recorded_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+", editable=False)
    recorded_at = models.DateTimeField(_("recorded at"), editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        abstract = True


class WeakQuerySet(VisibleQuerySet):
    """Weak organizations."""

    def standing(self):
        """Those that were not withdrawn."""
        return self.exclude(state=rules.WITHDRAWN)

    def open(self):
        """Those in hand, or reported improved and not yet accepted."""
        return self.filter(state__in=rules.OPEN)


class Reason(models.TextChoices):
    """Why an organization counts as weak (item 41)."""

    NO_SECRETARY = "NO_SECRETARY", _("no secretary")
    TERM_EXPIRED = "TERM_EXPIRED", _("term expired")
    NO_ACTIVITIES = "NO_ACTIVITIES", _("no activities")
    NO_FUNDS = "NO_FUNDS", _("no funds")
    DISUNITY = "DISUNITY", _("disunity")
    OTHER = "OTHER", pgettext_lazy("weak organization", "other")


@tracked()
class WeakOrganization(Recorded):
    """A weak organization that is being put in order, opened by the one that leads it, never by a machine (41).

    One open case for each organization. ``proposal`` names the check whose finding was taken up, where it was one.
    """

    class State(models.TextChoices):
        IN_HAND = rules.IN_HAND, _("being put in order")
        REPORTED = rules.REPORTED, _("reported improved")
        ACCEPTED = rules.ACCEPTED, _("accepted as improved")
        WITHDRAWN = rules.WITHDRAWN, _("withdrawn")

    organization = models.ForeignKey("enterprises.Organization", models.PROTECT, related_name="weak_cases")
    reason = models.CharField(pgettext_lazy("weak organization", "reason"), max_length=13, choices=Reason.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)
    proposal = models.CharField(_("check that proposed it"), max_length=30, blank=True)
    opened_on = models.DateField(_("found weak on"))
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.IN_HAND)
    result = models.CharField(_("what has improved"), max_length=500, blank=True)
    reported_on = models.DateField(_("reported improved on"), null=True, blank=True)
    returned_why = models.CharField(_("why it was sent back"), max_length=500, blank=True)
    returned_on = models.DateField(_("sent back on"), null=True, blank=True)
    accepted_on = models.DateField(_("accepted on"), null=True, blank=True)

    objects = WeakQuerySet.as_manager()

    class Meta:
        verbose_name = _("weak organization")
        ordering = ["-opened_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["organization"], condition=Q(state__in=rules.OPEN), name="weak_once"),
            models.CheckConstraint(condition=~Q(reason="OTHER") | ~Q(note=""), name="other_weakness_is_named"),
        ]

    def __str__(self) -> str:
        return str(self.organization)

    @staticmethod
    def visibility(account):
        return record_q(account)


@tracked()
class WeakMeasure(Recorded):
    """One thing done to put a weak organization in order, of one of three kinds (item 41)."""

    class Kind(models.TextChoices):
        REORGANIZED = "REORGANIZED", _("adjusted or reorganized")
        LEADERSHIP = "LEADERSHIP", _("leadership strengthened")
        CONDITIONS = "CONDITIONS", _("conditions improved")

    weak = models.ForeignKey(WeakOrganization, models.CASCADE, related_name="measures")
    kind = models.CharField(_("kind of measure"), max_length=11, choices=Kind.choices)
    done_on = models.DateField(_("done on"))
    done = models.CharField(pgettext_lazy("support", "what was done"), max_length=300)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    class Meta:
        verbose_name = _("measure for a weak organization")
        ordering = ["done_on", "id"]

    def __str__(self) -> str:
        return self.done

    @staticmethod
    def visibility(account):
        return record_q(account, "weak__organization__")


@tracked()
class ProposalDismissal(Recorded):
    """A proposal from the checks that the leading organization did not take up, and why (item 41).

    It holds for that finding; found anew later, it is proposed again.
    """

    organization = models.ForeignKey("enterprises.Organization", models.PROTECT, related_name="+")
    code = models.CharField(_("check"), max_length=30)
    why = models.CharField(_("why it is not taken up"), max_length=500)
    dismissed_on = models.DateField(_("dismissed on"))
    undone_on = models.DateField(_("taken back on"), null=True, blank=True)

    class Meta:
        verbose_name = _("dismissed proposal")
        ordering = ["-dismissed_on", "-id"]
        indexes = [models.Index(fields=["organization", "code"], name="dismissal_of_finding")]

    def __str__(self) -> str:
        return short_name(self.code)

    @staticmethod
    def visibility(account):
        return record_q(account)


class RequestQuerySet(VisibleQuerySet):
    """Requests for help."""

    def standing(self):
        """Those that were not withdrawn."""
        return self.exclude(state=rules.WITHDRAWN)

    def waiting(self):
        """Those neither solved nor refused."""
        return self.filter(state__in=rules.WAITING)

    def unanswered(self):
        """Those nobody has answered yet."""
        return self.filter(state=rules.RAISED)

    def unanswered_long(self, today):
        """Those without an answer for more than ten days (item 42); the same as ``rules.is_unanswered_long``."""
        return self.unanswered().filter(asked_on__lt=today - rules.ANSWER_SPAN)

    def overdue(self, today):
        """Those promised for a day that has passed."""
        return self.waiting().filter(due_on__lt=today)


@tracked()
class DifficultyRequest(Recorded):
    """A difficulty that an organization asks the one above it to help with (item 42).

    ``owner``: who answers for it there, a department or post. ``asked_on``: since when an answer is awaited; a
    request that is opened again waits anew.
    """

    class Kind(models.TextChoices):
        VENUE = "VENUE", _("venue")
        FUNDS = "FUNDS", _("funds")
        STAFF = "STAFF", _("staff")
        OTHER = "OTHER", pgettext_lazy("difficulty", "other")

    class State(models.TextChoices):
        RAISED = rules.RAISED, _("waits for an answer")
        ANSWERED = rules.ANSWERED, _("taken on")
        SOLVED = rules.SOLVED, pgettext_lazy("difficulty", "solved")
        REFUSED = rules.REFUSED, pgettext_lazy("difficulty", "refused")
        WITHDRAWN = rules.WITHDRAWN, _("withdrawn")

    organization = models.ForeignKey("enterprises.Organization", models.PROTECT, related_name="difficulties")
    kind = models.CharField(_("kind of difficulty"), max_length=5, choices=Kind.choices)
    title = models.CharField(_("what is lacking"), max_length=120)
    need = models.CharField(_("what would help"), max_length=500, blank=True)
    raised_on = models.DateField(_("raised on"))
    asked_on = models.DateField(_("answer awaited since"))
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.RAISED)
    owner = models.CharField(_("who answers for it"), max_length=100, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answerer = models.ForeignKey(
        "enterprises.Organization",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    result = models.CharField(pgettext_lazy("difficulty", "result"), max_length=500, blank=True)
    closed_on = models.DateField(_("solved or refused on"), null=True, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for help")
        ordering = ["raised_on", "id"]
        indexes = [models.Index(fields=["organization", "state"], name="difficulty_by_organization")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=(rules.SOLVED, rules.REFUSED))
                | (Q(closed_on__isnull=False) & ~Q(result="") & Q(answered_on__isnull=False)),
                name="closed_difficulty_has_a_result",
            ),
            models.CheckConstraint(
                condition=~Q(state=rules.ANSWERED) | (~Q(owner="") & Q(due_on__isnull=False)),
                name="answered_difficulty_has_owner_and_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def visibility(account):
        return record_q(account)


@tracked()
class CareRecord(Recorded):
    """That help was given to a member, or to somebody of the masses who is not named (item 43).

    The kind of help only. There is no field for words: nobody's thoughts, illness or circumstances are told here.
    Rows are read by the secretary of the very branch, every reading noted; above the branch there are totals.
    """

    class Whom(models.TextChoices):
        MEMBER = "MEMBER", _("a member")
        MASSES = "MASSES", _("somebody of the masses")

    class Need(models.TextChoices):
        IDEOLOGICAL = "IDEOLOGICAL", _("ideological")
        PRACTICAL = "PRACTICAL", _("practical")

    class Help(models.TextChoices):
        VISIT = "VISIT", pgettext_lazy("care", "a visit")
        TALK = "TALK", pgettext_lazy("care", "a talk")
        MONEY = "MONEY", pgettext_lazy("care", "money")
        GOODS = "GOODS", pgettext_lazy("care", "goods")
        WORK = "WORK", pgettext_lazy("care", "work found")
        OTHER = "OTHER", pgettext_lazy("care", "other")

    class Giver(models.TextChoices):
        SECRETARY = "SECRETARY", _("the secretary")
        COMMITTEE = "COMMITTEE", _("the branch committee")
        GROUP = "GROUP", _("a Party group")
        MEMBERS = "MEMBERS", _("members of the branch")
        ABOVE = "ABOVE", _("the organization above")

    class Mistake(models.TextChoices):
        """Why an entry is withdrawn: chosen, never told."""

        TWICE = "TWICE", _("entered twice")
        PERSON = "PERSON", _("entered for somebody else")
        KIND = "KIND", _("wrong kind or day")
        NOT_GIVEN = "NOT_GIVEN", _("the help was not given")

    organization = models.ForeignKey("enterprises.Organization", models.PROTECT, related_name="care_records")
    whom = models.CharField(pgettext_lazy("care", "for whom"), max_length=6, choices=Whom.choices)
    member = models.ForeignKey(
        "enterprises.Member",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="care_records",
        verbose_name=_("member"),
    )
    need = models.CharField(_("kind of difficulty"), max_length=11, choices=Need.choices)
    help = models.CharField(_("kind of help"), max_length=5, choices=Help.choices)
    given_on = models.DateField(_("given on"))
    giver = models.CharField(pgettext_lazy("care", "given by"), max_length=9, choices=Giver.choices)
    withdrawn_why = models.CharField(_("withdrawn because"), max_length=9, choices=Mistake.choices, blank=True)

    class Meta:
        verbose_name = _("care record")
        ordering = ["-given_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(whom="MEMBER", member__isnull=False) | Q(whom="MASSES", member=None),
                name="care_for_a_member_names_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_help_display()} · {self.given_on}"

    @staticmethod
    def visibility(account):
        return care_q(account)
