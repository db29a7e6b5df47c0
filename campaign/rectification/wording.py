"""Rectification in words: what is missing, and how an item stands."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from campaign.rectification.models import Feasibility, RectificationItem
from campaign.rectification.rules import SOON, Gap, is_overdue
from enterprises.action import ActionError

MISSING = {
    Gap.OWNER: gettext_lazy("no owner"),
    Gap.DUE: gettext_lazy("no due date"),
    Gap.RESULT: gettext_lazy("no result that can be measured"),
    Gap.EXPLANATION: gettext_lazy("no explanation to the masses"),
}
REMEDIES = {
    Gap.EXPLANATION: gettext_lazy("Conditions are lacking: say why, as it will be explained to the masses."),
    Gap.DONE: gettext_lazy("Say what was done. Without it the item stays open."),
    Gap.DONE_ON: gettext_lazy("Say on which day it was done."),
    Gap.OUTCOME: gettext_lazy("Choose which effect it has."),
    Gap.PROOF: gettext_lazy("This item has priority: add a file that proves what was done."),
    Gap.VERIFIER: gettext_lazy("This item has priority: name who verified it."),
    Gap.OWN_VERIFIER: gettext_lazy("The owner cannot verify the own item. Name somebody else."),
}
FIELDS = {Gap.OWN_VERIFIER: "verifier_post", Gap.VERIFIER: "verifier_post"}


SHORT = {
    RectificationItem.Priority.STABILITY: gettext_lazy("reform and stability"),
    RectificationItem.Priority.OPINIONS: gettext_lazy("strongest opinions"),
    RectificationItem.Priority.SERVICES: gettext_lazy("urgent service"),
}


def priority(item: RectificationItem) -> str:
    """The priority reason in two words, for lists."""
    return str(SHORT.get(item.priority, ""))


def refuse(gaps: Iterable[Gap]) -> None:
    """Refuse for the first gap. Raises ``ActionError``."""
    for gap in gaps:
        raise ActionError(str(REMEDIES[gap]), FIELDS.get(gap, gap.value))


def missing(gaps: Iterable[Gap]) -> str:
    """The gaps as one phrase."""
    return pgettext("between names", ", ").join(str(MISSING[gap]) for gap in gaps)


def standing(item: RectificationItem, today: date) -> tuple[str, str]:
    """The state of an item: the kind of its mark, and its words."""
    if item.withdrawn_on:
        return "none", _("withdrawn")
    if item.state == RectificationItem.State.PUBLISHED:
        return "ok", _("rectified and published")
    if item.state == RectificationItem.State.DONE:
        return "ok", _("rectified, not published yet")
    if item.feasibility == Feasibility.LACKING:
        return "none", _("conditions lacking, explained")
    if item.due_on is None:
        return "wait", _("no date yet")
    days = (item.due_on - today).days
    if is_overdue(item.facts, today):
        return "over", ngettext("%(n)s day overdue", "%(n)s days overdue", -days) % {"n": -days}
    if days <= SOON:
        return "soon", ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days} if days else _("due today")
    return "wait", str(item.get_state_display())
