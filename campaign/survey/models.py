"""Satisfaction surveys (items 74-75, dossier 2.8) and the box of ballots, apart from the codes (2.12).

`SurveyCode` and `Ballot` are not audited and know no person, no address and no time of day: an audit row would
be written at the moment of the vote and join the two (docs/decisions/0070).
"""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enterprises.access.visibility import NOTHING, VisibleQuerySet, record_q
from enterprises.history import tracked


class Respondents(models.TextChoices):
    """The groups that are asked, always kept apart (item 75). Members are shown beside; they are not the masses."""

    EMPLOYEES = "employees", _("workers and staff")
    USERS = "users", _("users")
    SOCIETY = "society", _("society")
    MEMBERS = "members", _("Party members")


MASSES = (Respondents.EMPLOYEES, Respondents.USERS, Respondents.SOCIETY)


@tracked(exclude=["result", "form"])
class SatisfactionSurvey(models.Model):
    """A survey of one organisation, held by the organisation directly above it.

    ``form`` is the definition's scale, items and thresholds as they stood at opening. ``result`` is computed at
    closing and never again; cells too small to be shown are not in it. ``is_valid``: one group of the masses at
    least was measured.
    """

    class State(models.TextChoices):
        PREPARED = "PREPARED", pgettext_lazy("survey", "prepared")
        OPEN = "OPEN", pgettext_lazy("survey", "open")
        CLOSED = "CLOSED", pgettext_lazy("survey", "closed")

    campaign = models.ForeignKey(
        "campaign.Campaign", models.PROTECT, related_name="surveys", verbose_name=_("campaign")
    )
    organization = models.ForeignKey(
        "enterprises.Organization", models.PROTECT, related_name="surveys", verbose_name=_("surveyed organization")
    )
    organizer = models.ForeignKey(
        "enterprises.Organization", models.PROTECT, related_name="surveys_organized", verbose_name=_("organizer")
    )
    respondents = models.JSONField(_("respondent groups"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    reported_on = models.DateField(_("unit reported on"), null=True, blank=True)
    report_gist = models.TextField(_("gist of the report"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PREPARED)
    form = models.JSONField(_("form"), null=True, editable=False)
    opened_on = models.DateField(_("opened on"), null=True, editable=False)
    closed_on = models.DateField(pgettext_lazy("survey", "closed on"), null=True, editable=False)
    result = models.JSONField(_("result"), null=True, editable=False)
    is_valid = models.BooleanField(_("valid result"), default=False, editable=False)
    make_up_required = models.BooleanField(_("make-up required"), default=False, editable=False)
    earlier = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="later", verbose_name=_("earlier survey")
    )
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+", editable=False)
    created_at = models.DateTimeField(editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("satisfaction survey")
        verbose_name_plural = _("satisfaction surveys")
        ordering = ["-starts_on", "-id"]
        indexes = [models.Index(fields=["organization", "campaign"], name="survey_as_evidence")]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "organization"], condition=~Q(state="CLOSED"), name="one_survey_at_a_time"
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="survey_ends_after_start"),
            models.CheckConstraint(
                condition=Q(state="CLOSED", closed_on__isnull=False) | (~Q(state="CLOSED") & Q(closed_on=None)),
                name="survey_closed_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organization)

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    @property
    def groups(self) -> list[Respondents]:
        """The respondent groups in their fixed order."""
        return [group for group in Respondents if group.value in self.respondents]

    def names_of_respondents(self) -> dict[str, Any]:
        """How the groups are called."""
        return dict(Respondents.choices)

    @staticmethod
    def visibility(account):
        return record_q(account)


class _OfOrganizer(models.Model):
    """What only the organizer sees while the survey is running."""

    objects = VisibleQuerySet.as_manager()

    class Meta:
        abstract = True

    @staticmethod
    def visibility(account):
        return record_q(account, "survey__organizer__")


class CodeIssue(_OfOrganizer):
    """So many codes were printed for one group, by whom and when; the codes themselves are kept nowhere."""

    survey = models.ForeignKey(SatisfactionSurvey, models.CASCADE, related_name="issues")
    respondents = models.CharField(_("respondent group"), max_length=10, choices=Respondents)
    count = models.PositiveSmallIntegerField(_("number of codes"))
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    issued_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField()

    class Meta:
        ordering = ["issued_at", "id"]


@tracked()
class PaperCount(_OfOrganizer):
    """Paper ballots of one group, counted by the organizer: ``answers`` is item -> option -> number.

    Returned but not valid are the invalid ones. An item left blank on a valid ballot has fewer answers.
    """

    survey = models.ForeignKey(SatisfactionSurvey, models.CASCADE, related_name="papers")
    respondents = models.CharField(_("respondent group"), max_length=10, choices=Respondents)
    issued = models.PositiveIntegerField(_("issued"))
    returned = models.PositiveIntegerField(_("returned"))
    valid = models.PositiveIntegerField(_("valid"))
    answers = models.JSONField(_("answers"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "respondents"], name="paper_count_once")]


class SurveyCode(models.Model):
    """A one-time code, as a keyed hash: whether it was used, never when, by whom or for which ballot."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(SatisfactionSurvey, models.CASCADE, related_name="codes")
    respondents = models.CharField(max_length=10, choices=Respondents)
    digest = models.BinaryField(max_length=32, unique=True)
    used = models.BooleanField(default=False)

    objects = VisibleQuerySet.as_manager()

    @staticmethod
    def visibility(account):
        return NOTHING


class Ballot(models.Model):
    """A ballot: ``answers`` is item -> option. Its only time is the day; its key is random and changes at closing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(SatisfactionSurvey, models.CASCADE, related_name="ballots")
    respondents = models.CharField(max_length=10, choices=Respondents)
    answers = models.JSONField()
    remark = models.TextField(blank=True)
    voted_on = models.DateField()

    objects = VisibleQuerySet.as_manager()

    @staticmethod
    def visibility(account):
        """Once the survey is closed, the organizer; before, nobody."""
        return Q(survey__state="CLOSED") & record_q(account, "survey__organizer__")


class GroupResult(models.Model):
    """The overall figures of one group, written at closing for lists and sums.

    A count that may not be shown is NULL, and so are the three of a group that is too small to be measured.
    """

    survey = models.ForeignKey(SatisfactionSurvey, models.CASCADE, related_name="group_results")
    respondents = models.CharField(_("respondent group"), max_length=10, choices=Respondents)
    issued = models.PositiveIntegerField(_("issued"))
    returned = models.PositiveIntegerField(_("returned"))
    valid = models.PositiveIntegerField(_("valid"))
    base = models.PositiveIntegerField(_("valid answers"))
    satisfied = models.PositiveIntegerField(_("satisfied"), null=True)
    satisfied_or_basically = models.PositiveIntegerField(_("satisfied or basically satisfied"), null=True)
    dissatisfied = models.PositiveIntegerField(_("dissatisfied"), null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "respondents"], name="group_result_once")]

    @staticmethod
    def visibility(account):
        return record_q(account, "survey__organization__")
