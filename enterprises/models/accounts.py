"""Accounts and posts: who signs in, and as what (design section 4)."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from enterprises import clock
from enterprises.access.reach import Reach
from enterprises.access.roles import ROLE_CHOICES, ROLES, Role
from enterprises.access.visibility import VisibleQuerySet, account_q, post_q
from enterprises.history import tracked


class AccountManager(BaseUserManager.from_queryset(VisibleQuerySet)):
    """Accounts."""

    def create_user(self, username: str, password: str | None = None, **fields) -> "Account":
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username):
        return self.get(username=username)


@tracked(exclude=["password", "last_login"])
class Account(AbstractBaseUser):
    """A sign-in. What it may see and do comes from its posts, one of which is the acting one."""

    username = models.CharField(_("account"), max_length=60, unique=True)
    display_name = models.CharField(_("name"), max_length=60, blank=True)
    member = models.OneToOneField(
        "Member", models.SET_NULL, null=True, blank=True, related_name="account", verbose_name=_("member")
    )
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    is_active = models.BooleanField(_("active"), default=True)
    must_change_password = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AccountManager()
    USERNAME_FIELD = "username"

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.display_name or self.username

    @staticmethod
    def visibility(account):
        return account_q(account)

    @cached_property
    def posts_in_force(self) -> "list[Post]":
        """The posts held today, own and through the member, that carry a role with permissions."""
        mine = Q(account=self)
        if self.member_id:
            mine |= Q(member=self.member_id)
        held = Post.objects.filter(mine).in_force(clock.today()).order_by("id")
        return [post for post in held if ROLES[post.role].permissions]

    acting_post: "Post | None" = None

    @property
    def acting_posts(self) -> "list[Post]":
        """The posts that count now: the chosen one, or all where nobody has chosen (tasks, commands)."""
        return [self.acting_post] if self.acting_post else self.posts_in_force

    def act_as(self, post: "Post | None") -> None:
        """Choose the acting post. Forgets what was worked out for another one."""
        self.acting_post = post
        self.__dict__.pop("reach", None)

    @cached_property
    def reach(self) -> Reach:
        """What the acting posts reach (see ``enterprises.access.reach``)."""
        return Reach.of(self)


class PostQuerySet(VisibleQuerySet):
    """Posts."""

    def in_force(self, on):
        return self.filter(Q(since=None) | Q(since__lte=on), Q(until=None) | Q(until__gte=on))


@tracked()
class Post(models.Model):
    """A role at an organisation, enterprise, Party group or supervision group, from one day to another.

    Held by a member (a secretary without sign-in is still the secretary), an account, or both.
    ``scope_id`` carries no foreign key: every app registers the scopes it brings.
    """

    class Scope(models.TextChoices):
        ORGANIZATION = "organization", _("organization")
        ENTERPRISE = "enterprise", _("enterprise")
        PARTY_GROUP = "party_group", _("Party group")
        SUPERVISION_GROUP = "supervision_group", _("supervision group")

    member = models.ForeignKey("Member", models.CASCADE, null=True, blank=True, related_name="posts")
    account = models.ForeignKey(Account, models.CASCADE, null=True, blank=True, related_name="posts")
    role = models.CharField(_("role"), max_length=30, choices=ROLE_CHOICES)
    title = models.CharField(_("title"), max_length=60, blank=True)
    scope_kind = models.CharField(max_length=20, choices=Scope.choices, default=Scope.ORGANIZATION)
    scope_id = models.BigIntegerField()
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["scope_kind", "scope_id", "role", "id"]
        indexes = [models.Index(fields=["scope_kind", "scope_id", "role"], name="post_by_scope")]
        constraints = [
            models.CheckConstraint(condition=~Q(member=None, account=None), name="post_has_a_holder"),
        ]

    def __str__(self) -> str:
        return str(self.get_role_display())

    @property
    def definition(self) -> Role:
        """The described role class."""
        return ROLES[self.role]

    @staticmethod
    def visibility(account):
        return post_q(account)
