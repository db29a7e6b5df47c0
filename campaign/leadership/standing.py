"""Who is responsible in an organisation: by the post of secretary, or standing in for a vacant one (items 18, 19)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q

from campaign.leadership import rules
from campaign.leadership.limits import vacancy_days
from campaign.leadership.models import Responsibility
from campaign.plan.models import Campaign
from enterprises.access.roles import SECRETARIES
from enterprises.models import Organization, Post

ADMIN = Responsibility.Kind.ADMIN_SUPPORT


@dataclass(frozen=True)
class Holder:
    """Who it is and since when; ``stand_in``: named because the post of secretary is vacant."""

    name: str
    since: date | None = None
    member_id: int | None = None
    stand_in: bool = False
    entry: Responsibility | None = None


@dataclass(frozen=True)
class Standing:
    """The responsible persons of one organisation. ``*_days``: for how long there has been nobody."""

    kind: str
    holder: Holder | None
    vacant_days: int | None
    admin: Holder | None
    secretary: Post | None
    limit: int = rules.VACANCY_DAYS

    @property
    def long_vacant(self) -> bool:
        """Whether a warning is due (item 19)."""
        return rules.is_long_vacant(self.vacant_days, self.limit)

    @property
    def kind_words(self) -> str:
        """First or directly responsible person, in words."""
        return str(Responsibility.Kind(self.kind).label)


def _posts(ids: list[int], roles: Iterable[str]):
    held = Post.objects.filter(scope_kind=Post.Scope.ORGANIZATION, scope_id__in=ids, role__in=roles)
    return held.exclude(member=None).order_by()


def secretaries(ids: list[int], on: date) -> dict[int, Post]:
    """The secretary in office of each organisation, where a member holds the post."""
    found = _posts(ids, SECRETARIES).in_force(on).select_related("member").order_by("since", "pk")
    return {post.scope_id: post for post in found}


def _entries(ids: list[int], on: date) -> dict[tuple[int, str], Responsibility]:
    held = Responsibility.objects.filter(Q(until=None) | Q(until__gte=on), organization__in=ids, since__lte=on)
    return {(entry.organization_id, entry.kind): entry for entry in held.order_by("since", "pk")}


def _last_days(ids: list[int], on: date) -> dict[int, date]:
    """The last day on which somebody was responsible, by post or standing in."""
    posts = dict(_posts(ids, SECRETARIES).filter(until__lt=on).values_list("scope_id").annotate(last=Max("until")))
    named = Responsibility.objects.filter(organization__in=ids, until__lt=on).exclude(kind=ADMIN).order_by()
    for pk, last in named.values_list("organization").annotate(last=Max("until")):
        posts[pk] = max(last, posts.get(pk, last))
    return posts


def _admins(ids: list[int], on: date) -> dict[int, Post]:
    found = _posts(ids, ["ADMIN_HEAD"]).in_force(on).select_related("member").order_by("since", "pk")
    return {post.scope_id: post for post in found}


def _of_entry(entry: Responsibility | None, stand_in: bool) -> Holder | None:
    return entry and Holder(entry.name, entry.since, entry.member_id, stand_in, entry)


def _of_post(post: Post | None) -> Holder | None:
    return post and Holder(post.member.name, post.since, post.member_id) if post else None


def standings(organizations: Iterable[Organization], campaign: Campaign, on: date) -> dict[int, Standing]:
    """The responsible persons of these organisations (local committees left out), in five statements.

    Somebody has been expected since the launch of the campaign, or since the organisation was founded.
    """
    rows = {o.pk: o for o in organizations if rules.responsible_kind(o.kind)}
    ids = list(rows)
    leading, entries, last, admins = secretaries(ids, on), _entries(ids, on), _last_days(ids, on), _admins(ids, on)
    limit = vacancy_days(campaign)
    found = {}
    for pk, organization in rows.items():
        kind = str(rules.responsible_kind(organization.kind))
        holder = _of_post(leading.get(pk))
        if holder is None and organization.secretary_name:
            holder = Holder(organization.secretary_name)  # brought by a roster, without a matching member
        holder = holder or _of_entry(entries.get((pk, kind)), stand_in=True)
        expected = max(campaign.launched_on, organization.founded_on or campaign.launched_on)
        days = rules.vacant_days(holder is not None, last.get(pk), expected, on)
        admin = _of_post(admins.get(pk)) or _of_entry(entries.get((pk, ADMIN)), stand_in=False)
        found[pk] = Standing(kind, holder, days, admin, leading.get(pk), limit)
    return found


def standing(organization: Organization, campaign: Campaign, on: date) -> Standing | None:
    """The responsible persons of one organisation; ``None`` for a local committee."""
    return standings([organization], campaign, on).get(organization.pk)
