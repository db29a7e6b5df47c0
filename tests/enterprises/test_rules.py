"""Every boundary of dossier 2.1 and 2.5, and of items 38 and 39."""

from datetime import date

import pytest

from enterprises import rules
from enterprises.rules import Life, Size


def codes(remarks):
    return [remark.code for remark in remarks]


@pytest.mark.parametrize(
    ("kind", "size", "expected"),
    [
        ("BRANCH", Size(3, 3), []),
        ("BRANCH", Size(3, 2), ["BRANCH_SMALL"]),  # trap 12: one of the three is probationary
        ("BRANCH", Size(0, 0), ["BRANCH_SMALL"]),
        ("BRANCH", Size(50, 6), []),
        ("BRANCH", Size(51, 6), ["BRANCH_LARGE"]),
        ("JOINT_BRANCH", Size(2, 2), ["JOINT_BRANCH_SMALL"]),
        ("JOINT_BRANCH", Size(3, 3), []),
        ("BRANCH", Size(9, 6, officers=2), []),
        ("BRANCH", Size(9, 6, officers=3), ["BRANCH_COMMITTEE_NOT_DUE"]),
        ("BRANCH", Size(9, 7, officers=2), ["BRANCH_COMMITTEE_DUE"]),
        ("BRANCH", Size(9, 7, officers=3), []),
        ("BRANCH", Size(9, 7, officers=7), []),
        ("BRANCH", Size(9, 7, officers=8), ["BRANCH_COMMITTEE_LARGE"]),
        ("TEMPORARY_BRANCH", Size(9, 7, officers=1), []),  # appointed, holds no elections
        ("TEMPORARY_BRANCH", Size(2, 2), ["BRANCH_SMALL"]),
        ("GENERAL_BRANCH", Size(49, 49), ["GENERAL_BRANCH_SMALL"]),
        ("GENERAL_BRANCH", Size(50, 0), []),  # trap 11: exactly 50 is enough, probationary included
        ("GENERAL_BRANCH", Size(99, 99), []),
        ("GENERAL_BRANCH", Size(100, 90), ["GENERAL_BRANCH_LARGE"]),
        ("COMMITTEE", Size(99, 99), ["COMMITTEE_SMALL"]),
        ("COMMITTEE", Size(100, 90), []),  # trap 11: exactly 100 is a committee
        ("HQ_COMMITTEE", Size(99, 99), ["COMMITTEE_SMALL"]),
        ("LEADING_GROUP_DZ", Size(5, 5, branches_directly_below=1), ["DZ_HAS_BRANCHES"]),  # trap 15
        ("LEADING_GROUP_DZ", Size(5, 5), []),
        ("LOCAL_COMMITTEE", Size(0, 0), []),
    ],
)
@pytest.mark.item(40)
def test_sizes(kind, size, expected):
    assert codes(rules.size_remarks(kind, size)) == expected


@pytest.mark.parametrize(
    ("members", "full", "expected"),
    [(3, 1, []), (2, 2, ["GROUP_SMALL"]), (3, 0, ["GROUP_WITHOUT_FULL"]), (0, 0, ["GROUP_SMALL"])],
)
def test_party_groups(members, full, expected):
    assert codes(rules.group_remarks(members, full)) == expected


@pytest.mark.parametrize(
    ("kind", "preset", "years"),
    [
        ("COMMITTEE", "2005", (3, 5)),
        ("HQ_COMMITTEE", "2005", (3, 5)),
        ("COMMITTEE", "current", (5, 5)),
        ("GENERAL_BRANCH", "2005", (2, 3)),
        ("BRANCH", "2005", (2, 3)),
        ("JOINT_BRANCH", "current", (3, 3)),
        ("GENERAL_BRANCH", "current", (3, 3)),
        ("TEMPORARY_BRANCH", "2005", None),
        ("LEADING_GROUP_DZ", "current", None),
        ("LOCAL_COMMITTEE", "current", None),
    ],
)
def test_years_of_a_term(kind, preset, years):
    assert rules.term_years(kind, preset) == years


def test_an_unknown_preset_is_an_error():
    with pytest.raises(ValueError, match="1990"):
        rules.term_years("BRANCH", "1990")


START = date(2003, 7, 1)


@pytest.mark.parametrize(
    ("kind", "end", "preset", "expected"),
    [
        ("BRANCH", date(2005, 6, 30), "2005", []),
        ("BRANCH", date(2005, 6, 29), "2005", ["TERM_LENGTH"]),
        ("BRANCH", date(2006, 7, 1), "2005", []),
        ("BRANCH", date(2006, 7, 2), "2005", ["TERM_LENGTH"]),
        ("BRANCH", date(2005, 6, 30), "current", ["TERM_LENGTH"]),
        ("BRANCH", date(2006, 6, 30), "current", []),
        ("COMMITTEE", date(2006, 6, 30), "2005", []),
        ("COMMITTEE", date(2008, 7, 1), "2005", []),
        ("COMMITTEE", date(2008, 7, 2), "2005", ["TERM_LENGTH"]),
        ("COMMITTEE", date(2007, 7, 1), "current", ["TERM_LENGTH"]),
        ("COMMITTEE", date(2008, 6, 30), "current", []),
        ("LEADING_GROUP_DZ", date(2030, 1, 1), "current", []),
    ],
)
def test_length_of_a_term(kind, end, preset, expected):
    assert codes(rules.term_length_remarks(kind, START, end, preset)) == expected


END = date(2005, 7, 31)


@pytest.mark.parametrize(
    ("extension", "on", "preset", "expected"),
    [
        (None, date(2005, 7, 31), "2005", []),
        (None, date(2005, 8, 1), "2005", ["TERM_OVERDUE"]),
        (None, date(2005, 1, 30), "current", []),
        (None, date(2005, 1, 31), "current", ["TERM_ENDS_SOON"]),
        (None, date(2005, 1, 31), "2005", []),  # the notice is a rule of today
        (date(2006, 7, 31), date(2005, 8, 1), "2005", []),
        (date(2006, 7, 31), date(2006, 8, 1), "2005", ["TERM_OVERDUE"]),
        (date(2006, 8, 1), date(2005, 8, 1), "2005", ["EXTENSION_LONG"]),
    ],
)
def test_ends_of_terms(extension, on, preset, expected):
    assert codes(rules.term_remarks("BRANCH", END, extension, on, preset)) == expected


def test_no_term_on_record_is_no_overdue_term():
    assert rules.term_remarks("BRANCH", None, None, END) == []


@pytest.mark.item(40)
def test_a_temporary_branch_ends_with_its_task():
    remarks = rules.term_remarks("TEMPORARY_BRANCH", END, None, date(2005, 8, 1))
    assert codes(remarks) == ["TASK_ENDED"]
    assert rules.term_remarks("TEMPORARY_BRANCH", END, None, END) == []


@pytest.mark.parametrize(
    ("has", "since", "expected"),
    [
        (True, None, []),
        (False, None, ["SECRETARY_MISSING"]),
        (False, date(2005, 7, 25), []),
        (False, date(2005, 7, 24), []),
        (False, date(2005, 7, 23), ["SECRETARY_VACANT"]),
    ],
)
def test_vacancies(has, since, expected):
    assert codes(rules.vacancy_remarks("BRANCH", has, since, END)) == expected


def test_a_local_committee_is_not_ours_to_staff():
    assert rules.vacancy_remarks("LOCAL_COMMITTEE", False, None, END) == []


@pytest.mark.parametrize(
    ("full", "branches", "expected"),
    [
        (3, 0, ["UNIT_NEEDS_BRANCH"]),
        (2, 0, ["UNIT_NEEDS_JOINT_BRANCH"]),
        (1, 0, ["UNIT_NEEDS_JOINT_BRANCH"]),
        (0, 0, []),
        (5, 1, []),
    ],
)
@pytest.mark.item(38)
def test_coverage_of_units(full, branches, expected):
    assert codes(rules.coverage_remarks(full, branches)) == expected


@pytest.mark.item(38)
def test_members_outside_branches():
    assert codes(rules.unplaced_remarks(2)) == ["MEMBERS_WITHOUT_BRANCH"]
    assert rules.unplaced_remarks(0) == []


LONG_AGO = date(2004, 1, 1)
ON = date(2005, 9, 30)
ALIVE = {"last_general": ON, "last_committee": ON, "last_group": ON, "last_of_any_kind": ON}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"last_general": date(2005, 6, 30)}, []),
        ({"last_general": date(2005, 6, 29)}, ["NO_GENERAL_MEETING"]),
        ({"last_general": None}, ["NO_GENERAL_MEETING"]),
        ({"last_committee": date(2005, 8, 30)}, []),
        ({"last_committee": date(2005, 8, 29)}, ["NO_COMMITTEE_MEETING"]),
        ({"last_group": date(2005, 8, 29)}, ["NO_GROUP_MEETING"]),
        ({"last_of_any_kind": date(2005, 8, 31)}, ["NO_MEETING_IN_PHASE"]),
        ({"last_of_any_kind": date(2005, 9, 1)}, []),
        ({"last_of_any_kind": None}, ["NO_MEETING_IN_PHASE"]),
    ],
)
@pytest.mark.item(39)
def test_organizational_life(changes, expected):
    life = Life(since=LONG_AGO, has_committee=True, has_groups=True, **(ALIVE | changes))
    assert codes(rules.life_remarks(life, date(2005, 9, 1), ON)) == expected


@pytest.mark.parametrize(("began", "expected"), [(17, []), (16, ["NO_MEETING_IN_PHASE"])])
def test_a_phase_is_given_two_weeks(began, expected):
    life = Life(since=LONG_AGO, has_committee=False, has_groups=False, last_general=ON)
    assert codes(rules.life_remarks(life, date(2005, 9, began), ON)) == expected


def test_what_a_branch_has_not_it_need_not_convene():
    life = Life(since=LONG_AGO, has_committee=False, has_groups=False, last_general=ON, last_of_any_kind=ON)
    assert rules.life_remarks(life, None, ON) == []


def test_a_young_branch_is_given_time():
    life = Life(since=date(2005, 9, 1), has_committee=True, has_groups=True)
    assert rules.life_remarks(life, None, ON) == []


def test_probation_is_cancelled_never_removed():
    assert "CANCELLED" in rules.endings("PROBATIONARY") and "REMOVED" not in rules.endings("PROBATIONARY")
    assert "CANCELLED" not in rules.endings("FULL")


def test_suspension_is_no_rule_of_2005():
    assert "SUSPENDED" in rules.endings("FULL")
    assert "SUSPENDED" not in rules.endings("FULL", "2005")


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2004, 12, 31), 2, date(2005, 2, 28)),
        (date(2005, 1, 31), -11, date(2004, 2, 29)),
        (date(2005, 11, 30), 1, date(2005, 12, 30)),
        (date(2005, 12, 15), 12, date(2006, 12, 15)),
    ],
)
def test_months_end_where_the_month_ends(day, months, expected):
    assert rules.add_months(day, months) == expected
