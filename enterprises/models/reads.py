"""Who has read which restricted record, and when (dossier 2.12)."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enterprises.access.visibility import VisibleQuerySet, audit_q


class RestrictedRead(models.Model):
    """Somebody was shown the text of a restricted record. Written at each showing, never changed or deleted.

    ``model`` and ``object_id`` name the record without a foreign key; ``organization`` is the one it belongs to.
    Nothing of the text is here.
    """

    account = models.ForeignKey(
        "Account", models.PROTECT, related_name="+", db_index=False, verbose_name=pgettext_lazy("reader", "account")
    )
    model = models.CharField(pgettext_lazy("restricted", "record"), max_length=40)
    object_id = models.BigIntegerField(_("number of the record"))
    organization = models.ForeignKey(
        "Organization", models.PROTECT, related_name="+", db_index=False, verbose_name=_("organization")
    )
    at = models.DateTimeField(_("read at"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["-at"], name="read_by_time"),
            models.Index(fields=["model", "object_id"], name="read_by_record"),
            models.Index(fields=["account", "-at"], name="read_by_account"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.account} · {self.model} {self.object_id} · {self.at}"

    @staticmethod
    def visibility(account):
        return audit_q(account)
