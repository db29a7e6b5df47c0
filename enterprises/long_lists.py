"""Lists that a large reach makes long: counted no further than anybody reads, sorted only where an index helps."""

from dataclasses import replace
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from enterprises import panels
from enterprises.access import roles
from enterprises.listing import Column, ListView
from enterprises.models import Account, Organization

LARGE = 50_000  # members in sight from which a list is neither counted to the end nor sorted by any column
COUNTED = 30_000


def members_in_sight(account: Account) -> int:
    """How many members the acting post reaches, by the summaries; 0 where there are none."""
    paths = account.reach.paths.get(roles.READ_MEMBERS, [])
    tops = Organization.objects.visible_to(account).filter(path__in=paths)
    return sum(c.members for c in panels.counts_of(tops.values_list("pk", flat=True)).values())


def sees_very_many(account: Account) -> bool:
    """Whether the acting post reaches so many that nothing is looked for among all of them."""
    return members_in_sight(account) >= LARGE


class LongList(ListView):
    """A list about members or what they took part in. ``sorted_when_long``: columns that are sorted in any reach."""

    sorted_when_long: tuple[str, ...] = ()

    @cached_property
    def in_sight(self) -> int:
        """As of the acting post."""
        return members_in_sight(self.request.user)

    @property
    def is_long(self) -> bool:
        """Whether the reach is large."""
        return self.in_sight >= LARGE

    def get_columns(self) -> list[Column]:
        """All columns; in a large reach most of them cannot be sorted by."""
        columns = super().get_columns()
        if not self.is_long:
            return columns
        return [c if c.name in self.sorted_when_long else replace(c, sort=()) for c in columns]

    def count(self, queryset: QuerySet) -> int:
        """Exact, except in a large reach: there no more than ``COUNTED``."""
        return queryset.order_by()[:COUNTED].count() if self.is_long else super().count(queryset)

    def count_words(self, count: int) -> Any:
        if self.is_long and count == COUNTED:
            return _("or more; narrow the search to see how many")
        return super().count_words(count)
