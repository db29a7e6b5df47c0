"""Runs of roster imports from the page: what was uploaded, what it would change, what became of it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enterprises.access.visibility import VisibleQuerySet


class ImportRun(models.Model):
    """One upload on its way: read, looked at, applied. The file is private and removed after a time.

    ``token`` comes from the form, so that the same submission twice is one run. ``post`` is the acting
    post at the upload: the run sees what that post sees.
    """

    class State(models.TextChoices):
        WAITING = "WAITING", _("waiting to be read")
        READING = "READING", _("being read")
        READY = "READY", _("read")
        ORDERED = "ORDERED", _("waiting to be written")
        APPLYING = "APPLYING", _("being written")
        DONE = "DONE", _("written")
        CANCELLED = "CANCELLED", _("cancelled")
        FAILED = "FAILED", _("not readable")

    UNDERWAY = (State.WAITING, State.READING, State.ORDERED, State.APPLYING)

    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey("Account", models.CASCADE, related_name="import_runs")
    post = models.ForeignKey("Post", models.SET_NULL, null=True, related_name="+")
    file = models.FileField(upload_to="rosters", max_length=200, blank=True)
    file_name = models.CharField(_("file"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, blank=True)
    effective = models.DateField(_("in force from"))
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.WAITING)
    skip_errors = models.BooleanField(default=False)
    cancel_requested = models.BooleanField(default=False)
    message = models.TextField(blank=True)
    report = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_underway(self) -> bool:
        """Whether a worker has it, or will have it."""
        return self.state in self.UNDERWAY

    @staticmethod
    def visibility(account):
        """One's own runs only: an upload shows members of its sender's reach."""
        return Q(account=account.pk)
