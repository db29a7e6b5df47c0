"""Organisations, members, enterprises, accounts, checks."""

from datetime import date

from enterprises.forms.organizations import RenameForm
from enterprises.models import Account, CheckFinding, Exemption, Organization, Post
from tests.access.table import OTHER_BRANCH, OTHER_ENTERPRISE, Row, everybody, only


def organization(code):
    return lambda cast: {"pk": cast.org[code].pk}


def member(code):
    return lambda cast: {"pk": cast.member[code].pk}


def unit(code):
    return lambda cast: {"pk": cast.unit[code].pk}


def group(cast):
    return {"pk": cast.group["PG"].pk}


def account(name):
    return lambda cast: {"pk": cast.account[name].pk}


def closed_branch(cast):
    Organization.objects.filter(code="B2").update(closed_on=date(2025, 1, 1))
    return {"pk": cast.org["B2"].pk}


def member_post(role, branch="B2"):
    def make(cast):
        holder = cast.member["M0201"]
        return {"pk": Post.objects.create(member=holder, role=role, scope_id=cast.org[branch].pk).pk}

    return make


def account_post(name):
    return lambda cast: {"pk": Post.objects.get(account=cast.account[name]).pk}


def exemption(cast):
    row = Exemption.objects.create(
        member=cast.member["M0201"],
        approved_by=cast.org["A"],
        approved_on=date(2025, 9, 1),
        since=date(2025, 9, 1),
    )
    return {"pk": row.pk}


def finding(cast):
    CheckFinding.objects.create(
        organization=cast.org["B2"], code="BRANCH_SMALL", values={"full": 2}, since=date(2025, 9, 1)
    )
    return {}


def renaming(cast):
    form = RenameForm(account=None, subject=cast.org["B2"])
    return {"name": "新名（示例）", "version": form.initial["version"], "reason": ""}


ABOVE_B2 = ("office", "enterprise_office", "committee_secretary")
READ_ONLY = {"auditor": 403, "administrator": 403, "supervision_group": 403}
# B2: who sees it, who changes the tree there, who changes its members.
SEES_B2 = only(*ABOVE_B2, "branch_secretary", "group_leader", "member", "auditor", "administrator", "supervision_group")
TREE_AT_B2 = only(*ABOVE_B2) | only("branch_secretary", "group_leader", "member", status=403) | READ_ONLY
MEMBERS_AT_B2 = only(*ABOVE_B2, "branch_secretary") | only("group_leader", "member", status=403) | READ_ONLY
SEES_M0201 = only(*ABOVE_B2, "branch_secretary", "group_leader")
CHANGES_M0201 = only(*ABOVE_B2, "branch_secretary") | {"group_leader": 403}
CHANGES_GROUP = MEMBERS_AT_B2
# The committee of subsidiary C, led by a local committee and assisted by its enterprise (item 8).
SEES_C = only("office", "enterprise_office", "local_liaison", "auditor", "administrator")
TREE_AT_C = only("local_liaison", "enterprise_office", "office", status=403) | only(
    "auditor", "administrator", status=403
)
ALL_UNITS = only("office", "auditor", "administrator")
SEES_E01 = ALL_UNITS | only("enterprise_office")
KEEPS_E01 = only("office", "enterprise_office") | only("auditor", "administrator", status=403)
SEES_E01_A = SEES_E01 | only(
    "committee_secretary", "branch_secretary", "group_leader", "member", "supervision_group", OTHER_BRANCH
)
KEEPS_ACCOUNTS = ("office", "enterprise_office", "committee_secretary", "administrator", OTHER_ENTERPRISE)
# The account of B2's secretary.
SEES_SECRETARY_ACCOUNT = only("office", "enterprise_office", "committee_secretary", "administrator")

_PLAIN = ["organization_list", "tree", "member_list", "enterprise_list", "check_list"]
_SUGGEST = ["organization_suggest", "member_suggest", "enterprise_suggest"]
_TREE = [
    "organization_found",
    "organization_rename",
    "organization_correct",
    "organization_kind",
    "organization_move",
    "organization_merge",
    "organization_close",
    "organization_undo",
    "organization_election",
    "secretary",
]
_MEMBERS = ["post_new", "group_new", "member_admit"]
_GROUP = ["group_rename", "group_close", "group_members", "group_leader"]
_MEMBER = [
    "member_correct",
    "member_transfer",
    "member_transfer_cancel",
    "member_end",
    "member_restore",
    "member_study",
    "member_contact",
    "exemption_new",
]
_UNIT = ["unit_found", "unit_rename", "unit_correct", "unit_move", "unit_condition"]
_ACCOUNT = ["account_password", "account_deactivate", "account_reactivate", "account_post_new"]

ROWS = [
    *(Row(f"enterprises:{name}", everybody()) for name in _PLAIN + _SUGGEST),
    Row("enterprises:check_list", everybody(), kwargs=finding),
    Row("enterprises:organization", SEES_B2, kwargs=organization("B2")),
    Row("enterprises:organization", SEES_C, kwargs=organization("C")),
    Row("enterprises:organization", SEES_B2, kwargs=closed_branch),
    Row(
        "enterprises:organization",
        only(*ABOVE_B2, "auditor", "administrator", "supervision_group"),
        kwargs=organization("A"),
    ),
    Row("enterprises:tree_node", SEES_B2, kwargs=organization("B2")),
    Row("enterprises:tree_node", SEES_C, kwargs=organization("C")),
    *(Row(f"enterprises:{name}", TREE_AT_B2, kwargs=organization("B2")) for name in _TREE),
    *(Row(f"enterprises:{name}", TREE_AT_C, kwargs=organization("C")) for name in _TREE),
    *(Row(f"enterprises:{name}", MEMBERS_AT_B2, kwargs=organization("B2")) for name in _MEMBERS),
    Row("enterprises:organization_reopen", TREE_AT_B2, kwargs=closed_branch),
    # The extension is approved above: the secretary of A may extend G's term, not the own one.
    Row(
        "enterprises:organization_extension",
        only("office", "enterprise_office")
        | only("committee_secretary", "auditor", "administrator", "supervision_group", status=403),
        kwargs=organization("A"),
    ),
    Row("enterprises:post_end", MEMBERS_AT_B2, kwargs=member_post("COMMITTEE_MEMBER")),
    Row("enterprises:post_end", TREE_AT_B2, kwargs=member_post("BRANCH_SECRETARY")),
    *(Row(f"enterprises:{name}", CHANGES_GROUP, kwargs=group) for name in _GROUP),
    Row("enterprises:member", SEES_M0201, kwargs=member("M0201")),
    Row(
        "enterprises:member",
        only(*ABOVE_B2, "branch_secretary", "member"),
        kwargs=member("M0204"),  # the own row of the account "member"
    ),
    Row("enterprises:member", only("local_liaison"), kwargs=member("M0401")),  # assisted: figures only
    *(Row(f"enterprises:{name}", CHANGES_M0201, kwargs=member("M0201")) for name in _MEMBER),
    Row("enterprises:exemption_end", CHANGES_M0201, kwargs=exemption),
    Row("enterprises:enterprise", SEES_E01, kwargs=unit("E01")),
    Row("enterprises:enterprise", SEES_E01_A, kwargs=unit("E01-A")),
    Row("enterprises:enterprise", SEES_E01 | only("local_liaison"), kwargs=unit("E01-C")),
    *(Row(f"enterprises:{name}", KEEPS_E01, kwargs=unit("E01")) for name in _UNIT),
    *(
        Row(
            f"enterprises:{name}",
            KEEPS_E01 | only("local_liaison", status=403),
            kwargs=unit("E01-C"),
        )
        for name in _UNIT
    ),
    Row("enterprises:unit_new", everybody(403) | only("office")),
    Row("enterprises:account_list", only(*KEEPS_ACCOUNTS)),
    Row("enterprises:account_new", only(*KEEPS_ACCOUNTS)),
    Row("enterprises:account", SEES_SECRETARY_ACCOUNT, kwargs=account("branch_secretary")),
    Row("enterprises:account", only("office", "administrator"), kwargs=account("office")),
    *(Row(f"enterprises:{name}", SEES_SECRETARY_ACCOUNT, kwargs=account("branch_secretary")) for name in _ACCOUNT),
    # Who looks after accounts of more power may not touch them.
    *(
        Row(
            f"enterprises:{name}",
            only("administrator") | only("office", status=403),
            kwargs=account("auditor"),
        )
        for name in _ACCOUNT
    ),
    Row("enterprises:account_post_end", SEES_SECRETARY_ACCOUNT, kwargs=account_post("branch_secretary")),
    # Writing: what a form refuses to show it also refuses to take.
    Row(
        "enterprises:organization_rename",
        {role: status if status == 403 else 302 for role, status in TREE_AT_B2.items()},
        kwargs=organization("B2"),
        method="post",
        data=renaming,
    ),
    Row(
        "enterprises:account_password",
        SEES_SECRETARY_ACCOUNT,
        kwargs=account("branch_secretary"),
        method="post",
        data=lambda cast: {"sent": str(Account.objects.count())},
    ),
]
