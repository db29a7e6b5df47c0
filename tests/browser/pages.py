"""Every page of the site, for ``test_every_page``: name of its screenshot, address, who opens it.

Add yours here: ``Page("meeting", lambda cast: reverse("meetings:detail", args=[...]), "branch_secretary")``.
The function gets the cast (``tests/cast.py``) with a campaign running, and may create what the page needs.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from tests.cast import Cast
from tests.plan.launched import part, second_batch


@dataclass(frozen=True)
class Page:
    """A page: ``role`` is a name of the cast's accounts, ``None`` a visitor; ``status`` what it answers."""

    name: str
    url: Callable[[Cast], str]
    role: str | None
    status: int = 200


def to(url_name: str) -> Callable[[Cast], str]:
    """The address of a page that needs no arguments."""
    return lambda cast: reverse(url_name)


def calendar_of(unit: str, url_name: str) -> Callable[[Cast], str]:
    """A page about a unit's calendar in the second batch."""
    return lambda cast: reverse(url_name, args=[part(second_batch(), unit).pk])


CALENDARS = [
    ("unit-calendar", "plan:unit_calendar", "enterprise_office"),
    ("change-dates", "plan:change", "committee_secretary"),
    ("undo-change", "plan:undo", "committee_secretary"),
]
PAGES = [
    Page("sign-in", to("signin:sign_in"), None),
    Page("account", to("signin:account"), "branch_secretary"),
    Page("identity", to("signin:identity"), "branch_secretary"),
    Page("menu", to("signin:menu"), "committee_secretary"),
    Page("password", to("signin:password"), "office"),
    Page("country", to("overview:country"), "office"),
    Page("country-stuck", to("overview:country_stuck"), "office"),
    Page("node", lambda cast: reverse("overview:node", args=[cast.org["E01-DZ"].pk]), "enterprise_office"),
    Page("node-stuck", lambda cast: reverse("overview:node_stuck", args=[cast.org["A"].pk]), "office"),
    Page("branch", lambda cast: reverse("overview:node", args=[cast.org["B2"].pk]), "committee_secretary"),
    Page("step", lambda cast: reverse("overview:step", args=[cast.org["B2"].pk, "t", "mobilise"]), "office"),
    Page("week", to("overview:week"), "branch_secretary"),
    Page("my-page", to("overview:me"), "member"),
    Page("my-units", to("overview:units"), "local_liaison"),
    Page("organizations", to("enterprises:organization_list"), "office"),
    Page("organization", lambda cast: reverse("enterprises:organization", args=[cast.org["A"].pk]), "office"),
    Page("tree", to("enterprises:tree"), "office"),
    Page("members", to("enterprises:member_list"), "committee_secretary"),
    Page(
        "member",
        lambda cast: reverse("enterprises:member", args=[cast.member["M0201"].pk]),
        "branch_secretary",
    ),
    Page("enterprises", to("enterprises:enterprise_list"), "office"),
    Page("enterprise", lambda cast: reverse("enterprises:enterprise", args=[cast.unit["E01"].pk]), "enterprise_office"),
    Page("checks", to("enterprises:check_list"), "office"),
    Page("accounts", to("enterprises:account_list"), "administrator"),
    Page("calendar", to("plan:calendar"), "office"),
    Page("campaigns", to("plan:campaign_list"), "office"),
    *(Page(name, calendar_of("E01-A", url), role) for name, url, role in CALENDARS),
    Page("campaign", lambda cast: reverse("plan:campaign", args=[second_batch().code]), "office"),
    Page("launch", to("plan:launch"), "office"),
    Page("meetings", to("meetings:meeting_list"), "branch_secretary"),
    Page("meeting-new", to("meetings:meeting_new"), "branch_secretary"),
    Page("make-ups", to("study:makeup_list"), "branch_secretary"),
    Page("filings", to("filings:filing_list"), "committee_secretary"),
    Page("not-found", lambda cast: "/nowhere/", "office", status=404),
]
