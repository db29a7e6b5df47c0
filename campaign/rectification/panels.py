"""What rectification puts on the pages of organizations and members, and what it warns of (items 69, 71, 72)."""

from collections import defaultdict
from datetime import date

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaign.plan.frames import sentences_of
from campaign.plan.models import Campaign
from campaign.progress.deeds import Deed, leader_facts
from campaign.progress.known import tells
from campaign.progress.record_pages import campaigns_of, listed
from campaign.rectification import rules
from campaign.rectification.figures import near, totals
from campaign.rectification.measure_actions import may_keep
from campaign.rectification.models import RectificationItem
from campaign.rectification.wording import standing
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may
from enterprises.models import Account, Member, Organization
from enterprises.panels import Panel, member_panel, organization_panel
from enterprises.tree import under
from enterprises.warnings import Warning, register

NEAREST = 5
NAMED = 5  # in a summary report


@organization_panel(order=35)
def rectification(request: HttpRequest, organization: Organization) -> Panel | None:
    """What is overdue or due within seven days, and the figures of the organization's own items."""
    if roles.READ_RECORDS not in request.user.reach.permissions or organization.enterprise_id is None:
        return None
    today = clock.today()
    own = RectificationItem.objects.visible_to(request.user).filter(organization=organization)
    counted = totals(own, today)
    may_write = organization.closed_on is None and may(request.user, roles.RECORD, organization)
    if not counted.total and not (may_write and campaigns_of(organization).exists()):
        return None
    context = {
        "organization": organization,
        "totals": counted,
        "near": [(item, *standing(item, today)) for item in near(own, today)[:NEAREST]] if counted.open else [],
        "may_write": may_write,
    }
    return Panel("rectification/_panel.html", context)


@member_panel(order=40)
def measures(request: HttpRequest, member: Member) -> Panel | None:
    """The way to the member's own measures, for those who keep them."""
    if not may_keep(request.user, member):
        return None
    return Panel("rectification/_measures_panel.html", {"url": reverse("rectification:measures", args=[member.pk])})


@register
def unattended(organization_ids: list[int], today: date) -> dict[int, list[Warning]]:
    """Items overdue, measures that read like slogans, and done items that nobody was told of."""
    items = RectificationItem.objects.standing().filter(organization__in=organization_ids).order_by()
    open_ones = ~Q(state__in=rules.CLOSED)
    ownerless = Q(owner=None, owner_post="", department="") | (Q(due_on=None) & ~Q(feasibility="LACKING"))
    rows = items.values("organization").annotate(
        overdue=Count("pk", filter=open_ones & ~Q(feasibility="LACKING") & Q(due_on__lt=today)),
        slogans=Count("pk", filter=open_ones & ownerless),
        untold=Count("pk", filter=Q(state=rules.DONE)),
    )
    found: dict[int, list[Warning]] = defaultdict(list)
    for row in rows:
        pk = row["organization"]
        url = listed("rectification:item_list", Organization(pk=pk))
        for code, count, words, state in _lines(row):
            if count:
                found[pk].append(Warning(code, words % {"n": count}, f"{url}&state={state}"))
    return dict(found)


def _lines(row: dict) -> list[tuple[str, int, str, str]]:
    overdue, slogans, untold = row["overdue"], row["slogans"], row["untold"]
    return [
        (
            "RECTIFICATION_OVERDUE",
            overdue,
            ngettext(
                "%(n)d rectification item is overdue. Say what was done, or set another date with the reason.",
                "%(n)d rectification items are overdue. Say what was done, or set other dates with the reason.",
                overdue,
            ),
            "overdue",
        ),
        (
            "RECTIFICATION_SLOGAN",
            slogans,
            ngettext(
                "%(n)d measure has no owner or no date. Complete it, or it stays a slogan.",
                "%(n)d measures have no owner or no date. Complete them, or they stay slogans.",
                slogans,
            ),
            "open",
        ),
        (
            "RECTIFICATION_UNPUBLISHED",
            untold,
            ngettext(
                "%(n)d rectified item has not been published. Tell the masses.",
                "%(n)d rectified items have not been published. Tell the masses.",
                untold,
            ),
            "unpublished",
        ),
    ]


@tells
def put_right(campaign: Campaign, organization: Organization, today: date) -> dict[str, str]:
    """What was put right below an organization, filed under the sentences, for its summary (items 112, 114)."""
    items = RectificationItem.objects.filter(under(organization.path, "organization__"), campaign=campaign)
    found = totals(items, today)
    if not found.total:
        return {}
    words = _("%(done)d of %(total)d problems put right, %(early)d of them before the last phase began.")
    told = {"rectification": words % {"done": found.done, "total": found.total, "early": found.early}}
    done = items.standing().filter(state__in=rules.CLOSED).order_by("-opinions", "pk")
    for code in sentences_of(campaign):
        titles = list(done.filter(sentences__contains=[code]).values_list("title", flat=True)[:NAMED])
        if titles:
            told[f"sentence_{code}"] = _("Put right: %(titles)s.") % {"titles": _("; ").join(titles)}
    return told


@leader_facts(gettext_lazy("Rectification items owned"))
def owned(account: Account, campaign: Campaign, member: Member, team: Organization | None) -> list[Deed]:
    """The items that a leader owns, with how they stand (item 21)."""
    seen = RectificationItem.objects.visible_to(account).standing()
    items = seen.filter(campaign=campaign, owner=member).order_by("raised_on", "pk")
    return [
        Deed(
            item.done_on or item.raised_on,
            _("%(title)s (%(state)s)") % {"title": item.title, "state": item.get_state_display()},
            reverse("rectification:item", args=[item.pk]),
        )
        for item in items
    ]
