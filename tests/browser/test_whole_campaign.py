"""One enterprise through a whole campaign in the browser, every gate once refused and once passed; for any campaign.

Headquarters, an affiliated subsidiary and a LOCAL one, six branches. At each gate the unit asks, the organization that
leads it reads which conditions are unmet and refuses; what is missing is entered; the unit looks back and asks again,
and passes without force. The LOCAL subsidiary is passed by its local committee only.
"""

import pytest
from django.db import transaction
from django.urls import reverse

from campaign.gates.judging import judge
from campaign.gates.models import PhaseTransition
from campaign.plan.wording import name_of
from campaign.progress.actions import fold, recount_check
from campaign.progress.queries import national
from enterprises import clock
from tests.browser.conftest import FIRST_VIEW, PHONE, Visitors, press, seconds_to_open, slow_phone
from tests.journey import hands, proving
from tests.journey.enterprise import ASKS, BRANCHES, PASSES, UNITS, founded, launched, part_of
from tests.survey.held import code_for

CAMPAIGNS = ("2005-second-batch", "2024-discipline-study")
State = PhaseTransition.State


@pytest.fixture
def stage(transactional_db):
    """The enterprise, without a campaign yet."""
    with transaction.atomic():
        return founded()


class Journey:
    """The people of the enterprise at their screens, and one campaign."""

    def __init__(self, visit: Visitors, definition: str) -> None:
        self.visit = visit
        self.campaign = visit.run(launched, definition)
        self.hands = hands.Hands(visit, self.campaign)

    def at(self, who: str):
        return self.visit.window(who, "zh-hans")

    def part(self, unit: str):
        return self.visit.run(part_of, self.campaign, unit)

    def open(self, who: str, url_name: str, unit: str):
        """A page of the unit's transitions, as that person sees it."""
        page = self.at(who)
        page.answer = page.goto(reverse(url_name, args=[self.part(unit).pk]))
        return page

    def send(self, page, **fields: str) -> None:
        """Fill the form of the page and send it."""
        for name, value in fields.items():
            page.fill(f"[name={name}]", value)
        page.click(".xf-sticky .btn-primary")
        page.wait_for_load_state()

    def unmet(self, unit: str, gate: dict) -> list[str]:
        part = self.part(unit)
        judged = self.visit.run(lambda: [(row.met, name_of(row.row)) for row in judge(part, gate)])
        return [name for met, name in judged if not met]

    def ask(self, unit: str) -> None:
        """Look back where a phase ends, with a note for what is missing; then ask."""
        page = self.open(ASKS[unit], "gates:unit", unit)
        if page.locator("a[href$='/look-back/']").count():
            page = self.open(ASKS[unit], "gates:look_back", unit)
            for field in page.locator("input[name^=note_]").all():
                field.fill("已排好，下周补完（示例）")
            self.send(page)
        page = self.open(ASKS[unit], "gates:ask", unit)
        self.send(page, summary="阶段小结（示例）")

    def refused(self, unit: str, gate: dict) -> None:
        """The leading organization reads what is unmet, and refuses."""
        self.ask(unit)
        missing = self.unmet(unit, gate)
        page = self.open(PASSES[unit], "gates:unit", unit)
        words = page.locator("main").inner_text()
        assert missing and all(name in words for name in missing), (unit, gate["code"], missing)
        page = self.open(PASSES[unit], "gates:pass", unit)
        self.send(page)  # without a reason nobody passes with conditions unmet
        assert self.part(unit).state == gate["from"] and page.locator(".is-invalid, .xf-errors").count()
        page = self.open(PASSES[unit], "gates:refuse", unit)
        self.send(page, reason="还有没做完的，补齐后再报（示例）")
        assert self.part(unit).state == gate["from"]

    def passed(self, unit: str, gate: dict) -> None:
        """What was missing is there: the unit asks again and passes."""
        self.ask(unit)
        assert self.unmet(unit, gate) == [], (unit, gate["code"])
        page = self.open(PASSES[unit], "gates:pass", unit)
        self.send(page)
        assert self.part(unit).state == gate["to"], (unit, gate["code"])

    def through(self, unit: str, gate: dict) -> None:
        self.refused(unit, gate)
        if unit == hands.UNIT:
            self.hands.enter(self.part(unit), gate)
        self.visit.run(lambda: proving.fulfil(self.part(unit), gate))
        self.passed(unit, gate)


def by_hand(journey: Journey) -> None:
    """What a branch secretary enters herself, on a phone: the mobilization meeting, whatever the campaign calls it."""
    page = journey.visit("branch_secretary", width=PHONE)
    branch = journey.visit.stage.org["B2"]
    page.goto(f"{reverse('meetings:meeting_new')}?organization={branch.pk}&kind=MOBILISATION")
    page.locator("details:has(#id_chair) summary").click()
    page.fill("#id_chair", "王示一")
    page.fill("#id_speaker", "王示一")
    page.locator(".xf-sticky button").click()
    page.wait_for_url("**/meetings/*/")
    assert not page.noise


def dissatisfied(journey: Journey, unit: str, gate: dict) -> None:
    """Most were dissatisfied: refused, sent back to make up, through the gate to the survey and surveyed once more."""
    leading = journey.part(unit).unit.leading_organization
    visit = journey.visit
    visit.run(lambda: proving.counted(proving.opened(journey.campaign, leading), proving.BAD))
    journey.refused(unit, gate)
    page = journey.open(PASSES[unit], "gates:make_up", unit)
    journey.send(page, reason="多数群众不满意，限期补课（示例）")
    assert journey.part(unit).state == "make_up"
    page = journey.open(PASSES[unit], "gates:unit", unit)
    assert page.locator(".xf-note-over").count() == 1  # it says so, and what comes next
    journey.passed(unit, next(g for g in journey.campaign.data["gates"] if g["to"] == gate["from"]))
    hands.survey(journey.hands, proving.GOOD)


def balloted(journey: Journey, unit: str) -> None:
    """One of the masses votes with a code, on a phone without script and a slow network; the rest on paper."""
    leading = journey.part(unit).unit.leading_organization
    survey = journey.visit.run(proving.opened, journey.campaign, leading)
    code = journey.visit.run(code_for, survey)
    phone = slow_phone(journey.visit)
    assert seconds_to_open(phone, f"/ballot/?c={code}") < FIRST_VIEW
    for question in phone.locator("fieldset.xf-q").all():
        question.locator("label").first.click()
    press(phone.locator("main form .btn-primary"))
    assert phone.url.endswith("/ballot/thanks/")
    journey.visit.run(proving.counted, survey)


@pytest.mark.item(6, 8, 33, 47, 74, 76)
@pytest.mark.parametrize("definition", CAMPAIGNS)
def test_an_enterprise_goes_through_the_whole_campaign(visit, stage, definition):
    journey = Journey(visit, definition)
    gates = journey.campaign.data["gates"]
    by_hand(journey)
    for gate in gates:
        for unit in UNITS:
            if unit == "E01-C":  # led by a locality: its enterprise may look, not decide
                assert journey.open("enterprise_office", "gates:unit", unit).answer.status == 200
                assert journey.open("enterprise_office", "gates:pass", unit).answer.status == 403
            if gate["from"] == "surveyed" and unit == "E01-A":
                dissatisfied(journey, unit, gate)
            if gate["from"] == "surveyed" and unit == "E01":
                journey.refused(unit, gate)
                balloted(journey, unit)
            journey.through(unit, gate)
    assert {journey.part(unit).state for unit in UNITS} == {"closed"}
    told = visit.run(lambda: [(t.state, t.forced, t.gate, t.participation_id) for t in PhaseTransition.objects.all()])
    assert not any(forced for _state, forced, _gate, _unit in told)
    for state in (State.PASSED, State.REFUSED):
        assert {entry[2:] for entry in told if entry[0] == state} == {
            (gate["code"], journey.part(unit).pk) for gate in gates for unit in UNITS
        }
    assert sum(visit.run(recount_check).values()) == 0
    assert len(BRANCHES) == 6 and visit.run(_closes, journey)


def _closes(journey: Journey) -> bool:
    """Expected is done, late, overdue and pending together, for every step of the country."""
    fold()
    figures = national(journey.campaign, clock.today())
    return all(f.expected == f.done + f.late + f.overdue + f.pending for f in figures.steps) and bool(figures.steps)
