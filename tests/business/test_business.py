"""Indicators entered, corrected, imported and added up; campaign and production side by side (items 81-83)."""

from datetime import date
from decimal import Decimal as D
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from campaign.business import actions, figures, sheets
from campaign.business.models import Arrangement, BusinessTarget, EconomicIndicator
from campaign.plan.models import BusinessPeak
from campaign.summary.chapters import with_figures
from enterprises import clock
from enterprises.action import ActionError
from enterprises.actions.permit import NotPermitted
from enterprises.warnings import warnings_of
from tests.plan.launched import second_batch

TODAY = date(2026, 8, 20)
MAY = date(2026, 5, 1)
SPEECH = {
    "revenue": D("25080.2"), "revenue_prior": D("20390.4"), "profit": D("2454.2"), "profit_prior": D("1926.4"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


@pytest.fixture
def sign_in(cast, client):
    """Sign in as one of the cast by name; returns the client."""

    def sign(name: str):
        client.force_login(cast.account[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign


def enter(cast, code: str = "E01-DZ", month: date = MAY, **told) -> EconomicIndicator:
    return actions.enter_indicator(by=None, organization=cast.org[code], month=month, **told)


@pytest.mark.item(82)
def test_growth_is_computed_where_both_years_are_known_and_stated_otherwise(cast):
    computed = enter(cast, **SPEECH, revenue_growth=D("50"))
    assert (computed.growth_of_revenue, computed.growth_of_profit) == (D("23.0"), D("27.4"))
    assert computed.doubtful and computed.outgrows and computed.margin == D("9.79")
    stated = enter(cast, "A", revenue=D("10"), revenue_growth=D("12.5"))
    assert stated.growth_of_revenue == D("12.5") and not stated.doubtful and stated.outgrows is None


@pytest.mark.item(82)
@pytest.mark.parametrize(
    ("code", "month", "told", "field"),
    [
        ("E01-DZ", date(2026, 9, 1), SPEECH, "month"),
        ("E01-DZ", MAY, {"stability": "稳定"}, "revenue"),
        ("B2", MAY, SPEECH, ""),
    ],
)
def test_what_cannot_be_entered(cast, code, month, told, field):
    with pytest.raises(ActionError) as refusal:
        enter(cast, code, month, **told)
    assert (refusal.value.field or "") == field and not EconomicIndicator.objects.exists()


@pytest.mark.item(82)
def test_a_month_is_entered_once_and_corrected_with_a_reason(cast):
    found = enter(cast, **SPEECH)
    with pytest.raises(ActionError, match="."):
        enter(cast, **SPEECH)
    with pytest.raises(ActionError):
        actions.correct_indicator(by=None, indicator=found, reason=" ", profit=D("1"))
    found = actions.correct_indicator(by=None, indicator=found, reason="审计调整", profit=D("2400.0"))
    assert found.profit == D("2400.0") and found.revenue == D("25080.2")
    with pytest.raises(NotPermitted):
        actions.correct_indicator(by=cast.account["other_enterprise_office"], indicator=found, reason="x")


@pytest.mark.item(82)
def test_a_group_holds_its_subsidiaries_and_assisted_units_stand_apart(cast):
    enter(cast, "E01-DZ", revenue=D("100"), profit=D("10"))
    enter(cast, "A", revenue=D("40"), profit=D("4"))
    enter(cast, "C", revenue=D("7"), profit=D("1"))  # owned by the group, led by a locality
    enter(cast, "E02-DW", revenue=D("5"), profit=D("1"))
    own = figures.table(cast.fresh("enterprise_office"), cast.org["E01-DZ"], MAY)
    assert [row.organization.code for row in own.led] == ["E01-DZ", "A"]
    assert [row.organization.code for row in own.assisted] == ["C"]
    assert (own.total.units, own.total.revenue) == (1, D("100"))
    country = figures.table(cast.fresh("office"), cast.org["ROOT"], MAY)
    assert (country.total.units, country.total.revenue) == (2, D("105"))


@pytest.mark.item(82)
def test_the_form_reads_what_people_write_and_says_what_it_cannot(cast, sign_in):
    client = sign_in("enterprise_office")
    form = reverse("business:indicator_new", args=[cast.org["E01-DZ"].pk])
    told = {"month": "2026-05", "revenue": "25080?2亿元", "revenue_growth": "23％", "profit": "2454.2多"}
    told["submission"] = str(uuid4())
    wrong = client.post(form, told | {"profit": "100多亿元以上"})
    assert "profit" in wrong.context["form"].errors and not EconomicIndicator.objects.exists()
    assert client.post(form, told).status_code == 302
    stored = EconomicIndicator.objects.get()
    assert (stored.revenue, stored.revenue_growth, stored.profit) == (D("25080.2"), D("23.0"), D("2454.2"))
    assert stored.profit_qualifier == "more_than" and stored.month == MAY
    correction = reverse("business:indicator", args=[stored.pk])
    assert "2454.2多" in client.get(correction).content.decode()


def sheet(*rows) -> SimpleUploadedFile:
    target = BytesIO()
    with Workbook(target) as book:
        page = book.add_worksheet()
        for y, row in enumerate(
            (("经济指标月报", ""), ("企业代码", "月份", "销售收入", "利润", "利润同比增长"), *rows)
        ):
            page.write_row(y, 0, row)
    return SimpleUploadedFile("a.xlsx", target.getvalue())


@pytest.mark.item(82)
def test_a_sheet_is_imported_wholly_or_not_at_all(cast, sign_in):
    client, page = sign_in("enterprise_office"), reverse("business:import")
    wrong = client.post(
        page,
        {
            "file": sheet(
                ("E01", "2026-05", "25080?2", 2454.2, "27?4％"), ("E01-A", "五月", "1,23", "", ""), ("XX", "2026-05")
            )
        },
    )
    assert [(p.row, p.column) for p in wrong.context["problems"]] == [
        (4, "月份"), (4, "销售收入（亿元）"), (5, "企业代码"),
    ]  # fmt: skip
    assert not EconomicIndicator.objects.exists()
    good = (("E01", "2026-05", "25080?2", 2454.2, "27?4％"), ("E01-A", "2026年5月", 40, "", ""))
    assert client.post(page, {"file": sheet(*good)}).status_code == 302
    assert EconomicIndicator.objects.count() == 2
    assert client.post(page, {"file": sheet(*good)}).status_code == 302  # the same again changes nothing
    changed = client.post(page, {"file": sheet(("E01", "2026-05", 25000, 2454.2, "27.4"))})
    assert changed.status_code == 200 and EconomicIndicator.objects.get(organization=cast.org["E01-DZ"]).revenue > 25080
    client.post(page, {"file": sheet(("E01", "2026-05", 25000, 2454.2, "27.4")), "reason": "审计调整"})
    assert EconomicIndicator.objects.get(organization=cast.org["E01-DZ"]).revenue == D("25000.0")
    twice = client.post(page, {"file": sheet(("E01", "2026-06", 1, 1, 1), ("E01", "2026-06", 2, 1, 1))})
    assert [p.row for p in twice.context["problems"]] == [4]


@pytest.mark.item(82)
def test_a_cell_shown_in_per_cent_is_not_read_as_a_hundredth(cast, sign_in):
    client, page = sign_in("enterprise_office"), reverse("business:import")
    target = BytesIO()
    with Workbook(target) as book:
        percent, sheet_ = book.add_format({"num_format": "0.0%"}), book.add_worksheet()
        headings = ("企业代码", "月份", "销售收入", "上年同期销售收入", "销售收入同比增长（%）", "保值增值率")
        sheet_.write_row(0, 0, headings)
        sheet_.write_row(1, 0, ("E01", "2026-05", 123, 100))
        sheet_.write_number(1, 4, 0.23, percent)
        sheet_.write_number(1, 5, 1.045, percent)
    wrong = client.post(page, {"file": SimpleUploadedFile("a.xlsx", target.getvalue())})
    assert {(p.column, "104.5" in p.message or "23" in p.message) for p in wrong.context["problems"]} == {
        ("销售收入同比增长（%）", True), ("国有资产保值增值率（%）", True),
    }  # fmt: skip
    assert not EconomicIndicator.objects.exists()


@pytest.mark.item(82)
def test_the_empty_sheet_has_the_headings_that_are_read(sign_in):
    content = b"".join(sign_in("enterprise_office").get(reverse("business:import"), {"empty": "xlsx"}))
    first = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()[0]
    assert list(sheets._places(first)) == list(sheets.COLUMNS)


@pytest.mark.item(81, 83)
def test_both_stand_side_by_side_without_a_cause(cast, sign_in):
    second_batch()
    unit = cast.org["E01-DZ"].enterprise
    BusinessPeak.objects.create(unit=unit, starts_on=date(2026, 8, 1), ends_on=date(2026, 8, 31), note="迎峰度夏")
    enter(cast, **SPEECH)
    client = sign_in("enterprise_office")
    target = reverse("business:target_new", args=[cast.org["E01-DZ"].pk])
    told = {
        "kind": "REFORM",
        "year": "2026",
        "target": "完成主辅分离",
        "submission": str(uuid4()),
    }
    assert client.post(target, told).status_code == 302
    page = client.get(reverse("business:both", args=[cast.org["E01-DZ"].pk]))
    words = page.content.decode()
    assert "迎峰度夏" in words and "完成主辅分离" in words and "不表示因果关系" in words
    assert "利润增长高于销售收入增长" in words
    assert [phase.phase.code for phase, _peak in page.context["conflicts"]] == ["LEARN"]


@pytest.mark.item(83)
def test_a_target_is_not_met_without_a_word(cast):
    target = actions.set_target(
        by=None, organization=cast.org["E01-DZ"], kind="PRODUCTION", year=2026, target="原煤1200万吨"
    )
    with pytest.raises(ActionError):
        actions.say_result(by=None, target=target, state="MET", actual="")
    assert actions.say_result(by=None, target=target, state="MET", actual="1210万吨").state == "MET"
    assert BusinessTarget.objects.get().actual == "1210万吨"


@pytest.mark.item(81)
def test_a_unit_says_how_both_were_arranged_and_the_summary_knows_the_figures(cast):
    campaign = second_batch()
    actions.arrange(by=None, campaign=campaign, organization=cast.org["E01-DZ"], text="学习安排在业余时间。")
    assert Arrangement.objects.get().said_on == TODAY
    enter(cast, **SPEECH)
    known = {chapter.code: chapter.known for chapter in with_figures(campaign, cast.org["E01-DZ"], TODAY)}
    assert "25,080.2" in known["business"] and "27.4" in known["business"]


@pytest.mark.item(82)
@pytest.mark.parametrize(("today", "warned"), [(date(2026, 8, 15), 0), (date(2026, 8, 16), 1)])
def test_last_month_is_asked_for_after_the_middle_of_this(cast, today, warned):
    enter(cast, **SPEECH)
    found = warnings_of([cast.org["E01-DZ"].pk], today)[cast.org["E01-DZ"].pk]
    assert len([w for w in found if w.code == "FIGURES_MISSING"]) == warned
