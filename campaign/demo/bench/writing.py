"""Writers: meetings saved by eight at once beside the bare rows, and how soon a change stands at the root.

Only on a database that ``make_campaign`` filled: what is written here stays.
"""

import multiprocessing
import time
from collections.abc import Callable
from datetime import time as clock_time
from uuid import uuid4

from django.db import connection, connections, transaction

from campaign.demo.bench.figures import Figure, Findings, bare, percentile, seconds
from campaign.meetings import actions
from campaign.meetings.models import Absence, Meeting
from campaign.meetings.record import Record
from campaign.plan.models import Campaign
from campaign.progress import actions as progress
from enterprises import clock
from enterprises.models import Organization

WRITERS = 8
EACH = 40  # meetings of one writer
SHARE, SAVE_MS, VISIBLE_S = 70, 60, 2.0
FOLD_EVERY = 1.0  # seconds between two folds of the worker
STUDY = "CONCENTRATED_STUDY"

_BRANCHES = """
SELECT o.id FROM enterprises_organization o JOIN campaign_membertally t ON t.organization_id = o.id
WHERE t.campaign_id IS NULL AND o.kind = 'BRANCH' AND o.closed_on IS NULL AND t.total BETWEEN 16 AND 20
  AND o.enterprise_id IN (SELECT u.id FROM enterprises_enterprise u WHERE u.path LIKE %s)
ORDER BY o.path LIMIT 200
"""


def _branches() -> list[int]:
    """Branches of about 18 members in the enterprise that has most of them."""
    tops = [row[0] for row in bare("SELECT path FROM enterprises_enterprise WHERE parent_id IS NULL ORDER BY path")]
    found = [[row[0] for row in bare(_BRANCHES, [f"{path}%"])] for path in tops[:12]]
    return max(found, key=len)


def _campaign() -> Campaign:
    return Campaign.objects.filter(state=Campaign.State.RUNNING).order_by("launched_on", "code").first()


def _record(organization: Organization, absent: list[int], campaign: Campaign) -> Record:
    return Record(
        kind=STUDY, held_on=clock.today(), starts_at=clock_time(15, 0), campaign=campaign, title="bench",
        absent=dict.fromkeys(absent, Absence.Reason.SHIFT),
    )  # fmt: skip


def _save(branches: list[int]) -> list[float]:
    """Save study meetings through the action, two absent at each. Returns milliseconds."""
    campaign, times = _campaign(), []
    organizations = list(Organization.objects.filter(pk__in=branches).select_related("enterprise"))
    for index in range(EACH):
        organization = organizations[index % len(organizations)]
        absent = _two(organization.pk)
        with seconds() as taken:
            record = _record(organization, absent, campaign)
            actions.log(by=None, organization=organization, record=record, submission=uuid4())
        times.append(taken[0] * 1000)
    return times


def _two(branch: int) -> list[int]:
    sql = """
        SELECT m.id FROM enterprises_member m WHERE m.branch_id = %s AND m.status = 'ACTIVE'
          AND m.study_branch_id IS NULL AND NOT EXISTS (SELECT FROM enterprises_exemption x WHERE x.member_id = m.id)
        ORDER BY m.id LIMIT 2
    """
    return [row[0] for row in bare(sql, [branch])]


def _insert(branches: list[int]) -> list[float]:
    """The same rows through the same connection, without anything else. Returns milliseconds."""
    campaign, times = _campaign(), []
    for index in range(EACH):
        branch = branches[index % len(branches)]
        members = [row[0] for row in bare("SELECT id FROM enterprises_member WHERE branch_id = %s", [branch])]
        meeting = Meeting(
            organization_id=branch, campaign=campaign, kind=STUDY, title="bench", held_on=clock.today(),
            starts_at=clock_time(15, 0), minutes=90, slot="WORKING", due="BRANCH", due_ids=members,
            voter_ids=members, due_count=len(members), present_count=len(members) - 2, state="DRAFT",
            recorded_at=clock.now(),
        )  # fmt: skip
        with seconds() as taken, transaction.atomic():
            meeting.save(force_insert=True)
            Absence.objects.bulk_create([Absence(meeting=meeting, member_id=pk) for pk in members[:2]])
        times.append(taken[0] * 1000)
    return times


def _work(write: Callable[[list[int]], list[float]], branches: list[int], ready, results) -> None:
    """One writer: wait for the others, then write."""
    connections.close_all()
    connection.ensure_connection()
    ready.wait()
    started = time.monotonic()
    try:
        results.put((started, time.monotonic(), write(branches), time.monotonic(), ""))
    except Exception as error:  # a deadlock must be told, not lost with the process
        results.put((started, started, [], time.monotonic(), repr(error)))
    connections.close_all()


def _together(write: Callable[[list[int]], list[float]], branches: list[int]) -> tuple[float, list[float]]:
    """Eight writers at once, each on its own branches. Returns transactions per second, and the times.

    Raises ``RuntimeError`` when a writer failed.
    """
    connections.close_all()
    context = multiprocessing.get_context("fork")
    ready, results = context.Barrier(WRITERS), context.Queue()
    writers = [
        context.Process(target=_work, args=(write, branches[index::WRITERS], ready, results))
        for index in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    told = [results.get(timeout=600) for _ in writers]
    for writer in writers:
        writer.join()
    failures = [one[4] for one in told if one[4]]
    if failures:
        raise RuntimeError(failures[0])
    times = [value for one in told for value in one[2]]
    length = max(one[3] for one in told) - min(one[0] for one in told)
    return len(times) / length, times


def saving() -> Findings:
    """Saving a meeting of about 18 members, eight writers in one enterprise, beside the bare INSERTs."""
    branches = _branches()
    _together(_insert, branches)  # the first round fills caches
    bare_rate, _ = _together(_insert, branches)
    rate, times = _together(_save, branches)
    wrong = progress.assess(branches)
    note = f"{rate:.0f} of {bare_rate:.0f} transactions/s, two absent at each"
    return [
        Figure("save a meeting: share of the bare INSERTs", 100 * rate / bare_rate, "%", SHARE, least=True, note=note),
        Figure("save a meeting: p95", percentile(times, 95), "ms", SAVE_MS),
        Figure("save a meeting: statuses not exact afterwards", wrong, "", 0),
    ]


def visible() -> Findings:
    """The fold after one change and after two hundred, and with the worker's interval the time to the root."""
    progress.fold()
    branches = _branches()
    findings: Findings = []
    for count in (1, min(200, len(branches))):
        paths = [
            row[0] for row in bare("SELECT path FROM enterprises_organization WHERE id = ANY(%s)", [branches[:count]])
        ]
        bare("INSERT INTO campaign_dirty (path, at) SELECT unnest(%s), now()", [paths])
        with seconds() as taken:
            progress.fold()
        name = f"a change is visible at the root, {count} changed branch{'es' * (count > 1)}"
        note = f"fold {taken[0]:.2f} s, every {FOLD_EVERY:.0f} s"
        findings.append(Figure(name, taken[0] + FOLD_EVERY, "s", VISIBLE_S, FOLD_EVERY, note=note))
    return findings


ALL: dict[str, Callable[[], Findings]] = {"saving": saving, "visible": visible}
