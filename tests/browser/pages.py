"""Every page of the site, for ``test_every_page``: name of its screenshot, address, who opens it.

Add yours here: ``Page("meeting", lambda cast: reverse("meetings:detail", args=[...]), "branch_secretary")``.
The function gets the cast (``tests/cast.py``) with a campaign running, and may create what the page needs.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from tests.cast import Cast


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
    Page("not-found", lambda cast: "/nowhere/", "office", status=404),
]
