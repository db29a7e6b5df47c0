"""The rules of analysis and appraisal."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.appraisal.rules import ASKED, MADE, Before, agreeing_kinds, alike, alike_with, enough, named_in, too_early

ONE = (
    "我在工作中对一线职工关心不够，遇到困难有畏难情绪，学习抓得不紧，没有做到学以致用，"
    "对新技术的学习也不够主动，下班后很少看书。"
)
OTHER = (
    "本人平时主要忙于设备检修，和班里同志交流少；开会发言不多，怕说错话。"
    "对照党章，自己在密切联系群众方面还有差距，今后要多下现场。"
)


@pytest.mark.item(36)
@pytest.mark.parametrize(
    ("asked", "made", "expected"),
    [
        ("WRITTEN", "WRITTEN", True),
        ("WRITTEN", "PAPER", True),
        ("WRITTEN", "SHORT", False),
        ("WRITTEN", "ORAL", False),
        ("SHORT", "SHORT", True),
        ("SHORT", "WRITTEN", True),
        ("SHORT", "ORAL", False),
        ("ORAL", "ORAL", True),
        ("ORAL", "SHORT", True),
        ("EXEMPT", "ORAL", True),
    ],
)
def test_a_stricter_way_than_asked_is_always_enough(asked, made, expected):
    assert enough(asked, made) is expected


@given(st.sampled_from(ASKED), st.sampled_from(sorted(MADE)), st.sampled_from(sorted(MADE)))
def test_more_never_counts_less(asked, one, other):
    if MADE[one] <= MADE[other] and enough(asked, one):
        assert enough(asked, other)


@pytest.mark.item(61)
@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (ONE, ONE, True),
        (ONE, ONE.replace("，", " 、"), True),  # other punctuation is the same text
        (ONE, ONE[:40] + OTHER, True),  # two thirds copied into a longer text
        (ONE, OTHER, False),
        ("工作不够踏实。", "工作不够踏实。", False),  # too short to tell
        ("", ONE, False),
    ],
    ids=["same", "punctuation", "copied", "different", "short", "empty"],
)
def test_copied_texts_are_alike(one, other, expected):
    assert alike(one, other) is expected
    assert alike(other, one) is expected


def test_those_alike_are_named_by_key():
    assert alike_with(ONE, {3: OTHER, 5: ONE, 8: ONE + OTHER}) == [5, 8]


@pytest.mark.item(64)
@pytest.mark.parametrize(
    ("full", "committee", "kinds"),
    [
        (6, False, ("BRANCH_GENERAL",)),
        (7, True, ("BRANCH_COMMITTEE",)),
        (30, True, ("BRANCH_COMMITTEE",)),
        (6, True, ("BRANCH_COMMITTEE", "BRANCH_GENERAL")),
        (7, False, ("BRANCH_GENERAL",)),  # there is none on record
    ],
)
def test_the_committee_agrees_or_where_there_is_none_the_general_meeting(full, committee, kinds):
    assert agreeing_kinds(full, committee) == kinds


@pytest.mark.item(62)
def test_what_was_not_done_before_the_meeting_is_told():
    held = date(2026, 9, 10)
    steps = [Before("a", date(2026, 9, 10)), Before("b", date(2026, 9, 11)), Before("c", None)]
    assert [step.name for step in too_early(held, steps)] == ["b", "c"]


@pytest.mark.item(65)
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("总体情况良好，主要问题是学习不够深入。", []),
        ("王示一同志被评为先进。", ["王示一"]),
        ("王 示 一同志", ["王示一"]),
        ("李", []),  # one character is no name
    ],
)
def test_names_in_a_notice_are_found(text, found):
    assert named_in(text, ["王示一", "李", "王示一"]) == found
