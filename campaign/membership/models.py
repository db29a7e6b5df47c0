"""Searches for members out of contact, and applicants on their way to membership (items 37, 45)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaign.membership import rules
from enterprises.access.visibility import VisibleQuerySet, member_q, person_q
from enterprises.history import tracked


class SearchQuerySet(VisibleQuerySet):
    """Searches."""

    def open(self):
        """Those still going on."""
        return self.filter(closed_on=None)


@tracked()
class MemberSearchCase(models.Model):
    """The search for one member out of contact, from its opening to its result (item 37).

    ``organization`` is the branch that opened it. The result changes no membership by itself: a transfer or a
    death is recorded by the member's own actions.
    """

    class Result(models.TextChoices):
        FOUND = rules.FOUND, _("found")
        PARTLY = rules.PARTLY, _("partly found")
        NOT_FOUND = rules.NOT_FOUND, _("not found")
        TRANSFERRED = rules.TRANSFERRED, _("moved away")
        DECEASED = rules.DECEASED, _("deceased")

    member = models.ForeignKey(
        "enterprises.Member", models.CASCADE, related_name="searches", verbose_name=_("member"), editable=False
    )
    organization = models.ForeignKey(
        "enterprises.Organization", models.PROTECT, related_name="member_searches", editable=False
    )
    opened_on = models.DateField(pgettext_lazy("search", "opened on"))
    known = models.CharField(_("what is known"), max_length=300, blank=True)
    result = models.CharField(_("result"), max_length=12, choices=Result.choices, blank=True)
    outcome = models.CharField(_("how it ended"), max_length=300, blank=True)
    closed_on = models.DateField(pgettext_lazy("search", "closed on"), null=True, blank=True)
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recorded_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+", editable=False)
    recorded_at = models.DateTimeField(_("recorded at"), editable=False)

    objects = SearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("search for a member")
        ordering = ["-opened_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["member"], condition=Q(closed_on=None), name="one_open_search"),
            models.CheckConstraint(
                condition=Q(closed_on=None, result="") | (Q(closed_on__isnull=False) & ~Q(result="")),
                name="search_closed_with_result",
            ),
        ]
        indexes = [models.Index(fields=["organization", "closed_on"], name="search_by_organization")]

    def __str__(self) -> str:
        return f"{self.member} · {self.opened_on}"

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    @property
    def end_to_record(self) -> bool:
        """Whether the result calls for the end of membership, which nobody has recorded yet."""
        return rules.end_to_record(self.result, self.member.is_on_roll)

    @staticmethod
    def visibility(account):
        return member_q(account, "member__")


@tracked()
class SearchStep(models.Model):
    """One attempt in a search: when, how, what came of it, and whether the member was reached (item 37)."""

    class Kind(models.TextChoices):
        VISIT = "VISIT", _("visited home")
        PHONE = "PHONE", _("by phone")
        RELATIVES = "RELATIVES", _("through relatives or workmates")
        FORMER_UNIT = "FORMER_UNIT", _("through the former unit")
        NOTICE = "NOTICE", _("by public notice")
        POLICE = "POLICE", _("through the police register")
        OTHER = "OTHER", pgettext_lazy("way of searching", "otherwise")

    case = models.ForeignKey(MemberSearchCase, models.CASCADE, related_name="steps")
    on = models.DateField(_("date"))
    kind = models.CharField(_("how"), max_length=12, choices=Kind.choices)
    text = models.CharField(_("what came of it"), max_length=300)
    reached = models.BooleanField(_("the member was reached"), default=False)
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recorded_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a search")
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.on}"

    @staticmethod
    def visibility(account):
        return member_q(account, "case__member__")


class ApplicantQuerySet(VisibleQuerySet):
    """Applicants."""

    def current(self):
        """Those still on the way."""
        return self.filter(ended="")

    def at(self, stage: str):
        """Those who stand at that stage."""
        found = self.current()
        if stage == rules.CANDIDATE:
            return found.exclude(candidate_on=None)
        if stage == rules.ACTIVIST:
            return found.filter(candidate_on=None).exclude(activist_on=None)
        return found.filter(candidate_on=None, activist_on=None)


@tracked()
class Applicant(models.Model):
    """Somebody who has applied for membership: applicant, activist, candidate for development (2.4, item 45)."""

    class Ended(models.TextChoices):
        ADMITTED = rules.ADMITTED, _("admitted")
        WITHDRAWN = rules.WITHDRAWN, pgettext_lazy("applicant", "withdrew the application")

    organization = models.ForeignKey(
        "enterprises.Organization", models.PROTECT, related_name="applicants", verbose_name=_("branch"), editable=False
    )
    name = models.CharField(pgettext_lazy("person", "name"), max_length=60)
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    applied_on = models.DateField(_("applied on"))
    activist_on = models.DateField(_("activist since"), null=True, blank=True)
    candidate_on = models.DateField(_("candidate for development since"), null=True, blank=True)
    ended = models.CharField(
        pgettext_lazy("applicant", "how it ended"), max_length=10, choices=Ended.choices, blank=True
    )
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    member = models.OneToOneField(
        "enterprises.Member",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="application",
        verbose_name=_("member"),
    )
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recorded_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+", editable=False)
    recorded_at = models.DateTimeField(_("recorded at"), editable=False)

    objects = ApplicantQuerySet.as_manager()

    class Meta:
        verbose_name = _("applicant for membership")
        ordering = ["-applied_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended="", ended_on=None) | (~Q(ended="") & Q(ended_on__isnull=False)),
                name="applicant_ended_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(ended=rules.ADMITTED, member__isnull=False)
                | (~Q(ended=rules.ADMITTED) & Q(member__isnull=True)),
                name="admitted_applicant_is_member",
            ),
        ]
        indexes = [models.Index(fields=["organization", "applied_on"], name="applicant_by_organization")]

    def __str__(self) -> str:
        return self.name

    @property
    def stages(self) -> rules.Stages:
        """The days of the stages."""
        return rules.Stages(self.applied_on, self.activist_on, self.candidate_on, self.born_on)

    @staticmethod
    def visibility(account):
        return person_q(account, "organization__")
