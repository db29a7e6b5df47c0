"""Public holidays by statute, 2005-2027, and the time of the week of a meeting (item 55).

Statutory days only: days moved by the yearly notice (rest on a weekday, work on a Saturday) are not here,
because a meeting's time of the week is a welfare figure and not a timesheet. After the last year of the
table only the holidays of the solar calendar are known.
"""

from datetime import date, time, timedelta
from functools import cache

# By year, as month-day: the first day of the Spring Festival, then Qingming, Dragon Boat and Mid-Autumn,
# which are holidays since 2008.
_LUNAR: dict[int, tuple[str, ...]] = {
    2005: ("02-09",),
    2006: ("01-29",),
    2007: ("02-18",),
    2008: ("02-07", "04-04", "06-08", "09-14"),
    2009: ("01-26", "04-04", "05-28", "10-03"),
    2010: ("02-14", "04-05", "06-16", "09-22"),
    2011: ("02-03", "04-05", "06-06", "09-12"),
    2012: ("01-23", "04-04", "06-23", "09-30"),
    2013: ("02-10", "04-04", "06-12", "09-19"),
    2014: ("01-31", "04-05", "06-02", "09-08"),
    2015: ("02-19", "04-05", "06-20", "09-27"),
    2016: ("02-08", "04-04", "06-09", "09-15"),
    2017: ("01-28", "04-04", "05-30", "10-04"),
    2018: ("02-16", "04-05", "06-18", "09-24"),
    2019: ("02-05", "04-05", "06-07", "09-13"),
    2020: ("01-25", "04-04", "06-25", "10-01"),
    2021: ("02-12", "04-04", "06-14", "09-21"),
    2022: ("02-01", "04-05", "06-03", "09-10"),
    2023: ("01-22", "04-05", "06-22", "09-29"),
    2024: ("02-10", "04-04", "06-10", "09-17"),
    2025: ("01-29", "04-04", "05-31", "10-06"),
    2026: ("02-17", "04-05", "06-19", "09-25"),
    2027: ("02-06", "04-05", "06-09", "09-15"),
}
WORK_BEGINS = time(8, 30)
WORK_ENDS = time(17, 30)


def _spring_festival(year: int, first: date) -> list[date]:
    """The days off by statute: from the eve 2008-2013 (three days) and since 2025 (four days)."""
    if year >= 2025:
        offsets = range(-1, 3)
    elif 2008 <= year <= 2013:
        offsets = range(-1, 2)
    else:
        offsets = range(3)
    return [first + timedelta(days=offset) for offset in offsets]


@cache
def holidays(year: int) -> frozenset[date]:
    """The statutory public holidays of a year."""
    labour_days = 3 if year < 2008 else 1 if year < 2025 else 2
    days = [date(year, 1, 1)]
    days += [date(year, 5, 1 + i) for i in range(labour_days)]
    days += [date(year, 10, 1 + i) for i in range(3)]
    lunar = [date.fromisoformat(f"{year}-{day}") for day in _LUNAR.get(year, ())]
    if lunar:
        days += _spring_festival(year, lunar[0]) + lunar[1:]
    return frozenset(days)


def slot(day: date, starts_at: time) -> str:
    """The time of the week of a meeting: a code of `Meeting.Slot` (item 55).

    Working hours are 08:30 to 17:30, Monday to Friday; a meeting that starts at 17:30 is in off hours.
    """
    if day in holidays(day.year):
        return "HOLIDAY"
    if day.weekday() >= 5:
        return "WEEKEND"
    return "WORKING" if WORK_BEGINS <= starts_at < WORK_ENDS else "OFF"
