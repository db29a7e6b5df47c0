"""A campaign of any size, for measuring: the shapes of the demo, grown from a seed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random

from django.apps import apps
from django.db import connection, transaction

from campaign.demo import build, launching, notice
from campaign.demo.models import DemoNotice
from campaign.demo.seeds import seeds_for
from campaign.demo.trees import write_units
from campaign.progress.actions import recount
from enterprises import clock
from enterprises.models import Account, Organization, Post

OFFICE = "office"  # the one sign-in: office staff at the root


class NotEmpty(Exception):
    """The database holds organisations already."""


def make(
    branches: int, members: int, seed: int, replace: bool = False, say: Callable[[str], None] = lambda line: None
) -> dict[str, int]:
    """Write so many branches and members with a year's records, and count their progress.

    The same arguments on the same day make the same rows. ``replace`` first empties the tables of WHO and
    WHAT. ``say`` is told what is being done. Returns the rows written, by table. Raises ``NotEmpty``, and
    ``ValueError`` when there are too few members or branches.
    """
    if not replace and Organization.objects.exists():
        raise NotEmpty
    today, random = clock.today(), Random(seed)
    with transaction.atomic():
        if replace:
            say("emptying the tables")
            empty()
        forest = build.grow(seeds_for(branches, random), members, today, random)
        say(f"writing {len(forest.units)} units, {len(forest.nodes)} organizations and their records")
        write_units(forest, today)
        campaigns = launching.launch(today)
        with unchecked() as allowed:
            rows = build.fill(forest, campaigns, today, random, indexes_later=allowed)
        _office(forest.nodes[0].id)
        notice.put_up(DemoNotice.Kind.MEASURING, seed)
    say("counting the progress")
    count()
    return {"enterprise": len(forest.units)} | rows


def _office(root: int) -> None:
    """An office account without a password: ``bench`` signs it in by itself."""
    account, _ = Account.objects.get_or_create(username=OFFICE)
    Post.objects.create(account=account, role="OFFICE_STAFF", scope_kind=Post.Scope.ORGANIZATION, scope_id=root)


def count() -> dict[str, int]:
    """Fresh statistics for the planner, then the progress from the records."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with transaction.atomic(), unchecked():
        return recount()


def empty() -> None:
    """Empty every table of WHO and WHAT but the audit's, which is append-only."""
    models = [m for label in ("enterprises", "campaign") for m in apps.get_app_config(label).get_models()]
    tables = [m._meta.db_table for m in models if not hasattr(m, "pgh_tracked_model")]
    with connection.cursor() as cursor:
        names = ", ".join(map(connection.ops.quote_name, tables))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks still to come cannot be emptied
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def unchecked() -> Iterator[bool]:
    """Leave out the check of foreign keys row by row, where the database lets us: a third of the time.

    The keys come from our own numbering; the demo, written by the same code, is checked. Tells whether it does.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        allowed = cursor.fetchone()[0]
        if allowed:
            cursor.execute("SET LOCAL session_replication_role = replica")
        yield allowed
        if allowed:
            cursor.execute("SET LOCAL session_replication_role = origin")
