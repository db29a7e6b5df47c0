"""The table of meeting kinds (dossier 2.2)."""

from campaign.plan.kinds import MEETING_KINDS, Due, Quorum, kinds_for


def test_theme_party_day_is_not_of_2005():
    of_2005 = {kind.code for kind in kinds_for("2005")}
    assert set(MEETING_KINDS) - of_2005 == {"THEME_PARTY_DAY"}
    assert {kind.code for kind in kinds_for("current")} == set(MEETING_KINDS)


def test_democratic_life_is_of_the_team_with_two_thirds():
    kind = MEETING_KINDS["DEMOCRATIC_LIFE"]
    assert (kind.due, kind.quorum) == (Due.TEAM, Quorum.TWO_THIRDS)


def test_class_hours_are_whole_and_only_of_study():
    assert MEETING_KINDS["CONCENTRATED_STUDY"].class_hours(45) == 2
    assert MEETING_KINDS["CONCENTRATED_STUDY"].class_hours(60) == 1
    assert MEETING_KINDS["BRANCH_COMMITTEE"].class_hours(45) == 0
