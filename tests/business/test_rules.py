"""Figures as people write them, and what they amount to (items 82, 83, dossier 0.2 and 0.3)."""

from decimal import Decimal as D

import pytest

from campaign.business import charts, rules
from campaign.business.rules import Fault, Figure, Qualifier, Unreadable

pytestmark = pytest.mark.item(82)
EXACT, AT_LEAST, MORE, ABOUT = Qualifier.EXACT, Qualifier.AT_LEAST, Qualifier.MORE_THAN, Qualifier.ABOUT


@pytest.mark.parametrize(
    ("text", "value", "qualifier"),
    [
        ("25080?2亿元", "25080.2", EXACT),
        ("２５０８０．２", "25080.2", EXACT),
        ("25,080.2", "25080.2", EXACT),
        (" 2454.2 亿元 ", "2454.2", EXACT),
        ("2454？2亿元", "2454.2", EXACT),
        ("24542000万元", "2454.2", EXACT),
        ("245420000000元", "2454.2", EXACT),
        ("25000多亿元", "25000.0", MORE),
        ("25000亿元左右", "25000.0", ABOUT),
        ("约25000", "25000.0", ABOUT),
        ("不低于100亿", "100.0", AT_LEAST),
        ("-3.25", "-3.3", EXACT),
        ("0", "0.0", EXACT),
    ],
)
def test_amounts(text, value, qualifier):
    assert rules.read_money(text) == Figure(D(value), qualifier)


@pytest.mark.parametrize(
    ("text", "value", "qualifier"),
    [
        ("27?4％", "27.4", EXACT),
        ("23%", "23.0", EXACT),
        ("60%以上", "60.0", AT_LEAST),
        ("20％左右", "20.0", ABOUT),
        ("-1.5", "-1.5", EXACT),
        ("+3", "3.0", EXACT),
    ],
)
def test_percentages(text, value, qualifier):
    assert rules.read_percent(text) == Figure(D(value), qualifier)


@pytest.mark.parametrize(
    ("text", "value", "qualifier"),
    [
        ("270多万名", "2700000", MORE),
        ("15万多个", "150000", MORE),
        ("101户", "101", EXACT),
        ("2.7万", "27000", EXACT),
        ("２８０", "280", EXACT),
    ],
)
def test_numbers_of_things(text, value, qualifier):
    assert rules.read_count(text) == Figure(D(value), qualifier)


@pytest.mark.parametrize(
    ("reader", "text", "fault"),
    [
        (rules.read_money, "", Fault.EMPTY),
        (rules.read_money, "　", Fault.EMPTY),
        (rules.read_money, "1,23", Fault.SEPARATOR),
        (rules.read_money, "1.234.5", Fault.SEPARATOR),
        (rules.read_money, "12,34,567", Fault.SEPARATOR),
        (rules.read_money, "100万户", Fault.UNIT),
        (rules.read_money, "23%", Fault.UNIT),
        (rules.read_money, "100多亿元以上", Fault.WORDS),
        (rules.read_money, "100至200", Fault.WORDS),
        (rules.read_money, "增长23", Fault.WORDS),
        (rules.read_percent, "23亿元", Fault.UNIT),
        (rules.read_percent, "翻番", Fault.WORDS),
        (rules.read_count, "-5", Fault.SIGN),
        (rules.read_count, "0.5", Fault.SEPARATOR),
    ],
)
def test_what_could_mean_several_things_is_refused(reader, text, fault):
    with pytest.raises(Unreadable) as refusal:
        reader(text)
    assert refusal.value.fault is fault


@pytest.mark.parametrize(
    ("value", "prior", "expected"),
    [
        ("25080.2", "20390.4", "23.0"),
        ("2454.2", "1926.4", "27.4"),
        ("90", "100", "-10.0"),
        ("1", "0", None),
        ("1", "-5", None),
        (None, "5", None),
        ("5", None, None),
    ],
)
def test_growth(value, prior, expected):
    found = rules.growth(value and D(value), prior and D(prior))
    assert found == (expected and D(expected))


def test_the_figures_of_the_speech_agree():
    assert rules.implied_base(D("25080.2"), D("23")) == D("20390.4")
    assert rules.implied_base(D("2454.2"), D("27.4")) == D("1926.4")
    assert rules.margin(D("1926.4"), D("20390.4")) == D("9.45")
    assert rules.margin(D("2454.2"), D("25080.2")) == D("9.79")
    assert rules.margin(D("1"), D("0")) is None


@pytest.mark.item(83)
@pytest.mark.parametrize(
    ("revenue", "profit", "expected"),
    [
        ("23.0", "27.4", True),
        ("23.0", "23.0", False),
        ("23.0", "22.9", False),
        (None, "1.0", None),
        ("1.0", None, None),
    ],
)
def test_profit_outgrows_revenue(revenue, profit, expected):
    assert rules.profit_outgrows(revenue and D(revenue), profit and D(profit)) is expected


@pytest.mark.parametrize(
    ("stated", "computed", "expected"),
    [
        ("23.0", "23.0", False),
        ("23.0", "23.1", False),
        ("23.0", "23.2", True),
        (None, "1.0", False),
        ("1.0", None, False),
    ],
)
def test_a_stated_growth_that_does_not_follow(stated, computed, expected):
    assert rules.contradicts(stated and D(stated), computed and D(computed)) is expected


@pytest.mark.parametrize(
    ("number", "computed", "expected"),
    [
        ("0.23", "23.0", True),
        ("0.2304", "23.0", True),
        ("23", "23.0", False),
        ("0.2", "0.2", False),  # really as little
        ("0.23", "40.0", False),  # something else is wrong: told when both are looked at
        ("-0.05", "-5.0", True),
        ("0.23", None, False),
    ],
)
def test_a_cell_shown_in_per_cent(number, computed, expected):
    assert rules.is_fraction(D(number), computed and D(computed)) is expected


def test_the_line_of_a_series():
    assert charts.line([]) == ""
    assert charts.line([5]) == "4,52 276,52"
    assert charts.line([0, 50, 100]) == "4,52 140,28 276,4"
