"""Rosters of organisations and enterprises: what the tree allows, moves, secretaries."""

import pytest
from django.utils.translation import override

from enterprises import tree
from enterprises.models import Enterprise, EnterpriseCondition, Member, Organization, PartyGroup, Post
from enterprises.rosters.actions import import_roster
from enterprises.rosters.running import Order
from tests.rosters.samples import save_csv

ORG = ["组织代码", "组织名称", "组织类型", "上级组织代码", "所属企业代码", "党组织关系"]
UNIT = ["企业代码", "企业名称", "上级企业代码", "企业状况", "单位类型", "批次"]


def run(tmp_path, header, rows, **options):
    path = save_csv(tmp_path / "roster.csv", [header, *rows])
    with override("en"):
        return import_roster(by=options.pop("by", None), order=Order(path, **options))


def codes(result) -> list[tuple[int, str, str]]:
    return [(p.row, p.column, p.code) for p in result.errors]


def row(code, kind, superior, unit="", affiliation=""):
    return [code, f"{code}组织（示例）", kind, superior, unit, affiliation]


@pytest.mark.parametrize(
    ("rows", "errors"),
    [
        ([row("N1", "党委", "E02-DW"), row("N2", "党支部", "N1")], []),
        ([row("N2", "党支部", "N1"), row("N1", "党委", "E02-DW")], []),
        ([row("N1", "党委", "NONE")], [(2, "上级组织代码", "unknown_superior")]),
        ([row("N1", "党委", "N1")], [(2, "上级组织代码", "own_superior")]),
        (
            [row("N1", "党委", "N2"), row("N2", "党委", "N3"), row("N3", "党委", "N1"), row("N4", "党支部", "N1")],
            [(2, "上级组织代码", "cycle"), (3, "上级组织代码", "cycle"), (4, "上级组织代码", "cycle")],
        ),
        ([row("N1", "党支部", "B5")], [(2, "上级组织代码", "under_branch")]),
        ([row("PG9", "党小组", "B5")], []),
        ([row("PG9", "党小组", "E02-DW")], [(2, "上级组织代码", "group_without_branch")]),
        ([row("PG9", "党小组", "")], [(2, "上级组织代码", "group_without_branch")]),
        ([row("N1", "地方党委", "E02-DW")], [(2, "上级组织代码", "local_below")]),
        ([row("N1", "地方党委", "LOC", "", "地方"), row("N2", "地方党委", "", "", "地方")], []),
        ([row("N1", "党委", "LOC", "E02", "总部")], [(2, "党组织关系", "affiliation_differs")]),
        ([row("N1", "党委", "E02-DW", "", "地方")], [(2, "党组织关系", "affiliation_differs")]),
        ([row("N1", "党委", "E02-DW", "E99")], [(2, "所属企业代码", "unknown_enterprise")]),
        ([row("N1", "团委", "E02-DW")], [(2, "组织类型", "organization_kind")]),
        ([row("N1", "党支部", "E02-DW"), row("N1", "党支部", "E02-DW")], [(3, "组织代码", "duplicate")]),
        ([row("PG", "党支部", "E02-DW")], [(2, "组织代码", "group_or_organization")]),
        ([row("B5", "党小组", "B2")], [(2, "组织代码", "group_or_organization")]),
        ([row("B5", "党总支", "E02-DW")], [(2, "组织类型", "kind_has_members")]),
        ([row("G", "党支部", "A")], [(2, "组织类型", "kind_has_below")]),
        ([["N1", "", "党支部", "E02-DW", "", ""]], [(2, "组织名称", "required")]),
        ([row("N1", "党支部", "党委办")], [(2, "上级组织代码", "code")]),
    ],
)
def test_what_the_tree_allows(cast, tmp_path, rows, errors):
    before = Organization.objects.count()
    result = run(tmp_path, ORG, rows)
    assert codes(result) == errors
    assert result.applied == (not errors)
    assert (Organization.objects.count() == before) == bool(errors) or rows[0][2] == "党小组"


def test_a_wrong_superior_holds_back_what_is_new_below_it_and_only_that(cast, tmp_path):
    rows = [row("N1", "党委", "NONE"), row("N2", "党支部", "N1"), row("N3", "党支部", "E02-DW")]
    result = run(tmp_path, ORG, rows, skip_errors=True)
    assert codes(result) == [(2, "上级组织代码", "unknown_superior")]
    assert (result.created, result.left_out, result.applied) == (1, 1, True)
    assert Organization.objects.filter(code__startswith="N").get().code == "N3"


def test_branches_below_a_leading_group_are_only_warned_of(cast, tmp_path):
    result = run(tmp_path, ORG, [row("N1", "党支部", "E01-DZ")])
    assert result.applied
    assert [p.code for p in result.problems.warnings] == ["dz_has_branches"]


def test_moving_by_roster_keeps_the_tree_in_order(cast, tmp_path):
    result = run(tmp_path, ORG, [row("N1", "党委", "E02-DW"), row("G", "党总支", "N1"), row("B5", "党支部", "G")])
    assert result.errors == [] and (result.created, result.updated) == (1, 2)
    stored = {o.code: o for o in Organization.objects.select_related("superior")}
    assert [stored[c].superior.code for c in ("G", "B5", "B2")] == ["N1", "G", "G"]
    for organization in stored.values():
        above = organization.superior.path if organization.superior else ""
        assert organization.path[: -tree.WIDTH] == above
    assert stored["B2"].enterprise.code == "E02"
    assert len({o.path for o in stored.values()}) == len(stored)


def test_the_hooks_are_called_once(cast, tmp_path, monkeypatch):
    called = []
    monkeypatch.setattr("enterprises.hooks.call", lambda name, **values: called.append((name, values)))
    run(tmp_path, ORG, [row("N1", "党委", "E02-DW"), row("N2", "党支部", "N1")])
    ((name, values),) = called
    assert name == "TREE_CHANGED"
    assert len(values["organization_ids"]) == 2 and values["before"] == []


@pytest.mark.parametrize(
    ("rows", "errors"),
    [
        ([["E09", "东川重型装备集团公司（示例）", "", "重组改制", "总部", "第二批"]], []),
        ([["E09-A", "某厂（示例）", "E09", "", "", ""], ["E09", "东川（示例）", "", "", "", ""]], []),
        ([["E09", "东川（示例）", "E99", "", "", ""]], [(2, "上级企业代码", "unknown_parent")]),
        ([["E09", "东川（示例）", "E09", "", "", ""]], [(2, "上级企业代码", "own_parent")]),
        ([["E01", "华岳", "E01-A", "", "所属企业", ""], ["E01-A", "北山", "E01", "", "", ""]],
         [(2, "上级企业代码", "cycle"), (3, "上级企业代码", "cycle")]),
        ([["E09", "东川（示例）", "", "一般", "", "第三批"]], [(2, "企业状况", "condition"), (2, "批次", "batch")]),
        ([["E09", "东川（示例）", "", "", "商店", ""]], [(2, "单位类型", "enterprise_kind")]),
    ],
)  # fmt: skip
def test_enterprises(cast, tmp_path, rows, errors):
    result = run(tmp_path, UNIT, rows)
    assert codes(result) == errors
    assert result.applied == (not errors)


def test_a_changed_condition_is_a_dated_entry(cast, tmp_path):
    result = run(tmp_path, UNIT, [["E02", "南屏电力工程总公司（示例）", "", "经营困难", "总部", "第二批"]])
    assert result.updated == 1
    entry = EnterpriseCondition.objects.get(enterprise__code="E02")
    assert entry.condition == Enterprise.objects.get(code="E02").condition == "IN_DIFFICULTY"


def test_an_absent_column_keeps_and_an_empty_cell_clears(cast, tmp_path):
    Enterprise.objects.filter(code="E02").update(industry="电力")
    row = ["E02", "南屏电力工程总公司（示例）", "", "", "总部", "第二批"]
    assert run(tmp_path, UNIT, [row]).unchanged == 1
    assert Enterprise.objects.get(code="E02").industry == "电力"
    assert run(tmp_path, [*UNIT, "行业"], [[*row, ""]]).updated == 1
    assert Enterprise.objects.get(code="E02").industry == ""


def test_the_column_of_the_enterprise_may_be_absent(cast, tmp_path):
    rows = [["N1", "新支部（示例）", "党支部", "A"], ["A", "北山矿党委新名（示例）", "党委", "E01-DZ"]]
    result = run(tmp_path, ORG[:4], rows)
    assert (codes(result), result.created, result.updated) == ([], 1, 1)
    above, below = Organization.objects.get(code="A"), Organization.objects.get(code="N1")
    assert above.name == "北山矿党委新名（示例）" and above.enterprise_given  # kept, as any absent column
    assert below.enterprise == above.enterprise == cast.unit["E01-A"] and not below.enterprise_given


def test_the_secretary_becomes_a_post_when_exactly_one_member_matches(cast, tmp_path):
    Member.objects.filter(code="M0202").update(name="王示一")
    name = Member.objects.get(code="M0501").name
    rows = [
        [*row("B5", "党支部", "E02-DW"), name],
        [*row("B2", "党支部", "G"), "王示一"],
        [*row("B3", "党支部", "G"), "无人"],
    ]
    result = run(tmp_path, [*ORG, "书记姓名"], rows)
    assert [p.code for p in result.problems.warnings] == ["secretary_several", "secretary_unmatched"]
    post = Post.objects.get(member__code="M0501")
    assert (post.role, post.scope_id) == ("BRANCH_SECRETARY", cast.org["B5"].pk)
    again = run(tmp_path, [*ORG, "书记姓名"], rows)
    assert again.unchanged == 3
    assert Post.objects.filter(member__code="M0501").count() == 1


def test_party_groups_are_no_nodes(cast, tmp_path):
    before = Organization.objects.count()
    result = run(tmp_path, ORG, [row("PG9", "党小组", "B5")])
    assert result.created == 1 and Organization.objects.count() == before
    assert PartyGroup.objects.get(code="PG9").organization.code == "B5"


def test_an_office_keeps_to_its_own_tree(cast, tmp_path):
    account = cast.fresh("other_enterprise_office")
    rows = [row("N1", "党委", "E02-DW"), row("N2", "党支部", "G"), row("B2", "党支部", "E02-DW"), row("N3", "党委", "")]
    result = run(tmp_path, ORG, rows, by=account)
    assert codes(result) == [
        (3, "上级组织代码", "outside"),
        (4, "组织代码", "outside"),
        (5, "上级组织代码", "outside"),
    ]
