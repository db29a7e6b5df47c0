"""Who is due at a meeting, on the day it was held and not today (dossier 2.2, 2.3, trap 13).

Those with an approved exemption are not due and are shown apart; if they come all the same they count as
due and present. An exemption is no exclusion: they stay among the voters due (trap 3). Those being sought
stay due. At study, members who take part elsewhere are due there and not here (trap 7).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from campaign.meetings.models import ExclusionDecision, Meeting
from campaign.meetings.rules import Exclusion, voters_due
from campaign.plan.kinds import MEETING_KINDS, Due
from enterprises import compiled
from enterprises.access.roles import SECRETARIES
from enterprises.models import Exemption, Member, Organization, PartyGroup, Post

COMMITTEE_ROLES = ("COMMITTEE_MEMBER", "DEPUTY_SECRETARY", *SECRETARIES)
TEAM_ROLES = ("TEAM_MEMBER",)


@dataclass(frozen=True)
class DueList:
    """Those due and those exempt, in the order of the roll, and the ids of the voters due, ascending."""

    members: tuple[Member, ...]
    exempt: tuple[Member, ...]
    voter_ids: tuple[int, ...]

    @property
    def ids(self) -> list[int]:
        return sorted(m.pk for m in self.members)


def _in_force(on: date, prefix: str = "") -> Q:
    began = Q(**{f"{prefix}since": None}) | Q(**{f"{prefix}since__lte": on})
    lasts = Q(**{f"{prefix}until": None}) | Q(**{f"{prefix}until__gte": on})
    return began & lasts


def roll_at(organization: Organization | int, on: date) -> QuerySet[Member]:
    """The members who belonged to the organisation on that day.

    An open membership counts while the member is on the roll; a closed one counts up to its last day,
    whatever became of the member later.
    """
    held = _in_force(on, "memberships__") & Q(memberships__organization=organization)
    standing = Q(memberships__until__isnull=False) | Q(status__in=Member.ON_ROLL)
    return Member.objects.filter(held & standing)


def _exempt(on: date) -> Exists:
    return Exists(Exemption.objects.filter(_in_force(on), member=OuterRef("pk")))


def _holders(organization: Organization, roles: Iterable[str], on: date) -> QuerySet[Member]:
    posts = Post.objects.filter(
        scope_kind=Post.Scope.ORGANIZATION, scope_id=organization.pk, role__in=roles, member__isnull=False
    ).in_force(on)
    return Member.objects.filter(pk__in=posts.order_by().values("member"))


def _candidates(
    organization: Organization,
    due: str,
    group: PartyGroup | None,
    named: Iterable[int],
    on: date,
    study: bool,
) -> QuerySet[Member]:
    if due == Due.COMMITTEE:
        return _holders(organization, COMMITTEE_ROLES, on)
    if due == Due.TEAM:
        return _holders(organization, TEAM_ROLES, on)
    if due == Due.NAMED:
        return Member.objects.filter(pk__in=list(named))
    roll = roll_at(organization, on)
    if due == Due.GROUP:
        return roll.filter(party_group=group)
    return _of_branch(study, organization.pk, on)


def _of_branch(study: bool, organization: int, on: date) -> QuerySet[Member]:
    """Everybody of a branch; at study without those who take part elsewhere, but with guests."""
    roll = roll_at(organization, on)
    if not study:
        return roll
    guests = Member.objects.filter(study_branch=organization, status__in=Member.ON_ROLL)
    here = roll.filter(Q(study_branch=None) | Q(study_branch=organization))
    # A union of two small sets: with OR the database reads every member there is.
    return Member.objects.filter(pk__in=here.order_by().values("pk").union(guests.order_by().values("pk")))


def _with_exemptions(people: QuerySet[Member], on: date) -> QuerySet[Member]:
    return people.annotate(exempt=_exempt(on)).distinct()


def _branch_with_exemptions(study: bool, organization: int, on: date) -> QuerySet[Member]:
    return _with_exemptions(_of_branch(study, organization, on), on)


def exclusions_of(members: Iterable[Member]) -> list[Exclusion]:
    """The exclusion decisions about these members; only a confirmed meeting adopts (dossier 2.3)."""
    rows = ExclusionDecision.objects.filter(
        member__in=[m.pk for m in members], adopted_at__state=Meeting.State.CONFIRMED
    ).values_list("member_id", "approved_on", "adopted_at__held_on", "until")
    return [Exclusion(*row) for row in rows.order_by()]


def due_list(
    organization: Organization,
    kind: str,
    due: str,
    on: date,
    group: PartyGroup | None = None,
    named: Iterable[int] = (),
    votes: bool = False,
) -> DueList:
    """Those due at a meeting of `kind` with the due list `due`, held on `on`.

    `named` are the members of a named list; with any other list they are exempt members who came. At study
    the voters are looked up only when there is something to vote on (`votes`).
    """
    named = set(named)
    study = MEETING_KINDS[kind].is_study
    if due == Due.BRANCH:  # what nearly every meeting asks
        people = compiled.rows(_branch_with_exemptions, study, organization=organization.pk, on=on)
    else:
        people = _with_exemptions(_candidates(organization, due, group, named, on, study), on)
    everyone = sorted(people, key=lambda m: (m.name_key, m.code))
    if due == Due.NAMED:
        return DueList(tuple(everyone), (), ())
    members = tuple(m for m in everyone if not m.exempt or m.pk in named)
    exempt = tuple(m for m in everyone if m.exempt and m.pk not in named)
    if due not in (Due.BRANCH, Due.COMMITTEE) or (study and not votes):
        return DueList(members, exempt, ())
    # At study the list differs from the roll, and only the roll has the vote here.
    roll = list(roll_at(organization, on).distinct()) if study and due == Due.BRANCH else everyone
    return DueList(members, exempt, tuple(voters_due(roll, exclusions_of(roll), on)))
