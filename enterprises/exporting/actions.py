"""Ordering a long list as a workbook, calling it off, beginning it anew, and forgetting it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from enterprises import clock
from enterprises.action import ActionError, action
from enterprises.actions.permit import NotPermitted
from enterprises.models import Account, ExportRun

KEEP = timedelta(days=7)
State = ExportRun.State


def is_exported(address: str) -> bool:
    """Whether ``address`` leads to a list or a roster that can be exported."""
    try:
        view = getattr(resolve(address.partition("?")[0]).func, "view_class", None)
    except Resolver404:
        return False
    return getattr(view, "is_exported", False)


@action
def order(*, by: Account, token: UUID, address: str, title: str, choices: dict[str, Any]) -> ExportRun:
    """Have the list at ``address`` written by a worker. The same order twice (``token``) is the same run.

    Raises ``ActionError`` when no list stands there. What the post may see is decided by the list when it is written.
    """
    from enterprises.exporting.tasks import write_export

    if not is_exported(address):
        raise ActionError(_("There is no list at this address. Open the list and export it from there."))
    if by.acting_post is None:
        raise NotPermitted(_("Choose the post in which you act, then export."))
    fields = {"account": by, "post": by.acting_post, "address": address, "choices": choices, "title": title[:200]}
    found, created = ExportRun.objects.get_or_create(token=token, defaults=fields)
    _require_own(by, found)
    if created:
        write_export.delay_on_commit(found.pk)
    return found


def _require_own(by: Account, run: ExportRun) -> None:
    if run.account_id != by.pk:
        raise NotPermitted(_("This export belongs to somebody else."))


def _locked(by: Account, run: ExportRun) -> ExportRun:
    found = ExportRun.objects.select_for_update().get(pk=run.pk)
    _require_own(by, found)
    return found


@action
def cancel(*, by: Account, export_run: ExportRun) -> ExportRun:
    """Call an export off; one that is written stays."""
    from enterprises.exporting.jobs import WORK

    found = _locked(by, export_run)
    if found.is_underway:
        found.cancel_requested = True
        found.save(update_fields=["cancel_requested"])
        WORK.ask_to_stop(found.pk)
    return found


@action
def begin_anew(*, by: Account, export_run: ExportRun) -> ExportRun:
    """Give an export that has shown no sign of life to a worker again."""
    from enterprises.exporting.tasks import write_export

    found = _locked(by, export_run)
    if found.is_underway:
        write_export.delay_on_commit(found.pk)
    return found


@action
def forget_exports(*, by: Account | None) -> int:
    """Remove the files of old exports. That they were made stays."""
    old = ExportRun.objects.filter(created_at__lt=clock.now() - KEEP).exclude(state=State.FORGOTTEN)
    for found in old:
        if found.file:
            found.file.delete(save=False)
        found.state = State.FORGOTTEN
        found.save(update_fields=["file", "state"])
    return len(old)
