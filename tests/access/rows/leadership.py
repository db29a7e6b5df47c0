"""Who founds, names, plans, trains and records for leaders; who decides above; who reads a fact sheet."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from campaign.leadership.actions import bodies, leaders, plans, responsible, training
from campaign.leadership.models import ImplementationPlan, Trainee
from campaign.plan.models import Campaign
from enterprises import clock
from enterprises.models import Post
from tests.access.table import Row, only
from tests.cast import Cast
from tests.records import launch

OWN = ("office", "enterprise_office", "committee_secretary")
OTHERS = ("other_secretary", "other_enterprise_office")
MEMBER_READERS = (*OWN, "branch_secretary", "group_leader", "local_liaison", *OTHERS)
LISTS = (*MEMBER_READERS, "supervision_group")
ONLOOKERS = dict.fromkeys(("auditor", "administrator", "supervision_group"), 403)
SEES_B2 = (*OWN, "branch_secretary", "group_leader", "member", "auditor", "administrator", "supervision_group")
GROUP = {"supervision_group": 403}


def a_campaign(cast: Cast) -> Campaign:
    return Campaign.objects.first() or launch()


def launched(cast: Cast) -> dict[str, Any]:
    return {"campaign": a_campaign(cast).code}


def at(code: str):
    """An organisation of the cast, in a running campaign."""

    def make(cast: Cast) -> dict[str, Any]:
        a_campaign(cast)
        return {"pk": cast.org[code].pk}

    return make


def _secretary(cast: Cast) -> None:
    for role in ("COMMITTEE_SECRETARY", "TEAM_MEMBER"):
        Post.objects.create(member=cast.member["M0201"], role=role, scope_id=cast.org["A"].pk)


def _here(cast: Cast) -> dict[str, Any]:
    return {"by": None, "campaign": a_campaign(cast), "organization": cast.org["A"]}


def a_group(cast: Cast):
    _secretary(cast)
    return bodies.found_group(document_number="〔2026〕1号", founded_on=clock.today(), **_here(cast))


def group(cast: Cast) -> dict[str, Any]:
    return {"pk": a_group(cast).pk}


def seat(cast: Cast) -> dict[str, Any]:
    told = {"member": cast.member["M0301"], "role": "MEMBER", "since": clock.today()}
    return {"pk": bodies.seat_member(by=None, group=a_group(cast), **told).pk}


def an_office(cast: Cast):
    return bodies.set_office(document_number="〔2026〕2号", founded_on=clock.today(), **_here(cast))


def office(cast: Cast) -> dict[str, Any]:
    return {"pk": an_office(cast).pk}


def staff(cast: Cast) -> dict[str, Any]:
    return {"pk": bodies.add_staff(by=None, office=an_office(cast), name="赵示八", since=clock.today()).pk}


def named(cast: Cast) -> dict[str, Any]:
    a_campaign(cast)
    told = {"organization": cast.org["A"], "name": "孙示九", "since": clock.today()}
    return {"pk": responsible.name_administrative_head(by=None, **told).pk}


def a_version(cast: Cast, *acts: str):
    upload = SimpleUploadedFile("a.pdf", b"%PDF-1.4")
    version = plans.write_plan(text="一、学习", upload=upload, **_here(cast))
    plan = ImplementationPlan.objects.get(pk=version.plan_id)
    for act in acts:
        plan = plans.move_plan(by=None, plan=plan, act=act)
    return version


def draft(cast: Cast) -> dict[str, Any]:
    return {"pk": a_version(cast).plan_id}


def approved(cast: Cast) -> dict[str, Any]:
    return {"pk": a_version(cast, "submit", "review", "approve").plan_id}


def version_draft(cast: Cast) -> dict[str, Any]:
    return {"pk": a_version(cast).pk}


def version_approved(cast: Cast) -> dict[str, Any]:
    return {"pk": a_version(cast, "submit", "review", "approve").pk}


def a_training(cast: Cast):
    upload = SimpleUploadedFile("a.pdf", b"%PDF-1.4")
    return training.record_training(kind="TRAINING", title="", held_on=clock.today(), upload=upload, **_here(cast))


def event(cast: Cast) -> dict[str, Any]:
    return {"pk": a_training(cast).pk}


def trainee(cast: Cast) -> dict[str, Any]:
    training.sign_in(by=None, event=a_training(cast), member_ids=[cast.member["M0301"].pk])
    return {"pk": Trainee.objects.get().pk}


def leader(cast: Cast) -> dict[str, Any]:
    a_campaign(cast)
    _secretary(cast)
    return {"pk": cast.member["M0201"].pk}


def fact(cast: Cast) -> dict[str, Any]:
    _secretary(cast)
    told = {"member": cast.member["M0201"], "kind": "RECTIFY", "on": clock.today(), "text": "夜班班车增开一班"}
    return {"pk": leaders.enter_fact(**told, **_here(cast)).pk}


def point(cast: Cast) -> dict[str, Any]:
    _secretary(cast)
    told = _here(cast) | {"team": cast.org["A"], "organization": cast.org["B3"], "since": clock.today()}
    return {"pk": leaders.choose_point(member=cast.member["M0201"], **told).pk}


def nothing(cast: Cast) -> dict[str, Any]:
    return {"submission": ""}


def form(url_name: str, kwargs, answers: dict[str, int]) -> list[Row]:
    """A form: whoever may open it may send it; an empty one comes back."""
    return [
        Row(url_name, answers, kwargs=kwargs),
        Row(url_name, answers, kwargs=kwargs, method="post", data=nothing),
    ]


AT_A = only(*OWN) | ONLOOKERS
OF_A = only(*OWN) | GROUP
OF_POINT = OF_A | {"other_secretary": 403}  # whose branch the contact point is
ABOVE = only("office", "enterprise_office") | {"committee_secretary": 403, "supervision_group": 403}
EVERYBODY_IN_FORCE = (*OWN, "branch_secretary", "group_leader", "member", "supervision_group", "other_secretary")

ROWS = [
    *(
        Row(f"leadership:{name}", only(*LISTS), data=launched)
        for name in ("organization_list", "support_list", "plan_list", "training_list", "point_list")
    ),
    Row("leadership:untrained_list", only(*MEMBER_READERS), data=launched),
    Row("leadership:leader_list", only(*MEMBER_READERS), data=launched),
    Row("leadership:organization", only(*SEES_B2), kwargs=at("B2")),
    Row("leadership:owed", only(*SEES_B2), kwargs=at("B2")),
    Row(
        "leadership:owed_own",
        only(*OWN, "branch_secretary", "member", "auditor", "administrator", "local_liaison", "supervision_group",
             *OTHERS),
        data=launched,
    ),
    *form("leadership:group", at("A"), AT_A),
    *form("leadership:office", at("A"), AT_A),
    *form("leadership:stand_in", at("A"), AT_A),
    *form("leadership:admin_head", at("A"), AT_A),
    *form("leadership:plan_new", at("A"), AT_A),
    *form("leadership:training_new", at("A"), AT_A),
    *form("leadership:fact_new", at("A"), AT_A),
    *form("leadership:point_new", at("A"), AT_A),
    *form("leadership:head", group, OF_A),
    *form("leadership:seat_new", group, OF_A),
    *form("leadership:seat_end", seat, OF_A),
    *form("leadership:staff_new", office, OF_A),
    *form("leadership:staff_end", staff, OF_A),
    *form("leadership:responsibility_end", named, OF_A),
    *form("leadership:trainee_undo", trainee, OF_A),
    *form("leadership:fact_withdraw", fact, OF_A),
    *form("leadership:visit_new", point, OF_POINT),
    *form("leadership:point_end", point, OF_POINT),
    *form("leadership:point_forward", point, OF_POINT),
    *form("leadership:point_decide", point, ABOVE | {"other_secretary": 403}),
    Row("leadership:plan", only(*OWN, "supervision_group"), kwargs=draft),
    Row("leadership:plan", only(*EVERYBODY_IN_FORCE), kwargs=approved),
    Row("leadership:plan_move", only(*OWN, status=302) | GROUP, kwargs=draft),
    Row("leadership:plan_move", only(*OWN) | GROUP, kwargs=draft, method="post", data=nothing),
    Row("leadership:plan_file", only(*OWN, "supervision_group"), kwargs=version_draft),
    Row("leadership:plan_file", only(*EVERYBODY_IN_FORCE), kwargs=version_approved),
    Row("leadership:training", only(*OWN, "supervision_group"), kwargs=event),
    Row("leadership:training", only(*OWN, status=302) | GROUP, kwargs=event, method="post", data=nothing),
    Row("leadership:training_file", only(*OWN, "supervision_group"), kwargs=event),
    Row("leadership:point", only(*OWN, "supervision_group", "other_secretary"), kwargs=point),
    Row("leadership:sheet", only("office", "enterprise_office"), kwargs=leader),
]  # fmt: skip
