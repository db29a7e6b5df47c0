"""Who has been trained: secretaries of branches, and backbone workers (item 24)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet

from campaign.leadership import rules
from campaign.leadership.models import Trainee, TrainingEvent
from campaign.plan.models import Campaign
from enterprises.models import Organization, Post
from enterprises.tree import under

BACKBONE = ("COMMITTEE_SECRETARY", "DEPUTY_SECRETARY", "COMMITTEE_MEMBER", "TEAM_MEMBER")


@dataclass(frozen=True)
class Coverage:
    """How many secretaries of branches have been trained."""

    trained: int
    total: int

    @property
    def percent(self) -> Decimal | None:
        return rules.coverage(self.trained, self.total)

    @property
    def missing(self) -> int:
        return self.total - self.trained


def trained_in(campaign: Campaign) -> Exists:
    """Whether the member of a post took part in a training class; the mobilisation meeting is none."""
    return Exists(
        Trainee.objects.filter(
            member=OuterRef("member"), event__campaign=campaign, event__kind=TrainingEvent.Kind.TRAINING
        )
    )


def branch_secretaries(
    on: date, branches: QuerySet[Organization] | None = None, among: QuerySet[Post] | None = None
) -> QuerySet[Post]:
    """The posts (``among`` these) of secretary of open branches (of these ones) in force on that day."""
    rows = Organization.objects.all() if branches is None else branches
    posts = Post.objects.all() if among is None else among
    held = posts.filter(
        role="BRANCH_SECRETARY",
        member__isnull=False,
        scope_kind=Post.Scope.ORGANIZATION,
        scope_id__in=rows.open().branches().order_by().values("pk"),
    )
    return held.in_force(on)


def coverage_below(campaign: Campaign, organization: Organization, on: date) -> Coverage:
    """The coverage of the branches at and below an organisation."""
    posts = branch_secretaries(on, Organization.objects.filter(under(organization.path)))
    return Coverage(posts.filter(trained_in(campaign)).count(), posts.count())


def backbone_posts(organization: Organization, on: date) -> QuerySet[Post]:
    """Secretaries and backbone workers at and below an organisation: whom a training event is for."""
    below = Organization.objects.open().filter(under(organization.path)).order_by().values("pk")
    held = Post.objects.filter(scope_kind=Post.Scope.ORGANIZATION, scope_id__in=below, member__isnull=False)
    return held.filter(role__in=("BRANCH_SECRETARY", *BACKBONE)).in_force(on)
