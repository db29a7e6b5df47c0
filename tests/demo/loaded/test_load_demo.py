"""The demo holds what dossier 4.2 and 4.3 ask of it."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import Count, F, Q

from campaign.demo import load, notice, signins
from campaign.leadership.leaders import contact_points, unvisited
from campaign.leadership.models import CampaignOffice, ContactPoint, ImplementationPlan, LeadingGroup, Trainee
from campaign.leadership.training import coverage_below
from campaign.meetings.models import Absence, Meeting, Resolution
from campaign.opinions.models import Opinion, OpinionItem, OpinionPage
from campaign.plan.models import BusinessPeak, Campaign, PhaseSchedule, ScheduleChange
from campaign.progress.actions import recount_check
from campaign.progress.models import MemberTally, StepStatus
from campaign.summary.models import SummaryReport
from campaign.survey.models import SatisfactionSurvey
from enterprises import clock, rules, tree
from enterprises.access.roles import ROLES
from enterprises.models import Account, Enterprise, Exemption, Member, Membership, Organization, Post
from tests.demo.conftest import DAY

pytestmark = pytest.mark.django_db  # so that the test database stands before the fixtures of the module
K = Organization.Kind
TODAY = DAY.date()


def test_twelve_invented_groups(demo):
    groups = Enterprise.objects.filter(parent=None)
    assert [g.code for g in groups.order_by("code")] == [f"E{n:02}" for n in range(1, 13)]
    assert all("（示例）" in unit.name for unit in Enterprise.objects.all())
    assert groups.filter(division_code="110000").count() == 8
    assert Enterprise.objects.filter(condition="NEAR_BANKRUPTCY").count() == 1


def test_size_and_depth(demo):
    assert 295 <= Organization.objects.branches().count() <= 305
    assert Member.objects.count() == 5000
    depths = {len(path) // tree.WIDTH for path in Organization.objects.branches().values_list("path", flat=True)}
    assert min(depths) >= 3 and max(depths) in (6, 7)


def test_every_form_of_organization(demo):
    assert set(Organization.objects.values_list("kind", flat=True)) == set(K.values)


def test_names_are_invented_and_unique(demo):
    names = list(Member.objects.values_list("name", flat=True))
    assert len(set(names)) == len(names)
    assert all(name[1] == "示" for name in names)
    assert not Member.objects.exclude(phone__startswith="000-").exists()


def test_mix_of_categories(demo):
    count = dict(Member.objects.order_by().values_list("category").annotate(n=Count("id")))
    assert set(count) == set(Member.Category.values)
    assert count["FRONT_LINE"] == max(count.values())
    women = Member.objects.filter(gender="2").count()
    assert 0.2 <= women / 5000 <= 0.25


def test_headquarters_outside_beijing_are_led_by_the_locality(demo):
    for unit in Enterprise.objects.filter(parent=None).select_related("leading_organization"):
        assert unit.leading_organization.is_local == (not unit.in_beijing)
        assert not unit.leading_organization.assisted


def test_local_subsidiaries_are_assisted(demo):
    assisted = Organization.objects.filter(assisted=True)
    assert assisted.filter(enterprise__path__startswith=Enterprise.objects.get(code="E05").path).exists()
    assert not assisted.exclude(affiliation="LOCAL").exists()
    assert not assisted.filter(enterprise__code__startswith="E03").exists()


def test_what_follows_from_the_trees_is_right_from_the_start(demo):
    facts = ("pk", "enterprise", "affiliation", "assisted", "enterprise__leading_organization")
    before = list(Organization.objects.order_by("pk").values_list(*facts))
    tree.refresh()
    assert list(Organization.objects.order_by("pk").values_list(*facts)) == before


def test_a_unit_with_five_full_members_and_no_branch(demo):
    stranded = Organization.objects.get(enterprise__code="E01-99")
    members = Member.objects.filter(branch=stranded)
    assert not stranded.is_branch
    assert members.filter(kind="FULL").count() == members.count() == 5


def test_a_branch_of_two_full_and_two_probationary_members(demo):
    sizes = Organization.objects.branches().annotate(
        full=Count("members", Q(members__kind="FULL")), new=Count("members", Q(members__kind="PROBATIONARY"))
    )
    assert sizes.filter(full=2, new=2).count() == 1


def test_a_general_branch_of_104_members(demo):
    general = Organization.objects.filter(kind=K.GENERAL_BRANCH).annotate(n=Count("subordinates__members"))
    assert general.filter(n=104).exists()


def test_three_terms_have_run_out_and_two_posts_are_vacant(demo):
    branches = Organization.objects.branches().open()
    assert sum(b.term_overdue(TODAY) for b in branches) == 3
    held = Post.objects.filter(role="BRANCH_SECRETARY", scope_kind="organization").in_force(TODAY)
    assert branches.exclude(pk__in=held.values("scope_id")).count() == 2


def test_members_out_of_contact_exempt_and_studying_elsewhere(demo):
    assert Member.objects.filter(contact__in=Member.OUT_OF_CONTACT).count() == 25
    assert 35 <= Exemption.objects.count() <= 45
    assert Member.objects.exclude(study_branch=None).count() == 12
    assert Member.objects.filter(without_vote_until__gte=TODAY).exists()


def test_closed_and_merged_branches(demo):
    gone = Organization.objects.exclude(closed_on=None)
    assert gone.filter(successor=None).count() == 1
    assert gone.exclude(successor=None).count() == 2
    assert not Member.objects.filter(branch__in=gone).exists()
    assert Meeting.objects.filter(organization__in=gone).exists()


def test_members_moved_during_the_campaign(demo):
    launched = Campaign.objects.get(code="2005-second-batch").launched_on
    moved = Membership.objects.filter(until=None, since__gt=launched)
    assert moved.count() >= 20
    assert not Membership.objects.filter(until=None).exclude(organization=F("member__branch")).exists()


def test_moved_members_are_due_where_they_were_on_the_day(demo):
    moved = Membership.objects.exclude(until=None).select_related("member")[:10]
    for membership in moved:
        held = Meeting.objects.filter(due_ids__contains=[membership.member_id], due="BRANCH", state="CONFIRMED")
        assert not held.filter(organization=membership.organization_id, held_on__gt=membership.until).exists()
        assert held.filter(organization=membership.organization_id, held_on__lte=membership.until).exists()


def test_frozen_lists_agree_with_the_rules(demo):
    from campaign.meetings.due import due_list

    sample = Meeting.objects.filter(state="CONFIRMED", party_group=None).select_related("organization")
    for meeting in sample.order_by("submission")[:: sample.count() // 40]:
        due = due_list(
            meeting.organization,
            meeting.kind,
            meeting.due,
            meeting.held_on,
            named=meeting.due_ids * (meeting.due == "NAMED"),
        )
        assert meeting.due_ids == due.ids, (meeting.kind, meeting.organization.code)
        assert meeting.present_count == meeting.due_count - meeting.absences.count()


def test_today_falls_into_the_second_phase(demo):
    schedules = PhaseSchedule.objects.filter(
        participation__campaign__code="2005-second-batch", starts_on__lte=TODAY, ends_on__gte=TODAY
    )
    running = dict(schedules.order_by().values_list("phase__code").annotate(n=Count("id")))
    assert running["ANALYSE"] > running["LEARN"] > 0


def test_two_campaigns_side_by_side(demo):
    assert set(Campaign.objects.filter(state="RUNNING").values_list("code", flat=True)) == {
        "2005-second-batch",
        "2024-discipline-study",
    }
    for campaign in Campaign.objects.all():
        assert StepStatus.objects.filter(step__campaign=campaign).exclude(done_on=None).exists()


def test_calendars_were_changed_with_reasons(demo):
    assert ScheduleChange.objects.count() >= 5
    assert not ScheduleChange.objects.filter(reason="").exists()
    assert BusinessPeak.objects.exists()


def test_records_early_late_made_up_and_missing(demo):
    statuses = StepStatus.objects.filter(step__campaign__code="2005-second-batch", applicable=True)
    assert statuses.filter(done_on__lt=F("due_on") - timedelta(days=4), made_up=False).count() > 50
    assert statuses.filter(done_on__gt=F("due_on")).count() > 10
    assert statuses.filter(made_up=True).count() > 10
    assert 3 < statuses.filter(done_on=None, due_on__lt=TODAY).count() < 60
    asked = Absence.objects.exclude(makeup_due_on=None)
    assert asked.filter(makeup__held_on__gt=F("makeup_due_on")).exists()
    assert asked.filter(makeup=None).exists()
    assert asked.filter(makeup__held_on__lte=F("makeup_due_on")).count() > asked.count() / 2
    assert Resolution.objects.filter(passed=True).exists()


def test_nothing_was_recorded_in_the_future(demo):
    assert not Meeting.objects.filter(held_on__gt=TODAY).exists()
    assert not Meeting.objects.filter(recorded_at__gt=DAY + timedelta(days=1)).exists()


def test_progress_is_exact_and_coverage_closes(demo):
    assert set(recount_check().values()) == {0}
    total = MemberTally.objects.get(organization=None, enterprise=None, campaign=None)
    assert total.total == total.covered + total.sought + total.excused
    assert total.total == 4995  # the five without a branch stand in none
    assert total.sought == 25


def test_one_sign_in_for_every_role(demo, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    with_sign_in = [code for code, role in ROLES.items() if role.permissions]
    assert sorted(one.role for one in signins.SIGN_INS) == sorted(with_sign_in)
    for one in signins.SIGN_INS:
        account = Account.objects.get(username=one.username)
        assert account.check_password(signins.PASSWORD)
        assert one.role in {post.role for post in account.posts_in_force}
    secretary = Account.objects.get(username="secretary")
    assert [post.role for post in secretary.posts_in_force] == ["BRANCH_SECRETARY"]


def test_marked_as_made_up(demo):
    assert notice.DemoNotice.objects.get().kind == "demo"


def test_branches_of_units_have_rules_met_mostly(demo):
    branches = (
        Organization.objects.branches()
        .open()
        .annotate(n=Count("members", distinct=True), full=Count("members", Q(members__kind="FULL"), distinct=True))
    )
    remarked = sum(bool(rules.size_remarks(b.kind, rules.Size(b.n, b.full, officers=3))) for b in branches)
    assert remarked < 60


def test_loading_again_changes_nothing(demo):
    members = Member.objects.count()
    again = load.load()
    assert not again.fresh
    assert Member.objects.count() == members


def test_command_writes_the_sign_ins(demo, settings, tmp_path):
    settings.XIANFENG_HOME = tmp_path
    out = StringIO()
    call_command("load_demo", "--json", stdout=out)
    assert json.loads(out.getvalue())["loaded"] is False
    path = tmp_path / signins.FILE
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(signins.SIGN_INS)
    assert lines[0].split()[-2:] == ["secretary", signins.PASSWORD]
    assert path.stat().st_mode & 0o077 == 0


def test_the_day_is_the_clocks(demo):
    assert clock.today() == TODAY


@pytest.mark.item(74, 75, 76)
def test_pilots_have_been_surveyed(demo):
    closed = SatisfactionSurvey.objects.filter(state="CLOSED")
    assert closed.filter(is_valid=True, make_up_required=False).exists()
    bad = closed.get(make_up_required=True, closed_on=TODAY - timedelta(days=2))
    assert bad.organizer == bad.organization.superior
    underway = SatisfactionSurvey.objects.get(state="OPEN")
    assert underway.ballots.count() == underway.codes.filter(used=True).count() > 10
    statuses = StepStatus.objects.filter(step__code="survey", organization__in=closed.values("organization"))
    assert not statuses.filter(done_on=None).exists()
    assert SummaryReport.objects.get().version == 1


@pytest.mark.item(58, 59, 60)
def test_opinions_in_every_state_and_a_box_to_be_sorted(demo):
    states = dict(Opinion.objects.order_by().values_list("state").annotate(n=Count("pk")))
    assert set(states) == set(Opinion.State.values) and states["RAW"] == 9  # one was handed over from the comments
    assert OpinionPage.objects.count() >= 6
    items = OpinionItem.objects.annotate(n=Count("opinions"))
    assert items.filter(answered_on__isnull=False, n__gte=3).count() == 2 and items.filter(answered_on=None).exists()
    done = StepStatus.objects.filter(step__code="talks", done_on__isnull=False)
    assert done.exclude(organization__kind__in=Organization.BRANCH_KINDS).count() > 10


def test_groups_plans_training_and_contact_points(demo):
    campaign = Campaign.objects.order_by("launched_on").first()
    assert LeadingGroup.objects.count() >= 15
    assert 0 < CampaignOffice.objects.count() < LeadingGroup.objects.count()
    states = set(ImplementationPlan.objects.values_list("state", flat=True))
    assert {"FILED", "SUBMITTED", "REVIEWED", "RETURNED", "DRAFT"} <= states
    changed = ImplementationPlan.objects.get(state="DRAFT")
    assert changed.approved and changed.versions.count() == 2
    assert Trainee.objects.count() < 400
    root = Organization.objects.get(path="0000")
    found = coverage_below(campaign, root, TODAY)
    assert 0 < found.trained < found.total
    assert {"ORDINARY", "CANDIDATE", "DEMONSTRATION"} <= set(ContactPoint.objects.values_list("status", flat=True))
    assert unvisited(contact_points(campaign, TODAY), campaign, TODAY).exists()


def test_the_plan_of_the_committee_that_signs_in_waits_for_its_enterprise(demo):
    held = Post.objects.filter(role="COMMITTEE_SECRETARY", member__account__username="committee")
    plan = ImplementationPlan.objects.get(organization__in=held.values("scope_id"), phase=None)
    assert plan.state == "SUBMITTED"
