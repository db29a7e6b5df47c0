"""Every page of the site, for ``test_every_page``: name of its screenshot, address, who opens it.

Add yours here: ``Page("meeting", lambda cast: reverse("meetings:detail", args=[...]), "branch_secretary")``.
The function gets the cast (``tests/cast.py``) with a campaign running, and may create what the page needs.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from campaign.filings.actions import file_document
from campaign.meetings import actions
from campaign.meetings.models import Meeting
from campaign.meetings.record import Proposal
from campaign.plan.models import Campaign
from campaign.study.actions import record_makeups
from enterprises import clock
from tests.browser import leading
from tests.cast import Cast
from tests.plan.launched import part, second_batch
from tests.records import told
from tests.rosters.runs import previewed, underway


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


def the_second_batch() -> Campaign:
    """The second batch beside the stage's own campaign; launched by the first page that needs it."""
    return Campaign.objects.filter(code="2005-second-batch").first() or second_batch()


def calendar_of(unit: str, url_name: str) -> Callable[[Cast], str]:
    """A page about a unit's calendar in the second batch."""
    return lambda cast: reverse(url_name, args=[part(the_second_batch(), unit).pk])


def _logged(cast: Cast, confirm: bool = True) -> Meeting:
    """A meeting of B2 in the running campaign: two absentees, a resolution, an observer."""
    record = told(
        "PARTY_LECTURE" if confirm else "BRANCH_GENERAL",
        day=clock.today(),
        campaign=Campaign.objects.get(code="t"),
        absent={cast.member["M0201"].pk: "TRIP", cast.member["M0202"].pk: "SHIFT"},
        proposals=() if confirm else (Proposal("同意方案", votes_for=4, votes_against=1),),
        observers=(("李示十一", "车间主任"),),
        gist="学习了文件，讨论了三个问题。",
    )
    return actions.log(by=None, organization=cast.org["B2"], record=record, confirm=confirm)


def held(url_name: str) -> Callable[[Cast], str]:
    """A page of a confirmed meeting."""
    return lambda cast: reverse(url_name, args=[_logged(cast).pk])


def drafted(url_name: str) -> Callable[[Cast], str]:
    """A page of a draft."""
    return lambda cast: reverse(url_name, args=[_logged(cast, confirm=False).pk])


def missed(url_name: str) -> Callable[[Cast], str]:
    """A page on study, once somebody missed some."""

    def address(cast: Cast) -> str:
        _logged(cast)
        return reverse(url_name)

    return address


def made_up(cast: Cast) -> str:
    """The page that takes a make-up lesson back."""
    lessons = record_makeups(by=None, absences=_logged(cast).absences.all(), mode="REMOTE", held_on=clock.today())
    return reverse("study:makeup_undo", args=[lessons[0].pk])


def withdrawable(cast: Cast) -> str:
    """The page that withdraws a document."""
    filing = file_document(
        by=None,
        campaign=Campaign.objects.get(code="t"),
        organization=cast.org["B2"],
        kind="plan",
        filed_on=clock.today(),
    )
    return reverse("filings:withdraw", args=[filing.pk])


def filed(code: str) -> Callable[[Cast], str]:
    """The form that files one kind of document or entry."""
    return lambda cast: f"{reverse('filings:filing_new')}?organization={cast.org['B2'].pk}&campaign=t&code={code}"


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
    Page("rosters", to("rosters:start"), "committee_secretary"),
    Page("roster", lambda cast: reverse("rosters:run", args=[previewed(cast).pk]), "committee_secretary"),
    Page("roster-underway", lambda cast: reverse("rosters:run", args=[underway(cast).pk]), "committee_secretary"),
    Page("checks", to("enterprises:check_list"), "office"),
    Page("accounts", to("enterprises:account_list"), "administrator"),
    Page("calendar", to("plan:calendar"), "office"),
    Page("campaigns", to("plan:campaign_list"), "office"),
    *(Page(name, calendar_of("E01-A", url), role) for name, url, role in CALENDARS),
    Page("campaign", lambda cast: reverse("plan:campaign", args=[the_second_batch().code]), "office"),
    Page("launch", to("plan:launch"), "office"),
    Page("meetings", to("meetings:meeting_list"), "branch_secretary"),
    Page("meeting-new", to("meetings:meeting_new"), "branch_secretary"),
    Page("meeting", held("meetings:detail"), "branch_secretary"),
    Page("meeting-record", held("meetings:record"), "branch_secretary"),
    Page("meeting-edit", drafted("meetings:edit"), "branch_secretary"),
    Page("meeting-reasons", drafted("meetings:reasons"), "branch_secretary"),
    Page("exclusions", lambda cast: reverse("meetings:exclusions", args=[cast.org["B2"].pk]), "branch_secretary"),
    Page("make-ups", missed("study:makeup_list"), "branch_secretary"),
    Page("make-up-new", missed("study:makeup_new"), "branch_secretary"),
    Page("make-up-undo", made_up, "branch_secretary"),
    Page("class-hours", missed("study:hours"), "branch_secretary"),
    Page("study-figures", missed("study:figures"), "committee_secretary"),
    Page("filings", to("filings:filing_list"), "committee_secretary"),
    Page("filing-document", filed("plan"), "branch_secretary"),
    Page("filing-ticks", filed("talk"), "branch_secretary"),
    Page("filing-withdraw", withdrawable, "branch_secretary"),
    *(Page(name, url, role) for name, url, role in leading.PAGES),
    Page("not-found", lambda cast: "/nowhere/", "office", status=404),
]
