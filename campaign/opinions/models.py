"""Opinions asked of members and the masses (items 58-60, dossier 2.12).

Nothing here says who wrote an opinion: no name, no account, no address, no device, and no time finer than the
day. Do not add such a field; `tests/opinions/test_privacy.py` reads the schema and the rows.
"""

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enterprises.access import roles
from enterprises.access.visibility import NOTHING, VisibleQuerySet, enterprise_q
from enterprises.history import tracked
from enterprises.tree import under

LONGEST = 2000  # characters of one opinion


class Channel(models.TextChoices):
    """How an opinion came in (item 58)."""

    WEB = "WEB", _("web page")
    SYMPOSIUM = "SYMPOSIUM", _("symposium")
    QUESTIONNAIRE = "QUESTIONNAIRE", _("questionnaire")
    BOX = "BOX", _("opinion box")
    VISIT = "VISIT", pgettext_lazy("channel", "visit")
    HOTLINE = "HOTLINE", _("hotline")
    EMAIL = "EMAIL", _("e-mail")
    TALK = "TALK", pgettext_lazy("channel", "talk")
    HEARD = "HEARD", _("heard by a member")


class SourceGroup(models.TextChoices):
    """Which group the author belongs to, where that was said."""

    EMPLOYEE = "EMPLOYEE", _("workers and staff")
    MEMBER = "MEMBER", _("Party members")
    USER = "USER", _("users")
    SOCIETY = "SOCIETY", _("other masses")
    LOWER_UNIT = "LOWER_UNIT", _("lower units")


def led_q(account) -> Q:
    """Opinions of organisations that are led. Of assisted units only figures are shown (2.12)."""
    q = NOTHING
    for path in account.reach.paths.get(roles.READ_RECORDS, []):
        q |= under(path, "organization__")
    return q


class OpinionPage(models.Model):
    """The public page of a participating unit, reached by its short link or QR code.

    The ``slug`` is drawn at random: it cannot be counted up to find the pages of other units.
    """

    participation = models.OneToOneField("campaign.Participation", models.CASCADE, related_name="opinion_page")
    slug = models.CharField(_("short link"), max_length=12, unique=True)
    is_open = models.BooleanField(_("takes opinions"), default=True)

    objects = VisibleQuerySet.as_manager()

    def __str__(self) -> str:
        return self.slug

    @staticmethod
    def visibility(account):
        return enterprise_q(account, "participation__unit__")


@tracked()
class OpinionItem(models.Model):
    """What several originals say, in one sentence (item 59); the number of originals is counted, not stored."""

    campaign = models.ForeignKey("campaign.Campaign", models.PROTECT, related_name="opinion_items")
    organization = models.ForeignKey("enterprises.Organization", models.PROTECT, related_name="opinion_items")
    title = models.CharField(_("opinion in one sentence"), max_length=200)
    category = models.CharField(pgettext_lazy("opinion", "category"), max_length=40)
    answer = models.TextField(_("answer"), blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    created_on = models.DateField(_("entered on"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-created_on", "-pk"]
        indexes = [models.Index(fields=["campaign", "organization"], name="opinion_item_by_place")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_answered(self) -> bool:
        return self.answered_on is not None

    @staticmethod
    def visibility(account):
        return led_q(account)


# The history of sorting is kept without what the author told: what is removed must not live on among the events.
@tracked(exclude=["text", "guess", "source_group", "reference_digest"])
class Opinion(models.Model):
    """One original: raw, then sorted into a category, then merged into an item; or removed.

    ``organization`` received it. ``guess`` is the category its author proposed, ``category`` the one a person
    confirmed; both are codes of the campaign's definition. ``reference_digest`` is a one-way digest of the
    reference number that the author took along; the number itself is nowhere.
    """

    class State(models.TextChoices):
        RAW = "RAW", _("not sorted yet")
        SORTED = "SORTED", _("sorted")
        MERGED = "MERGED", _("merged")
        REMOVED = "REMOVED", _("not for this system")

    campaign = models.ForeignKey("campaign.Campaign", models.PROTECT, related_name="opinions")
    organization = models.ForeignKey("enterprises.Organization", models.PROTECT, related_name="opinions")
    channel = models.CharField(_("channel"), max_length=14, choices=Channel)
    source_group = models.CharField(_("source group"), max_length=10, choices=SourceGroup, blank=True)
    text = models.TextField(_("opinion"), max_length=LONGEST, blank=True)
    received_on = models.DateField(_("received on"))
    guess = models.CharField(_("author's category"), max_length=40, blank=True)
    category = models.CharField(pgettext_lazy("opinion", "category"), max_length=40, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.RAW)
    sorted_on = models.DateField(_("sorted on"), null=True, blank=True)
    item = models.ForeignKey(
        OpinionItem, models.PROTECT, null=True, blank=True, related_name="opinions", verbose_name=_("opinion item")
    )
    reference_digest = models.CharField(max_length=64, unique=True, editable=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-received_on", "-pk"]
        indexes = [
            models.Index(fields=["campaign", "organization", "state"], name="opinion_by_place"),
            models.Index(fields=["-received_on", "-id"], name="opinion_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="RAW", sorted_on=None) | ~Q(state="RAW") & Q(sorted_on__isnull=False),
                name="opinion_sorted_has_day",
            ),
            models.CheckConstraint(
                condition=Q(state="MERGED", item__isnull=False) | ~Q(state="MERGED") & Q(item=None),
                name="opinion_merged_has_item",
            ),
            models.CheckConstraint(condition=~Q(state="REMOVED") | Q(text=""), name="opinion_removed_has_no_text"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        return self.state == self.State.RAW

    @property
    def standing(self) -> str | Promise:
        """The state in words, the answer of its item included (item 59: handled)."""
        if self.state == self.State.MERGED and self.item and self.item.is_answered:
            return _("answered")
        return self.State(self.state).label

    @staticmethod
    def visibility(account):
        return led_q(account)
