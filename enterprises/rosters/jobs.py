"""What the worker does with a run: read and compare it, or write it. Both may be begun anew at any time.

A run that a dead worker left behind is simply done again: nothing is written before the one transaction
that also sets the run to done.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from django.utils.translation import gettext as _
from django.utils.translation import override

from enterprises import clock
from enterprises.models import Account, ImportRun
from enterprises.rosters import actions, preview
from enterprises.rosters.errorsheet import clean
from enterprises.rosters.reading import Unreadable
from enterprises.rosters.running import Order, Result
from enterprises.underway import Cancelled, Work

State = ImportRun.State
WORK = Work("roster", 7_202_504)
log = structlog.get_logger(__name__)


def acting(run: ImportRun) -> Account:
    """The account of the run in the post it acted in."""
    account = Account.objects.get(pk=run.account_id)
    if run.post:
        account.act_as(run.post)
    return account


def _order(run: ImportRun, **rest: Any) -> Order:
    return Order(
        Path(run.file.path),
        kind=run.kind or None,
        effective=run.effective,
        progress=partial(WORK.say, run.pk),
        **rest,
    )


def _end(run: ImportRun, state: str, message: str = "") -> None:
    """Finish a run without a result. The file goes: nobody needs it any more."""
    if run.file:
        run.file.delete(save=False)
    ImportRun.objects.filter(pk=run.pk).update(
        state=state, message=message, file="", finished_at=clock.now(), cancel_requested=False
    )


def _guarded(run: ImportRun, work: Callable[[], None]) -> None:
    try:
        with override(run.account.language):
            work()
    except Cancelled:
        _end(run, State.CANCELLED)
    except Unreadable as error:
        _end(run, State.FAILED, str(error))
    except Exception as error:
        # Never the text of the error: it may repeat cells.
        log.error("roster run failed", run=run.pk, error=type(error).__name__)
        _end(run, State.FAILED, _("The file could not be processed. Save it anew as .xlsx and upload it again."))


def read(run_id: int) -> None:
    """Read, validate and compare a run, and keep what its page shows."""
    with WORK.alone(run_id) as mine:
        run = ImportRun.objects.select_related("account", "post").filter(pk=run_id).first()
        if not mine or run is None or run.state not in (State.WAITING, State.READING):
            return
        ImportRun.objects.filter(pk=run_id).update(state=State.READING)
        _guarded(run, lambda: _read(run))


def _refuse_cancelled(run: ImportRun) -> None:
    if ImportRun.objects.filter(pk=run.pk, cancel_requested=True).exists():
        raise Cancelled


def _read(run: ImportRun) -> None:
    _refuse_cancelled(run)
    order = _order(run, dry=True)
    result = actions.import_roster(by=acting(run), order=order)
    clean(order.path)
    _refuse_cancelled(run)
    ImportRun.objects.filter(pk=run.pk).update(
        state=State.READY, kind=result.kind, report=preview.report(result), finished_at=clock.now()
    )


def write(run_id: int) -> None:
    """Validate a run once more and write it; the run is done in the same transaction."""
    with WORK.alone(run_id) as mine:
        run = ImportRun.objects.select_related("account", "post").filter(pk=run_id).first()
        if not mine or run is None or run.state not in (State.ORDERED, State.APPLYING):
            return
        ImportRun.objects.filter(pk=run_id).update(state=State.APPLYING)
        _guarded(run, lambda: _write(run))


def _write(run: ImportRun) -> None:
    def seal(result: Result) -> None:
        locked = ImportRun.objects.select_for_update().get(pk=run.pk)
        if locked.cancel_requested:
            raise Cancelled
        ImportRun.objects.filter(pk=run.pk).update(
            state=State.DONE, report=preview.report(result), finished_at=clock.now()
        )

    _refuse_cancelled(run)
    result = actions.import_roster(by=acting(run), order=_order(run, skip_errors=run.skip_errors, seal=seal))
    if not result.applied:  # errors that were not there at the preview: show them instead
        ImportRun.objects.filter(pk=run.pk).update(state=State.READY, report=preview.report(result))
    elif not result.problems.error_count:
        run.file.delete(save=False)
        ImportRun.objects.filter(pk=run.pk).update(file="")
