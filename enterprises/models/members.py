"""Members, the history of their memberships, and approved exemptions (dossier 2.4, items 30, 31, 37)."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enterprises.access.visibility import VisibleQuerySet, member_q
from enterprises.history import tracked


class Bigrams(Func):
    """Overlapping pairs of characters of a name; the search index of Chinese names."""

    function = "xf_bigrams"
    output_field = ArrayField(models.TextField())


class MemberQuerySet(VisibleQuerySet):
    """Members."""

    def on_roll(self):
        """Members that belong to a branch today: neither gone nor dead."""
        return self.filter(status__in=Member.ON_ROLL)

    def search(self, text: str):
        """Those whose code begins with, or whose name contains, ``text``.

        The pairs stand beside the other conditions, not in a subquery: the planner knows how frequent each
        pair is, and a name written in Chinese is never looked for among the codes.
        """
        text = text.strip()
        if len(text) < 2:
            return self.filter(Q(name__startswith=text) | Q(code__startswith=text))
        pairs = [text[i : i + 2] for i in range(len(text) - 1)]
        found = Q(g__contains=pairs, name__contains=text)
        if text.isascii():
            found |= Q(code__startswith=text)
        return self.alias(g=Bigrams("name")).filter(found)


@tracked()
class Member(models.Model):
    """A Party member. Ethnic group, religion, ID number and health are not collected (dossier 2.12)."""

    class Kind(models.TextChoices):
        FULL = "FULL", _("full member")
        PROBATIONARY = "PROBATIONARY", _("probationary member")

    class Category(models.TextChoices):
        """By post and employment (item 30)."""

        LEADER = "LEADER", _("leading cadre")
        HQ_STAFF = "HQ_STAFF", _("headquarters staff")
        FRONT_LINE = "FRONT_LINE", _("front-line")
        TECHNICAL = "TECHNICAL", _("technical and management")
        RETIRED = "RETIRED", _("retired")
        LAID_OFF = "LAID_OFF", _("laid-off or unemployed")
        MOBILE = "MOBILE", _("mobile member")

    class Contact(models.TextChoices):
        NORMAL = "NORMAL", _("in contact")
        LOST = "LOST", _("out of contact")
        SEARCHING = "SEARCHING", _("being sought")

    class Status(models.TextChoices):
        """Where membership stands (dossier 2.4). Set by decisions recorded elsewhere, never by a rule."""

        ACTIVE = "ACTIVE", _("on the roll")
        SUSPENDED = "SUSPENDED", _("membership suspended")
        TRANSFERRED = "TRANSFERRED", _("transferred out")
        CANCELLED = "CANCELLED", _("probation cancelled")
        WITHDRAWN = "WITHDRAWN", _("withdrew")
        ADVISED = "ADVISED", _("advised to withdraw")
        REMOVED = "REMOVED", _("removed from the rolls")
        EXPELLED = "EXPELLED", _("expelled")
        DECEASED = "DECEASED", _("deceased")

    ON_ROLL = (Status.ACTIVE,)
    OUT_OF_CONTACT = (Contact.LOST, Contact.SEARCHING)

    code = models.CharField(_("member code"), max_length=40, unique=True)
    name = models.CharField(pgettext_lazy("person", "name"), max_length=60)
    name_key = models.CharField(max_length=120, blank=True, editable=False, db_collation="C")
    gender = models.CharField(
        _("gender"),
        max_length=1,
        default="0",
        choices=[("0", _("unknown")), ("1", _("male")), ("2", _("female")), ("9", _("not stated"))],
    )
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    education = models.CharField(_("education"), max_length=2, blank=True, help_text="GB/T 4658-2006")
    admitted_on = models.DateField(_("admitted on"), null=True, blank=True)
    full_on = models.DateField(_("full member since"), null=True, blank=True)
    kind = models.CharField(_("type"), max_length=12, choices=Kind.choices)
    category = models.CharField(_("category"), max_length=12, choices=Category.choices)
    branch = models.ForeignKey(
        "Organization", models.PROTECT, related_name="members", verbose_name=_("branch"), db_index=False
    )
    party_group = models.ForeignKey(
        "PartyGroup",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=_("Party group"),
    )
    study_branch = models.ForeignKey(
        "Organization",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="study_members",
        verbose_name=_("takes part in study at"),
    )
    contact = models.CharField(_("contact"), max_length=12, choices=Contact.choices, default=Contact.NORMAL)
    last_contact_on = models.DateField(_("last contact on"), null=True, blank=True)
    status = models.CharField(_("membership"), max_length=12, choices=Status.choices, default=Status.ACTIVE)
    without_vote_until = models.DateField(_("without vote until"), null=True, blank=True)
    phone = models.CharField(_("mobile phone"), max_length=20, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["name_key", "code"]
        indexes = [
            models.Index(fields=["branch", "status", "contact"], name="member_roll"),
            GinIndex(Bigrams(F("name")), name="member_name_bigrams"),
            models.Index(fields=["name"], opclasses=["text_pattern_ops"], name="member_name_prefix"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_on_roll(self) -> bool:
        return self.status in self.ON_ROLL

    @staticmethod
    def visibility(account):
        return member_q(account)


@tracked()
class Membership(models.Model):
    """Which branch a member belonged to, from when to when. ``since`` empty: before our records."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="memberships", db_index=False)
    organization = models.ForeignKey("Organization", models.PROTECT, related_name="memberships", db_index=False)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["member", F("since").asc(nulls_first=True)]
        constraints = [
            models.UniqueConstraint(fields=["member"], condition=Q(until=None), name="one_open_membership"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")), name="membership_in_order"
            ),
        ]
        indexes = [
            models.Index(fields=["member", "organization"], name="membership_by_member"),
            models.Index(fields=["organization", "until"], name="membership_by_organization"),
        ]

    @staticmethod
    def visibility(account):
        return member_q(account, "member__")


@tracked()
class Exemption(models.Model):
    """An approved leave from taking part (经批准不参加). Only the approval is stored, never the ground."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="exemptions")
    approved_by = models.ForeignKey("Organization", models.PROTECT, related_name="+")
    approved_on = models.DateField(_("approved on"))
    since = models.DateField(_("valid from"))
    until = models.DateField(_("valid until"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-id"]

    @staticmethod
    def visibility(account):
        return member_q(account, "member__")
