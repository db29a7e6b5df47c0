"""How searches and applicants stand, in words: the kind of the mark, and its text."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from campaign.membership import rules
from campaign.membership.models import Applicant, MemberSearchCase


def search_state(case: MemberSearchCase, last_step: date | None, today: date) -> tuple[str, str]:
    """A search: its result, or for how long it has been open or quiet."""
    if not case.is_open:
        if case.end_to_record:
            return "soon", _("%(result)s; still on the roll") % {"result": case.get_result_display()}
        return ("ok" if case.result == rules.FOUND else "none"), str(case.get_result_display())
    if rules.is_quiet(case.opened_on, last_step, today):
        days = (today - (last_step or case.opened_on)).days
        return "soon", ngettext("no step for %(n)s day", "no step for %(n)s days", days) % {"n": days}
    return "wait", _("being sought")


def stage_words(applicant: Applicant) -> str:
    """The stage of an applicant, or how it ended."""
    if applicant.ended:
        return str(applicant.get_ended_display())
    return {
        rules.APPLICANT: pgettext("stage", "applicant"),
        rules.ACTIVIST: pgettext("stage", "activist"),
        rules.CANDIDATE: pgettext("stage", "candidate for development"),
    }[applicant.stages.stage]


def age_band(born_on: date | None, on: date) -> str:
    """The age band on that day, as the statistics have it."""
    young = rules.is_young(born_on, on)
    if young is None:
        return ""
    return _("35 or younger") if young else _("over 35")
