"""The dashboards: the country, a node, a branch and its week, and why a step stands where it stands."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from campaign.appraisal.panels import open_corrections
from campaign.leadership.leaders import teams_of
from campaign.membership.panels import owed
from campaign.overview import boards, exports, nodes
from campaign.overview.choice import Choice, choose
from campaign.overview.drawing import draw
from campaign.overview.headline import answer
from campaign.overview.landing import landing_url, organization_of
from campaign.overview.lines import branch_lines
from campaign.overview.stuck import stuck
from campaign.overview.week import (
    NEAR,
    Item,
    OpenMakeUp,
    attendance,
    form_url,
    items,
    log_url,
    open_makeups,
    rectification,
    week_of,
)
from campaign.plan import current
from campaign.plan.models import Campaign, PhaseSchedule, Step
from campaign.progress import explain
from campaign.progress import queries as progress
from campaign.progress.models import StepStatus
from campaign.progress.rules import state_of
from campaign.support import owed as support
from enterprises import clock
from enterprises.access import roles
from enterprises.access.reach import may, may_record
from enterprises.models import Account, Enterprise, Organization
from enterprises.panels import own_panels


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Send everyone to the page of the acting post."""
    return redirect(landing_url(request.user))


def _choice(request: HttpRequest) -> Choice:
    choice = choose(request.user, request.GET.get("campaign", ""), request.session.get(current.SESSION_KEY, ""))
    if choice is None:
        raise Http404
    return choice


def _filters(request: HttpRequest) -> boards.Filters:
    return boards.Filters(
        behind=request.GET.get("behind") == "1",
        step=request.GET.get("focus", ""),
        page=request.GET.get("page", "1"),
    )


def _country_board(request: HttpRequest) -> boards.Board:
    if not nodes.sees_everything(request.user):
        raise Http404
    return boards.office_board(request.user, _choice(request), _filters(request), clock.today())


def _surroundings(request: HttpRequest, pk: int) -> nodes.Surroundings:
    around = nodes.surroundings(request.user, pk)
    if around is None:
        raise Http404
    return around


@login_required
@require_GET
def country(request: HttpRequest) -> HttpResponse:
    """The landing page of the campaign office: every unit at a glance."""
    context = {"board": _country_board(request), "reads_records": _reads_records(request)}
    return draw(request, "overview/country.html", context)


@login_required
@require_GET
def country_export(request: HttpRequest) -> HttpResponse:
    """The country's dashboard as a workbook: exactly what is shown."""
    return exports.download(exports.board_workbook(_country_board(request)), "progress")


@login_required
@require_GET
def country_headline(request: HttpRequest) -> HttpResponse:
    """Satisfaction and problems solved in the whole country, asked for after the dashboard."""
    if not nodes.sees_everything(request.user):
        raise Http404
    return _headline(request, None)


@login_required
@require_GET
def node_headline(request: HttpRequest, pk: int) -> HttpResponse:
    """Satisfaction and problems solved below a node, asked for after the dashboard."""
    return _headline(request, get_object_or_404(Organization.objects.visible_to(request.user), pk=pk))


def _reads_records(request: HttpRequest) -> bool:
    """Whether figures that are counted from the records themselves are shown: not to auditors and administrators."""
    return roles.READ_RECORDS in request.user.reach.permissions


def _headline(request: HttpRequest, node: Organization | None) -> HttpResponse:
    choice = _choice(request)
    if not _reads_records(request):
        raise Http404
    today = clock.today()
    context = {
        "answer": answer(request.user, node, choice.campaign, today) if choice.campaign else None,
        "node": node,
        "choice": choice,
    }
    return render(request, "overview/_headline.html" if request.htmx else "overview/headline.html", context)


@login_required
@require_GET
def country_stuck(request: HttpRequest) -> HttpResponse:
    """Who is stuck in the whole country, asked for after the dashboard."""
    if not nodes.sees_everything(request.user):
        raise Http404
    return _stuck(request, None)


def _stuck(request: HttpRequest, node: Organization | None) -> HttpResponse:
    choice = _choice(request)
    context = {
        "stuck": stuck(request.user, node, choice.steps, clock.today()),
        "node": node,
        "choice": choice,
        "today": clock.today(),
    }
    template = "overview/_stuck.html" if request.htmx else "overview/stuck.html"
    return render(request, template, context)


@login_required
@require_GET
def node(request: HttpRequest, pk: int) -> HttpResponse:
    """The dashboard of an organisation; a branch has its own page."""
    around = _surroundings(request, pk)
    choice = _choice(request)
    today = clock.today()
    board = boards.node_board(around, choice, _filters(request), today)
    context = {
        "board": board,
        "to_do": _own_items(around.node, choice, board, today),
        "reads_records": _reads_records(request),
    }
    if around.node.is_branch:
        context["phases"] = branch_lines(around.node, board.figures, _calendar(request, around.node), today)
        return draw(request, "overview/branch.html", context)
    return draw(request, "overview/node.html", context)


def _calendar(request: HttpRequest, organization: Organization) -> dict[int, PhaseSchedule]:
    """The unit's own dates by phase."""
    schedules = PhaseSchedule.objects.visible_to(request.user).filter(participation__unit=organization.enterprise_id)
    return {schedule.phase_id: schedule for schedule in schedules}


def _own_items(organization: Organization, choice: Choice, board: boards.Board, today: date) -> list[Item]:
    """What the node itself has to do now: overdue or due soon."""
    by_pk = {step.pk: step for step in choice.steps}
    for status in board.own:
        status.step = by_pk[status.step_id]
    open_ones = [status for status in board.own if status.applicable and status.done_on is None]
    found = items(sorted(open_ones, key=lambda status: (status.due_on, status.step.order)), organization, today)
    return [item for item in found if item.state in NEAR]


@login_required
@require_GET
def node_export(request: HttpRequest, pk: int) -> HttpResponse:
    """A node's dashboard as a workbook: exactly what is shown."""
    around = _surroundings(request, pk)
    board = boards.node_board(around, _choice(request), _filters(request), clock.today())
    return exports.download(exports.board_workbook(board), f"progress-{around.node.code}")


@login_required
@require_GET
def node_stuck(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is stuck below a node, asked for after the dashboard."""
    return _stuck(request, get_object_or_404(Organization.objects.visible_to(request.user), pk=pk))


@login_required
@require_GET
def step(request: HttpRequest, pk: int, campaign: str, step: str) -> HttpResponse:
    """Why one step of one organisation is done, due or not expected: rule, records, exemptions."""
    organization = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    launched = Step.objects.visible_to(request.user).exclude(campaign__state=Campaign.State.PREPARED)
    found = get_object_or_404(launched.select_related("campaign", "phase"), campaign__code=campaign, code=step)
    status = StepStatus.objects.visible_to(request.user).filter(organization=organization, step=found).first()
    today = clock.today()
    context = {
        "organization": organization,
        "step": found,
        "status": status,
        "state": state_of(found, status, today) if status else "none",
        "reasons": explain.explain_organization(organization, found),
        "form_url": form_url(found, organization) if may(request.user, roles.RECORD, organization) else "",
    }
    template = "overview/_why.html" if request.htmx else "overview/step.html"
    return render(request, template, context)


def _own_branch(request: HttpRequest) -> Organization:
    """The branch of the acting post, for those who work for it; 404 for everybody else."""
    organization = organization_of(request.user)
    if organization is None or not organization.is_branch or request.user.acting_post.role == "MEMBER":
        raise Http404
    return organization


@login_required
@require_GET
def week(request: HttpRequest) -> HttpResponse:
    """The landing page of a branch secretary: this week's list and one large button."""
    organization = _own_branch(request)
    today = clock.today()
    context = {
        "organization": organization,
        "today": today,
        "week": week_of(organization, today),
        "members": progress.figures([organization], None, today)[organization.pk].members,
        "log_url": log_url(organization) if roles.RECORD in request.user.reach.permissions else "",
        "makeups": _makeups(request.user, organization),
        "attendance": attendance(request.user, organization),
    }
    return render(request, "overview/week.html", context)


@login_required
@require_GET
def week_more(request: HttpRequest) -> HttpResponse:
    """What else waits for the branch, asked for after the week: rectification, corrections, answers, searches."""
    organization = _own_branch(request)
    context = {
        "organization": organization,
        "rectification": rectification(request.user, organization, clock.today()),
        "owed": owed(request.user, organization, clock.today()),
        "corrections": open_corrections(request.user),
        "support": support.of_branch(request.user, organization, clock.today()),
    }
    return render(request, "overview/_week_more.html" if request.htmx else "overview/week_more.html", context)


def _makeups(account: Account, organization: Organization) -> list[tuple[OpenMakeUp, bool]]:
    """The open make-up lessons, each with whether the account records it."""
    everything = may_record(account, organization)
    groups = account.reach.groups if roles.RECORD in account.reach.permissions else []
    return [(owed, everything or owed.party_group in groups) for owed in open_makeups(account, organization)]


@login_required
@require_GET
def own_page(request: HttpRequest) -> HttpResponse:
    """The landing page of a member: the own branch and what it asks of its members."""
    member = request.user.member
    lines, leads = [], False
    if member is not None:
        leads = bool(teams_of(member, clock.today()))
        running = Campaign.objects.visible_to(request.user).filter(state=Campaign.State.RUNNING)
        lines = [(campaign, explain.explain_member(member, campaign)) for campaign in running.order_by("-launched_on")]
    panels = own_panels(request, member) if member is not None else []
    return render(request, "overview/me.html", {"member": member, "lines": lines, "leads": leads, "panels": panels})


@login_required
@require_GET
def units(request: HttpRequest) -> HttpResponse:
    """The landing page of a post without an organisation of its own: the units it may see, if any."""
    heads = Enterprise.objects.visible_to(request.user).select_related("leading_organization")
    return render(request, "overview/units.html", {"units": heads.order_by("directory_order", "code")})
