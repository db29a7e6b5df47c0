"""Keeping progress in step with the records: the one function the rooms above call, and what the hooks call."""

from collections.abc import Callable, Collection, Iterable

from django.db import transaction

from campaign.plan.models import Campaign
from campaign.progress import assess as assessing
from campaign.progress import fold as folding
from campaign.progress.due import due_dates
from campaign.progress.models import Dirty, FoldState
from campaign.progress.running import running
from campaign.progress.tally import tally_branches
from enterprises import clock
from enterprises.models import Exemption, Organization

Matches = Callable[[dict], bool]
MANY = 1_000  # organizations whose new statuses the planner has to be told of


def assess(
    organization_ids: Iterable[int],
    campaign_id: int | None = None,
    evidence: Collection[str] | None = None,
    matches: Matches | None = None,
) -> int:
    """Bring the step statuses of these organisations in line with their records, in the caller's transaction.

    ``campaign_id`` limits it to one campaign, ``evidence`` to kinds of evidence, ``matches`` to obligations
    whose evidence satisfies it. Returns how many statuses changed.
    """
    ids = sorted(set(organization_ids))
    if not ids:
        return 0
    assessing.lock(ids)

    def wanted(item: dict) -> bool:
        return (evidence is None or item["kind"] in evidence) and (matches is None or matches(item))

    return sum(assessing.evaluate_all(campaign, ids, wanted) for campaign in running(campaign_id))


def _build(
    campaign: Campaign, organization_ids: list[int] | None, unit_ids: list[int] | None, mark: bool = True
) -> int:
    return assessing.build(campaign.steps.all(), due_dates(campaign, unit_ids), organization_ids, mark)


def _drop(campaign: Campaign, organization_ids: list[int] | None, mark: bool = True) -> int:
    units = campaign.participations.order_by().values_list("unit", flat=True)
    return assessing.drop(campaign.steps.all(), organization_ids, units, mark)


def build_campaign(campaign: Campaign) -> int:
    """Give every organisation of a campaign its statuses; the next fold sums everything up. Returns how many."""
    changed = _build_everything([campaign])
    _mark([folding.EVERYTHING])
    return changed


def _build_units(campaign: Campaign, unit_ids: list[int]) -> None:
    """Give every organisation of these units its statuses."""
    ids = list(Organization.objects.filter(enterprise__in=unit_ids).order_by().values_list("pk", flat=True))
    _build(campaign, ids, unit_ids)
    assessing.evaluate_all(campaign, ids)
    _drop(campaign, ids)


def _build_everything(campaigns: Iterable[Campaign]) -> int:
    """Give every organisation its statuses, without a dirty row for each. Returns how many changed."""
    assessing.work_in_bulk()
    found = list(campaigns)
    changed = sum(_build(campaign, None, None, mark=False) for campaign in found)
    assessing.refresh_statistics()
    for campaign in found:
        changed += assessing.evaluate_all(campaign, None, mark=False) + _drop(campaign, None, mark=False)
    return changed


def _mark(paths: Iterable[str]) -> None:
    now = clock.now()
    Dirty.objects.bulk_create([Dirty(path=path, at=now) for path in set(paths)])


def tree_changed(organization_ids: Iterable[int], before: Iterable[str] = ()) -> None:
    """Organisations were founded, moved, merged or closed, or came to another unit.

    ``before`` holds the paths they had: both the old and the new chains are recomputed.
    """
    ids = sorted(set(organization_ids))
    assessing.lock(ids)
    many = len(ids) > MANY
    units = set(Organization.objects.filter(pk__in=ids).exclude(enterprise=None).values_list("enterprise", flat=True))
    for campaign in running():
        _build(campaign, ids, list(units))
        if many:
            assessing.refresh_statistics()
        assessing.evaluate_all(campaign, ids)
        _drop(campaign, ids)
    tally_branches(ids)
    paths = Organization.objects.filter(pk__in=ids).order_by().values_list("path", flat=True)
    _mark([*before, *paths, folding.EVERY_GROUP])


def membership_changed(organization_ids: Iterable[int]) -> None:
    """Members of these branches came, went or changed: their counts, and the steps that members owe."""
    ids = sorted(set(organization_ids))
    assessing.lock(ids)
    tally_branches(ids)
    for campaign in running():
        assessing.evaluate_all(campaign, ids)


def schedule_changed(campaign_id: int, unit_ids: Iterable[int] | None = None) -> None:
    """A campaign was launched, or units got other dates, another condition, or guidance of their own."""
    campaign = Campaign.objects.select_related("definition").get(pk=campaign_id)
    if campaign.state != Campaign.State.RUNNING:
        return
    if unit_ids is None:
        build_campaign(campaign)
        return
    units = list(unit_ids)
    theirs = Organization.objects.filter(enterprise__in=units).order_by("pk")
    # A meeting that is just being recorded was assessed by what held before.
    assessing.lock(list(theirs.values_list("pk", flat=True)))
    _build_units(campaign, units)


def _follow_days() -> None:
    """Exemptions begin and end with a day: look again at the branches concerned since the last fold."""
    today = clock.today()
    state, created = FoldState.objects.select_for_update().get_or_create(
        pk=1, defaults={"folded_at": clock.now(), "day": today}
    )
    if not created and state.day < today:
        window = {"gt": state.day, "lte": today}
        began = Exemption.objects.filter(**{f"since__{k}": v for k, v in window.items()})
        ended = Exemption.objects.filter(until__gte=state.day, until__lt=today)
        membership_changed((began | ended).values_list("member__branch", flat=True).distinct())
    FoldState.objects.filter(pk=1).update(folded_at=clock.now(), day=today)


@transaction.atomic
def fold(wait: bool = True) -> int:
    """Bring the summaries up to date. Returns the nodes recomputed, or -1 when another fold is at work."""
    if not folding.take_lock(wait):
        return -1
    _follow_days()
    return folding.fold_dirty()


@transaction.atomic
def recount() -> dict[str, int]:
    """Recompute everything from the records. Returns the number of rows that had been wrong, by kind."""
    folding.take_lock()
    statuses = _build_everything(running())
    tallies = tally_branches(None)
    return {"statuses": statuses, "tallies": tallies, "summaries": folding.fold_everything()}


def recount_check() -> dict[str, int]:
    """What ``recount`` would mend, without mending it. Folds pending changes first."""
    fold()
    with transaction.atomic():
        found = recount()
        transaction.set_rollback(True)
    return found
