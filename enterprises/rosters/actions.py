"""The actions of rosters: import a file at once, and the runs of the page step by step."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pghistory
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from enterprises import clock
from enterprises.access import roles
from enterprises.action import ActionError, action
from enterprises.actions.permit import NotPermitted
from enterprises.models import Account, ImportRun
from enterprises.rosters.running import Order, Result, run

KEEP = timedelta(days=7)  # an upload that nobody came back to
State = ImportRun.State


def import_roster(*, by: Account | None, order: Order) -> Result:
    """Import a file at once. The writing is one transaction of its own inside; reading holds no lock.

    Raises ``Unreadable`` and ``Cancelled``.
    """
    order.by = by
    context: dict[str, Any] = {"action": f"{__name__}.import_roster", "file": order.path.name}
    if by is not None:
        context["account"] = by.pk
    with pghistory.context(**context):
        return run(order)


@action
def upload(*, by: Account, token: UUID, file: UploadedFile, kind: str, effective: date) -> ImportRun:
    """Keep an upload and have it read. The same submission twice (``token``) is the same run."""
    from enterprises.rosters.tasks import read_run

    if not by.reach.paths.get(roles.IMPORT):
        raise NotPermitted(_("Your post does not import rosters. Ask the organization above yours."))
    if effective > clock.today():
        raise ActionError(_("This day has not come yet. Enter today or an earlier day."), "effective")
    fields = {"account": by, "post": by.acting_post, "file_name": file.name or "", "kind": kind, "effective": effective}
    found, created = ImportRun.objects.get_or_create(token=token, defaults=fields)
    if found.account_id != by.pk:
        raise NotPermitted(_("This upload belongs to somebody else."))
    if created:
        ending = ".xlsx" if (file.name or "").lower().endswith((".xlsx", ".xls")) else ".csv"
        found.file.save(f"{found.token}{ending}", file)
        read_run.delay_on_commit(found.pk)
    return found


def _locked(by: Account, run_: ImportRun) -> ImportRun:
    found = ImportRun.objects.select_for_update().get(pk=run_.pk)
    if found.account_id != by.pk:
        raise NotPermitted(_("This upload belongs to somebody else."))
    return found


@action
def order_writing(*, by: Account, import_run: ImportRun, skip_errors: bool) -> ImportRun:
    """Have a run written. With errors only when ``skip_errors`` says so. Twice is once."""
    from enterprises.rosters.tasks import write_run

    found = _locked(by, import_run)
    if found.state in (State.ORDERED, State.APPLYING, State.DONE):
        return found
    if found.state != State.READY or not found.file:
        raise ActionError(_("This upload cannot be written any more. Upload the file again."))
    if found.report["missing_columns"]:
        raise ActionError(_("Required columns are missing. Add them and upload the file again."))
    if found.report["error_count"] and not skip_errors:
        raise ActionError(_("There are errors. Correct them and upload the file again, or write the right rows only."))
    found.state, found.skip_errors, found.cancel_requested = State.ORDERED, skip_errors, False
    found.save(update_fields=["state", "skip_errors", "cancel_requested"])
    write_run.delay_on_commit(found.pk)
    return found


@action
def cancel(*, by: Account, import_run: ImportRun) -> ImportRun:
    """Stop a run; not one row is written. A run that is done stays done."""
    from enterprises.rosters.jobs import WORK

    found = _locked(by, import_run)
    if found.is_underway:
        found.cancel_requested = True
        WORK.ask_to_stop(found.pk)
    elif found.state == State.READY:
        found.state, found.finished_at = State.CANCELLED, clock.now()
        if found.file:
            found.file.delete(save=False)
    found.save()
    return found


@action
def begin_anew(*, by: Account, import_run: ImportRun) -> ImportRun:
    """Give a run that has shown no sign of life to a worker again. Nothing of it was written."""
    from enterprises.rosters.tasks import read_run, write_run

    found = _locked(by, import_run)
    if found.state in (State.WAITING, State.READING):
        read_run.delay_on_commit(found.pk)
    elif found.state in (State.ORDERED, State.APPLYING):
        write_run.delay_on_commit(found.pk)
    return found


@action
def forget_uploads(*, by: Account | None) -> int:
    """Remove files of runs that nobody came back to. The runs and their figures stay."""
    old = ImportRun.objects.filter(created_at__lt=clock.now() - KEEP).exclude(file="")
    for found in old:
        found.file.delete(save=False)
        found.state = State.CANCELLED if found.is_underway or found.state == State.READY else found.state
        found.save(update_fields=["file", "state"])
    return len(old)
