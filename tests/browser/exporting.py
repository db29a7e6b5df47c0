"""Pages of exports: under way, written, refused, and the list of them."""

from collections.abc import Callable

from django.urls import reverse

from enterprises.exporting import jobs
from enterprises.models import ExportRun
from tests.cast import Cast

ROLE = "committee_secretary"


def _run(cast: Cast, **fields: str) -> ExportRun:
    account = cast.account[ROLE]
    post = account.posts_in_force[0]
    return ExportRun.objects.create(account=account, post=post, address="/members/", title="党员", **fields)


def page(url_name: str, make: Callable[[Cast], ExportRun]) -> Callable[[Cast], str]:
    """The address of a page about the export that ``make`` makes."""
    return lambda cast: reverse(url_name, args=[make(cast).pk])


def written(cast: Cast) -> ExportRun:
    """An export that a worker has written."""
    run = _run(cast)
    jobs.write(run.pk)
    run.refresh_from_db()
    assert run.state == ExportRun.State.DONE
    return run


def underway(cast: Cast) -> ExportRun:
    """An export that a worker has, 1,000,000 of 2,700,000 rows on."""
    run = _run(cast, state=ExportRun.State.WRITING)
    jobs.WORK.say(run.pk, "writing", 1_000_000, 2_700_000)
    return run


def refused(cast: Cast) -> ExportRun:
    """An export whose list is not open to the post any more."""
    return _run(cast, state=ExportRun.State.FAILED)


def listed(cast: Cast) -> str:
    """The list, with one of each."""
    for make in (written, underway, refused):
        make(cast)
    return reverse("exports:list")


EXPORTING = [
    ("export-underway", page("exports:run", underway), ROLE),
    ("export", page("exports:run", written), ROLE),
    ("export-refused", page("exports:run", refused), ROLE),
    ("exports", listed, ROLE),
]
