"""A running campaign on the cast, with the posts that leadership is about."""

from datetime import date

import pytest

from enterprises import clock
from enterprises.models import Member, Post
from tests.records import launch

TODAY = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _today(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def campaign(cast):
    return launch()


def post(cast, member: str, role: str, organization: str, since: date | None = date(2026, 1, 1), **fields) -> Post:
    """A post held by a member of the cast."""
    return Post.objects.create(
        member=cast.member[member], role=role, scope_id=cast.org[organization].pk, since=since, **fields
    )


@pytest.fixture
def led(cast):
    """Secretaries everywhere, and a leading team of two at A: M0201 (secretary) and M0301."""
    held = {"E01-DZ": "M0101", "E01-J": "M0102", "B1": "M0103", "A": "M0201", "G": "M0202", "B2": "M0203",
            "B3": "M0302", "E02-DW": "M0501", "B5": "M0502", "C": "M0401", "B4": "M0402"}  # fmt: skip
    for code, member in held.items():
        branch = code in ("B1", "B2", "B3", "B4", "B5")
        post(cast, member, "BRANCH_SECRETARY" if branch else "COMMITTEE_SECRETARY", code)
    for member in ("M0201", "M0301"):
        post(cast, member, "TEAM_MEMBER", "A")
        Member.objects.filter(pk=cast.member[member].pk).update(category="LEADER")
    return cast


@pytest.fixture
def enter(cast, client):
    """Sign in as somebody of the cast."""

    def as_role(name):
        client.force_login(cast.account[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_role
