"""Logging, drafts, confirmation, addenda, exclusions: what is frozen, what is refused, and with what remedy."""

from datetime import date, time, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from campaign.meetings import actions
from campaign.meetings.models import Meeting
from campaign.meetings.record import Proposal, Record
from enterprises import clock
from enterprises.action import ActionError
from enterprises.actions.attendance import grant_exemption, set_study_affiliation
from enterprises.actions.members import transfer_member
from enterprises.actions.permit import NotPermitted
from enterprises.models import Post
from tests.records import launch, status, told

TODAY = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def campaign(cast):
    return launch()


def ids(cast, *codes):
    return {cast.member[code].pk for code in codes}


def log(cast, organization="B2", by="branch_secretary", **fields):
    who = cast.account[by] if by else None
    confirm = fields.pop("confirm", True)
    submission = fields.pop("submission", None)
    return actions.log(
        by=who, organization=cast.org[organization], record=told(**fields), submission=submission, confirm=confirm
    )


def test_logging_freezes_who_was_due_and_who_had_the_vote(cast):
    absent = {cast.member["M0201"].pk: "TRIP", cast.member["M0207"].pk: "LEAVE"}
    meeting = log(cast, kind="BRANCH_GENERAL", absent=absent)
    assert (meeting.due_count, meeting.present_count) == (8, 6)
    assert set(meeting.due_ids) == ids(cast, *(f"M020{i}" for i in range(1, 9)))
    assert cast.member["M0207"].pk not in meeting.voter_ids  # probationary: due, no vote (trap 1)
    assert len(meeting.voter_ids) == 7
    assert (meeting.title, meeting.minutes, meeting.slot) != ("", 0, "")
    meeting.refresh_from_db()
    assert meeting.is_confirmed and meeting.recorded_by == cast.account["branch_secretary"]


def test_probationary_members_stay_out_of_the_quorum(cast):
    """8 due, 7 voters, 4 voters present: more than half; with the probationary member counted it is half."""
    absent = dict.fromkeys(ids(cast, "M0201", "M0202", "M0203"), "TRIP")
    proposal = Proposal("同意", votes_for=4)
    meeting = log(cast, kind="BRANCH_GENERAL", absent=absent, proposals=(proposal,))
    resolution = meeting.resolutions.get()
    assert (resolution.due_voters, resolution.present_voters, resolution.passed) == (7, 4, True)


def test_leave_does_not_reduce_the_number_due(cast):
    absent = dict.fromkeys(ids(cast, "M0201", "M0202", "M0203", "M0204"), "LEAVE")
    meeting = log(cast, kind="BRANCH_GENERAL", absent=absent, proposals=(Proposal("同意", votes_for=3),))
    assert meeting.due_count == 8
    resolution = meeting.resolutions.get()
    assert (resolution.due_voters, resolution.passed) == (7, False)


def test_two_submissions_are_one_record(cast):
    submission = uuid4()
    first = log(cast, submission=submission)
    assert log(cast, submission=submission, title="again").pk == first.pk
    assert Meeting.objects.count() == 1


def test_membership_on_the_day_counts_not_today(cast):
    """Trap 13: the member left for B3 on 20 August."""
    transfer_member(by=None, member=cast.member["M0201"], to=cast.org["B3"], effective=date(2026, 8, 20))
    moved = cast.member["M0201"].pk
    assert moved in log(cast, day=date(2026, 8, 19)).due_ids
    assert moved not in log(cast, day=date(2026, 8, 20)).due_ids
    assert moved in log(cast, organization="B3", by=None, day=date(2026, 8, 20)).due_ids
    assert moved not in log(cast, organization="B3", by=None, day=date(2026, 8, 19)).due_ids


def test_later_transfers_leave_the_frozen_list(cast):
    meeting = log(cast, day=date(2026, 8, 10))
    transfer_member(by=None, member=cast.member["M0201"], to=cast.org["B3"], effective=date(2026, 8, 5))
    meeting.refresh_from_db()
    assert cast.member["M0201"].pk in meeting.due_ids


def test_exempt_members_are_not_due_but_keep_their_place_among_the_voters(cast):
    grant_exemption(
        by=None, member=cast.member["M0203"], approved_by=cast.org["G"], approved_on=TODAY, since=date(2026, 8, 1)
    )
    exempt = cast.member["M0203"].pk
    meeting = log(cast, kind="BRANCH_GENERAL", proposals=(Proposal("同意", votes_for=6),))
    assert exempt not in meeting.due_ids and exempt in meeting.voter_ids
    resolution = meeting.resolutions.get()
    assert (resolution.due_voters, resolution.present_voters) == (7, 6)
    came = log(cast, kind="BRANCH_GENERAL", named=(exempt,))
    assert exempt in came.due_ids and came.present_count == 8


def test_study_affiliation_moves_study_but_not_the_vote(cast):
    """Trap 7: due at study where one takes part, once; the vote stays with the formal branch."""
    guest = cast.member["M0301"]
    set_study_affiliation(by=None, member=guest, study_branch=cast.org["B2"])
    assert guest.pk in log(cast).due_ids
    assert guest.pk not in log(cast, organization="B3", by=None).due_ids
    general = log(cast, organization="B3", by=None, kind="BRANCH_GENERAL")
    assert guest.pk in general.due_ids and guest.pk in general.voter_ids
    assert guest.pk not in log(cast, kind="BRANCH_GENERAL").due_ids


def test_party_group_meetings_are_those_of_the_group(cast):
    meeting = log(cast, kind="PARTY_GROUP", party_group=cast.group["PG"], by="group_leader")
    assert set(meeting.due_ids) == ids(cast, "M0201", "M0202", "M0203")
    with pytest.raises(ActionError, match="."):
        log(cast, kind="PARTY_GROUP", party_group=cast.group["PG"], proposals=(Proposal("x", votes_for=1),))


def test_committee_meetings_take_those_in_post_on_the_day(cast):
    for code, since, until in [
        ("M0202", None, None),
        ("M0203", None, date(2026, 8, 1)),
        ("M0204", date(2026, 8, 20), None),
    ]:
        Post.objects.create(
            member=cast.member[code],
            role="COMMITTEE_MEMBER",
            scope_id=cast.org["B2"].pk,
            since=since,
            until=until,
        )
    assert set(log(cast, kind="BRANCH_COMMITTEE", day=date(2026, 8, 10)).due_ids) == ids(cast, "M0202")
    assert set(log(cast, kind="BRANCH_COMMITTEE", day=date(2026, 8, 20)).due_ids) == ids(cast, "M0202", "M0204")


def test_nobody_due_is_refused_with_the_remedy(cast):
    with pytest.raises(ActionError) as refusal:
        log(cast, kind="DEMOCRATIC_LIFE")
    assert refusal.value.field == "due"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": "NO_SUCH_KIND"}, "kind"),
        ({"day": TODAY + timedelta(1)}, "held_on"),
        ({"minutes": 0}, "minutes"),
        ({"class_hours": Decimal(25)}, "class_hours"),
        ({"kind": "TRAINING_CLASS"}, "named"),
        ({"kind": "PARTY_GROUP"}, "party_group"),
        ({"absent": {0: "TRIP"}}, "absent"),
        ({"kind": "BRANCH_GENERAL", "proposals": (Proposal("x", votes_for=9),)}, "proposals"),
        ({"kind": "BRANCH_GENERAL", "proposals": (Proposal("x", written_for=1),)}, "proposals"),
        ({"kind": "BRANCH_GENERAL", "proposals": (Proposal("x", "admission", written_for=1),)}, "proposals"),
    ],
)
def test_refusals_name_the_field(cast, fields, field):
    with pytest.raises(ActionError) as refusal:
        log(cast, **fields)
    assert refusal.value.field == field
    assert not Meeting.objects.exists()


def test_unknown_reason_is_refused(cast):
    with pytest.raises(ActionError, match="."):
        log(cast, absent={cast.member["M0201"].pk: "ILL"})


def test_current_kinds_stay_out_of_a_2005_campaign(cast, campaign):
    with pytest.raises(ActionError, match="."):
        log(cast, kind="THEME_PARTY_DAY", campaign=campaign)
    assert log(cast, kind="THEME_PARTY_DAY").class_hours == 2


def test_only_those_who_record_here_may(cast):
    for name in ("other_secretary", "auditor", "member", "local_liaison", "group_leader"):
        with pytest.raises(NotPermitted):
            log(cast, by=name)
    log(cast, by="committee_secretary")


def test_written_opinions_count_on_admission(cast):
    """4.8 (1): 5 present of 8 voters, 4 for and 1 written: admitted."""
    cast.member["M0207"].kind = "FULL"
    cast.member["M0207"].save()
    absent = dict.fromkeys(ids(cast, "M0201", "M0202", "M0203"), "TRIP")
    admit = Proposal("同意接收", "admission", votes_for=4, votes_against=1, written_for=1)
    meeting = log(cast, kind="BRANCH_GENERAL", absent=absent, proposals=(admit,))
    assert meeting.resolutions.get().passed


def test_drafts_change_confirm_and_go(cast):
    draft = log(cast, confirm=False, absent={cast.member["M0201"].pk: "TRIP"}, day=TODAY + timedelta(3))
    assert not draft.is_confirmed and draft.due_count == 0
    with pytest.raises(ActionError):
        actions.confirm(by=None, meeting=draft)
    changed = actions.change_draft(
        by=cast.account["branch_secretary"], meeting=draft, record=told(absent={cast.member["M0202"].pk: "NONE"})
    )
    confirmed = actions.confirm(by=None, meeting=changed)
    assert actions.confirm(by=None, meeting=confirmed).confirmed_at == confirmed.confirmed_at
    assert confirmed.present_count == 7
    assert [a.member.code for a in confirmed.absences.all()] == ["M0202"]
    for refused in (
        lambda: actions.change_draft(by=None, meeting=confirmed, record=told()),
        lambda: actions.discard(by=None, meeting=confirmed),
    ):
        with pytest.raises(ActionError):
            refused()
    second = log(cast, confirm=False)
    actions.discard(by=None, meeting=second)
    assert Meeting.objects.count() == 1


def test_addenda_are_dated_and_not_doubled(cast):
    meeting = log(cast)
    first = actions.add_addendum(by=None, meeting=meeting, text=" 补充一句 ")
    assert actions.add_addendum(by=None, meeting=meeting, text="补充一句").pk == first.pk
    with pytest.raises(ActionError):
        actions.add_addendum(by=None, meeting=meeting, text=" ")
    with pytest.raises(ActionError):
        actions.add_addendum(by=None, meeting=log(cast, confirm=False), text="x")


def test_files_are_known_by_content(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    meeting = log(cast)
    picture = SimpleUploadedFile("会场.exe", b"\x89PNG\r\n\x1a\n rest")
    kept = actions.attach(by=None, meeting=meeting, upload=picture)
    assert kept.name == "会场.exe" and kept.file.name.endswith(".png")
    for wrong in (SimpleUploadedFile("a.png", b"<script>"), SimpleUploadedFile("a.pdf", b"")):
        with pytest.raises(ActionError):
            actions.attach(by=None, meeting=meeting, upload=wrong)


def test_exclusion_needs_both_approvals_and_acts_from_then_on(cast):
    meeting = log(cast, kind="BRANCH_GENERAL", day=date(2026, 8, 10))
    member = cast.member["M0203"]
    decide = {"by": None, "member": member, "approved_on": date(2026, 8, 5), "adopted_at": meeting}
    with pytest.raises(ActionError):
        actions.decide_exclusion(**decide, approved_by=cast.org["B3"])
    with pytest.raises(ActionError):
        actions.decide_exclusion(**{**decide, "adopted_at": log(cast)}, approved_by=cast.org["G"])
    decision = actions.decide_exclusion(**decide, approved_by=cast.org["G"])
    assert actions.decide_exclusion(**decide, approved_by=cast.org["G"]).pk == decision.pk
    later = log(cast, kind="BRANCH_GENERAL", day=date(2026, 8, 20))
    earlier = log(cast, kind="BRANCH_GENERAL", day=date(2026, 8, 9))
    assert member.pk in later.due_ids and member.pk not in later.voter_ids
    assert member.pk in earlier.voter_ids
    actions.end_exclusion(by=None, decision=decision, until=date(2026, 8, 21))
    assert member.pk in log(cast, kind="BRANCH_GENERAL", day=date(2026, 8, 22)).voter_ids


@pytest.mark.item(54)
def test_absences_get_a_make_up_day_where_the_campaign_asks_for_one(cast, campaign):
    absent = dict.fromkeys(ids(cast, "M0201", "M0208"), "TRIP")
    meeting = log(cast, campaign=campaign, absent=absent)
    days = dict(meeting.absences.values_list("member__code", "makeup_due_on"))
    assert days == {"M0201": meeting.held_on + timedelta(7), "M0208": None}  # M0208 is retired: flexible
    general = log(cast, campaign=campaign, kind="BRANCH_GENERAL", absent=absent)
    assert not general.absences.exclude(makeup_due_on=None).exists()


def test_closed_organizations_hold_no_meetings(cast):
    cast.org["B2"].closed_on = date(2026, 8, 3)
    cast.org["B2"].save()
    with pytest.raises(ActionError):
        log(cast)
    log(cast, day=date(2026, 8, 3))


def test_progress_moves_in_the_same_transaction(cast, campaign):
    assert status(campaign, "mobilise", cast.org["B2"]).done_on is None
    meeting = log(cast, kind="MOBILISATION", campaign=campaign)
    assert status(campaign, "mobilise", cast.org["B2"]).done_on == meeting.held_on


def test_record_of_a_draft_says_what_was_told(cast):
    record = Record(
        kind="BRANCH_GENERAL",
        held_on=date(2026, 8, 9),
        starts_at=time(9),
        title="大会",
        observers=(("李示一", "车间主任"),),
        proposals=(Proposal("一", votes_for=1),),
        gist="讲了三点",
        minutes=50,
        class_hours=Decimal("1.0"),
        absent={cast.member["M0201"].pk: "SHIFT"},
    )
    draft = actions.log(by=None, organization=cast.org["B2"], record=record, confirm=False)
    again = Record.of(Meeting.objects.get(pk=draft.pk))
    for name in ("title", "observers", "proposals", "gist", "minutes", "class_hours", "absent"):
        assert getattr(again, name) == getattr(record, name), name


def test_study_passes_resolutions_by_the_vote_of_the_roll(cast):
    """A guest at study has no vote here; who studies elsewhere keeps it, though absent."""
    set_study_affiliation(by=None, member=cast.member["M0301"], study_branch=cast.org["B2"])
    set_study_affiliation(by=None, member=cast.member["M0201"], study_branch=cast.org["B3"])
    meeting = log(cast, proposals=(Proposal("同意", votes_for=6),))
    resolution = meeting.resolutions.get()
    assert (resolution.due_voters, resolution.present_voters, resolution.passed) == (7, 6, True)
    assert cast.member["M0301"].pk in meeting.due_ids and cast.member["M0301"].pk not in meeting.voter_ids


def test_saving_takes_few_statements(cast, campaign, django_assert_max_num_queries):
    secretary = cast.account["branch_secretary"]
    assert secretary.reach.paths
    record = told("PARTY_LECTURE", campaign=campaign, absent={cast.member["M0201"].pk: "TRIP"})
    with django_assert_max_num_queries(16):
        actions.log(by=secretary, organization=cast.org["B2"], record=record)
