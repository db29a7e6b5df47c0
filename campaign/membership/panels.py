"""What this room puts on other pages, what it warns of, and what a branch owes (items 37, 45)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Max, OuterRef, Q
from django.http import HttpRequest
from django.utils.translation import ngettext

from campaign.membership import rules, wording
from campaign.membership.contact import silent_members
from campaign.membership.models import Applicant, MemberSearchCase
from campaign.progress.record_pages import listed
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may
from enterprises.models import Account, Member, Organization
from enterprises.panels import Panel, member_panel, organization_panel
from enterprises.tree import under
from enterprises.warnings import Warning, register

SHOWN = 5


@dataclass(frozen=True)
class Owed:
    """What a branch owes: searches to go on with, each with its mark and words, and members without contact."""

    searches: list[tuple[MemberSearchCase, str, str]]
    silent: int

    def __bool__(self) -> bool:
        return bool(self.searches or self.silent)


def owed(account: Account, organization: Organization, today: date) -> Owed:
    """Of the members of the branch whose rows the account sees."""
    ends = Q(result__in=rules.ENDS_MEMBERSHIP, member__status__in=Member.ON_ROLL)
    found = MemberSearchCase.objects.visible_to(account).filter(Q(closed_on=None) | ends, member__branch=organization)
    cases = found.select_related("member").annotate(last_step=Max("steps__on")).order_by("opened_on", "pk")
    silent = list(silent_members(organization, today))
    seen = Member.objects.visible_to(account).filter(pk__in=silent).count() if silent else 0
    return Owed([(case, *wording.search_state(case, case.last_step, today)) for case in cases], seen)


@organization_panel(order=45)
def membership(request: HttpRequest, organization: Organization) -> Panel | None:
    """Searches and applicants of the subtree in figures, and the ways to the tables."""
    account = request.user
    if not may(account, roles.READ_RECORDS, organization):
        return None
    inside = under(organization.path, "organization__")
    context = {
        "organization": organization,
        "searches": MemberSearchCase.objects.visible_to(account)
        .open()
        .filter(under(organization.path, "member__branch__"))
        .count(),
        "applicants": Applicant.objects.visible_to(account).current().filter(inside).count(),
        "sees_members": may(account, roles.READ_MEMBERS, organization),
        "may_write": organization.is_branch
        and organization.closed_on is None
        and may(account, roles.CHANGE_MEMBERS, organization),
    }
    return Panel("membership/_panel.html", context)


@member_panel(order=15)
def searches(request: HttpRequest, member: Member) -> Panel | None:
    """The searches for a member, and the way to open one where contact is lost."""
    account = request.user
    may_write = member.is_on_roll and may(account, roles.CHANGE_MEMBERS, member.branch)
    found = MemberSearchCase.objects.visible_to(account).filter(member=member).select_related("member")
    cases = list(found.annotate(last_step=Max("steps__on"))[:SHOWN])
    lost = member.contact in Member.OUT_OF_CONTACT
    # What is known of a search is for those who keep it: the member was the one sought.
    if account.member_id == member.pk or not (cases or (lost and may_write)):
        return None
    today = clock.today()
    context = {
        "member": member,
        "lines": [(case, *wording.search_state(case, case.last_step, today)) for case in cases],  # type: ignore[attr-defined]
        "may_open": may_write and all(not case.is_open for case in cases),
    }
    return Panel("membership/_member.html", context)


@register
def unsought(organization_ids: list[int], today: date) -> dict[int, list[Warning]]:
    """Members out of contact whom nobody is searching for (item 37)."""
    running = MemberSearchCase.objects.filter(member=OuterRef("pk"), closed_on=None)
    lost = Member.objects.on_roll().filter(branch__in=organization_ids, contact__in=Member.OUT_OF_CONTACT)
    rows = lost.filter(~Exists(running)).order_by().values_list("branch").annotate(n=Count("pk"))
    found: dict[int, list[Warning]] = defaultdict(list)
    for pk, count in rows:
        text = ngettext(
            "%(n)d member is out of contact and no search is open. Open one.",
            "%(n)d members are out of contact and no search is open. Open one for each.",
            count,
        )
        found[pk].append(
            Warning("NOT_SOUGHT", text % {"n": count}, listed("membership:contact_list", Organization(pk=pk)))
        )
    return dict(found)
