"""The whole country at once: the national figure, heads of enterprises, and what each enterprise assists."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from campaign.plan.models import Campaign, Step
from campaign.progress.models import MemberTally
from campaign.progress.queries import Figures, _add_status, _add_summary, _blank, _members, rolls, statuses, summaries
from enterprises.models import Organization


@dataclass
class Country:
    """``national``: every participating unit once. ``led``: by organisation, each with its subtree.
    ``assisted``: by top enterprise, what it owns but does not lead (item 8), part of no ``led`` figure.
    """

    national: Figures
    led: dict[int, Figures] = field(default_factory=dict)
    assisted: dict[int, Figures] = field(default_factory=dict)

    @property
    def everything(self) -> list[Figures]:
        return [self.national, *self.led.values(), *self.assisted.values()]

    def of(self, row) -> Figures:
        """The figures that a summary row belongs to."""
        if row.organization_id:
            return self.led[row.organization_id]
        return self.assisted[row.enterprise_id] if row.enterprise_id else self.national


def country(
    heads: Sequence[Organization],
    enterprises: Sequence[int],
    campaign: Campaign | None,
    steps: list[Step],
    today: date,
) -> Country:
    """The figures of the country in three queries, however many heads there are.

    ``heads``: leading organisations; that of a small unit may be a branch. ``enterprises``: ids of top enterprises.
    """
    ids = [head.pk for head in heads]
    found = Country(_blank(steps), {pk: _blank(steps) for pk in ids}, {pk: _blank(steps) for pk in enterprises})
    nodes = Q(organization__in=ids) | Q(organization=None, enterprise__in=list(enterprises))
    nodes |= Q(organization=None, enterprise=None)
    branches = {head.pk for head in heads if head.is_branch}
    for tally in MemberTally.objects.filter(nodes & Q(campaign=campaign) | rolls(sorted(branches), campaign)):
        found.of(tally).members = _members(tally)
    wanted = [step.pk for step in steps]
    by_step = {id(part): {f.step.pk: f for f in part.steps} for part in found.everything}
    for row in summaries(nodes, wanted):
        _add_summary(by_step[id(found.of(row))][row.step_id], row, today)
    for status in statuses(ids, wanted):
        own = found.led[status.organization_id]
        own.own[status.step_id] = status
        if status.organization_id in branches:
            _add_status(by_step[id(own)][status.step_id], status, today)
    return found
