"""Every page of the site, for ``test_every_page``: name of its screenshot, address, who opens it.

Add yours here: ``Page("meeting", lambda cast: reverse("meetings:detail", args=[...]), "branch_secretary")``.
The function gets the cast (``tests/cast.py``) with a campaign running, and may create what the page needs.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from campaign.exemplars import actions as exemplars
from campaign.filings.actions import file_document
from campaign.gates import actions as gate_actions
from campaign.meetings import actions
from campaign.meetings.models import Meeting
from campaign.meetings.record import Proposal
from campaign.plan.models import Campaign, Participation
from campaign.requirements import actions as requirements
from campaign.study import activity_actions, material_actions
from campaign.study.actions import record_makeups
from campaign.study.models import StudyMaterial
from campaign.survey.models import SatisfactionSurvey
from enterprises import clock
from tests.access.rows.summary import written
from tests.browser import gaining, leading
from tests.browser.appraising import APPRAISING
from tests.browser.exporting import EXPORTING
from tests.browser.heeding import HEEDING
from tests.browser.improving import IMPROVING
from tests.browser.lasting import LASTING
from tests.browser.supporting import SUPPORTING
from tests.cast import Cast
from tests.plan.launched import part, second_batch
from tests.records import told
from tests.rosters.runs import previewed, underway
from tests.survey import held as surveys


@dataclass(frozen=True)
class Page:
    """A page: ``role`` is a name of the cast's accounts, ``None`` a visitor; ``status`` what it answers."""

    name: str
    url: Callable[[Cast], str]
    role: str | None
    status: int = 200


def to(url_name: str) -> Callable[[Cast], str]:
    """The address of a page that needs no arguments."""
    return lambda cast: reverse(url_name)


def the_second_batch() -> Campaign:
    """The second batch beside the stage's own campaign; launched by the first page that needs it."""
    return Campaign.objects.filter(code="2005-second-batch").first() or second_batch()


def starting_campaign(cast: Cast) -> str:
    """A campaign that was launched by page a moment ago: no worker runs here, so that it stays so."""
    found = Campaign.objects.filter(code="starting").first() or second_batch(code="starting", at_once=False)
    return reverse("plan:campaign", args=[found.code])


def calendar_of(unit: str, url_name: str) -> Callable[[Cast], str]:
    """A page about a unit's calendar in the second batch."""
    return lambda cast: reverse(url_name, args=[part(the_second_batch(), unit).pk])


def _logged(cast: Cast, confirm: bool = True) -> Meeting:
    """A meeting of B2 in the running campaign: two absentees, a resolution, an observer."""
    record = told(
        "PARTY_LECTURE" if confirm else "BRANCH_GENERAL",
        day=clock.today(),
        campaign=Campaign.objects.get(code="t"),
        absent={cast.member["M0201"].pk: "TRIP", cast.member["M0202"].pk: "SHIFT"},
        proposals=() if confirm else (Proposal("同意方案", votes_for=4, votes_against=1),),
        observers=(("李示十一", "车间主任"),),
        gist="学习了文件，讨论了三个问题。",
    )
    return actions.log(by=None, organization=cast.org["B2"], record=record, confirm=confirm)


def held(url_name: str) -> Callable[[Cast], str]:
    """A page of a confirmed meeting."""
    return lambda cast: reverse(url_name, args=[_logged(cast).pk])


def drafted(url_name: str) -> Callable[[Cast], str]:
    """A page of a draft."""
    return lambda cast: reverse(url_name, args=[_logged(cast, confirm=False).pk])


def missed(url_name: str) -> Callable[[Cast], str]:
    """A page on study, once somebody missed some."""

    def address(cast: Cast) -> str:
        _logged(cast)
        return reverse(url_name)

    return address


def made_up(cast: Cast) -> str:
    """The page that takes a make-up lesson back."""
    lessons = record_makeups(by=None, absences=_logged(cast).absences.all(), mode="REMOTE", held_on=clock.today())
    return reverse("study:makeup_undo", args=[lessons[0].pk])


def withdrawable(cast: Cast) -> str:
    """The page that withdraws a document."""
    filing = file_document(
        by=None,
        campaign=Campaign.objects.get(code="t"),
        organization=cast.org["B2"],
        kind="plan",
        filed_on=clock.today(),
    )
    return reverse("filings:withdraw", args=[filing.pk])


def filed(code: str) -> Callable[[Cast], str]:
    """The form that files one kind of document or entry."""
    return lambda cast: f"{reverse('filings:filing_new')}?organization={cast.org['B2'].pk}&campaign=t&code={code}"


def survey_page(url_name: str, make: Callable, *arguments: str) -> Callable[[Cast], str]:
    """A page of a survey of committee A; each page has one of its own, as one runs at a time."""

    def address(cast: Cast) -> str:
        SatisfactionSurvey.objects.exclude(state="CLOSED").delete()
        SatisfactionSurvey.objects.update(make_up_required=True)
        return reverse(url_name, args=[make(cast).pk, *arguments])

    return address


KEY = ("中国共产党章程", "KEY", True, ())
TITLES = (
    KEY,
    ("保持共产党员先进性教育读本", "MAIN", True, ()),
    ("班组安全操作要点", "FURTHER", False, ("FRONT_LINE",)),
)


def listed(url_name: str, argument: bool = False) -> Callable[[Cast], str]:
    """A page on the reading list of committee A."""

    def address(cast: Cast) -> str:
        campaign = Campaign.objects.get(code="t")
        for title, priority, required, audiences in TITLES:
            if material := StudyMaterial.objects.filter(title=title).first():
                continue
            material = material_actions.add_material(
                by=None, campaign=campaign, organization=cast.org["A"], title=title, priority=priority,
                required=required, audiences=audiences,
            )  # fmt: skip
        return reverse(url_name, args=[material.pk] if argument else [])

    return address


def ballot(cast: Cast) -> str:
    """The ballot, reached by the link of a slip."""
    SatisfactionSurvey.objects.exclude(state="CLOSED").delete()
    SatisfactionSurvey.objects.update(make_up_required=True)
    return reverse("survey:ballot", query={"c": surveys.code_for(surveys.opened(cast))})


def dissatisfied(cast: Cast):
    """A closed survey with a majority dissatisfied, after an earlier one."""
    counts = {"satisfied": 34, "basically_satisfied": 38, "dissatisfied": 104, "unknown": 12}
    surveys.closed(cast, counts)
    return surveys.closed(cast, counts | {"basically_satisfied": 42, "unknown": 3})


SURVEYS = [
    ("survey", "survey:survey", surveys.opened, ()),
    ("survey-prepared", "survey:survey", surveys.prepared, ()),
    ("survey-closed", "survey:survey", lambda cast: surveys.closed(cast, surveys.BAD), ()),
    ("survey-edit", "survey:survey_edit", surveys.prepared, ()),
    ("survey-close", "survey:survey_close", surveys.opened, ()),
    ("survey-codes", "survey:codes", surveys.opened, ()),
    ("survey-paper", "survey:paper", surveys.opened, ("employees",)),
    ("survey-paper-form", "survey:paper_form", surveys.opened, ()),
    ("survey-result", "survey:result", dissatisfied, ()),
]


def applied(cast: Cast) -> str:
    """The list of what study led to in work."""
    material_actions.note_applied(by=None, meeting=_logged(cast), text="交接班改为当面说清隐患，双方签字。")
    return reverse("study:note_list")


def studied(cast: Cast) -> str:
    """The form that says what a session took up."""
    listed("study:material_list")(cast)
    return reverse("study:studied", args=[_logged(cast).pk])


def held_activity(url_name: str) -> Callable[[Cast], str]:
    """A page about a political birthday of B2."""

    def address(cast: Cast) -> str:
        activity = activity_actions.record_activity(
            by=None, organization=cast.org["B2"], kind="POLITICAL_BIRTHDAY", held_on=clock.today(),
            title="党员“政治生日”集体活动", outcome="重读入党志愿书，支部送上一封信。",
            honored=[cast.member["M0203"]], participants=[cast.member["M0201"], cast.member["M0202"]],
        )  # fmt: skip
        return reverse(url_name, args=[activity.pk])

    return address


def adopted(page: str) -> Callable[[Cast], str]:
    """A page of concrete requirements: of the document, of the adopted text, or a form."""

    def address(cast: Cast) -> str:
        told = {"campaign": Campaign.objects.get(code="t"), "organization": cast.org["A"]}
        variant = requirements.Variant("采煤工", "先支护、后作业\n交接班当面说清隐患", ("FRONT_LINE",))
        text = "爱岗敬业、技术过硬\n遵章守纪、安全在前\n服务用户、诚实守信"
        version = requirements.write_version(by=None, text=text, variants=[variant], **told)
        said = requirements.comment(
            by=None, version=version, organization=cast.org["B2"], text="写上交接班的要求", said_on=clock.today(),
            member=cast.member["M0203"],
        )  # fmt: skip
        if page == "adopted":
            requirements.adopt(by=None, version=version, adopted_on=clock.today(), adopted_by="党委会")
            return reverse("requirements:adopted", args=[cast.org["B2"].pk])
        if page == "draft":
            return f"{reverse('requirements:draft')}?organization={cast.org['A'].pk}&campaign=t"
        if page == "comment":
            return f"{reverse('requirements:comment', args=[version.pk])}?organization={cast.org['B2'].pk}"
        numbers = {"adopt": version.pk, "answer": said.pk, "document": version.document_id}
        return reverse(f"requirements:{page}", args=[numbers[page]])

    return address


def model(url_name: str) -> Callable[[Cast], str]:
    """A page about a model of B2, publicised where it is the collection."""

    def address(cast: Cast) -> str:
        exemplar = exemplars.nominate(
            by=None, member=cast.member["M0203"], headline="井下二十年，带出八名徒弟", nominated_on=clock.today(),
            deeds="二十年在一线，带出八名技师，所在班组连续六年无事故。",
        )  # fmt: skip
        exemplars.verify(by=None, exemplar=exemplar, verified_on=clock.today(), verified_how="支委会逐项核实")
        if url_name != "exemplars:collection":
            return reverse(url_name, args=[exemplar.pk])
        exemplars.record_consent(by=None, exemplar=exemplar, consent_on=clock.today(), consent_kind="WRITTEN")
        exemplars.publicise(by=None, exemplar=exemplar, publicised_on=clock.today(), publicised_where="矿区广播")
        return reverse(url_name)

    return address


def at_gate(url_name: str, stage: str = "enrolled", ask: bool = False) -> Callable[[Cast], str]:
    """A page about unit E01-A at a gate of the second batch; ``ask``: once it has asked for the transition."""

    def address(cast: Cast) -> str:
        unit = part(the_second_batch(), "E01-A")
        if not unit.transitions.exists():
            gate_actions.let_pass(participation=unit, gate="prepare", reason="方案在审批中（示例）", by=None)
        Participation.objects.filter(pk=unit.pk).update(state=stage)
        if ask and not unit.transitions.filter(state="ASKED").exists():
            gate_actions.ask(participation=unit, summary="动员大会已开，学习材料已发到支部。", by=None)
        return reverse(url_name, args=[unit.pk])

    return address


def of_second_batch(url_name: str, *arguments: str) -> Callable[[Cast], str]:
    """A list or page of the second batch."""
    return lambda cast: reverse(url_name, args=arguments, query={"campaign": the_second_batch().code})


GATES = [
    Page("gates", of_second_batch("gates:unit_list"), "office"),
    Page("gate-unit", at_gate("gates:unit", "prepared", ask=True), "enterprise_office"),
    Page("gate-own", at_gate("gates:unit", "LEARN"), "committee_secretary"),
    Page("gate-look-back", at_gate("gates:look_back", "LEARN"), "committee_secretary"),
    Page("gate-ask", at_gate("gates:ask", "prepared"), "committee_secretary"),
    Page("gate-pass", at_gate("gates:pass", "prepared", ask=True), "enterprise_office"),
    Page("gates-forced", of_second_batch("gates:forced"), "office"),
    Page("gate-not-mine", at_gate("gates:pass", "prepared"), "committee_secretary", status=403),
    Page("guidance", of_second_batch("plan:guidance", "2005-second-batch"), "office"),
    Page("guidance-own", of_second_batch("plan:own_guidance"), "office"),
    Page("guidance-unit", calendar_of("E01-A", "plan:unit_guidance"), "committee_secretary"),
    Page("guidance-change", calendar_of("E01-A", "plan:change_guidance"), "committee_secretary"),
    Page("in-step", of_second_batch("plan:in_step"), "office"),
]
CALENDARS = [
    ("unit-calendar", "plan:unit_calendar", "enterprise_office"),
    ("change-dates", "plan:change", "committee_secretary"),
    ("undo-change", "plan:undo", "committee_secretary"),
]
PAGES = [
    Page("sign-in", to("signin:sign_in"), None),
    Page("account", to("signin:account"), "branch_secretary"),
    Page("identity", to("signin:identity"), "branch_secretary"),
    Page("menu", to("signin:menu"), "committee_secretary"),
    Page("password", to("signin:password"), "office"),
    Page("country", to("overview:country"), "office"),
    Page("country-stuck", to("overview:country_stuck"), "office"),
    Page("node", lambda cast: reverse("overview:node", args=[cast.org["E01-DZ"].pk]), "enterprise_office"),
    Page("node-stuck", lambda cast: reverse("overview:node_stuck", args=[cast.org["A"].pk]), "office"),
    Page("branch", lambda cast: reverse("overview:node", args=[cast.org["B2"].pk]), "committee_secretary"),
    Page("step", lambda cast: reverse("overview:step", args=[cast.org["B2"].pk, "t", "mobilise"]), "office"),
    Page("week", to("overview:week"), "branch_secretary"),
    Page("week-more", to("overview:week_more"), "branch_secretary"),
    Page("my-page", to("overview:me"), "member"),
    Page("my-units", to("overview:units"), "local_liaison"),
    Page("organizations", to("enterprises:organization_list"), "office"),
    Page("organization", lambda cast: reverse("enterprises:organization", args=[cast.org["A"].pk]), "office"),
    Page("tree", to("enterprises:tree"), "office"),
    Page("members", to("enterprises:member_list"), "committee_secretary"),
    Page(
        "member",
        lambda cast: reverse("enterprises:member", args=[cast.member["M0201"].pk]),
        "branch_secretary",
    ),
    Page("enterprises", to("enterprises:enterprise_list"), "office"),
    Page("enterprise", lambda cast: reverse("enterprises:enterprise", args=[cast.unit["E01"].pk]), "enterprise_office"),
    Page("rosters", to("rosters:start"), "committee_secretary"),
    Page("roster", lambda cast: reverse("rosters:run", args=[previewed(cast).pk]), "committee_secretary"),
    Page("roster-underway", lambda cast: reverse("rosters:run", args=[underway(cast).pk]), "committee_secretary"),
    *(Page(*page) for page in EXPORTING),
    Page("checks", to("enterprises:check_list"), "office"),
    Page("accounts", to("enterprises:account_list"), "administrator"),
    Page("calendar", to("plan:calendar"), "office"),
    Page("campaigns", to("plan:campaign_list"), "office"),
    *(Page(name, calendar_of("E01-A", url), role) for name, url, role in CALENDARS),
    Page("campaign", lambda cast: reverse("plan:campaign", args=[the_second_batch().code]), "office"),
    Page("launch", to("plan:launch"), "office"),
    Page("campaign-starting", starting_campaign, "office"),
    Page("meetings", to("meetings:meeting_list"), "branch_secretary"),
    Page("meeting-new", to("meetings:meeting_new"), "branch_secretary"),
    Page("meeting", held("meetings:detail"), "branch_secretary"),
    Page("meeting-record", held("meetings:record"), "branch_secretary"),
    Page("meeting-edit", drafted("meetings:edit"), "branch_secretary"),
    Page("meeting-reasons", drafted("meetings:reasons"), "branch_secretary"),
    Page("exclusions", lambda cast: reverse("meetings:exclusions", args=[cast.org["B2"].pk]), "branch_secretary"),
    Page("make-ups", missed("study:makeup_list"), "branch_secretary"),
    Page("make-up-new", missed("study:makeup_new"), "branch_secretary"),
    Page("make-up-undo", made_up, "branch_secretary"),
    Page("class-hours", missed("study:hours"), "branch_secretary"),
    Page("study-figures", missed("study:figures"), "committee_secretary"),
    Page("study-categories", missed("study:categories"), "committee_secretary"),
    Page("study-materials", listed("study:material_list"), "committee_secretary"),
    Page("study-material", listed("study:material", argument=True), "committee_secretary"),
    Page("study-material-new", to("study:material_new"), "committee_secretary"),
    Page("reading-list", listed("study:reading"), "branch_secretary"),
    Page("reading-list-member", listed("study:reading"), "member"),
    Page("studied", studied, "branch_secretary"),
    Page("applied-in-work", applied, "committee_secretary"),
    Page("birthdays", to("study:birthdays"), "branch_secretary"),
    Page("activities", to("study:activity_list"), "branch_secretary"),
    Page("activity", held_activity("study:activity"), "branch_secretary"),
    Page("activity-new", to("study:activity_new"), "branch_secretary"),
    Page("activity-outcome", held_activity("study:activity_outcome"), "branch_secretary"),
    Page("requirements-list", to("requirements:document_list"), "committee_secretary"),
    Page("requirements", adopted("document"), "committee_secretary"),
    Page("requirements-draft", adopted("draft"), "committee_secretary"),
    Page("requirements-adopt", adopted("adopt"), "committee_secretary"),
    Page("requirements-comment", adopted("comment"), "branch_secretary"),
    Page("requirements-answer", adopted("answer"), "committee_secretary"),
    Page("requirements-adopted", adopted("adopted"), "member"),
    Page("models", to("exemplars:exemplar_list"), "committee_secretary"),
    Page("model", model("exemplars:exemplar"), "branch_secretary"),
    Page("model-new", to("exemplars:nominate"), "branch_secretary"),
    Page("model-consent", model("exemplars:consent"), "branch_secretary"),
    Page("model-collection", model("exemplars:collection"), "committee_secretary"),
    Page("filings", to("filings:filing_list"), "committee_secretary"),
    Page("filing-document", filed("plan"), "branch_secretary"),
    Page("filing-ticks", filed("talk"), "branch_secretary"),
    Page("filing-withdraw", withdrawable, "branch_secretary"),
    Page("surveys", to("survey:survey_list"), "enterprise_office"),
    Page(
        "survey-new",
        lambda cast: reverse(
            "survey:survey_new",
            query={"organization": cast.org["A"].pk, "campaign": the_second_batch().code},
        ),
        "enterprise_office",
    ),
    *(Page(name, survey_page(url, make, *more), "enterprise_office") for name, url, make, more in SURVEYS),
    Page("ballot", ballot, None),
    Page("ballot-door", to("survey:ballot"), None),
    Page("ballot-unknown", lambda cast: reverse("survey:ballot", query={"c": "ZZZZZZZZZZ"}), None),
    Page("ballot-thanks", to("survey:thanks"), None),
    Page("summaries", to("summary:report_list"), "committee_secretary"),
    Page(
        "summary-write",
        lambda cast: reverse(
            "summary:write", query={"organization": cast.org["A"].pk, "campaign": the_second_batch().code}
        ),
        "committee_secretary",
    ),
    Page("summary", lambda cast: reverse("summary:report", args=[written(cast)["pk"]]), "committee_secretary"),
    *(Page(*entry) for entry in (*IMPROVING, *APPRAISING, *HEEDING, *SUPPORTING, *LASTING)),
    *(Page(name, url, role) for name, url, role in (*leading.PAGES, *gaining.PAGES)),
    *GATES,
    Page("not-found", lambda cast: "/nowhere/", "office", status=404),
]
