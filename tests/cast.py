"""The shared cast: one small tree, its members, and an account for every role.

ROOT (SASAC)
├─ E01 党组 (headquarters, Beijing) ─ E01-J 机关党委 ─ B1
│   └─ E01-A committee (subsidiary A, led by headquarters) ─ G ─ B2, B3      B2 has Party group PG
└─ E02 committee ─ B5
LOC (local committee) ─ E01-C committee (subsidiary C of E01, affiliation local: assisted) ─ B4
"""

from dataclasses import dataclass, field
from datetime import date

from enterprises import tree
from enterprises.models import Account, Enterprise, Member, Membership, Organization, PartyGroup, Post

PASSWORD = "correct horse battery"
K = Organization.Kind


@dataclass
class Cast:
    """Attributes by code: ``org["B2"]``, ``unit["E01"]``, ``member["M0201"]``, ``account["office"]``."""

    unit: dict[str, Enterprise] = field(default_factory=dict)
    org: dict[str, Organization] = field(default_factory=dict)
    member: dict[str, Member] = field(default_factory=dict)
    account: dict[str, Account] = field(default_factory=dict)
    group: dict[str, PartyGroup] = field(default_factory=dict)

    def fresh(self, name: str) -> Account:
        """The account anew, without anything worked out before."""
        return Account.objects.get(pk=self.account[name].pk)


def add_unit(cast: Cast, code: str, name: str, kind: str, parent: str | None = None, **fields) -> Enterprise:
    up = cast.unit[parent] if parent else None
    path = tree.allocate(Enterprise, up)[0]
    unit = Enterprise.objects.create(code=code, name=name, kind=kind, parent=up, path=path, **fields)
    cast.unit[code] = unit
    return unit


def add_organization(cast: Cast, code: str, name: str, kind: str, superior: str | None, **fields) -> Organization:
    up = cast.org[superior] if superior else None
    unit = fields.pop("unit", None)
    organization = Organization.objects.create(
        code=code,
        name=name,
        kind=kind,
        superior=up,
        path=tree.allocate(Organization, up)[0],
        enterprise=cast.unit[unit] if unit else None,
        enterprise_given=unit is not None,
        **fields,
    )
    cast.org[code] = organization
    return organization


def add_member(cast: Cast, code: str, name: str, branch: str, **fields) -> Member:
    values = {"kind": Member.Kind.FULL, "category": Member.Category.FRONT_LINE, "name_key": code} | fields
    member = Member.objects.create(code=code, name=name, branch=cast.org[branch], **values)
    Membership.objects.create(member=member, organization=member.branch)
    cast.member[code] = member
    return member


def add_account(cast: Cast, name: str, role: str, scope, scope_kind: str = "organization") -> Account:
    account = Account.objects.create_user(name, PASSWORD, display_name=f"{name}（示例）")
    Post.objects.create(account=account, role=role, scope_kind=scope_kind, scope_id=scope.pk)
    cast.account[name] = account
    return account


def _units(cast: Cast) -> None:
    add_unit(
        cast,
        "E01",
        "华岳能源集团公司（示例）",
        "HEADQUARTERS",
        division_code="110000",
        declared_batch=2,
        industry="能源",
    )
    add_unit(
        cast,
        "E01-A",
        "华岳北山矿业公司（示例）",
        "SUBSIDIARY",
        "E01",
        division_code="140000",
        declared_batch=2,
    )
    add_unit(
        cast, "E01-C", "华岳河口建筑公司（示例）", "SUBSIDIARY", "E01", division_code="370000", declared_batch=2,
        condition="IN_DIFFICULTY",
    )  # fmt: skip
    add_unit(cast, "E02", "南屏电力工程总公司（示例）", "HEADQUARTERS", division_code="110000", declared_batch=2)


def _organizations(cast: Cast) -> None:
    add_organization(cast, "ROOT", "国资委党委（示例）", K.COMMITTEE, None)
    add_organization(cast, "LOC", "某省委（示例）", K.LOCAL_COMMITTEE, None)
    add_organization(
        cast,
        "E01-DZ",
        "华岳能源集团公司党组（示例）",
        K.LEADING_GROUP_DZ,
        "ROOT",
        unit="E01",
        is_headquarters=True,
    )
    add_organization(cast, "E01-J", "华岳能源机关党委（示例）", K.HQ_COMMITTEE, "E01-DZ", is_headquarters=True)
    add_organization(cast, "B1", "办公厅党支部（示例）", K.BRANCH, "E01-J")
    add_organization(cast, "A", "北山矿党委（示例）", K.COMMITTEE, "E01-DZ", unit="E01-A")
    add_organization(cast, "G", "采煤党总支（示例）", K.GENERAL_BRANCH, "A")
    add_organization(cast, "B2", "采煤一队党支部（示例）", K.BRANCH, "G")
    add_organization(cast, "B3", "采煤二队党支部（示例）", K.BRANCH, "G")
    add_organization(
        cast,
        "E02-DW",
        "南屏电力工程总公司党委（示例）",
        K.COMMITTEE,
        "ROOT",
        unit="E02",
        is_headquarters=True,
    )
    add_organization(cast, "B5", "设计所党支部（示例）", K.BRANCH, "E02-DW")
    add_organization(cast, "C", "河口建筑公司党委（示例）", K.COMMITTEE, "LOC", unit="E01-C")
    add_organization(cast, "B4", "一工区党支部（示例）", K.BRANCH, "C")
    tree.refresh()
    for organization in cast.org.values():
        organization.refresh_from_db()
    for unit in cast.unit.values():
        unit.refresh_from_db()


SURNAMES = "王李张刘陈杨赵黄周吴"
DIGITS = "一二三四五六七八九十"


def _members(cast: Cast) -> None:
    for branch, count in {"B1": 4, "B2": 8, "B3": 5, "B4": 4, "B5": 4}.items():
        for i in range(1, count + 1):
            code = f"M{branch[1:]:0>2}{i:02}"
            extra = {}
            if branch == "B2" and i == 7:
                extra = {"kind": Member.Kind.PROBATIONARY, "admitted_on": date(2025, 7, 1)}
            if branch == "B2" and i == 8:
                extra = {"category": Member.Category.RETIRED}
            add_member(cast, code, f"{SURNAMES[i - 1]}示{DIGITS[i - 1]}", branch, **extra)


def build() -> Cast:
    """Create the cast in the present database."""
    cast = Cast()
    _units(cast)
    _organizations(cast)
    _members(cast)
    cast.group["PG"] = PartyGroup.objects.create(code="PG", name="第一党小组（示例）", organization=cast.org["B2"])
    Member.objects.filter(code__in=["M0201", "M0202", "M0203"]).update(party_group=cast.group["PG"])
    add_account(cast, "office", "OFFICE_STAFF", cast.org["ROOT"])
    add_account(cast, "enterprise_office", "ENTERPRISE_OFFICE", cast.unit["E01"], "enterprise")
    add_account(cast, "committee_secretary", "COMMITTEE_SECRETARY", cast.org["A"])
    add_account(cast, "branch_secretary", "BRANCH_SECRETARY", cast.org["B2"])
    add_account(cast, "group_leader", "GROUP_LEADER", cast.group["PG"], "party_group")
    add_account(cast, "local_liaison", "LOCAL_LIAISON", cast.org["LOC"])
    add_account(cast, "auditor", "AUDITOR", cast.org["ROOT"])
    add_account(cast, "administrator", "ADMINISTRATOR", cast.org["ROOT"])
    add_account(cast, "other_secretary", "BRANCH_SECRETARY", cast.org["B3"])
    add_account(cast, "other_enterprise_office", "ENTERPRISE_OFFICE", cast.unit["E02"], "enterprise")
    member = add_account(cast, "member", "MEMBER", cast.org["B2"])
    member.member = cast.member["M0204"]
    member.save()
    return cast
