"""The time of the week of a meeting (item 55)."""

from datetime import date, time

import pytest

from campaign.meetings.holidays import holidays, slot


@pytest.mark.parametrize(
    ("day", "at", "expected"),
    [
        (date(2005, 9, 1), time(8, 29), "OFF"),
        (date(2005, 9, 1), time(8, 30), "WORKING"),
        (date(2005, 9, 1), time(17, 29), "WORKING"),
        (date(2005, 9, 1), time(17, 30), "OFF"),
        (date(2005, 9, 3), time(10), "WEEKEND"),
        (date(2005, 9, 4), time(10), "WEEKEND"),
        (date(2005, 10, 3), time(10), "HOLIDAY"),
        (date(2005, 10, 4), time(10), "WORKING"),
        (date(2005, 5, 3), time(10), "HOLIDAY"),
        (date(2008, 5, 2), time(10), "WORKING"),
        (date(2025, 5, 2), time(10), "HOLIDAY"),
        (date(2005, 2, 11), time(10), "HOLIDAY"),
        (date(2005, 2, 8), time(10), "WORKING"),
        (date(2009, 1, 25), time(10), "HOLIDAY"),
        (date(2009, 1, 28), time(10), "WORKING"),
        (date(2025, 1, 28), time(10), "HOLIDAY"),
        (date(2025, 1, 31), time(10), "HOLIDAY"),
        (date(2024, 4, 4), time(10), "HOLIDAY"),
        (date(2040, 10, 1), time(10), "HOLIDAY"),
    ],
)
@pytest.mark.item(55)
def test_slot(day, at, expected):
    assert slot(day, at) == expected


def test_years_beyond_the_table_fall_back_to_the_solar_calendar():
    assert {day.month for day in holidays(2040)} == {1, 5, 10}


def test_number_of_statutory_days():
    assert [len(holidays(year)) for year in (2005, 2011, 2019, 2026)] == [10, 11, 11, 13]
