"""Personal one-time keys by which a member reaches the own page without a password (items 61, 66)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enterprises.access.visibility import VisibleQuerySet, member_key_q
from enterprises.history import tracked


@tracked(exclude=["secret_hash"])
class MemberKey(models.Model):
    """A printed code or link that opens a member's own page once. The code itself is never stored.

    ``selector`` is the half of the code that finds the row, ``secret_hash`` a keyed hash of the other half.
    A key is good until it is used, expires, or is revoked by the next one.
    """

    member = models.ForeignKey("Member", models.CASCADE, related_name="keys", verbose_name=_("member"))
    organization = models.ForeignKey("Organization", models.PROTECT, related_name="+", verbose_name=_("branch"))
    selector = models.CharField(max_length=6, unique=True, editable=False)
    secret_hash = models.CharField(max_length=64, editable=False)
    submission = models.UUIDField(default=uuid.uuid4, editable=False)
    issued_by = models.ForeignKey("Account", models.PROTECT, null=True, related_name="+", verbose_name=_("issued by"))
    issued_at = models.DateTimeField(_("issued at"))
    expires_at = models.DateTimeField(_("expires at"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "member"], name="member_key_once"),
            models.UniqueConstraint(
                fields=["member"], condition=Q(used_at=None, revoked_at=None), name="one_open_key_a_member"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.issued_at:%Y-%m-%d}"

    @staticmethod
    def visibility(account):
        return member_key_q(account)
