"""The mark of made-up data."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DemoNotice(models.Model):
    """One row where the database holds made-up data: every page then says 示例数据.

    ``kind`` is the command that wrote it, ``seed`` from what it was grown, ``day`` the day it was made for.
    """

    class Kind(models.TextChoices):
        DEMO = "demo", _("demo")
        MEASURING = "measuring", _("data for measuring")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    seed = models.IntegerField()
    day = models.DateField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_demo_notice")]

    def __str__(self) -> str:
        return str(self.get_kind_display())
