"""What people enter by hand in the browser, once for each kind of record: the secretary of B2 and of committee A, and
the office of the enterprise above them.

Where something is owed the page of the branch or of the unit leads to the form, as for a person. What is left over,
and what the other units owe, is entered through the actions (``proving``).
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page

from campaign.leadership.models import TrainingEvent
from campaign.overview.week import form_url
from campaign.plan.models import Campaign, Participation, Step
from campaign.progress.models import StepStatus
from campaign.survey import questionnaire
from campaign.survey.models import SatisfactionSurvey
from enterprises.models import Organization
from tests.browser.conftest import Visitors
from tests.journey import proving

UNIT, COMMITTEE, BRANCH = "E01-A", "A", "B2"
SECRETARY, ABOVE = "committee_secretary", "enterprise_office"
SECRETARIES = {BRANCH: "branch_secretary", COMMITTEE: SECRETARY}


class Person:
    """Somebody at a screen."""

    def __init__(self, visit: Visitors, who: str) -> None:
        self.visit = visit
        self.page: Page = visit.window(who, "zh-hans")

    def open(self, address: str) -> "Person":
        answer = self.page.goto(address)
        assert answer is not None and answer.ok, (address, answer and answer.status)
        return self

    def follow(self, address: str) -> "Person":
        """Go on by the link on the page whose address ends so."""
        link = self.page.locator(f"main a.btn[href$='{address}']").first
        assert link.count(), (self.page.url, address)
        link.click()
        self.page.wait_for_load_state()
        return self

    def tick(self, name: str, but: int = 0) -> "Person":
        """Tick everybody of a list, but the last ones."""
        boxes = self.page.locator(f"input[type=checkbox][name={name}]").all()
        for box in boxes[: len(boxes) - but]:
            box.check()
        return self

    def fill(self, fields: dict[str, Any]) -> "Person":
        for name, value in fields.items():
            self._enter(name, value)
        return self

    def _enter(self, name: str, value: Any) -> None:
        folded = self.page.locator(f"main details:not([open]):has([name='{name}']) > summary")
        if folded.count():
            folded.first.click()
        field = self.page.locator(f"main [name='{name}']")
        kind = field.first.evaluate("field => field.type")
        if kind == "hidden":  # there is only one choice
            assert field.first.input_value() == value, (name, value)
        elif kind == "radio":
            self.page.locator(f"main [name='{name}'][value='{value}']").check()
        elif kind == "select-one":
            field.select_option(value) if isinstance(value, str) else field.select_option(index=value)
        else:
            field.fill(str(value))

    def send(self, **fields: Any) -> "Person":
        """Fill the form and send it; what it refuses is a failure."""
        self.fill(fields)
        before = self.page.url
        self.page.locator("main form:not([role=search]) .btn-primary").last.click()
        self.page.wait_for_load_state()
        wrong = self.page.locator("main .xf-errors, main .is-invalid, main .invalid-feedback")
        assert not wrong.count(), (before, wrong.all_inner_texts())
        return self


class Hands:
    """The people of unit E01-A. ``enter`` does by hand whatever is done here for the first time."""

    def __init__(self, visit: Visitors, campaign: Campaign) -> None:
        self.visit, self.campaign = visit, campaign
        self.entered: set[str] = set()

    def person(self, who: str) -> Person:
        return Person(self.visit, who)

    def org(self, code: str) -> Organization:
        return self.visit.stage.org[code]

    def about(self, url_name: str, at: str = COMMITTEE, **query: str) -> str:
        """The address of a page that takes an organization and the campaign."""
        told = {"organization": self.org(at).pk, "campaign": self.campaign.code, **query}
        return f"{reverse(url_name)}?" + "&".join(f"{key}={value}" for key, value in told.items())

    def at(self, url_name: str, code: str = COMMITTEE, query: str = "") -> str:
        """The address of a page about an organization."""
        return reverse(url_name, args=[self.org(code).pk]) + query

    def enter(self, part: Participation, gate: dict) -> None:
        """Each condition of a gate whose kind nobody has entered by hand yet."""
        for row in gate["conditions"]:
            if row["step"]:
                for code in (BRANCH, COMMITTEE):
                    self._step(row["step"], code)
            elif row["code"] in ROOMS:
                self._once(row["code"], ROOMS[row["code"]])
            elif row["code"] in {document["code"] for document in part.campaign.data["documents"]}:
                self._once("document", partial(_document, kind=row["code"]))

    def _step(self, step: str, code: str) -> None:
        owed = self.visit.run(self._owed, step, code)
        if owed is None:
            return
        found, kind, address = owed
        self._once(f"{kind} {code}", lambda hands: STEPS[kind](hands, found, code, address))
        left = self.visit.run(self._owed, step, code)
        assert kind in PARTLY or left is None, (step, code, "is still owed after it was entered by hand")

    def _owed(self, step: str, code: str) -> tuple[Step, str, str] | None:
        statuses = StepStatus.objects.filter(step__campaign=self.campaign, step__code=step, organization__code=code)
        owed = statuses.filter(applicable=True, done_on=None).select_related(
            "step__campaign__definition", "organization__enterprise"
        )
        for status in owed:
            kind = status.step.obligation_for(status.organization.kind).evidence["kind"]
            if kind in STEPS and f"{kind} {code}" not in self.entered:
                return status.step, kind, form_url(status.step, status.organization)
        return None

    def _once(self, what: str, how: Callable[["Hands"], None]) -> None:
        if what not in self.entered:
            self.entered.add(what)
            how(self)


def _log(person: Person, address: str, kind: str = "", absent: int = 0, **told: Any) -> None:
    """Log a meeting as a secretary does: what is proposed stays as it is."""
    person.open(address)
    if kind:
        person.page.locator(f"input[name=kind][value={kind}]").check()
        person.page.wait_for_load_state("networkidle")
    for box in person.page.locator("input[name=absent]").all()[:absent]:
        box.check()
    person.fill({"chair": "王示一", "speaker": "王示一"} | told)
    person.page.locator(".xf-sticky button[value=save]").click()
    person.page.wait_for_load_state()
    wrong = person.page.locator("main .xf-errors, main .is-invalid")
    assert not wrong.count(), (address, wrong.all_inner_texts())


def _meeting(hands: Hands, step: Step, code: str, address: str) -> None:
    _log(hands.person(SECRETARIES[code]), address)


def _hours(hands: Hands, step: Step, code: str, address: str) -> None:
    """Somebody misses a study meeting; the lesson is made up for at home."""
    person = hands.person(SECRETARIES[code])
    _log(person, address, "CONCENTRATED_STUDY", absent=1, class_hours=2)
    if person.page.url.endswith("/reasons/"):
        person.page.locator("main form .btn-primary").last.click()
        person.page.wait_for_load_state()
    person.open(f"{reverse('study:makeup_new')}?organization={hands.org(code).pk}")
    person.tick("absences").send(mode="HOME_DELIVERY")


def _requirements(hands: Hands, step: Step, code: str, address: str) -> None:
    person = hands.person(SECRETARIES[code]).open(hands.about("requirements:draft", code))
    person.send(text="爱岗敬业、技术过硬，班前讲安全（示例）").follow("/adopt/").send()


def _talks(hands: Hands, step: Step, code: str, address: str) -> None:
    """The secretary talks with everybody: so the secretary was talked with too."""
    hands.person(SECRETARIES[code]).open(hands.about("appraisal:talk_new", code)).tick("member").send()


def _opinions(hands: Hands, step: Step, code: str, address: str) -> None:
    """From the box into the system, and sorted: the button of a category sends it."""
    person = hands.person(SECRETARIES[code]).open(hands.about("opinions:enter", code))
    person.send(channel="BOX", source_group="EMPLOYEE", texts="食堂夜班供餐太早（示例）")
    person.open(hands.about("opinions:sort", code)).page.locator("button.xf-sort[name=category]").first.click()
    person.page.wait_for_load_state()


def _analysis(hands: Hands, step: Step, code: str, address: str) -> None:
    hands.person(SECRETARIES[code]).open(hands.about("appraisal:analyses", code)).tick("member").send()


def _appraisal(hands: Hands, step: Step, code: str, address: str) -> None:
    """The general meeting agrees them, as the branch has no committee; then they are given to each."""
    person = hands.person(SECRETARIES[code])
    _log(person, f"{reverse('meetings:meeting_new')}?organization={hands.org(code).pk}&kind=BRANCH_GENERAL")
    person.open(hands.about("appraisal:appraisals", code)).tick("member").send(meeting=1, way="TALK")


def _plan(hands: Hands, step: Step, code: str, address: str) -> None:
    """An item, a plan that holds it, handed in, and approved above."""
    person = hands.person(SECRETARIES[code]).open(hands.at("rectification:item_new", code))
    told = {"title": "合并重复报表（示例）", "measure": "清理报表，由二十三张减为九张", "feasibility": "AT_ONCE"}
    person.send(**told, due_on=str(proving.clock.today()), department="办公厅")
    person.open(hands.at("rectification:plan_new", code)).send().follow("/submit/").send()
    if code == COMMITTEE:
        hands.person(ABOVE).open(person.page.url).follow("/approve/").send()
    else:
        hands.person(SECRETARY).open(person.page.url).follow("/approve/").send()


def _rectified(hands: Hands, step: Step, code: str, address: str) -> None:
    item = hands.visit.run(proving._item, step, hands.org(code))
    person = hands.person(SECRETARIES[code]).open(reverse("rectification:item", args=[item.pk]))
    person.follow("/finish/").send(done="已减为九张（示例）", outcome="PRACTICAL")


def _published(hands: Hands, step: Step, code: str, address: str) -> None:
    """What is ready is chosen already; the masses read it on the notice page of the unit."""
    person = hands.person(SECRETARIES[code]).open(hands.at("publicity:publication_new", code, "?subject=RECTIFICATION"))
    person.send(place="SITE")
    shown = hands.visit(None).goto(reverse("publicity:notice", args=[hands.org(code).pk]))
    assert shown is not None and "合并重复报表" in shown.text()


def _feedback(hands: Hands, step: Step, code: str, address: str) -> None:
    hands.person(SECRETARIES[code]).open(address).tick("member").send()


def _filing(hands: Hands, step: Step, code: str, address: str) -> None:
    hands.person(SECRETARIES[code]).open(address).send()


STEPS: dict[str, Callable[[Hands, Step, str, str], None]] = {
    "meeting": _meeting,
    "hours": _hours,
    "requirements": _requirements,
    "talks": _talks,
    "opinions": _opinions,
    "analysis": _analysis,
    "appraisal": _appraisal,
    "rectification_plan": _plan,
    "rectified": _rectified,
    "published": _published,
    "feedback": _feedback,
    "filing": _filing,
}
# Entered by hand once; it takes more of the same, or more from others, until nothing is owed.
PARTLY = ("hours", "meeting")


def _leading_group(hands: Hands) -> None:
    """The leading group with its document, and its office."""
    query = f"?campaign={hands.campaign.code}"
    for url_name in ("leadership:group", "leadership:office"):
        hands.person(SECRETARY).open(hands.at(url_name, query=query)).send(document_number="党发〔2026〕1号（示例）")


def _plan_filed(hands: Hands) -> None:
    """Written and handed in below; reviewed, approved and filed above."""
    person = hands.person(SECRETARY).open(hands.at("leadership:plan_new", query=f"?campaign={hands.campaign.code}"))
    person.send(text="一、学习。\n二、分析。").send(act="submit")
    above = hands.person(ABOVE).open(person.page.url)
    for act in ("review", "approve", "file"):
        above.send(act=act)


def _trained(hands: Hands) -> None:
    """A class of the enterprise for the secretaries below, who sign in."""
    leading = hands.org("E01-DZ")
    person = hands.person(ABOVE)
    person.open(f"{reverse('leadership:training_new', args=[leading.pk])}?campaign={hands.campaign.code}")
    person.send(title="党支部书记培训班（示例）")
    person.tick("member").send()
    assert hands.visit.run(lambda: TrainingEvent.objects.filter(organization=leading).latest("pk").trainees.count())


def _document(hands: Hands, kind: str) -> None:
    hands.person(SECRETARY).open(hands.about("filings:filing_new", code=kind)).send(number="1号（示例）")


def _result_published(hands: Hands) -> None:
    hands.person(SECRETARY).open(hands.at("publicity:publication_new", query="?subject=SURVEY")).send()


def _summary_report(hands: Hands) -> None:
    person = hands.person(SECRETARY).open(hands.about("summary:write"))
    for field in person.page.locator("main textarea").all():
        field.fill("做法和成效（示例）")
    person.send().send()


def _mechanism(hands: Hands) -> None:
    person = hands.person(SECRETARY).open(hands.at("mechanisms:mechanism_new"))
    person.send(kind="STUDY", title="学习日（示例）").follow("/move/")
    person.send(status="ISSUED", number="8号（示例）", review_on=str(proving.clock.today() + timedelta(365)))


ROOMS: dict[str, Callable[[Hands], None]] = {
    "leading_group": _leading_group,
    "plan_filed": _plan_filed,
    "secretaries_trained": _trained,
    "result_published": _result_published,
    "summary_report": _summary_report,
    "mechanisms": _mechanism,
}


def survey(hands: Hands, row: dict[str, int]) -> None:
    """The office above prepares a survey, opens it, counts paper ballots in and closes it."""
    above = hands.person(ABOVE).open(hands.about("survey:survey_new"))
    for box in above.page.locator("input[name=respondents]").all():
        box.set_checked(box.get_attribute("value") == "employees")
    today = str(proving.clock.today())
    above.send(starts_on=today, ends_on=today, reported_on=today).send()
    found = hands.visit.run(_opened, hands.campaign, hands.org(COMMITTEE))
    above.open(reverse("survey:paper", args=[found.pk, "employees"]))
    asked: Iterable[str] = [item.code for item in hands.visit.run(lambda: questionnaire.of(found).items)]
    counts = {f"{item}.{option}": number for item in asked for option, number in row.items()}
    above.send(issued=24, returned=21, valid=sum(row.values()), **counts)
    above.open(reverse("survey:survey", args=[found.pk])).follow("/close/").send()


def _opened(campaign: Campaign, organization: Organization) -> SatisfactionSurvey:
    return SatisfactionSurvey.objects.get(campaign=campaign, organization=organization, state="OPEN")
