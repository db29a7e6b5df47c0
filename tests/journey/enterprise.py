"""One fictional enterprise: headquarters, an affiliated subsidiary, a LOCAL one, six branches, everybody in office."""

from datetime import timedelta

from campaign.management.commands.load_definition import SHIPPED
from campaign.plan import actions as plan
from campaign.plan.models import Campaign, Participation
from campaign.progress.actions import fold, membership_changed
from config.context import forget_facts
from enterprises import clock
from enterprises.models import Member, Organization, Post
from tests.cast import Cast, add_account, add_member, add_organization, build

K = Organization.Kind
UNITS = ("E01", "E01-A", "E01-C")
BRANCHES = ("B1", "B2", "B3", "B6", "B4", "B7")  # of headquarters, of A, and of the LOCAL subsidiary C
DAYS = 110  # since the launch: every phase is over by the calendar, so that nothing has to wait for its day
# Who asks for each unit, and who lets it pass: the leading organization, for a LOCAL unit its locality alone.
ASKS = {"E01": "hq_secretary", "E01-A": "committee_secretary", "E01-C": "local_secretary"}
PASSES = {"E01": "office", "E01-A": "enterprise_office", "E01-C": "local_liaison"}


def founded() -> Cast:
    """The cast with a sixth branch, and a member in every post."""
    cast = build()
    add_organization(cast, "B6", "机电队党支部（示例）", K.BRANCH, "A")
    add_organization(cast, "B7", "二工区党支部（示例）", K.BRANCH, "C")
    Organization.objects.filter(code="B6").update(enterprise=cast.unit["E01-A"])
    Organization.objects.filter(code="B7").update(enterprise=cast.unit["E01-C"], affiliation="LOCAL", assisted=True)
    for branch in ("B6", "B7"):
        for number in range(1, 4):
            add_member(cast, f"M{branch[1:]:0>2}{number:02}", f"周示{number}", branch)
    for code in ("E01-DZ", "E01-J", "A", "G", "C", *BRANCHES):
        _secretary(cast, code)
    for code in ("E01-DZ", "A", "C"):
        for member in _below(cast.org[code])[:3]:
            Post.objects.create(member=member, role="TEAM_MEMBER", scope_id=cast.org[code].pk)
    add_account(cast, "hq_secretary", "COMMITTEE_SECRETARY", cast.org["E01-DZ"])
    add_account(cast, "local_secretary", "COMMITTEE_SECRETARY", cast.org["C"])
    return cast


def _secretary(cast: Cast, code: str) -> None:
    organization = Organization.objects.get(code=code)
    role = "BRANCH_SECRETARY" if organization.is_branch else "COMMITTEE_SECRETARY"
    Post.objects.create(member=_below(organization)[0], role=role, scope_id=organization.pk)


def _below(organization: Organization) -> list[Member]:
    return list(Member.objects.filter(branch__path__startswith=organization.path).order_by("code"))


def launched(definition: str) -> Campaign:
    """The shipped campaign, launched so long ago that all its days are over."""
    day = clock.today() - timedelta(DAYS)
    with clock.fixed(day):
        loaded = plan.load_definition(text=(SHIPPED / f"{definition}.toml").read_text(), by=None)
        campaign = plan.launch(definition=loaded, launched_on=day, by=None)
    membership_changed(Organization.objects.branches().values_list("pk", flat=True))
    fold()
    forget_facts()
    return campaign


def part_of(campaign: Campaign, unit: str) -> Participation:
    """The participation of one of the units, anew."""
    return campaign.participations.select_related("campaign__definition", "unit__leading_organization").get(
        unit__code=unit
    )
