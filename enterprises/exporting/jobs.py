"""What the worker does with an export: open the list as its person would, and keep the workbook.

It may be begun anew at any time: what a dead worker has left is written over.
"""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.core.files.base import File
from django.http import FileResponse, HttpRequest, QueryDict
from django.urls import resolve
from django.utils.translation import override

from enterprises.models import Account, ExportRun
from enterprises.underway import Cancelled, Work

State = ExportRun.State
WORK = Work("export", 7_202_505)
STEP = 2000  # rows between two signs of life
PAUSE = 5  # seconds after which a run that finds another one at work tries again
EVERY_RUN = 0  # the lock of all of them: one is written at a time
log = structlog.get_logger(__name__)


class Refused(Exception):
    """The list is not open to the post any more."""


class Watched:
    """Counts the rows of a run as they are written. Raises ``Cancelled`` between two rows."""

    def __init__(self, run: ExportRun) -> None:
        self.run, self.done = run, 0

    def __call__(self, rows: Iterable[Any], total: int) -> Iterator[Any]:
        WORK.say(self.run.pk, "writing", 0, total)
        for self.done, row in enumerate(rows, 1):
            yield row
            if self.done % STEP == 0:
                WORK.say(self.run.pk, "writing", self.done, max(total, self.done))


def write(run_id: int) -> bool:
    """Write the workbook of a run that is under way. ``False`` when another worker writes one: to be tried again."""
    with WORK.alone(EVERY_RUN) as free:
        run = ExportRun.objects.select_related("account", "post").filter(pk=run_id).first()
        if free and run is not None and run.is_underway:
            ExportRun.objects.filter(pk=run_id).update(state=State.WRITING)
            with override(run.account.language):
                _guarded(run)
        return free


def _guarded(run: ExportRun) -> None:
    try:
        if run.cancel_requested:
            raise Cancelled
        _write(run)
    except Cancelled:
        _end(run, State.CANCELLED)
    except Exception as error:
        # Never the text of the error: it may repeat what stands in a row.
        log.error("export failed", run=run.pk, error=type(error).__name__)
        _end(run, State.FAILED)


def _write(run: ExportRun) -> None:
    watched = Watched(run)
    response = _answer(run, watched)
    name = f"{run.token}.xlsx"
    run.file.storage.delete(run.file.field.generate_filename(run, name))  # half of one, where a worker died saving it
    run.file.save(name, File(response.file_to_stream), save=False)
    _end(run, State.DONE, file=run.file.name, file_name=response.filename, rows=watched.done)


def _answer(run: ExportRun, watched: Watched) -> FileResponse:
    """What the list answers to its person. Raises ``Refused`` when it is no workbook, ``Http404`` as the list does."""
    response = _view(run, watched)
    if not isinstance(response, FileResponse):
        raise Refused
    return response


def _view(run: ExportRun, watched: Watched) -> Any:
    path, query = urlsplit(run.address)[2:4]
    match = resolve(path)
    request: Any = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = path
    request.GET = QueryDict(query, mutable=True)
    request.GET["export"] = "xlsx"
    request.user, request.session, request.htmx = _acting(run), run.choices, False
    request.watched = watched
    return match.func(request, *match.args, **match.kwargs)


def _acting(run: ExportRun) -> Account:
    account = Account.objects.get(pk=run.account_id)
    if not account.is_active or run.post not in account.posts_in_force:
        raise Refused
    account.act_as(run.post)
    return account


def _end(run: ExportRun, state: str, **found: Any) -> None:
    ExportRun.objects.filter(pk=run.pk).update(state=state, cancel_requested=False, **found)
