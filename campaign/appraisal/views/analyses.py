"""Analyses: the branch's list, writing one, reading one (items 36, 61, 67)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from campaign.appraisal import rules, standing
from campaign.appraisal.access import has_reader_above, keeps_texts
from campaign.appraisal.actions.analyses import Mode, hand_in_on_paper, withdraw_analysis, write_analysis
from campaign.appraisal.forms import AnalysisForm, PaperForm, ReasonForm
from campaign.appraisal.models import AnalysisLikeness, AnalysisVersion, PartySpiritAnalysis
from campaign.appraisal.secrecy import note_read, restricted
from campaign.appraisal.views.shared import branch_recorded_for, campaign_in_hand, ticked
from campaign.plan.models import Campaign
from campaign.plan.wording import WRITING
from campaign.requirements.queries import adopted_for, checklist, text_for
from enterprises.action import ActionError
from enterprises.history import changes
from enterprises.models import Member, Organization

COMPARISONS = ("constitution", "requirements", "opinions")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def analyses(request: HttpRequest) -> HttpResponse:
    """Who of the branch has handed in what is asked; ticking those who did on paper."""
    branch = branch_recorded_for(request)
    campaign = campaign_in_hand(request)
    form = PaperForm(request.POST if request.method == "POST" else None)
    chosen = ticked(request)
    if request.method == "POST" and form.is_valid():
        try:
            handed = hand_in_on_paper(
                by=request.user,
                campaign=campaign,
                organization=branch,
                days=dict.fromkeys(chosen, form.cleaned_data["day"]),
                submission=form.cleaned_data["submission"],
            )
        except ActionError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            words = ngettext("%(n)d analysis is noted.", "%(n)d analyses are noted.", len(handed))
            messages.success(request, words % {"n": len(handed)})
            return redirect(request.get_full_path())
    context = {"organization": branch, "campaign": campaign, "form": form, "chosen": chosen}
    context |= _branch_context(request, branch, campaign)
    return render(request, "appraisal/analyses.html", context)


def _branch_context(request: HttpRequest, branch: Organization, campaign: Campaign) -> dict:
    """The members in sight with what is asked and done; links to texts only for who may read them."""
    seen = set(Member.objects.visible_to(request.user).filter(branch=branch).values_list("pk", flat=True))
    readable = PartySpiritAnalysis.objects.visible_to(request.user).filter(
        campaign=campaign, member__branch=branch, withdrawn_on=None
    )
    by_member = {analysis.member_id: analysis for analysis in readable}
    standings = standing.of_analyses(campaign, branch)
    rows = [
        {
            "standing": s,
            "asked": WRITING[s.asked],
            "analysis": by_member.get(s.member.pk),
            "may_be_told": s.done_on is None and (not s.expected or rules.enough(s.asked, Mode.ORAL)),
        }
        for s in standings
        if s.member.pk in seen
    ]
    alike = AnalysisLikeness.objects.visible_to(request.user).filter(first__campaign=campaign)
    return {
        "rows": rows,
        "expected": sum(1 for r in rows if r["standing"].expected),
        "done": sum(1 for r in rows if r["standing"].expected and r["standing"].done_on),
        "open": [r for r in rows if r["standing"].done_on is None and not r["standing"].needs_none],
        "keeps_texts": keeps_texts(request.user, branch),
        "alike": alike.filter(first__member__branch=branch).select_related("first__member", "second__member"),
    }


def _member_to_write_for(request: HttpRequest, pk: int) -> tuple[Member, bool]:
    """The member, and whether it is oneself. 404 out of sight, 403 for everybody else but the branch secretary."""
    visible = Member.objects.visible_to(request.user).on_roll().select_related("branch__enterprise")
    member = get_object_or_404(visible, pk=pk)
    own = request.user.member_id == member.pk
    if not own and not keeps_texts(request.user, member.branch):
        raise PermissionDenied
    return member, own


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@restricted
def analysis_write(request: HttpRequest, member: int) -> HttpResponse:
    """Write the own analysis, or take down what a member tells. A draft may wait; handing in freezes the version."""
    person, own = _member_to_write_for(request, member)
    campaign = campaign_in_hand(request)
    analysis = PartySpiritAnalysis.objects.visible_to(request.user).filter(
        campaign=campaign, member=person, withdrawn_on=None
    )
    latest = _latest(request, analysis.first())
    asked = standing.asked_of(campaign, person, person.branch)
    form = AnalysisForm(request.POST if request.method == "POST" else None, initial=_initial(latest))
    if request.method == "POST" and form.is_valid():
        try:
            version = write_analysis(
                by=request.user,
                campaign=campaign,
                member=person,
                mode=_mode(own, asked, request.POST.get("mode", "")),
                stage=form.cleaned_data["stage"],
                parts=form.parts(),
                hand_in="hand_in" in request.POST,
            )
            return _written(request, version, own)
        except ActionError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    context = {
        "member": person,
        "own": own,
        "campaign": campaign,
        "form": form,
        "asked": WRITING[asked],
        "read_above": has_reader_above(person),
        "short": own and asked in ("SHORT", "ORAL", "EXEMPT"),
        **_measured_by(campaign, person),
        "draft": latest if latest and latest.is_draft else None,
        "back_url": reverse("overview:me") if own else _branch_url(person.branch, campaign),
    }
    return render(request, "appraisal/analysis_form.html", context)


def _measured_by(campaign: Campaign, person: Member) -> dict:
    """The adopted requirements as points to go through, in the words for the member's post (items 52, 61)."""
    adopted = adopted_for(person.branch, campaign)
    return {"adopted": adopted, "points": checklist(text_for(adopted, person.category)) if adopted else []}


def _mode(own: bool, asked: str, wanted: str) -> str:
    """A secretary takes down; a member writes as asked, or more fully by choice."""
    if not own:
        return Mode.ORAL
    return Mode.WRITTEN if asked == "WRITTEN" or wanted == Mode.WRITTEN else Mode.SHORT


def _latest(request: HttpRequest, analysis: PartySpiritAnalysis | None) -> AnalysisVersion | None:
    """The latest version, from which writing goes on: showing it is a reading."""
    if analysis is None:
        return None
    latest = AnalysisVersion.objects.visible_to(request.user).filter(analysis=analysis).last()
    if latest is not None:
        note_read(request, analysis, analysis.organization)
    return latest


def _initial(latest: AnalysisVersion | None) -> dict[str, str]:
    if latest is None:
        return {"stage": AnalysisVersion.Stage.BEFORE}
    stage = latest.stage if latest.is_draft else AnalysisVersion.Stage.AFTER
    return {"stage": stage} | {part: getattr(latest, part) for part in AnalysisVersion.PARTS}


def _written(request: HttpRequest, version: AnalysisVersion, own: bool) -> HttpResponse:
    if version.is_draft:
        messages.success(request, _("The draft is kept. It counts once it is handed in."))
        return redirect(request.get_full_path())
    messages.success(request, _("The analysis is handed in."))
    return redirect("appraisal:analysis", version.analysis_id)


def _branch_url(branch: Organization, campaign: Campaign) -> str:
    return f"{reverse('appraisal:analyses')}?organization={branch.pk}&campaign={campaign.code}"


@login_required
@require_safe
@restricted
def analysis(request: HttpRequest, pk: int) -> HttpResponse:
    """The text of an analysis, version by version. Every showing is noted."""
    related = ("member__branch", "organization", "campaign", "recorded_by")
    found = get_object_or_404(PartySpiritAnalysis.objects.visible_to(request.user).select_related(*related), pk=pk)
    own = request.user.member_id == found.member_id
    versions = AnalysisVersion.objects.visible_to(request.user).filter(analysis=found).order_by("-number")
    shown = list(versions.select_related("written_by"))
    if shown:
        note_read(request, found, found.organization)
    context = {
        "analysis": found,
        "member": found.member,
        "own": own,
        "versions": [_drawn(version) for version in shown],
        "may_write": own or keeps_texts(request.user, found.member.branch),
        "may_withdraw": keeps_texts(request.user, found.member.branch) and not shown and found.withdrawn_on is None,
        "back_url": reverse("overview:me") if own else _branch_url(found.member.branch, found.campaign),
        "history": changes(found),
        "sees_branch": own or keeps_texts(request.user, found.member.branch),
    }
    return render(request, "appraisal/analysis.html", context)


def _drawn(version: AnalysisVersion) -> dict:
    """A version: the own findings first, the three comparisons together, roots and direction after them."""

    def part(name: str) -> tuple[str, str]:
        return str(version._meta.get_field(name).verbose_name), getattr(version, name)

    return {
        "version": version,
        "problems": version.problems,
        "comparisons": [pair for pair in map(part, COMPARISONS) if pair[1]],
        "rest": [pair for pair in map(part, ("roots", "direction")) if pair[1]],
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def analysis_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back an entry on paper made by mistake."""
    related = ("member__branch", "campaign__definition")
    found = get_object_or_404(PartySpiritAnalysis.objects.visible_to(request.user).select_related(*related), pk=pk)
    if not keeps_texts(request.user, found.member.branch):
        raise PermissionDenied
    if found.withdrawn_on is not None:
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None)
    back = _branch_url(found.member.branch, found.campaign)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_analysis(by=request.user, analysis=found, reason=form.cleaned_data["reason"])
            messages.success(request, _("It is withdrawn."))
            return redirect(back)
        except ActionError as refusal:
            form.add_error(refusal.field, refusal.message)
    context = {"title": _("Withdraw an entry on paper"), "what": found.member.name, "form": form, "back_url": back}
    return render(request, "appraisal/withdraw.html", context)
