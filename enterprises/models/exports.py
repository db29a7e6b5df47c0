"""Large lists on their way into a workbook: which list, how far, where the file lies."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enterprises.access.visibility import VisibleQuerySet


class ExportRun(models.Model):
    """A list that is too long to be written while somebody waits. The file is private and removed after a time.

    ``token`` comes from the form, so that the same order twice is one run. ``post`` is the acting post at the
    order: the file holds what that post saw. ``choices`` are what the person had chosen in the session.
    """

    class State(models.TextChoices):
        WAITING = "WAITING", _("waiting for a free worker")
        WRITING = "WRITING", pgettext_lazy("export", "being written")
        DONE = "DONE", pgettext_lazy("export", "written")
        CANCELLED = "CANCELLED", _("cancelled")
        FAILED = "FAILED", _("not written")
        FORGOTTEN = "FORGOTTEN", _("removed after seven days")

    UNDERWAY = (State.WAITING, State.WRITING)

    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey("Account", models.CASCADE, related_name="export_runs")
    post = models.ForeignKey("Post", models.CASCADE, related_name="+")
    address = models.TextField()
    choices = models.JSONField(default=dict)
    title = models.CharField(_("list"), max_length=200)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.WAITING)
    cancel_requested = models.BooleanField(default=False)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    file = models.FileField(upload_to="exports", max_length=200, blank=True)
    file_name = models.CharField(max_length=250, blank=True)
    created_at = models.DateTimeField(_("ordered at"), auto_now_add=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_underway(self) -> bool:
        """Whether a worker has it, or will have it."""
        return self.state in self.UNDERWAY

    @property
    def is_there(self) -> bool:
        """Whether the workbook can be taken: it is written, and its file has not been lost since."""
        return self.state == self.State.DONE and self.file.storage.exists(self.file.name)

    @staticmethod
    def visibility(account):
        """One's own, in the post in which they were ordered: the file holds what that post may see."""
        return Q(account=account.pk) & Q(post__in=[post.pk for post in account.acting_posts])
