"""Support in words: how a weak organization and a request stand."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from campaign.support import rules
from campaign.support.models import DifficultyRequest, WeakOrganization


def weak_standing(weak: WeakOrganization) -> tuple[str, str]:
    """The state of a weak organization: the kind of its mark, and its words."""
    if weak.state == rules.ACCEPTED:
        return "ok", str(weak.get_state_display())
    if weak.state == rules.REPORTED:
        return "soon", str(weak.get_state_display())
    if weak.state == rules.WITHDRAWN:
        return "none", str(weak.get_state_display())
    if weak.returned_on is not None:
        return "over", pgettext("weak organization", "in hand again")
    return "wait", str(weak.get_state_display())


def request_standing(request: DifficultyRequest, today: date) -> tuple[str, str]:
    """The state of a request: the kind of its mark, and its words with the days that matter."""
    if request.state == rules.SOLVED:
        return "ok", str(request.get_state_display())
    if request.state in (rules.REFUSED, rules.WITHDRAWN):
        return "none", str(request.get_state_display())
    if request.state == rules.RAISED:
        days = (today - request.asked_on).days
        words = ngettext("%(n)s day without an answer", "%(n)s days without an answer", days) % {"n": days}
        return ("over" if rules.is_unanswered_long(request.state, request.asked_on, today) else "wait"), words
    if rules.is_overdue(request.state, request.due_on, today) and request.due_on:
        days = (today - request.due_on).days
        return "over", ngettext("%(n)s day overdue", "%(n)s days overdue", days) % {"n": days}
    return "soon", _("taken on, due on %(day)s") % {"day": request.due_on}
