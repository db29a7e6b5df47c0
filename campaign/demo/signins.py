"""One sign-in for every role, for made-up data only."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Q
from django.utils import translation

from campaign.demo.forest import Forest, K, Node
from campaign.demo.launching import pilots
from enterprises import clock
from enterprises.access.roles import ROLES
from enterprises.models import Account, Enterprise, Member, Organization, PartyGroup, Post

PASSWORD = "xianfeng-demo"  # open on purpose: it guards invented data on the machine of the person who tries it
FILE = "demo-sign-ins.txt"
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class SignIn:
    """A demo account: its role, its name, and what kind of scope the role has."""

    role: str
    username: str
    kind: str = "organization"


# The most telling first.
SIGN_INS = (
    SignIn("BRANCH_SECRETARY", "secretary"),
    SignIn("OFFICE_STAFF", "office"),
    SignIn("ENTERPRISE_OFFICE", "enterprise", "enterprise"),
    SignIn("COMMITTEE_SECRETARY", "committee"),
    SignIn("GROUP_LEADER", "leader", "party_group"),
    SignIn("MEMBER", "member"),
    SignIn("LOCAL_LIAISON", "local"),
    SignIn("GROUP_HEAD", "grouphead"),
    SignIn("GROUP_MEMBER", "groupmember"),
    SignIn("AUDITOR", "auditor"),
    SignIn("ADMINISTRATOR", "admin"),
)


def chosen_branch(forest: Forest) -> Node:
    """The branch around which the sign-ins are: ordinary, with Party groups, led by its headquarters, in a
    sound unit, so that it is in the middle of the second phase."""
    ahead = {unit.code for unit in pilots()}
    fit = {
        node.code: node for node in forest.branches()
        if node.profile == "FRONT" and node.size >= 15 and not (node.heir or node.vacant or node.local)
        and node.unit and node.unit.code not in ahead
        and node.superior and node.superior.kind == K.COMMITTEE and node.unit and node.unit.condition == "SOUND"
    }  # fmt: skip
    return fit[_busiest(list(fit))]


def places(forest: Forest, branch: Node) -> dict[str, list[str]]:
    """Where each role acts, by code: around the chosen branch."""
    unit, committee = branch.unit, branch.superior
    assert unit is not None and committee is not None
    locality = next(n for n in forest.nodes if n.kind == K.LOCAL_COMMITTEE and n.superior is None)
    inspected = [u.lead.code for u in forest.units if u.parent is None and not u.local and u.lead][:4]
    root = [forest.nodes[0].code]
    return {
        "BRANCH_SECRETARY": [branch.code], "OFFICE_STAFF": root, "ENTERPRISE_OFFICE": [unit.top.code],
        "COMMITTEE_SECRETARY": [committee.code], "GROUP_LEADER": [f"{branch.code}-G1"], "MEMBER": [branch.code],
        "LOCAL_LIAISON": [locality.code], "GROUP_HEAD": inspected, "GROUP_MEMBER": inspected,
        "AUDITOR": root, "ADMINISTRATOR": root,
    }  # fmt: skip


def _busiest(codes: list[str]) -> str:
    """Of these branches the one whose secretary has most to do: steps due about now, open make-up lessons."""
    today = clock.today()
    near = Q(step_statuses__done_on=None, step_statuses__due_on__range=(today - WEEK, today + WEEK))
    open_lessons = Q(meetings__absences__makeup_due_on__lte=today + WEEK, meetings__absences__makeup=None)
    found = Organization.objects.filter(code__in=codes).annotate(
        steps=Count("step_statuses", near, distinct=True),
        lessons=Count("meetings__absences", open_lessons, distinct=True),
    )
    return max(found, key=lambda o: (min(o.steps, 3), min(o.lessons, 5), o.code)).code


def create(forest: Forest, branch: Node) -> None:
    """Create the accounts. Secretaries, the leader and the member are members who hold their posts already."""
    where = places(forest, branch)
    for one in SIGN_INS:
        scopes = [_scope(one.kind, code) for code in where[one.role]]
        member = _holder(one, scopes[0])
        name = member.name if member else f"{ROLES[one.role].name}（示例）"
        account = Account.objects.create_user(one.username, PASSWORD, display_name=name, member=member)
        if member is None or one.role == "MEMBER":
            for scope in scopes:
                Post.objects.create(account=account, role=one.role, scope_kind=one.kind, scope_id=scope)


def _scope(kind: str, code: str) -> int:
    model = {"organization": Organization, "enterprise": Enterprise, "party_group": PartyGroup}[kind]
    return model._base_manager.get(code=code).pk


def _holder(one: SignIn, scope: int) -> Member | None:
    """The member who holds the post, or for the plain member one of the branch without any post."""
    if one.role == "MEMBER":
        plain = Member.objects.filter(branch=scope, posts=None, kind=Member.Kind.FULL)
        return plain.filter(contact=Member.Contact.NORMAL).order_by("code").first()
    held = Post.objects.filter(scope_kind=one.kind, scope_id=scope, role=one.role, member__isnull=False)
    found = held.select_related("member").first()
    return found.member if found else None


def listing() -> str:
    """Lines "role  account  password", in Chinese, without an address."""
    with translation.override("zh-hans"):
        return "".join(f"{ROLES[one.role].name}  {one.username}  {PASSWORD}\n" for one in SIGN_INS)


def write() -> Path:
    """Leave the list where ``up`` looks for it, readable by its owner only."""
    path = Path(settings.XIANFENG_HOME) / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(listing(), encoding="utf-8")
    return path
