"""Changes of the tree from several connections at once: no knot, no lost path."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from enterprises import tree
from enterprises.action import ActionError
from enterprises.actions.organizations import found_organization
from enterprises.actions.reshaping import move_organization
from enterprises.models import Organization
from tests.cast import build

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs):
    """Run the jobs on a connection each, started together; an ``ActionError`` is a result like any other."""
    start = Barrier(len(jobs))

    def run(job):
        start.wait()
        try:
            return job()
        except ActionError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def organization(code):
    return Organization.objects.get(code=code)


def check_paths():
    for row in Organization.objects.select_related("superior"):
        above = row.superior.path if row.superior else ""
        assert row.path[: -tree.WIDTH] == above, row.code


@pytest.fixture
def tree_of_two(transactional_db):
    from django.db import transaction

    with transaction.atomic():
        return build()


def test_two_moves_under_each_other_do_not_tie_a_knot(tree_of_two):
    a, c = organization("A"), organization("E02-DW")
    results = at_once(
        lambda: move_organization(by=None, organization=a, superior=c, reason="-"),
        lambda: move_organization(by=None, organization=c, superior=a, reason="-"),
    )
    assert sum(isinstance(r, ActionError) for r in results) == 1
    check_paths()


def test_what_is_founded_in_a_moving_subtree_moves_along(tree_of_two):
    g, target = organization("G"), organization("E01-J")
    jobs = [lambda: move_organization(by=None, organization=g, superior=target, reason="-")]
    for i in range(6):
        jobs.append(
            lambda i=i: found_organization(
                by=None, code=f"N{i}", name=f"新{i}", kind="BRANCH", superior=organization("G")
            )
        )
    results = at_once(*jobs)
    assert not [r for r in results if isinstance(r, Exception)]
    check_paths()
    assert organization("N0").path.startswith(organization("G").path)
