"""One sign-in for every role, for made-up data only."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import translation

from enterprises.access.roles import ROLES
from enterprises.models import Account, Enterprise, Member, Organization, PartyGroup, Post

PASSWORD = "xianfeng-demo"  # open on purpose: it guards invented data on the machine of the person who tries it
FILE = "demo-sign-ins.txt"


@dataclass(frozen=True)
class SignIn:
    """A demo account: its role, and where that role holds."""

    role: str
    username: str
    places: tuple[str, ...]
    kind: str = "organization"


@dataclass(frozen=True)
class Stage:
    """Where the demo's accounts act: codes of organisations and of an enterprise."""

    root: str
    enterprise: str
    committee: str
    branch: str
    locality: str
    inspected: tuple[str, ...]


def sign_ins(stage: Stage) -> list[SignIn]:
    """Every role that signs in, the most telling first."""
    group = PartyGroup.objects.filter(organization__code=stage.branch).order_by("code").first()
    assert group is not None, "the branch of the demo's secretary has no Party group"
    return [
        SignIn("BRANCH_SECRETARY", "secretary", (stage.branch,)),
        SignIn("OFFICE_STAFF", "office", (stage.root,)),
        SignIn("ENTERPRISE_OFFICE", "enterprise", (stage.enterprise,), "enterprise"),
        SignIn("COMMITTEE_SECRETARY", "committee", (stage.committee,)),
        SignIn("GROUP_LEADER", "leader", (group.code,), "party_group"),
        SignIn("MEMBER", "member", (stage.branch,)),
        SignIn("LOCAL_LIAISON", "local", (stage.locality,)),
        SignIn("GROUP_HEAD", "grouphead", stage.inspected),
        SignIn("GROUP_MEMBER", "groupmember", stage.inspected),
        SignIn("AUDITOR", "auditor", (stage.root,)),
        SignIn("ADMINISTRATOR", "admin", (stage.root,)),
    ]


def create(stage: Stage) -> list[SignIn]:
    """Create the accounts. Secretaries, the leader and the member are members who hold their posts already."""
    made = sign_ins(stage)
    for one in made:
        member = _holder(one)
        name = member.name if member else f"{ROLES[one.role].name}（示例）"
        account = Account.objects.create_user(one.username, PASSWORD, display_name=name, member=member)
        if member is None or one.role == "MEMBER":
            for code in one.places:
                Post.objects.create(
                    account=account, role=one.role, scope_kind=one.kind, scope_id=_scope(one.kind, code)
                )
    return made


def _scope(kind: str, code: str) -> int:
    model = {"organization": Organization, "enterprise": Enterprise, "party_group": PartyGroup}[kind]
    return model._base_manager.get(code=code).pk


def _holder(one: SignIn) -> Member | None:
    """The member who holds the post, or for the plain member one of the branch without any post."""
    scope = _scope(one.kind, one.places[0])
    if one.role == "MEMBER":
        plain = Member.objects.filter(branch=scope, posts=None, kind=Member.Kind.FULL)
        return plain.filter(contact=Member.Contact.NORMAL).order_by("code").first()
    held = Post.objects.filter(scope_kind=one.kind, scope_id=scope, role=one.role, member__isnull=False)
    found = held.select_related("member").first()
    return found.member if found else None


def listing(made: list[SignIn]) -> str:
    """Lines "role  account  password", in Chinese, without an address."""
    with translation.override("zh-hans"):
        return "".join(f"{ROLES[one.role].name}  {one.username}  {PASSWORD}\n" for one in made)


def write(made: list[SignIn]) -> Path:
    """Leave the list where ``up`` looks for it, readable by its owner only."""
    path = Path(settings.XIANFENG_HOME) / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(listing(made), encoding="utf-8")
    return path
