"""Rules of finding and gaining members, over their boundaries (items 31, 37, 45)."""

from datetime import date

import pytest

from campaign.membership import rules
from campaign.membership.rules import Gap, Stages
from enterprises.codes import EDUCATION, EducationBand, education_band

TODAY = date(2026, 9, 20)
CUTOFF = date(2026, 6, 22)  # 90 days before


@pytest.mark.item(37)
@pytest.mark.parametrize(
    ("last", "since", "silent"),
    [
        (date(2026, 6, 22), None, True),
        (date(2026, 6, 23), None, False),
        (None, date(2026, 6, 22), True),
        (None, date(2026, 6, 23), False),
        (date(2020, 1, 1), date(2026, 8, 1), False),  # before the records began, silence says nothing
        (date(2026, 9, 1), date(2026, 1, 1), False),
        (None, None, False),
    ],
)
def test_without_contact_for_ninety_days(last, since, silent):
    assert rules.contact_cutoff(TODAY) == CUTOFF
    assert rules.without_contact(last, since, TODAY) is silent


@pytest.mark.item(37)
@pytest.mark.parametrize(
    ("result", "contact", "end"),
    [
        ("FOUND", "NORMAL", False),
        ("PARTLY", "SEARCHING", False),
        ("NOT_FOUND", "LOST", False),
        ("TRANSFERRED", None, True),
        ("DECEASED", None, True),
    ],
)
def test_what_follows_from_a_result(result, contact, end):
    assert rules.CONTACT_AFTER.get(result) == contact
    assert rules.end_to_record(result, on_roll=True) is end
    assert rules.end_to_record(result, on_roll=False) is False


@pytest.mark.item(37)
@pytest.mark.parametrize(
    ("opened", "last", "quiet"),
    [
        (date(2026, 8, 21), None, False),
        (date(2026, 8, 20), None, True),
        (date(2026, 1, 1), date(2026, 8, 21), False),
        (date(2026, 1, 1), date(2026, 8, 20), True),
    ],
)
def test_a_search_goes_quiet(opened, last, quiet):
    assert rules.is_quiet(opened, last, TODAY) is quiet


@pytest.mark.item(45)
@pytest.mark.parametrize(
    ("born", "on", "years", "young"),
    [
        (date(1990, 9, 21), TODAY, 35, True),
        (date(1990, 9, 20), TODAY, 36, False),
        (date(1991, 9, 20), TODAY, 35, True),
        (date(2004, 2, 29), date(2026, 2, 28), 21, True),
    ],
)
def test_age_band(born, on, years, young):
    assert rules.age(born, on) == years
    assert rules.is_young(born, on) is young
    assert rules.is_young(None, on) is None


@pytest.mark.item(45)
@pytest.mark.parametrize(
    ("stages", "gaps"),
    [
        (Stages(TODAY), []),
        (Stages(TODAY, born_on=date(2008, 9, 20)), []),
        (Stages(TODAY, born_on=date(2008, 9, 21)), [Gap.TOO_YOUNG]),
        (Stages(TODAY, activist_on=TODAY, candidate_on=TODAY), []),
        (Stages(TODAY, activist_on=date(2026, 9, 19)), [Gap.ACTIVIST_EARLY]),
        (Stages(date(2024, 1, 1), candidate_on=TODAY), [Gap.CANDIDATE_EARLY]),
        (Stages(date(2024, 1, 1), TODAY, date(2026, 9, 19)), [Gap.CANDIDATE_EARLY]),
    ],
)
def test_stages_follow_each_other(stages, gaps):
    assert rules.stage_gaps(stages) == gaps


@pytest.mark.item(45)
@pytest.mark.parametrize(
    ("activist", "candidate", "short"),
    [
        (date(2025, 9, 20), TODAY, False),
        (date(2025, 9, 21), TODAY, True),
        (None, None, False),
        (date(2026, 1, 1), None, False),
    ],
)
def test_a_year_of_training(activist, candidate, short):
    assert rules.trained_too_short(Stages(date(2024, 1, 1), activist, candidate)) is short


def test_months_of_a_period():
    assert list(rules.months(date(2026, 8, 31), date(2026, 10, 1))) == [
        date(2026, 8, 1),
        date(2026, 9, 1),
        date(2026, 10, 1),
    ]


@pytest.mark.item(31)
@pytest.mark.parametrize(
    ("codes", "band"),
    [
        (("10", "11", "14", "19", "20", "21", "28"), EducationBand.HIGH),
        (("30", "31", "40", "47", "60", "61", "90", ""), EducationBand.GENERAL),
        (("70", "71", "80", "83"), EducationBand.LOWER),
    ],
)
def test_education_bands(codes, band):
    assert {education_band(code) for code in codes} == {band}
    assert {education_band(code) for code, _name in EDUCATION} == set(EducationBand)
