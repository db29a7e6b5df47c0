"""The menu: one table of every place, who goes there, and which four stand on the phone's bottom bar.

A place whose page does not exist yet is left out and reported by the system check ``xianfeng.W001``.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.core.checks import Warning as CheckWarning
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OFFICES = frozenset({"OFFICE_STAFF", "ENTERPRISE_OFFICE"})
COMMITTEES = OFFICES | {"COMMITTEE_SECRETARY"}
BRANCHES = frozenset({"BRANCH_SECRETARY", "GROUP_LEADER"})
RECORDERS = COMMITTEES | BRANCHES
GROUPS = frozenset({"GROUP_HEAD", "GROUP_MEMBER"})
LIAISON = frozenset({"LOCAL_LIAISON"})
READERS = frozenset({"LOCAL_LIAISON", "GROUP_HEAD", "GROUP_MEMBER", "AUDITOR", "ADMINISTRATOR"})

EVERY_DAY = _("Every day")
CAMPAIGN = _("Through the campaign")
KEEPING = _("Data and accounts")


@dataclass(frozen=True)
class Place:
    """One entry: its words, its page, its icon, who sees it, and for whom it is on the bottom bar.

    ``under``: further addresses that count as this place when they begin with one of these. ``group``: the
    heading it stands under in the whole menu; what belongs to every day stands on the bar too.
    """

    label: str | Promise
    url_name: str
    icon: str
    roles: frozenset[str]
    tab_for: frozenset[str] = frozenset()
    under: tuple[str, ...] = ()
    group: str | Promise = EVERY_DAY


@dataclass(frozen=True)
class Entry:
    """A place as drawn on one page."""

    label: str | Promise
    url: str
    icon: str
    current: bool
    tab: bool
    group: str | Promise

    @property
    def on_bar(self) -> bool:
        """Whether it stands on the bar at the top: what belongs to every day, and where one is."""
        return self.group is EVERY_DAY or self.current


ORGANIZED = COMMITTEES | READERS
PLACES = [
    Place(_("This week"), "overview:week", "list", BRANCHES, BRANCHES, ("/progress/",)),
    Place(_("Overview"), "overview:home", "list", ORGANIZED, ORGANIZED, ("/progress/", "/units/")),
    Place(_("My record"), "overview:me", "list", BRANCHES | {"MEMBER"}, frozenset({"MEMBER"})),
    Place(_("Organizations"), "enterprises:organization_list", "tree", ORGANIZED, ORGANIZED),
    Place(_("Enterprises"), "enterprises:enterprise_list", "building", OFFICES | READERS),
    Place(_("Meetings"), "meetings:meeting_list", "calendar", RECORDERS | LIAISON, BRANCHES),
    Place(_("Members"), "enterprises:member_list", "person", RECORDERS, RECORDERS),
    Place(_("Make-up lessons"), "study:makeup_list", "repeat", RECORDERS),
    Place(_("Opinions"), "opinions:opinion_list", "list", RECORDERS | LIAISON),
    Place(
        _("Rectification"),
        "rectification:item_list",
        "check",
        RECORDERS | LIAISON | GROUPS,
        under=("/rectification/", "/publications/", "/publicity/"),
    ),
    Place(_("Calendar"), "plan:calendar", "gantt", ORGANIZED, READERS),
    Place(_("Leadership"), "leadership:organization_list", "check", COMMITTEES | LIAISON, group=CAMPAIGN),
    Place(
        _("Study materials"), "study:material_list", "page", RECORDERS, under=("/study/", "/models/"), group=CAMPAIGN
    ),
    Place(_("Concrete requirements"), "requirements:document_list", "list", RECORDERS | LIAISON, group=CAMPAIGN),
    Place(_("Life meetings"), "appraisal:life_meetings", "calendar", RECORDERS | GROUPS | LIAISON, group=CAMPAIGN),
    Place(
        _("Public comments"),
        "masses:comment_list",
        "list",
        RECORDERS | LIAISON,
        under=("/representatives/",),
        group=CAMPAIGN,
    ),
    Place(_("Services"), "services:home", "person", COMMITTEES | LIAISON | {"BRANCH_SECRETARY"}, group=CAMPAIGN),
    Place(
        _("Support of the grass roots"),
        "support:home",
        "person",
        COMMITTEES | GROUPS | LIAISON | {"BRANCH_SECRETARY"},
        group=CAMPAIGN,
    ),
    Place(_("Economic indicators"), "business:indicator_list", "gantt", COMMITTEES | LIAISON, group=CAMPAIGN),
    Place(
        _("Long-term mechanisms"),
        "mechanisms:mechanism_list",
        "page",
        COMMITTEES | LIAISON,
        under=("/regulations/",),
        group=CAMPAIGN,
    ),
    Place(_("Satisfaction surveys"), "survey:survey_list", "check", COMMITTEES | LIAISON, group=CAMPAIGN),
    Place(_("Summary reports"), "summary:report_list", "page", COMMITTEES | LIAISON, group=CAMPAIGN),
    Place(
        _("Finding members"),
        "membership:search_list",
        "person",
        RECORDERS | LIAISON,
        under=("/membership/contact/", "/membership/searches/", "/membership/steps/", "/membership/nodes/"),
        group=CAMPAIGN,
    ),
    Place(_("Applicants"), "membership:applicant_list", "add", RECORDERS | LIAISON, group=CAMPAIGN),
    Place(_("Documents"), "filings:filing_list", "page", RECORDERS, group=CAMPAIGN),
    Place(_("Phase transitions"), "gates:unit_list", "check", ORGANIZED, group=CAMPAIGN),
    Place(_("Rosters"), "rosters:start", "upload", COMMITTEES, group=KEEPING),
    Place(_("My exports"), "exports:list", "download", ORGANIZED, group=KEEPING),
    Place(_("Checks"), "enterprises:check_list", "check", COMMITTEES, group=KEEPING),
    Place(_("Accounts"), "enterprises:account_list", "person", COMMITTEES | {"ADMINISTRATOR"}, group=KEEPING),
    Place(_("Readings"), "enterprises:read_list", "list", frozenset({"AUDITOR", "ADMINISTRATOR"}), group=KEEPING),
    Place(_("Campaigns"), "plan:campaign_list", "page", frozenset({"OFFICE_STAFF", "ADMINISTRATOR"}), group=KEEPING),
]


def _resolves(place: Place) -> bool:
    try:
        reverse(place.url_name)
    except NoReverseMatch:
        return False
    return True


@lru_cache(maxsize=1)
def places() -> tuple[tuple[Place, str], ...]:
    """The places whose pages exist, each with its address."""
    return tuple((place, reverse(place.url_name)) for place in PLACES if _resolves(place))


def dangling() -> list[str]:
    """The url names in the table that lead nowhere."""
    return [place.url_name for place in PLACES if not _resolves(place)]


def check(app_configs, **kwargs) -> list[CheckWarning]:
    """System check: entries of the menu whose page does not exist."""
    return [CheckWarning(f"Menu entry without a page: {name}", id="xianfeng.W001") for name in dangling()]


def _fit(path: str, place: Place, url: str) -> int:
    """How many characters of the present path the place accounts for; 0 where it is another place."""
    if path == url:
        return len(path) + 1
    return max((len(p) for p in (url, *place.under) if p != "/" and path.startswith(p)), default=0)


def entries(request: HttpRequest) -> list[Entry]:
    """The menu of the acting post; the place that fits the present address best is the current one."""
    post = getattr(request.user, "acting_post", None)
    if post is None:
        return []
    mine = [(place, url) for place, url in places() if post.role in place.roles]
    fits = [_fit(request.path, place, url) for place, url in mine]
    best = max(fits, default=0)
    return [
        Entry(place.label, url, place.icon, fit == best > 0, post.role in place.tab_for, place.group)
        for (place, url), fit in zip(mine, fits, strict=True)
    ]
