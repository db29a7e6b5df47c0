"""The sentences of the rules' remarks: what is wrong, then how to mend it. Days are ISO dates in ``values``."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

# Code -> (short name for filters, sentence).
SENTENCES = {
    "BRANCH_SMALL": (
        _("branch too small"),
        _("%(full)s full members; a branch has at least 3. Form a joint branch with a neighbour."),
    ),
    "JOINT_BRANCH_SMALL": (
        _("joint branch too small"),
        _("%(full)s full members; a joint branch has at least 3. Let a further unit join."),
    ),
    "BRANCH_LARGE": (
        _("branch too large"),
        _("%(members)s members; a branch generally has at most 50. Divide it."),
    ),
    "BRANCH_COMMITTEE_DUE": (
        _("branch committee due"),
        _("%(full)s full members, %(officers)s in the committee. From 7 on, elect a committee of 3 to 5."),
    ),
    "BRANCH_COMMITTEE_LARGE": (
        _("branch committee too large"),
        _("%(officers)s in the branch committee; generally at most 7."),
    ),
    "BRANCH_COMMITTEE_NOT_DUE": (
        _("branch committee not due"),
        _("%(full)s full members have no committee: one secretary, and one deputy if needed."),
    ),
    "GENERAL_BRANCH_SMALL": (
        _("general branch too small"),
        _("%(members)s members; a general branch has 50 to 99. A branch may be enough."),
    ),
    "GENERAL_BRANCH_LARGE": (
        _("general branch too large"),
        _("%(members)s members; from 100 on, a committee is set up."),
    ),
    "COMMITTEE_SMALL": (
        _("committee too small"),
        _("%(members)s members; a committee has 100 or more, fewer only with approval from above."),
    ),
    "DZ_HAS_BRANCHES": (
        _("branches below a leading Party members' group"),
        _("%(count)s branches stand directly below. Move them under the headquarters Party committee."),
    ),
    "GROUP_SMALL": (_("Party group too small"), _("%(members)s members; a Party group has at least 3.")),
    "GROUP_WITHOUT_FULL": (
        _("Party group without a full member"),
        _("None of the %(members)s members is a full member. Put one in."),
    ),
    "TERM_LENGTH": (
        _("unusual term"),
        _("A term here lasts %(least)s to %(most)s years. Check the days, or note the approval."),
    ),
    "TERM_OVERDUE": (
        _("term overdue"),
        _("The term ended on %(end)s, %(days)s days ago. Hold the election, or record the extension."),
    ),
    "TERM_ENDS_SOON": (
        _("term ends soon"),
        _("The term ends on %(end)s, in %(days)s days. Prepare the election."),
    ),
    "TASK_ENDED": (
        _("task ended"),
        _("The task of this temporary branch ended on %(end)s. Send its members home and close it."),
    ),
    "EXTENSION_LONG": (
        _("extension over a year"),
        _("Extended from %(end)s to %(until)s; generally by at most a year. Check the approval."),
    ),
    "SECRETARY_MISSING": (
        _("no secretary on record"),
        _("No secretary is on record. Enter who leads it, or elect one."),
    ),
    "SECRETARY_VACANT": (
        _("secretary vacant"),
        _("The post of secretary has been vacant for %(days)s days. Put somebody forward."),
    ),
    "UNIT_NEEDS_BRANCH": (
        _("unit without a branch"),
        _("%(full)s full members and no branch. Found a branch."),
    ),
    "UNIT_NEEDS_JOINT_BRANCH": (
        _("unit for a joint branch"),
        _("%(full)s full members and no branch. Form a joint branch with a neighbour."),
    ),
    "MEMBERS_WITHOUT_BRANCH": (
        _("members without a branch"),
        _("%(count)s members stand here without a branch. Transfer them to one."),
    ),
    "NO_GENERAL_MEETING": (
        _("no general meeting for a quarter"),
        _("No branch general meeting for a quarter. Convene one."),
    ),
    "NO_COMMITTEE_MEETING": (
        _("no committee meeting for a month"),
        _("No branch committee meeting for a month. Convene one."),
    ),
    "NO_GROUP_MEETING": (
        _("no group meeting for a month"),
        _("No Party group meeting for a month. Remind the group leaders."),
    ),
    "NO_MEETING_IN_PHASE": (
        _("no meeting in this phase"),
        _("No meeting since the phase began on %(since)s. Ask why, and help."),
    ),
}
CODES = [(code, name) for code, (name, _sentence) in SENTENCES.items()]


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """Values as they are stored and shown: days as ISO dates."""
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items()}


def short_name(code: str) -> str:
    """The few words by which a remark is chosen and listed; an unknown code as it is."""
    return str(SENTENCES[code][0]) if code in SENTENCES else code


def sentence(code: str, values: dict[str, Any]) -> str:
    """The sentence of a remark in the reader's language."""
    return str(SENTENCES[code][1]) % plain(values)
