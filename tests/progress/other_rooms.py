"""Records that prove no step, entered and moved on at random: what else a branch has to do with all day.

Some of them change who is counted all the same: an applicant who is admitted, a member who is sought or found.
"""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

from campaign.appraisal.actions import corrections
from campaign.appraisal.models import CorrectionRequest
from campaign.business import actions as business
from campaign.exemplars import actions as exemplars
from campaign.exemplars.models import ModelMember
from campaign.gates import actions as gates
from campaign.gates.models import PhaseTransition
from campaign.leadership.actions import leaders
from campaign.masses import actions as masses
from campaign.masses.models import PublicComment
from campaign.mechanisms import actions as mechanisms
from campaign.mechanisms.models import LongTermMechanism
from campaign.membership import applicant_actions, search_actions
from campaign.membership.models import Applicant, MemberSearchCase
from campaign.plan.models import Participation
from campaign.publicity import actions as publicity
from campaign.rectification import measure_actions
from campaign.rectification.models import RectificationMeasure
from campaign.services import actions as services
from campaign.study import activity_actions, material_actions
from campaign.study.models import StudyMaterial, ThemeActivity
from campaign.support import care_actions, request_actions, weak_actions
from campaign.support.models import CareRecord, DifficultyRequest, WeakOrganization
from enterprises import clock
from enterprises.models import Member, Organization

WHY = "录入有误（示例）"


def _branch(office) -> Organization:
    return office.pick(Organization.objects.branches().open())


def _committee(office) -> Organization:
    return office.pick(Organization.objects.filter(code__in=["A", "C", "E01-DZ"]))


def _member(office) -> Member:
    return office.pick(Member.objects.on_roll())


def search(office) -> None:
    """A member without contact is sought; a search is gone on with, closed, opened again."""
    case = office.pick(MemberSearchCase.objects.all())
    if case is None or office.random.random() < 0.4:
        search_actions.open_search(by=None, member=_member(office), opened_on=clock.today())
    elif case.closed_on:
        search_actions.reopen_search(by=None, case=case, reason=WHY)
    else:
        search_actions.enter_step(by=None, case=case, on=clock.today(), kind="VISIT", text="邻居称已搬走", reached=True)
        result = office.random.choice(["FOUND", "TRANSFERRED", "NOT_FOUND"])
        search_actions.close_search(by=None, case=case, result=result, closed_on=clock.today())


def apply(office) -> None:
    """Somebody applies, is admitted, withdraws."""
    found = office.pick(Applicant.objects.current())
    if found is None or office.random.random() < 0.5:
        told = {"born_on": clock.today() - timedelta(25 * 366), "activist_on": clock.today() - timedelta(500)}
        applicant_actions.enter_applicant(
            by=None, organization=_branch(office), name="孙示范", applied_on=clock.today() - timedelta(600),
            candidate_on=clock.today() - timedelta(60), **told,
        )  # fmt: skip
    elif office.random.random() < 0.6:
        applicant_actions.admit_applicant(
            by=None, applicant=found, code=f"N{found.pk:05}", category="FRONT_LINE", admitted_on=clock.today()
        )
    else:
        applicant_actions.withdraw_applicant(by=None, applicant=found, ended_on=clock.today(), reason=WHY)


def weak(office) -> None:
    """An organization is taken in hand, a measure taken, the improvement reported and accepted or sent back."""
    case = office.pick(WeakOrganization.objects.filter(state__in=["IN_HAND", "REPORTED"]))
    if case is None:
        weak_actions.open_weak(by=None, organization=_branch(office), reason="NO_ACTIVITIES", opened_on=clock.today())
    elif case.state == "IN_HAND":
        weak_actions.add_measure(by=None, weak=case, kind="LEADERSHIP", done_on=clock.today(), done="选派了新书记")
        weak_actions.report_improved(by=None, weak=case, result="活动正常", reported_on=clock.today())
    elif office.random.random() < 0.5:
        weak_actions.send_back(by=None, weak=case, reason=WHY)
    else:
        weak_actions.accept_improved(by=None, weak=case)


def difficulty(office) -> None:
    """A difficulty is raised, answered, solved, opened again."""
    asked = office.pick(DifficultyRequest.objects.all())
    if asked is None or office.random.random() < 0.4:
        request_actions.raise_request(
            by=None, organization=_branch(office), kind="VENUE", title="没有活动场所", raised_on=clock.today()
        )
    elif office.random.random() < 0.5:
        request_actions.solve_request(by=None, request=asked, result="已腾出一间", closed_on=clock.today())
    else:
        request_actions.reopen_request(by=None, request=asked, reason=WHY)


def care(office) -> None:
    """Care is noted, or a note withdrawn."""
    member, noted = _member(office), office.pick(CareRecord.objects.filter(withdrawn_why=""))
    if noted and office.random.random() < 0.3:
        care_actions.withdraw_care(by=None, record=noted, mistake="TWICE")
    else:
        care_actions.note_care(
            by=None, organization=member.branch, whom="MEMBER", member=member, need="PRACTICAL", help="VISIT",
            given_on=clock.today(), giver="SECRETARY",
        )  # fmt: skip


def indicator(office) -> None:
    """The figures of a month."""
    business.enter_indicator(
        by=None, organization=_committee(office), month=date(clock.today().year - 1, office.random.randint(1, 12), 1),
        revenue=Decimal(120), revenue_prior=Decimal(100),
    )  # fmt: skip


def target(office) -> None:
    """A target of the year."""
    business.set_target(
        by=None, organization=_committee(office), kind="PRODUCTION", year=clock.today().year, target="产煤五十万吨"
    )


def mechanism(office) -> None:
    """A mechanism is started or goes on."""
    made = office.pick(LongTermMechanism.objects.all())
    if made is None or office.random.random() < 0.4:
        mechanisms.start_mechanism(
            by=None, campaign=office.campaign, organization=_committee(office), kind="STUDY", title="学习日（示例）"
        )
    else:
        status = office.random.choice(["DRAFTED", "ISSUED", "RUNNING"])
        mechanisms.move_mechanism(by=None, mechanism=made, status=status, since=clock.today(), number="8号")


def regulation(office) -> None:
    """A regulation is made."""
    mechanisms.enter_regulation(
        by=None, organization=_committee(office), title="三会一课制度（示例）", change="NEW", decided_on=clock.today()
    )


def comment(office) -> None:
    """A comment on a public notice comes, is published or declined."""
    waiting = office.pick(PublicComment.objects.filter(state="WAITING"))
    if waiting is None:
        masses.send_comment(
            by=None,
            campaign=office.campaign,
            organization=_branch(office),
            text="能再早些吗（示例）",
            submission=uuid4(),
        )
    elif office.random.random() < 0.5:
        masses.publish_comment(by=None, comment=waiting)
    else:
        masses.decline_comment(by=None, comment=waiting, reason="ABUSE")


def exemplar(office) -> None:
    """A member is put forward as a model, or no longer."""
    found = office.pick(ModelMember.objects.exclude(state="WITHDRAWN"))
    if found and office.random.random() < 0.4:
        exemplars.withdraw(by=None, exemplar=found, reason=WHY)
    else:
        exemplars.nominate(
            by=None, member=_member(office), headline="夜班里的带头人（示例）", deeds="三十年在一线（示例）",
            nominated_on=clock.today(), campaign=office.campaign,
        )  # fmt: skip


def service(office) -> None:
    """A hot issue of a window unit, or a service activity."""
    branch, today = _branch(office), clock.today()
    if office.random.random() < 0.5:
        services.raise_issue(
            by=None, organization=branch, title="缴费排队", department="营业部", raised_on=today, due_on=today
        )
    else:
        services.record_activity(by=None, organization=branch, kind="RELIEF", title="结对", held_on=today)


def activity(office) -> None:
    """A theme activity, with those who took part; or one withdrawn."""
    held, branch = office.pick(ThemeActivity.objects.filter(withdrawn_on=None)), _branch(office)
    if held and office.random.random() < 0.3:
        activity_actions.withdraw_activity(by=None, activity=held, reason=WHY)
    else:
        activity_actions.record_activity(
            by=None, organization=branch, kind=office.random.choice(ThemeActivity.Kind.values), held_on=clock.today(),
            campaign=office.campaign, participants=Member.objects.on_roll().filter(branch=branch)[:2],
        )  # fmt: skip


def material(office) -> None:
    """A title on the reading list, or off it."""
    listed = office.pick(StudyMaterial.objects.filter(withdrawn_on=None))
    if listed and office.random.random() < 0.4:
        material_actions.withdraw_material(by=None, material=listed, reason=WHY)
    else:
        material_actions.add_material(
            by=None, campaign=office.campaign, organization=None, title="学习读本（示例）", priority="KEY"
        )


def publicity_item(office) -> None:
    """Something that appeared in a paper."""
    publicity.record_publicity(
        by=None, campaign=office.campaign, organization=_branch(office), channel="BRIEFING", title="送学到井口",
        appeared_on=clock.today(),
    )  # fmt: skip


def measure(office) -> None:
    """What a member sets out to do better, or has done."""
    kept = office.pick(RectificationMeasure.objects.filter(done_on=None))
    if kept and office.random.random() < 0.5:
        measure_actions.finish_measure(by=None, measure=kept, done="每周一次", done_on=clock.today())
    else:
        measure_actions.set_measure(
            by=None, campaign=office.campaign, member=_member(office), measure="每周到班组一次", due_on=clock.today()
        )


def correction(office) -> None:
    """A member asks for a correction, and is answered."""
    asked = office.pick(CorrectionRequest.objects.filter(entries=None))
    if asked is None:
        member = _member(office)
        corrections.ask_correction(by=None, member=member, about="STUDY", text="少记了一次（示例）", submission=uuid4())
    else:
        corrections.answer_correction(by=None, request=asked, state="CORRECTED", text="已更正")


def contact_point(office) -> None:
    """A leader chooses a contact point and visits it."""
    committee = _committee(office)
    member = office.pick(Member.objects.on_roll().filter(branch__path__startswith=committee.path))
    point = leaders.choose_point(
        by=None, campaign=office.campaign, team=committee, member=member, organization=_branch(office),
        since=clock.today(),
    )  # fmt: skip
    leaders.record_visit(by=None, point=point, visited_on=clock.today(), kind="RESEARCH", gist="座谈")


def gate(office) -> None:
    """A unit asks for the next gate; it is let pass with a reason, refused, or brought back."""
    part = office.pick(Participation.objects.filter(campaign=office.campaign))
    waiting = PhaseTransition.objects.filter(participation=part, state="ASKED").first()
    phase = office.campaign.phases.filter(code=part.state).first()
    if waiting is None and office.random.random() < 0.2:
        gates.undo(participation=part, reason=WHY, by=None)
    elif waiting is None:
        if phase is not None:
            notes = {line.step.code: WHY for line in gates.compared(part, phase)}
            gates.look_back(participation=part, notes=notes, by=None)
        gates.ask(participation=part, summary="阶段小结（示例）", by=None)
    elif office.random.random() < 0.3:
        gates.refuse(transition=waiting, reason=WHY, by=None)
    else:
        gates.let_pass(participation=part, gate=waiting.gate, reason=WHY, by=None)


OTHERS: tuple[Callable[[object], None], ...] = (
    search, apply, weak, difficulty, care, indicator, target, mechanism, regulation, comment, exemplar, service,
    activity, material, publicity_item, measure, correction, contact_point, gate,
)  # fmt: skip
