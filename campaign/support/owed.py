"""What waits: for the organization above its requests and reports, for the branch its tasks and answers (41, 42)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from campaign.support import rules, wording
from campaign.support.models import DifficultyRequest, WeakOrganization
from campaign.support.proposals import proposals
from enterprises.models import Organization


@dataclass(frozen=True)
class Line:
    """One thing that waits, or that came back: what, why, where; ``state`` and ``words`` where there is a mark."""

    what: str
    why: str
    url: str
    state: str = ""
    words: str = ""


def of_branch(account: Any, organization: Organization, today: date) -> list[Line]:
    """What an organization that is helped owes and gets back: its own case, and answers of the last two weeks."""
    weak = WeakOrganization.objects.visible_to(account).open().filter(organization=organization).first()
    lines = [_case(weak)] if weak else []
    recent = today - timedelta(days=rules.RECENT_DAYS)
    asked = DifficultyRequest.objects.visible_to(account).filter(organization=organization)
    news = asked.filter(
        Q(state=rules.ANSWERED) | Q(state=rules.RAISED, asked_on__lt=today - rules.ANSWER_SPAN)
        | Q(state__in=(rules.SOLVED, rules.REFUSED), closed_on__gte=recent)
    )  # fmt: skip
    return lines + [_request(request, today) for request in news.order_by("-closed_on", "due_on", "pk")]


def _case(weak: WeakOrganization) -> Line:
    state, words = wording.weak_standing(weak)
    if weak.state == rules.REPORTED:
        why = _("Waits for the organization above to accept it.")
    elif weak.returned_why:
        why = weak.returned_why
    else:
        why = _("Enter what is done, and report what has improved.")
    what = _("Put in order: %(reason)s") % {"reason": weak.get_reason_display()}
    return Line(what, why, reverse("support:weak", args=[weak.pk]), state, words)


def _request(request: DifficultyRequest, today: date) -> Line:
    state, words = wording.request_standing(request, today)
    said = request.result or request.answer or _("No answer from above yet.")
    owner = pgettext("support", "%(owner)s: %(said)s") % {"owner": request.owner, "said": said}
    return Line(
        request.title, owner if request.owner else said, reverse("support:request", args=[request.pk]), state, words
    )


def of_office(account: Any, organization: Organization, today: date) -> list[Line]:
    """What an organization owes those directly below it: answers, acceptances, and proposals to be looked at."""
    below = Q(organization__superior=organization)
    asked = DifficultyRequest.objects.visible_to(account).filter(below)
    counted = asked.aggregate(
        unanswered=Count("pk", filter=Q(state=rules.RAISED)),
        long=Count("pk", filter=Q(state=rules.RAISED, asked_on__lt=today - rules.ANSWER_SPAN)),
        overdue=Count("pk", filter=Q(state__in=rules.WAITING, due_on__lt=today)),
    )
    lines = _answers(counted, organization) + _promised(counted["overdue"], organization)
    reported = WeakOrganization.objects.visible_to(account).filter(below, state=rules.REPORTED).count()
    if reported:
        what = ngettext(
            "Accept %(n)d report of improvement, or send it back",
            "Accept %(n)d reports of improvement, or send them back",
            reported,
        )
        why = _("Weak organizations directly below are reported as improved.")
        url = reverse("support:weak_list", query={"state": rules.REPORTED, "organization": organization.pk})
        lines.append(Line(what % {"n": reported}, why, url, "soon", str(WeakOrganization.State.REPORTED.label)))
    proposed = proposals(account).filter(below).count()
    if proposed:
        what = ngettext("Look at %(n)d proposal from the checks", "Look at %(n)d proposals from the checks", proposed)
        why = _("The checks found what may speak for weakness. Take it up, or dismiss it with the reason.")
        lines.append(Line(what % {"n": proposed}, why, reverse("support:proposal_list")))
    return lines


def _answers(counted: dict[str, int], organization: Organization) -> list[Line]:
    unanswered, long = counted["unanswered"], counted["long"]
    if not unanswered:
        return []
    what = ngettext("Answer %(n)d request for help", "Answer %(n)d requests for help", unanswered) % {"n": unanswered}
    why = _("Raised by organizations directly below.")
    words = ngettext("%(n)d over %(days)d days", "%(n)d over %(days)d days", long)
    mark = ("over", words % {"n": long, "days": rules.ANSWER_DAYS}) if long else ("", "")
    return [Line(what, why, _requests(organization, "unanswered"), *mark)]


def _promised(overdue: int, organization: Organization) -> list[Line]:
    if not overdue:
        return []
    what = ngettext("Keep what was promised to %(n)d request", "Keep what was promised to %(n)d requests", overdue)
    why = _("The day named in the answer has passed.")
    return [Line(what % {"n": overdue}, why, _requests(organization, "overdue"), "over", _("overdue"))]


def _requests(organization: Organization, state: str) -> str:
    return reverse("support:request_list", query={"state": state, "organization": organization.pk, "turn": "mine"})
