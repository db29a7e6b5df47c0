"""How the masses take part: representatives at meetings, and comments on the public notice page (item 103).

A comment carries no name, no account, no address and no time finer than the day, like an opinion.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enterprises.access.visibility import VisibleQuerySet, record_q
from enterprises.history import tracked

LONGEST = 1000  # characters of one comment


@tracked()
class Representatives(models.Model):
    """How many of the masses took part in one meeting, how they were chosen, and how many spoke. No names."""

    class Chosen(models.TextChoices):
        ELECTED = "ELECTED", _("elected by their colleagues")
        UNION = "UNION", _("named by trade union, youth league or women's federation")
        WORKSHOP = "WORKSHOP", _("recommended by teams and workshops")
        INVITED = "INVITED", _("invited by the organization")
        OWN_WISH = "OWN_WISH", _("came of their own wish")

    meeting = models.OneToOneField("campaign.Meeting", models.CASCADE, related_name="representatives")
    number = models.PositiveSmallIntegerField(_("how many took part"))
    chosen = models.CharField(_("how they were chosen"), max_length=8, choices=Chosen.choices)
    spoke = models.PositiveSmallIntegerField(_("how many of them spoke"), default=0)
    recorded_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("representatives of the masses")
        verbose_name_plural = _("representatives of the masses")
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1, spoke__lte=F("number")), name="representatives_add_up")
        ]

    def __str__(self) -> str:
        return str(self.meeting)

    @staticmethod
    def visibility(account):
        return record_q(account, "meeting__organization__")


class PublicComment(models.Model):
    """One comment on an organization's public notice page: it waits until the organization has decided.

    Published it stands under the notice. What was declined or handed over to the opinions keeps no words here.
    ``submission_digest`` is a one-way digest of the number of the form: sent twice, it is one comment.
    """

    class State(models.TextChoices):
        WAITING = "WAITING", _("waits for a decision")
        PUBLISHED = "PUBLISHED", pgettext_lazy("comment", "published")
        DECLINED = "DECLINED", _("declined")
        HANDED_OVER = "HANDED_OVER", _("handed over to the opinions")

    class Reason(models.TextChoices):
        PERSON = "PERSON", _("names or accuses a person: discipline inspection is responsible")
        ABUSE = "ABUSE", _("insult or advertisement")
        ELSEWHERE = "ELSEWHERE", _("has nothing to do with the notice")
        TWICE = "TWICE", _("stands there already")

    campaign = models.ForeignKey("campaign.Campaign", models.PROTECT, related_name="+")
    organization = models.ForeignKey("enterprises.Organization", models.PROTECT, related_name="public_comments")
    text = models.TextField(_("comment"), max_length=LONGEST, blank=True)
    received_on = models.DateField(_("received on"))
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.WAITING)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey("enterprises.Account", models.PROTECT, null=True, related_name="+")
    submission_digest = models.CharField(max_length=64, unique=True, editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("public comment")
        ordering = ["-received_on", "-pk"]
        indexes = [models.Index(fields=["organization", "state"], name="comment_by_place")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["WAITING", "PUBLISHED"]) & ~Q(text="")
                | Q(state__in=["DECLINED", "HANDED_OVER"], text=""),
                name="comment_words_while_they_count",
            ),
            models.CheckConstraint(
                condition=Q(state="DECLINED") & ~Q(reason="") | ~Q(state="DECLINED") & Q(reason=""),
                name="comment_declined_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.received_on:%Y-%m-%d}"

    @staticmethod
    def visibility(account):
        return record_q(account)
